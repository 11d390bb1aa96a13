"""Originals of several samtycken sent on one day, and the receipt that the deltagare gets."""

import io
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.models import Handelse
from deltagare.forms.original import faltnamn
from deltagare.models import Rattelse, Samtycke
from tests.deltagare.conftest import ALMA
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2012-01-10 10:00+01:00")


def samtycke(insats, namn="Prov Testsson", person=None, **kwargs):
    person = person or PersonFactory(namn_klartext=namn)
    return SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats, person=person), **kwargs)


@pytest.fixture
def skickade(klient_da, insats):
    """skickade(*samtycken, **falt) → the answer when they are ticked."""

    def _skickade(*samtycken, **falt):
        kryss = {faltnamn(rad.deltagande): "on" for rad in samtycken}
        data = {"datum": "2012-01-09", "nyckel": str(uuid.uuid4()), "version": "0", **kryss, **falt}
        return klient_da.post(f"{reverse('deltagare:original')}?insats={insats.pk}", data, follow=True)

    return _skickade


def test_those_who_are_ticked_get_the_day_and_the_others_wait(skickade, insats):
    ett, tva, tre = (samtycke(insats) for _ in range(3))

    svar = skickade(ett, tre)

    assert "Datumet är sparat för 2 samtycken." in svar.text
    assert [rad.ruta.name for rad in svar.context["rader"]] == [faltnamn(tva.deltagande)]
    skickat = dict(Samtycke.objects.values_list("pk", "original_skickat"))
    assert skickat == {ett.pk: date(2012, 1, 9), tva.pk: None, tre.pk: date(2012, 1, 9)}


def test_one_row_of_the_log_holds_all_of_them(skickade, insats, klient_da):
    rader = [samtycke(insats) for _ in range(2)]

    skickade(*rader)

    handelse = Handelse.objects.get(typ=Handelse.Typ.SAMTYCKE_ANDRAT)
    assert set(handelse.logg_id) == {str(rad.deltagande.person.logg_id) for rad in rader}
    assert (handelse.objekt, handelse.detaljer) == (f"insatser.Insats:{insats.pk}", {"falt": ["original_skickat"], "antal": 2})
    assert [rattelse.andringar for rattelse in Rattelse.objects.all()] == [{"samtycke.original_skickat": [None, "2012-01-09"]}] * 2


@pytest.mark.parametrize(
    ("datum", "mening"),
    [
        ("2012-01-04", "1 samtycke skrevs under efter 2012-01-04. Ange ett senare datum, eller ta bort krysset för dem."),
        ("2012-01-11", "Originalet kan inte ha skickats i framtiden. Kontrollera datumet."),
        ("", "Fyll i originalen skickade till Försäkringskassan."),
    ],
)
def test_an_impossible_day_saves_none(skickade, insats, fel, datum, mening):
    rader = [samtycke(insats, datum=date(2012, 1, 1)), samtycke(insats, datum=date(2012, 1, 5))]

    svar = skickade(*rader, datum=datum)

    assert fel(svar) == {"datum": [mening]}
    assert all(rad.ruta.value() for rad in svar.context["rader"])
    assert not Samtycke.objects.exclude(original_skickat=None).exists()


def test_nobody_ticked_is_said_at_the_list(skickade, insats):
    samtycke(insats)

    assert "Kryssa för minst en deltagare." in skickade().text


def test_another_insats_and_an_original_already_sent_are_not_touched(skickade, insats):
    eget, frammande = samtycke(insats), samtycke(InsatsFactory())
    sant = samtycke(insats, original_skickat=date(2011, 2, 1))

    skickade(eget, frammande, sant)

    assert set(Samtycke.objects.filter(original_skickat=date(2012, 1, 9))) == {eget}


def test_the_oldest_come_first_and_fifty_at_most(klient_da, insats):
    for nr in range(52):
        samtycke(insats, f"Prov {nr}", datum=date(2011, 12, 31) - timedelta(days=nr))

    svar = klient_da.get(reverse("deltagare:original"), {"insats": insats.pk})

    assert [rad.identitet.namn for rad in svar.context["rader"]] == [f"Prov {nr}" for nr in range(51, 1, -1)]
    assert "De 50 äldsta av 52 samtycken" in svar.text
    assert Handelse.objects.get(typ=Handelse.Typ.DELTAGARE_VISADE).detaljer == {"andamal": "arbetslista", "antal": 50}


def test_an_insats_without_waiting_originals_says_so(klient_da, insats):
    sida = klient_da.get(reverse("deltagare:original"), {"insats": insats.pk}).text

    assert "Alla original i insatsen har ett datum" in sida
    assert 'name="spara" data-vantar' not in sida


def test_the_receipt_says_what_was_consented_to_and_how_to_withdraw(klient_da, insats):
    alma = PersonFactory(namn_klartext="Alma Testsson", personnummer_klartext=ALMA)
    rad = samtycke(insats, person=alma, datum=date(2011, 1, 5))
    klient_da.anvandare.telefon = "0520-123 45"
    klient_da.anvandare.save()

    svar = klient_da.get(reverse("deltagare:samtyckeskvitto", args=[rad.deltagande_id]))

    assert svar.headers["Content-Type"] == "application/pdf"
    assert "Alma" not in svar.headers["Content-Disposition"]
    assert "no-store" in svar.headers["Cache-Control"]
    text = " ".join(" ".join(sida.extract_text() for sida in PdfReader(io.BytesIO(svar.content)).pages).split())
    for bit in (
        *("Alma Testsson", "Hjortmossen", "9443 platshållare 1", "2011-01-05", "Svenska", "0520-123 45", str(klient_da.anvandare)),
        "Försäkringskassan ansvarar för personuppgifterna i SUS.",
        "Så tar du tillbaka samtycket",
        "Texten är en platshållare, inte Försäkringskassans egen.",
        "Du kan när som helst ta tillbaka ditt samtycke.",
    ):
        assert bit in text, f"{bit}: {text}"
    assert "19620901-****" in text
    assert "9808" not in text


def test_the_receipt_is_a_showing_of_the_person(klient_da, insats):
    rad = samtycke(insats)

    klient_da.get(reverse("deltagare:samtyckeskvitto", args=[rad.deltagande_id]))

    handelse = Handelse.objects.get(typ=Handelse.Typ.DELTAGARE_VISADE)
    assert (handelse.logg_id, handelse.detaljer["andamal"]) == ([str(rad.deltagande.person.logg_id)], "kvitto")
