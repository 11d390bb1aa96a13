"""The pages of a samverkansorganisation through a real client: who gets in, what is refused where, and what is kept."""

import uuid
from datetime import date

import pytest
from django.core import mail

from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from organisations.models import Organisation, Samverkansorganisation
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    FinansieringFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)
from tests.organisations.conftest import FK, IA, SA, adress, fel, post

pytestmark = pytest.mark.django_db


def bestallning(**andring):
    return {
        "namn": "Provbygden", "organisationsnummer": "202100-5521", "samverkansform": "finsam", "startdatum": "2012-01-01",
        "bestallare_namn": "Beda Best", "bestallare_telefon": "0520-100 00", "bestallare_epost": "beda@example.com",
    } | andring  # fmt: skip


# The list


def test_ones_own_stand_first_and_the_rest_in_swedish_order(inloggad):
    egen = SamverkansorganisationFactory(namn="Östra Provbygden")
    for namn in ("Ödåkra", "Ängelholm", "Åmål", "Zinkgruvan"):
        SamverkansorganisationFactory(namn=namn)
    client = inloggad(SA, egen)

    svar = client.get(adress("list"))

    namn = [rad.namn for rad in svar.context["object_list"]]
    assert namn == ["Östra Provbygden", "Zinkgruvan", "Åmål", "Ängelholm", "Ödåkra"]


def test_the_list_is_searched_by_name_county_form_and_status(inloggad):
    SamverkansorganisationFactory(namn="Karlstad", lan_id="17")
    SamverkansorganisationFactory(namn="Karlskoga", lan_id="18", samverkansform="tvaparts", slutdatum=date(2010, 1, 1))
    client = inloggad(Roll.RAPPORT)

    def namn(**fraga):
        return [rad.namn for rad in client.get(adress("list", **fraga)).context["object_list"]]

    assert namn(namn="karl*") == ["Karlskoga", "Karlstad"]
    assert namn(namn="karl") == []
    assert namn(namn="karl*", lan="17") == ["Karlstad"]
    assert namn(form="tvaparts") == namn(status="avslutade") == ["Karlskoga"]
    assert namn(status="okänd") == []


def test_the_list_asks_no_more_for_more_rows(inloggad, antal_fragor):
    client = inloggad(SA, SamverkansorganisationFactory())
    fore = antal_fragor(lambda: client.get(adress("list")))
    SamverkansorganisationFactory.create_batch(20)

    assert antal_fragor(lambda: client.get(adress("list"))) == fore


# Creating


def test_an_order_becomes_a_samverkansorganisation_with_its_administrator(inloggad, django_capture_on_commit_callbacks):
    administrator = BehorighetFactory(roll=SA).anvandare
    client = inloggad(FK)

    with django_capture_on_commit_callbacks(execute=True):
        svar = post(client, adress("create"), version=0, **bestallning(administrator=administrator.pk))

    rad = Samverkansorganisation.objects.get()
    assert svar.url == rad.get_absolute_url()
    assert Uppdrag.objects.get(samverkansorganisation=rad).anvandare == administrator
    assert Organisation.objects.get(namn="Samordningsförbundet Provbygden").organisationsnummer == "202100-5521"
    assert [brev.to for brev in mail.outbox] == [["beda@example.com"], [administrator.epost]]
    assert "Provbygden är upplagd i SUS" in mail.outbox[0].subject
    assert set(Handelse.objects.values_list("typ", flat=True)) == {"samverkansorganisation_skapad", "uppdrag_givet"}


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"namn": "x" * 51}, "namn", "Namnet får vara högst 50 tecken inklusive blanksteg."),
        ({"namn": "Finsam Provbygden"}, "namn", "Skriv namnet utan samverkansform. Formen anges i ett eget fält."),
        ({"namn": "UPPTAGET"}, "namn", "Det finns redan en samverkansorganisation med det namnet. Välj ett annat namn."),
        ({"namn": ""}, "namn", "Fyll i namn i SUS."),
        ({"organisationsnummer": "202100-5522"}, "organisationsnummer", "Organisationsnumret är inte giltigt. Kontrollera siffrorna."),
        ({"organisationsnummer": "12"}, "organisationsnummer", "Skriv organisationsnumret som NNNNNN-NNNN."),
        ({"samverkansform": ""}, "samverkansform", "Välj samverkansform."),
        ({"startdatum": "2012-02-30"}, "startdatum", "Datumet finns inte. Kontrollera månad och dag."),
        ({"bestallare_epost": "beda"}, "bestallare_epost", "Fyll i en giltig e-postadress."),
        ({"administrator": ""}, "administrator", "Välj samverkansadministratör."),
    ],
)
def test_a_faulty_order_is_refused_at_the_field_and_kept(inloggad, andring, falt, text):
    SamverkansorganisationFactory(namn="Upptaget")
    administrator = BehorighetFactory(roll=SA).anvandare

    svar = post(inloggad(FK), adress("create"), version=0, **bestallning(administrator=administrator.pk) | andring)

    assert fel(svar) == {falt: [text]}
    assert 'value="beda' in svar.text
    assert Samverkansorganisation.objects.count() == 1


