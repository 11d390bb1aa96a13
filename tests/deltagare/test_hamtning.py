"""Hämta when folkbokföringen is away, and how many persons a user may ask for in an hour."""

import threading
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.actions.deltagande import inregistrera
from deltagare.actions.hamtning import glom_gamla_hamtningar
from deltagare.folkbokforing import http
from deltagare.forms.registrera import RegistreraForm
from deltagare.models import Deltagande, Hamtning, Person
from insatser.models import Insats
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.deltagare.conftest import ALMA, ELSA, inregistrering
from tests.factories import HamtningFactory, InsatsFactory, UppdragFactory

OKAND = "197001019806"
SKYDDAD = "196606069810"
SAMORDNING = "197001619803"
SVARAR_INTE = "Folkbokföringen svarar inte just nu. Fyll i namn och kommun själv."


@pytest.fixture
def hamta(klient_da, insats):
    def _hamta(klient=klient_da, i=insats, **falt):
        return klient.post(f"{reverse('deltagare:registrera')}?insats={i.pk}", inregistrering(hamta="", spara=None, **falt))

    return _hamta


def hamtade(antal, *, minuter=1, **kwargs):
    """So many rows, the oldest so many minutes old."""
    for rad in HamtningFactory.create_batch(antal, **kwargs):
        Hamtning.objects.filter(pk=rad.pk).update(tid=timezone.now() - timedelta(minutes=minuter))


def test_namn_and_kommun_are_asked_for_when_the_register_is_away(hamta, register, fel):
    register.satt = ["503"]

    svar = hamta(utbildning="gymnasium", startdatum="2011-12-05")

    assert fel(svar) == {}
    for text in (SVARAR_INTE, 'name="namn"', 'name="kommun"', ALMA, 'value="2011-12-05"'):
        assert text in svar.text


def test_what_is_typed_by_hand_is_saved_and_marked(registrera, register, klient_da, fel):
    register.satt = ["404"]

    assert fel(registrera()) == {"namn": ["Fyll i namn."], "kommun": ["Välj kommun."]}
    svar = registrera(namn="Alma Testsson", kommun="1462")

    deltagande = Deltagande.objects.get()
    assert (deltagande.kommun_id, deltagande.att_kontrollera) == ("1462", True)
    sida = klient_da.get(svar.headers["Location"]).text
    assert "Alma Testsson" in sida
    assert "Ska kontrolleras mot folkbokföringen" in sida


def test_a_kommun_typed_by_hand_can_be_corrected_until_it_has_been_checked(registrera, register, klient_da):
    register.satt = ["404"]
    registrera(namn="Alma Testsson", kommun="1462")
    adress = reverse("deltagare:ratta", args=[Deltagande.objects.get().pk])

    assert 'name="kommunval"' in klient_da.get(adress).text
    Deltagande.objects.update(att_kontrollera=False)
    assert 'name="kommunval"' not in klient_da.get(adress).text


def test_a_register_that_is_back_when_the_form_is_sent_knows_best(hamta, registrera, register):
    register.satt = ["404", "ratt"]
    hamta(namn="Alma Felskriven", kommun="1462")

    registrera(namn="Alma Felskriven", kommun="1462")

    deltagande = Deltagande.objects.get()
    assert (deltagande.kommun_id, deltagande.att_kontrollera) == ("1488", False)


def test_a_protected_person_is_refused_as_soon_as_the_register_is_back(hamta, registrera, register, fel):
    register.satt = ["404", "ratt"]
    hamta(personnummer=SKYDDAD, namn="Skyddad Provperson", kommun="1488")

    svar = registrera(personnummer=SKYDDAD, namn="Skyddad Provperson", kommun="1488")

    assert list(fel(svar)) == ["personnummer"]
    assert not Person.objects.exists()


def test_a_kommun_that_sus_does_not_know_is_chosen_by_hand(registrera, register, fel):
    register.personer[ALMA] = {"status": "finns", "namn": "Alma Testsson", "kommun": "9999"}

    assert list(fel(registrera())) == ["namn", "kommun"]
    registrera(namn="Alma Testsson", kommun="1488")

    assert Deltagande.objects.get().att_kontrollera


def test_a_samordningsnummer_waits_for_no_register(registrera):
    registrera(personnummer=SAMORDNING, namn="Åke Provström", kommun="1462")

    assert not Deltagande.objects.get().att_kontrollera


def test_the_thirty_first_person_of_an_hour_is_not_asked_for(hamta, fel, klient_da, insats, register):
    hamtade(29, anvandare=klient_da.anvandare, insats=insats, minuter=20)
    assert fel(hamta()) == {}

    svar = hamta(personnummer=ELSA)

    klockan = timezone.localtime(timezone.now() + timedelta(minutes=40)).strftime("%H.%M")
    assert fel(svar) == {
        "personnummer": [f"Du har hämtat så många personer som du får på en timme, 30. Du kan hämta igen klockan {klockan}."]
    }
    assert ELSA in svar.text
    assert register.antal == 1
    assert Handelse.objects.filter(typ="person_hamtad").count() == 1
    nekad = Handelse.objects.get(typ="for_manga_forsok")
    assert (nekad.anvandare_id, nekad.objekt, nekad.detaljer) == (
        klient_da.anvandare.pk,
        f"insatser.Insats:{insats.pk}",
        {"skal": "hamtningar"},
    )


def test_sending_the_form_counts_as_much_as_the_button(registrera, fel, klient_da, insats):
    hamtade(30, anvandare=klient_da.anvandare, insats=insats)

    assert list(fel(registrera())) == ["personnummer"]
    assert not Deltagande.objects.exists()


