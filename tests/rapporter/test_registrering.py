"""Registrering: how soon and how completely, by hand and against a second computation over random rows."""

import os
import random
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pytest

from behorigheter.roller import Roll
from deltagare.models import Deltagande, Svar
from insatser.models import InsatsBudget
from tests.factories import (
    BehorighetFactory,
    DeltagandeFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    SamverkansorganisationFactory,
    SvarFactory,
)
from tests.rapporter import slump
from tests.rapporter.conftest import gor_rapport, som_json, som_poster

FRON = range(5) if os.environ.get("SUS_ALLT") else range(1)
KOLUMNER = ["in", "ut", "dagar_till_in", "dagar_till_ut", "oppna_over_12_manader"]
SAKNAS = ["saknar_budget", "saknar_utfall", "saknar_planerat"]


def poster(by=None, **urval):
    """{insats: {column: cell}}"""
    return som_poster(som_json(gor_rapport("registrering", by=by, **urval))["tabeller"][0])


def registrerad(dag, klockan="12:00"):
    return datetime.fromisoformat(f"{dag}T{klockan}:00+00:00")


def deltagande(insats, start, inregistrerad, slut=None, utregistrerad=None):
    rad = DeltagandeFactory(insats=insats, startdatum=start, slutdatum=slut, avslutningsanledning=1 if slut else None)
    Deltagande.objects.filter(pk=rad.pk).update(inregistrerad=inregistrerad, utregistrerad=utregistrerad)
    return rad


def test_columns_are_those_of_the_interface(db):
    insats = InsatsFactory()

    kolumner = som_json(gor_rapport("registrering", ar=2011, organisation=insats.samverkansorganisation_id))["tabeller"][0]["kolumner"]

    assert [kolumn["nyckel"] for kolumn in kolumner] == ["insats", *KOLUMNER, *SAKNAS, "obesvarade_fragor"]


def test_days_to_registering_are_medians_of_those_who_began_and_of_those_who_ended(db):
    insats = InsatsFactory()
    for start, dagar in [(date(2011, 3, 1), 0), (date(2011, 3, 1), 4), (date(2011, 5, 1), 11), (date(2010, 5, 1), 300)]:
        deltagande(insats, start, registrerad(start + timedelta(days=dagar)))
    deltagande(insats, date(2010, 1, 1), registrerad("2010-01-01"), date(2011, 6, 1), registrerad("2011-06-02"))
    deltagande(insats, date(2010, 1, 1), registrerad("2010-01-01"), date(2011, 6, 1), registrerad("2011-06-05"))

    rad = poster(ar=2011, organisation=insats.samverkansorganisation_id)[insats.namn]

    assert [rad[namn] for namn in KOLUMNER[:4]] == [3, 2, 4, 3]  # 2.5 days, half up


def test_the_day_of_registering_is_the_swedish_one_and_never_before_the_event(db):
    insats = InsatsFactory()
    deltagande(insats, date(2011, 3, 1), registrerad("2011-03-01", "23:30"))

    def dagar():
        return poster(ar=2011, organisation=insats.samverkansorganisation_id)[insats.namn]["dagar_till_in"]

    assert dagar() == 1
    Deltagande.objects.update(inregistrerad=registrerad("2011-02-01"))
    assert dagar() == 0


def test_nobody_to_take_a_median_of_leaves_it_empty(db):
    insats = InsatsFactory()

    rad = poster(ar=2011, organisation=insats.samverkansorganisation_id)[insats.namn]

    assert [rad[namn] for namn in KOLUMNER] == [0, 0, None, None, 0]


@pytest.mark.parametrize(("start", "slut", "oppen"), [("2010-12-30", None, 1), ("2010-12-31", None, 0), ("2010-12-30", "2011-12-31", 0)])
def test_open_for_more_than_twelve_months_on_the_last_day(db, start, slut, oppen):
    insats = InsatsFactory()
    deltagande(insats, date.fromisoformat(start), registrerad(start), slut and date.fromisoformat(slut))

    assert poster(ar=2011, organisation=insats.samverkansorganisation_id)[insats.namn]["oppna_over_12_manader"] == oppen


