"""Giving and ending uppdrag."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions import avsluta_uppdrag, ge_uppdrag
from behorigheter.models import Uppdrag
from behorigheter.roller import Roll
from sus.core.regelbrott import Regelbrott
from tests.factories import BehorighetFactory, InsatsFactory, UppdragFactory

pytestmark = pytest.mark.django_db


def test_nobody_gives_oneself_an_uppdrag():
    insats = InsatsFactory()
    ansvarig = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare
    BehorighetFactory(anvandare=ansvarig, roll=Roll.DELTAGARANSVARIG)

    with pytest.raises(Regelbrott, match="dig själv"):
        ge_uppdrag(anvandare=ansvarig, objekt=insats, roll=Roll.DELTAGARANSVARIG, fran=timezone.localdate(), by=ansvarig)

    assert not Uppdrag.objects.filter(insats=insats).exists()


def test_a_manipulated_choice_of_oneself_is_refused_on_the_page(inloggad):
    insats = InsatsFactory()
    client = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    BehorighetFactory(anvandare=client.anvandare, roll=Roll.DELTAGARANSVARIG)

    client.post(
        reverse("insatser:uppdrag_ge", args=[insats.pk]),
        {"anvandare": [client.anvandare.pk], "fran": str(timezone.localdate()), "version": 0},
    )

    assert not Uppdrag.objects.filter(insats=insats).exists()


def test_ending_an_uppdrag_never_makes_it_longer():
    idag = timezone.localdate()
    uppdrag = UppdragFactory(till=idag + timedelta(days=10))

    with pytest.raises(Regelbrott, match="slutar redan"):
        avsluta_uppdrag(uppdrag=uppdrag, till=idag + timedelta(days=20), by=None)

    avsluta_uppdrag(uppdrag=uppdrag, till=idag, by=None)
    uppdrag.refresh_from_db()
    assert uppdrag.till == idag
