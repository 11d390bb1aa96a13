"""The same cells in every format, and what each format must look after itself."""

import csv
import io
import re
import sys
import time
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import groupby
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from pypdf import PdfReader

from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from rapporter.renderare.kapitel import i_kapitel
from rapporter.renderare.pappersbredd import pa_papper
from rapporter.renderare.rubriker import egen_rubrik, grupprader
from rapporter.renderare.sidantal import minsta_antal_sidor
from rapporter.renderare.to_html import to_html
from rapporter.renderare.to_pdf import FLEST_UTAN_INNEHALL, ForLang
from rapporter.renderare.utskrift import text
from rapporter.skydd import VERSION
from sus.core.formatering import MJUKT_BINDESTRECK
from sus.core.pdf import BAS, Statisk
from tests.factories import AdministrativKostnadFactory
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
            self.tabeller[-1][-1][-1] += data.strip().replace(MJUKT_BINDESTRECK, "")


def las_xlsx(innehall):
    """[rows] per sheet: numbers as numbers, texts as texts, blanks as None. Raises when there is a formula."""
    arkiv = zipfile.ZipFile(io.BytesIO(innehall))
    blad = sorted((namn for namn in arkiv.namelist() if "worksheets/sheet" in namn), key=lambda namn: int(re.findall(r"\d+", namn)[0]))
    return [[[_xlsx_cell(cell) for cell in rad] for rad in ElementTree.fromstring(arkiv.read(namn)).iter(f"{XLSX}row")] for namn in blad]


def _xlsx_cell(cell):
    assert cell.find(f"{XLSX}f") is None
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext()).replace("_x000D_", "\r")
    varde = cell.find(f"{XLSX}v")
    return None if varde is None else float(varde.text)


@pytest.fixture
def rapport(forbund):
    return gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="detaljerad")


def _val_i_ord(val):
    nyckel, urval = val
    return " ".join([nyckel, *urval.values()])


# Every report, and every type of Deltagarrapport: other tests compare the JSON with known answers, these tests the other formats with it.
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
    ("paket", {"typ": "manad", "fran": "2011-03"}),
    ("nationell", {"niva": "riket"}),
    ("regeringsunderlag", {"niva": "riket"}),
]
SKYDDADE = [
    ("kostnad", {"rapportniva": "detaljerad", "niva": "riket"}),
    ("insats", {}),
    ("registrering", {}),
    ("kompletterande-fragor", {}),
    ("deltagare", {"typ": "bakgrund"}),
    ("deltagare", {"typ": "sysselsattning"}),
    ("deltagare", {"typ": "bakgrund", "insats": "Trampolin"}),  # sentences in place of tables
    ("standard-deltagare", {"typ": "sysselsattning", "jamfor": "insats"}),
    ("paket", {"typ": "ar", "fran": "2011-01"}),
    ("nationell", {"niva": "riket"}),
    ("regeringsunderlag", {"niva": "riket"}),
]


@pytest.fixture(params=[*PUBLICERADE, *((nyckel, {**urval, "skydd": "skyddad"}) for nyckel, urval in SKYDDADE)], ids=_val_i_ord)
def publicerad(forbund, request):
    """In riket there are two förbund, whose administration has a subtotal each."""
    nyckel, urval = request.param
    if nyckel == "kompletterande-fragor":
        fragesvar.lagg_upp(forbund)
    if urval.get("niva") == "riket":
        AdministrativKostnadFactory(budgetar__ar=2011, utfall=49_000)
    plats = {} if "niva" in urval else {"organisation": NAMN}
    rapport = gor_rapport(nyckel, **({} if "fran" in urval else {"ar": 2011}), **plats, **urval)
    assert rapport.skydd == urval.get("skydd", "exakt")
    return rapport


def test_every_report_is_compared_exact_and_protected():
    assert {nyckel for nyckel, _ in PUBLICERADE} == {nyckel for nyckel, _ in SKYDDADE} == set(RAPPORTER)


def test_every_format_holds_the_cells_of_the_tables(publicerad):
    """In one test, for making the report takes longer than most of its files."""
    for granska in (granska_sidan, granska_json, granska_csv, granska_excel, granska_pdf):
        granska(publicerad)


