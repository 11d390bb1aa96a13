"""Somebody else's account is not taken over through a new e-mail address, nor past the issuer that knows the person."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.bestallning import fornya_behorigheter, utfarda_bestallning
from behorigheter.aktivering import aktiveringslank
from behorigheter.roller import Roll
from tests.factories import AnvandareFactory, BehorighetFactory, OverenskommelseFactory

pytestmark = pytest.mark.django_db
NY_ADRESS = "nagon.annan@example.com"
GAMMAL_ADRESS = "vera@example.com"


@pytest.fixture
def vera():
    """A deltagaransvarig without a password of her own."""
    vera = AnvandareFactory.build(arbetsgivare=OverenskommelseFactory().organisation, epost=GAMMAL_ADRESS)
    vera.set_unusable_password()
    vera.save()
    BehorighetFactory(anvandare=vera, roll=Roll.DELTAGARANSVARIG)
    return vera


def knyt(anvandare):
    anvandare.utgivare, anvandare.amne = "https://utgivare.example", "vera-1"
    anvandare.save(update_fields=["utgivare", "amne"])


def fornya(anvandare, epost):
    bestallare = BehorighetFactory(anvandare__arbetsgivare=anvandare.arbetsgivare, roll=Roll.BESTALLARE).anvandare
    utfardare = BehorighetFactory(anvandare__arbetsgivare__typ="fk", roll=Roll.UTFARDARE).anvandare
    till = timezone.localdate() + timedelta(days=700)
    bestallning = fornya_behorigheter(
        anvandare=anvandare, roller=[Roll.DELTAGARANSVARIG], till=till, epost=epost, telefon="070-000 00 00", by=bestallare
    )
    utfarda_bestallning(bestallning=bestallning, by=utfardare)


def brev_till(adress):
    return [brev for brev in mail.outbox if brev.to == [adress]]


def test_who_logs_in_at_the_issuer_is_sent_no_way_to_a_password(vera, django_capture_on_commit_callbacks):
    knyt(vera)

    with django_capture_on_commit_callbacks(execute=True):
        fornya(vera, NY_ADRESS)

    [brev] = brev_till(NY_ADRESS)
    assert "/konto/losenord/valj/" not in brev.body
    assert aktiveringslank(vera) == ""


def test_who_logs_in_at_the_issuer_gets_no_password_by_saying_that_it_is_forgotten(vera, klient):
    knyt(vera)

    svar = klient.post(reverse("account_reset_password"), {"email": GAMMAL_ADRESS})

    assert svar.headers["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_who_has_not_chosen_a_password_yet_can_be_sent_a_new_link(vera, klient):
    klient.post(reverse("account_reset_password"), {"email": GAMMAL_ADRESS})

    assert "/konto/losenord/valj/" in mail.outbox[0].body


def test_the_old_address_is_told_when_an_order_changes_it(vera, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fornya(vera, NY_ADRESS)

    [brev] = brev_till(GAMMAL_ADRESS)
    assert brev.subject == "Din e-postadress i SUS är ändrad"
    assert NY_ADRESS not in brev.body  # whoever reads the old address need not know the new one
    vera.refresh_from_db()
    assert vera.epost == NY_ADRESS


def test_nobody_is_told_of_an_address_that_stays(vera, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        fornya(vera, GAMMAL_ADRESS)

    assert [brev.subject for brev in brev_till(GAMMAL_ADRESS)] == ["Behörighet till SUS är utfärdad"]
