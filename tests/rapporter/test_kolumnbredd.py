"""The columns of a table stand on paper where WeasyPrint would put them, though it does not measure the cells."""

from dataclasses import replace
from datetime import date
from itertools import chain, cycle, islice

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TableCellBox, TextBox

from rapporter.renderare.kolumnbredd import kolumnstil
from rapporter.renderare.utskrift import utskriven
from rapporter.tabell import Kolumn, Rad, Tabell, Typ, i_grupp
from sus.core.pdf import BAS, Statisk

NARA, NARA_I_GRUPPER = 3, 6  # CSS pixels of the page's 658 or 986: pairs of letters stand closer, and have room to stand further apart
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


MED_FA_ORD = Tabell("kon", "Kön", (Kolumn("kon", "Kön"), *TAL), (Rad(("Kvinna", 12, 3, 44)), Rad(("Man", 9, None, 5))), bred=False)

KON = [(namn, Typ.ANTAL) for namn in ("Kvinna", "Man", "Totalt")] + [("Andel", Typ.ANDEL)]
GRUPPER = {"Före": KON, "Efter": KON, "Förändring": [("Antal", Typ.ANTAL), ("Procent", Typ.ANDEL)]}
I_GRUPPER = [i_grupp(rubrik, *(Kolumn(f"{rubrik} {namn}", namn, typ) for namn, typ in under)) for rubrik, under in GRUPPER.items()]
MED_GRUPPER = replace(
    MED_FA_ORD,
    kolumner=(Kolumn("sysselsattning", "Sysselsättning"), *chain.from_iterable(I_GRUPPER)),
    rader=(
        Rad(("Arbetar", 83, 78, 161, 9, 331, 317, 648, 38, 487, 302)),
        Rad(("Aktivt arbetssökande som varken arbetar eller studerar", *[177, 77, 254, 28] * 2, -171, -35)),
    ),
)
HELA_BREDDEN = replace(MED_GRUPPER, rader=(Rad(("Ab " * 7 + "mm", *MED_GRUPPER.rader[0].celler[1:])),))  # just as wide as the page
GRUPPERADE = [MED_GRUPPER, HELA_BREDDEN, replace(MED_GRUPPER, bred=True)]
LANG_GRUPP = replace(MED_FA_ORD, kolumner=(Kolumn("kon", "Kön"), *i_grupp("Efter insatsens slut, av de avslutade med mätning" * 2, *TAL)))


def utlagd(tabell, stil):
    """The boxes of the page that the table stands on."""
    ruta = render_to_string("pdf/_tabell.html", {"tabell": utskriven(tabell)})
    html = f'<html lang="sv"><link rel="stylesheet" href="{BAS}{settings.STATIC_URL}sus/pdf.css"><body class="pdf">'
    html += f'<section class="pdf-sida{" pdf-sida--liggande" if tabell.bred else ""}">{ruta}'
    dokument = HTML(string=html, base_url=f"{BAS}/", url_fetcher=Statisk()).render(stylesheets=[CSS(string=stil)])
    return list(dokument.pages[0]._page_box.descendants())


def bredder(rutor):
    """The width of each column as it was laid out."""
    return next(ruta.column_widths for ruta in rutor if hasattr(ruta, "column_widths"))


def orden(rutor):
    """All words of the table; one that is broken is two."""
    return " ".join(ruta.text for ruta in rutor if isinstance(ruta, TextBox) and ruta.element_tag in ("th", "td"))


def celler(rutor):
    return [ruta for ruta in rutor if isinstance(ruta, TableCellBox)]


def texter(cell):
    return [ruta for ruta in cell.descendants() if isinstance(ruta, TextBox)]


@pytest.mark.parametrize(
    "prov",
    [*map(tabell, (2, 7, 9, 11, 13)), *(replace(tabell(antal_tal), bred=False) for antal_tal in (0, 1, 2)), MED_FA_ORD, *GRUPPERADE],
    ids=lambda prov: f"{'wide' if prov.bred else 'narrow'} with {len(prov.kolumner)} columns",
)
def test_columns_are_as_wide_as_when_every_cell_is_measured(prov):
    stil = kolumnstil(utskriven(prov))
    delad, matt = utlagd(prov, stil), utlagd(prov, "")

    assert "table-layout:fixed" in stil
    trangt = not prov.bred and any(kolumn.grupper for kolumn in prov.kolumner)
    assert bredder(delad) == pytest.approx(bredder(matt), abs=NARA_I_GRUPPER if trangt else NARA)
    assert orden(delad) == orden(matt)
    assert [text for cell in celler(delad) for text in texter(cell) if text.width > cell.width + 0.01] == []


@pytest.mark.parametrize(
    "prov",
    [replace(tabell(9), rader=()), LANG_GRUPP, tabell(50)],
    ids=["no rows", "a heading that is wider than its columns", "more than there is room for"],
)
def test_other_tables_are_measured(prov):
    assert kolumnstil(utskriven(prov)) == ""
