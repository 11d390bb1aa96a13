"""A deltagande leaves SUS, in a browser: withdrawn samtycke with its receipt, and felregistrering alone and by two."""

from pathlib import Path

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.actions.borttagning import SJALV_PER_DAG, felregistrera
from deltagare.models import Deltagande
from tests.conftest import med_riktiga_transaktioner
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Trollhättan, Lilla Edet och Grästorp")


def deltagaransvarig(insats, fornamn):
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__fornamn=fornamn).anvandare


def deltagande(insats, namn):
    rad = DeltagandeFactory(insats=insats, person=PersonFactory(namn_klartext=namn))
    SamtyckeFactory(deltagande=rad)
    return rad


@pytest.mark.parametrize("javascript", [True, False])
def test_the_participant_withdraws_and_gets_a_receipt(fonster, insats, javascript, tmp_path):
    webb = fonster(deltagaransvarig(insats, "Karin"), java_script_enabled=javascript)
    rad = deltagande(insats, "Elsa Testexempel")
    sida = webb.oppna(rad.get_absolute_url())

    sida.click("text=Deltagaren återtar samtycket")
    sida.wait_for_selector("h1:has-text('Deltagaren återtar sitt samtycke')")
    if javascript:
        webb.granska("aterta")
    sida.click("text=Ta bort uppgifterna")
    sida.wait_for_selector("h1:has-text('Kvitto till deltagaren')")
    with sida.expect_download() as hamtning:
        sida.click("text=Hämta kvittot (PDF)")
    hamtning.value.save_as(tmp_path / "kvitto.pdf")

    webb.har_kvittot("Samtycket är återtaget.")
    if javascript:
        webb.granska("kvitto")
    assert "Elsa" not in sida.inner_text("main")
    assert Path(tmp_path / "kvitto.pdf").read_bytes().startswith(b"%PDF-")
    assert not Deltagande.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_felregistrering_is_confirmed_with_words(fonster, insats, javascript):
    webb = fonster(deltagaransvarig(insats, "Karin"), java_script_enabled=javascript)
    rad = deltagande(insats, "Elsa Testexempel")
    sida = webb.oppna(rad.get_absolute_url())
    sida.click("text=Ta bort en felregistrering")
    sida.fill("#id_bekraftelse", "ja")
    sida.press("#id_bekraftelse", "Enter")
    sida.wait_for_selector("text=Skriv orden ”ta bort”, inget annat.")
    if javascript:
        webb.granska_fel("felregistrera-fel", "Skriv orden ”ta bort”, inget annat.")

    sida.fill("#id_bekraftelse", "ta bort")
    sida.press("#id_bekraftelse", "Enter")
    sida.wait_for_selector("h1:has-text('Sök deltagare')")

    webb.har_kvittot("Uppgifterna om deltagaren är borttagna ur SUS.")
    assert not Deltagande.objects.exists()


def test_the_sixth_of_a_day_is_approved_by_a_colleague(fonster, insats):
    karin, omar = deltagaransvarig(insats, "Karin"), deltagaransvarig(insats, "Omar")
    for _ in range(SJALV_PER_DAG):
        felregistrera(deltagande=deltagande(insats, "Hugo Testsson"), by=karin)
    rad = deltagande(insats, "Elsa Testexempel")

    webb = fonster(karin)
    sida = webb.oppna(reverse("deltagare:felregistrera", args=[rad.pk]))
    webb.granska("felregistrera-fler")
    sida.fill("#id_bekraftelse", "ta bort")
    sida.press("#id_bekraftelse", "Enter")
    sida.wait_for_selector("text=Begäran är sparad.")
    webb.granska("felregistrering-begard")
    sida.click("text=Till begäran")
    webb.granska("felregistrering-egen")
    webb.stang()

    kollega = fonster(omar)
    sida = kollega.oppna(rad.get_absolute_url())
    sida.click("text=Till begäran")
    kollega.granska("felregistrering-avgor")
    sida.click("text=Ta bort uppgifterna ur SUS.")
    sida.click(".button-group button[name=spara]")
    sida.wait_for_selector("h1:has-text('Sök deltagare')")

    kollega.har_kvittot("Uppgifterna om deltagaren är borttagna ur SUS.")
    assert not Deltagande.objects.exists()
