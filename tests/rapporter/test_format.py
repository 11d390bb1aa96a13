"""The same cells in every format, and what each format must look after itself."""

import csv
import io
import re
import sys
import time
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from rapporter.renderare import FORMAT
from rapporter.renderare.kapitel import i_kapitel
from rapporter.renderare.rubriker import egen_rubrik, grupprader
from rapporter.renderare.sidantal import minsta_antal_sidor
from rapporter.renderare.to_html import to_html
from rapporter.renderare.to_pdf import FLEST_UTAN_INNEHALL, ForLang
from rapporter.renderare.utskrift import text
from rapporter.skydd import VERSION
from sus.core.pdf import BAS, Statisk
from tests.rapporter import fragesvar, oracle, standardoracle
from tests.rapporter.conftest import gor_rapport, som_json
from tests.rapporter.trollhattan import NAMN

XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REGLER = f"regler version {VERSION}"


class Tabellasare(HTMLParser):
    """The rows of every table of a page, as texts."""

    def __init__(self, html):
        super().__init__()
        self.tabeller, self._i_cell = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tabeller.append([])
        elif tag == "tr":
            self.tabeller[-1].append([])
        elif tag in ("th", "td"):
            self.tabeller[-1][-1].append("")
            self._i_cell = True

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self._i_cell = False

    def handle_data(self, data):
        if self._i_cell:
            self.tabeller[-1][-1][-1] += data.strip()


def las_xlsx(innehall):
    """[rows] per sheet: numbers as numbers, texts as texts, blanks as None. Raises when there is a formula."""
    arkiv = zipfile.ZipFile(io.BytesIO(innehall))
    blad = sorted((namn for namn in arkiv.namelist() if "worksheets/sheet" in namn), key=lambda namn: int(re.findall(r"\d+", namn)[0]))
    return [[[_xlsx_cell(cell) for cell in rad] for rad in ElementTree.fromstring(arkiv.read(namn)).iter(f"{XLSX}row")] for namn in blad]


def _xlsx_cell(cell):
    assert cell.find(f"{XLSX}f") is None
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    varde = cell.find(f"{XLSX}v")
    return None if varde is None else float(varde.text)


@pytest.fixture
def rapport(forbund):
    return gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="detaljerad")


# Every selection whose figures are published, and every type of Deltagarrapport: other tests compare the JSON with known answers,
# these tests the other formats with it.
PUBLICERADE = [
    ("kostnad", {"rapportniva": "detaljerad"}),
    ("kostnad", {"rapportniva": "summerad"}),
    ("insats", {}),
    ("insats", {"inriktning": "individinriktad"}),
    ("insats", {"inriktning": "strukturovergripande"}),
    ("insats", {"malgrupp": "unga"}),
    ("insats", {"preciserad_inriktning": "rehabilitering"}),
    ("insats", {"preciserad_inriktning": "forberedande"}),
    ("registrering", {}),
    ("kompletterande-fragor", {}),
    *(("deltagare", {"typ": typ, "jamfor": "riket"}) for typ in oracle.TYPER),
    *(("standard-deltagare", {"typ": typ, "forsorjning_fore": "aktivitetsstod", "jamfor": "insats"}) for typ in standardoracle.TYPER),
]


@pytest.fixture(params=PUBLICERADE, ids=lambda val: " ".join([val[0], *val[1].values()]))
def publicerad(forbund, request):
    nyckel, urval = request.param
    if nyckel == "kompletterande-fragor":
        fragesvar.lagg_upp(forbund)
    return gor_rapport(nyckel, ar=2011, organisation=NAMN, **urval)


def alla_rader(tabell):
    return [rad.celler for rad, _ in tabell.med_delsummor()] + ([tabell.summa.celler] if tabell.summa else [])


def test_page_prints_the_cells_of_the_tables(publicerad):
    lasta = Tabellasare(render_to_string("rapporter/fristaende.html", to_html(publicerad))).tabeller

    for last, tabell in zip(lasta, (tabell.visad() for tabell in publicerad.tabeller), strict=True):
        grupper = len(grupprader(tabell.kolumner))
        assert last[grupper] == [egen_rubrik(kolumn) for kolumn in tabell.kolumner]
        skrivna = [[text(cell, kolumn) for kolumn, cell in zip(tabell.kolumner, rad, strict=True)] for rad in alla_rader(tabell)]
        assert last[grupper + 1 :] == skrivna