def test_an_administrator_without_the_behorighet_is_no_choice(inloggad):
    svar = post(inloggad(FK), adress("create"), version=0, **bestallning(administrator=AnvandareFactory().pk))

    assert list(fel(svar)) == ["administrator"]


def test_the_search_for_an_administrator_keeps_what_was_typed(inloggad):
    BehorighetFactory(roll=SA, anvandare__fornamn="Lena")
    BehorighetFactory(roll=SA, anvandare__fornamn="Per")

    svar = inloggad(FK).post(adress("create"), bestallning(sok_fornamn="Le*", sok=""))

    assert [str(namn).split()[0] for _, namn in svar.context["form"].fields["administrator"].choices] == ["Lena"]
    assert svar.context["form"]["namn"].value() == "Provbygden"
    assert not svar.context["form"].errors


def test_the_same_order_sent_twice_makes_one_samverkansorganisation(inloggad):
    client = inloggad(FK)
    data = bestallning(administrator=BehorighetFactory(roll=SA).anvandare.pk, nyckel=str(uuid.uuid4()), version=0, spara="")

    svar = [client.post(adress("create"), data) for _ in range(2)]

    assert svar[0].url == svar[1].url
    assert Samverkansorganisation.objects.count() == 1


# Changing


def test_forsakringskassan_changes_the_name_but_never_the_form(inloggad):
    rad = SamverkansorganisationFactory(samverkansform="finsam")

    post(
        inloggad(FK),
        adress("grunduppgifter", rad.pk),
        **bestallning(namn="Nya Provbygden", samverkansform="tvaparts", startdatum="2009-01-01"),
    )

    rad.refresh_from_db()
    assert (rad.namn, rad.samverkansform) == ("Nya Provbygden", "finsam")


def test_the_administrator_cannot_change_what_forsakringskassan_sets(inloggad):
    rad = SamverkansorganisationFactory(namn="Provbygden")

    post(inloggad(SA, rad), adress("update", rad.pk), namn="Kapad", beskrivning="Stöd", startdatum="1999-01-01", lan="14")

    rad.refresh_from_db()
    assert (rad.namn, rad.beskrivning, rad.startdatum) == ("Provbygden", "Stöd", date(2009, 1, 1))


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"slutdatum": "2008-12-31"}, "slutdatum", "Slutdatum kan inte vara tidigare än startdatum."),
        ({"slutdatum": "2012-12-31"}, "slutdatum", "1 insats pågår efter 2012-12-31. Ange slutdatum för dem först."),
        ({"postnummer": "4611"}, "postnummer", "Skriv postnumret med fem siffror."),
        ({"kontakt_epost": "lena"}, "kontakt_epost", "Fyll i en giltig e-postadress."),
        ({"beskrivning": "x" * 4001}, "beskrivning", "Skriv högst 4000 tecken. Du har skrivit 4001."),
    ],
)
def test_a_faulty_change_is_refused_at_the_field(inloggad, andring, falt, text):
    rad = InsatsFactory().samverkansorganisation

    svar = post(inloggad(SA, rad), adress("update", rad.pk), **{"lan": "14"} | andring)

    assert fel(svar) == {falt: [text]}


def test_two_who_change_at_once_see_both_texts(inloggad):
    rad = SamverkansorganisationFactory()
    lena, per = inloggad(SA, rad), inloggad(SA, rad)
    post(lena, adress("update", rad.pk), beskrivning="Lenas text", lan="14")

    svar = post(per, adress("update", rad.pk), beskrivning="Pers text", lan="14")

    assert svar.status_code == 409
    assert [(rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]] == [("Lenas text", "Pers text")]
    rad.refresh_from_db()
    assert rad.beskrivning == "Lenas text"

    post(per, adress("update", rad.pk), version=svar.context["version"], beskrivning="Pers text", lan="14")

    rad.refresh_from_db()
    assert rad.beskrivning == "Pers text"


