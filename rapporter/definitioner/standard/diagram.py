"""Units drawn beside each other: dots for the shares of a category, and the parts of each unit's whole. All from protected cells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapporter.diagram import etikett, kortad
from rapporter.enheter import Enhet
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Cell, Diagram, Form, Serie, Stapelrad, Tabell
from sus.core.formatering import procent

FORE_EFTER = (Serie("Före insatsen", 2), Serie("Efter insatsen", 1))
EN = (Serie("Andel", 1),)
Jamforda = Sequence[tuple[Enhet, Mapping[str, Tabell]]]  # each unit with its tables


def punkter(enheter: Jamforda, nycklar: Sequence[str], kolumner: tuple[str, ...]) -> list[Diagram]:
    """One diagram per category, with a line per unit: all of them on the same scale."""
    ritade = [
        _kategori(enheter, nyckel, kolumner, nr) for nyckel in nycklar if (mall := _visad(enheter, nyckel)) for nr in range(len(mall.rader))
    ]
    storst = max((tal for diagram in ritade for tal in diagram.tal), default=0)
    return [replace(diagram, storst=storst) for diagram in ritade]


def delar(enheter: Jamforda, nyckel: str, kolumner: Mapping[str, str]) -> list[Diagram]:
    """A row per unit and column, with a part per category."""
    mall = _visad(enheter, nyckel)
    if mall is None:
        return []
    rader = tuple(
        Stapelrad(
            f"{kortad(en.rubrik)}{f', {nar}' if nar else ''}", tuple(_cell(tabeller[nyckel], nr, kolumn) for nr in range(len(mall.rader)))
        )
        for en, tabeller in enheter
        for kolumn, nar in kolumner.items()
    )
    serier = tuple(Serie(etikett(rad)) for rad in mall.rader)
    storst = [f"{rad.etikett}: {_storst(rad, serier)}" for rad in rader]
    return [Diagram(nyckel, mall.titel, "Andel av alla, i procent", f"Störst del. {'. '.join(storst)}.", serier, rader, Form.DELAR)]


def _kategori(enheter: Jamforda, nyckel: str, kolumner: tuple[str, ...], nr: int) -> Diagram:
    mall = _visad(enheter, nyckel)
    assert mall is not None
    rader = []
    for en, tabeller in enheter:
        varden = tuple(_cell(tabeller[nyckel], nr, kolumn) for kolumn in kolumner)
        rader.append(andelsrad(en.rubrik, varden))
    serier = FORE_EFTER if len(kolumner) == len(FORE_EFTER) else EN
    return Diagram(f"{nyckel}-{nr}", str(mall.rader[nr].celler[0]), mall.titel, andelar_i_ord(rader), serier, tuple(rader), Form.PUNKTER)


def andelsrad(rubrik: str, varden: tuple[Cell, ...]) -> Stapelrad:
    """A line of shares, with what is printed of them."""
    return Stapelrad(kortad(rubrik), varden, texter=tuple(_text(varde) for varde in varden))


def andelar_i_ord(rader: Sequence[Stapelrad]) -> str:
    """ "Riket: 10 % → 25 %. Skåne: …" """
    skrivna = ". ".join(f"{rad.etikett}: {' → '.join(rad.texter)}" for rad in rader)
    return f"{skrivna}."


def _visad(enheter: Jamforda, nyckel: str) -> Tabell | None:
    """The first unit's table that is shown: they all have the same rows."""
    return next((tabeller[nyckel] for _, tabeller in enheter if tabeller[nyckel].rader), None)


def _cell(tabell: Tabell, nr: int, kolumn: str) -> Cell:
    return tabell.kolumn(kolumn)[nr] if tabell.rader else DOLT_TAL


def _text(cell: Cell) -> str:
    return procent(cell) if isinstance(cell, int) else DOLT_TAL


def _storst(rad: Stapelrad, serier: Sequence[Serie]) -> str:
    tal = [(varde, serie.namn) for varde, serie in zip(rad.varden, serier, strict=True) if isinstance(varde, int)]
    if len(tal) < len(serier):
        return "visas inte"
    varde, namn = max(tal, key=lambda par: par[0])
    return f"{namn}, {procent(varde)}"
