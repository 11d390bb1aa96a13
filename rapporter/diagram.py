"""Horizontal bars and upright columns as SVG, in per cent for the screen and in px for paper.

x and width are per cent and y is px on the screen, so that the text keeps its size at every width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapporter.tabell import Cell, Diagram, Form, Rad, Stapelrad
from sus.core.formatering import antal

FLEST_RADER = 30
LANGSTA_ETIKETT = 36
LANGSTA_STAPEL = 72.0  # per cent; the rest is room for the number
PAPPERSBREDD = 620
ETIKETT, STAPEL, MELLANRUM, LUFT = 19, 15, 4, 9
FORKLARING = 33
KOLUMNHOJD = 180
SKALBREDD = 10.0  # per cent, for the numbers of the scale
FLEST_ETIKETTER = 6  # as many as a telephone has room for


@dataclass(frozen=True)
class Stapel:
    """One bar, ready to draw: positions in px, lengths as text in the medium's unit."""

    stil: int
    y: str
    bredd: str
    text: str
    text_x: str
    text_y: str


@dataclass(frozen=True)
class Grupp:
    etikett: str
    y: int
    staplar: tuple[Stapel, ...]
    axel_y1: int
    axel_y2: int


@dataclass(frozen=True)
class Stolpe:
    """One upright column: x and width in the medium's unit, y and height in px."""

    stil: int
    x: str
    y: str
    bredd: str
    hojd: str


@dataclass(frozen=True)
class Kolumngrupp:
    """The columns of a month. An empty label is one that has no room."""

    etikett: str
    x: str
    stolpar: tuple[Stolpe, ...]


@dataclass(frozen=True)
class Linje:
    """A line across with its number."""

    y: str
    text: str


@dataclass(frozen=True)
class Bild:
    """A diagram laid out for a medium."""

    diagram: Diagram
    hojd: int
    bredd: int | None
    forklaring: tuple[tuple[str, int, int], ...]
    grupper: tuple[Grupp, ...] = ()
    kolumner: tuple[Kolumngrupp, ...] = ()
    linjer: tuple[Linje, ...] = ()

    @property
    def etikett_y(self) -> int:
        """Where the labels below the columns stand."""
        return self.hojd - LUFT


def rita(diagram: Diagram, papper: bool = False) -> Bild:
    """Lay the diagram out: per cent for the screen, px for paper."""
    if diagram.form == Form.KOLUMNER:
        return _kolumner(diagram, papper)
    storst = max([varde for rad in diagram.rader for varde in rad.varden if isinstance(varde, int)], default=0)
    flera = len(diagram.serier) > 1
    y = FORKLARING if flera else 0
    grupper = []
    for rad in diagram.rader:
        grupp, y = _grupp(diagram, rad, y, storst, papper)
        grupper.append(grupp)
    return Bild(diagram, y, PAPPERSBREDD if papper else None, _forklaring(diagram), tuple(grupper))


def _grupp(diagram: Diagram, rad: Stapelrad, y: int, storst: int, papper: bool) -> tuple[Grupp, int]:
    start = y + ETIKETT - 1
    staplar = tuple(
        _stapel(rad.stil or serie.stil, varde, text, start + 1.5 + nr * (STAPEL + MELLANRUM), storst, papper)
        for nr, (serie, varde, text) in enumerate(zip(diagram.serier, rad.varden, rad.texter or _texter(rad), strict=True))
    )
    slut = start + len(staplar) * (STAPEL + MELLANRUM) - 1
    return Grupp(rad.etikett, y + 12, staplar, start, slut), slut + 1 + LUFT + 1


def _stapel(stil: int, varde: Cell, text: str, y: float, storst: int, papper: bool) -> Stapel:
    """A hidden or unknown value has a text and no bar."""
    andel = LANGSTA_STAPEL * max(varde, 0) / storst if isinstance(varde, int) and storst else 0.0
    bredd = _langd(andel, papper)
    return Stapel(stil, f"{y:.1f}", bredd if andel else "", text, bredd, f"{y + 12:.1f}")


