"""The pages of insatser, as the roles see them."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from tests.factories import InsatsBudgetFactory, InsatsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen")


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


def adress(namn, insats):
    return reverse(f"insatser:{namn}", args=[insats.pk])


@pytest.mark.parametrize("namn", ["detail", "update", "delete", "budget", "volym", "uppdrag_ge"])
def test_every_page_of_an_insats_opens_for_its_insatsansvarig(ansvarig, insats, namn):
    InsatsBudgetFactory(insatsar__insats=insats, insatsar__ar=2026)

    svar = ansvarig.get(adress(namn, insats))

    assert svar.status_code == 200
    assert "Hjortmossen" in svar.text


def test_list(ansvarig, insats):
    assert "Hjortmossen" in ansvarig.get(reverse("insatser:list")).text
    assert "Förberedande" in ansvarig.get(reverse("insatser:create")).text
