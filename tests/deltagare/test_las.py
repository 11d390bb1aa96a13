"""Two pages that change the same deltagande at the same moment: one waits for the other, and neither fails."""

import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.forms.original import faltnamn
from deltagare.models import Deltagande, Rattelse
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.factories import DeltagandeFactory, SamtyckeFactory, UppdragFactory

pytestmark = med_riktiga_transaktioner
PAR = 10


@pytest.fixture
def skicka_original(insats):
    """skicka_original(client, deltagande, day) → the answer when its original is ticked as sent on the day."""

    def _skicka(klient, deltagande, dag="2012-01-09"):
        data = {"datum": dag, faltnamn(deltagande): "on", "nyckel": str(uuid.uuid4()), "version": "0"}
        return klient.post(f"{reverse('deltagare:original')}?insats={insats.pk}", data)

    return _skicka


def ansvarig(insats):
    klient = WebClient()
    klient.force_login(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    return klient


def test_an_original_and_a_withdrawal_at_once_both_get_an_answer(insats, samtidigt, skicka_original):
    en, annan = ansvarig(insats), ansvarig(insats)

    for par in range(PAR):
        deltagande = SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats)).deltagande

        def aterta(deltagande=deltagande):
            adress = reverse("deltagare:aterta", args=[deltagande.pk])
            return annan.post(adress, {"nyckel": str(uuid.uuid4()), "version": "0"})

        sidor = [lambda deltagande=deltagande: skicka_original(en, deltagande), aterta]
        svar = samtidigt(lambda nr, sidor=sidor: sidor[nr](), 2)

        assert svar[0].status_code in (200, 302), f"pair {par}"  # 200: nobody is left to tick
        assert (svar[1].status_code, Deltagande.objects.count()) == (302, 0), f"pair {par}"


def test_an_original_keeps_the_day_that_was_saved_first(insats, samtidigt, skicka_original):
    klienter = [ansvarig(insats), ansvarig(insats)]

    for par in range(PAR):
        deltagande = SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats)).deltagande

        samtidigt(lambda nr, deltagande=deltagande: skicka_original(klienter[nr], deltagande, f"2012-01-0{nr + 8}"), 2)

        assert Rattelse.objects.filter(deltagande=deltagande).count() == 1, f"pair {par}"
