"""What the page says when a form has been saved: the paper forms, and the next one to register."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from organisations.models import Organisation
from tests.deltagare.conftest import ELSA, inregistrering, utregistrering
from tests.factories import InsatsFactory, OrganisationFactory

Typ = Organisation.Typ
KARIN = "194906099801"  # 65 years old in December 2014
DIARIET = "Försäkringskassan, Diariet, ”Samtycket”, 831 84 Östersund"


@pytest.fixture
def sidan(insats):
    return f"{reverse('deltagare:registrera')}?insats={insats.pk}"


def kvitto(svar):
    return [str(meddelande) for meddelande in svar.context["messages"]]


@pytest.mark.parametrize(
    ("typ", "rad"),
    [
        (Typ.FK, "Förstör blankett {} nu, om du har fyllt i den på papper."),
        (Typ.AF, "Förstör blankett {} nu, om du har fyllt i den på papper."),
        (Typ.KOMMUN, "Fråga er arkivmyndighet om den ska sparas eller förstöras."),
        (Typ.REGION, "Fråga er arkivmyndighet om den ska sparas eller förstöras."),
    ],
)
def test_the_receipt_says_what_becomes_of_the_paper_forms_at_ones_employer(inloggad, insats, sidan, typ, rad):
    klient = inloggad(Roll.DELTAGARANSVARIG, insats, arbetsgivare=OrganisationFactory(typ=typ))

    [efter_in] = kvitto(klient.post(sidan, inregistrering(), follow=True))
    adress = reverse("deltagare:ut", args=[Deltagande.objects.get().pk])
    [efter_ut] = kvitto(klient.post(adress, utregistrering(), follow=True))

    assert efter_in.startswith("Deltagaren är registrerad. ")
    assert rad.format("9448") in efter_in
    assert DIARIET in efter_in
    assert efter_ut.startswith("Deltagaren är utregistrerad. ")
    assert rad.format("9449") in efter_ut
    assert DIARIET not in efter_ut


def test_an_original_that_has_been_sent_is_not_asked_for(klient_da, sidan):
    [text] = kvitto(klient_da.post(sidan, inregistrering(samtycke_original="2011-12-01"), follow=True))

    assert DIARIET not in text


def test_the_next_one_is_registered_at_once_in_the_same_insats(klient_da, sidan, insats):
    sida = klient_da.post(sidan, inregistrering(spara=None, nasta="ja"), follow=True)

    deltagande = Deltagande.objects.get()
    assert sida.redirect_chain[0][0] == f"{sidan}&registrerad={deltagande.pk}"
    assert kvitto(sida)[0].startswith("Deltagaren är registrerad.")
    assert f"Nyss registrerad, med startdag {deltagande.startdatum}" in sida.text
    assert f'href="{deltagande.get_absolute_url()}"' in sida.text
    assert not sida.context["form"].is_bound
    klient_da.post(sidan, inregistrering(personnummer=ELSA))
    assert insats.deltaganden.count() == 2


def test_nasta_is_remembered_through_a_warning(klient_da, sidan):
    falt = inregistrering(personnummer=KARIN, startdatum="2014-12-05", spara=None, nasta="ja")
    varning = klient_da.post(sidan, falt)
    assert '<input type="hidden" name="nasta" value="ja">' in varning.text

    svar = klient_da.post(sidan, falt | {"bekraftade": varning.context["bekrafta"]})

    assert "registrerad=" in svar.headers["Location"]


def test_spara_after_a_warning_does_not_go_to_the_next(klient_da, sidan):
    svar = klient_da.post(sidan, inregistrering(nasta="ja"))

    assert svar.headers["Location"] == Deltagande.objects.get().get_absolute_url()


def test_a_deltagande_of_another_insats_is_not_told_of(inloggad, klient_da, sidan):
    klient_da.post(sidan, inregistrering())
    annan = InsatsFactory()
    utifran = inloggad(Roll.DELTAGARANSVARIG, annan)

    for insats in (annan, Deltagande.objects.get().insats):
        svar = utifran.get(f"{reverse('deltagare:registrera')}?insats={insats.pk}&registrerad={Deltagande.objects.get().pk}")
        assert "Nyss registrerad" not in svar.text


@pytest.mark.parametrize("fel", ["", "17", "0" * 40, "x" * 400])
def test_a_broken_address_tells_nothing(klient_da, sidan, fel):
    assert "Nyss registrerad" not in klient_da.get(f"{sidan}&registrerad={fel}").text
