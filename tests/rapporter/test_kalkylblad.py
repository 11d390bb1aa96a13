"""What a spreadsheet must be spared: text that it would take for a formula, and names of sheets that it refuses."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest

from rapporter.renderare import FORMAT
from rapporter.tabell import Kolumn, Rad, Redogorelse, Stycke, Tabell, Tackning, Typ, i_grupp
from tests.rapporter.conftest import gor_rapport
from tests.rapporter.test_format import las_xlsx
from tests.rapporter.trollhattan import NAMN

FORMEL = '=HYPERLINK("http://example.com")'


@pytest.fixture
def rapport(forbund):
    return gor_rapport("kostnad", ar=2011, organisation=NAMN)


@pytest.mark.parametrize("farlig", [FORMEL, "+5", "-5", "@a", "\t=1+1", "\r=1+1", "\n=1+1"])
def test_text_that_looks_like_a_formula_stays_text(rapport, farlig):
    """A number below zero is no text."""
    rapport = replace(rapport, tabeller=(replace(rapport.tabeller[0], rader=(Rad((farlig, -5)),)),))

    kalkyl = las_xlsx(FORMAT["xlsx"].rendera(rapport))[1]
    rader = list(csv.reader(io.StringIO(FORMAT["csv"].rendera(rapport).decode("utf-8-sig"), newline=""), delimiter=";"))

    assert kalkyl[1] == [farlig, -5]
    assert rader[rader.index(["Finansiär", "Budgeterat belopp"]) + 1] == [f"'{farlig}", "-5"]


def test_no_text_of_a_report_is_a_formula_wherever_it_stands(rapport):
    """Names of insatser stand in titles, headings, notes and the sentence in place of a table."""
    kolumner = i_grupp(FORMEL, Kolumn("a", FORMEL), Kolumn("b", FORMEL, Typ.ANTAL))
    rad = Rad((FORMEL, FORMEL))
    tabeller = (
        Tabell("a", FORMEL, kolumner, (rad,), rad, ((0, rad),), noter=(FORMEL,)),
        Tabell("b", FORMEL, kolumner, (), visas_inte=FORMEL),
    )
    rapport = replace(
        rapport,
        titel=FORMEL,
        plats=FORMEL,
        framtagen_av=FORMEL,
        urval=((FORMEL, FORMEL),),
        tabeller=tabeller,
        notiser=(FORMEL,),
        tackning=Tackning(FORMEL),
        redogorelser=(Redogorelse(FORMEL, FORMEL, (), (Stycke(FORMEL),)),),
        definitioner=((FORMEL, FORMEL),),
    )

    skrivna = FORMAT["csv"].rendera(rapport).decode("utf-8-sig")
    blad = las_xlsx(FORMAT["xlsx"].rendera(rapport))  # raises at a formula

    celler = [cell for rad in csv.reader(io.StringIO(skrivna), delimiter=";") for cell in rad]
    assert celler.count(f"'{FORMEL}") == 24
    assert not any(cell.startswith("=") for cell in celler)
    assert all(FORMEL in str(ett) for ett in blad)


def test_a_table_may_be_called_as_the_sheet_about_the_report(rapport):
    tabeller = tuple(replace(rapport.tabeller[0], titel=titel) for titel in ("Om rapporten", "History"))

    arkiv = zipfile.ZipFile(io.BytesIO(FORMAT["xlsx"].rendera(replace(rapport, tabeller=tabeller))))

    namn = re.findall(r'<sheet name="(.*?)"', arkiv.read("xl/workbook.xml").decode())
    assert namn == ["Om rapporten", "Om rapporten 2", "History 2"]


def test_sheets_of_excel_have_names_of_their_own(rapport):
    lika = tuple(replace(rapport.tabeller[0], titel="Hur många av deltagarna har haft stöd av [någon]?") for _ in range(101))
    kort = tuple(replace(rapport.tabeller[0], titel="Tid") for _ in range(3))

    arkiv = zipfile.ZipFile(io.BytesIO(FORMAT["xlsx"].rendera(replace(rapport, tabeller=(*lika, *kort)))))

    namn = re.findall(r'<sheet name="(.*?)"', arkiv.read("xl/workbook.xml").decode())
    assert len(namn) == len(set(namn)) == 105
    assert all(len(ett) <= 31 for ett in namn)
    assert namn[-3:] == ["Tid", "Tid 2", "Tid 3"]