def test_who_has_been_fetched_is_not_counted_again_when_the_form_is_sent(hamta, registrera, klient_da, insats):
    hamtade(29, anvandare=klient_da.anvandare, insats=insats)
    bevis = hamta().context["form"].hamtningsbevis

    assert hamta(hamtat=bevis).context["form"].errors == {}
    assert registrera(hamtat=bevis).status_code == 302

    assert Hamtning.objects.count() == 30


@pytest.mark.parametrize("nagon", ["annan person", "annan användare"])
def test_the_proof_of_a_fetching_is_good_for_one_person_and_one_user(hamta, fel, inloggad, insats, nagon):
    bevis = hamta().context["form"].hamtningsbevis
    annan = inloggad(Roll.DELTAGARANSVARIG, insats)
    hamtade(30, anvandare=annan.anvandare, insats=insats)

    if nagon == "annan användare":
        assert list(fel(hamta(klient=annan, hamtat=bevis))) == ["personnummer"]
    else:
        hamta(personnummer=ELSA, hamtat=bevis)
        assert Hamtning.objects.exclude(anvandare=annan.anvandare).count() == 2


def test_an_hour_later_one_can_go_on(hamta, fel, klient_da, insats):
    hamtade(30, anvandare=klient_da.anvandare, insats=insats, minuter=61)

    assert fel(hamta()) == {}


def test_after_five_who_do_not_exist_nobody_is_asked_for(hamta, fel, klient_da, insats):
    hamtade(4, anvandare=klient_da.anvandare, insats=insats, traff=False)
    assert fel(hamta(personnummer=OKAND)) == {"personnummer": ["Personen finns inte i folkbokföringen."]}

    svar = hamta()

    assert fel(svar)["personnummer"][0].startswith(
        "Du har sökt flera personer som inte finns i folkbokföringen. Du kan hämta igen klockan "
    )
    assert not Hamtning.objects.latest("pk").traff
    assert Handelse.objects.get(typ="for_manga_forsok").detaljer == {"skal": "missar"}


def test_a_register_that_is_away_counts_for_nothing(hamta, registrera, register):
    register.satt = ["404"]

    hamta()
    assert registrera(namn="Alma Testsson", kommun="1488").status_code == 302

    assert not Hamtning.objects.exists()


@pytest.mark.parametrize(("tal", "redan", "gar"), [(60, 59, True), (60, 60, False), (3, 2, True), (3, 3, False)])
def test_an_uppdrag_can_have_a_number_of_its_own(klient_da, fel, hamta, insats, tal, redan, gar):
    klient_da.anvandare.uppdrag.update(hamtningar_per_timme=tal)
    hamtade(redan, anvandare=klient_da.anvandare, insats=insats)

    assert (fel(hamta()) == {}) == gar


def test_an_uppdrag_with_a_number_of_its_own_is_counted_by_itself(klient_da, fel, hamta, insats):
    anvandare = klient_da.anvandare
    anvandare.uppdrag.update(hamtningar_per_timme=100)
    annan = UppdragFactory(roll=Roll.DELTAGARANSVARIG, anvandare=anvandare, insats=InsatsFactory()).insats
    hamtade(99, anvandare=anvandare, insats=insats)

    assert fel(hamta(i=annan)) == {}
    hamtade(29, anvandare=anvandare, insats=annan)

    assert fel(hamta()) == {}
    assert list(fel(hamta(i=annan))) == ["personnummer"]


def test_others_look_ups_are_not_counted(hamta, fel, insats):
    hamtade(30, insats=insats)
    hamtade(5, insats=insats, traff=False)

    assert fel(hamta()) == {}


def test_look_ups_are_forgotten_after_two_days(klient_da, insats):
    hamtade(2, anvandare=klient_da.anvandare, insats=insats, minuter=49 * 60)
    hamtade(1, anvandare=klient_da.anvandare, insats=insats, minuter=47 * 60)

    assert glom_gamla_hamtningar() == 2
    assert Hamtning.objects.count() == 1


@med_riktiga_transaktioner
def test_nobody_in_the_insats_waits_for_somebody_elses_answer(samtidigt, register, monkeypatch):
    monkeypatch.setattr(http, "TALAMOD", 30)
    register.satt, register.grind = ["tillsammans"], threading.Barrier(3)
    insats, klienter = InsatsFactory(), [Client() for _ in range(3)]
    for klient in klienter:
        klient.force_login(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    falt = inregistrering(hamta="", spara=None)

    svar = samtidigt(lambda nr: klienter[nr].post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", falt), 3)

    assert all("Alma Testsson" in ett.text for ett in svar)


@med_riktiga_transaktioner
def test_two_look_ups_at_once_of_the_same_user_are_counted_one_after_the_other(samtidigt):
    insats = InsatsFactory()
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    HamtningFactory.create_batch(26, anvandare=anvandare, insats=insats)
    klienter = [Client() for _ in range(10)]
    for klient in klienter:
        klient.force_login(anvandare)
    falt = inregistrering(hamta="", spara=None)

    svar = samtidigt(lambda nr: klienter[nr].post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", falt), 10)

    assert Hamtning.objects.count() == 30
    assert sum("Alma Testsson" in ett.text for ett in svar) == 4


def test_an_insats_that_was_closed_while_the_register_was_asked_takes_nobody(insats, klient_da):
    form = RegistreraForm(inregistrering(), anvandare=klient_da.anvandare, insats=insats)
    assert form.is_valid()
    Insats.objects.update(slutdatum=date(2011, 12, 4))

    with pytest.raises(Regelbrott, match="Startdag måste ligga inom insatsens period"):
        inregistrera(
            insats=insats,
            personnummer=form.personnummer,
            namn=form.personnamn,
            uppgifter=form.inregistrering(),
            samtycke=form.samtyckesuppgifter(),
            by=klient_da.anvandare,
        )
