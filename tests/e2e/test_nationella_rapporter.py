"""Rapportpaket, nationell rapport and Regeringsunderlag in a browser, at both widths."""

import pytest

from behorigheter.roller import Roll
from insatser.models import Insats
from tests.conftest import med_riktiga_transaktioner
from tests.factories import ArsredogorelseFactory, BehorighetFactory, SamverkansorganisationFactory, UppdragFactory
from tests.rapporter import trollhattan

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


def test_a_samverkansadministrator_makes_the_years_package_and_the_version_to_hand_out(fonster):
    forbund = trollhattan.lagg_upp()
    ArsredogorelseFactory(
        insats=Insats.objects.get(namn="Hjortmossen"), ar=2011, klar=True, rubrik="Ett gott år", text="Vi träffades ofta."
    )
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)

    webb.oppna("/rapporter/paket/")
    webb.granska("rapportpaket-tom")
    webb.sida.get_by_label("Från månad").fill("2011-01")
    webb.sida.get_by_role("button", name="Skapa rapport").click()
    webb.granska("rapportpaket-ar")
    assert webb.tabell("Utbildning")
    webb.sida.get_by_role("link", name="Visa skyddad version att dela ut").click()
    webb.granska("rapportpaket-skyddat")
    assert webb.sida.get_by_text("Får spridas").count()
    webb.sida.get_by_label("Paket för").select_option("tertial")
    webb.sida.get_by_label("Från månad").fill("2011-02")
    webb.sida.get_by_role("button", name="Skapa rapport").click()
    webb.granska_fel("rapportpaket-fel", "Ett tertial börjar i januari, maj eller september.")


def test_everybody_sorts_the_national_table_and_shares_the_address(fonster):
    trollhattan.lagg_upp()
    SamverkansorganisationFactory(namn="Arjeplog", samverkansform="finsam")
    webb = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)

    webb.oppna("/rapporter/nationell/?fran=2011-01&till=2011-12")
    webb.granska("nationell")
    tabell = "Samverkansorganisationer januari–december 2011"
    assert [rad[0] for rad in webb.tabell(tabell)] == ["Arjeplog", trollhattan.NAMN]
    webb.sida.locator("table", has_text=tabell).get_by_role("link", name="Antal", exact=True).click()
    webb.granska("nationell-sorterad")
    assert [rad[0] for rad in webb.tabell(tabell)] == [trollhattan.NAMN, "Arjeplog"]
    assert "sortera=-antal" in webb.sida.url


def test_the_analyst_says_why_and_makes_the_regeringsunderlag(fonster):
    trollhattan.lagg_upp()
    webb = fonster(BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare)

    webb.oppna("/rapporter/regeringsunderlag/?ar=2011")
    webb.granska_fel("regeringsunderlag-fel", "Skriv vad uppgifterna ska användas till.")
    webb.sida.get_by_label("Ändamål").fill("Rapport till regeringen")
    webb.sida.get_by_role("button", name="Skapa rapport").click()
    webb.granska("regeringsunderlag")
    assert webb.tabell("Förbund med ofullständiga uppgifter")[0][0] == trollhattan.NAMN
