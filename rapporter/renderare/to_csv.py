"""The report as CSV: semicolon, UTF-8 with BOM, one block per table, plain numbers.

A text that a spreadsheet would take for a formula gets an apostrophe before it, which the spreadsheet shows as text.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from rapporter.tabell import Cell, Rapport, Tabell
from sus.core.formatering import datumtid

FORMELTECKEN = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(rapport: Rapport) -> bytes:
    fil = io.StringIO(newline="")
    skrivare = csv.writer(fil, delimiter=";", lineterminator="\r\n")
    skrivare.writerows([_varde(cell) for cell in rad] for rad in _rader(rapport))
    return fil.getvalue().encode("utf-8-sig")


def _rader(rapport: Rapport) -> Iterator[Sequence[Cell]]:
    yield "Rapport", rapport.titel
    yield from rapport.urval
    yield "Uppgifter hämtade", datumtid(rapport.hamtad)
    yield "Spridning", rapport.spridning
    yield "Röjandekontroll", rapport.rojandekontroll
    if rapport.tackning:
        yield "Täckning", rapport.tackning.text
    yield from (("Observera", notis) for notis in rapport.notiser)
    for tabell in rapport.tabeller:
        yield ()
        yield from _tabell(tabell.visad() if tabell.ar_valda else tabell)
    if rapport.redogorelser:
        yield ()
        yield ("Årsredogörelser",)
        yield from ((ett.om, ett.rubrik, ett.text) for ett in rapport.redogorelser)
    yield ()
    yield ("Så räknas det",)
    yield from rapport.definitioner


def _tabell(tabell: Tabell) -> Iterator[Sequence[Cell]]:
    """Every column, as in JSON, unless the user picked some."""
    yield (tabell.titel,)
    yield [kolumn.rubrik for kolumn in tabell.kolumner]
    yield from (rad.celler for rad, _ in tabell.med_delsummor())
    if tabell.visas_inte:
        yield (tabell.visas_inte,)
    if tabell.summa:
        yield tabell.summa.celler
    yield from ((not_,) for not_ in tabell.noter)


def _varde(cell: Cell) -> str | int:
    """As it is written: the one way into the file."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMELTECKEN) else cell