def saknas(insats, *ar):
    rad = poster(fran=f"{ar[0]}-01", till=f"{ar[-1]}-12", organisation=insats.samverkansorganisation_id)[insats.namn]
    return [rad[namn] for namn in SAKNAS]


def test_a_budget_year_lacks_what_has_not_been_written(db):
    insats = InsatsFactory(startdatum=date(2010, 6, 1))
    ar = InsatsArFactory(insats=insats, ar=2011, planerat_antal=None)

    assert saknas(insats, 2011) == [1, 0, 1]
    rad = InsatsBudgetFactory(insatsar=ar, budget=100, utfall=None)
    assert saknas(insats, 2011) == [0, 1, 1]
    assert saknas(insats, 2009, 2011) == [1, 1, 2]  # 2010 too; in 2009 it did not run
    InsatsBudget.objects.filter(pk=rad.pk).update(utfall=0)
    ar.planerat_antal = 10
    ar.save()
    assert saknas(insats, 2011) == [0, 0, 0]


def test_utfall_is_not_missing_before_the_year_has_ended(db, klockan):
    insats = InsatsFactory()
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011, planerat_antal=1), utfall=None)

    klockan("2011-12-31 12:00:00+01:00")
    assert saknas(insats, 2011) == [0, 0, 0]
    klockan("2012-01-01 12:00:00+01:00")
    assert saknas(insats, 2011) == [0, 1, 0]


def test_only_what_must_be_answered_is_missed(db):
    maste = KompletterandeFragaFactory(obligatorisk=True, mattillfalle="bada")
    insats = InsatsFactory(samverkansorganisation=maste.samverkansorganisation)
    KompletterandeFragaFactory(samverkansorganisation=maste.samverkansorganisation)
    rad = DeltagandeFactory(insats=insats, startdatum=date(2011, 3, 1), slutdatum=date(2012, 3, 1), avslutningsanledning=1)

    def obesvarade(ar):
        return poster(ar=ar, organisation=insats.samverkansorganisation_id)[insats.namn]["obesvarade_fragor"]

    assert (obesvarade(2011), obesvarade(2012)) == (1, 1)
    SvarFactory(fraga=maste, deltagande=rad)
    assert (obesvarade(2011), obesvarade(2012)) == (0, 1)


def test_a_question_is_not_missed_at_a_mattillfalle_where_it_is_not_put(db):
    fraga = KompletterandeFragaFactory(obligatorisk=True, mattillfalle="in")
    insats = InsatsFactory(samverkansorganisation=fraga.samverkansorganisation)
    SvarFactory(fraga=fraga, deltagande=DeltagandeFactory(insats=insats, avslutat=True))

    assert poster(ar=2011, organisation=insats.samverkansorganisation_id)[insats.namn]["obesvarade_fragor"] == 0


def test_subtotals_stand_after_each_organisation_above_its_level(db):
    for namn in ("Ånge", "Arboga"):
        DeltagandeFactory(insats=InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn=namn)))

    tabell = som_json(gor_rapport("registrering", ar=2011, niva="riket"))["tabeller"][0]

    assert [(index, celler[:2]) for index, celler in tabell["delsummor"]] == [(0, ["Summa Arboga", 1]), (1, ["Summa Ånge", 1])]
    assert tabell["summa"][:2] == ["Totalt", 2]


def test_protected_counts_are_head_counts_and_a_median_needs_ten(db):
    stor, liten = (InsatsFactory() for _ in range(2))
    for insats, antal in ((stor, 10), (liten, 9)):
        for nr in range(antal):
            deltagande(insats, date(2011, 3, 1), registrerad(f"2011-03-{nr + 1:02}"))
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    rader = poster(by=anvandare, ar=2011, niva="riket")

    assert [rader[stor.namn][namn] for namn in KOLUMNER] == [10, "0–4", 5, "–", "0–4"]
    assert [rader[liten.namn][namn] for namn in KOLUMNER[:3]] == [9, "0–4", "–"]
    assert [rader[stor.namn][namn] for namn in SAKNAS] == [1, 0, 1]


def test_reports_have_no_user_in_them(db):
    """What is measured is the insats."""
    insats = InsatsFactory()
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    innehall = som_json(gor_rapport("registrering", by=anvandare, ar=2011, organisation=insats.samverkansorganisation_id))

    assert anvandare.anvandarnamn not in str(innehall["tabeller"])


