"""What the tables about deltagare are built of: columns by kön, and the counts that fill them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from deltagare.koder import Kon
from rapporter.diagram import etikett, i_ord
from rapporter.matt import Matt
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import DOLT_TAL, andel_av_alla
from rapporter.tabell import Diagram, Kolumn, Serie, Stapelrad, Tabell, Typ, heltal
from rapporter.urval import Urval

KON = (
    Kolumn("kvinna", "Kvinna", Typ.ANTAL, del_av="totalt"),
    Kolumn("man", "Man", Typ.ANTAL, del_av="totalt"),
    Kolumn("totalt", "Totalt", Typ.ANTAL, egenskap=True),
)
ANDEL = Kolumn("andel", "Andel", Typ.ANDEL, raknas_om=andel_av_alla("totalt"))
GRUND: tuple[tuple[str, ...], ...] = (("kon",), ())


def vittnen(nyckel: str) -> tuple[Kolumn, Kolumn]:
    """Kvinnor and män of a count whose table does not print them, but another does."""
    kvinna, man = (Kolumn(f"{nyckel}_{kon.slug}", str(kon.label), Typ.ANTAL, del_av=nyckel, vittne=True) for kon in (Kon.KVINNA, Kon.MAN))
    return kvinna, man


class Rapporttyp:
    """One type of a report about deltagare: its tables, what they show as bars, and how they are counted."""

    nyckel: ClassVar[str]
    rubrik: ClassVar[str]
    fore_efter: ClassVar[bool] = False  # rests on those who ended with a second measurement
    har_andelar: ClassVar[bool] = True  # which can be compared with those of a larger selection
    bara_avslutade: ClassVar[bool] = False  # counts only those who ended in the period, so there is no status to choose

    @property
    def tabell(self) -> str:
        """The key of the type's own table."""
        return self.nyckel.replace("-", "_")

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        raise NotImplementedError

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        """Drawn from the protected tables."""
        return []

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval) -> dict[str, tuple[str, ...]]:
        """Sentences under a table, by its key, that are made of protected cells."""
        return {}

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return []


def grupperingar(*dimensioner: str) -> list[tuple[str, ...]]:
    """The dimensions, and the same split by kön."""
    return [(*dimensioner, "kon"), dimensioner]


def per_kon(utfall: Resultat, matt: Matt, **grupp: Any) -> tuple[int, int, int]:
    """Kvinna, man, totalt; each its own count."""
    kvinna, man = (utfall.rad(kon=kon.value, **grupp)[matt.slug] for kon in (Kon.KVINNA, Kon.MAN))
    return kvinna, man, utfall.rad(**grupp)[matt.slug]


def antal_kvinnor_och_man(tabell: Tabell, vad: str = "") -> str:
    """What the bars count, and how many they are, and `vad`, where that is shown."""
    antal = "Antal kvinnor och män" if tabell.visar_kon else "Antal"
    alla = tabell.summa.celler[3] if vad and tabell.summa else DOLT_TAL
    return antal if alla == DOLT_TAL else f"{antal}, {i_ord(alla)} {vad}"


def kondiagram(tabell: Tabell, ingress: str, flest_i_ord: str = "Flest finns i") -> Diagram:
    """Kvinnor and män in every row of a table whose columns are KON and that is shown; all together where none of these are."""
    rader = tuple(Stapelrad(etikett(rad), rad.celler[1:3] if tabell.visar_kon else rad.celler[3:4]) for rad in tabell.rader)
    serier = (Serie("Kvinna", 1), Serie("Man", 2)) if tabell.visar_kon else (Serie("Alla", 1),)
    flest = max(tabell.rader, key=lambda rad: heltal(rad.celler[3]))
    fynd = f"{flest_i_ord} {flest.celler[0]}: {i_ord(flest.celler[3])}." if heltal(flest.celler[3]) else "Inga antal att visa."
    return Diagram(tabell.nyckel, tabell.titel, ingress, fynd, serier, rader)
