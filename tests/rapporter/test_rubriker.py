"""Headings that stand above several columns: the same on the page, on paper and in Excel, and tied to the cells they head."""

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from rapporter.renderare import FORMAT
from rapporter.renderare.pappersbredd import pa_papper
from rapporter.renderare.rubriker import grupprader
from rapporter.renderare.to_html import to_html
from rapporter.tabell import Kolumn, Rad, Tabell, i_grupp
from tests.rapporter.conftest import gor_rapport
from tests.rapporter.test_format import las_xlsx, strukturelement
from tests.rapporter.trollhattan import NAMN


class Cellasare(HTMLParser):
    """(tag, attributes, text) of every cell of a page."""

    def __init__(self, html):
        super().__init__()
        self.celler, self._i_cell = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._i_cell = tag in ("th", "td")
        if self._i_cell:
            self.celler.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        self._i_cell = False

    def handle_data(self, data):
        if self._i_cell:
            self.celler[-1][2] += data.strip()


@pytest.fixture
def rapport(forbund):
    return gor_rapport("deltagare", typ="forsorjning", ar=2011, organisation=NAMN)


def test_neighbours_have_a_heading_in_common_only_when_all_above_it_is_common():
    kolumner = (
        Kolumn("kategori", "Kategori"),
        *i_grupp("Riket", *i_grupp("Före", Kolumn("a", "Före, antal"), Kolumn("b", "Före, andel"))),
        *i_grupp("Länet", *i_grupp("Före", Kolumn("c", "Före, antal"), Kolumn("d", "Före, andel"))),
    )

    rader = [[(grupp.text, grupp.fran, grupp.spann) for grupp in rad] for rad in grupprader(kolumner)]

    assert rader == [[("", 0, 1), ("Riket", 1, 2), ("Länet", 3, 2)], [("", 0, 1), ("Före", 1, 2), ("Före", 3, 2)]]
    assert [kolumn.kort for kolumn in kolumner[1:]] == ["Antal", "Andel", "Antal", "Andel"]


def test_every_cell_of_the_page_names_its_row_and_all_headings_above_it(rapport):
    celler = Cellasare(render_to_string("rapporter/fristaende.html", to_html(rapport))).celler
    efter_id = {attribut["id"]: text for _, attribut, text in celler if "id" in attribut}
    huvuden = [
        [efter_id[id_] for id_ in attribut["headers"].split()] for tag, attribut, _ in celler if tag == "td" and "headers" in attribut
    ]

    assert len(huvuden) == 9 * 10
    assert huvuden[10] == ["Aktivitetsersättning", "Före", "Kvinna"]
    assert huvuden[19] == ["Aktivitetsersättning", "Förändring", "Procent"]
    assert len({attribut["id"] for _, attribut, _ in celler if "id" in attribut}) == sum("id" in attribut for _, attribut, _ in celler)


def test_every_cell_on_paper_names_its_row_and_all_headings_above_it(rapport):
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))
    rot = pdf.trailer["/Root"]["/StructTreeRoot"]
    tabell = [element for element in strukturelement(rot) if element.get("/S") == "/Table"][-1]
    rader = [element for element in strukturelement(tabell) if element.get("/S") == "/TR"]
    grupper, rubriker, forsta = ([cell.get_object() for cell in rad["/K"]] for rad in rader[:3])

    assert [cell["/A"].get("/ColSpan", 1) for cell in grupper] == [1, 4, 4, 2]
    for nr, cell in enumerate(forsta[1:], start=1):
        grupp = grupper[1 + (nr > 4) + (nr > 8)]
        assert list(cell["/A"]["/Headers"]) == [forsta[0]["/ID"], grupp["/ID"], rubriker[nr]["/ID"]]


def test_excel_has_the_groups_above_the_headings_and_freezes_both(rapport):
    innehall = FORMAT["xlsx"].rendera(rapport)
    blad = las_xlsx(innehall)[-1]
    xml = zipfile.ZipFile(io.BytesIO(innehall)).read(f"xl/worksheets/sheet{len(las_xlsx(innehall))}.xml").decode()

    assert [cell for cell in blad[0] if cell] == ["Före", "Efter", "Förändring"]
    assert blad[1][:5] == ["Försörjning", "Kvinna", "Man", "Totalt", "Andel"]
    assert re.findall(r'mergeCell ref="(.*?)"', xml) == ["B1:E1", "F1:I1", "J1:K1"]
    assert 'ySplit="2"' in xml


def test_files_for_programs_have_one_row_of_headings_that_say_it_all(rapport):
    assert "Försörjning;Före, kvinna;Före, man;Före, totalt;Före, andel;" in FORMAT["csv"].rendera(rapport).decode()


def bred_tabell(antal):
    enheter = [i_grupp(f"Län {nr}", Kolumn(f"{nr}_totalt", "Totalt"), Kolumn(f"{nr}_andel", "Andel")) for nr in range(antal)]
    kolumner = (Kolumn("kategori", "Kategori"), *(kolumn for enhet in enheter for kolumn in enhet))
    celler = ("A", *range(2 * antal))
    return Tabell("tid", "Tid", kolumner, (Rad(celler),), Rad(celler), noter=("Not.",))


def test_units_without_room_on_the_paper_continue_in_the_next_table_with_the_categories_again():
    delar = pa_papper(bred_tabell(14))

    assert [(del_.nyckel, del_.titel, len(del_.kolumner)) for del_ in delar] == [
        ("tid", "Tid (1 av 3)", 9),
        ("tid-del2", "Tid (2 av 3)", 11),
        ("tid-del3", "Tid (3 av 3)", 11),
    ]
    assert [rad.celler[0] for del_ in delar for rad in (*del_.rader, del_.summa)] == ["A"] * 6
    assert [cell for del_ in delar for cell in del_.rader[0].celler[1:]] == list(range(28))
    assert [del_.noter for del_ in delar] == [(), (), ("Not.",)]


def test_a_table_that_has_room_stays_whole():
    assert pa_papper(bred_tabell(6)) == [bred_tabell(6)]
