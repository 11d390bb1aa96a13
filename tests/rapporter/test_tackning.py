"""Täckning and values of whole years: the counts are those of the selection, the share that of everybody during the calendar years."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, tabell

MARS = {"fran": "2020-03", "till": "2020-03"}
TERTIAL = {"fran": "2020-01", "till": "2020-04"}
MAN = {"kon": "man"}
FA = "Täckning som bygger på färre än 30 deltagare ska tolkas försiktigt."
AREN = "Av alla deltagare under hela 2020 är 5 anonyma och 0 har återtagit samtycket. Täckningen är 75\u00a0%, räknad på hela 2020."


@pytest.fixture
def insats(db):
    """Fifteen of whom ten took part in March, three of these men; and five anonyma."""
    insats = InsatsFactory(startdatum=date(2020, 1, 1))
    DeltagandeFactory.create_batch(7, insats=insats, startdatum=date(2020, 2, 1), kon=Kon.KVINNA)
    DeltagandeFactory.create_batch(3, insats=insats, startdatum=date(2020, 2, 1), kon=Kon.MAN)
    DeltagandeFactory.create_batch(5, insats=insats, startdatum=date(2020, 9, 1), kon=Kon.KVINNA)
    AnonymPost.objects.create(insats=insats, ar=2020, kon=Kon.KVINNA, slag="anonym", antal=5)
    return insats


def rapporten(insats, **urval):
    return gor_rapport("deltagare", typ="bakgrund", insats=insats.pk, **urval)


def rad(rapport):
    svar = tabell(som_json(rapport), "tackning")
    return dict(zip([kolumn["nyckel"] for kolumn in svar["kolumner"]], svar["rader"][0], strict=True))


@pytest.mark.parametrize(("urval", "antal"), [(AR, 15), (MARS, 10), ({**AR, **MAN}, 3), ({**MARS, **MAN}, 3)])
def test_the_share_is_that_of_everybody_during_the_year_whatever_is_selected(insats, urval, antal):
    svar = rad(rapporten(insats, **urval))

    assert (svar["personuppgifter"], svar["anonyma"], svar["andel"]) == (antal, 5, 75)


def test_only_insatser_of_the_period_are_in_the_share(insats):
    senare = InsatsFactory(samverkansorganisation=insats.samverkansorganisation, startdatum=date(2020, 9, 1))
    AnonymPost.objects.create(insats=senare, ar=2020, kon=Kon.MAN, slag="anonym", antal=30)

    rapport = gor_rapport("deltagare", typ="bakgrund", organisation=insats.samverkansorganisation_id, **MARS)

    assert rad(rapport)["andel"] == 75
    vilka = "alla deltagare under hela 2020 i de insatser som pågår under perioden"
    assert f"Täckningen är räknad på {vilka}, för att anonyma bara räknas per år." in tabell(som_json(rapport), "tackning")["noter"]
    assert f"Av {vilka} är 5 anonyma" in rapport.tackning.text


def test_a_whole_year_without_filter_needs_no_explanation_of_whose_share_it_is(insats):
    rapport = rapporten(insats, **AR)
    svar = tabell(som_json(rapport), "tackning")

    assert svar["noter"] == [FA]
    assert not any("helår" in kolumn["rubrik"] for kolumn in svar["kolumner"])
    assert rapport.tackning.text == (
        "15 deltagare är registrerade med personuppgifter (75\u00a0%), 5 är anonyma och 0 har återtagit samtycket."
    )


def test_a_month_says_which_columns_and_whose_share_are_of_the_whole_year(insats):
    rapport = rapporten(insats, **MARS)
    svar = tabell(som_json(rapport), "tackning")

    assert {kolumn["nyckel"] for kolumn in svar["kolumner"] if "(helår)" in kolumn["rubrik"]} == {
        *("anonyma", "aterkallade", "antal_volym", "andel")
    }
    assert svar["noter"] == ["Täckningen är räknad på alla deltagare under hela 2020, för att anonyma bara räknas per år.", FA]
    assert rapport.tackning.text == f"10 deltagare är registrerade med personuppgifter. {AREN}"
    assert rapport.tackning.andel == 75


def test_a_filter_on_persons_says_that_the_share_is_that_of_all(insats):
    rapport = rapporten(insats, **AR, **MAN)
    not_, _ = tabell(som_json(rapport), "tackning")["noter"]

    assert "alla deltagare under hela 2020, oavsett urvalet på deltagare," in not_
    assert rapport.tackning.text == f"3 deltagare är registrerade med personuppgifter. {AREN}"


@pytest.mark.parametrize("urval", [TERTIAL, {**AR, **MAN}, {**TERTIAL, "kon": "kvinna"}])
def test_protected_share_is_the_one_of_the_protected_year(insats, urval):
    lasare = BehorighetFactory(roll=Roll.RAPPORT).anvandare
    AnonymPost.objects.create(insats=insats, ar=2020, kon=Kon.KVINNA, slag="atertaget", antal=2, tid=None)

    hela = rapporten(insats, by=lasare, **AR)
    assert rad(rapporten(insats, by=lasare, **urval))["andel"] == rad(hela)["andel"] == "–"

    AnonymPost.objects.create(insats=insats, ar=2020, kon=Kon.KVINNA, slag="atertaget", antal=3, tid=None)
    hela = rapporten(insats, by=lasare, **AR)
    assert rad(rapporten(insats, by=lasare, **urval))["andel"] == rad(hela)["andel"] == 60


def test_what_the_bold_share_is_of_is_named(insats, inloggad):
    """Measured among those who ended is not what the column Täckning says."""
    avslutad(insats, {}, {})
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)

    def banner(typ):
        sida = klient.get("/rapporter/deltagare/", {"typ": typ, "insats": insats.pk, **AR}).content.decode()
        return sida.partition('<div class="sus-tackning">')[2].partition("</strong>")[0]

    assert "<strong>Underlag 100\u00a0%." in banner("sysselsattning")
    assert "<strong>Täckning 76\u00a0%." in banner("bakgrund")


@pytest.mark.parametrize(
    ("period", "serie", "ingress"),
    [
        ({"fran": "2020-01", "till": "2020-12"}, "Planerat antal", ""),
        ({"fran": "2020-03", "till": "2020-03"}, "Planerat antal (helår)", " Planerat antal gäller hela 2020."),
        ({"fran": "2019-01", "till": "2020-12"}, "Planerat antal", " Planerat antal är summan för hela 2019 och 2020."),
    ],
)
def test_the_diagram_of_insatser_says_which_years_were_planned(db, period, serie, ingress):
    insats = InsatsFactory(startdatum=date(2019, 1, 1))
    DeltagandeFactory(insats=insats, startdatum=date(2020, 3, 1))

    [diagram] = gor_rapport("insats", insats=insats.pk, **period).diagram

    assert diagram.serier[0].namn == serie
    assert diagram.ingress == f"Antal per insats, utan volyminsatser.{ingress}"
