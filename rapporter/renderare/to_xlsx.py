"""The report as an Excel file: a sheet about the report, then one per table. Text is written as text, so nothing becomes a formula."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import xlsxwriter

from rapporter.renderare.rubriker import egen_rubrik, grupprader
from rapporter.tabell import Cell, Kolumn, Rad, Rapport, Tabell, Typ
from sus.core.formatering import datumtid

TALFORMAT = {Typ.ANTAL: "#,##0", Typ.KRONOR: "#,##0", Typ.DAGAR: "#,##0", Typ.ANDEL: '0" %"', Typ.DATUM: "yyyy-mm-dd", Typ.TEXT: "@"}
TECKENFORMAT = {Typ.ANTAL: "+#,##0;-#,##0;0", Typ.ANDEL: '+0" %";-0" %";0" %"'}  # a change shows its sign
BREDD = {Typ.TEXT: 32, Typ.DATUM: 12}
TALBREDD = 14
OM_RAPPORTEN, REDOGORELSER = "Om rapporten", "Årsredogörelser"
EGNA_BLAD = {OM_RAPPORTEN.lower(), REDOGORELSER.lower(), "history"}  # a name that Excel keeps for itself


def to_xlsx(rapport: Rapport) -> bytes:
    fil = io.BytesIO()
    bok = xlsxwriter.Workbook(fil, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bok.set_properties({"title": rapport.omslag, "subject": rapport.plats, "author": "SUS", "comments": rapport.spridning})
    format_ = _Format(bok)
    _om_rapporten(bok, format_, rapport)
    upptagna = set(EGNA_BLAD)
    for tabell in rapport.tabeller:
        blad = bok.add_worksheet(_bladnamn(tabell.titel, upptagna))
        titel = () if blad.get_name() == tabell.titel else (f"Tabell: {tabell.titel}",)
        _blad(blad, format_, replace(tabell.visad(), noter=(*titel, *tabell.noter)))
    if rapport.redogorelser:
        _redogorelser(bok.add_worksheet(REDOGORELSER), format_, rapport)
    bok.close()
    return fil.getvalue()


class _Format:
    """The workbook's cell formats: each made once."""

    def __init__(self, bok: Any) -> None:
        self.rubrik = bok.add_format({"bold": True, "font_size": 16})
        self.fet = bok.add_format({"bold": True, "valign": "top"})
        self.text = bok.add_format({"text_wrap": True, "valign": "top"})
        self.kolumnrubrik = bok.add_format({"bold": True, "bottom": 2, "bg_color": "#F4F4F4", "text_wrap": True, "valign": "bottom"})
        self.kolumnrubrik_tal = bok.add_format(
            {"bold": True, "bottom": 2, "bg_color": "#F4F4F4", "text_wrap": True, "valign": "bottom", "align": "right"}
        )
        self.grupprubrik = bok.add_format({"bold": True, "bg_color": "#F4F4F4", "text_wrap": True, "align": "center", "left": 1})
        talformat = [(typ, False, tal) for typ, tal in TALFORMAT.items()] + [(typ, True, tal) for typ, tal in TECKENFORMAT.items()]
        self.celler = {(typ, tecken): bok.add_format(_cellformat(typ, tal)) for typ, tecken, tal in talformat}
        self.summor = {(typ, tecken): bok.add_format({**_cellformat(typ, tal), "bold": True, "top": 1}) for typ, tecken, tal in talformat}


def _cellformat(typ: Typ, talformat: str) -> dict[str, Any]:
    """Hidden values are texts in number columns: align them as numbers."""
    justering = {} if typ in (Typ.TEXT, Typ.DATUM) else {"align": "right"}
    return {"num_format": talformat, "valign": "top", **justering}


def _om_rapporten(bok: Any, format_: _Format, rapport: Rapport) -> None:
    blad = bok.add_worksheet(OM_RAPPORTEN)
    blad.set_column(0, 0, 34)
    blad.set_column(1, 1, 90)
    blad.write_string(0, 0, rapport.titel, format_.rubrik)
    rader = [
        *rapport.urval,
        ("Uppgifter hämtade", datumtid(rapport.hamtad)),
        ("Spridning", rapport.spridning),
        ("Röjandekontroll", rapport.rojandekontroll),
        ("Framtagen av", rapport.framtagen_av),
        *((("Täckning", rapport.tackning.text),) if rapport.tackning else ()),
        *(("Observera", notis) for notis in rapport.notiser),
    ]
    nr = 2
    for rubrik, text in rader:
        blad.write_string(nr, 0, rubrik, format_.fet)
        blad.write_string(nr, 1, text, format_.text)
        nr += 1
    blad.write_string(nr + 1, 0, "Så räknas det", format_.fet)
    for rad, (term, forklaring) in enumerate(rapport.definitioner, start=nr + 2):
        blad.write_string(rad, 0, term, format_.fet)
        blad.write_string(rad, 1, forklaring, format_.text)


