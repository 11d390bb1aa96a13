"""What a diagram is drawn of: the shapes of rapporter/diagram.py and andelsdiagram.py, ready for the templates.

x and width are per cent and y is px on the screen, so that the text keeps its size at every width.
"""

from dataclasses import dataclass

from rapporter.tabell import Diagram, Stapelrad
from sus.core.formatering import antal

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
class Stolpe:
    """One upright column: x and width in the medium's unit, y and height in px."""

    stil: int
    x: str
    y: str
    bredd: str
    hojd: str


@dataclass(frozen=True)
class Dold:
    """What stands, on end, in the place of columns that are hidden: from y and up."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Kolumngrupp:
    """The columns of a month. An empty label is one that has no room."""

    etikett: str
    x: str
    stolpar: tuple[Stolpe, ...]
    dolda: tuple[Dold, ...] = ()


@dataclass(frozen=True)
class Linje:
    """A line across with its number."""

    y: str
    text: str


@dataclass(frozen=True)
class Punkt:
    stil: int
    x: str
    radie: int


@dataclass(frozen=True)
class Punktrad:
    """The dots of one row on its line, and what they say in figures."""

    etikett: str
    etikett_y: int
    y: int
    text: str
    text_y: int
    punkter: tuple[Punkt, ...]


@dataclass(frozen=True)
class Del:
    """A part of a whole; its number is left out where it has no room."""

    x: str
    bredd: str
    farg: str
    text: str
    text_x: str
    textfarg: str


@dataclass(frozen=True)
class Delrad:
    """The parts of one whole behind each other, or the text that stands in their place."""

    etikett: str
    etikett_y: int
    y: int
    text: str
    text_y: int
    delar: tuple[Del, ...]


@dataclass(frozen=True)
class Tecken:
    """How a series looks, beside its name."""

    namn: str
    stil: int
    x: int
    y: int = 0
    farg: str = ""


@dataclass(frozen=True)
class Bild:
    """A diagram laid out for a medium."""

    diagram: Diagram
    hojd: int
    bredd: int | None
    forklaring: tuple[Tecken, ...]
    grupper: tuple[Grupp, ...] = ()
    kolumner: tuple[Kolumngrupp, ...] = ()
    linjer: tuple[Linje, ...] = ()
    punktrader: tuple[Punktrad, ...] = ()
    skala: int = 0
    skala_fran: str = ""
    skala_x: str = ""
    skala_y: int = 0
    delrader: tuple[Delrad, ...] = ()

    @property
    def etikett_y(self) -> int:
        """Where the labels below the columns stand."""
        return self.hojd - LUFT


def langd(andel: float, papper: bool) -> str:
    return f"{andel * PAPPERSBREDD / 100:.1f}" if papper else f"{andel:.2f}%"


def forklaring(diagram: Diagram) -> tuple[Tecken, ...]:
    return tuple(Tecken(serie.namn, serie.stil, 150 * nr) for nr, serie in enumerate(diagram.serier)) if len(diagram.serier) > 1 else ()


def texter(rad: Stapelrad) -> tuple[str, ...]:
    return tuple(varde if isinstance(varde, str) else antal(varde if isinstance(varde, int) else None) for varde in rad.varden)
