"""Kompletterande frågor and Registrering in a browser; the selection, the levels and the pictures of every report."""

from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, UppdragFactory
from tests.rapporter import fragesvar, trollhattan

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def forbund(db):
    forbund = trollhattan.lagg_upp()
    fragesvar.lagg_upp(forbund)
    return forbund


@pytest.fixture
def egen(fonster, forbund):
    return fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)


def test_answers_are_read_exactly_by_the_förbund_and_protected_by_others(egen, fonster, forbund):
    adress = f"/rapporter/kompletterande-fragor/?fran=2011-01&till=2011-12&niva=organisation&organisation={forbund.pk}"
    egen.oppna("/rapporter/kompletterande-fragor/")
    egen.granska("fragerapport-tom")
    egen.oppna(adress)
    exakt = egen.tabell("Vem föreslog insatsen?")
    egen.granska("fragerapport")
    annan = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)
    annan.oppna(adress)
    skyddat = annan.tabell("Vem föreslog insatsen?")
    annan.granska("fragerapport-skyddad")

    assert (
        [rad[0] for rad in exakt]
        == [rad[0] for rad in skyddat]
        == ["Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Deltagaren själv"]
    )
    assert sum(int(rad[3]) for rad in exakt) > 50
    assert all(rad[3] == "0–4" or int(rad[3]) % 5 == 0 for rad in skyddat)


def test_registrering_is_read_and_a_level_is_one_click_away(egen, forbund):
    egen.oppna(f"/rapporter/registrering/?fran=2011-01&till=2011-12&niva=organisation&organisation={forbund.pk}")
    assert len(egen.tabell("Registrering")) == 9
    egen.granska("registreringsrapport")

    egen.sida.get_by_role("navigation", name="Byt nivå").get_by_role("link", name="Riket").click()
    egen.granska("registreringsrapport-riket")
    assert "Summa" in str(egen.tabell("Registrering"))
    egen.sida.get_by_text("Län (21)").click()
    egen.sida.get_by_role("link", name="Västra Götalands län").click()
    egen.sida.get_by_text("Samverkansorganisationer (1)").click()
    egen.sida.get_by_role("navigation", name="Byt nivå").get_by_role("link", name="Trollhättan").click()
    egen.sida.get_by_text("Insatser (9)").click()
    egen.granska("registreringsrapport-insatser")
    egen.sida.get_by_role("navigation", name="Byt nivå").get_by_role("link", name="Trampolin").click()
    assert [rad[0] for rad in egen.tabell("Registrering")] == ["Trampolin"]


def test_a_filter_without_meaning_is_disabled_and_without_javascript_it_is_told(egen, fonster, forbund):
    egen.oppna("/rapporter/deltagare/")
    sida = egen.sida
    sida.get_by_label("Nivå", exact=True).select_option("riket")
    assert sida.get_by_label("Samverkansorganisation", exact=True).is_disabled()
    sida.get_by_label("Nivå", exact=True).select_option("lan")
    assert sida.get_by_label("Län", exact=True).is_enabled()
    assert sida.get_by_label("Samverkansorganisation", exact=True).is_disabled()
    sida.get_by_text("Fler urval").click()
    sida.get_by_label("Rapporttyp").select_option("tid")
    assert sida.get_by_label("Deltagarstatus").is_disabled()
    sida.get_by_label("Rapporttyp").select_option("bakgrund")
    assert sida.get_by_label("Deltagarstatus").is_enabled()
    egen.granska("urval-deltagare")

    utan = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare, java_script_enabled=False)
    utan.oppna("/rapporter/insats/")
    utan.sida.get_by_label("Nivå", exact=True).select_option("riket")
    utan.sida.get_by_role("button", name="Skapa rapport").click()
    expect(utan.sida.get_by_text("Samverkans\u00adorganisation har då ingen betydelse")).to_be_visible()


def test_a_diagram_is_saved_as_svg_and_as_png(egen, forbund):
    egen.oppna(f"/rapporter/deltagare/?typ=bakgrund&fran=2011-01&till=2011-12&niva=organisation&organisation={forbund.pk}")
    with egen.sida.expect_download() as svg:
        egen.sida.get_by_role("link", name="Spara som SVG Ålder").click()
    with egen.sida.expect_download() as png:
        egen.sida.get_by_role("button", name="Spara som PNG Ålder").click()

    assert "Ålder vid start" in "".join(ElementTree.parse(svg.value.path()).getroot().itertext())
    assert png.value.suggested_filename.endswith("-2011-exakt-alder.png")
    assert png.value.suggested_filename.removesuffix("png") == svg.value.suggested_filename.removesuffix("svg")
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
