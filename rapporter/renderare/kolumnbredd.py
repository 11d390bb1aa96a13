"""How wide the columns of a table are on paper: as CSS shares the width by what stands in them, without a layout of every cell."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import chain

from fontTools.ttLib import TTFont
from pyphen import Pyphen

from rapporter.renderare.utskrift import MELLAN_ORD, UtskrivenCell, UtskrivenTabell
from sus.core.pdf import statisk_fil

# As in pdf.css, in points: by whether the page lies down, its width and common letters; by the size of the table, its letters and the
# padding of a cell.
SIDA = {False: 174 * 72 / 25.4, True: 261 * 72 / 25.4}
VANLIG_BOKSTAV = {False: 9.0, True: 8.0}
BOKSTAV = {"liten": 7.0, "minst": 5.5}
LUFT = {"vanlig": 4 * 72 / 25.4, "liten": 2.2 * 72 / 25.4, "minst": 1.4 * 72 / 25.4}
KANT = 0.5
TYPSNITT = {False: "Inter-Regular", True: "Inter-SemiBold"}
TABELLSIFFRA = "zero.tf"  # figures of one width
SKILJETECKEN = ",.;:()&/–-"
AVSTAVNINGSTECKEN = "‐"
GLAPP = 0.025  # letters: some pairs stand further apart, and rounding takes a little; else a word's last letter has a line of its own
KORTAST_SOM_AVSTAVAS = 5
avstava = Pyphen(lang="sv", left=2, right=2).positions


def kolumnstil(tabell: UtskrivenTabell) -> str:
    """CSS of the table's columns; none where they are measured in the layout."""
    plats = f"#tabell-{tabell.nyckel}"
    regler = [f"{plats}>colgroup>col:nth-child({nr}){{width:{bredd:.3f}%}}" for nr, bredd in enumerate(kolumnbredder(tabell), start=1)]
    return "".join([f"{plats}{{table-layout:fixed}}", *regler]) if regler else ""


def kolumnbredder(tabell: UtskrivenTabell) -> list[float]:
    """Each column's part of the width, in per cent. None for a table without rows, with a heading that is wider than the columns that it
    stands above, or with more than there is room for.
    """
    if not tabell.rader:
        return []
    avstavas = tabell.storlek != "vanlig"
    minst, helst = [0.0] * len(tabell.rubriker), [0.0] * len(tabell.rubriker)
    for celler, fet, i_huvudet in _rader(tabell):
        for nr, cell in enumerate(celler):
            tal = cell.slag == "numeric"
            helst[nr] = max(helst[nr], textbredd(cell.text, fet, tal))
            delar = tuple(cell.text) if cell.bryts else _delar(cell.text, avstavas) if _har_ord(cell, i_huvudet) else (cell.text,)
            minst[nr] = max(minst[nr], *(textbredd(del_, fet, tal) for del_ in delar))
    bokstaven, luft, sida = bokstav(tabell), LUFT[tabell.storlek], SIDA[tabell.bred]
    utom_ord = [luft + kant + GLAPP * bokstaven for kant in _kanter(tabell)]
    minst, helst = ([bredd * bokstaven + ovrigt for bredd, ovrigt in zip(bredder, utom_ord, strict=True)] for bredder in (minst, helst))
    for_breda = (textbredd(text, fet=True) * bokstaven + luft > sum(helst[fran:till]) for text, fran, till in _grupper(tabell))
    if sum(minst) > sida or any(for_breda):
        return []
    delade = _delade(minst, helst, sida)
    return [100 * bredd / sum(delade) for bredd in delade]


def _kanter(tabell: UtskrivenTabell) -> list[float]:
    """What each column has of the lines between groups of columns: half of one on each side, in points."""
    kanter = [rubrik.kant for rubrik in tabell.rubriker]
    return [KANT / 2 * (vanster + hoger) for vanster, hoger in zip(kanter, [*kanter[1:], False], strict=True)]


def _grupper(tabell: UtskrivenTabell) -> Iterator[tuple[str, int, int]]:
    """The headings above several columns, with the first of these and the one after the last."""
    for rad in tabell.grupprader:
        fran = 0
        for cell in rad:
            yield cell.text, fran, fran + cell.spann
            fran += cell.spann


def bokstav(tabell: UtskrivenTabell) -> float:
    """The size of the table's letters, in points."""
    return BOKSTAV.get(tabell.storlek, VANLIG_BOKSTAV[tabell.bred])


def _rader(tabell: UtskrivenTabell) -> Iterator[tuple[tuple[UtskrivenCell, ...], bool, bool]]:
    """The cells of each row, whether they are bold, and whether they head columns: those of numbers are in words."""
    yield tabell.rubriker, True, True
    for rad in tabell.rader:
        yield rad.celler, rad.ar_delsumma, False
    if tabell.summa:
        yield tabell.summa.celler, True, False


def _har_ord(cell: UtskrivenCell, i_huvudet: bool) -> bool:
    return cell.slag == "text" or (cell.slag == "numeric" and i_huvudet)


def _delade(minst: list[float], helst: list[float], sida: float) -> list[float]:
    """What each column needs, and as much of what it would rather have as there is room for."""
    if sum(helst) <= sida:
        return helst
    del_ = (sida - sum(minst)) / (sum(helst) - sum(minst))
    return [fran + (till - fran) * del_ for fran, till in zip(minst, helst, strict=True)]


@lru_cache(maxsize=2000)
def _delar(text: str, avstavas: bool) -> tuple[str, ...]:
    """What is never broken: the words, or their parts where words are hyphenated."""
    orden = MELLAN_ORD.split(text)
    return tuple(chain.from_iterable(_stavelser(ord_) for ord_ in orden)) if avstavas else tuple(orden)


def _stavelser(ord_: str) -> Iterator[str]:
    """As WeasyPrint breaks a word that has no room at all: its first part, then what is left as a word of its own."""
    while len(rent := ord_.strip(SKILJETECKEN)) >= KORTAST_SOM_AVSTAVAS and (platser := avstava(rent)):
        plats = ord_.index(rent) + platser[0]
        yield f"{ord_[:plats]}{AVSTAVNINGSTECKEN}"
        ord_ = ord_[plats:]
    yield ord_


@lru_cache(maxsize=10_000)
def textbredd(text: str, fet: bool = False, tal: bool = False) -> float:
    """Of a text in letters one point high. What the font lacks is taken to be as wide as an m."""
    tecken, siffra = _tecken(fet)
    return sum(siffra if tal and ett.isdigit() else tecken.get(ett, tecken["m"]) for ett in text)


@lru_cache
def _tecken(fet: bool) -> tuple[dict[str, float], float]:
    """The width of each character, and of a figure in a column of numbers."""
    typsnitt = TTFont(BytesIO(statisk_fil(f"fkui/{TYPSNITT[fet]}.woff2")))
    bredder, hojd = typsnitt["hmtx"], typsnitt["head"].unitsPerEm
    return {chr(kod): bredder[namn][0] / hojd for kod, namn in typsnitt.getBestCmap().items()}, bredder[TABELLSIFFRA][0] / hojd
