"""Loading of import files: all rows or none, each through the same checks as the pages (the order is that of the dependencies)."""

from contextlib import suppress
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.roller import Rattighet
from behorigheter.vaggar import som
from deltagare.importer import anonyma, deltaganden
from insatser.importer import insatsbudget, insatser, volym
from insatser.models import Insats
from organisations.importer import adminkostnader, finansiering, organisationer, parter
from organisations.models import Samverkansorganisation
from sus.core.csvfil import Importslag, Rad, Radfel
from sus.core.databasfel import regelbrott_av
from sus.core.regelbrott import Regelbrott

DELTAGANDEN = (
    "samverkansorganisation;insats;personnummer;namn;kommun;stadsdel;startdatum;utbildning;tid_forsorjning;"
    "forsorjning_fore;af_fore;arbete_fore;arbetstyp_fore;studier_fore;avslutningsdatum;avslutningsanledning;"
    "forsorjning_efter;af_efter;arbete_efter;arbetstyp_efter;studier_efter;samtycke_datum"
)
INSATSER = "samverkansorganisation;insats;startdatum;slutdatum;inriktning;preciserad_inriktning;deltagarregistrering;malgrupper;beskrivning"


def _slag(slag, kolumner, rad, frivillig=""):
    return Importslag(slag, tuple(kolumner.split(";")), rad, frivillig)


SLAG = {
    slag.slag: slag
    for slag in [
        _slag("organisationer", "namn;organisationsnummer;samverkansform;startdatum;slutdatum;kommuner", organisationer),
        _slag("parter", "samverkansorganisation;organisation;typ;medlem;finansiar;konsument", parter),
        _slag("finansiering", "samverkansorganisation;ar;finansiar;belopp;beskrivning", finansiering),
        _slag("adminkostnader", "samverkansorganisation;ar;kostnadstyp;budget;utfall", adminkostnader),
        _slag("insatser", INSATSER, insatser, frivillig="volym_avser"),
        _slag("insatsbudget", "samverkansorganisation;insats;ar;budgettyp;budget;utfall;planerat_antal", insatsbudget),
        _slag("deltaganden", DELTAGANDEN, deltaganden),
        _slag("anonyma", "samverkansorganisation;insats;ar;kvinnor;man", anonyma),
        _slag("volym", "samverkansorganisation;insats;ar;antal", volym),
    ]
}

# The columns that say which row of SUS a row of the file is about (docs/import.md).
NYCKEL = {
    "organisationer": ("namn",),
    "parter": ("samverkansorganisation", "organisation"),
    "finansiering": ("samverkansorganisation", "ar", "finansiar", "beskrivning"),
    "adminkostnader": ("samverkansorganisation", "ar", "kostnadstyp"),
    "insatser": ("samverkansorganisation", "insats"),
    "insatsbudget": ("samverkansorganisation", "insats", "ar", "budgettyp"),
    "deltaganden": ("samverkansorganisation", "insats", "personnummer", "startdatum"),
    "anonyma": ("samverkansorganisation", "insats", "ar"),
    "volym": ("samverkansorganisation", "insats", "ar"),
}

# What a user must have the right to in the row's samverkansorganisation, or in its insats.
KRAVER = {
    "parter": Rattighet.SAMVERKANSORGANISATION_ANDRA,
    "finansiering": Rattighet.BUDGET_ANDRA,
    "adminkostnader": Rattighet.BUDGET_ANDRA,
    "insatser": Rattighet.INSATS_ANDRA,
    "insatsbudget": Rattighet.INSATS_ANDRA,
    "volym": Rattighet.INSATS_ANDRA,
}
KRAVER_I_INSATS = {"deltaganden": Rattighet.DELTAGARE_ANDRA, "anonyma": Rattighet.ANONYMA_ANDRA}


@dataclass
class Utfall:
    """What came of a file: texts by the number of the row."""

    fel: dict[int, str] = field(default_factory=dict)
    varningar: dict[int, list[str]] = field(default_factory=dict)


