"""Kostnadsrapport: utfall that is not registered is said wherever its sums stand; a surplus that is counted again is said too."""

import pytest

from behorigheter.roller import Roll
from rapporter.definitioner.kostnad import FLERA_AR
from tests.factories import (
    AdministrativKostnadFactory,
    BudgetarFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)
from tests.rapporter.conftest import adress, gor_rapport, som_json, tabell

NIVAER = ("summerad", "detaljerad")
TVA_AR = {"fran": "2010-01", "till": "2011-12"}


@pytest.fixture
def organisation(db):
    """Two insatser of 2010 and 2011. Of the first both amounts of 2011 are unknown, of administration that of 2011."""
    rad = SamverkansorganisationFactory()
    lucka, hel = (InsatsFactory(samverkansorganisation=rad, startdatum="2010-01-01") for _ in range(2))
    for insats, utfall in ((lucka, {2010: 90, 2011: None}), (hel, {2010: 80, 2011: 0})):
        for ar in (2010, 2011):
            insatsar = InsatsArFactory(insats=insats, ar=ar)
            InsatsBudgetFactory(insatsar=insatsar, utfall=utfall[ar])
            InsatsBudgetFactory(insatsar=insatsar, budgettyp="esf_insatskostnad", utfall=utfall[ar])
    for ar, kostnad in ((2010, 10), (2011, None)):
        AdministrativKostnadFactory(budgetar=BudgetarFactory(samverkansorganisation=rad, ar=ar), utfall=kostnad)
    return rad


def rapporten(organisation, **urval):
    return gor_rapport("kostnad", organisation=organisation.pk, **urval)


@pytest.mark.parametrize("niva", NIVAER)
def test_unknown_utfall_of_insatser_and_administration_is_one_notice(organisation, niva):
    rapport = rapporten(organisation, rapportniva=niva, **TVA_AR)

    notis = "Utfall 2011 saknas för 2 budgetposter i 1 insats och 1 administrativ kostnad. Det räknas som 0 kronor."
    assert rapport.notiser == (notis,)


@pytest.mark.parametrize("niva", NIVAER)
def test_an_insats_has_its_utfall_when_all_its_rows_of_the_years_have_one(organisation, niva):
    assert rapporten(organisation, rapportniva=niva, **TVA_AR).tackning.text == (
        "Utfall 2010 och 2011 är registrerat i 1 av 2 insatser med budget."
    )


@pytest.mark.parametrize("niva", NIVAER)
def test_nothing_is_missing_in_the_years_when_all_is_registered(organisation, niva):
    rapport = rapporten(organisation, rapportniva=niva, ar=2010)

    assert (rapport.notiser, rapport.tackning.text) == ((), "Utfall 2010 är registrerat i 2 av 2 insatser med budget.")


def test_years_between_of_which_nothing_is_missing_are_not_named(db):
    insatsar = [InsatsArFactory(ar=ar, insats__startdatum="2008-01-01") for ar in range(2008, 2016)]
    for rad in insatsar:
        InsatsBudgetFactory(insatsar=rad, utfall=100 if rad.ar in (2011, 2014) else None)

    [notis] = gor_rapport("kostnad", niva="riket", fran="2008-01", till="2015-12").notiser

    assert notis.startswith("Utfall 2008–2010, 2012, 2013 och 2015 saknas")


def test_what_another_organisation_has_not_registered_is_not_missing_here(organisation):
    InsatsBudgetFactory(insatsar=InsatsArFactory(ar=2010))

    assert rapporten(organisation, ar=2010).notiser == ()
    assert gor_rapport("kostnad", ar=2010, niva="riket").notiser == (
        "Utfall 2010 saknas för 1 budgetpost i 1 insats. Det räknas som 0 kronor.",
    )


@pytest.mark.parametrize(
    ("nyckel", "urval"), [("regeringsunderlag", {"ar": 2011}), ("paket", {"typ": "ar", "fran": "2011-01"}), ("paket", {"fran": "2010-01"})]
)
def test_longer_reports_say_it_where_their_money_stands(organisation, nyckel, urval):
    urval = {"typ": "ar", "organisation": organisation.pk, **urval} if nyckel == "paket" else urval

    noter = {tabell.nyckel: tabell.noter for tabell in gor_rapport(nyckel, **urval).tabeller}

    saknas = [not_ for nyckel, texter in noter.items() for not_ in texter if "saknas för" in not_]
    assert saknas == list(noter["sammanstallning"])
    assert len(saknas) == (0 if "2010-01" in urval.values() else 1)


@pytest.mark.parametrize(("urval", "sagt"), [(TVA_AR, True), ({"ar": 2010}, False)])
def test_a_surplus_that_several_years_begin_with_is_said_to_be_counted_each_time(organisation, urval, sagt):
    *_, sammanstallning = rapporten(organisation, **urval).tabeller

    assert (FLERA_AR in sammanstallning.noter) == sagt


def test_administrativa_kostnader_have_a_subtotal_for_each_of_several_organisationer(organisation):
    annan = BudgetarFactory(ar=2010, samverkansorganisation__namn="Åprov")
    AdministrativKostnadFactory(budgetar=annan, kostnadstyp="personal", budget=70, utfall=30)
    AdministrativKostnadFactory(budgetar=annan, kostnadstyp="kring", budget=70, utfall=None)
    egen = {"organisation": organisation.pk, "ar": 2010}

    ensam, alla = (tabell(som_json(gor_rapport("kostnad", **urval)), "administrativa_kostnader") for urval in (egen, {"ar": 2010}))

    assert "delsummor" not in ensam
    assert alla["rader"] == [
        [organisation.namn, "Kring", 50_000, 10],
        ["Åprov", "Kring", 70, None],
        ["Åprov", "Personal", 70, 30],
    ]
    assert alla["delsummor"] == [[0, [f"Summa {organisation.namn}", None, 50_000, 10]], [2, ["Summa Åprov", None, 140, 30]]]
    assert alla["summa"] == ["Totalt", None, 50_140, 40]


@pytest.mark.parametrize(("niva", "sagt"), [("summerad", False), ("detaljerad", True)])
def test_only_a_report_with_deltagare_says_that_small_numbers_of_them_are_hidden(organisation, inloggad, niva, sagt):

    svar = inloggad(Roll.RAPPORT).get(adress("kostnad"), {"ar": "2011", "rapportniva": niva})

    assert svar.context["rapport"].skydd == "skyddad"
    assert ("Små tal om deltagare" in svar.content.decode()) == sagt
