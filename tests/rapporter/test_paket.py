"""Rapportpaket: the tables of the other reports, gathered; nothing is counted anew."""

import io
import json
import re
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.roller import Roll
from insatser.models import Insats
from rapporter.definitioner.paket import LANGD
from rapporter.renderare import FORMAT
from tests.factories import ArsredogorelseFactory, BehorighetFactory, UppdragFactory
from tests.rapporter.conftest import gor_rapport, som_json
from tests.rapporter.test_format import las_xlsx, strukturelement
from tests.rapporter.trollhattan import NAMN

PERIODER = {"manad": ("2011-03", "2011-03"), "tertial": ("2011-05", "2011-08"), "ar": ("2011-01", "2011-12")}
ADRESS = "/rapporter/paket/"


def kalltabeller(by, fran, till, skydd):
    """Every table of the reports that a package is made of, by key."""
    urval = {"fran": fran, "till": till, "organisation": NAMN, "skydd": skydd}
    manad = fran == till
    rapporter = [
        gor_rapport("insats", by=by, **urval),
        gor_rapport("kostnad", by=by, ar=fran[:4], organisation=NAMN, rapportniva="detaljerad"),
    ]
    if not manad:
        typer = ("forsorjning", "forsorjningsgrupp", "sysselsattning", "bakgrund", "avslutningsanledning", "in-ut", "tid")
        rapporter += [gor_rapport("deltagare", by=by, typ=typ, **urval) for typ in typer]
    return {tabell["nyckel"]: tabell for rapport in reversed(rapporter) for tabell in som_json(rapport)["tabeller"]}


@pytest.fixture
def administrator(forbund):
    return UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare


@pytest.mark.parametrize("skydd", ["exakt", "skyddad"])
@pytest.mark.parametrize("typ", PERIODER)
def test_every_table_is_that_of_its_own_report(administrator, typ, skydd):
    fran, till = PERIODER[typ]
    kallor = kalltabeller(administrator, fran, till, skydd)

    paket = som_json(gor_rapport("paket", by=administrator, typ=typ, fran=fran, organisation=NAMN, skydd=skydd))

    assert paket["skydd"] == skydd
    for tabell in paket["tabeller"]:
        kalla = kallor[tabell["nyckel"]]
        assert (tabell["rader"], tabell["summa"]) == (kalla["rader"], kalla["summa"]), tabell["nyckel"]


@pytest.mark.parametrize(
    ("typ", "nycklar"),
    [
        ("manad", ["insatser"]),
        (
            "tertial",
            [
                *("insatser", "tackning", "in_ut", "avslutningsanledning", "underlag", "sysselsattning", "arbetssokande", "arbetstyp"),
                *("omfattning", "forsorjningsgrupp"),
            ],
        ),
        (
            "ar",
            [
                *("insatser", "tackning", "in_ut", "avslutningsanledning", "tid", "matt", "underlag", "sysselsattning", "arbetssokande"),
                *("arbetstyp", "omfattning", "forsorjningsgrupp", "forsorjning", "utbildning", "alder", "tid_forsorjning", "kommun"),
            ],
        ),
    ],
)
def test_longer_packages_hold_more_and_all_end_with_the_money(forbund, typ, nycklar):
    paket = som_json(gor_rapport("paket", typ=typ, fran=PERIODER[typ][0], organisation=NAMN))

    assert [tabell["nyckel"] for tabell in paket["tabeller"]] == [
        *nycklar,
        *("medelstillgangar", "insatskostnader", "administrativa_kostnader", "sammanstallning"),
    ]


def test_a_part_of_a_year_says_that_money_is_of_the_whole_year(forbund):
    def noter(typ):
        rapport = gor_rapport("paket", typ=typ, fran=PERIODER[typ][0], organisation=NAMN)
        return next(tabell for tabell in rapport.tabeller if tabell.nyckel == "medelstillgangar").noter

    assert noter("tertial") == ("Pengar budgeteras per år. Tabellerna gäller hela 2011.",)
    assert noter("ar") == ()


def test_the_years_package_ends_with_the_final_arsredogorelser(forbund):
    klar, utkast = Insats.objects.filter(namn__in=["Hjortmossen", "Trampolin"]).order_by("namn")
    ArsredogorelseFactory(insats=klar, ar=2011, klar=True, rubrik="Ett gott år", text="# Vad vi gjorde\n\nVi träffades =ofta.")
    ArsredogorelseFactory(insats=utkast, ar=2011, rubrik="Inte färdig", text="Hemligt utkast")

    rapport = gor_rapport("paket", typ="ar", fran="2011-01", organisation=NAMN)

    pdf = " ".join("".join(sida.extract_text() for sida in PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages).split())
    assert "Ett gott år Vad vi gjorde Vi träffades =ofta." in pdf
    assert "Budget: 3 200 000 kr" in pdf
    assert las_xlsx(FORMAT["xlsx"].rendera(rapport))[-1][1] == ["Hjortmossen", "Ett gott år", "Vad vi gjorde\n\nVi träffades =ofta."]
    assert som_json(rapport)["redogorelser"] == [
        {"om": "Hjortmossen", "rubrik": "Ett gott år", "text": "Vad vi gjorde\n\nVi träffades =ofta."}
    ]
    assert "Hemligt utkast" not in str(rapport)
    assert gor_rapport("paket", typ="tertial", fran="2011-01", organisation=NAMN).redogorelser == ()