class _Sedda:
    """What the file has said so far: a later row may not say it again, nor say otherwise."""

    def __init__(self):
        self.rader: dict[tuple[str, ...], int] = {}
        self.planerade: dict[tuple[str, ...], str] = {}

    def granska(self, slag: str, varden: dict[str, str], nummer: int) -> None:
        nyckel = tuple(varden[kolumn].casefold() for kolumn in NYCKEL[slag])
        if nyckel in self.rader:
            raise Radfel({"": [f"Raden gäller samma sak som rad {self.rader[nyckel]}. Behåll en av dem."]})
        self.rader[nyckel] = nummer
        planerat = varden.get("planerat_antal")
        if planerat and self.planerade.setdefault(nyckel[:3], planerat) != planerat:
            raise Radfel({"planerat_antal": [f"Tidigare i filen är planerat antal {self.planerade[nyckel[:3]]} för samma insats och år."]})


class _Backa(Exception):
    """Undoes every row; never leaves this module."""


def las_in(slag: Importslag, rader: list[Rad], *, torrkorning: bool = False, by=None) -> Utfall:
    """Load the rows, as the user `by` with the rights of the user, or as the system.

    If a row is refused, nothing is loaded, but every row is tried so that all faults are known at once.
    """
    utfall = Utfall()
    with suppress(_Backa), som(by):
        sedda = _Sedda()
        for rad in rader:
            try:
                utfall.varningar[rad.nummer] = _las_in_rad(slag, rad, sedda, by)
            except Radfel as fel:
                utfall.fel[rad.nummer] = " ".join(str(fel).split())
        if utfall.fel or torrkorning:
            raise _Backa
        logga(Handelse.Typ.IMPORT, by=by, slag=slag.slag, rader=len(rader))
    return utfall


def _las_in_rad(slag, rad, sedda, by):
    varden = rad.varden()
    sedda.granska(slag.slag, varden, rad.nummer)
    if by:
        _krav_uppdrag(slag.slag, varden, by)
    try:
        with transaction.atomic():
            return slag.rad(varden, by)
    except Regelbrott as brott:
        raise Radfel({brott.falt or "": [brott.text]}) from brott
    except IntegrityError as fel:
        regelbrott = regelbrott_av(fel)
        if regelbrott is None:
            raise
        raise Radfel({"": [regelbrott.text]}) from fel


def _krav_uppdrag(slag, varden, by):
    """Refuse a row outside the user's uppdrag, in the same words as one that does not exist."""
    if slag == "organisationer":
        if not by.har_roll_med(Rattighet.SAMVERKANSORGANISATION_SKAPA):
            raise Radfel({"namn": ["Din roll får inte skapa samverkansorganisationer."]})
        _krav_att_inget_annat_andras(varden)
    elif slag in KRAVER_I_INSATS:
        rader = Insats.objects.tillatna_for(by, KRAVER_I_INSATS[slag])
        if not rader.filter(samverkansorganisation__namn__iexact=varden["samverkansorganisation"], namn__iexact=varden["insats"]).exists():
            raise Radfel({"insats": ["Du saknar uppdrag i insatsen."]})
    else:
        rader = Samverkansorganisation.objects.tillatna_for(by, KRAVER[slag])
        if not rader.filter(namn__iexact=varden["samverkansorganisation"]).exists():
            raise Radfel({"samverkansorganisation": ["Du saknar uppdrag i samverkansorganisationen."]})


def _krav_att_inget_annat_andras(varden):
    """Who creates samverkansorganisationer sets neither the end nor the area of one that exists: its administrator does."""
    finns = Samverkansorganisation.objects.filter(namn__iexact=varden["namn"]).first()
    if finns is None:
        return
    kommuner = set(finns.omraden.exclude(kommun=None).values_list("kommun", flat=True))
    for kolumn, lika in {
        "slutdatum": varden["slutdatum"] == str(finns.slutdatum or ""),
        "kommuner": set(filter(None, varden["kommuner"].replace(" ", "").split(","))) == kommuner,
    }.items():
        if not lika:
            raise Radfel({kolumn: ["Samverkansorganisationen finns redan. Dess samverkansadministratör ändrar detta i SUS."]})
