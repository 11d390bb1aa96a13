"""The report as a PDF: the page's tables and diagrams in a print template."""

from typing import Any

from rapporter.diagram import rita
from rapporter.renderare.utskrift import utskriven
from rapporter.tabell import Rapport, antal_rader
from sus.core.pdf import lagg_ut, skriv_ut
from sus.core.regelbrott import Regelbrott

FLEST_SIDOR = 60
FLEST_RADER = 1500  # about 60 pages: refused before an hour of layout, not after
FOR_LANG = f"Rapporten skulle bli längre än {FLEST_SIDOR} sidor. Hämta den som Excel i stället, eller välj ett smalare urval."


def to_pdf(rapport: Rapport) -> bytes:
    """Raises Regelbrott when the report is too long for paper."""
    if antal_rader(rapport.tabeller) > FLEST_RADER:
        raise Regelbrott(FOR_LANG)
    dokument = lagg_ut("pdf/rapport.html", _innehall(rapport))
    if len(dokument.pages) > FLEST_SIDOR:
        raise Regelbrott(FOR_LANG)
    return skriv_ut(dokument)


def _innehall(rapport: Rapport) -> dict[str, Any]:
    """A table's own diagram stands before it, the others last; a wide table gets a page of its own on the side."""
    tabeller = [utskriven(tabell) for tabell in rapport.tabeller]
    bilder = {diagram.nyckel: rita(diagram, papper=True) for diagram in rapport.diagram}
    smala = [(tabell, bilder.pop(tabell.nyckel, None)) for tabell in tabeller if not tabell.bred]
    return {"rapport": rapport, "smala": smala, "breda": [tabell for tabell in tabeller if tabell.bred], "bilder": list(bilder.values())}