def test_pdf_begins_with_its_chapters_and_excel_has_a_sheet_per_table(forbund):
    rapport = gor_rapport("paket", typ="ar", fran="2011-01", organisation=NAMN)

    sidor = [sida.extract_text() for sida in PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages]

    for rubrik in dict.fromkeys(tabell.kapitel for tabell in rapport.tabeller):
        assert rubrik in " ".join(sidor[1].split())
    assert sum(sida.startswith("Så räknas det") or "\nSå räknas det" in sida for sida in sidor[2:]) == 1
    assert len(las_xlsx(FORMAT["xlsx"].rendera(rapport))) == 1 + len(rapport.tabeller)


def test_chapters_of_the_pdf_are_headings_without_a_gap_and_the_contents_are_links(forbund):
    rapport = gor_rapport("paket", typ="tertial", fran="2011-05", organisation=NAMN)

    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))

    taggar = [element.get("/S") for element in strukturelement(pdf.trailer["/Root"]["/StructTreeRoot"])]
    nivaer = [int(tagg[2]) for tagg in taggar if re.fullmatch(r"/H\d", tagg or "")]
    assert nivaer[0] == 1
    assert all(efter <= fore + 1 for fore, efter in pairwise(nivaer))
    kapitel = dict.fromkeys(tabell.kapitel for tabell in rapport.tabeller)
    assert taggar.count("/Link") >= len(rapport.tabeller) + len(kapitel) + 1  # and the definitions


def test_contents_of_the_pdf_stand_in_the_order_of_its_pages(forbund):
    rapport = gor_rapport("paket", typ="ar", fran="2011-01", organisation=NAMN)

    pdf = PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport)))

    mal = [pdf.named_destinations[lank.get_object()["/Dest"]] for lank in pdf.pages[1]["/Annots"]]
    sidor = [pdf.get_destination_page_number(ett) for ett in mal]
    assert len(sidor) > len(rapport.tabeller)
    assert sidor == sorted(sidor)


def test_a_word_that_is_explained_in_two_ways_says_where(forbund):
    termer = dict(gor_rapport("paket", typ="ar", fran="2011-01", organisation=NAMN).definitioner)

    assert [termer["Andel (tid i insats och bakgrund)"], termer["Andel (sysselsättning och försörjning)"]] == [
        "antalet delat med alla i tabellen, avrundat till hela procent. Summan av andelarna behöver inte bli 100.",
        "antalet delat med alla avslutade med mätning, avrundat till hela procent.",
    ]
    assert len(set(termer.values())) == len(termer)


@pytest.mark.parametrize(
    ("typ", "fran", "fel"),
    [("tertial", "2011-02", "Ett tertial börjar i januari, maj eller september."), ("ar", "2011-05", "Ett år börjar i januari.")],
)
def test_a_period_begins_where_such_periods_begin(administrator, inloggad, typ, fran, fel):
    svar = inloggad(Roll.RAPPORT).get(ADRESS, {"typ": typ, "fran": fran, "organisation": NAMN})

    assert svar.context_data["form"].errors["fran"] == [fel]


def test_neighbouring_packages_are_of_the_same_kind(forbund, inloggad):
    svar = inloggad(Roll.RAPPORT).get(ADRESS, {"typ": "tertial", "fran": "2011-05", "organisation": NAMN})

    assert "fran=2011-01" in svar.context_data["fore"]
    assert "fran=2011-09" in svar.context_data["efter"]
    assert "till" not in svar.context_data["fore"]


@pytest.mark.parametrize("typ", LANGD)
def test_everybody_gets_the_protected_package_of_every_kind(forbund, inloggad, typ):
    svar = inloggad(Roll.RAPPORT).get(ADRESS, {"typ": typ, "fran": PERIODER[typ][0], "organisation": NAMN, "format": "json"})

    assert svar.json()["skydd"] == "skyddad"


def test_page_suggests_the_own_forbund_and_shows_no_level(forbund, inloggad):
    sida = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).get(reverse("rapporter:rapport", args=["paket"])).content.decode()

    assert f'value="{forbund.pk}" selected' in sida
    assert '<input type="hidden" name="niva" value="organisation"' in sida


def test_command_makes_the_package(forbund, tmp_path):
    fil = tmp_path / "paket"
    BehorighetFactory(roll=Roll.RAPPORT)

    call_command("rapport", "paket", typ="tertial", fran="2011-05", organisation=NAMN, format="json", som="system", ut=fil)

    assert json.loads(fil.read_text())["titel"] == "Underlag till tertialredovisning"
    with pytest.raises(CommandError, match="har inte urvalet --lan"):
        call_command("rapport", "paket", ar=["2011"], lan="14", som="system")
    with pytest.raises(CommandError, match="--fran: Ett paket gäller ett år"):
        call_command("rapport", "paket", ar=["2010", "2011"], organisation=NAMN, som="system")
