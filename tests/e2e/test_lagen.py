"""Pages in other states than the everyday one: in the dark, refused, not found, in conflict, and after the session has ended."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from insatser.models import InsatsAr
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def karin():
    """A deltagaransvarig who is insatsansvarig too."""
    insats = InsatsFactory(namn="Hjortmossen")
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), budget=3_000_000, utfall=2_800_000)
    DeltagandeFactory.create_batch(3, insats=insats)
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    UppdragFactory(anvandare=anvandare, roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation)
    return anvandare


@pytest.fixture
def birgitta(karin):
    """The samverkansadministratör, who alone reaches the budget; nobody holds both her role and karin's."""
    organisation = Deltagande.objects.first().insats.samverkansorganisation
    return UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=organisation).anvandare


def vanligaste_sidorna():
    insats = Deltagande.objects.first().insats
    organisation = insats.samverkansorganisation_id
    period = f"fran=2011-01&till=2011-12&niva=organisation&organisation={organisation}"
    return {
        "start": "/",
        "registrera": f"{reverse('deltagare:registrera')}?insats={insats.pk}",
        "sok": f"{reverse('deltagare:sok')}?insats={insats.pk}",
        "ut": reverse("deltagare:ut", args=[Deltagande.objects.first().pk]),
        "budget": f"{reverse('organisations:budget', args=[organisation])}?ar=2011",
        "deltagarrapport": f"{reverse('rapporter:rapport', args=['deltagare'])}?typ=bakgrund&{period}",
    }


def test_the_most_used_pages_in_the_dark(fonster, karin, birgitta):
    hennes, administratorens = fonster(karin, color_scheme="dark"), fonster(birgitta, color_scheme="dark")

    for namn, adress in vanligaste_sidorna().items():
        webb = administratorens if namn == "budget" else hennes
        webb.oppna(adress)
        webb.granska(f"morkt-{namn}")
        assert webb.sida.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_faults_in_the_dark(fonster, karin):
    webb = fonster(karin, color_scheme="dark")
    webb.oppna(vanligaste_sidorna()["registrera"])

    webb.hand.tryck("Spara")

    webb.granska_fel("morkt-registrera-fel", "Välj utbildningsnivå.")


def test_a_page_that_the_role_does_not_give(fonster):
    webb = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)
    webb.vantar_sig(403)
    svar = webb.sida.goto(reverse("organisations:create"))

    assert svar.status == 403
    webb.granska("fel-403")


def test_a_page_that_does_not_exist(fonster, karin):
    webb = fonster(karin)
    webb.vantar_sig(404)
    svar = webb.sida.goto("/insats/4711/")

    assert svar.status == 404
    webb.granska("fel-404")


def test_the_conflict_page_keeps_what_was_typed(fonster, karin):
    insats = Deltagande.objects.first().insats
    webb = fonster(karin)
    sida = webb.oppna(f"{reverse('insatser:budget', args=[insats.pk])}?ar=2011")
    InsatsAr.objects.filter(insats=insats).update(version=9, planerat_antal=60)

    webb.hand.fyll("Planerat antal", "45")
    webb.hand.enter()

    expect(sida.locator("h1")).to_have_text("Någon annan har ändrat uppgifterna", use_inner_text=True)
    expect(sida.locator("[name=planerat_antal]")).to_have_value("45")
    webb.granska("konflikt")


def test_a_form_sent_after_the_session_has_ended_saves_nothing_and_keeps_what_was_typed(fonster, karin):
    webb = fonster(karin)
    sida = webb.oppna(vanligaste_sidorna()["registrera"])
    webb.hand.fyll("Personnummer", "196209019808")
    webb.sammanhang.clear_cookies(name="sus")

    webb.hand.enter()

    expect(sida.locator("h1")).to_have_text("Du är utloggad", use_inner_text=True)
    expect(sida.locator("[name=personnummer]")).to_have_value("196209019808")
    assert Deltagande.objects.count() == 3
