"""What one chooses among stands in Swedish order."""

import re

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from tests.factories import InsatsFactory, UppdragFactory

NAMN = ["Zebran", "Ångbåten", "Äpplet", "Ödlan"]


@pytest.fixture
def klient_med_flera(inloggad):
    forsta, *andra = (InsatsFactory(namn=namn) for namn in reversed(NAMN))
    client = inloggad(Roll.DELTAGARANSVARIG, forsta)
    for insats in andra:
        UppdragFactory(anvandare=client.anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats)
    return client


def test_the_insatser_to_search_in(klient_med_flera):
    sida = klient_med_flera.get(reverse("deltagare:sok")).text

    assert re.findall(r'<option value="\d+">(\w+)', sida)[: len(NAMN)] == NAMN


def test_the_insatser_to_register_in(klient_med_flera):
    sida = klient_med_flera.get(reverse("deltagare:registrera"))

    assert [str(insats) for insats in sida.context["insatser"]] == NAMN


def test_the_kommuner_that_are_chosen_by_hand(klient_da, insats):
    form = klient_da.get(reverse("deltagare:registrera"), {"insats": insats.pk}).context["form"]

    namn = [kommun.kortnamn for kommun in form.fields["kommun"].queryset]
    assert [ett for ett in namn if ett in {"Ystad", "Åmål", "Älmhult", "Örebro"}] == ["Ystad", "Åmål", "Älmhult", "Örebro"]
