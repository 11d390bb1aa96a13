"""A table as people read it: what the page and the PDF share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapporter.tabell import Cell, Kolumn, Rad, Tabell, Typ
from sus.core.formatering import antal, procent


def text(cell: Cell, kolumn: Kolumn) -> str:
    """Unknown is nothing, a hidden value the text it is; zero is nothing where the column says so."""
    if cell is None or (cell == 0 and kolumn.tom_nolla):
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    tal = procent(cell) if kolumn.typ == Typ.ANDEL else antal(cell)
    return f"+{tal}" if kolumn.tecken and cell > 0 else tal


@dataclass(frozen=True)
class UtskrivenCell:
    text: str
    slag: str
    rubrik: bool = False
    lank: str = ""


@dataclass(frozen=True)
class UtskrivenRad:
    celler: tuple[UtskrivenCell, ...]
    ar_delsumma: bool = False


@dataclass(frozen=True)
class UtskrivenTabell:
    nyckel: str
    titel: str
    rubriker: tuple[UtskrivenCell, ...]
    rader: tuple[UtskrivenRad, ...]
    summa: UtskrivenRad | None
    noter: tuple[str, ...]
    bred: bool
    rubrik: str

    @property
    def haller_ihop(self) -> bool:
        """Short enough not to be broken over two pages: a broken table is read aloud as two."""
        return not self.bred and len(self.rader) <= 25

    @property
    def ar_smal(self) -> bool:
        """Few enough columns for the width of a text."""
        return len(self.rubriker) <= 7

    @property
    def storlek(self) -> str:
        """How small the text must be for all columns to fit on paper."""
        return "vanlig" if len(self.rubriker) <= 12 else "liten" if len(self.rubriker) <= 15 else "minst"


def utskriven(tabell: Tabell, lankar: bool = False) -> UtskrivenTabell:
    tabell = tabell.visad()
    rubriker = tuple(UtskrivenCell(kolumn.rubrik, _slag(kolumn)) for kolumn in tabell.kolumner)
    rader = tuple(UtskrivenRad(_celler(tabell, rad, lankar), delsumma) for rad, delsumma in tabell.med_delsummor())
    summa = UtskrivenRad(_celler(tabell, tabell.summa, False)) if tabell.summa else None
    return UtskrivenTabell(tabell.nyckel, tabell.titel, rubriker, rader, summa, tabell.noter, tabell.bred, tabell.rubrik)


def _celler(tabell: Tabell, rad: Rad, lankar: bool) -> tuple[UtskrivenCell, ...]:
    """The first text column heads the row."""
    par = zip(tabell.kolumner, rad.celler, strict=True)
    return tuple(_cell(nr, kolumn, cell, rad.lank if lankar else "") for nr, (kolumn, cell) in enumerate(par))


def _cell(nr: int, kolumn: Kolumn, cell: Cell, lank: str) -> UtskrivenCell:
    rubrik = nr == 0 and kolumn.typ == Typ.TEXT
    return UtskrivenCell(text(cell, kolumn), _slag(kolumn), rubrik, lank if kolumn.nyckel == "insats" else "")


def _slag(kolumn: Kolumn) -> str:
    return "numeric" if kolumn.ar_tal else "date" if kolumn.typ == Typ.DATUM else "text"


def i_par(tabeller: list[UtskrivenTabell]) -> Iterator[tuple[UtskrivenTabell, ...]]:
    """Two narrow tables side by side, a wide one alone."""
    vantar: list[UtskrivenTabell] = []
    for tabell in tabeller:
        if tabell.bred or len(tabell.rubriker) > 5:
            if vantar:
                yield tuple(vantar)
                vantar = []
            yield (tabell,)
            continue
        vantar.append(tabell)
        if len(vantar) == 2:
            yield tuple(vantar)
            vantar = []
    if vantar:
        yield tuple(vantar)
