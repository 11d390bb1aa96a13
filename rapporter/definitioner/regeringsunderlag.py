"""Regeringsunderlag: what Försäkringskassan's yearly report to the government needs, for any year (docs/regler.md 10.9)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from behorigheter.models import Anvandare
from behorigheter.roller import Roll
from insatser.models import Deltagarregistrering, Inriktning, PreciseradInriktning
from organisations.models import AdministrativKostnad, Budgettyp, Samverkansorganisation
from organisations.sammanstallning import summa_av_kanda
from rapporter import skydd
from rapporter.definition import Definition, samlade
from rapporter.definitioner.deltagare.delar import ANDEL, GRUND, KON, per_kon
from rapporter.definitioner.deltagare.fore_efter import FLERA
from rapporter.definitioner.deltagare.rapport import Deltagarrapport, om_tackningen
from rapporter.definitioner.deltagare.tackning import tackningstabell, underlagstabell
from rapporter.definitioner.deltagare.typer import TYPER
from rapporter.definitioner.kostnad import SAMMANSTALLNING, Kostnadsrapport, kostnadstabeller, om_okant_utfall
from rapporter.definitioner.nationell import definitioner as nationella_definitioner
from rapporter.definitioner.nationell import nationella_tabeller, om_fa_matta
from rapporter.definitioner.ofullstandiga import OFULLSTANDIGA, ofullstandiga
from rapporter.falt import SMAL, BudgetarField, Lista
from rapporter.forbund import forbund, malgrupper
from rapporter.forklaringar import PLANERAT_ANTAL
from rapporter.forms import NIVAER, UrvalForm
from rapporter.forsiktighet import UNDERLAG, forsiktighet
from rapporter.matt import ANTAL, FORSORJNING_VID_START
from rapporter.motor import Motor, Resultat
from rapporter.tabell import Diagram, Kolumn, Rad, Tabell, Tackning, Typ
from rapporter.urval import Niva, Urval
from sus.core.formatering import andel, antal_i_ord

ALLA = "alla"  # said in words: a field left empty is finsam
RESULTAT = ("sysselsattning", "forsorjningsgrupp", "avslutningsanledning")
I_BILAGAN = {"nya", "avslutade", "pagaende", "aterkallade", "antal_volym", "fore", "efter", "avslutade_med_matning"}  # not shown
RAKNADE, OM_KANDA = ("anonyma", "antal_volym"), ("planerat_antal", "budget", "utfall", "esf_budget", "esf_utfall")
OM_DELTAGARE, PENGAR = ("Deltagare", "Resultat"), "Pengar"  # chapters
EGNA_ORD = [
    ("Planerat antal", PLANERAT_ANTAL),
    (
        "Försörjning när insatsen började",
        "antalet är deltagare som då hade försörjningen, ensam eller tillsammans med andra. Andelen är av alla i tabellen.",
    ),
]
PAGAR = "Året är inte slut: uppgifterna kan ändras."
GRUPPKOLUMNER = (
    Kolumn("insatser", "Insatser", Typ.ANTAL),
    Kolumn("planerat_antal", "Planerat antal", Typ.ANTAL),
    Kolumn("antal", "Antal", Typ.ANTAL, personer=True),
    Kolumn("anonyma", "Anonyma", Typ.ANTAL, personer=True),
    Kolumn("antal_volym", "I volyminsatser", Typ.ANTAL),
    Kolumn("budget", "Budget", Typ.KRONOR),
    Kolumn("utfall", "Utfall", Typ.KRONOR),
    Kolumn("esf_budget", "ESF, budget", Typ.KRONOR),
    Kolumn("esf_utfall", "ESF, utfall", Typ.KRONOR),
)
FLERA_MALGRUPPER = "En insats kan ha flera målgrupper och räknas på var och en. Raderna summerar därför till mer än alla insatser."


class RegeringsunderlagForm(UrvalForm):
    """One year of riket."""

    huvudfalt: ClassVar[list[str]] = ["fran", "samverkansform"]
    nivaer: ClassVar = [val for val in NIVAER if val[0] == Niva.RIKET]

    lan: Any = None
    niva = forms.ChoiceField(choices=nivaer, initial=str(Niva.RIKET), widget=forms.HiddenInput)
    fran = BudgetarField(label="År", manad=1)
    samverkansform = forms.ChoiceField(
        label="Samverkansform",
        required=False,
        initial=str(Samverkansorganisation.Form.FINSAM),
        widget=Lista(attrs=SMAL),
        choices=[(ALLA, "Alla"), *Samverkansorganisation.Form.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]

    @staticmethod
    def forslag(anvandare) -> dict[str, Any]:
        return {"fran": UrvalForm.forslag(anvandare)["fran"], "niva": str(Niva.RIKET)}

    def clean_samverkansform(self) -> str:
        form = self.cleaned_data["samverkansform"]
        return "" if form == ALLA else form

    def clean(self) -> dict[str, Any]:
        """FK analytiker say what exact figures are for; the protected version is for everyone."""
        data = super().clean()
        if data.get("fran"):
            data["till"] = date(data["fran"].year, 12, 1)
            if data["fran"] > timezone.localdate():
                self.add_error("fran", "Året har inte börjat. Välj ett tidigare år.")
        if len(self.arsval()) > 1:
            self.add_error("fran", "Underlaget gäller ett år. Välj ett.")
        if self.anvandare and not data.get("andamal") and data.get("skydd") != skydd.SKYDDAD:
            self.add_error("andamal", "Skriv vad uppgifterna ska användas till. Ändamålet sparas i loggen.")
        return data

    def period_i_ord(self) -> tuple[str, str]:
        return "År", str(self.cleaned_data["fran"].year)


class Regeringsunderlag(Definition):
    """The tables of the other reports, groups of insatser, and the list of what looks incomplete. Only for the FK-analytiker."""

    nyckel = "regeringsunderlag"
    meny = "Regeringsunderlag"
    titel = "Regeringsunderlag"
    ingress = (
        "Årets samlade tabeller för rapporten till regeringen, med en bilaga om varje län och förbund. Först det som ser ofullständigt ut."
    )
    form_class = RegeringsunderlagForm

    def ar_oppen_for(self, anvandare: Anvandare | None) -> bool:
        return anvandare is None or Roll.FK_ANALYTIKER in anvandare.gallande_roller

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        tackning = tackningstabell(motor)
        kapitel = {
            "Uppgifter att kontrollera": [ofullstandiga(motor)],
            "Förbund och insatser": _landet(motor),
            OM_DELTAGARE[0]: [tackning, *_deltagare(motor)],
            OM_DELTAGARE[1]: [underlagstabell(motor, tackning), *(t for typ in RESULTAT for t in TYPER[typ].tabeller(motor, {}))],
            PENGAR: _pengar(motor),
            "Bilaga: län och förbund": nationella_tabeller(motor, I_BILAGAN),
        }
        return [tabell.i_kapitel(rubrik) for rubrik, tabeller in kapitel.items() for tabell in tabeller]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        egna = [diagram for typ in ("bakgrund", *RESULTAT) for diagram in TYPER[typ].diagram(tabeller)]
        return [*egna, *Kostnadsrapport().diagram(tabeller, urval, val)]

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        egna = {nyckel: noter for typ in RESULTAT for nyckel, noter in TYPER[typ].noter(tabeller, urval).items()}
        om_deltagare = {nyckel: tabell for nyckel, tabell in tabeller.items() if tabell.kapitel in OM_DELTAGARE}
        noter = {nyckel: (*egna.get(nyckel, ()), *forsiktighet(tabell, tabeller[UNDERLAG])) for nyckel, tabell in om_deltagare.items()}
        return {**noter, SAMMANSTALLNING: om_okant_utfall(tabeller, urval), **om_fa_matta(tabeller)}

    def notiser(self, tabeller: Mapping[str, Tabell], urval: Urval) -> list[str]:
        notiser, antal = [], len(tabeller[OFULLSTANDIGA].rader)
        if urval.till >= timezone.localdate():
            notiser.append(PAGAR)
        if antal:
            notiser.append(f"{antal_i_ord(antal, 'förbund', 'förbund')} har uppgifter som ser ofullständiga ut. Se den första tabellen.")
        return notiser

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        return Deltagarrapport().tackning(tabeller, urval)

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        delar = [("Län och förbund", nationella_definitioner()), ("Deltagare", [*EGNA_ORD, *om_tackningen(urval)])]
        delar += [(TYPER[typ].rubrik, TYPER[typ].definitioner(val)) for typ in ("bakgrund", *RESULTAT)]
        return samlade([*delar, (PENGAR, Kostnadsrapport().definitioner({}, urval))])


def _landet(motor: Motor) -> list[Tabell]:
    """How many there are, then the insatser in groups."""
    alla, uppgifter = forbund(motor), motor.insatsuppgifter()
    antal, ar = motor.rakna([ANTAL], [("insats",), ()]), motor.arsvarden()
    volym = sum(rad["deltagarregistrering"] == Deltagarregistrering.VOLYM for rad in uppgifter)
    kolumner = (
        Kolumn("forbund", "Förbund", Typ.ANTAL),
        Kolumn("lan", "Län", Typ.ANTAL),
        Kolumn("kommuner", "Kommuner", Typ.ANTAL),
        Kolumn("insatser", "Insatser", Typ.ANTAL),
        Kolumn("med_personuppgifter", "Med personuppgifter", Typ.ANTAL),
        Kolumn("volyminsatser", "Volyminsatser", Typ.ANTAL),
    )
    kommuner = {kommun for ett in alla for kommun in ett.kommuner}
    rad = Rad((len(alla), len({ett.lan for ett in alla if ett.lan}), len(kommuner), len(uppgifter), len(uppgifter) - volym, volym))

    def grupper(nyckel: str, titel: str, rubrik: str, delar: Iterable[tuple[str, Collection[int]]], noter: tuple[str, ...] = ()) -> Tabell:
        rader = tuple(_grupprad(namn, insatser, antal, ar) for namn, insatser in delar)
        summa = _grupprad("Totalt", [rad["id"] for rad in uppgifter], antal, ar, hela=True)
        return Tabell(nyckel, titel, (Kolumn(nyckel, rubrik), *GRUPPKOLUMNER), rader, summa, noter=noter, bred=True, rubrik=titel)

    return [
        Tabell("omfattning_landet", "Antal förbund, kommuner och insatser", kolumner, (rad,)),
        grupper("inriktning", "Insatser efter inriktning", "Inriktning", _delade(Inriktning, "inriktning", uppgifter)),
        grupper(
            "preciserad_inriktning",
            "Insatser efter preciserad inriktning",
            "Preciserad inriktning",
            _delade(PreciseradInriktning, "preciserad_inriktning", uppgifter),
        ),
        grupper("malgrupp", "Insatser efter målgrupp", "Målgrupp", malgrupper(motor).items(), (FLERA_MALGRUPPER,)),
    ]


def _delade(val: Any, falt: str, uppgifter: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[int]]]:
    return [(str(ett.label), [rad["id"] for rad in uppgifter if rad[falt] == ett]) for ett in val]


def _grupprad(namn: str, insatser: Collection[int], antal: Resultat, ar: Resultat, *, hela: bool = False) -> Rad:
    """Sums over some insatser, which rule 7 protects like one."""
    delar = [ar.rad(insats=insats) for insats in insatser]
    varden: dict[str, Any] = {falt: summa_av_kanda(del_[falt] for del_ in delar) for falt in OM_KANDA}
    varden |= {falt: sum(del_[falt] for del_ in delar) for falt in RAKNADE}
    varden |= {"insatser": len(insatser), "antal": sum(antal.rad(insats=insats)[ANTAL.slug] for insats in insatser)}
    celler = (namn, *(varden[kolumn.nyckel] for kolumn in GRUPPKOLUMNER))
    return Rad(celler, insatser=sum(del_["med_personuppgifter"] for del_ in delar), hela=hela)


def _deltagare(motor: Motor) -> list[Tabell]:
    """Kön, education, age, time with offentlig försörjning, and försörjning at the start: of everybody in the period."""
    utfall = motor.rakna([ANTAL, *FORSORJNING_VID_START.values()], GRUND)
    *per_ett_kon, alla = per_kon(utfall, ANTAL)
    kon = Tabell(
        "kon", "Kön", (Kolumn("kategori", "Deltagare"), *KON), (Rad(("Alla", *per_ett_kon, alla), huvudtal=True),), underlag={"": alla}
    )
    rader = []
    for matt in FORSORJNING_VID_START.values():
        kvinna, man, totalt = per_kon(utfall, matt)
        rader.append(Rad((matt.rubrik, kvinna, man, totalt, andel(totalt, alla))))
    vid_start = Tabell(
        "forsorjning_vid_start",
        "Försörjning när insatsen började",
        (Kolumn("kategori", "Försörjning"), *KON, ANDEL),
        tuple(rader),
        Rad(("Totalt", *per_ett_kon, alla, andel(alla, alla))),
        noter=(FLERA,),
        underlag={"": alla},
        fordelning=("totalt",),
    )
    bakgrund = [tabell for tabell in TYPER["bakgrund"].tabeller(motor, {}) if tabell.nyckel != "kommun"]
    return [kon, *bakgrund, vid_start]


def _pengar(motor: Motor) -> list[Tabell]:
    """Kostnadsrapport, with costs by kind and not by organisation."""
    medel, insatser, administration, sammanstallning = kostnadstabeller(motor, detaljerad=False)
    return [medel, _per_typ(insatser), _per_typ(administration), sammanstallning]


def _per_typ(tabell: Tabell) -> Tabell:
    """The rows put together by their second column, in the order of its kinds whoever has them."""
    ordning = [str(typ.label) for typ in (*Budgettyp, *AdministrativKostnad.Kostnadstyp)]
    typer = sorted({str(rad.celler[1]) for rad in tabell.rader}, key=ordning.index)
    rader = [(typ, [rad.celler for rad in tabell.rader if rad.celler[1] == typ]) for typ in typer]
    summor = tuple(Rad((typ, *(summa_av_kanda(celler[nr] for celler in delar) for nr in (2, 3)))) for typ, delar in rader)  # type: ignore[misc]
    summa = tabell.summa and Rad(("Totalt", *tabell.summa.celler[2:]))
    return Tabell(tabell.nyckel, tabell.titel, tabell.kolumner[1:], summor, summa)
