"""Insatsbudget per year: rows, years, conflict (docs/regler.md 4.2)."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.actions import spara_insatsbudget
from insatser.models import Insats, InsatsAr, InsatsBudget
from organisations.models import Samverkansorganisation
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


def adress(insats, ar=2011):
    return reverse("insatser:budget", args=[insats.pk]) + f"?ar={ar}"


def formular(*rader, planerat="", version=0, **kwargs):
    falt = {"planerat_antal": planerat, "version": version, "rad-TOTAL_FORMS": len(rader), "rad-INITIAL_FORMS": 0}
    for nr, rad in enumerate(rader):
        falt |= {f"rad-{nr}-{namn}": varde for namn, varde in rad.items()}
    return falt | kwargs


def rad(budgettyp="insatskostnad", budget="500 000", utfall="", beskrivning=""):
    return {"budgettyp": budgettyp, "budget": budget, "utfall": utfall, "beskrivning": beskrivning}


def sparade(ar=2011):
    rader = InsatsBudget.objects.filter(insatsar__ar=ar).order_by("pk")
    return list(rader.values_list("budgettyp", "budget", "utfall", "beskrivning"))


def test_rows_and_planerat_antal_are_saved(ansvarig, insats):
    rader = [rad(utfall="0"), rad(beskrivning="Lokaler"), rad("esf_insatskostnad", "120000")]

    svar = ansvarig.post(adress(insats), formular(*rader, planerat="40"))

    assert svar.url == adress(insats)
    assert InsatsAr.objects.get().planerat_antal == 40
    assert sparade() == [
        ("insatskostnad", 500_000, 0, ""),
        ("insatskostnad", 500_000, None, "Lokaler"),
        ("esf_insatskostnad", 120_000, None, ""),
    ]
    assert Handelse.objects.get().detaljer == {"ar": 2011, "rader": 3}


def test_opening_the_page_saves_nothing(ansvarig, insats):
    ansvarig.get(adress(insats))

    assert not InsatsAr.objects.exists()


def test_unknown_utfall_is_blank_and_zero_is_zero(ansvarig, insats):
    insatsar = InsatsArFactory(insats=insats, ar=2011)
    InsatsBudgetFactory(insatsar=insatsar, utfall=None)
    InsatsBudgetFactory(insatsar=insatsar, utfall=0, beskrivning="Lokaler")

    form = ansvarig.get(adress(insats)).context["form"]

    assert [rad["utfall"].value() for rad in form.rader.forms] == [None, "0"]


def test_empty_row_is_left_out_and_an_emptied_row_is_taken_away(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011))

    ansvarig.post(adress(insats), formular(rad("", "", ""), rad("", "", ""), version=1))

    assert sparade() == []


@pytest.mark.parametrize(
    ("rader", "nummer", "falt", "mening"),
    [
        ([rad(budgettyp="")], 0, "budgettyp", "Välj budgettyp."),
        ([rad(budget="")], 0, "budget", "Fyll i budget."),
        ([rad(), rad("esf_insatskostnad", budget="-1")], 1, "budget", "Beloppet får inte vara negativt."),
        ([rad(utfall="1,50")], 0, "utfall", "Skriv beloppet i hela kronor, utan ören."),
        (
            [rad(), rad()],
            1,
            "beskrivning",
            "Det finns redan en rad med samma budgettyp och beskrivning. Skriv en annan beskrivning.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_row_and_nothing_is_saved(ansvarig, insats, rader, nummer, falt, mening):
    svar = ansvarig.post(adress(insats), formular(*rader, planerat="40"))

    assert svar.context["form"].rader.forms[nummer].errors == {falt: [mening]}
    assert f"#id_rad-{nummer}-{falt}" in svar.text
    assert not InsatsAr.objects.exists()


def test_a_row_is_added_and_taken_away_without_saving(ansvarig, insats):
    tillagd = ansvarig.post(adress(insats), formular(rad(budget="fel"), planerat="40", **{"lagg-till": "1"}))
    borttagen = ansvarig.post(adress(insats), formular(rad(budget="1"), rad(budget="2"), **{"ta-bort": "0"}))

    form = tillagd.context["form"]
    assert [ett["budget"].value() for ett in form.rader.forms] == ["fel", None]
    assert form["planerat_antal"].value() == "40"
    assert not form.rader.total_error_count()
    assert [ett["budget"].value() for ett in borttagen.context["form"].rader.forms] == ["2"]
    assert not InsatsAr.objects.exists()


def test_added_rows_remember_the_version_that_was_opened(ansvarig, insats):
    InsatsArFactory(insats=insats, ar=2011, version=3)

    svar = ansvarig.post(adress(insats), formular(version=2, **{"lagg-till": "1"}))

    assert svar.context["version"] == 2


@pytest.mark.parametrize("antal", ["", "-1", "99999999999", "١"])
def test_nonsense_number_of_rows_does_no_harm(ansvarig, insats, antal):
    svar = ansvarig.post(adress(insats), {"rad-TOTAL_FORMS": antal, "lagg-till": "1"})

    assert len(svar.context["form"].rader.forms) == 1


def test_two_who_save_the_same_year_see_both_texts_and_nothing_is_lost(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011, planerat_antal=60, version=2), budget=700_000)

    svar = ansvarig.post(adress(insats), formular(rad(), planerat="40", version=1))

    assert svar.status_code == 409
    assert [(ett.falt, ett.sparat, ett.ditt) for ett in svar.context["konfliktrader"]] == [
        ("Planerat antal", "60", "40"),
        ("Budgetrader", "Insatskostnad, budget 700\u202f000, utfall okänt", "Insatskostnad, budget 500\u202f000, utfall okänt"),
    ]
    assert sparade() == [("insatskostnad", 700_000, None, "")]


def test_two_who_begin_the_same_year_at_once_do_not_overwrite_each_other(ansvarig, insats):
    ansvarig.post(adress(insats), formular(rad(), version=0))

    svar = ansvarig.post(adress(insats), formular(rad(budget="1"), version=0))

    assert svar.status_code == 409
    assert sparade() == [("insatskostnad", 500_000, None, "")]


def test_other_years_may_be_changed_meanwhile(ansvarig, insats):
    ansvarig.post(adress(insats, 2010), formular(rad(budget="1")))

    svar = ansvarig.post(adress(insats, 2011), formular(rad(budget="2")))

    assert svar.url == adress(insats, 2011)
    assert (sparade(2010)[0][1], sparade(2011)[0][1]) == (1, 2)


def test_saving_without_a_change_leaves_no_trace(insats):
    insatsar = InsatsArFactory(insats=insats, ar=2011)
    InsatsBudgetFactory(insatsar=insatsar, utfall=None)
    rader = [InsatsBudget(budgettyp="insatskostnad", budget=500_000, utfall=None)]

    spara_insatsbudget(insats=insats, ar=2011, planerat_antal=40, rader=rader, by=None)

    insatsar.refresh_from_db()
    assert insatsar.version == 1
    assert not Handelse.objects.exists()


def test_utfall_zero_is_another_thing_than_unknown(insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), utfall=None)
    rader = [InsatsBudget(budgettyp="insatskostnad", budget=500_000, utfall=0)]

    spara_insatsbudget(insats=insats, ar=2011, planerat_antal=40, rader=rader, by=None)

    assert sparade() == [("insatskostnad", 500_000, 0, "")]


@time_machine.travel(date(2012, 1, 10))
def test_years_run_from_the_start_to_next_year_or_the_end():
    organisation = SamverkansorganisationFactory(startdatum=date(2009, 1, 1))

    def ar(**kwargs):
        return list(Insats(samverkansorganisation=organisation, **kwargs).budgetar_som_kan_andras)

    assert ar(startdatum=date(2010, 5, 1)) == [2010, 2011, 2012, 2013]
    assert ar(startdatum=date(2010, 5, 1), slutdatum=date(2011, 2, 1)) == [2010, 2011]
    assert ar(startdatum=date(2007, 5, 1), slutdatum=date(2009, 2, 1)) == [2009]
    assert ar(startdatum=date(2015, 5, 1)) == [2015]


def test_year_before_the_start_of_the_samverkansorganisation_is_refused():
    insats = InsatsFactory(startdatum=date(2007, 1, 1))

    with pytest.raises(Regelbrott, match=r"före samverkansorganisationens startdatum \(2009-01-01\)"):
        spara_insatsbudget(insats=insats, ar=2008, planerat_antal=1, rader=[], by=None)


@pytest.mark.parametrize("ar", ["2008", "1", "text", "99999"])
def test_page_of_a_year_outside_the_insats_does_not_exist(ansvarig, insats, ar):
    assert ansvarig.get(adress(insats, ar)).status_code == 404


def test_konsument_is_chosen_in_tvapartsfinsam_only(inloggad, ansvarig, insats):
    organisation = SamverkansorganisationFactory(samverkansform=Samverkansorganisation.Form.TVAPARTS)
    konsument = IngaendeOrganisationFactory(samverkansorganisation=organisation, konsument=True)
    medlem = IngaendeOrganisationFactory(samverkansorganisation=organisation)
    tvaparts = InsatsFactory(samverkansorganisation=organisation)
    klient = inloggad(Roll.INSATSANSVARIG, organisation)

    klient.post(adress(tvaparts), formular(rad() | {"part": konsument.pk}))
    fel = klient.post(adress(tvaparts), formular(rad() | {"part": medlem.pk}, version=1))
    ansvarig.post(adress(insats), formular(rad() | {"part": konsument.pk}))

    assert InsatsBudget.objects.get(insatsar__insats=tvaparts).part == konsument
    assert list(fel.context["form"].rader.forms[0].errors) == ["part"]
    assert InsatsBudget.objects.get(insatsar__insats=insats).part is None


def test_sums_of_the_year_stand_beside_the_year_before(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010), budget=450_000, utfall=431_200)
    arets = InsatsArFactory(insats=insats, ar=2011)
    InsatsBudgetFactory(insatsar=arets, budget=500_000)
    InsatsBudgetFactory(insatsar=arets, budget=20_000, beskrivning="Lokaler", utfall=18_000)

    rader = ansvarig.get(adress(insats)).context["jamforelse"]

    assert [(rad.text, rad.budget, rad.utfall, rad.budget_ifjol, rad.forandring) for rad in rader] == [
        ("Insatskostnad", 520_000, 18_000, 450_000, 70_000),
        ("ESF Insatskostnad", None, None, None, None),
        ("Totalt", 520_000, 18_000, 450_000, 70_000),
    ]


@pytest.mark.parametrize(
    ("villkor", "varden"),
    [("insatsbudget_belopp", {"budget": -1}), ("insatsbudget_utfall", {"utfall": -1}), ("insatsbudget_kand_typ", {"budgettyp": "okand"})],
)
def test_the_database_itself_refuses(insats, villkor, varden):
    rad = InsatsBudgetFactory(insatsar__insats=insats)

    with pytest.raises(IntegrityError, match=villkor), transaction.atomic():
        InsatsBudget.objects.filter(pk=rad.pk).update(**varden)


def test_the_database_itself_refuses_a_second_row_of_the_same_kind(insats):
    rad = InsatsBudgetFactory(insatsar__insats=insats)

    with pytest.raises(IntegrityError, match="insatsbudget_en_per_beskrivning"), transaction.atomic():
        InsatsBudgetFactory(insatsar=rad.insatsar)
