"""The headings of a table's columns: their own, and those that stand above several of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapporter.tabell import Kolumn


@dataclass(frozen=True)
class Grupprubrik:
    """A heading above the columns fran to fran + spann. An empty text is the place above columns that have none."""

    text: str
    fran: int
    spann: int


def grupprader(kolumner: Sequence[Kolumn]) -> list[list[Grupprubrik]]:
    """The rows of headings above the columns' own, the outermost first. None for a table whose columns stand by themselves."""
    djup = max((len(kolumn.grupper) for kolumn in kolumner), default=0)
    return [_grupprad(kolumner, niva) for niva in range(djup)]


def egen_rubrik(kolumn: Kolumn) -> str:
    """What stands right above the column's cells."""
    return (kolumn.kort if kolumn.grupper else "") or kolumn.rubrik


def _grupprad(kolumner: Sequence[Kolumn], niva: int) -> list[Grupprubrik]:
    """Neighbours have a heading in common when all that stands above it is common too."""
    rad, fran = [], 0
    for grupp, delade in groupby(kolumner, key=lambda kolumn: kolumn.grupper[: niva + 1] if len(kolumn.grupper) > niva else ()):
        spann = len(list(delade))
        rad.append(Grupprubrik(grupp[niva] if grupp else "", fran, spann))
        fran += spann
    return rad
