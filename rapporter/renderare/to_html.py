"""The report as the page shows it: what templates/rapporter/_rapport.html prints."""

from typing import Any

from rapporter.diagram import rita
from rapporter.renderare.utskrift import i_par, utskriven
from rapporter.tabell import Rapport


def to_html(rapport: Rapport) -> dict[str, Any]:
    tabeller = [utskriven(tabell, lankar=True) for tabell in rapport.tabeller]
    return {"rapport": rapport, "tabellpar": list(i_par(tabeller)), "bilder": [rita(diagram) for diagram in rapport.diagram]}
