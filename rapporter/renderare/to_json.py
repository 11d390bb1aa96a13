"""The report for other programs: every column, zero as 0, unknown as null, a hidden value as the text it prints as."""

import json
from datetime import date
from typing import Any

from rapporter.tabell import Cell, Rad, Rapport, Tabell

VERSION = 1


def to_json(rapport: Rapport) -> bytes:
    innehall: dict[str, Any] = {
        "rapport": rapport.nyckel,
        "version": VERSION,
        "skydd": rapport.skydd,
        "titel": rapport.titel,
        "urval": [list(del_) for del_ in rapport.urval],
        "hamtad": rapport.hamtad.isoformat(timespec="seconds"),
        "spridning": rapport.spridning,
        "rojandekontroll": rapport.rojandekontroll,
        "tackning": rapport.tackning.text if rapport.tackning else None,
        "sa_raknas_det": [list(del_) for del_ in rapport.definitioner],
        "tabeller": [_tabell(tabell) for tabell in rapport.tabeller],
    }
    if rapport.notiser:
        innehall["observera"] = list(rapport.notiser)
    if rapport.redogorelser:
        innehall["redogorelser"] = [{"om": ett.om, "rubrik": ett.rubrik, "text": ett.text} for ett in rapport.redogorelser]
    return json.dumps(innehall, ensure_ascii=False, indent=1).encode()


def _tabell(tabell: Tabell) -> dict[str, Any]:
    """Subtotals, notes and the sentence in place of rows that are not shown are there only when there are such."""
    innehall: dict[str, Any] = {
        "nyckel": tabell.nyckel,
        "titel": tabell.titel,
        "kolumner": [{"nyckel": kolumn.nyckel, "rubrik": kolumn.rubrik, "typ": str(kolumn.typ)} for kolumn in tabell.kolumner],
        "rader": [_celler(rad) for rad in tabell.rader],
        "summa": _celler(tabell.summa) if tabell.summa else None,
    }
    if tabell.delsummor:
        innehall["delsummor"] = [[index, _celler(rad)] for index, rad in tabell.delsummor]
    if tabell.visas_inte:
        innehall["visas_inte"] = tabell.visas_inte
    if tabell.noter:
        innehall["noter"] = list(tabell.noter)
    return innehall


def _celler(rad: Rad) -> list[Any]:
    return [_varde(cell) for cell in rad.celler]


def _varde(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