def alla_rader(tabell):
    return [rad.celler for rad, _ in tabell.med_delsummor()] + ([tabell.summa.celler] if tabell.summa else [])


def rader_i_ord(tabell):
    """Every row as people read it, with the sentence where there is none."""
    skrivna = [[text(cell, kolumn) for kolumn, cell in zip(tabell.kolumner, rad, strict=True)] for rad in alla_rader(tabell)]
    return skrivna if tabell.rader else [[tabell.visas_inte or "Inga uppgifter i urvalet."], *skrivna]


def granska_sidan(rapport):
    sida = render_to_string("rapporter/fristaende.html", to_html(rapport))

    for last, tabell in zip(Tabellasare(sida).tabeller, (tabell.visad() for tabell in rapport.tabeller), strict=True):
        grupper = len(grupprader(tabell.kolumner))
        assert last[grupper] == [egen_rubrik(kolumn) for kolumn in tabell.kolumner]
        assert last[grupper + 1 :] == rader_i_ord(tabell)
        assert all(f">{escape(not_)}<" in sida for not_ in tabell.noter)


def granska_json(rapport):
    for last, tabell in zip(som_json(rapport)["tabeller"], rapport.tabeller, strict=True):
        assert [kolumn["rubrik"] for kolumn in last["kolumner"]] == [kolumn.rubrik for kolumn in tabell.kolumner]
        celler = [[cell.isoformat() if isinstance(cell, date) else cell for cell in rad] for rad in alla_rader(tabell)]
        assert json_rader(last) == celler
        assert (last.get("visas_inte", ""), tuple(last.get("noter", ()))) == (tabell.visas_inte, tabell.noter)


def json_rader(tabell):
    """In the order in which people read them: each subtotal after its row, the sum last."""
    rader = []
    for nr, rad in enumerate(tabell["rader"]):
        rader += [rad, *(delsumma for index, delsumma in tabell.get("delsummor", []) if index == nr)]
    return rader + ([tabell["summa"]] if tabell["summa"] else [])


def granska_csv(rapport):
    """The cells of the JSON, in blocks with an empty line between: one about the report, one for each table."""
    rader = csv.reader(io.StringIO(FORMAT["csv"].rendera(rapport).decode("utf-8-sig")), delimiter=";")
    block = [list(del_) for tom, del_ in groupby(rader, key=lambda rad: not rad) if not tom][1:]
    tabeller = som_json(rapport)["tabeller"]

    for last, tabell in zip(block[: len(tabeller)], tabeller, strict=True):
        celler = [["" if cell is None else str(cell) for cell in rad] for rad in json_rader(tabell)]
        mening = [[tabell["visas_inte"]]] if "visas_inte" in tabell else []
        rubriker = [[tabell["titel"]], [kolumn["rubrik"] for kolumn in tabell["kolumner"]]]
        assert last == [*rubriker, *mening, *celler, *([not_] for not_ in tabell.get("noter", []))]


def granska_excel(rapport):
    """Numbers as numbers, dates as dates. A title that the sheet's name does not hold whole stands first of the notes."""
    bok = FORMAT["xlsx"].rendera(rapport)
    namn = [
        blad.get("name") for blad in ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(bok)).read("xl/workbook.xml")).iter(f"{XLSX}sheet")
    ]

    for last, kallas, tabell in zip(las_xlsx(bok)[1:], namn[1:], (tabell.visad() for tabell in rapport.tabeller), strict=True):
        grupper = len(grupprader(tabell.kolumner))
        assert last[grupper] == [egen_rubrik(kolumn) for kolumn in tabell.kolumner]
        celler = [[excelcell(cell, kolumn) for kolumn, cell in zip(tabell.kolumner, rad, strict=True)] for rad in alla_rader(tabell)]
        mening = [[tabell.visas_inte]] if tabell.visas_inte else []
        titel = [] if kallas == tabell.titel else [[f"Tabell: {tabell.titel}"]]
        assert last[grupper + 1 :] == [*mening, *celler, *titel, *([not_] for not_ in tabell.noter)]


