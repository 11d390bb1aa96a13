"""Sök deltagare by a whole personnummer: inside the chosen insats, and saying nothing of any other place."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Hamtning
from tests.deltagare.conftest import ALMA, ELSA
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory

SAKNAS = "Ingen deltagare i insatsen har det personnumret."


@pytest.fixture
def alma():
    return PersonFactory(personnummer_klartext=ALMA, namn_klartext="Alma Testsson")


@pytest.fixture
def hitta(klient_da, insats):
    def _hitta(personnummer, i=insats):
        return klient_da.post(f"{reverse('deltagare:sok')}?insats={i.pk}", {"personnummer": personnummer})

    return _hitta


@pytest.mark.parametrize("skrivet", [ALMA, "19620901-9808"])
def test_who_takes_part_in_the_insats_is_found(hitta, insats, alma, skrivet):
    deltagande = DeltagandeFactory(insats=insats, person=alma)

    assert hitta(skrivet).headers["Location"] == deltagande.get_absolute_url()


def test_of_several_deltaganden_the_latest_is_opened_and_the_others_are_mentioned(hitta, insats, alma, klient_da):
    DeltagandeFactory(insats=insats, person=alma, avslutat=True)
    senaste = DeltagandeFactory(insats=insats, person=alma, startdatum="2012-02-01")

    svar = hitta(ALMA)

    assert svar.headers["Location"] == senaste.get_absolute_url()
    assert "Deltagaren har 2 deltaganden i insatsen." in klient_da.get(svar.headers["Location"]).text


def test_who_takes_part_elsewhere_is_answered_as_who_does_not_exist(hitta, klient_da, insats, alma):
    """Elsewhere: in another insats of the user's own, and in somebody else's."""
    egen = InsatsFactory()
    klient_da.anvandare.uppdrag.create(roll=Roll.DELTAGARANSVARIG, insats=egen, fran=timezone.localdate())
    DeltagandeFactory(insats=egen, person=alma)
    DeltagandeFactory(insats=InsatsFactory(), person=alma)

    finns, finns_inte = hitta(ALMA), hitta(ELSA)

    assert SAKNAS in finns.text
    assert _utan_engangstecken(finns, "19620901") == _utan_engangstecken(finns_inte, "19581026")
    spar = Handelse.objects.filter(typ=Handelse.Typ.PERSON_HAMTAD)
    assert [rad.logg_id for rad in spar] == [[], []]


def _utan_engangstecken(svar, fodelsetid):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", svar.text)
    return re.sub(rf"{fodelsetid}-?\d{{4}}", "", text)


def test_another_peoples_insats_cannot_be_searched(hitta, alma):
    frammande = InsatsFactory()
    DeltagandeFactory(insats=frammande, person=alma)

    assert hitta(ALMA, i=frammande).status_code == 404


@pytest.mark.parametrize(
    ("skrivet", "mening"),
    [
        ("", "Ange personnummer med 12 siffror."),
        ("6209019", "Ange personnummer med 12 siffror."),
        ("196209019809", "Personnumret är inte giltigt."),
    ],
)
def test_what_is_no_personnummer_is_not_looked_up(hitta, skrivet, mening):
    svar = hitta(skrivet)

    assert svar.context["personform"].errors == {"personnummer": [mening]}
    assert not Handelse.objects.filter(typ=Handelse.Typ.PERSON_HAMTAD).exists()
    assert not Hamtning.objects.exists()


def test_a_search_counts_among_the_look_ups_of_the_hour(hitta, insats, alma, klient_da):
    DeltagandeFactory(insats=insats, person=alma)
    for _ in range(30):
        Hamtning.objects.create(anvandare=klient_da.anvandare, insats=insats, traff=True)

    svar = hitta(ALMA)

    [mening] = svar.context["personform"].errors["personnummer"]
    assert mening.startswith("Du har hämtat så många personer som du får på en timme, 30.")
    assert not Handelse.objects.filter(typ=Handelse.Typ.PERSON_HAMTAD).exists()


def test_the_personnummer_comes_into_no_address(hitta, insats, alma):
    DeltagandeFactory(insats=insats, person=alma)

    assert "9808" not in hitta(ALMA).headers["Location"]
    formular = hitta(ELSA).text.partition('aria-label="Sök på personnummer"')
    assert 'method="post"' in formular[0].rpartition("<form")[2]
    assert 'name="csrfmiddlewaretoken"' in formular[2].partition("</form>")[0]
