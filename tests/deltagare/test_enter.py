"""Enter on Registrera deltagare: it fetches while the person is all there is, and saves afterwards."""

import pytest
from django.urls import reverse

from behorigheter.models import Inskickat
from deltagare.models import Deltagande
from tests.deltagare.conftest import inregistrering

TOMT = dict.fromkeys(["startdatum", "utbildning", "tid_forsorjning", "forsorjning_fore", "af_fore", "arbetar_fore", "studerar_fore"])


@pytest.fixture
def enter(klient_da, insats):
    adress = f"{reverse('deltagare:registrera')}?insats={insats.pk}"
    return lambda **falt: klient_da.post(adress, inregistrering(**{"spara": "enter"} | falt))


def test_enter_fetches_while_the_person_is_all_there_is(enter):
    svar = enter(**TOMT)

    form = svar.context["form"]
    assert form.personnamn == "Alma Testsson"
    assert not form.errors
    assert form.fields["startdatum"].widget.attrs["autofocus"]
    assert not Inskickat.objects.exists()


def test_enter_once_more_says_what_is_missing(enter):
    bevis = enter(**TOMT).context["form"].hamtningsbevis

    assert "startdatum" in enter(**TOMT, hamtat=bevis).context["form"].errors


def test_enter_with_something_more_filled_in_saves_or_says_what_is_missing(enter):
    assert "utbildning" in enter(**TOMT | {"startdatum": "2011-12-05"}).context["form"].errors
    enter()

    assert Deltagande.objects.count() == 1


def test_the_button_spara_always_says_what_is_missing(enter):
    assert "startdatum" in enter(**TOMT, spara="").context["form"].errors


def test_enter_fetches_nobody_without_samtycke(enter):
    form = enter(**TOMT, samtycke_finns=None).context["form"]

    assert list(form.errors) == ["samtycke_finns"]
    assert form.personnamn == ""


def test_enter_in_an_empty_form_says_what_is_missing(enter):
    assert {"samtycke_finns", "personnummer", "startdatum"} <= enter(
        **TOMT, personnummer="", samtycke_finns=None, samtycke_datum=""
    ).context["form"].errors.keys()
