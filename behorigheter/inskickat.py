"""Idempotency: the same form sent twice, or ten times at once, changes something once."""

from datetime import timedelta

from django.utils import timezone

from behorigheter.models import Inskickat

# Longer than a login lasts, and with it the page that a form came from. A receipt tells who did something where and when.
SPARAS = timedelta(days=1)


def lamna_in(*, nyckel, by):
    """Take the form's key for this transaction.

    Returns (receipt, True) the first time and (receipt, False) when the form has already been saved. A parallel
    transaction with the same key waits here until the first one has ended. The user's old receipts are forgotten.
    """
    Inskickat.objects.filter(anvandare=by, tid__lt=timezone.now() - SPARAS).delete()
    Inskickat.objects.bulk_create([Inskickat(nyckel=nyckel, anvandare=by)], ignore_conflicts=True)
    kvitto = Inskickat.objects.select_for_update().get(nyckel=nyckel, anvandare=by)
    return kvitto, not kvitto.lank


def tidigare_inlamnat(*, nyckel, by):
    """The receipt of a form that has already been saved, or None."""
    return Inskickat.objects.filter(nyckel=nyckel, anvandare=by).exclude(lank="").first()


def glom_gamla() -> int:
    """Forget everybody's receipts that are older than SPARAS. Returns how many they were."""
    return Inskickat.objects.filter(tid__lt=timezone.now() - SPARAS).delete()[0]


def glom_lankar_till(rad):
    """Forget every receipt that leads to a page about a row that is no more."""
    Inskickat.objects.filter(lank__contains=str(rad.pk)).delete()
