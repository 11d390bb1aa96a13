"""What one of a volym is: the insatsrapport says it beside the numbers, on the page and in every file (docs/regler.md 6.8)."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.roller import Roll
from insatser.actions import registrera_volym
from rapporter.definitioner import insatstabell
from tests.factories import InsatsFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell

pytestmark = pytest.mark.django_db

PA_OLIKA_SATT = "Summan lägger ihop det som räknas på olika sätt."


@pytest.fixture
def forbundet():
    return SamverkansorganisationFactory(namn="Älvdalsförbundet")


def volyminsats(forbundet, namn, avser, antal=10):
    insats = InsatsFactory(samverkansorganisation=forbundet, namn=namn, volym=True, volym_avser=avser)
    registrera_volym(insats=insats, ar=2011, antal=antal, by=None)
    return insats


def insatstabellen(forbundet, kolumner="antal_volym"):
    urval = {"niva": "organisation", "organisation": forbundet.pk, "fran": "2011-01", "till": "2011-12"}
    rapport = som_json(gor_rapport("insats", **urval, kolumner=kolumner))
    return tabell(rapport, "insatser")


def test_the_note_says_what_is_counted_and_the_sum_stays(forbundet):
    for namn, avser, antal in (("Öppet hus", "tillfallen", 25), ("Ålderns dag", "tillfallen", 5), ("Frukostmöten", "personer", 3)):
        volyminsats(forbundet, namn, avser, antal)

    tabellen = insatstabellen(forbundet)

    text = "Antal i volyminsats är personer i Frukostmöten samt tillfällen i Ålderns dag och Öppet hus."
    assert f"{text} {PA_OLIKA_SATT}" in tabellen["noter"]
    summa = dict(zip((kolumn["nyckel"] for kolumn in tabellen["kolumner"]), tabellen["summa"], strict=True))
    assert summa["antal_volym"] == 33


def test_the_note_stands_on_the_page_and_on_paper(forbundet, inloggad):
    volyminsats(forbundet, "Öppet hus", "tillfallen")
    klient = inloggad(Roll.RAPPORT)
    adress = reverse("rapporter:rapport", args=["insats"])
    urval = {"niva": "organisation", "organisation": forbundet.pk, "ar": "2011", "kolumner": "antal_volym"}

    sida, pdf = klient.get(adress, urval), klient.get(adress, urval | {"format": "pdf"})

    text = " ".join(" ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(pdf.content)).pages).split())
    assert "Antal i volyminsats är tillfällen i Öppet hus." in sida.text
    assert "Antal i volyminsats är tillfällen i Öppet hus." in text


def test_what_is_not_stated_is_told_and_many_insatser_only_by_their_number(forbundet, monkeypatch):
    monkeypatch.setattr(insatstabell, "FLEST_NAMNDA", 1)
    for namn, avser in (("A", "personer"), ("B", "personer"), ("C", "")):
        volyminsats(forbundet, namn, avser)

    text = "Antal i volyminsats är personer i 2 insatser. Det framgår inte om volymen i C är personer eller tillfällen."
    assert insatstabellen(forbundet)["noter"][-1] == f"{text} {PA_OLIKA_SATT}"


@pytest.mark.parametrize("kolumner", ["", "antal,volyminsats"])
def test_nothing_is_said_of_a_column_that_is_not_shown(forbundet, kolumner):
    for namn, avser in (("A", "personer"), ("B", "")):
        volyminsats(forbundet, namn, avser)

    assert not any("volym" in not_.lower() for not_ in insatstabellen(forbundet, kolumner)["noter"])


def test_without_volyminsatser_nothing_is_said_of_them(forbundet):
    InsatsFactory(samverkansorganisation=forbundet)

    assert not any("volyminsats" in not_.lower() for not_ in insatstabellen(forbundet)["noter"])


def test_a_period_without_insatser_has_counted_nobody_and_knows_nothing_of_the_rest():
    totalt = som_poster(tabell(som_json(gor_rapport("insats", ar=2011)), "insatser"))["Totalt"]

    kolumner = ("antal", "anonyma", "aterkallade", "antal_volym", "planerat_antal", "budget", "utfall")
    assert [totalt[namn] for namn in kolumner] == [0, 0, 0, 0, None, None, None]
