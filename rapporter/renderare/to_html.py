"""The report as the page shows it: what templates/rapporter/_rapport.html prints."""

from typing import Any

from rapporter.renderare.kapitel import i_kapitel
from rapporter.renderare.utskrift import i_par
from rapporter.tabell import Rapport


def to_html(rapport: Rapport, adress: str = "") -> dict[str, Any]:
    """`adress` is the query string of the page, where there is one."""
    kapitel = [
        {"rubrik": ett.rubrik, "nummer": ett.nummer, "bilder": ett.bilder, "tabellpar": list(i_par(list(ett.tabeller)))}
        for ett in i_kapitel(rapport, adress=adress)
    ]
    return {"rapport": rapport, "kapitel": kapitel}
