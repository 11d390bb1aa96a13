"""Att göra: the lists of what waits in the own insatser, oldest first, and who is shown in them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Felregistreringsbegaran
from tests.factories import (
    AnvandareFactory,
    DeltagandeFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    PersonFactory,
    SamtyckeFactory,
    SvarFactory,
    UppdragFactory,
)

IDAG = date(2011, 12, 5)


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2011-12-05 10:00+01:00")


@pytest.fixture
def att_gora(klient_da):
    def _att_gora(**urval):
        return klient_da.get(reverse("deltagare:att_gora"), urval)

    return _att_gora


def deltagare(insats, namn, **kwargs):
    return DeltagandeFactory(insats=insats, person=PersonFactory(namn_klartext=namn), **kwargs)


def namn(svar):
    return [rad.identitet.namn for rad in svar.context["rader"]]


def antal(svar):
    return {val.lista.nyckel: val.antal for val in svar.context["val"]}


def test_due_out_are_those_of_ended_insatser_and_those_who_have_stayed_long(att_gora, klient_da, insats):
    slut = InsatsFactory(slutdatum=IDAG - timedelta(days=1))
    UppdragFactory(anvandare=klient_da.anvandare, roll=Roll.DELTAGARANSVARIG, insats=slut)
    deltagare(insats, "Länge Kvar", startdatum=date(2010, 11, 4))
    deltagare(insats, "Precis Ettår", startdatum=date(2010, 12, 5))
    deltagare(insats, "Redan Ute", startdatum=date(2010, 11, 4), avslutat=True)
    deltagare(slut, "Slutad Insats", startdatum=date(2011, 11, 1))

    svar = att_gora(visa="ut")

    assert [(rad.identitet.namn, rad.skal) for rad in svar.context["rader"]] == [
        ("Länge Kvar", "Inskriven i 13 månader"),
        ("Slutad Insats", "Insatsen slutade 2011-12-04"),
    ]
    assert f'href="{reverse("deltagare:ut", args=[svar.context["rader"][0].deltagande.pk])}"' in svar.text


def test_the_page_of_one_who_has_ended_leads_to_those_who_remain(klient_da, insats):
    slut = deltagare(insats, "Redan Ute", startdatum=date(2010, 11, 4), avslutat=True)
    vidare = f'href="{reverse("deltagare:att_gora")}?visa=ut"'

    assert vidare not in klient_da.get(slut.get_absolute_url()).text
    deltagare(insats, "Länge Kvar", startdatum=date(2010, 11, 4))
    deltagare(InsatsFactory(), "Annans Kvar", startdatum=date(2010, 11, 4))
    assert f"{vidare}>1 deltagare till att registrera ut<" in klient_da.get(slut.get_absolute_url()).text


def test_originals_wait_by_the_day_of_the_signature(att_gora, insats):
    for nr, (underskrivet, skickat) in enumerate([("2011-11-21", None), ("2011-11-20", None), ("2011-11-01", "2011-11-02")]):
        SamtyckeFactory(deltagande=deltagare(insats, f"Prov {nr}"), datum=underskrivet, original_skickat=skickat)

    svar = att_gora(visa="original")

    assert [(rad.identitet.namn, str(rad.sedan), rad.skal) for rad in svar.context["rader"]] == [
        ("Prov 1", "2011-11-20", "Underskrivet för 15 dagar sedan"),
        ("Prov 0", "2011-11-21", "Ska skickas efter registreringen"),
    ]
    assert namn(att_gora(visa="original", sortera="-dag")) == ["Prov 0", "Prov 1"]
    assert reverse("deltagare:original") in svar.text


def test_unanswered_questions_unchecked_persons_and_waiting_felregistreringar(att_gora, insats, klient_da):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, obligatorisk=True)
    kollega = AnvandareFactory(fornamn="Karl", efternamn="Ek")
    svarat = deltagare(insats, "Har Svarat", startdatum=date(2011, 11, 1))
    SvarFactory(fraga=fraga, deltagande=svarat)
    kontroll = deltagare(insats, "Ska Kontrolleras", startdatum=date(2011, 11, 1), att_kontrollera=True)
    SvarFactory(fraga=fraga, deltagande=kontroll)
    fel = deltagare(insats, "Fel Registrerad", startdatum=date(2011, 11, 1))
    Felregistreringsbegaran.objects.create(deltagande=fel, insats=insats, begard_av=kollega)

    assert {visa: namn(att_gora(visa=visa)) for visa in ("fragor", "kontroll", "felregistrering")} == {
        "fragor": ["Fel Registrerad"],
        "kontroll": ["Ska Kontrolleras"],
        "felregistrering": ["Fel Registrerad"],
    }
    assert antal(att_gora()) == {"ut": 0, "fragor": 1, "original": 0, "kontroll": 1, "felregistrering": 1}
    sida = att_gora(visa="felregistrering").text
    assert "Begärd av Karl Ek" in sida
    assert reverse("deltagare:felregistrering_avgor", args=[fel.pk]) in sida


def test_without_a_choice_the_first_list_with_rows_is_shown(att_gora, insats):
    SamtyckeFactory(deltagande=deltagare(insats, "Prov Person", startdatum=date(2011, 11, 1)))

    assert att_gora().context["lista"].nyckel == "original"
    assert att_gora(visa="ut").context["lista"].nyckel == "ut"
    assert att_gora(visa="drop table").status_code == 404


def test_nothing_waiting_says_so_and_shows_nobody(att_gora):
    svar = att_gora()

    assert "Inget väntar här." in svar.text
    assert not Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE).exists()


def test_only_those_on_the_page_are_shown_masked_and_logged_in_one_row(att_gora, insats):
    for nr in range(23):
        deltagare(insats, f"Prov {nr}", startdatum=date(2010, 1, 1) + timedelta(days=nr))

    forsta, andra = att_gora(visa="ut"), att_gora(visa="ut", sida="2")

    assert (len(namn(forsta)), len(namn(andra))) == (20, 3)
    assert forsta.text.count("-****") == 20
    rader = Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE).order_by("id")
    assert [(rad.detaljer, len(rad.logg_id)) for rad in rader] == [
        ({"andamal": "arbetslista", "antal": 20}, 20),
        ({"andamal": "arbetslista", "antal": 3}, 3),
    ]


def test_other_peoples_insatser_are_not_in_the_lists(att_gora):
    frammande = deltagare(InsatsFactory(), "Främmande Provperson", startdatum=date(2009, 1, 1), att_kontrollera=True)
    SamtyckeFactory(deltagande=frammande)

    assert antal(att_gora()) == dict.fromkeys(("ut", "fragor", "original", "kontroll", "felregistrering"), 0)
    assert "Främmande" not in "".join(att_gora(visa=visa).text for visa in ("ut", "original", "kontroll"))


@pytest.mark.parametrize("visa", ["ut", "original"])
def test_more_rows_ask_no_more_questions(att_gora, insats, antal_fragor, visa):
    SamtyckeFactory(deltagande=deltagare(insats, "Ensam Provberg", startdatum=date(2010, 1, 1)))
    att_gora(visa=visa)
    fore = antal_fragor(lambda: att_gora(visa=visa))
    for nr in range(12):
        SamtyckeFactory(deltagande=deltagare(insats, f"Prov {nr}", startdatum=date(2010, 1, 1)))

    assert antal_fragor(lambda: att_gora(visa=visa)) == fore
