"""The samtycke of a registration: its dates, the minor's guardian, and the way of the original (docs/regler.md 7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from deltagare.models import Deltagande, Samtycke
from tests.deltagare.conftest import utregistrering
from tests.factories import SamtyckeFactory

FORE_UNDERSKRIFTEN = "Originalet kan inte ha skickats före underskriften eller i framtiden. Kontrollera datumet."
FORE_ATT_DET_SKICKADES = "Originalet kan inte ha kommit fram innan det skickades eller i framtiden."


@pytest.fixture
def ratta(skicka, deltagande):
    """ratta(**falt) → the answer to the sent form about Alma's samtycke."""

    def _ratta(**falt):
        deltagande.refresh_from_db()
        rad = {"samtycke_datum": "2011-11-30", "samtycke_sprak": "sv", "version": deltagande.version, "spara": ""}
        return skicka("samtycke", deltagande, **rad | falt)

    return _ratta


def test_the_original_is_sent_and_then_received(ratta, deltagande):
    assert ratta(samtycke_original="2011-12-20").status_code == 302
    assert ratta(samtycke_original="2011-12-20", samtycke_mottaget="2011-12-27").status_code == 302

    samtycke = Samtycke.objects.get()
    assert (samtycke.original_skickat, samtycke.original_mottaget) == (date(2011, 12, 20), date(2011, 12, 27))
    rader = Handelse.objects.filter(typ=Handelse.Typ.SAMTYCKE_ANDRAT)
    assert [rad.detaljer["falt"] for rad in rader] == [["original_skickat"], ["original_mottaget"]]


@pytest.mark.parametrize(
    ("falt", "vantat"),
    [
        ({"samtycke_original": "2011-11-29"}, {"samtycke_original": [FORE_UNDERSKRIFTEN]}),
        ({"samtycke_original": "2099-01-01"}, {"samtycke_original": [FORE_UNDERSKRIFTEN]}),
        (
            {"samtycke_original": "2011-12-20", "samtycke_mottaget": "2011-12-19"},
            {"samtycke_mottaget": [FORE_ATT_DET_SKICKADES]},
        ),
        ({"samtycke_original": "2011-12-20", "samtycke_mottaget": "2099-01-01"}, {"samtycke_mottaget": [FORE_ATT_DET_SKICKADES]}),
        ({"samtycke_mottaget": "2011-12-19"}, {"samtycke_original": ["Fyll också i när originalet skickades."]}),
        ({"samtycke_datum": "2008-12-31"}, {"samtycke_datum": ["Blankett 9443 fanns inte den dagen. Kontrollera datumet."]}),
    ],
)
def test_the_dates_come_in_their_order(ratta, fel, falt, vantat):
    assert fel(ratta(**falt)) == vantat
    assert Samtycke.objects.get().original_skickat is None


def test_the_signature_is_never_later_than_the_registration(ratta, deltagande, registrera, fel):
    Deltagande.objects.update(inregistrerad=datetime(2011, 12, 5, 12, tzinfo=UTC))
    imorgon = str(timezone.localdate() + timedelta(days=1))

    sen = "Samtycket måste ha skrivits under senast 2011-12-05, då deltagaren registrerades."
    assert fel(ratta(samtycke_datum="2011-12-06")) == {"samtycke_datum": [sen]}
    assert ratta(samtycke_datum="2011-12-05").status_code == 302
    assert fel(registrera(samtycke_datum=imorgon))["samtycke_datum"] == ["Datum för underskriften får inte vara i framtiden."]


def test_who_took_the_samtycke_stands_on_the_page(klient_da, deltagande):
    sida = klient_da.get(deltagande.get_absolute_url()).content.decode()

    assert f"{timezone.localdate()} av {klient_da.anvandare}" in sida
    assert "Originalet mottaget" in sida


@pytest.mark.parametrize(("alder", "visas"), [(14, True), (15, True), (17, True), (18, False), (40, False)])
def test_the_guardian_is_asked_about_for_who_is_not_of_age(klient_da, insats, alder, visas):
    samtycke = SamtyckeFactory(deltagande__insats=insats, deltagande__alder_vid_start=alder)

    form = klient_da.get(reverse("deltagare:samtycke", args=[samtycke.deltagande_id])).context["form"]

    assert ("vardnadshavare" in form.fields) is visas


def test_under_fifteen_the_guardian_cannot_be_taken_away(klient_da, insats, skicka, fel):
    samtycke = SamtyckeFactory(deltagande__insats=insats, deltagande__alder_vid_start=14, vardnadshavare=True)

    svar = skicka("samtycke", samtycke.deltagande, samtycke_datum="2011-01-03", samtycke_sprak="sv", version=1, spara="")

    assert fel(svar) == {
        "vardnadshavare": [
            "Deltagaren är under 15 år. Kontrollera att samtycket är giltigt. Kryssa för att vårdnadshavare har skrivit under."
        ]
    }


def test_without_a_samtycke_nothing_is_registered(registrera, fel):
    """V17."""
    svar = registrera(samtycke_finns=None)

    assert fel(svar)["samtycke_finns"] == ["Samtycke (blankett 9443) måste finnas innan deltagaren registreras."]
    assert not Samtycke.objects.exists()


def test_the_language_of_the_information_is_one_of_the_eighteen(registrera, fel):
    assert len(Samtycke.Sprak) == 18
    assert list(fel(registrera(samtycke_sprak="xx"))) == ["samtycke_sprak"]
    assert registrera(samtycke_sprak="ti").status_code == 302
    assert Samtycke.objects.get().get_sprak_display() == "Tigrinja"


def test_who_comes_back_gives_a_new_samtycke(registrera, deltagande, skicka, fel):
    skicka("ut", deltagande, **utregistrering())
    igen = {"startdatum": "2012-02-01", "samtycke_datum": "2012-01-30"}

    assert list(fel(registrera(**igen, samtycke_finns=None))) == ["samtycke_finns"]
    assert registrera(**igen).status_code == 302
    assert list(Samtycke.objects.order_by("datum").values_list("datum", flat=True)) == [date(2011, 11, 30), date(2012, 1, 30)]
