"""The categorisation as a guided choice: the question in plain words, and what each option means with two examples (docs/regler.md 5.2)."""

from django import forms

from insatser.models import HOR_TILL, Deltagarregistrering, Inriktning, Malgrupp, PreciseradInriktning, VolymAvser
from sus.core.valkort import Kort

INRIKTNINGAR = [
    (
        Inriktning.INDIVIDINRIKTAD,
        Kort(
            "Individinriktad",
            "Personer som behöver rehabilitering får stöd för att närma sig arbete eller studier.",
            ["Arbetsträning för unga vuxna", "Utredning av arbetsförmåga"],
        ),
    ),
    (
        Inriktning.STRUKTUROVERGRIPANDE,
        Kort(
            "Strukturövergripande",
            "De samverkande myndigheterna utvecklar sitt arbete, eller tar reda på vad grupper behöver.",
            ["Föreläsning för handläggare", "Kartläggning av unga som varken arbetar eller studerar"],
        ),
    ),
]
_PRECISERADE = {
    PreciseradInriktning.FOREBYGGANDE: (
        "Hindrar utanförskap, arbetslöshet och ohälsa innan de uppstår.",
        ["Stöd till gymnasieelever med hög frånvaro", "Hälsosamtal för dem som riskerar sjukskrivning"],
    ),
    PreciseradInriktning.FORBEREDANDE: (
        "Förbereder för nästa steg. Arbete är målet på sikt, inte det närmaste.",
        ["Gruppverksamhet för att få rutiner i vardagen", "Träning i svenska och sociala situationer"],
    ),
    PreciseradInriktning.KARTLAGGNING_INDIVIDER: (
        "Utreder och bedömer vad en person behöver.",
        ["Bedömning av arbetsförmåga", "Samtal i team om vilket stöd som passar"],
    ),
    PreciseradInriktning.REHABILITERING: (
        "Leder tillbaka till arbete eller utbildning, eller minskar behovet av offentlig försörjning.",
        ["Arbetsträning hos arbetsgivare med handledare", "Stöd på plats i ett nytt arbete"],
    ),
    PreciseradInriktning.DIALOG_KOMMUNIKATION: (
        "Sprider information, förenklar samarbetet eller bygger gemensam kompetens.",
        ["Nätverksträffar för handläggare", "Gemensam webbplats om parternas stöd"],
    ),
    PreciseradInriktning.KARTLAGGNING: (
        "Undersöker vad grupper behöver eller vilken utbildning personalen behöver.",
        ["Enkät om personalens kunskaper", "Undersökning av gruppen långtidssjukskrivna"],
    ),
    PreciseradInriktning.UTBILDNING: (
        "Utbildar, oftast personal. Även konferenser.",
        ["Kurs i motiverande samtal", "Konferens för parternas chefer"],
    ),
    PreciseradInriktning.ANNAN: (
        "Används när inget av det andra passar.",
        ["Gemensam lokal för parternas personal", "Utvärdering av samverkan"],
    ),
}
PRECISERADE = [
    (preciserad, Kort(str(preciserad.label), *_PRECISERADE[preciserad], grupp=inriktning))
    for inriktning, preciserade in HOR_TILL.items()
    for preciserad in preciserade
]
REGISTRERINGAR = [
    (
        Deltagarregistrering.PERSONUPPGIFTER,
        Kort(
            "Med personuppgifter/anonym",
            "Deltagaransvarig registrerar varje deltagare in och ut. Den som inte samtycker räknas som anonym.",
            ["Arbetsträning i flera månader", "Utredning i team"],
        ),
    ),
    (
        Deltagarregistrering.VOLYM,
        Kort(
            "Endast antal (volyminsats)",
            "Insatsansvarig registrerar hur många som deltar, utan kön och utan uppgift om vilka de är.",
            ["Utbildning för personal", "Korta konsultationer"],
        ),
    ),
]
VOLYM_AVSER = [
    (VolymAvser.PERSONER, Kort("Personer", "Varje person räknas en gång per år, också den som kommer flera gånger.")),
    (VolymAvser.TILLFALLEN, Kort("Tillfällen", "Varje gång någon deltar räknas. Den som kommer fem gånger är fem.")),
]
# By kod; a målgrupp that Försäkringskassan has added since stands with its name only.
_MALGRUPPER = {
    "unga": ("Ungdomar och unga vuxna.", ["Unga som varken arbetar eller studerar", "Unga som har hoppat av gymnasiet"]),
    "unga_aktivitetsersattning": (
        "Unga som har aktivitetsersättning från Försäkringskassan.",
        ["Aktivitetsersättning vid nedsatt arbetsförmåga", "Aktivitetsersättning vid förlängd skolgång"],
    ),
    "unga_funktionsnedsattning": (
        "Unga med fysisk, psykisk eller intellektuell funktionsnedsättning.",
        ["Unga med en neuropsykiatrisk diagnos", "Unga som slutar anpassad gymnasieskola"],
    ),
    "langtidssjukskrivna": ("Personer som har varit sjukskrivna länge.", ["Sjukskrivna i mer än ett år", "Sjukskrivna utan anställning"]),
    "langtidsarbetslosa": (
        "Personer som har varit utan arbete länge.",
        ["Inskrivna hos Arbetsförmedlingen i mer än ett år", "Personer som aldrig har haft ett arbete"],
    ),
    "psykisk_ohalsa": (
        "Personer som behöver stöd på grund av psykisk ohälsa eller funktionsnedsättning.",
        ["Personer med ångest eller depression", "Personer med nedsatt hörsel"],
    ),
    "missbruk": ("Personer som har eller har haft ett missbruk eller beroende.", ["Personer efter behandling", "Personer i öppenvård"]),
    "nyanlanda": (
        "Personer som har kommit till Sverige från ett annat land.",
        ["Nyanlända i etablering", "Utrikes födda kvinnor utan arbete"],
    ),
    "forsorjningsstod": (
        "Personer som får försörjningsstöd från kommunen.",
        ["Sjukskrivna utan sjukpenning", "Familjer med långvarigt försörjningsstöd"],
    ),
    "myndighetspersonal": (
        "Personal hos de samverkande parterna.",
        ["Handläggare på Försäkringskassan och Arbetsförmedlingen", "Chefer i kommun och region"],
    ),
    Malgrupp.EJ_TILLAMPLIGA: (
        "Ingen av målgrupperna passar. Väljs ensam.",
        ["Insats för allmänheten", "Undersökning som inte gäller en särskild grupp"],
    ),
}


class MalgrupperField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return Kort(obj.namn, *_MALGRUPPER.get(obj.kod, ()))
