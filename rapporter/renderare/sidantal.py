"""How many pages a report takes: never more than it turns out to be, and about as many. Its layout takes seconds, so it is done once."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from rapporter.renderare.kapitel import Kapitel
from rapporter.renderare.kolumnbredd import LUFT, SIDA, bokstav, kolumnbredder, textbredd
from rapporter.renderare.utskrift import MELLAN_ORD, UtskrivenCell, UtskrivenTabell

RADER_PER_SIDA = {False: 38, True: 30}  # of one line each, by whether the page lies down: more than ever fit
TECKEN_PER_RAD = {False: 100, True: 170}  # likewise
SIDHOJD, RADLUFT = (
    (210 - 2 * 18) * 72 / 25.4,
    2 * 1.1 * 72 / 25.4,
)  # as in pdf.css, in points: a page that lies down, and above and below a row
RADAVSTAND = 1.4  # in letters
NARA = 0.1  # pairs of letters that stand closer
BREDA_RADER_PER_SIDA = {False: 11, True: 25}  # about, by whether each row stands in one line
SMALA_RADER_PER_SIDA = 36
RADER_FOR_RUBRIKER, RADER_FOR_EN_BILD = 5, 14


def minsta_antal_sidor(kapitel: list[Kapitel]) -> int:
    """Fewer pages than the tables' rows take, without front page, diagrams and words."""
    return sum(_minst(tabell) for ett in kapitel for tabell in ett.tabeller if not tabell.haller_ihop)


def _minst(tabell: UtskrivenTabell) -> int:
    """A text that is longer than its column takes several lines. Where the columns' widths are not known, one is at most as wide as
    its share of what is written.
    """
    if tabell.bred and (bredder := kolumnbredder(tabell)):
        ryms = [(SIDA[True] * bredd / 100 - LUFT[tabell.storlek]) / bokstav(tabell) for bredd in bredder]
        rubriker, *hojder = [_minsta_hojd(tabell, celler, ryms) for celler in (tabell.rubriker, *(rad.celler for rad in tabell.rader))]
        return int(sum(hojder) // (SIDHOJD - rubriker))
    rader = sum(-(-sum(len(cell.text) for cell in rad.celler) // TECKEN_PER_RAD[tabell.bred]) or 1 for rad in tabell.rader)
    return rader // RADER_PER_SIDA[tabell.bred]


def _minsta_hojd(tabell: UtskrivenTabell, celler: Sequence[UtskrivenCell], ryms: Sequence[float]) -> float:
    """Of a row, in points."""
    hela = tabell.storlek == "vanlig"
    rader = [
        _minst_rader(cell.text, bredd, hela and not cell.bryts) for cell, bredd in zip(celler, ryms, strict=True) if cell.slag == "text"
    ]
    return RADLUFT + RADAVSTAND * bokstav(tabell) * max([1, *rader])


@lru_cache(maxsize=10_000)
def _minst_rader(text: str, ryms: float, hela_ord: bool) -> int:
    """The lines of a text in a column that has room for so much of letters one point high; without hyphens each line begins with a word."""
    if not hela_ord:
        return ceil(textbredd(text) / ryms - NARA) or 1
    rader, skrivet = 1, 0.0
    for bredd in map(textbredd, MELLAN_ORD.split(text)):
        if skrivet and skrivet + bredd > ryms + NARA:
            rader, skrivet = rader + 1, 0.0
        skrivet += bredd
    return rader


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
