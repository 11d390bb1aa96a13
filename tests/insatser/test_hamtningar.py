"""How many persons a deltagaransvarig may ask for in an hour: given with the uppdrag, and changed later."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions import andra_hamtningar
from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from sus.core.regelbrott import Regelbrott
from tests.factories import BehorighetFactory, IngaendeOrganisationFactory, InsatsFactory, UppdragFactory

ETIKETT = "Hämtningar per timme"


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


@pytest.fixture
def kandidat(insats):
    behorighet = BehorighetFactory(roll=Roll.DELTAGARANSVARIG)
    IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, organisation=behorighet.anvandare.arbetsgivare)
    return behorighet


@pytest.fixture
def uppdrag(insats):
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats)


def skicka(klient, adress, **falt):
    return klient.post(adress, {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""} | falt)


def andra(klient, uppdrag, tal):
    return skicka(klient, reverse("insatser:uppdrag_andra", args=[uppdrag.pk]), hamtningar_per_timme=tal)


@pytest.mark.parametrize(("ifyllt", "blir", "visas"), [("120", 120, ">120<span"), ("", None, ">30<span")])
def test_the_number_is_given_with_the_uppdrag_and_stands_in_the_list(ansvarig, insats, kandidat, ifyllt, blir, visas):
    adress = reverse("insatser:uppdrag_ge", args=[insats.pk])
    assert ETIKETT in ansvarig.get(adress).text

    skicka(ansvarig, adress, anvandare=[kandidat.anvandare.pk], fran=str(timezone.localdate()), hamtningar_per_timme=ifyllt)

    assert Uppdrag.objects.get(insats=insats).hamtningar_per_timme == blir
    assert Handelse.objects.get(typ="uppdrag_givet").detaljer.get("hamtningar_per_timme") == blir
    assert visas in ansvarig.get(adress).text


def test_the_number_is_given_from_the_behorighet_too(ansvarig, insats, kandidat):
    adress = reverse("behorigheter:uppdrag_till", args=[kandidat.pk])

    skicka(ansvarig, adress, platser=[insats.pk], fran=str(timezone.localdate()), hamtningar_per_timme="5")

    assert Uppdrag.objects.get(insats=insats).hamtningar_per_timme == 5


def test_other_roles_have_no_such_number(inloggad, insats):
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)
    BehorighetFactory(roll=Roll.INSATSANSVARIG)
    adress = reverse("organisations:uppdrag_ge", args=[insats.samverkansorganisation_id, "insatsansvarig"])

    assert ETIKETT not in klient.get(adress).text
    with pytest.raises(IntegrityError, match="uppdrag_hamtningar_for_deltagaransvarig"), transaction.atomic():
        UppdragFactory(roll=Roll.INSATSANSVARIG, hamtningar_per_timme=50)


def test_the_number_is_changed_and_taken_away_again_with_a_row_in_the_log(ansvarig, insats, uppdrag):
    svar = andra(ansvarig, uppdrag, "200")
    andra(ansvarig, uppdrag, "")

    assert svar.url == reverse("insatser:uppdrag_ge", args=[insats.pk])
    rader = Handelse.objects.filter(typ="uppdrag_andrat").order_by("pk")
    assert [(rad.anvandare_id, rad.objekt) for rad in rader] == [(ansvarig.anvandare.pk, f"insatser.Insats:{insats.pk}")] * 2
    assert [(rad.detaljer["fore"], rad.detaljer["hamtningar_per_timme"]) for rad in rader] == [(None, 200), (200, None)]
    uppdrag.refresh_from_db()
    assert uppdrag.hamtningar_per_timme is None


def test_the_same_number_again_leaves_no_row_in_the_log(ansvarig, uppdrag):
    andra(ansvarig, uppdrag, "")

    assert not Handelse.objects.filter(typ="uppdrag_andrat").exists()


@pytest.mark.parametrize("tal", ["0", "501", "många"])
def test_only_a_number_between_1_and_500_is_accepted(ansvarig, uppdrag, tal):
    svar = andra(ansvarig, uppdrag, tal)

    assert list(svar.context["form"].errors) == ["hamtningar_per_timme"]
    uppdrag.refresh_from_db()
    assert uppdrag.hamtningar_per_timme is None


def test_nobody_changes_the_own_number_nor_one_in_another_samverkansorganisation(ansvarig, insats, inloggad):
    frammande = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory())
    deltagaransvarig = inloggad(Roll.DELTAGARANSVARIG, insats)

    assert andra(ansvarig, frammande, "500").status_code == 404
    assert andra(deltagaransvarig, deltagaransvarig.anvandare.uppdrag.get(), "500").status_code == 403
    assert not Uppdrag.objects.exclude(hamtningar_per_timme=None).exists()


def test_an_uppdrag_that_has_ended_is_not_changed(uppdrag):
    uppdrag.till = timezone.localdate() - timedelta(days=1)
    uppdrag.save()

    with pytest.raises(Regelbrott, match="redan avslutat"):
        andra_hamtningar(uppdrag=uppdrag, hamtningar_per_timme=40, by=None)
