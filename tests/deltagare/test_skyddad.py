"""Who becomes protected while somebody is registering leaves nothing behind, in drafts either."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.actions.kontroll import kontrollera_alla
from deltagare.forms.registrera import V16
from deltagare.models import Deltagande, Person, Utkast
from tests.deltagare.conftest import ALMA, ELSA, inregistrering
from tests.factories import InsatsFactory

SKYDDAD = {"status": "skyddad"}


def utkast_om(klient, insats, personnummer):
    """A draft that names the person, whom folkbokföringen has answered about."""
    adress = f"{reverse('deltagare:registrera')}?insats={insats.pk}"
    hamtad = klient.post(adress, inregistrering(personnummer=personnummer, spara=None, hamta=""))
    bevis = hamtad.context["form"].hamtningsbevis
    klient.post(adress, inregistrering(personnummer=personnummer, hamtat=bevis, spara=None, spara_utkast="ja"))
    assert Utkast.objects.get(anvandare=klient.anvandare).uppslag
    return adress, bevis


@pytest.mark.parametrize("knapp", ["hamta", "spara"])
def test_a_draft_about_who_has_become_protected_goes_when_the_register_says_so(klient_da, insats, register, fel, knapp):
    adress, bevis = utkast_om(klient_da, insats, ALMA)
    register.personer[ALMA] = SKYDDAD

    svar = klient_da.post(adress, inregistrering(hamtat=bevis, spara=None) | {knapp: ""})

    assert fel(svar)["personnummer"] == [V16]
    assert not Utkast.objects.exists()
    assert not svar.context["form"].hamtningsbevis


def test_a_draft_about_somebody_else_stays(klient_da, insats, register):
    adress, _ = utkast_om(klient_da, insats, ELSA)
    register.personer[ALMA] = SKYDDAD

    klient_da.post(adress, inregistrering())

    assert Utkast.objects.exists()


def test_at_night_drafts_go_in_every_insats_with_who_has_become_protected(klient_da, registrera, inloggad, register):
    registrera()
    andra = InsatsFactory()
    utkast_om(inloggad(Roll.DELTAGARANSVARIG, andra), andra, ALMA)
    tredje = InsatsFactory()
    utkast_om(inloggad(Roll.DELTAGARANSVARIG, tredje), tredje, ELSA)
    register.personer[ALMA] = SKYDDAD

    kontrollera_alla()

    assert not Deltagande.objects.exists()
    assert not Person.objects.exists()
    assert [utkast.insats for utkast in Utkast.objects.all()] == [tredje]
