"""A report's tables and diagrams chapter by chapter: what the page and the PDF share."""

from dataclasses import dataclass
from operator import attrgetter

from rapporter.diagram import Bild, rita
from rapporter.renderare.pappersbredd import pa_papper
from rapporter.renderare.utskrift import UtskrivenTabell, utskriven
from rapporter.tabell import Rapport


@dataclass(frozen=True)
class Kapitel:
    """Tables that belong together, and the diagrams that go with them. A short report is one chapter without a heading."""

    nummer: int
    rubrik: str
    tabeller: tuple[UtskrivenTabell, ...]
    bilder: tuple[Bild, ...]


def i_kapitel(rapport: Rapport, *, papper: bool = False, adress: str = "") -> list[Kapitel]:
    """The chapters in the order of their first tables; on paper the wide ones, which have pages of their own, come last in each. A diagram
    of no table of its own stands in the last one.

    `adress` is the query string of the report, for headings that sort.
    """
    rubriker = list(dict.fromkeys(tabell.kapitel for tabell in rapport.tabeller)) or [""]
    hemma = {tabell.nyckel: tabell.kapitel for tabell in rapport.tabeller}
    tabeller = rapport.tabeller
    if papper:
        tabeller = tuple(sorted((del_ for tabell in tabeller for del_ in pa_papper(tabell)), key=attrgetter("bred")))
    return [
        Kapitel(
            nummer,
            rubrik,
            tuple(utskriven(tabell, lankar=not papper, adress=adress) for tabell in tabeller if tabell.kapitel == rubrik),
            tuple(rita(diagram, papper) for diagram in rapport.diagram if hemma.get(diagram.nyckel, rubriker[-1]) == rubrik),
        )
        for nummer, rubrik in enumerate(rubriker, start=1)
    ]
