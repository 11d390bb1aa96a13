"""What a report is about: period, level, filters. Plain values; the forms fill it in, the engine reads it."""

import calendar
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from deltagare.koder import Kon
from sus.core.formatering import lista_i_ord

# The filters on persons that leave out one other part: (filter, chosen) to what is left.
ANDRA_DELEN: dict[tuple[str, object], object] = {
    ("kon", Kon.KVINNA): Kon.MAN,
    ("kon", Kon.MAN): Kon.KVINNA,
    ("status", "pagaende"): "avslutade",
    ("status", "avslutade"): "pagaende",
}


class Niva(StrEnum):
    RIKET = "riket"
    LAN = "lan"
    ORGANISATION = "organisation"
    INSATS = "insats"


class Aldersband(StrEnum):
    """Age at start: complete and disjoint."""

    TILL_25 = "-25"
    TILL_29 = "26-29"
    TILL_45 = "30-45"
    FRAN_46 = "46-"

    @property
    def granser(self) -> tuple[int, int]:
        """Lowest and highest age, both included."""
        fran, _, till = self.value.partition("-")
        return int(fran or 0), int(till or 999)

    @property
    def rubrik(self) -> str:
        return {"-25": "25 år eller yngre", "46-": "46 år eller äldre"}.get(self.value, f"{self.value.replace('-', '–')} år")


class Tidsband(StrEnum):
    """Whole months in the insats, complete and disjoint: the lower limit is included, the upper is not."""

    TILL_3 = "-3"
    TILL_6 = "3-6"
    TILL_12 = "6-12"
    TILL_18 = "12-18"
    TILL_24 = "18-24"
    FRAN_24 = "24-"

    @property
    def till(self) -> int | None:
        """Months below which the band ends."""
        return int(self.value.rpartition("-")[2] or 0) or None

    @property
    def rubrik(self) -> str:
        kanter = {"-3": "Kortare än 3 månader", "24-": "24 månader eller längre"}
        return kanter.get(self.value, f"{self.value.replace('-', '–')} månader")


@dataclass(frozen=True)
class Urval:
    """`ar` are the calendar years whose full-year values count. `i_ord` is the whole selection as (heading, text), for printing."""

    fran: date
    till: date
    ar: tuple[int, ...]
    niva: Niva = Niva.RIKET
    lan: str | None = None
    organisation: int | None = None
    insats: int | None = None
    samverkansform: str = ""
    inriktning: str = ""
    preciserad_inriktning: str = ""
    malgrupp: str = ""
    personer: dict[str, object] = field(default_factory=dict)
    i_ord: tuple[tuple[str, str], ...] = ()
    plats: str = "Hela landet"

    @property
    def hela_ar(self) -> bool:
        return (self.fran.month, self.till.month) == (1, 12)

    @property
    def for_tackning(self) -> "Urval":
        """All deltagare of the whole calendar years: whom täckning is a share of, as anonyma are counted per year, without attributes."""
        return replace(self, fran=date(self.ar[0], 1, 1), till=date(self.ar[-1], 12, 31), personer={})

    @property
    def ar_i_ord(self) -> str:
        """ "2010 och 2011", and "2010–2012 och 2015": three or more in a row are joined, what lies between is left out."""
        delar: list[str] = []
        for _, par in groupby(enumerate(self.ar), key=lambda par: par[1] - par[0]):
            svit = [str(ar) for _, ar in par]
            delar += svit if len(svit) < 3 else [f"{svit[0]}–{svit[-1]}"]
        return lista_i_ord(delar)

    @property
    def hela_organisationer(self) -> bool:
        """True when no filter picks out some of an organisation's insatser or deltagare (rule 7, organisation level)."""
        return not (self.insats or self.inriktning or self.preciserad_inriktning or self.malgrupp or self.personer)

    @property
    def utan_personfilter(self) -> "Urval | None":
        """All deltagare of the selection, where a filter picks out some of them."""
        return replace(self, personer={}) if self.personer else None

    @property
    def andra_delen(self) -> "Urval | None":
        """The deltagare whom a filter leaves out, when one selection holds them all: the other kön, or the other status."""
        utanfor = {namn: ANDRA_DELEN[namn, vald] for namn, vald in self.personer.items() if (namn, vald) in ANDRA_DELEN}
        return replace(self, personer={**self.personer, **utanfor}) if len(utanfor) == 1 else None


def sista_dagen(manad: date) -> date:
    return manad.replace(day=calendar.monthrange(manad.year, manad.month)[1])


def flytta(manad: date, antal: int) -> date:
    """The first day of the month that lies `antal` months later."""
    nummer = manad.year * 12 + manad.month - 1 + antal
    return date(nummer // 12, nummer % 12 + 1, 1)
