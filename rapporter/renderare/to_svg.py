"""The diagrams of a report as a picture of their own: drawn of the protected tables, with what they are and who may spread them."""

from dataclasses import dataclass
from textwrap import wrap

from django.template.loader import render_to_string

from rapporter.diagram import PAPPERSBREDD, Bild, rita
from rapporter.tabell import Diagram, Rapport
from sus.core.formatering import datumtid
from sus.core.regelbrott import Regelbrott

MARGINAL = 20
RADHOJD = 18
TECKEN = 84  # that a line of the smaller text has room for
RUBRIKTECKEN = 66


@dataclass(frozen=True)
class Rad:
    """A line of text. `stor`: a heading."""

    text: str
    y: int
    stor: bool = False


@dataclass(frozen=True)
class Placerad:
    bild: Bild
    y: int


def to_svg(rapport: Rapport) -> bytes:
    """Every diagram of the report, one below the other. Raises Regelbrott when there is none."""
    if not rapport.diagram:
        raise Regelbrott("Det finns inget sådant diagram i rapporten.")
    texter: list[Rad] = []
    bilder: list[Placerad] = []
    y = MARGINAL
    for diagram in rapport.diagram:
        texter += (rubrik := _rubrik(diagram, y))
        bild = rita(diagram, papper=True)
        bilder.append(Placerad(bild, rubrik[-1].y + RADHOJD))
        y = rubrik[-1].y + 2 * RADHOJD + bild.hojd
    texter += (fot := _rader(_om(rapport), y, TECKEN))
    return render_to_string(
        "rapporter/diagram.svg",
        {
            "rapport": rapport,
            "texter": texter,
            "bilder": bilder,
            "marginal": MARGINAL,
            "bredd": PAPPERSBREDD + 2 * MARGINAL,
            "hojd": fot[-1].y + MARGINAL,
        },
    ).encode()


def _rubrik(diagram: Diagram, y: int) -> list[Rad]:
    titel = _rader([diagram.titel], y, RUBRIKTECKEN, stor=True)
    return [*titel, *_rader([diagram.ingress], titel[-1].y, TECKEN)]


def _om(rapport: Rapport) -> list[str]:
    urval = " · ".join(f"{rubrik}: {text}" for rubrik, text in rapport.urval)
    tackning = [rapport.tackning.text] if rapport.tackning and rapport.visa_tackning else []
    hamtad = f"Uppgifter hämtade ur SUS {datumtid(rapport.hamtad)}. {rapport.spridningstext}"
    return [rapport.titel, urval, *rapport.notiser, *tackning, hamtad]


def _rader(stycken: list[str], y: int, tecken: int, stor: bool = False) -> list[Rad]:
    """The paragraphs broken into lines, below y."""
    rader = [rad for stycke in stycken for rad in wrap(stycke, tecken)]
    return [Rad(rad, y + RADHOJD * nr, stor) for nr, rad in enumerate(rader, start=1)] or [Rad("", y)]
