"""Everybody's list of samverkansorganisationer, and the SUS-stöd that its users turn to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from tests.factories import InsatsFactory, SamverkansorganisationFactory, UppdragFactory

pytestmark = pytest.mark.django_db

LISTA = "/samverkansorganisation/"
HJALP = "/hjalp/"


def namn(svar):
    return [rad.namn for rad in svar.context["object_list"]]


@pytest.mark.parametrize("roll", Roll)
def test_every_role_finds_every_samverkansorganisation(inloggad, roll):
    SamverkansorganisationFactory(namn="Provbygden")
    SamverkansorganisationFactory(namn="Ängsbygden", slutdatum=date(2012, 1, 1))

    assert namn(inloggad(roll).get(LISTA)) == ["Provbygden", "Ängsbygden"]


def test_the_list_is_paged_and_keeps_the_search(inloggad):
    SamverkansorganisationFactory.create_batch(60)
    SamverkansorganisationFactory(namn="Annan")
    client = inloggad(Roll.RAPPORT)

    forsta, andra = (client.get(LISTA, {"namn": "Provförbundet*", "sida": sida}) for sida in (1, 2))

    assert (len(namn(forsta)), len(namn(andra))) == (50, 10)
    assert "Annan" not in namn(forsta) + namn(andra)
    assert "?namn=Provf%C3%B6rbundet%2A&amp;sida=2" in forsta.text


def test_a_lan_finds_also_those_that_work_in_one_of_its_kommuner(inloggad):
    over_gransen = SamverkansorganisationFactory(namn="Över gränsen", lan_id="14")
    over_gransen.omraden.create(kommun_id="1780")
    SamverkansorganisationFactory(namn="Annan", lan_id="14").omraden.create(kommun_id="1488")

    assert namn(inloggad(Roll.RAPPORT).get(LISTA, {"lan": "17"})) == ["Över gränsen"]


@pytest.mark.parametrize(("status", "vantat"), [("pagaende", "Pågår"), ("planerade", "Börjar"), ("avslutade", "Slut")])
def test_the_list_is_searched_by_status(inloggad, status, vantat):
    i_morgon = timezone.localdate() + timedelta(days=1)
    SamverkansorganisationFactory(namn="Pågår")
    SamverkansorganisationFactory(namn="Börjar", startdatum=i_morgon)
    SamverkansorganisationFactory(namn="Slut", slutdatum=date(2012, 1, 1))

    assert namn(inloggad(Roll.RAPPORT).get(LISTA, {"status": status})) == [vantat]


def test_only_forsakringskassan_is_offered_to_create_and_merge(inloggad):
    for roll in Roll:
        text = inloggad(roll).get(LISTA).text
        assert (reverse("organisations:sla_ihop") in text) is (roll == Roll.FK_ADMINISTRATOR)
        assert (reverse("organisations:create") in text) is (roll == Roll.FK_ADMINISTRATOR)


@pytest.fixture
def stod():
    return UppdragFactory(roll=Roll.SUS_STOD, anvandare__fornamn="Stina", anvandare__telefon="070-000 12 34")


def test_the_page_shows_how_to_reach_the_sus_stod(inloggad, stod):
    sida = inloggad(Roll.RAPPORT).get(stod.samverkansorganisation.get_absolute_url()).text

    assert f'{stod.anvandare}<br><span class="sus-liten sus-dampad">{stod.anvandare.arbetsgivare}</span><br>Telefon 070-000 12 34' in sida
    assert f'href="mailto:{stod.anvandare.epost}"' in sida


@pytest.mark.parametrize("uppdrag", [{"till": date(2012, 1, 1), "fran": date(2011, 1, 1)}, {"behorighet": False}])
def test_who_is_no_longer_sus_stod_is_not_shown(inloggad, uppdrag):
    fore = UppdragFactory(roll=Roll.SUS_STOD, anvandare__telefon="070-000 12 34", **uppdrag)

    sida = inloggad(Roll.RAPPORT).get(fore.samverkansorganisation.get_absolute_url()).text

    assert "070-000 12 34" not in sida
    assert "Ingen SUS-stödjare har uppdrag här." in sida


def test_the_help_page_names_the_stod_of_ones_own_and_nobody_elses(inloggad, klient, stod):
    annans = UppdragFactory(roll=Roll.SUS_STOD, anvandare__telefon="070-000 99 99")
    rad = stod.samverkansorganisation
    vantat = f"{rad}: {stod.anvandare}, telefon 070-000 12 34"
    deltagaransvarig = inloggad(Roll.DELTAGARANSVARIG, InsatsFactory(samverkansorganisation=rad))

    for client in (inloggad(Roll.SAMVERKANSADMINISTRATOR, rad), deltagaransvarig):
        sida = client.get(HJALP).text
        assert vantat in sida
        assert annans.anvandare.telefon not in sida
    for client in (inloggad(Roll.RAPPORT), inloggad(), klient):
        assert "Vänd dig först till SUS-stödet" not in client.get(HJALP).text