def _blad(blad: Any, format_: _Format, tabell: Tabell) -> None:
    """Row by row from the top, as constant memory requires."""
    for nr, kolumn in enumerate(tabell.kolumner):
        blad.set_column(nr, nr, BREDD.get(kolumn.typ, TALBREDD))
    if tabell.bred:
        blad.set_landscape()
        blad.fit_to_pages(1, 0)
    radnr = _rubriker(blad, format_, tabell.kolumner)
    blad.freeze_panes(radnr, 1)
    blad.repeat_rows(0, radnr - 1)
    for rad, ar_delsumma in tabell.med_delsummor():
        _skriv(blad, radnr, tabell.kolumner, rad, format_.summor if ar_delsumma else format_.celler)
        radnr += 1
    if tabell.visas_inte:
        blad.write_string(radnr, 0, tabell.visas_inte)
        radnr += 1
    if tabell.summa:
        _skriv(blad, radnr, tabell.kolumner, tabell.summa, format_.summor)
        radnr += 1
    for nr, not_ in enumerate(tabell.noter, start=radnr + 1):
        blad.write_string(nr, 0, not_)


def _rubriker(blad: Any, format_: _Format, kolumner: tuple[Kolumn, ...]) -> int:
    """The headings, those above several columns first, and how many rows they take."""
    grupper = grupprader(kolumner)
    for radnr, rad in enumerate(grupper):
        for grupp in rad:
            if grupp.spann > 1:
                blad.merge_range(radnr, grupp.fran, radnr, grupp.fran + grupp.spann - 1, grupp.text, format_.grupprubrik)
            else:
                blad.write_string(radnr, grupp.fran, grupp.text, format_.grupprubrik)
    for nr, kolumn in enumerate(kolumner):
        blad.write_string(len(grupper), nr, egen_rubrik(kolumn), format_.kolumnrubrik_tal if kolumn.ar_tal else format_.kolumnrubrik)
    return len(grupper) + 1


def _redogorelser(blad: Any, format_: _Format, rapport: Rapport) -> None:
    """A text in a row."""
    blad.set_column(0, 1, BREDD[Typ.TEXT])
    blad.set_column(2, 2, 100)
    blad.freeze_panes(1, 1)
    for nr, rubrik in enumerate(("Insats", "Rubrik", "Text")):
        blad.write_string(0, nr, rubrik, format_.kolumnrubrik)
    for radnr, ett in enumerate(rapport.redogorelser, start=1):
        for nr, text in enumerate((ett.om, ett.rubrik, ett.text)):
            blad.write_string(radnr, nr, text, format_.text)


def _skriv(blad: Any, radnr: int, kolumner: tuple[Kolumn, ...], rad: Rad, format_: dict[tuple[Typ, bool], Any]) -> None:
    for nr, (kolumn, cell) in enumerate(zip(kolumner, rad.celler, strict=True)):
        _skriv_cell(blad, radnr, nr, kolumn, cell, format_[kolumn.typ, kolumn.tecken])


def _skriv_cell(blad: Any, radnr: int, nr: int, kolumn: Kolumn, cell: Cell, format_: Any) -> None:
    if cell is None or (cell == 0 and kolumn.tom_nolla):
        blad.write_blank(radnr, nr, None, format_)
    elif isinstance(cell, str):
        blad.write_string(radnr, nr, cell, format_)
    elif isinstance(cell, date):
        blad.write_datetime(radnr, nr, cell, format_)
    else:
        blad.write_number(radnr, nr, cell, format_)


def _bladnamn(titel: str, upptagna: set[str]) -> str:
    """At most 31 characters, none of those that Excel refuses, each once."""
    rent = re.sub(r"[\[\]:*?/\\']", " ", titel).strip()
    namn, nr = rent[:31].strip(), 1
    while namn.lower() in upptagna:
        nr += 1
        namn = f"{rent[: 30 - len(str(nr))].strip()} {nr}"
    upptagna.add(namn.lower())
    return namn
