"""The page of the area: kommuner and stadsdelar are found, added, removed and saved."""

from datetime import date

import pytest

from tests.factories import SamverkansorganisationFactory
from tests.organisations.conftest import SA, adress, post

pytestmark = pytest.mark.django_db


def test_karl_finds_five_kommuner(inloggad):
    rad = SamverkansorganisationFactory()

    svar = inloggad(SA, rad).post(adress("omrade", rad.pk), {"kommunnamn": "Karl*", "sok": ""})

    namn = [namn for _, namn in svar.context["form"].fields["traffar"].choices]
    assert namn == ["Karlsborg", "Karlshamn", "Karlskoga", "Karlskrona", "Karlstad"]


def test_only_stadsdelar_of_the_present_are_found(inloggad):
    rad, gammal = SamverkansorganisationFactory(), SamverkansorganisationFactory(slutdatum=date(2015, 1, 1))

    def stadsdelar(rad):
        svar = inloggad(SA, rad).post(adress("omrade", rad.pk), {"kommunnamn": "Göteborg", "sok": ""})
        return [namn for _, namn in svar.context["form"].fields["traffar"].choices]

    assert stadsdelar(rad) == [
        "Göteborg", "Göteborg: Centrum (stadsområde)", "Göteborg: Hisingen", "Göteborg: Nordost", "Göteborg: Sydväst",
    ]  # fmt: skip
    assert "Göteborg: Angered" in stadsdelar(gammal)


def test_kommuner_are_added_removed_and_saved(inloggad):
    rad = SamverkansorganisationFactory(lan_id=None)
    client = inloggad(SA, rad)

    svar = client.post(adress("omrade", rad.pk), {"valda": ["k1488"], "traffar": ["k1462", "k1444"], "lagg_till": ""})
    assert [kod for kod, _ in svar.context["form"].rader()] == ["k1488", "k1462", "k1444"]
    svar = client.post(adress("omrade", rad.pk), {"valda": ["k1488", "k1462", "k1444"], "ta_bort": "k1462"})
    assert [kod for kod, _ in svar.context["form"].rader()] == ["k1488", "k1444"]
    assert not rad.omraden.exists()
    post(client, adress("omrade", rad.pk), valda=["k1488", "k1444"])

    rad.refresh_from_db()
    assert [omrade.kommun_id for omrade in rad.omraden.all()] == ["1488", "1444"]
    assert rad.lan_id == "14"


def test_enter_in_the_search_field_searches_instead_of_saving(inloggad):
    rad = SamverkansorganisationFactory()

    svar = post(inloggad(SA, rad), adress("omrade", rad.pk), valda=["k1488"], kommunnamn="Karl*", sokt="")

    assert svar.context["form"].har_sokt
    assert not rad.omraden.exists()


def test_an_unknown_kommun_is_refused(inloggad):
    rad = SamverkansorganisationFactory()

    svar = post(inloggad(SA, rad), adress("omrade", rad.pk), valda=["k9999", "s99999", "x"])

    assert svar.status_code == 200
    assert not rad.omraden.exists()
