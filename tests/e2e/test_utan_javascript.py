"""Registering in and out in a browser without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def webb(fonster):
    insats = InsatsFactory(namn="Hjortmossen")
    nytt = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare, java_script_enabled=False)
    nytt.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    return nytt


def klicka(sida, *id_):
    for ett in id_:
        sida.click(f"label[for=id_{ett}]")


def registrera_in(sida):
    klicka(sida, "samtycke_finns")
    sida.fill("#id_samtycke_datum", "2011-01-15")
    sida.fill("#id_personnummer", "196209019808")
    sida.click("button[name=hamta]")
    expect(sida.locator("#hamtat")).to_contain_text("Alma Testsson", use_inner_text=True)
    sida.fill("#id_startdatum", "2011-02-01")
    sida.select_option("#id_utbildning", "gymnasium")
    sida.select_option("#id_tid_forsorjning", "3")
    klicka(sida, "forsorjning_fore_0", "af_fore_1", "arbetar_fore_1", "studerar_fore_1")
    sida.press("#id_startdatum", "Enter")
    sida.wait_for_selector("text=Deltagaren är registrerad.")


def test_a_participant_is_registered_in_and_out(webb):
    sida = webb.sida
    registrera_in(sida)

    sida.click("main >> text=Registrera ut")
    klicka(sida, "forsorjning_efter_3", "af_efter_0", "arbetar_efter_0", "studerar_efter_1")
    sida.fill("#id_arbete_efter", "50")
    klicka(sida, "arbetstyp_efter_1")
    sida.fill("#id_slutdatum", "2011-11-30")
    sida.press("#id_slutdatum", "Enter")
    expect(sida).to_have_title(re.compile("^Fel: "))
    expect(sida.locator("#id_arbete_efter")).to_have_value("50")
    sida.select_option("#id_avslutningsanledning", "1")
    sida.press("#id_slutdatum", "Enter")
    sida.wait_for_selector("text=Deltagaren är utregistrerad.")

    rad = Deltagande.objects.get()
    assert (rad.avslutningsanledning, rad.mattillfallen.count()) == (1, 2)


def test_a_withdrawal_is_asked_about_and_carried_out(webb):
    sida = webb.sida
    registrera_in(sida)

    sida.click("main >> text=Registrera ut")
    sida.select_option("#id_avslutningsanledning", "6")
    sida.press("#id_slutdatum", "Enter")
    sida.click("button:has-text('Ta bort uppgifterna')")
    sida.wait_for_selector("text=Samtycket är återtaget")

    assert not Deltagande.objects.exists()
