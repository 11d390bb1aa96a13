"""The report as CSV: semicolon, UTF-8 with BOM, one block per table, plain numbers.

A text that a spreadsheet would take for a formula gets an apostrophe before it, which the spreadsheet shows as text.
"""

import csv
import io
from datetime import date
from typing import Any

from rapporter.tabell import Cell, Rapport, Tabell
from sus.core.formatering import datumtid

FORMELTECKEN = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(rapport: Rapport) -> bytes:
    fil = io.StringIO(newline="")
    skrivare = csv.writer(fil, delimiter=";", lineterminator="\r\n")
    skrivare.writerow(["Rapport", _text(rapport.titel)])
    skrivare.writerows([_text(rubrik), _text(text)] for rubrik, text in rapport.urval)
    skrivare.writerow(["Uppgifter hämtade", datumtid(rapport.hamtad)])
    skrivare.writerow(["Spridning", rapport.spridning])
    skrivare.writerow(["Röjandekontroll", rapport.rojandekontroll])
    if rapport.tackning:
        skrivare.writerow(["Täckning", _text(rapport.tackning.text)])
    skrivare.writerows(["Observera", _text(notis)] for notis in rapport.notiser)
    for tabell in rapport.tabeller:
        skrivare.writerow([])
        _skriv(skrivare, tabell)
    if rapport.redogorelser:
        skrivare.writerow([])
        skrivare.writerow(["Årsredogörelser"])
        skrivare.writerows([_text(text) for text in (ett.om, ett.rubrik, ett.text)] for ett in rapport.redogorelser)
    skrivare.writerow([])
    skrivare.writerow(["Så räknas det"])
    skrivare.writerows([_text(term), _text(forklaring)] for term, forklaring in rapport.definitioner)
    return fil.getvalue().encode("utf-8-sig")


def _skriv(skrivare: Any, tabell: Tabell) -> None:
    """Every column, as in JSON, unless the user picked some."""
    tabell = tabell.visad() if tabell.ar_valda else tabell
    skrivare.writerow([_text(tabell.titel)])
    skrivare.writerow([_text(kolumn.rubrik) for kolumn in tabell.kolumner])
    for rad, _ in tabell.med_delsummor():
        skrivare.writerow([_cell(cell) for cell in rad.celler])
    if tabell.visas_inte:
        skrivare.writerow([tabell.visas_inte])
    if tabell.summa:
        skrivare.writerow([_cell(cell) for cell in tabell.summa.celler])
    skrivare.writerows([_text(not_)] for not_ in tabell.noter)


def _cell(cell: Cell) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return _text(cell) if isinstance(cell, str) else cell


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMELTECKEN) else text
