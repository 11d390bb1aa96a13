"""How a product stands to one criterion of accessibility, and the score of many.

`tester` names the automatic tests that fail if it stops being so. What only assistive technology in the hands of its users can
settle is INTE_PROVAT, however well the automatic tests go, and counts as not met.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Lage(StrEnum):
    UPPFYLLT = "Uppfyllt"
    INTE_PROVAT = "Inte prövat med användare"
    BRIST = "Brist"
    INTE_TILLAMPLIGT = "Inte tillämpligt"


@dataclass(frozen=True)
class Kriterium:
    nummer: str
    namn: str
    niva: str
    lage: Lage
    prov: str
    tester: tuple[str, ...] = ()

    @property
    def satt(self) -> str:
        """In which ways it was tested."""
        if self.lage is Lage.INTE_TILLAMPLIGT:
            return ""
        return "Automatiskt" if self.tester else "Genom granskning"


@dataclass(frozen=True)
class Resultat:
    """`procent`: met, of those that apply, rounded down."""

    antal: int
    uppfyllda: int
    inte_provade: int
    brister: int
    inte_tillampliga: int

    @property
    def tillampliga(self) -> int:
        return self.antal - self.inte_tillampliga

    @property
    def procent(self) -> int:
        return 100 * self.uppfyllda // self.tillampliga


def resultat(kriterier: Iterable[Kriterium]) -> Resultat:
    lagen = [ett.lage for ett in kriterier]
    return Resultat(len(lagen), *(lagen.count(lage) for lage in (Lage.UPPFYLLT, Lage.INTE_PROVAT, Lage.BRIST, Lage.INTE_TILLAMPLIGT)))
