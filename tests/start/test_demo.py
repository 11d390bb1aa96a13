"""The step-in page of the demo, and that none of it exists outside the demo."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from sus.start.demo.anvandare import DEMOANVANDARE
from tests.factories import AnvandareFactory, BehorighetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def karin():
    anvandare = AnvandareFactory(anvandarnamn="deltagaransvarig", fornamn="Karin", efternamn="Berg")
    BehorighetFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG)
    return anvandare


def test_the_page_lists_the_made_up_users_that_exist(klient, karin):
    svar = klient.get(reverse("start:demo"))

    assert "Karin Berg" in svar.text
    assert "Registrera en deltagare in och ut" in svar.text
    assert "Birgitta Lundqvist" not in svar.text


def test_a_press_on_the_button_logs_in(klient, karin):
    svar = klient.post(reverse("start:demo_logga_in", args=["deltagaransvarig"]))

    assert svar.headers["Location"] == "/"
    assert klient.session["_auth_user_id"] == str(karin.pk)
    assert Handelse.objects.get().typ == Handelse.Typ.INLOGGAD


def test_the_page_proposes_the_walks_whose_users_exist(klient, karin):
    svar = klient.get(reverse("start:demo"))

    assert "Registrera en deltagare på under en minut" in svar.text
    assert "Följ pengarna" not in svar.text


def test_a_walk_begins_on_its_page(klient, karin):
    svar = klient.post(reverse("start:demo_logga_in", args=["deltagaransvarig"]), {"vandring": "registrera"})

    assert svar.headers["Location"] == reverse("deltagare:registrera")


@pytest.mark.parametrize("nyckel", ["rapport", "//example.com", ""])
def test_a_walk_of_somebody_else_begins_on_the_start_page(klient, karin, nyckel):
    svar = klient.post(reverse("start:demo_logga_in", args=["deltagaransvarig"]), {"vandring": nyckel})

    assert svar.headers["Location"] == "/"


def test_a_get_does_not_log_in(klient, karin):
    klient.get(reverse("start:demo_logga_in", args=["deltagaransvarig"]))

    assert "_auth_user_id" not in klient.session


@pytest.mark.parametrize("anvandarnamn", ["riktig", "finns_inte"])
def test_nobody_but_the_made_up_users_can_be_stepped_into(klient, anvandarnamn):
    AnvandareFactory(anvandarnamn="riktig")

    svar = klient.post(reverse("start:demo_logga_in", args=[anvandarnamn]))

    assert svar.status_code == 404
    assert "_auth_user_id" not in klient.session


def test_outside_the_demo_nothing_of_it_works(klient, karin, settings):
    settings.DEMO = False

    sida = klient.get(reverse("start:demo"))
    inloggning = klient.post(reverse("start:demo_logga_in", args=["deltagaransvarig"]))

    assert (sida.status_code, inloggning.status_code) == (404, 404)
    assert "_auth_user_id" not in klient.session
    assert "Prova med en påhittad" not in klient.get(reverse("account_login")).text


def test_the_login_page_of_the_demo_leads_to_the_step_in_page(klient):
    assert f'href="{reverse("start:demo")}"' in klient.get(reverse("account_login")).text


@pytest.mark.parametrize(("pa", "koder"), [(True, ["sus.W001"]), (False, [])])
def test_the_deploy_check_warns_when_the_demo_is_on(settings, pa, koder):
    settings.DEMO = pa

    varningar = run_checks(tags=["security"], include_deployment_checks=True)

    assert [varning.id for varning in varningar if varning.id.startswith("sus.")] == koder


def test_every_role_has_a_made_up_user_named_by_its_slug():
    namn = {person.anvandarnamn: person.roll for person in DEMOANVANDARE}

    assert {str(roll): roll for roll in Roll} == {slug: namn[slug] for slug in Roll.values}
