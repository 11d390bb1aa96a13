"""Riket or the län beside the selection: the same tables of the larger selection, each protected by itself, give columns of shares."""

from collections.abc import Sequence
from dataclasses import replace

from rapporter.forsiktighet import ANDELAR, UNDERLAG, om_andelarna
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Cell, Kolumn, Rad, Tabell
from rapporter.urval import Niva
from sus.core.formatering import andel, procent

JAMFORELSER = {str(Niva.RIKET): "Riket", str(Niva.LAN): "Länet"}


def bredvid(tabeller: Sequence[Tabell], storre: Sequence[Tabell], mot: str) -> list[Tabell]:
    """The tables with the shares of the larger selection as further columns. Both are protected already."""
    andra = {tabell.nyckel: tabell for tabell in storre}
    underlag = andra.get(UNDERLAG)
    return [_bredvid(tabell, andra[tabell.nyckel], underlag, mot) if tabell.nyckel in andra else tabell for tabell in tabeller]


def _bredvid(tabell: Tabell, storre: Tabell, underlag: Tabell | None, mot: str) -> Tabell:
    """Rows meet by their heading; the täckning has none and stays as it is."""
    platser = [nr for nr, kolumn in enumerate(storre.kolumner) if kolumn.nyckel in ANDELAR]
    if not platser or storre.kolumner[0].ar_tal:
        return tabell
    efter_rubrik = {rad.celler[0]: rad for rad in storre.rader}
    saknas = DOLT_TAL if storre.visas_inte else None

    def bred(rad: Rad, annan: Rad | None) -> Rad:
        return replace(rad, celler=(*rad.celler, *(annan.celler[nr] if annan else saknas for nr in platser)))

    nya = tuple(_kolumn(storre.kolumner[nr], mot) for nr in platser)
    return replace(
        tabell,
        kolumner=(*tabell.kolumner, *nya),
        rader=tuple(bred(rad, efter_rubrik.get(rad.celler[0])) for rad in tabell.rader),
        summa=tabell.summa and bred(tabell.summa, storre.summa),
        noter=(*tabell.noter, *(om_andelarna(f"Andelarna i {JAMFORELSER[mot].lower()}", storre, underlag) if tabell.rader else ())),
    )


def _kolumn(kolumn: Kolumn, mot: str) -> Kolumn:
    """Beside columns that stand in groups the larger selection is one more group."""
    text = JAMFORELSER[mot]
    ny = replace(kolumn, nyckel=f"{mot}_{kolumn.nyckel}", rubrik=f"{kolumn.rubrik}, {text.lower()}")
    return replace(ny, grupper=(text,), kort=kolumn.rubrik) if kolumn.grupper else ny


def urvalets_del(tabeller: Sequence[Tabell], storre: Sequence[Tabell], mot: str) -> str:
    """What share of the larger selection's deltagare the own ones are. Protected counts may not tell."""
    egen, alla = _med_personuppgifter(tabeller), _med_personuppgifter(storre)
    av = f"{'rikets' if mot == Niva.RIKET else 'länets'} deltagare med personuppgifter"
    del_ = andel(egen, alla) if isinstance(egen, int) and isinstance(alla, int) else None
    if del_ is None:
        return f"Urvalets andel av {av} visas inte."
    return f"Urvalet är {procent(del_) if del_ or not egen else 'mindre än 1 procent'} av {av}."


def _med_personuppgifter(tabeller: Sequence[Tabell]) -> Cell:
    """The head count in the täckning, which every report about deltagare begins with."""
    return tabeller[0].kolumn("personuppgifter")[0]