def test_csv_holds_the_cells_of_the_json(publicerad):
    rader = list(csv.reader(io.StringIO(FORMAT["csv"].rendera(publicerad).decode("utf-8-sig")), delimiter=";"))

    for tabell in som_json(publicerad)["tabeller"]:
        start = rader.index([tabell["titel"]])
        vantade = [[kolumn["rubrik"] for kolumn in tabell["kolumner"]], *tabell["rader"], *([tabell["summa"]] if tabell["summa"] else [])]
        assert rader[start + 1 : start + 1 + len(vantade)] == [["" if cell is None else str(cell) for cell in rad] for rad in vantade]


def test_excel_holds_the_cells_as_numbers_dates_and_text(publicerad):
    blad = las_xlsx(FORMAT["xlsx"].rendera(publicerad))[1:]

    for lasta, tabell in zip(blad, (tabell.visad() for tabell in publicerad.tabeller), strict=True):
        for last, celler in zip(lasta[len(grupprader(tabell.kolumner)) + 1 :], alla_rader(tabell), strict=False):
            for varde, cell, kolumn in zip(last, celler, tabell.kolumner, strict=True):
                if isinstance(cell, str):
                    assert varde == cell
                elif cell is None or (cell == 0 and kolumn.tom_nolla):
                    assert varde is None
                elif isinstance(cell, int):
                    assert varde == cell
                else:
                    assert varde > 30_000  # a day number


def test_pdf_prints_the_cells_of_the_tables(publicerad):
    """Words may be parted with hyphens where a column is narrow."""
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(publicerad)))
    skrivet = re.sub(r"[\s\u2010-]", "", "".join(sida.extract_text() for sida in pdf.pages))
    assert minsta_antal_sidor(i_kapitel(publicerad, papper=True)) < len(pdf.pages)

    for tabell in (tabell.visad() for tabell in publicerad.tabeller):
        for rad in alla_rader(tabell):
            celler = [re.sub(r"[\s\u2010-]", "", text(cell, kolumn)) for kolumn, cell in zip(tabell.kolumner, rad, strict=True)]
            assert all(cell in skrivet for cell in celler), rad


def test_every_output_says_what_it_is_and_who_may_spread_it(rapport):
    ut = {format_: FORMAT[format_].rendera(rapport) for format_ in ("csv", "json", "xlsx", "pdf")}
    pdf = "".join(sida.extract_text() for sida in PdfReader(io.BytesIO(ut["pdf"])).pages)
    texter = [
        ut["csv"].decode("utf-8-sig"),
        ut["json"].decode(),
        str(las_xlsx(ut["xlsx"])[0]),
        pdf,
        render_to_string("rapporter/fristaende.html", to_html(rapport)),
    ]

    for utskrift in texter:
        for del_ in (
            "Kostnadsrapport",
            NAMN,
            "2011",
            "Arbetsmaterial med exakta tal",
            f"regler version {VERSION}",
            "Totala medelstillgångar",
        ):
            assert del_ in re.sub(r"\s+", " ", utskrift)


def test_every_file_says_what_must_be_seen_before_the_figures(rapport):
    [notis] = rapport.notiser
    assert notis == "Utfall 2011 saknas för 9 budgetposter i 9 insatser. Det räknas som 0 kronor."

    assert f"Observera;{notis}" in FORMAT["csv"].rendera(rapport).decode("utf-8-sig").splitlines()
    assert som_json(rapport)["observera"] == [notis]
    assert ["Observera", notis] in las_xlsx(FORMAT["xlsx"].rendera(rapport))[0]
    assert notis in " ".join("".join(sida.extract_text() for sida in PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages).split())


def test_json_has_every_column_and_zero_where_people_see_nothing(rapport):
    insatser = next(tabell for tabell in som_json(rapport)["tabeller"] if tabell["nyckel"] == "insatser")

    assert len(insatser["kolumner"]) == 21
    information = dict(zip([kolumn["nyckel"] for kolumn in insatser["kolumner"]], insatser["rader"][2], strict=True))
    assert (information["insats"], information["antal"], information["utfall"]) == ("Information", 0, None)
    assert (information["startdatum"], information["slutdatum"]) == ("2010-01-01", None)


