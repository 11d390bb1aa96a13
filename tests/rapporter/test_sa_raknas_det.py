"""Så räknas det: every column is explained, with numerator, denominator and who is left out."""

from datetime import date

import pytest

from rapporter.definition import samlade
from tests.factories import InsatsFactory
from tests.rapporter.conftest import gor_rapport

AR = {"ar": 2011}
UTAN_MATNING = "De som avslutats utan mätning räknas inte med."
FORE_EFTER = ("Avslutade", "Avslutade med mätning", "Andel med mätning")
TACKNING = ("Täckning", "Anonyma och återtagna samtycken", "Unika personer")


@pytest.mark.parametrize(
    ("nyckel", "urval", "termer"),
    [
        ("deltagare", {"typ": "sysselsattning"}, (*FORE_EFTER, *TACKNING, "Arbetar", "Studerar", "Typ av arbete")),
        ("deltagare", {"typ": "forsorjning"}, (*FORE_EFTER, *TACKNING)),
        ("standard-deltagare", {"typ": "resultat"}, FORE_EFTER),
        ("nationell", {}, ("Avslutade", "Återtagna samtycken", "I volyminsatser", "Anonyma")),
        ("insats", {}, ("Återtagna samtycken", "Volyminsats", "Antal i volyminsats")),
        ("regeringsunderlag", {}, (*FORE_EFTER, *TACKNING, "Planerat antal", "Försörjning när insatsen började", "Återtagna samtycken")),
    ],
)
def test_columns_are_explained(db, nyckel, urval, termer):
    forklarat = dict(gor_rapport(nyckel, **AR, **urval).definitioner)

    assert [term for term in termer if term not in forklarat] == []
    assert UTAN_MATNING in forklarat.get("Avslutade med mätning", UTAN_MATNING)


def test_kompletterande_fragor_explains_its_tackning_and_both_shares(db):
    insats = InsatsFactory(startdatum=date(2010, 1, 1))

    forklarat = dict(gor_rapport("kompletterande-fragor", insats=insats.pk, **AR).definitioner)

    assert set(TACKNING) <= set(forklarat)
    assert forklarat["Andel (svarsfrekvens)"] == "de som har svarat delat med dem som fick frågan, avrundat till hela procent."


@pytest.mark.parametrize(("jamfor", "sagt"), [({"jamfor": "riket"}, True), ({}, False)])
def test_share_of_a_reason_is_explained_when_it_stands_there(db, jamfor, sagt):
    insats = InsatsFactory(startdatum=date(2010, 1, 1))

    rapport = gor_rapport("deltagare", typ="avslutningsanledning", insats=insats.pk, **AR, **jamfor)

    assert ("Andel" in dict(rapport.definitioner)) == sagt


def test_the_three_kinds_of_work_are_named_with_what_their_share_is_of(db):
    text = dict(gor_rapport("deltagare", typ="sysselsattning", **AR).definitioner)["Typ av arbete"]

    tabell = next(tabell for tabell in gor_rapport("deltagare", typ="sysselsattning", **AR).tabeller if tabell.nyckel == "arbetstyp")
    assert [namn for namn in tabell.kolumn("kategori") if str(namn) not in text] == []
    assert "av alla avslutade med mätning" in text


@pytest.mark.parametrize(("urval", "sagt"), [({"ar": 2011}, ""), ({"fran": "2010-01", "till": "2011-12"}, "2010 och 2011")])
def test_planned_numbers_of_several_years_are_said_to_be_summed(db, urval, sagt):
    text = dict(gor_rapport("insats", **urval).definitioner)["Planerat antal"]

    assert text == "det antal deltagare som insatsen har planerat för budgetåret." + (f" Här är åren {sagt} hoplagda." if sagt else "")


def test_share_of_everybody_is_not_explained_as_one_of_those_measured(db):
    termer = dict(gor_rapport("regeringsunderlag", **AR).definitioner)

    assert termer["Andel (bakgrund)"].startswith("antalet delat med alla i tabellen")
    assert termer["Andel (sysselsättning och försörjning)"].startswith("antalet delat med alla avslutade med mätning")
    assert "Andel" not in termer


def test_parts_that_explain_a_word_alike_are_one_and_those_that_do_not_say_where():
    delar = [("Ett", [("Andel", "av ett"), ("Antal", "alla")]), ("Två, delat", [("Andel", "av två"), ("Antal", "alla")])]

    assert samlade([*delar, ("Tre", [("Andel", "av två")])]) == [
        ("Andel (ett)", "av ett"),
        ("Andel (två och tre)", "av två"),
        ("Antal", "alla"),
    ]
