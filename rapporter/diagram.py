"""Diagrams laid out for an SVG, in per cent for the screen and in px for paper: bars and columns here, shares in andelsdiagram.py."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rapporter import andelsdiagram
from rapporter.bild import (
    ETIKETT,
    FORKLARING,
    LANGSTA_STAPEL,
    LUFT,
    MELLANRUM,
    PAPPERSBREDD,
    STAPEL,
    Bild,
    Dold,
    Grupp,
    Kolumngrupp,
    Linje,
    Stapel,
    Stolpe,
    forklaring,
    langd,
    texter,
)
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Cell, Diagram, Form, Rad, Stapelrad, heltal
from sus.core.formatering import antal

FLEST_RADER = 30
LANGSTA_ETIKETT = 36
KOLUMNHOJD = 180
SKALBREDD = 10.0  # per cent, for the numbers of the scale
FLEST_ETIKETTER = 4  # as many as a telephone has room for; of a year's months, one per quarter
SMALAST_DOLD = 2.0  # per cent


def rita(diagram: Diagram, papper: bool = False) -> Bild:
    """Lay the diagram out: per cent for the screen, px for paper."""
    andra = {Form.KOLUMNER: _kolumner, Form.PUNKTER: andelsdiagram.punkter, Form.DELAR: andelsdiagram.delar}.get(diagram.form)
    return andra(diagram, papper) if andra else _staplar(diagram, papper)


def _staplar(diagram: Diagram, papper: bool) -> Bild:
    storst = max(diagram.tal, default=0)
    flera = len(diagram.serier) > 1
    y = FORKLARING if flera else 0
    grupper = []
    for rad in diagram.rader:
        grupp, y = _grupp(diagram, rad, y, storst, papper)
        grupper.append(grupp)
    return Bild(diagram, y, PAPPERSBREDD if papper else None, forklaring(diagram), tuple(grupper))


def _grupp(diagram: Diagram, rad: Stapelrad, y: int, storst: int, papper: bool) -> tuple[Grupp, int]:
    start = y + ETIKETT - 1
    staplar = tuple(
        _stapel(rad.stil or serie.stil, varde, text, start + 1.5 + nr * (STAPEL + MELLANRUM), storst, papper)
        for nr, (serie, varde, text) in enumerate(zip(diagram.serier, rad.varden, rad.texter or texter(rad), strict=True))
    )
    slut = start + len(staplar) * (STAPEL + MELLANRUM) - 1
    return Grupp(rad.etikett, y + 12, staplar, start, slut), slut + 1 + LUFT + 1


def _stapel(stil: int, varde: Cell, text: str, y: float, storst: int, papper: bool) -> Stapel:
    """A hidden or unknown value has a text and no bar."""
    andel = LANGSTA_STAPEL * max(varde, 0) / storst if isinstance(varde, int) and storst else 0.0
    bredd = langd(andel, papper)
    return Stapel(stil, f"{y:.1f}", bredd if andel else "", text, bredd, f"{y + 12:.1f}")


def _kolumner(diagram: Diagram, papper: bool) -> Bild:
    """A group of columns per row, side by side, and as many labels as there is room for."""
    topp = _jamn_topp(max(diagram.tal, default=0))
    bredd = (100.0 - SKALBREDD) / max(len(diagram.rader), 1)
    var = -(-len(diagram.rader) // FLEST_ETIKETTER)
    botten = FORKLARING + LUFT + KOLUMNHOJD
    grupper = tuple(
        Kolumngrupp(
            rad.etikett if nr % var == 0 else "",
            langd(SKALBREDD + bredd * (nr + 0.5), papper),
            tuple(_stolpar(diagram, rad, SKALBREDD + bredd * nr, bredd, topp, papper)),
            tuple(_dolda(rad, SKALBREDD + bredd * nr, bredd, botten, papper)),
        )
        for nr, rad in enumerate(diagram.rader)
    )
    linjer = tuple(Linje(f"{botten - KOLUMNHOJD * del_ / 2:.1f}", antal(topp * del_ // 2)) for del_ in (0, 1, 2))
    return Bild(diagram, botten + ETIKETT + LUFT, PAPPERSBREDD if papper else None, forklaring(diagram), kolumner=grupper, linjer=linjer)


def _stolpar(diagram: Diagram, rad: Stapelrad, x: float, bredd: float, topp: int, papper: bool) -> Iterator[Stolpe]:
    """A hidden or unknown value, and zero, has no column; what is hidden says so in its place."""
    smal = bredd * 0.8 / len(diagram.serier)
    for nr, (serie, varde) in enumerate(zip(diagram.serier, rad.varden, strict=True)):
        if isinstance(varde, int) and varde > 0:
            hojd = KOLUMNHOJD * varde / topp
            y = FORKLARING + LUFT + KOLUMNHOJD - hojd
            yield Stolpe(serie.stil, langd(x + bredd * 0.1 + nr * smal, papper), f"{y:.1f}", langd(smal, papper), f"{hojd:.1f}")


def _dolda(rad: Stapelrad, x: float, bredd: float, botten: int, papper: bool) -> Iterator[Dold]:
    """Once for neighbours that are hidden alike. Left out where a telephone has no room for it."""
    smal, nr = bredd * 0.8 / len(rad.varden), 0
    for varde, lika in groupby(rad.varden):
        antal_ = len(list(lika))
        if isinstance(varde, str) and smal * antal_ >= SMALAST_DOLD:
            yield Dold(langd(x + bredd * 0.1 + (nr + antal_ / 2) * smal, papper), f"{botten - 4}", varde)
        nr += antal_


def _jamn_topp(storst: int) -> int:
    """An even number that the scale can end at: 2, 4, 6, 8, 10, 20, 30 … 100, 200 …"""
    steg = max(10 ** (len(str(storst)) - 1), 2)
    return max(-(-storst // steg), 1) * steg


def ritas(rader: Sequence[object]) -> bool:
    """There is something to draw, and not more than can be read."""
    return 0 < len(rader) <= FLEST_RADER


def etikett(rad: Rad) -> str:
    """The heading of a table's row as a diagram has room for it."""
    return kortad(rad.kort or str(rad.celler[0]))


def kortad(text: str) -> str:
    """A label that fits; the whole text stands in the table."""
    return text if len(text) <= LANGSTA_ETIKETT else f"{text[: LANGSTA_ETIKETT - 1].rstrip()}…"


def i_ord(cell: Cell) -> str:
    """A count or what stands in its place."""
    return cell if isinstance(cell, str) else antal(heltal(cell))


def av_hela(del_: Cell, hela: Cell) -> str:
    """ "30 av 40", or what is told of it when the whole is hidden."""
    return i_ord(del_) if hela == DOLT_TAL else f"{i_ord(del_)} av {i_ord(hela)}"


def storst_i_ord(rader: Sequence[Stapelrad], enhet: str) -> str:
    """ "Störst är A, 3 450 000 kronor, och B, 3 200 000 kronor." of a diagram with one series and something to draw."""
    tal = sorted(((heltal(rad.varden[0]), rad.etikett) for rad in rader if heltal(rad.varden[0]) > 0), key=lambda par: -par[0])
    delar = [f"{etikett}, {antal(varde)}{enhet}" for varde, etikett in tal[:2]]
    return f"Störst är {', och '.join(delar)}."
