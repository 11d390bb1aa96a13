"""Registrera deltagare in a browser while folkbokföringen is away, and too many look-ups; the number of an uppdrag."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.conftest import med_riktiga_transaktioner
from tests.deltagare.register import register  # noqa: F401  # fixture
from tests.factories import HamtningFactory, InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def uppdrag():
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(namn="Hjortmossen"))


def oppna_registrera(webb, uppdrag):
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={uppdrag.insats_id}")
    sida.get_by_text("Deltagaren har skrivit under samtycket").click()
    sida.get_by_label("Datum för underskriften").fill("2011-11-30")
    sida.get_by_label("Personnummer").fill("196209019808")
    return sida


def test_the_user_goes_on_by_hand_when_the_register_is_away(fonster, uppdrag, register):  # noqa: F811
    register.satt = ["503"]
    webb = fonster(uppdrag.anvandare)
    sida = oppna_registrera(webb, uppdrag)
    sida.get_by_label("Startdag").fill("2011-12-05")

    sida.get_by_role("button", name="Hämta").click()
    sida.wait_for_selector("text=Folkbokföringen svarar inte just nu.")
    webb.granska("registrera-utan-folkbokforing")
    webb.skriv("Alma Testsson")  # where the page has put the cursor
    webb.tangenter("Tab")
    webb.skriv("Trollh")
    assert sida.get_by_label("Startdag").input_value() == "2011-12-05"
    sida.get_by_label("Utbildningsnivå").select_option("gymnasium")
    sida.get_by_label("Hur länge har deltagaren haft behov").select_option("3")
    sida.get_by_text("Sjukpenning").first.click()
    for fraga in sida.get_by_text("Nej", exact=True).all():
        fraga.click()
    sida.get_by_role("button", name="Spara", exact=True).click()
    sida.wait_for_selector("text=Deltagaren är registrerad.")
    webb.granska("deltagare-att-kontrollera")

    rad = Deltagande.objects.get()
    assert (rad.kommun_id, rad.att_kontrollera) == ("1488", True)


def test_too_many_look_ups_are_told_at_the_field_and_nothing_typed_is_lost(fonster, uppdrag):
    HamtningFactory.create_batch(30, anvandare=uppdrag.anvandare, insats=uppdrag.insats)
    webb = fonster(uppdrag.anvandare)
    sida = oppna_registrera(webb, uppdrag)

    sida.get_by_role("button", name="Hämta").click()

    sida.wait_for_selector("text=Du har hämtat så många personer som du får på en timme, 30.")
    assert sida.get_by_label("Personnummer").input_value() == "196209019808"
    webb.granska("registrera-for-manga")


def test_the_number_of_an_uppdrag_is_changed_from_the_list(fonster, uppdrag):
    ansvarig = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=uppdrag.insats.samverkansorganisation).anvandare
    webb = fonster(ansvarig)
    sida = webb.oppna(reverse("insatser:uppdrag_ge", args=[uppdrag.insats_id]))
    webb.granska("deltagaransvariga-hamtningar")

    sida.get_by_role("link", name="ändra hämtningar per timme").click()
    sida.get_by_label("Hämtningar per timme").fill("120")
    webb.granska("hamtningar-per-timme")
    sida.get_by_role("button", name="Spara").click()

    sida.wait_for_selector("td:has-text('120')")
    uppdrag.refresh_from_db()
    assert uppdrag.hamtningar_per_timme == 120