# The second computation: plain Python over plain rows.


@pytest.fixture(params=FRON)
def landet(request, db):
    """The random country with random days of registering, answers and budgets: {place of the post: (in, ut)}, and who has answered."""
    dra = random.Random(request.param)
    alla, insatser = slump.lagg_upp(request.param)
    tider = [(_nagra_dagar_efter(dra, post.start), post.slut and _nagra_dagar_efter(dra, post.slut)) for post in alla]
    rader = {rad.pk: rad for rad in Deltagande.objects.all()}
    for post, (in_, ut) in zip(alla, tider, strict=True):
        rader[post.deltagande].inregistrerad, rader[post.deltagande].utregistrerad = in_, ut
    Deltagande.objects.bulk_update(rader.values(), ["inregistrerad", "utregistrerad"])
    fraga = KompletterandeFragaFactory(samverkansorganisation=insatser[0].samverkansorganisation, obligatorisk=True, mattillfalle="bada")
    svar = {(nr, typ) for nr, post in enumerate(alla) for typ in ("in", "ut") if _mattes(post, typ, fraga) and dra.random() < 0.7}
    alternativ = fraga.alternativ.first()
    Svar.objects.bulk_create(
        Svar(deltagande_id=alla[nr].deltagande, insats_id=alla[nr].insats, typ=typ, fraga=fraga, alternativ=alternativ) for nr, typ in svar
    )
    return alla, insatser, tider, fraga, svar


def _nagra_dagar_efter(dra, dag):
    return datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC) + timedelta(days=dra.choice([0, 0, 1, 2, 5, 40]))


def _mattes(post, typ, fraga):
    if post.organisation != fraga.samverkansorganisation_id:
        return False
    return typ == "in" or (post.slut is not None and post.anledning != 7)


def _mitten(dagar):
    return int(Decimal(str(median(dagar))).quantize(Decimal(1), ROUND_HALF_UP)) if dagar else None


def _vantat(nummer, landet, fran, till):
    alla, _, tider, fraga, svar = landet
    nya = [nr for nr in nummer if fran <= alla[nr].start <= till]
    slutade = [nr for nr in nummer if alla[nr].avslutad_i(fran, till)]
    aret_fore = till.replace(year=till.year - 1, day=min(till.day, 28) if till.month == 2 else till.day)
    oppna = [nr for nr in nummer if alla[nr].start < aret_fore and (alla[nr].slut is None or alla[nr].slut > till)]
    dagar = (
        [(tider[nr][0].date() - alla[nr].start).days for nr in nya],
        [(tider[nr][1].date() - alla[nr].slut).days for nr in slutade],
    )
    fick = [(nr, typ) for typ, de in (("in", nya), ("ut", slutade)) for nr in de if _mattes(alla[nr], typ, fraga)]
    return [len(nya), len(slutade), *map(_mitten, dagar), len(oppna), len(set(fick) - svar)]


def test_every_row_and_sum_is_what_plain_python_says(landet):
    alla, insatser, *_ = landet
    for (fran, till), period in [
        (("2020-01", "2020-12"), (date(2020, 1, 1), date(2020, 12, 31))),
        (("2019-11", "2020-02"), (date(2019, 11, 1), date(2020, 2, 29))),
    ]:
        tabell = som_json(gor_rapport("registrering", niva="riket", fran=fran, till=till))["tabeller"][0]
        raknat = {rad[0]: [*rad[1:6], rad[9]] for rad in [*tabell["rader"], *(rad for _, rad in tabell["delsummor"]), tabell["summa"]]}
        grupper = {insats.namn: [nr for nr, post in enumerate(alla) if post.insats == insats.pk] for insats in insatser}
        for forbund in {insats.samverkansorganisation for insats in insatser}:
            grupper[f"Summa {forbund.namn}"] = [nr for nr, post in enumerate(alla) if post.organisation == forbund.pk]
        grupper["Totalt"] = range(len(alla))
        assert raknat == {namn: _vantat(nummer, landet, *period) for namn, nummer in grupper.items()}
        assert all(cell for cell in raknat["Totalt"])
