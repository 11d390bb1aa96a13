"""A report's tables and diagrams chapter by chapter: what the page and the PDF share."""

from dataclasses import dataclass

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
    """The chapters in the order of their first tables. A diagram of no table of its own stands in the last one.

    `adress` is the query string of the report, for headings that sort.
    """
    rubriker = list(dict.fromkeys(tabell.kapitel for tabell in rapport.tabeller)) or [""]
    hemma = {tabell.nyckel: tabell.kapitel for tabell in rapport.tabeller}
    return [
        Kapitel(
            nummer,
            rubrik,
            tuple(
                utskriven(del_, lankar=not papper, adress=adress)
                for tabell in rapport.tabeller
                if tabell.kapitel == rubrik
                for del_ in (pa_papper(tabell) if papper else [tabell])
            ),
            tuple(rita(diagram, papper) for diagram in rapport.diagram if hemma.get(diagram.nyckel, rubriker[-1]) == rubrik),
        )
        for nummer, rubrik in enumerate(rubriker, start=1)
    ]
