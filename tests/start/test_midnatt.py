"""What the clock itself ends at midnight in Sweden, also while a form is open."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.models import Insats
from tests.factories import InsatsFactory, SamverkansorganisationFactory, UppdragFactory

pytestmark = pytest.mark.django_db

NATTER = [
    ("2012-06-15", "2012-06-15 23:59:50+02:00", "2012-06-16 00:00:10+02:00"),
    ("2012-01-15", "2012-01-15 23:59:50+01:00", "2012-01-16 00:00:10+01:00"),
    ("2012-03-24", "2012-03-24 23:59:50+01:00", "2012-03-25 00:00:10+01:00"),  # the clock is put forward this night
    ("2012-03-25", "2012-03-25 23:59:50+02:00", "2012-03-26 00:00:10+02:00"),
    ("2012-10-27", "2012-10-27 23:59:50+02:00", "2012-10-28 00:00:10+02:00"),  # the clock is put back this night
    ("2012-10-28", "2012-10-28 23:59:50+01:00", "2012-10-29 00:00:10+01:00"),
]


@pytest.mark.parametrize(("sista", "fore", "efter"), NATTER)
def test_a_form_opened_on_the_last_day_is_refused_after_midnight_and_what_was_typed_is_kept(inloggad, klockan, sista, fore, efter):
    klockan(fore)
    forbund = SamverkansorganisationFactory()
    client = inloggad(Roll.INSATSANSVARIG, forbund)
    client.anvandare.behorigheter.update(giltig_till=date.fromisoformat(sista))
    adress = reverse("insatser:create")
    sida = client.get(adress)
    antal = Handelse.objects.filter(typ="insats_skapad").count()

    klockan(efter)
    svar = client.post(
        adress,
        {"nyckel": str(uuid.uuid4()), "version": 0, "avsandare": sida.context["avsandare"], "namn": "Provinsatsen på trappan", "spara": ""},
    )

    assert sida.status_code == 200
    assert svar.status_code == 403
    assert "Du saknar behörighet till SUS" in svar.text
    assert "Provinsatsen på trappan" in svar.text
    assert not Insats.objects.exists()
    assert Handelse.objects.filter(typ="insats_skapad").count() == antal


def test_a_form_whose_uppdrag_ended_while_it_was_open_is_refused_and_what_was_typed_is_kept(inloggad):
    client = inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory())
    insats = InsatsFactory(samverkansorganisation=client.anvandare.uppdrag.get().samverkansorganisation, namn="Som det var")
    adress = reverse("insatser:update", args=[insats.pk])
    avsandare = client.get(adress).context["avsandare"]

    client.anvandare.uppdrag.update(aterkallat=timezone.now())
    svar = client.post(adress, {"nyckel": str(uuid.uuid4()), "version": 1, "avsandare": avsandare, "namn": "Provinsatsen på trappan"})

    insats.refresh_from_db()
    assert svar.status_code == 404
    assert "Provinsatsen på trappan" in svar.text
    assert "Skicka igen" in svar.text
    assert insats.namn == "Som det var"


def test_a_refused_form_that_was_not_made_for_the_user_is_not_shown_again(inloggad):
    svar = inloggad().post(reverse("insatser:create"), {"nyckel": str(uuid.uuid4()), "namn": "Provinsatsen på trappan"})

    assert svar.status_code == 403
    assert "Provinsatsen på trappan" not in svar.text
    assert "Skicka igen" not in svar.text


@pytest.mark.parametrize(("sista", "fore", "efter"), NATTER)
def test_an_uppdrag_holds_to_midnight_of_its_last_day(inloggad, klockan, sista, fore, efter):
    klockan(fore)
    insats = UppdragFactory(roll=Roll.DELTAGARANSVARIG).insats
    client = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    client.anvandare.uppdrag.update(till=date.fromisoformat(sista))
    adress = reverse("insatser:update", args=[insats.pk])

    fore_midnatt = client.get(adress).status_code
    klockan(efter)

    assert (fore_midnatt, client.get(adress).status_code) == (200, 404)
