"""How many pages a report takes: never more than it turns out to be, and about as many. Its layout takes seconds, so it is done once."""

from rapporter.renderare.kapitel import Kapitel
from rapporter.renderare.utskrift import UtskrivenTabell

RADER_PER_SIDA = {False: 38, True: 30}  # of one line each, by whether the page lies down: more than ever fit
TECKEN_PER_RAD = {False: 100, True: 170}  # likewise
BREDA_RADER_PER_SIDA = {False: 11, True: 25}  # about, by whether each row stands in one line
SMALA_RADER_PER_SIDA = 36
RADER_FOR_RUBRIKER, RADER_FOR_EN_BILD = 5, 14


def minsta_antal_sidor(kapitel: list[Kapitel]) -> int:
    """Fewer pages than the tables' rows take, without front page, diagrams and words."""
    return sum(_minst(tabell) for ett in kapitel for tabell in ett.tabeller if not tabell.haller_ihop)


def _minst(tabell: UtskrivenTabell) -> int:
    """A text that is longer than its column takes several lines; a column is at most as wide as its share of what is written."""
    rader = sum(-(-sum(len(cell.text) for cell in rad.celler) // TECKEN_PER_RAD[tabell.bred]) or 1 for rad in tabell.rader)
    return rader // RADER_PER_SIDA[tabell.bred]


def troligt_antal_sidor(kapitel: list[Kapitel]) -> int:
    """About as many pages as the tables and diagrams take. A wide table has pages of its own, the others follow upon each other."""
    tabeller = [tabell for ett in kapitel for tabell in ett.tabeller]
    smala = sum(len(tabell.rader) + RADER_FOR_RUBRIKER for tabell in tabeller if not tabell.bred)
    smala += sum(RADER_FOR_EN_BILD * len(ett.bilder) for ett in kapitel)
    breda = sum(-(-len(tabell.rader) // BREDA_RADER_PER_SIDA[_pa_en_rad(tabell)]) or 1 for tabell in tabeller if tabell.bred)
    return breda - (-smala // SMALA_RADER_PER_SIDA)


def _pa_en_rad(tabell: UtskrivenTabell) -> bool:
    """The longest texts of all columns have room beside each other."""
    return (
        sum(max(len(cell.text) for cell in kolumn) for kolumn in zip(*(rad.celler for rad in tabell.rader), strict=True))
        <= TECKEN_PER_RAD[True]
    )
