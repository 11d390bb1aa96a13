"""The event log as people read it: what each kind of event is called, and who did what with what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from django.apps import apps
from django.db.models import Model

from behorigheter.faltnamn import faltnamn
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from sus.core.formatering import antal, lista_i_ord

Typ = Handelse.Typ

# Kinds of events: heading, and what one did in each.
SLAG: dict[str, tuple[str, dict[Typ, str]]] = {
    "inloggning": (
        "Inloggning",
        {
            Typ.INLOGGAD: "loggade in",
            Typ.UTLOGGAD: "loggade ut",
            Typ.INLOGGNING_MISSLYCKAD: "försökte logga in men misslyckades",
            Typ.INLOGGNING_NEKAD: "nekades inloggning",
            Typ.INLOGGNING_BUNDEN: "knöt en e-legitimation till användaren",
            Typ.BEKRAFTAD: "bekräftade identiteten på nytt",
            Typ.SESSION_AVSLUTAD: "avslutade en inloggning",
            Typ.LOSENORD_ANDRAT: "bytte lösenord",
            Typ.ANDRA_FAKTOR_TILLAGD: "lade till en andra faktor",
            Typ.ANDRA_FAKTOR_BORTTAGEN: "tog bort en andra faktor",
        },
    ),
    "lasning": (
        "Läsning av personuppgifter",
        {
            Typ.DELTAGARE_VISADE: "såg uppgifter om deltagare",
            Typ.PERSONNUMMER_VISAT: "såg ett helt personnummer",
            Typ.PERSON_HAMTAD: "hämtade en person",
        },
    ),
    "deltagare": (
        "Registrering av deltagare",
        {
            Typ.DELTAGANDE_INREGISTRERAT: "registrerade en deltagare",
            Typ.DELTAGANDE_UTREGISTRERAT: "utregistrerade en deltagare",
            Typ.DELTAGANDE_RATTAT: "rättade ett deltagande",
            Typ.DELTAGANDE_ATEROPPNAT: "återöppnade ett deltagande",
            Typ.DELTAGANDE_FELREGISTRERAT: "tog bort en felregistrering",
            Typ.FELREGISTRERING_BEGARD: "begärde att en felregistrering tas bort",
            Typ.DELTAGANDE_AVIDENTIFIERAT: "tog bort uppgifter som inte får finnas i SUS",
            Typ.DELTAGANDE_KONTROLLERAT: "kontrollerade uppgifter mot folkbokföringen",
            Typ.SAMTYCKE_ATERTAGET: "registrerade att ett samtycke återtagits",
            Typ.SAMTYCKE_ANDRAT: "ändrade ett samtycke",
            Typ.ANONYMA_ANDRADE: "ändrade antalet anonyma deltagare",
            Typ.VOLYM_ANDRAD: "ändrade antalet i en volyminsats",
        },
    ),
    "samverkan": (
        "Samverkansorganisation, insats och budget",
        {
            Typ.SAMVERKANSORGANISATION_SKAPAD: "skapade en samverkansorganisation",
            Typ.SAMVERKANSORGANISATION_ANDRAD: "ändrade en samverkansorganisation",
            Typ.SAMVERKANSORGANISATION_SAMMANSLAGEN: "slog ihop samverkansorganisationer",
            Typ.OMRADE_ANDRAT: "ändrade området",
            Typ.PARTER_ANDRADE: "ändrade ingående organisationer",
            Typ.BUDGET_ANDRAD: "ändrade en budget",
            Typ.INSATS_SKAPAD: "registrerade en insats",
            Typ.INSATS_ANDRAD: "ändrade en insats",
            Typ.INSATS_BORTTAGEN: "tog bort en insats",
            Typ.INSATSBUDGET_ANDRAD: "ändrade en insatsbudget",
            Typ.ARSREDOGORELSE_SPARAD: "sparade en årsredogörelse",
            Typ.ARSREDOGORELSE_KLAR: "gjorde en årsredogörelse klar",
            Typ.ARSREDOGORELSE_OPPNAD: "öppnade en årsredogörelse igen",
            Typ.ARSREDOGORELSE_BORTTAGEN: "tog bort ett utkast till årsredogörelse",
            Typ.FRAGA_SKAPAD: "skapade en kompletterande fråga",
            Typ.FRAGA_ANDRAD: "ändrade en kompletterande fråga",
            Typ.FRAGA_PUBLICERAD: "publicerade en kompletterande fråga",
            Typ.FRAGA_BORTTAGEN: "tog bort en kompletterande fråga",
            Typ.REGISTER_ANDRAT: "ändrade ett register",
            Typ.HJALPTEXT_ANDRAD: "skrev en hjälptext",
            Typ.FORSLAG_LAMNAT: "lämnade ett förbättringsförslag",
            Typ.FORSLAG_BESVARAT: "besvarade ett förbättringsförslag",
        },
    ),
    "behorighet": (
        "Behörigheter och uppdrag",
        {
            Typ.OVERENSKOMMELSE_SKAPAD: "registrerade en överenskommelse",
            Typ.OVERENSKOMMELSE_ANDRAD: "ändrade en överenskommelse",
            Typ.BESTALLARE_UTSEDD: "utsåg en beställare",
            Typ.BESTALLNING_IFYLLD: "fyllde i en beställning",
            Typ.BESTALLNING_SIGNERAD: "signerade en beställning",
            Typ.BESTALLNING_AVSLAGEN: "avslog en beställning",
            Typ.BESTALLNING_ATERTAGEN: "återtog en beställning",
            Typ.BEHORIGHET_UTFARDAD: "utfärdade en behörighet",
            Typ.BEHORIGHET_ATERKALLAD: "återkallade en behörighet",
            Typ.PAMINNELSE_SKICKAD: "påminde om en behörighet som slutar",
            Typ.UPPDRAG_GIVET: "gav ett uppdrag",
            Typ.UPPDRAG_ANDRAT: "ändrade ett uppdrag",
            Typ.UPPDRAG_AVSLUTAT: "avslutade ett uppdrag",
            Typ.ANVANDARE_SKAPAD: "lade upp en användare",
            Typ.ANVANDARE_ANDRAD: "ändrade en användare",
            Typ.ANSTALLNING_AVSLUTAD: "avslutade en anställning",
        },
    ),
    "rapport": (
        "Rapporter och filer",
        {Typ.RAPPORT_SKAPAD: "tog fram en rapport", Typ.IMPORT: "läste in en fil"},
    ),
    "nekat": (
        "Nekat",
        {
            Typ.NEKAD: "nekades åtkomst",
            Typ.FOR_MANGA_FORSOK: "gjorde för många försök",
            Typ.KONFLIKT: "hindrades av någon annans ändring",
        },
    ),
    "logg": (
        "Granskning av loggen",
        {
            Typ.LOGG_GRANSKAD: "granskade loggen",
            Typ.LOGG_ANKRAD: "skrev loggens ankare",
            Typ.NYCKLAR_BYTTA: "krypterade uppgifter med en ny nyckel",
        },
    ),
}
MENINGAR: dict[str, str] = {typ: mening for _, typer in SLAG.values() for typ, mening in typer.items()}
# A begäran is answered by the second person, or taken back by who asked: told by its `status`.
SVAR_PA_BEGARAN = {
    "avslagen": "avslog begäran om att ta bort en felregistrering",
    "återtagen": "drog tillbaka begäran om att ta bort en felregistrering",
}

# Done by somebody who is not logged in; what else has no user was done by SUS itself.
AV_OKAND = {Typ.INLOGGNING_MISSLYCKAD, Typ.INLOGGNING_NEKAD, Typ.NEKAD, Typ.FOR_MANGA_FORSOK}

# Rows that are public to every role may be named; of all others only what they are and their number.
NAMNGES = {
    *("insatser.Insats", "organisations.Samverkansorganisation", "organisations.Organisation", "organisations.Stadsdel"),
    *("behorigheter.Anvandare",),
}

# Details that hold users.
ANVANDARE = ("anvandare", "begard_av")

ETIKETTER = {
    "andamal": "Ändamål",
    "andrade": "Ändrade",
    "antal": "Antal",
    "anvandare": "Användare",
    "ar": "År",
    "arbetsgivare": "Arbetsgivare",
    "begard_av": "Begärd av",
    "bestallning": "Beställning",
    "blankett": "Blankett",
    "borttagna": "Borttagna",
    "dagar": "Dagar kvar",
    "efter": "Efter",
    "falt": "Ändrade uppgifter",
    "fore": "Före",
    "format": "Format",
    "fran": "Från",
    "giltig_till": "Giltig till",
    "insats": "Insats",
    "kortade": "Behörigheter som slutar tidigare än förut",
    "kvinnor": "Kvinnor",
    "kvitto": "Kvittonummer",
    "lopnr": "Löpnummer",
    "man": "Män",
    "metod": "Metod",
    "nyckel": "Nyckel",
    "organisation": "Organisation",
    "person": "Sökt person",
    "rader": "Rader",
    "rapport": "Rapport",
    "referens": "Referens",
    "roll": "Roll",
    "roller": "Roller",
    "samverkansorganisation": "Samverkansorganisation",
    "sida": "Sida",
    "skal": "Skäl",
    "skydd": "Skydd",
    "slag": "Slag",
    "status": "Status",
    "till": "Till",
    "tillagda": "Tillagda",
    "typ": "Slag",
    "urval": "Urval",
}
ANDAMAL = {
    "sok": "sökning",
    "deltagande": "deltagandets sida",
    "utregistrering": "utregistrering",
    "rattning": "rättning",
    "personnummer": "visning av personnumret",
    "kontroll": "kontroll av uppgifterna",
    "arbetslista": "arbetslistan Att göra",
    "kvitto": "kvitto på samtycket",
    "blankett": "ifylld blankett",
}
SKAL = {
    "rattighet": "rollen ger inte rätt till sidan",
    "rad": "raden eller sidan finns inte, eller ligger utanför uppdraget",
    "csrf": "formuläret kom inte från en sida i SUS",
    "takt": "för många försök på kort tid",
    "hamtningar": "för många hämtade personer på en timme",
    "missar": "för många sökta personer som inte finns i folkbokföringen",
    "databasen": "databasen nekade",
}


@dataclass(frozen=True)
class Rad:
    """One event in words. `uppgifter` are label and value of the folded details."""

    tid: datetime
    vem: str
    roller: str
    vad: str
    galler: str
    personer: int
    uppgifter: list[tuple[str, str]]


def i_ord(handelser: Iterable[Handelse]) -> list[Rad]:
    """The events of a page. Names are fetched for all of them at once."""
    handelser = list(handelser)
    namn = _namn(handelser)
    return [
        Rad(
            tid=handelse.tid,
            vem=_vem(handelse, namn),
            roller=_roller(handelse.roller.split(",")),
            vad=_vad(handelse),
            galler=_galler(handelse.objekt, namn),
            personer=len(handelse.logg_id),
            uppgifter=_uppgifter(handelse, namn),
        )
        for handelse in handelser
    ]


def _namn(handelser: list[Handelse]) -> dict[str, dict[int, str]]:
    """{model: {pk: name}} of every row that the events name."""
    nycklar: dict[str, set[int]] = defaultdict(set)
    for handelse in handelser:
        modell, _, pk = handelse.objekt.partition(":")
        if modell in NAMNGES and pk.isdecimal():
            nycklar[modell].add(int(pk))
        personal = [handelse.anvandare_id, *(handelse.detaljer.get(nyckel) for nyckel in ANVANDARE)]
        nycklar["behorigheter.Anvandare"].update(pk for varde in personal for pk in _pk(varde))
    return {modell: _namn_pa(apps.get_model(modell), pks) for modell, pks in nycklar.items()}


def _namn_pa(modell: type[Model], pks: set[int]) -> dict[int, str]:
    return {rad.pk: str(rad) for rad in modell._default_manager.filter(pk__in=pks)}


def _pk(varde) -> list[int]:
    return [pk for pk in (varde if isinstance(varde, list) else [varde]) if isinstance(pk, int)]


def _vad(handelse: Handelse) -> str:
    if handelse.typ == Typ.FELREGISTRERING_BEGARD and handelse.detaljer.get("status") in SVAR_PA_BEGARAN:
        return SVAR_PA_BEGARAN[handelse.detaljer["status"]]
    return MENINGAR.get(handelse.typ, handelse.typ)


def _vem(handelse: Handelse, namn) -> str:
    if handelse.anvandare_id is None:
        return "Okänd" if handelse.typ in AV_OKAND else "SUS"
    return namn["behorigheter.Anvandare"].get(handelse.anvandare_id, _utan_namn(handelse.anvandare_id))


def _utan_namn(anvandare_id: int) -> str:
    return f"Användare {anvandare_id}"


def _roller(slugar: Iterable[str]) -> str:
    return ", ".join(str(Roll(slug).label) if slug in Roll.values else slug for slug in slugar)


def _galler(objekt: str, namn) -> str:
    modell, _, pk = objekt.partition(":")
    if not modell:
        return ""
    if pk.isdecimal() and (traff := namn.get(modell, {}).get(int(pk))):
        return traff
    try:
        rubrik = str(apps.get_model(modell)._meta.verbose_name)
    except LookupError:
        return objekt
    return f"{rubrik[:1].upper()}{rubrik[1:]} {pk}"


def _uppgifter(handelse: Handelse, namn) -> list[tuple[str, str]]:
    egna = [(_etikett(nyckel), text) for nyckel, varde in handelse.detaljer.items() if (text := _text(nyckel, varde, handelse, namn))]
    personer = [("Personernas nummer i loggen", ", ".join(handelse.logg_id))] if handelse.logg_id else []
    ovrigt = [("IP-adress", handelse.ip), ("Begäran", handelse.begaran)]
    return [*egna, *personer, *((etikett, str(varde)) for etikett, varde in ovrigt if varde)]


def _etikett(nyckel: str) -> str:
    return ETIKETTER.get(nyckel, nyckel.replace("_", " ").capitalize())


def _text(nyckel: str, varde, handelse: Handelse, namn) -> str:
    match nyckel:
        case _ if nyckel in ANVANDARE:
            return lista_i_ord([namn["behorigheter.Anvandare"].get(pk, _utan_namn(pk)) for pk in _pk(varde)])
        case "roll" | "roller":
            return _roller([varde] if isinstance(varde, str) else varde)
        case "falt":
            return lista_i_ord([faltnamn(handelse.objekt.partition(":")[0], falt) for falt in varde])
        case "skal":
            return SKAL.get(varde, varde)
        case "andamal":
            return ANDAMAL.get(varde, varde)
        case "urval":
            return ", ".join(f"{_etikett(namn).lower()} {text}" for namn, text in parse_qsl(varde))
        case "slag":
            return SLAG[varde][0] if varde in SLAG else Typ(varde).label if varde in Typ.values else str(varde)
        case _:
            return _vanlig_text(varde)


def _vanlig_text(varde) -> str:
    match varde:
        case None | "":
            return ""
        case bool():
            return "Ja" if varde else "Nej"
        case int() if not 1900 <= varde <= 2100:  # else a year
            return antal(varde)
        case list():
            return lista_i_ord([text for del_ in varde if (text := _vanlig_text(del_))])
        case dict():
            return ", ".join(f"{_etikett(nyckel)}: {_vanlig_text(del_)}" for nyckel, del_ in varde.items())
        case _:
            return str(varde)
