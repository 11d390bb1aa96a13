"""A table as people read it: what the page and the PDF share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from rapporter.renderare.rubriker import Grupprubrik, egen_rubrik, grupprader
from rapporter.tabell import Cell, Kolumn, Rad, Tabell, Typ
from sus.core.formatering import antal, procent

MELLAN_ORD = re.compile(r"[ \n]+|(?<=[/–-])(?=[^\W\d])")
LANGSTA_ORD = 24  # letters: those of samverkansorganisationer


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
    """`id` and `huvuden` say which headings a cell has, where they stand in several rows. `kant`: a group of columns begins here.

    `ordning` is that of the rows by this column, as aria-sort says it, or "none" where a click would give it.
    """

    text: str
    slag: str
    rubrik: bool = False
    lank: str = ""
    id: str = ""
    huvuden: str = ""
    spann: int = 1
    kant: bool = False
    ordning: str = ""

    @property
    def bryts(self) -> bool:
        """Holds a word, a name that somebody has made up, that paper need not have room for in one line."""
        return self.slag == "text" and any(len(ord_) > LANGSTA_ORD for ord_ in MELLAN_ORD.split(self.text))


@dataclass(frozen=True)
class UtskrivenRad:
    celler: tuple[UtskrivenCell, ...]
    ar_delsumma: bool = False


@dataclass(frozen=True)
class UtskrivenTabell:
    nyckel: str
    titel: str
    grupprader: tuple[tuple[UtskrivenCell, ...], ...]
    rubriker: tuple[UtskrivenCell, ...]
    rader: tuple[UtskrivenRad, ...]
    summa: UtskrivenRad | None
    noter: tuple[str, ...]
    bred: bool
    rubrik: str
    visas_inte: str

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


def utskriven(tabell: Tabell, lankar: bool = False, adress: str = "") -> UtskrivenTabell:
    """`adress` is the query string of the page, for headings that sort."""
    tabell = tabell.visad()
    grupper = grupprader(tabell.kolumner)
    huvuden = _huvuden(tabell, grupper)
    kanter = {grupp.fran for rad in grupper[-1:] for grupp in rad if grupp.text}

    def rad(nr: int, rad: Rad, delsumma: bool = False, lank: str = "") -> UtskrivenRad:
        id_ = f"{tabell.nyckel}-rad{nr}" if grupper else ""
        par = enumerate(zip(tabell.kolumner, rad.celler, strict=True))
        return UtskrivenRad(
            tuple(_cell(plats, kolumn, cell, lank, id_, huvuden[plats], plats in kanter) for plats, (kolumn, cell) in par), delsumma
        )

    rader = tuple(rad(nr, del_, delsumma, del_.lank if lankar else "") for nr, (del_, delsumma) in enumerate(tabell.med_delsummor()))
    return UtskrivenTabell(
        nyckel=tabell.nyckel,
        titel=tabell.titel,
        grupprader=tuple(tuple(_grupprubrik(tabell, niva, grupp) for grupp in del_) for niva, del_ in enumerate(grupper)),
        rubriker=tuple(
            _kolumnrubrik(tabell, kolumn, adress, f"{tabell.nyckel}-kol{nr}" if grupper else "", nr in kanter)
            for nr, kolumn in enumerate(tabell.kolumner)
        ),
        rader=rader,
        summa=rad(len(rader), tabell.summa) if tabell.summa else None,
        noter=tabell.noter,
        bred=tabell.bred,
        rubrik=tabell.rubrik,
        visas_inte=tabell.visas_inte,
    )


def _kolumnrubrik(tabell: Tabell, kolumn: Kolumn, adress: str, id_: str, kant: bool) -> UtskrivenCell:
    lank, ordning = _sortering(tabell, kolumn, adress) if tabell.sorteras and adress else ("", "")
    return UtskrivenCell(egen_rubrik(kolumn), _slag(kolumn), lank=lank, id=id_, kant=kant, ordning=ordning)


def _sortering(tabell: Tabell, kolumn: Kolumn, adress: str) -> tuple[str, str]:
    """Where the heading leads, and the order of the column.

    Figures begin with the largest, names with A; the same heading again turns the order.
    """
    forst, sedan = (f"-{kolumn.nyckel}", kolumn.nyckel) if kolumn.ar_tal else (kolumn.nyckel, f"-{kolumn.nyckel}")
    ny = sedan if tabell.sortering == forst else forst
    fraga = [(namn, varde) for namn, varde in parse_qsl(adress) if namn != "sortera"]
    ordning = {kolumn.nyckel: "ascending", f"-{kolumn.nyckel}": "descending"}.get(tabell.sortering, "none")
    return f"?{urlencode([*fraga, ('sortera', ny)])}#tabell-{tabell.nyckel}", ordning


def _grupprubrik(tabell: Tabell, niva: int, grupp: Grupprubrik) -> UtskrivenCell:
    return UtskrivenCell(grupp.text, "text", bool(grupp.text), id=_grupp_id(tabell, niva, grupp), spann=grupp.spann, kant=bool(grupp.text))


def _grupp_id(tabell: Tabell, niva: int, grupp: Grupprubrik) -> str:
    return f"{tabell.nyckel}-grupp{niva}-{grupp.fran}"


def _huvuden(tabell: Tabell, grupper: list[list[Grupprubrik]]) -> list[str]:
    """The ids of the headings above each column, outermost first; nothing where there is only one row of them."""
    return [
        " ".join(
            [
                *(
                    _grupp_id(tabell, niva, grupp)
                    for niva, rad in enumerate(grupper)
                    for grupp in rad
                    if grupp.text and grupp.fran <= nr < grupp.fran + grupp.spann
                ),
                f"{tabell.nyckel}-kol{nr}",
            ]
        )
        if grupper
        else ""
        for nr in range(len(tabell.kolumner))
    ]


def _cell(nr: int, kolumn: Kolumn, cell: Cell, lank: str, rad_id: str, huvuden: str, kant: bool) -> UtskrivenCell:
    """The first text column heads the row."""
    lank = lank if kolumn.nyckel == "insats" else ""
    if nr == 0 and kolumn.typ == Typ.TEXT:
        return UtskrivenCell(text(cell, kolumn), _slag(kolumn), True, lank, id=rad_id, kant=kant)
    return UtskrivenCell(text(cell, kolumn), _slag(kolumn), False, lank, huvuden=f"{rad_id} {huvuden}" if huvuden else "", kant=kant)


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
