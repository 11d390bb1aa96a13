"""Receipts of submitted forms: kept as long as a form can come a second time, then forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from behorigheter.inskickat import lamna_in
from behorigheter.models import Inskickat
from tests.factories import AnvandareFactory

pytestmark = pytest.mark.django_db


def inlamnat(by, sedan):
    """A receipt as old as `sedan`."""
    kvitto, _ = lamna_in(nyckel=uuid.uuid4(), by=by)
    Inskickat.objects.filter(pk=kvitto.pk).update(lank="/klar/", tid=timezone.now() - sedan)
    return kvitto


def test_receipts_older_than_a_day_are_forgotten_when_the_user_sends_the_next_form():
    anvandare = AnvandareFactory()
    gammalt, farskt = inlamnat(anvandare, timedelta(hours=25)), inlamnat(anvandare, timedelta(hours=23))

    nytt, _ = lamna_in(nyckel=uuid.uuid4(), by=anvandare)

    assert set(Inskickat.objects.all()) == {farskt, nytt}
    assert gammalt not in Inskickat.objects.all()


def test_the_receipts_of_others_stay():
    annans = inlamnat(AnvandareFactory(), timedelta(days=2))

    lamna_in(nyckel=uuid.uuid4(), by=AnvandareFactory())

    assert annans in Inskickat.objects.all()