def _kolumner(diagram: Diagram, papper: bool) -> Bild:
    """A group of columns per row, side by side, and as many labels as there is room for."""
    topp = _jamn_topp(max([varde for rad in diagram.rader for varde in rad.varden if isinstance(varde, int)], default=0))
    bredd = (100.0 - SKALBREDD) / max(len(diagram.rader), 1)
    var = -(-len(diagram.rader) // FLEST_ETIKETTER)
    botten = FORKLARING + LUFT + KOLUMNHOJD
    grupper = tuple(
        Kolumngrupp(
            rad.etikett if nr % var == 0 else "",
            _langd(SKALBREDD + bredd * (nr + 0.5), papper),
            tuple(_stolpar(diagram, rad, SKALBREDD + bredd * nr, bredd, topp, papper)),
        )
        for nr, rad in enumerate(diagram.rader)
    )
    linjer = tuple(Linje(f"{botten - KOLUMNHOJD * del_ / 2:.1f}", antal(topp * del_ // 2)) for del_ in (0, 1, 2))
    return Bild(diagram, botten + ETIKETT + LUFT, PAPPERSBREDD if papper else None, _forklaring(diagram), kolumner=grupper, linjer=linjer)


def _stolpar(diagram: Diagram, rad: Stapelrad, x: float, bredd: float, topp: int, papper: bool) -> Iterator[Stolpe]:
    """A hidden or unknown value, and zero, has no column."""
    smal = bredd * 0.8 / len(diagram.serier)
    for nr, (serie, varde) in enumerate(zip(diagram.serier, rad.varden, strict=True)):
        if isinstance(varde, int) and varde > 0:
            hojd = KOLUMNHOJD * varde / topp
            y = FORKLARING + LUFT + KOLUMNHOJD - hojd
            yield Stolpe(serie.stil, _langd(x + bredd * 0.1 + nr * smal, papper), f"{y:.1f}", _langd(smal, papper), f"{hojd:.1f}")


def _jamn_topp(storst: int) -> int:
    """An even number that the scale can end at: 2, 4, 6, 8, 10, 20, 30 … 100, 200 …"""
    steg = max(10 ** (len(str(storst)) - 1), 2)
    return max(-(-storst // steg), 1) * steg


def _forklaring(diagram: Diagram) -> tuple[tuple[str, int, int], ...]:
    return tuple((serie.namn, serie.stil, 150 * nr) for nr, serie in enumerate(diagram.serier)) if len(diagram.serier) > 1 else ()


def _texter(rad: Stapelrad) -> tuple[str, ...]:
    return tuple(varde if isinstance(varde, str) else antal(varde if isinstance(varde, int) else None) for varde in rad.varden)


def _langd(andel: float, papper: bool) -> str:
    return f"{andel * PAPPERSBREDD / 100:.1f}" if papper else f"{andel:.2f}%"


def etikett(rad: Rad) -> str:
    """The heading of a table's row as a diagram has room for it."""
    return kortad(rad.kort or str(rad.celler[0]))


def kortad(text: str) -> str:
    """A label that fits; the whole text stands in the table."""
    return text if len(text) <= LANGSTA_ETIKETT else f"{text[: LANGSTA_ETIKETT - 1].rstrip()}…"


def storst_i_ord(rader: Sequence[Stapelrad], enhet: str) -> str:
    """ "Störst är A, 3 450 000 kr, och B, 3 200 000 kr." of a diagram with one series."""
    tal = sorted(((rad.varden[0], rad.etikett) for rad in rader if isinstance(rad.varden[0], int)), key=lambda par: -par[0])
    delar = [f"{etikett}, {antal(varde)}{enhet}" for varde, etikett in tal[:2]]
    return f"Störst är {', och '.join(delar)}." if delar else "Inga uppgifter."