@pytest.mark.parametrize("sida", ["update", "omrade", "parter", "budget"])
def test_somebody_elses_samverkansorganisation_is_never_changed(inloggad, sida):
    rad = SamverkansorganisationFactory()
    client = inloggad(SA, SamverkansorganisationFactory())

    svar = post(client, adress(sida, rad.pk), beskrivning="Kapad", valda="k1488", version=0)

    assert svar.status_code == 404
    assert set(Handelse.objects.values_list("typ", flat=True)) == {Handelse.Typ.NEKAD}


def test_a_role_without_the_right_may_read_the_budget_but_not_send_it(inloggad):
    rad = FinansieringFactory(budgetar__ar=2011, belopp=123_456).budgetar.samverkansorganisation
    client = inloggad(IA, rad)

    svar = client.get(adress("budget", rad.pk, ar=2011))

    assert "123\u202f456" in svar.text
    assert 'id="formular"' not in svar.text
    assert post(client, adress("budget", rad.pk, ar=2011)).status_code == 403


# Uppdrag


def test_only_holders_of_the_role_without_the_uppdrag_can_be_chosen(inloggad):
    rad = SamverkansorganisationFactory()
    ledig = BehorighetFactory(roll=IA, anvandare__fornamn="Karl", anvandare__efternamn="Ledig").anvandare
    UppdragFactory(roll=IA, samverkansorganisation=rad)
    BehorighetFactory(roll=Roll.RAPPORT)
    client = inloggad(SA, rad)

    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig")).context["form"]
    assert [pk for pk, _ in form.fields["anvandare"].choices] == [ledig.pk]
    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig", efternamn="Ann*")).context["form"]
    assert form.antal == 0
    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig", fornamn="K*l", efternamn="led*")).context["form"]
    assert form.antal == 1


def test_the_ticked_users_get_the_uppdrag_and_it_is_ended_again(inloggad):
    rad = SamverkansorganisationFactory()
    karl = BehorighetFactory(roll=IA).anvandare
    client = inloggad(SA, rad)

    post(client, adress("uppdrag_ge", rad.pk, "insatsansvarig"), version=0, anvandare=[karl.pk], fran="2026-01-01")
    uppdrag = karl.uppdrag.get()
    assert str(karl) in client.get(adress("uppdrag", rad.pk)).text
    post(client, adress("uppdrag_avsluta", uppdrag.pk), version=0, till="2026-01-31")

    uppdrag.refresh_from_db()
    assert uppdrag.till == date(2026, 1, 31)
    assert list(Handelse.objects.values_list("typ", flat=True)) == ["uppdrag_givet", "uppdrag_avslutat"]


@pytest.mark.parametrize("roll", ["deltagaransvarig", "fk_administrator", "skräp"])
def test_no_other_role_is_given_here(inloggad, roll):
    rad = SamverkansorganisationFactory()

    assert inloggad(SA, rad).get(f"/samverkansorganisation/{rad.pk}/uppdrag/{roll}/").status_code == 404


def test_an_uppdrag_in_an_insats_is_not_ended_here(inloggad):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG)

    for client in (inloggad(SA, uppdrag.insats.samverkansorganisation), inloggad(FK)):
        assert post(client, adress("uppdrag_avsluta", uppdrag.pk), version=0, till="2026-01-31").status_code == 404


def test_the_detail_page_shows_who_works_there_and_buttons_only_to_who_may(inloggad):
    rad = SamverkansorganisationFactory(kontakt_namn="Kim Kontakt", beskrivning="<script>alert(1)</script>")
    insatsansvarig = UppdragFactory(
        roll=IA, samverkansorganisation=rad, anvandare__arbetsgivare=OrganisationFactory(namn="Provkommunen")
    ).anvandare

    hos_lasaren = inloggad(Roll.RAPPORT).get(rad.get_absolute_url()).text
    hos_administratoren = inloggad(SA, rad).get(rad.get_absolute_url()).text

    assert f'{insatsansvarig}<br><span class="sus-liten sus-dampad">Provkommunen</span>' in hos_lasaren
    assert "Kim Kontakt" in hos_lasaren
    assert "<script>alert" not in hos_lasaren
    assert "Ändra" not in hos_lasaren
    assert "Ändra ingående organisationer" in hos_administratoren
    assert "Ändra grunduppgifter" not in hos_administratoren
