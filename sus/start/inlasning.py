"""Loading of import files: all rows or none, each through the same checks as the pages."""

from contextlib import suppress
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.vaggar import som
from insatser.models import Insats
from organisations.models import Samverkansorganisation
from sus.core.csvfil import Rad, Radfel
from sus.core.databasfel import regelbrott_av
from sus.core.regelbrott import Regelbrott
from sus.start.importslag import Importslag, Plats


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

    def granska(self, slag: Importslag, varden: dict[str, str], nummer: int) -> None:
        nyckel = tuple(varden[kolumn].casefold() for kolumn in slag.nyckel)
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
    sedda.granska(slag, varden, rad.nummer)
    if by:
        _krav_uppdrag(slag, varden, by)
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


def _krav_uppdrag(slag: Importslag, varden, by):
    """Refuse a row outside the user's uppdrag, in the same words as one that does not exist."""
    if slag.kravs_i is Plats.ROLLEN:
        if not by.har_roll_med(slag.kraver):
            raise Radfel({"namn": ["Din roll får inte skapa samverkansorganisationer."]})
        _krav_att_inget_annat_andras(varden)
    elif slag.kravs_i is Plats.INSATSEN:
        rader = Insats.objects.tillatna_for(by, slag.kraver)
        if not rader.filter(samverkansorganisation__namn__iexact=varden["samverkansorganisation"], namn__iexact=varden["insats"]).exists():
            raise Radfel({"insats": ["Du saknar uppdrag i insatsen."]})
    else:
        rader = Samverkansorganisation.objects.tillatna_for(by, slag.kraver)
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
