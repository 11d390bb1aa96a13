"""Two who register the same person at the same moment."""

import os

import pytest
from django.test import Client
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.actions.deltagande import V20
from deltagare.models import Deltagande, Person
from tests.conftest import med_riktiga_transaktioner
from tests.deltagare.conftest import inregistrering
from tests.factories import InsatsFactory, UppdragFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = med_riktiga_transaktioner
PAR = 200 if os.environ.get("SUS_ALLT") else 20


@pytest.fixture(autouse=True)
def _register(settings, tmp_path):
    fil = tmp_path / "register.csv"
    rader = [f"{provpersonnummer(nr)};Alma Testsson;1488;nej" for nr in range(PAR)]
    fil.write_text("\n".join(["personnummer;namn;kommun;skyddad", *rader]), encoding="utf-8")
    settings.FOLKBOKFORING = f"fil:{fil}"


def ansvarig(insats):
    """registrera(nr): the answer when a deltagaransvarig of the insats registers the nr:th person."""
    client = Client()
    client.force_login(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, hamtningar_per_timme=500).anvandare)
    adress = f"{reverse('deltagare:registrera')}?insats={insats.pk}"
    return lambda nr: client.post(adress, inregistrering(personnummer=provpersonnummer(nr)))


def test_in_one_insats_one_is_registered_and_the_other_is_told_why_not(samtidigt):
    insats = InsatsFactory()
    tva = [ansvarig(insats) for _ in range(2)]

    for par in range(PAR):
        svar = samtidigt(lambda vem, par=par: tva[vem](par), 2)

        ja, nej = sorted(svar, key=lambda ett: -ett.status_code)
        assert (ja.status_code, nej.status_code) == (302, 200), f"pair {par}"
        assert nej.context["form"].errors == {"startdatum": [V20]}, f"pair {par}"
        assert (Deltagande.objects.count(), Person.objects.count()) == (par + 1, par + 1)


def test_in_two_insatser_both_are_registered_as_one_person(samtidigt):
    tva = [ansvarig(InsatsFactory()) for _ in range(2)]

    for par in range(PAR):
        svar = samtidigt(lambda vem, par=par: tva[vem](par), 2)

        assert [ett.status_code for ett in svar] == [302, 302], f"pair {par}"
        assert (Deltagande.objects.count(), Person.objects.count()) == (2 * par + 2, par + 1)