def test_pdf_is_tagged_with_language_title_and_header_cells_that_say_what_they_head(rapport):
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))

    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    assert pdf.metadata.title == f"Kostnadsrapport 2011, {NAMN} – SUS"
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    element = list(strukturelement(pdf.trailer["/Root"]["/StructTreeRoot"]))
    rubriker = [e["/A"]["/Scope"] for e in element if e.get("/S") == "/TH"]
    assert {"/Column", "/Row"} == set(rubriker)
    assert sum(e.get("/S") == "/Table" for e in element) == len(rapport.tabeller)
    assert all("/Alt" in e for e in element if e.get("/S") == "/Figure")


def test_running_headers_of_the_pdf_are_decoration(rapport):
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))
    rot = pdf.trailer["/Root"]["/StructTreeRoot"]
    natt = {element.indirect_reference.idnum for element in strukturelement(rot)}

    for nr, sida in enumerate(pdf.pages[1:], start=1):
        innehall = list(list.__iter__(rot["/ParentTree"]["/Nums"][2 * nr + 1]))
        agda = [del_.idnum for del_ in innehall if hasattr(del_, "idnum")]
        assert set(agda) <= natt
        assert len(innehall) - len(agda) == 5  # two above, three below
        assert sida.get_contents().get_data().replace(b"\n", b" ").count(b"/Artifact BMC") >= 5


def strukturelement(element):
    barn = element.get("/K", [])
    for del_ in barn if isinstance(barn, list) else [barn]:
        del_ = del_.get_object()
        if hasattr(del_, "get"):
            yield del_
            yield from strukturelement(del_)


@pytest.mark.parametrize("adress", ["http://example.com/a.css", "file:///etc/passwd", f"{BAS}/konto/", f"{BAS}/static/../../etc/passwd"])
def test_pdf_reads_nothing_but_our_static_files(adress):
    with pytest.raises(Exception, match=r"inte tillåten|passwd|outside"):
        Statisk().fetch(adress)


def test_too_long_pdf_is_refused_with_a_way_out(rapport):
    """Before the layout, which would take minutes, and again when the pages are counted."""
    tabell = rapport.tabeller[0]
    lang = replace(rapport, tabeller=(replace(tabell, rader=tabell.rader * 400),))
    start = time.monotonic()

    with pytest.raises(ForLang, match="Excel i stället"):
        FORMAT["pdf"].rendera(lang)

    assert time.monotonic() - start < 5


def test_pages_are_counted_when_the_estimate_let_it_through(rapport, monkeypatch):
    monkeypatch.setattr(sys.modules["rapporter.renderare.to_pdf"], "FLEST_SIDOR", 2)

    with pytest.raises(ForLang, match="Excel i stället"):
        FORMAT["pdf"].rendera(rapport)


def test_contents_stand_first_when_there_are_more_than_five_pages(rapport):
    """Every table and the definitions, with the page where they stand."""
    lang = replace(rapport, tabeller=tuple(_langre(tabell) for tabell in rapport.tabeller))

    kort, langt = (PdfReader(io.BytesIO(FORMAT["pdf"].rendera(ett))) for ett in (rapport, lang))

    assert len(kort.pages) <= FLEST_UTAN_INNEHALL < len(langt.pages)
    assert "Innehåll" not in kort.pages[1].extract_text()
    rader = langt.pages[1].extract_text().splitlines()
    assert "Innehåll" in rader
    for titel in [*(tabell.titel for tabell in rapport.tabeller), "Så räknas det"]:
        rad = next(rad for rad in rader if rad.startswith(titel))
        assert titel in re.sub(r"\s+", " ", langt.pages[int(re.findall(r"\d+$", rad)[0]) - 1].extract_text())


def _langre(tabell):
    return replace(tabell, rader=tabell.rader * 20, delsummor=())


def test_running_header_names_report_and_selection(forbund):
    rapport = gor_rapport("insats", ar=2011, organisation=NAMN, inriktning="individinriktad")

    sidor = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages

    for nr, sida in enumerate(sidor[1:], start=2):
        rader = " ".join(sida.extract_text().split())
        assert f"SUS · {rapport.titel} {NAMN} · januari–december 2011 · Inriktning: Individinriktad" in rader
        assert f"Sida {nr} av {len(sidor)}" in rader
        assert rapport.spridning in rader


def test_definitions_stand_last(rapport):
    sidor = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages

    assert "Så räknas det" in sidor[-1].extract_text()
    assert "Röjandekontroll" in sidor[-1].extract_text()
