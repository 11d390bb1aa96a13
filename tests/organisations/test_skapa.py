"""An order 9447 becomes a samverkansorganisation: the letters, the hints at the fields, the names, and what the start date forbids."""

import uuid
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from organisations.models import Budgetar, Samverkansorganisation
from tests.deltagare.conftest import inregistrering
from tests.factories import BehorighetFactory, InsatsFactory, OrganisationFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db

FK = Roll.FK_ADMINISTRATOR
SKAPA = "/samverkansorganisation/ny/"


def skicka(client, **andring):
    data = {
        "nyckel": str(uuid.uuid4()), "version": 0, "spara": "",
        "namn": "Provbygden", "organisationsnummer": "202100-5521", "samverkansform": "finsam", "startdatum": "2013-01-01",
        "bestallare_namn": "Beda Best", "bestallare_telefon": "0520-100 00", "bestallare_epost": "beda@example.com",
    }  # fmt: skip
    return client.post(SKAPA, data | andring)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


@pytest.fixture
def administrator():
    return BehorighetFactory(
        roll=Roll.SAMVERKANSADMINISTRATOR, anvandare__fornamn="Lena", anvandare__arbetsgivare=OrganisationFactory(namn="Provkommunen")
    ).anvandare


def test_orderer_and_administrator_each_get_the_letter_that_is_for_them(inloggad, administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        skicka(inloggad(FK), administrator=administrator.pk)

    till_bestallaren, till_administratoren = mail.outbox
    assert till_bestallaren.to == ["beda@example.com"]
    assert till_bestallaren.subject == "Provbygden är upplagd i SUS"
    assert till_bestallaren.body.startswith("Hej Beda Best!\n\nDin beställning på blankett 9447 är klar. Provbygden är upplagd i SUS.")
    for rad in (
        "Organisationsnummer: 202100-5521",
        "Startdatum: 2013-01-01",
        f"Första samverkansadministratör: {administrator}, Provkommunen",
    ):
        assert rad in till_bestallaren.body
    assert till_administratoren.to == [administrator.epost]
    assert till_administratoren.subject == "Du är samverkansadministratör för Provbygden i SUS"
    assert "Budget för tidigare år, och deltagare som börjar före den dagen, kan inte registreras." in till_administratoren.body
    assert "1. Fyll i adress, kontaktperson och beskrivning." in till_administratoren.body
    assert "Beställningen gjordes av Beda Best, telefon 0520-100 00." in till_administratoren.body


def test_who_both_orders_and_administers_gets_both_letters(inloggad, administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        skicka(inloggad(FK), administrator=administrator.pk, bestallare_epost=administrator.epost)

    assert [brev.to for brev in mail.outbox] == [[administrator.epost]] * 2


def test_a_refused_order_sends_no_letter(inloggad, administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        skicka(inloggad(FK), administrator=administrator.pk, namn="")

    assert mail.outbox == []


def test_without_an_address_of_the_orderer_no_confirmation_could_be_sent(inloggad, administrator):
    svar = skicka(inloggad(FK), administrator=administrator.pk, bestallare_epost="")

    assert fel(svar) == {"bestallare_epost": ["Fyll i beställarens e-post. Dit skickas bekräftelsen."]}


def test_the_fields_say_how_it_is_named_and_what_the_start_forbids(inloggad):
    sida = inloggad(FK).get(SKAPA).text

    assert "Finsam: förbundets eget namn. Tvåpartsfinsam: LFC XX och Region YY. Skriv inte samverkansformen i namnet." in sida
    assert (
        "Bara Försäkringskassan anger dagen. Budget för tidigare år, och deltagare som börjar före den, kan sedan inte registreras." in sida
    )


@pytest.mark.parametrize("namn", ["Finsam Provbygden", "PROVBYGDENS FINSAMFÖRBUND", "Tvåpartsfinsam Dal", "Dal tvåparts", "Dal (tvapart)"])
def test_the_form_never_stands_in_the_name(inloggad, administrator, namn):
    svar = skicka(inloggad(FK), administrator=administrator.pk, namn=namn)

    assert fel(svar) == {"namn": ["Skriv namnet utan samverkansform. Formen anges i ett eget fält."]}


@pytest.mark.parametrize("namn", ["x" * 50, "LFC Dal och Region Väst", "Samordningsförbundet Väster"])
def test_other_names_of_up_to_fifty_characters_are_taken(inloggad, administrator, namn):
    skicka(inloggad(FK), administrator=administrator.pk, namn=namn)

    assert Samverkansorganisation.objects.get().namn == namn


def test_before_a_start_in_2013_there_is_no_budget_and_no_deltagare(inloggad):
    rad = SamverkansorganisationFactory(startdatum=date(2013, 1, 1))
    insats = InsatsFactory(samverkansorganisation=rad, startdatum=date(2012, 1, 1))
    administrator, deltagaransvarig = inloggad(Roll.SAMVERKANSADMINISTRATOR, rad), inloggad(Roll.DELTAGARANSVARIG, insats)

    def budget(ar):
        data = {"nyckel": str(uuid.uuid4()), "version": 0, "spara": "", "adm-0-typ": "kring", "adm-0-budget": "7", "adm-0-utfall": ""}
        return administrator.post(reverse("organisations:budget", args=[rad.pk], query={"ar": ar}), data)

    def deltagare(startdatum):
        data = inregistrering(startdatum=startdatum, samtycke_datum="2012-11-30")
        return deltagaransvarig.post(reverse("deltagare:registrera", query={"insats": insats.pk}), data)

    mening = "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2013-01-01)."
    assert mening in budget(2012).text
    assert fel(deltagare("2012-12-31")) == {"startdatum": [mening]}
    assert not Budgetar.objects.exists()
    assert not Deltagande.objects.exists()

    budget(2013)
    deltagare("2013-01-01")

    assert Budgetar.objects.get().ar == 2013
    assert Deltagande.objects.get().startdatum == date(2013, 1, 1)
