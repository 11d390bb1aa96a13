"""Shares and changes made of other cells, for Kolumn.raknas_om: the protected version makes them anew of protected counts (rule 6).

A cell that is hidden hides what is made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rapporter.tabell import Cell, Omrakning
from sus.core.formatering import andel, andel_forandring

DOLT_TAL = "–"


def andel_av_alla(taljare: str) -> Omrakning:
    """The column as per cent of the table's base."""
    return lambda celler, underlag: _delad(celler[taljare], underlag)


def andel_av(taljare: str, *namnare: str) -> Omrakning:
    """The column as per cent of the sum of others in its row."""

    def rakna(celler, underlag: Cell) -> Cell:
        hela = [celler[namn] for namn in namnare]
        return _delad(celler[taljare], sum(hela)) if all(isinstance(del_, int) for del_ in hela) else DOLT_TAL

    return rakna


def forandring(fore: str, efter: str) -> Omrakning:
    """The difference between two columns."""
    return lambda celler, underlag: _av_tva(celler[fore], celler[efter], lambda a, b: b - a)


def forandring_andel(fore: str, efter: str) -> Omrakning:
    """The difference in per cent of what was before; hidden too when that was nobody."""
    return lambda celler, underlag: _av_tva(celler[fore], celler[efter], andel_forandring)


@dataclass(frozen=True)
class Given:
    """A share that is made of other cells than its table's, and protected with them. `av`: of how many it is."""

    cell: Cell
    av: int

    def __call__(self, celler: Mapping[str, Cell], underlag: Cell) -> Cell:
        return self.cell


def _delad(taljare: Cell, namnare: Cell) -> Cell:
    return _av_tva(taljare, namnare, andel)


def _av_tva(ena: Cell, andra: Cell, rakna) -> Cell:
    varde = rakna(ena, andra) if isinstance(ena, int) and isinstance(andra, int) else None
    return DOLT_TAL if varde is None else varde
