"""Horizontal bars as SVG: one template, in per cent for the screen and in px for paper.

x and width are per cent and y is px on the screen, so that the text keeps its size at every width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapporter.tabell import Cell, Diagram, Stapelrad
from sus.core.formatering import antal

FLEST_RADER = 30
LANGSTA_ETIKETT = 36
LANGSTA_STAPEL = 72.0  # per cent; the rest is room for the number
PAPPERSBREDD = 620
ETIKETT, STAPEL, MELLANRUM, LUFT = 19, 15, 4, 9
FORKLARING = 33


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
class Bild:
    """A diagram laid out for a medium."""

    diagram: Diagram
    hojd: int
    bredd: int | None
    forklaring: tuple[tuple[str, int, int], ...]
    grupper: tuple[Grupp, ...]


def rita(diagram: Diagram, papper: bool = False) -> Bild:
    """Lay the diagram out: per cent for the screen, px for paper."""
    storst = max([varde for rad in diagram.rader for varde in rad.varden if isinstance(varde, int)], default=0)
    flera = len(diagram.serier) > 1
    y = FORKLARING if flera else 0
    grupper = []
    for rad in diagram.rader:
        grupp, y = _grupp(diagram, rad, y, storst, papper)
        grupper.append(grupp)
    forklaring = tuple((serie.namn, serie.stil, 150 * nr) for nr, serie in enumerate(diagram.serier)) if flera else ()
    return Bild(diagram, y, PAPPERSBREDD if papper else None, forklaring, tuple(grupper))


def _grupp(diagram: Diagram, rad: Stapelrad, y: int, storst: int, papper: bool) -> tuple[Grupp, int]:
    start = y + ETIKETT - 1
    staplar = tuple(
        _stapel(rad.stil or serie.stil, varde, start + 1.5 + nr * (STAPEL + MELLANRUM), storst, papper)
        for nr, (serie, varde) in enumerate(zip(diagram.serier, rad.varden, strict=True))
    )
    slut = start + len(staplar) * (STAPEL + MELLANRUM) - 1
    return Grupp(rad.etikett, y + 12, staplar, start, slut), slut + 1 + LUFT + 1


def _stapel(stil: int, varde: Cell, y: float, storst: int, papper: bool) -> Stapel:
    """A hidden or unknown value has a text and no bar."""
    andel = LANGSTA_STAPEL * max(varde, 0) / storst if isinstance(varde, int) and storst else 0.0
    bredd = _langd(andel, papper)
    text = varde if isinstance(varde, str) else antal(varde if isinstance(varde, int) else None)
    return Stapel(stil, f"{y:.1f}", bredd if andel else "", text, bredd, f"{y + 12:.1f}")


def _langd(andel: float, papper: bool) -> str:
    return f"{andel * PAPPERSBREDD / 100:.1f}" if papper else f"{andel:.2f}%"


def kortad(text: str) -> str:
    """A label that fits; the whole text stands in the table."""
    return text if len(text) <= LANGSTA_ETIKETT else f"{text[: LANGSTA_ETIKETT - 1].rstrip()}…"


def storst_i_ord(rader: Sequence[Stapelrad], enhet: str) -> str:
    """ "Störst är A, 3 450 000 kr, och B, 3 200 000 kr." of a diagram with one series."""
    tal = sorted(((rad.varden[0], rad.etikett) for rad in rader if isinstance(rad.varden[0], int)), key=lambda par: -par[0])
    delar = [f"{etikett}, {antal(varde)}{enhet}" for varde, etikett in tal[:2]]
    return f"Störst är {', och '.join(delar)}." if delar else "Inga uppgifter."
