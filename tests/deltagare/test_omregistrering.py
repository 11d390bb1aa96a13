"""Correct, come back and open again (docs/regler.md 6.5): what each way keeps and what it takes with it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Deltagande, Mattillfalle, Samtycke
from tests.deltagare.conftest import inregistrering, situation, utregistrering
from tests.factories import InsatsFactory


@pytest.fixture
def avslutat(skicka, deltagande):
    skicka("ut", deltagande, **utregistrering())
    deltagande.refresh_from_db()
    return deltagande


def rattning(deltagande, **andra):
    """All of what is registered, as Rätta sends it."""
    return inregistrering(**utregistrering(version=str(deltagande.version))) | andra


def oppna_igen(skicka, deltagande):
    return skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version=str(deltagande.version))


def test_the_end_is_corrected_after_the_end(skicka, avslutat):
    skicka("ratta", avslutat, **rattning(avslutat, slutdatum="2012-01-08", avslutningsanledning="3", **situation("efter", af="ja")))

    avslutat.refresh_from_db()
    assert (avslutat.slutdatum, avslutat.avslutningsanledning) == (date(2012, 1, 8), 3)
    assert avslutat.mattillfallen.get(typ="ut").arbetssokande


def test_the_beginning_is_corrected_after_the_end(skicka, avslutat):
    skicka("ratta", avslutat, **rattning(avslutat, startdatum="2011-12-01", utbildning="grundskola"))

    avslutat.refresh_from_db()
    assert (avslutat.startdatum, avslutat.utbildning, avslutat.slutdatum) == (date(2011, 12, 1), 1, date(2012, 1, 9))


def test_a_reason_without_measurement_takes_the_second_one_away_and_another_asks_for_it_again(skicka, avslutat, fel):
    skicka("ratta", avslutat, **rattning(avslutat, avslutningsanledning="7"))
    assert not Mattillfalle.objects.filter(typ="ut").exists()

    avslutat.refresh_from_db()
    utan_svar = rattning(avslutat, avslutningsanledning="2") | dict.fromkeys(situation("efter"), "")
    assert "forsorjning_efter" in fel(skicka("ratta", avslutat, **utan_svar))
    skicka("ratta", avslutat, **rattning(avslutat, avslutningsanledning="2"))

    assert Mattillfalle.objects.filter(typ="ut").exists()


def test_what_has_been_opened_again_ends_once_more(skicka, avslutat, klient_da):
    oppna_igen(skicka, avslutat)
    avslutat.refresh_from_db()
    assert not avslutat.ar_avslutat

    skicka("ut", avslutat, **utregistrering(version=str(avslutat.version), slutdatum="2012-02-01", avslutningsanledning="3"))

    avslutat.refresh_from_db()
    assert (avslutat.slutdatum, avslutat.avslutningsanledning) == (date(2012, 2, 1), 3)
    typer = Handelse.objects.filter(objekt=f"deltagare.Deltagande:{avslutat.pk}", typ__startswith="deltagande").order_by("pk")
    assert list(typer.values_list("typ", flat=True)) == [
        "deltagande_inregistrerat",
        "deltagande_utregistrerat",
        "deltagande_ateroppnat",
        "deltagande_utregistrerat",
    ]
    assert set(typer.values_list("anvandare_id", flat=True)) == {klient_da.anvandare.pk}


def test_what_goes_on_cannot_be_opened(skicka, deltagande, fel):
    assert fel(oppna_igen(skicka, deltagande)) == {"__all__": ["Deltagandet är inte avslutat."]}


def test_who_is_opened_again_cannot_be_registered_beside(skicka, registrera, avslutat, fel):
    oppna_igen(skicka, avslutat)

    assert fel(registrera(startdatum="2012-02-01")) == {"startdatum": ["Deltagaren är redan registrerad i insatsen under denna tid."]}


def test_who_comes_back_signs_a_new_samtycke(registrera, avslutat, fel):
    utan = fel(registrera(startdatum="2012-02-01", samtycke_finns=None))
    assert utan["samtycke_finns"] == ["Samtycke (blankett 9443) måste finnas innan deltagaren registreras."]

    registrera(startdatum="2012-02-01", samtycke_datum="2012-01-31")

    assert Deltagande.objects.filter(person=avslutat.person).count() == 2
    assert list(Samtycke.objects.order_by("datum").values_list("datum", flat=True)) == [date(2011, 11, 30), date(2012, 1, 31)]


def test_opening_again_asks_for_no_new_samtycke(skicka, avslutat):
    oppna_igen(skicka, avslutat)

    assert Samtycke.objects.get().datum == date(2011, 11, 30)


def test_the_wrong_insats_is_a_felregistrering_and_a_new_registration(klient_da, skicka, deltagande, inloggad):
    ratt_insats = InsatsFactory()
    skicka("felregistrera", deltagande, bekraftelse="ta bort", version="0", nyckel=str(uuid.uuid4()))

    inloggad(Roll.DELTAGARANSVARIG, ratt_insats).post(f"{reverse('deltagare:registrera')}?insats={ratt_insats.pk}", inregistrering())

    assert Deltagande.objects.get().insats == ratt_insats