def excelcell(cell, kolumn):
    """A date is the number of its day."""
    if cell is None or cell == "" or (cell == 0 and kolumn.tom_nolla):
        return None
    return (cell - date(1899, 12, 30)).days if isinstance(cell, date) else cell


def granska_pdf(rapport):
    """Row upon row below the headings, none between them but where a page ends. What has no room beside goes on in a table of its own."""
    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))
    sidor = "\f".join(sida.extract_text().replace("\f", "") for sida in pdf.pages)
    assert minsta_antal_sidor(i_kapitel(rapport, papper=True)) < len(pdf.pages)

    for tabell in rapport.tabeller:
        delar = pa_papper(tabell)
        assert ihopsatta(delar) == [list(rad) for rad in alla_rader(tabell.visad())]
        for del_ in delar:
            assert re.search(pa_sidorna(del_), sidor, re.DOTALL), del_.titel


def ihopsatta(delar):
    """The rows of a table that stands in parts, each with the first column again."""
    return [[rader[0][0], *(cell for rad in rader for cell in rad[1:])] for rader in zip(*map(alla_rader, delar), strict=True)]


def pa_sidorna(tabell):
    """The pattern of the table's text: cell by cell, words parted in lines where a column is narrow."""
    grupper = [grupp.text for rad in grupprader(tabell.kolumner) for grupp in rad]
    forst = [tabell.titel, *grupper, *(egen_rubrik(kolumn) for kolumn in tabell.kolumner)]
    rader = [r"\s+".join(map(i_rader, filter(None, rad))) for rad in (forst, *rader_i_ord(tabell), *([not_] for not_ in tabell.noter))]
    return r"\s+(?:[^\f]*\f.*?\s)?".join(rader) + r"(?!\S)"


def i_rader(text):
    return r"[\s\u2010]*".join(map(re.escape, re.sub(r"\s", "", text)))


def utskrifter(rapport):
    """What each format says, in one line."""
    ut = {format_: FORMAT[format_].rendera(rapport) for format_ in FORMAT}
    texter = {
        "html": re.sub("<[^>]+>", "", render_to_string("rapporter/fristaende.html", to_html(rapport))),
        "pdf": "".join(sida.extract_text() for sida in PdfReader(io.BytesIO(ut["pdf"])).pages),
        "xlsx": " ".join(cell for rad in las_xlsx(ut["xlsx"])[0] for cell in rad),
        "csv": ut["csv"].decode("utf-8-sig").replace(";", " "),
        "json": ut["json"].decode(),
        "svg": re.sub("<[^>]+>", " ", ut["svg"].decode()),
    }
    return {format_: " ".join(skrivet.split()) for format_, skrivet in texter.items()}


def test_every_output_says_what_it_is_and_who_may_spread_it(rapport):
    for format_, utskrift in utskrifter(rapport).items():
        for del_ in ("Kostnadsrapport", NAMN, "2011", "Arbetsmaterial med exakta tal"):
            assert del_ in utskrift, format_
        if format_ != "svg":
            assert f"regler version {VERSION}" in utskrift, format_
            assert all(forklaring in utskrift for _, forklaring in rapport.definitioner), format_


def test_every_output_prints_the_time_of_its_data_and_the_coverage(forbund):
    rapport = gor_rapport("deltagare", typ="bakgrund", ar=2011, organisation=NAMN)
    ut = utskrifter(replace(rapport, hamtad=datetime(2012, 1, 10, 8, 14, tzinfo=UTC)))

    ord_ = {"svg": "Uppgifter hämtade ur SUS ", "json": '"hamtad": "'}
    for format_, utskrift in ut.items():
        tid = "2012-01-10T08:14:00+00:00" if format_ == "json" else "2012-01-10 kl. 09.14"
        assert f"{ord_.get(format_, 'Uppgifter hämtade ')}{tid}" in utskrift, format_
        tackning = "201 deltagare är registrerade med personuppgifter (99 %), 3 är anonyma och 0 har återtagit samtycket."
        assert tackning in utskrift, format_


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
    bilder = [e.get("/Alt") for e in element if e.get("/S") == "/Figure"]
    assert bilder == [diagram.titel for diagram in rapport.diagram]


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
