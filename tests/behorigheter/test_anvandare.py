"""Visa användare in its two views, a user's page, and the end of an employment."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.actions.anstallning import avsluta_anstallning
from behorigheter.models import Bestallning, Handelse, Uppdrag
from behorigheter.roller import Roll
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    InsatsFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
SA, IA, DA, STOD, FK = (
    Roll.SAMVERKANSADMINISTRATOR,
    Roll.INSATSANSVARIG,
    Roll.DELTAGARANSVARIG,
    Roll.SUS_STOD,
    Roll.FK_ADMINISTRATOR,
)


def adress(namn, *argument):
    return reverse(f"behorigheter:{namn}", args=argument)


def skicka(client, url, **data):
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""} | data)


def fel(svar):
    return svar.context["form"].errors


def visade(client, namn, **fraga):
    return list(client.get(adress(namn), fraga).context["object_list"])


@pytest.fixture
def kommunen():
    return OverenskommelseFactory(organisation=OrganisationFactory(namn="Provby kommun")).organisation


@pytest.fixture
def bestallare(inloggad, kommunen):
    return inloggad(Roll.BESTALLARE, arbetsgivare=kommunen)


def anstalld(kommunen, **kwargs):
    return AnvandareFactory(arbetsgivare=kommunen, **kwargs)


# En organisations alla användare


def test_a_bestallare_sees_the_own_staff_with_roles_periods_and_uppdrag(bestallare, kommunen):
    insats = InsatsFactory(namn="Hjortmossen")
    karin = anstalld(kommunen, fornamn="Karin", efternamn="Berg")
    UppdragFactory(anvandare=karin, roll=DA, insats=insats, till=timezone.localdate() + timedelta(days=9))
    BehorighetFactory(anvandare__efternamn="Främmande")

    sida = bestallare.get(adress("anvandare"))

    assert [str(rad) for rad in sida.context["object_list"]] == ["Karin Berg", str(bestallare.anvandare)]
    assert "Deltagaransvarig i Hjortmossen till" in sida.text
    assert str(karin.behorigheter.get().giltig_till) in sida.text
    assert "Främmande" not in sida.text
    assert "arbetsgivare" not in sida.context["formular"].fields


def test_users_are_found_by_name_employer_role_and_state(inloggad, kommunen):
    idag = timezone.localdate()
    karin = BehorighetFactory(roll=IA, anvandare=anstalld(kommunen, fornamn="Karin", efternamn="Karlsson")).anvandare
    slutar = BehorighetFactory(roll=DA, giltig_till=idag + timedelta(days=60), anvandare=anstalld(kommunen)).anvandare
    BehorighetFactory(roll=DA, giltig_till=idag + timedelta(days=61))
    utan = AnvandareFactory()
    client = inloggad(FK)

    assert visade(client, "anvandare", efternamn="Karl*", arbetsgivare="Prov*kommun") == [karin]
    assert set(visade(client, "anvandare", arbetsgivare="Provby kommun")) == {karin, slutar}
    assert visade(client, "anvandare", roll=IA) == [karin]
    assert visade(client, "anvandare", visa="slutar") == [slutar]
    assert visade(client, "anvandare", visa="saknar") == [utan]
    assert "Ta bort något urval" in client.get(adress("anvandare"), {"efternamn": "Finns inte"}).text


def test_a_renewed_behorighet_no_longer_ends_soon(inloggad, kommunen):
    idag = timezone.localdate()
    gammal = BehorighetFactory(giltig_till=idag + timedelta(days=10), anvandare=anstalld(kommunen))
    BehorighetFactory(anvandare=gammal.anvandare, giltig_fran=idag + timedelta(days=11), giltig_till=idag + timedelta(days=300))

    assert visade(inloggad(FK), "anvandare", visa="slutar") == []


def test_the_list_asks_no_more_questions_for_more_users(bestallare, kommunen, antal_fragor):
    UppdragFactory(anvandare=anstalld(kommunen))
    fore = antal_fragor(lambda: bestallare.get(adress("anvandare")))

    for _ in range(10):
        UppdragFactory(anvandare=anstalld(kommunen))

    assert antal_fragor(lambda: bestallare.get(adress("anvandare"))) == fore


def test_the_list_is_paged(bestallare, kommunen):
    for _ in range(50):
        anstalld(kommunen)

    assert len(visade(bestallare, "anvandare")) == 50
    assert len(visade(bestallare, "anvandare", sida=2)) == 1


# Uppdrag i samverkansorganisation


def test_everybody_with_an_uppdrag_in_the_forbund_or_its_insatser_is_shown(inloggad):
    forbund = SamverkansorganisationFactory()
    client = inloggad(SA, forbund)
    i_forbundet = UppdragFactory(roll=IA, samverkansorganisation=forbund)
    i_insatsen = UppdragFactory(roll=DA, insats=InsatsFactory(samverkansorganisation=forbund), behorighet=False)
    UppdragFactory(roll=DA, insats=InsatsFactory())
    eget = client.anvandare.uppdrag.get()

    sida = client.get(adress("anvandare_uppdrag"))

    assert set(sida.context["object_list"]) == {i_forbundet, i_insatsen, eget}
    assert sida.text.count("Vilar</span>") == 1
    assert visade(client, "anvandare_uppdrag", roll=DA) == [i_insatsen]


def test_ended_uppdrag_are_shown_when_asked_for(inloggad):
    forbund = SamverkansorganisationFactory()
    client = inloggad(STOD, forbund)
    avslutat = UppdragFactory(samverkansorganisation=forbund, till=timezone.localdate() - timedelta(days=1))
    aterkallat = UppdragFactory(samverkansorganisation=forbund, aterkallat=timezone.now())

    assert not {avslutat, aterkallat} & set(visade(client, "anvandare_uppdrag"))
    assert {avslutat, aterkallat} < set(visade(client, "anvandare_uppdrag", visa="alla"))


def test_the_fk_administrator_chooses_among_all_forbund_and_others_among_their_own(inloggad):
    eget, annat = SamverkansorganisationFactory(), SamverkansorganisationFactory()
    uppdrag = UppdragFactory(samverkansorganisation=annat)
    sa, fk = inloggad(SA, eget), inloggad(FK)

    assert visade(fk, "anvandare_uppdrag", samverkansorganisation=annat.pk) == [uppdrag]
    svar = sa.get(adress("anvandare_uppdrag"), {"samverkansorganisation": annat.pk})
    assert list(svar.context["object_list"]) == []
    assert list(svar.context["formular"].errors) == ["samverkansorganisation"]
    assert str(annat) not in svar.text


# A user's page


def test_the_page_of_a_user_shows_what_the_person_has_had(bestallare, kommunen):
    idag = timezone.localdate()
    karin = anstalld(kommunen, fornamn="Karin", efternamn="Berg", uppslag=None)
    BehorighetFactory(anvandare=karin, roll=DA)
    BehorighetFactory(anvandare=karin, roll=IA, giltig_fran=idag - timedelta(days=90), giltig_till=idag - timedelta(days=1))
    BehorighetFactory(anvandare=karin, roll=Roll.RAPPORT, aterkallad=timezone.now())
    BehorighetFactory(anvandare=karin, roll=Roll.RAPPORT, giltig_fran=idag + timedelta(days=1))
    UppdragFactory(anvandare=karin, roll=DA, insats=InsatsFactory(namn="Hjortmossen"))
    bestallning = BestallningFactory(organisation=kommunen, anvandare=karin)

    sida = bestallare.get(karin.get_absolute_url())

    assert {rad.roll + " " + rad.status for rad in sida.context["behorigheter"]} == {
        "deltagaransvarig Gäller",
        "insatsansvarig Avslutad",
        "rapport Återkallad",
        "rapport Kommande",
    }
    assert "Hjortmossen" in sida.text
    assert bestallning.get_absolute_url() in sida.text
    assert "Har gällande behörighet" in sida.text


def test_a_behorighet_without_overenskommelse_is_said_to_lie_idle(inloggad):
    behorighet = BehorighetFactory(overenskommelse=False)

    sida = inloggad(FK).get(behorighet.anvandare.get_absolute_url())

    assert [rad.status for rad in sida.context["behorigheter"]] == ["Vilar"]
    assert "Saknar gällande behörighet" in sida.text


def test_what_one_may_not_do_has_no_button(bestallare, kommunen):
    egen = bestallare.get(bestallare.anvandare.get_absolute_url())
    annans = bestallare.get(BehorighetFactory(anvandare=anstalld(kommunen)).anvandare.get_absolute_url())

    assert "Återkalla" not in egen.text
    assert "Slutar eller byter arbetsgivare" not in egen.text
    assert "Återkalla" in annans.text
    assert "Ge uppdrag" not in annans.text


# Slutar, byter arbetsgivare


@pytest.fixture
def person(kommunen):
    """Two behörigheter, one of them to come, two uppdrag, one of them to come, and an order that waits."""
    idag = timezone.localdate()
    karin = anstalld(kommunen, fornamn="Karin", efternamn="Berg")
    UppdragFactory(anvandare=karin, roll=DA, insats=InsatsFactory(namn="Hjortmossen"))
    UppdragFactory(anvandare=karin, roll=IA, fran=idag + timedelta(days=20), behorighet=False)
    BehorighetFactory(anvandare=karin, roll=IA, giltig_fran=idag + timedelta(days=20))
    BestallningFactory(organisation=kommunen, anvandare=karin)
    return karin


def test_a_bestallare_ends_a_person_at_once_and_the_next_request_is_refused(bestallare, person, klient):
    klient.force_login(person)
    insats = person.uppdrag.get(roll=DA).insats
    fore = klient.get(reverse("deltagare:sok"), {"insats": insats.pk}, follow=True).status_code

    svar = skicka(bestallare, adress("anvandare_sluta", person.pk), genast="on", bekraftade="utan-deltagaransvarig")

    assert svar.url == adress("anvandare")
    assert (fore, klient.get("/").status_code) == (200, 403)
    person.refresh_from_db()
    assert person.arbetsgivare is None
    assert not person.behorigheter.filter(aterkallad=None).exists()
    assert not person.behorigheter.exclude(aterkallad_av=bestallare.anvandare).exists()
    assert not person.uppdrag.filter(aterkallat=None).exists()
    assert Bestallning.objects.get().status == Bestallning.Status.ATERTAGEN
    handelse = Handelse.objects.get(typ="anstallning_avslutad")
    assert [len(handelse.detaljer[slag]) for slag in ("behorigheter", "uppdrag", "bestallningar")] == [2, 2, 1]


def test_a_person_ends_after_a_last_day(bestallare, person, kommunen):
    sista = timezone.localdate() + timedelta(days=10)

    skicka(bestallare, adress("anvandare_sluta", person.pk), till=str(sista), bekraftade="utan-deltagaransvarig")

    person.refresh_from_db()
    assert person.arbetsgivare == kommunen
    assert [rad.roll for rad in person.behorigheter.giltiga(sista)] == [DA]
    assert not person.behorigheter.giltiga(sista + timedelta(days=1)).exists()
    assert person.behorigheter.get(roll=IA).aterkallad
    assert person.uppdrag.get(roll=DA).till == sista
    assert person.uppdrag.get(roll=IA).aterkallat


def test_nothing_becomes_longer_by_a_later_last_day(person):
    fore = set(person.behorigheter.values_list("pk", "giltig_till")), set(person.uppdrag.values_list("pk", "till"))

    avsluta_anstallning(anvandare=person, sista_dag=timezone.localdate() + timedelta(days=400), by=None)

    efter = set(person.behorigheter.values_list("pk", "giltig_till")), set(person.uppdrag.filter(till=None).values_list("pk", "till"))
    assert efter == (fore[0], set())


def test_nothing_valid_follows_to_the_new_employer(bestallare, person):
    ny = OverenskommelseFactory().organisation

    skicka(bestallare, adress("anvandare_sluta", person.pk), genast="on", ny_arbetsgivare=ny.pk, bekraftade="utan-deltagaransvarig")

    person.refresh_from_db()
    assert person.arbetsgivare == ny
    assert not person.behorigheter.giltiga(timezone.localdate() + timedelta(days=30)).exists()
    assert bestallare.get(person.get_absolute_url()).status_code == 404


def test_the_new_employer_is_one_that_is_in_use_and_can_have_sus(bestallare, person):
    ny = OrganisationFactory(namn="Alfavik kommun", typ="kommun")
    for namn, uppgifter in (("Alfanäs kommun", {"typ": "kommun", "aktiv": False}), ("Alfaföreningen", {"typ": "ovrig"})):
        OrganisationFactory(namn=namn, **uppgifter)

    form = bestallare.get(adress("anvandare_sluta", person.pk)).context["form"]

    assert list(form.fields["ny_arbetsgivare"].queryset.filter(namn__startswith="Alfa")) == [ny]


def test_the_warning_names_the_insatser_that_are_left_empty(bestallare, person):
    svar = skicka(bestallare, adress("anvandare_sluta", person.pk), genast="on")

    assert "Hjortmossen blir utan deltagaransvarig." in svar.text
    person.refresh_from_db()
    assert person.arbetsgivare


@pytest.mark.parametrize(
    ("data", "falt", "mening"),
    [
        ({}, "till", "Fyll i sista dag, eller kryssa för Avsluta genast."),
        ({"till": "2011-01-01"}, "till", "Sista dagen har redan passerat. Välj att avsluta genast."),
        ({"till": "2099-01-01", "ny": True}, "ny_arbetsgivare", "Byt arbetsgivare när den sista dagen har passerat, eller avsluta genast."),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(bestallare, kommunen, data, falt, mening):
    person = BehorighetFactory(anvandare=anstalld(kommunen)).anvandare
    if data.pop("ny", False):
        data["ny_arbetsgivare"] = OrganisationFactory().pk

    svar = skicka(bestallare, adress("anvandare_sluta", person.pk), **data)

    assert fel(svar) == {falt: [mening]}
    assert not Handelse.objects.filter(typ="anstallning_avslutad").exists()


def test_nobody_ends_oneself(bestallare):
    jag = bestallare.anvandare

    assert bestallare.get(adress("anvandare_sluta", jag.pk)).status_code == 404
    with pytest.raises(Regelbrott, match="inte avsluta dina egna behörigheter"):
        avsluta_anstallning(anvandare=jag, by=jag)


def test_the_staff_of_others_cannot_be_ended(bestallare):
    frammande = BehorighetFactory().anvandare

    assert skicka(bestallare, adress("anvandare_sluta", frammande.pk), genast="on").status_code == 404
    assert frammande.behorigheter.giltiga().exists()


def test_the_utfardare_ends_somebody_too(inloggad, kommunen, person):
    client = inloggad(Roll.UTFARDARE, arbetsgivare=OrganisationFactory(typ="fk"))

    skicka(client, adress("anvandare_sluta", person.pk), genast="on", bekraftade="utan-deltagaransvarig")

    person.refresh_from_db()
    assert person.arbetsgivare is None
    assert not person.uppdrag.filter(aterkallat=None).exists()


def test_the_database_lets_a_bestallare_end_uppdrag_of_the_own_staff_only_and_give_or_remove_none(bestallare, person):
    annans = UppdragFactory()

    with vaggar.som(bestallare.anvandare), connection.cursor() as c:
        c.execute("UPDATE behorigheter_uppdrag SET aterkallat = now() RETURNING id")
        andrade = {rad[0] for rad in c.fetchall()}
        c.execute("DELETE FROM behorigheter_uppdrag RETURNING id")
        borttagna = c.fetchall()

    assert andrade == set(person.uppdrag.values_list("pk", flat=True))
    assert annans.pk not in andrade
    assert borttagna == []
    assert Uppdrag.objects.count() == 3
