"""The columns of a wide table stand on paper where WeasyPrint would put them, though it does not measure the cells."""

from dataclasses import replace
from datetime import date
from itertools import cycle, islice

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from rapporter.renderare.kolumnbredd import kolumnstil
from rapporter.renderare.utskrift import utskriven
from rapporter.tabell import Kolumn, Rad, Tabell, Typ, i_grupp
from sus.core.pdf import BAS, Statisk

NARA = 1.5  # CSS pixels of the page's 986: pairs of letters that stand closer, as 1 and -
MALGRUPPER = (
    "Unga med funktionsnedsättning, Personer med missbruk eller beroende",
    "Långtidsarbetslösa",
    "Nyanlända/utrikes födda, COVID-19",
)
ORGANISATIONER = ("Filipstad, Hagfors, Arvika och Säffle", "Höganäs", "AVTAL Tjänst & Ty – Öckerö")
TEXTER = Kolumn("insats", "Insats"), Kolumn("organisation", "Samverkansorganisation"), Kolumn("malgrupp", "Målgrupp")
TAL = Kolumn("antal", "Avslutade med mätning", Typ.ANTAL), Kolumn("kronor", "Budget", Typ.KRONOR), Kolumn("andel", "Före, andel", Typ.ANDEL)


def tabell(antal_tal, rader=30):
    """Three columns of text, a date, and so many of numbers."""
    tal = tuple(replace(kolumn, nyckel=f"{kolumn.nyckel}{nr}") for nr, kolumn in enumerate(islice(cycle(TAL), antal_tal)))
    texter = zip(cycle(("Bryggan", "Gröna Mötesplatsen")), cycle(ORGANISATIONER), cycle(MALGRUPPER), strict=False)
    alla = tuple(
        Rad((*text, date(2021, 1, 11), *islice(cycle((nr * 37, 1_234_567 * nr, nr)), antal_tal)))
        for nr, text in enumerate(islice(texter, rader))
    )
    summa = Rad(("Totalt", None, None, None, *islice(cycle((9_999, 143_831_000, 44)), antal_tal)))
    kolumner = (*TEXTER, Kolumn("start", "Startdatum", Typ.DATUM), *tal)
    return Tabell("prov", "Prov", kolumner, alla, summa=summa, bred=True)


def utlagda_bredder(tabell, stil):
    """The width of each column as it was laid out."""
    ruta = render_to_string("pdf/_tabell.html", {"tabell": utskriven(tabell)})
    html = f'<html lang="sv"><link rel="stylesheet" href="{BAS}{settings.STATIC_URL}sus/pdf.css"><body class="pdf">'
    html += f'<section class="pdf-sida pdf-sida--liggande">{ruta}'
    dokument = HTML(string=html, base_url=f"{BAS}/", url_fetcher=Statisk()).render(stylesheets=[CSS(string=stil)])
    return next(ruta.column_widths for ruta in dokument.pages[0]._page_box.descendants() if hasattr(ruta, "column_widths"))


@pytest.mark.parametrize("antal_tal", [2, 7, 9, 11, 13], ids="{} of numbers".format)
def test_columns_are_as_wide_as_when_every_cell_is_measured(antal_tal):
    prov = tabell(antal_tal)
    stil = kolumnstil(utskriven(prov))

    assert "table-layout:fixed" in stil
    assert utlagda_bredder(prov, stil) == pytest.approx(utlagda_bredder(prov, ""), abs=NARA)


@pytest.mark.parametrize(
    "prov",
    [replace(tabell(9), rader=()), replace(tabell(9), kolumner=(*TEXTER, *i_grupp("Före", *tabell(9).kolumner[3:]))), tabell(50)],
    ids=["no rows", "headings above several columns", "more than there is room for"],
)
def test_other_tables_are_measured(prov):
    assert kolumnstil(utskriven(prov)) == ""
