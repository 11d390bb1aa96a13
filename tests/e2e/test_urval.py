"""The selection of a report in a browser: the insatser are those of the chosen samverkansorganisation, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory, SamverkansorganisationFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
FALT = ("Nivå", "Samverkansorganisation", "Insats")


@pytest.fixture
def anvandare():
    """Has the uppdrag in Arvika, where Bron is; Kajutan is in Ånge."""
    bron, _ = (
        InsatsFactory(namn=insats, samverkansorganisation=SamverkansorganisationFactory(namn=namn))
        for insats, namn in (("Bron", "Arvika"), ("Kajutan", "Ånge"))
    )
    return UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=bron.samverkansorganisation).anvandare


def test_insatser_follow_the_organisation_and_what_is_typed_and_the_focus_stay(fonster, anvandare):
    webb = fonster(anvandare)
    sida = webb.oppna("/rapporter/insats/")
    niva, organisation, insats = (sida.get_by_role("combobox", name=namn, exact=True) for namn in FALT)
    sida.get_by_label("Från månad").fill("2011-03")
    niva.select_option("insats")
    assert insats.inner_text().split("\n") == ["Välj insats", "Bron"]

    organisation.focus()
    webb.tangenter("ArrowDown")

    expect(insats).to_have_text("Välj insats\nKajutan", use_inner_text=True)
    expect(organisation).to_be_focused()
    expect(insats).to_be_enabled()
    assert sida.get_by_label("Från månad").input_value() == "2011-03"
    webb.tangenter("Tab", "ArrowDown")
    assert insats.evaluate("falt => falt.selectedOptions[0].text") == "Kajutan"
    webb.granska("urval-insats")


def test_without_javascript_the_insats_of_another_organisation_is_told_and_the_right_list_is_shown(fonster, anvandare):
    webb = fonster(anvandare, java_script_enabled=False)
    sida = webb.oppna("/rapporter/insats/")
    niva, organisation, insats = (sida.get_by_role("combobox", name=namn, exact=True) for namn in FALT)
    niva.select_option("insats")
    organisation.select_option(label="Ånge")
    insats.select_option(label="Bron")
    sida.get_by_role("button", name="Skapa rapport").click()

    expect(sida.locator("#id_insats_error")).to_contain_text("Insatsen hör inte till vald samverkansorganisation.", use_inner_text=True)
    insats.select_option(label="Kajutan")
    sida.get_by_role("button", name="Skapa rapport").click()
    expect(sida.get_by_role("heading", name="Insatsrapport", level=2)).to_be_visible()
