"""Which deltaganden lack the answer to an obligatorisk kompletterande fråga (docs/regler.md 8)."""

from datetime import date

import pytest

from deltagare.fragor import har_obesvarade_fragor
from deltagare.koder import Avslutningsanledning
from deltagare.models import Deltagande
from tests.factories import DeltagandeFactory, KompletterandeFragaFactory, SvarFactory

START, SLUT = date(2011, 1, 10), date(2011, 6, 30)


@pytest.fixture
def deltagande(db):
    return DeltagandeFactory(startdatum=START, slutdatum=SLUT, avslutningsanledning=Avslutningsanledning.SJUKDOM)


@pytest.fixture
def fraga(deltagande):
    """fraga(**fields) → an obligatorisk question of the deltagande's förbund, put on every day."""

    def _fraga(**falt):
        return KompletterandeFragaFactory(
            samverkansorganisation=deltagande.insats.samverkansorganisation, **{"obligatorisk": True, "fran": date(2010, 1, 1)} | falt
        )

    return _fraga


def saknar_svar():
    return list(Deltagande.objects.filter(har_obesvarade_fragor()))


@pytest.mark.parametrize(("nar", "typer"), [("in", ["in"]), ("ut", ["ut"]), ("bada", ["in", "ut"])])
def test_an_answer_is_missing_until_it_is_given_at_every_mattillfalle_of_the_question(deltagande, fraga, nar, typer):
    en = fraga(mattillfalle=nar)

    for typ in typer:
        assert saknar_svar() == [deltagande]
        SvarFactory(deltagande=deltagande, fraga=en, typ=typ)

    assert saknar_svar() == []


@pytest.mark.parametrize(
    "falt",
    [
        {"obligatorisk": False},
        {"utkast": True},
        {"fran": date(2011, 1, 11)},
        {"till": date(2011, 1, 9)},
        {"mattillfalle": "ut", "till": date(2011, 6, 29)},
        {"mattillfalle": "ut", "fran": date(2011, 7, 1)},
    ],
    ids=str,
)
def test_a_question_that_is_not_put_that_day_is_not_missed(fraga, falt):
    fraga(**falt)

    assert saknar_svar() == []


@pytest.mark.parametrize("falt", [{"fran": START, "till": START}, {"mattillfalle": "ut", "fran": SLUT, "till": SLUT}], ids=str)
def test_the_first_and_the_last_day_of_the_question_count(deltagande, fraga, falt):
    fraga(**falt)

    assert saknar_svar() == [deltagande]


def test_another_forbunds_question_is_not_missed(deltagande):
    KompletterandeFragaFactory(obligatorisk=True)

    assert saknar_svar() == []


def test_another_deltagandes_answer_is_not_this_ones(deltagande, fraga):
    SvarFactory(deltagande=DeltagandeFactory(insats=deltagande.insats), fraga=fraga())

    assert saknar_svar() == [deltagande]


def test_what_goes_on_or_ended_without_measurement_misses_no_answer_about_the_end(deltagande, fraga):
    fraga(mattillfalle="ut")
    DeltagandeFactory(insats=deltagande.insats)
    deltagande.avslutningsanledning = Avslutningsanledning.UTAN_MATNING
    deltagande.save()

    assert saknar_svar() == []


def test_the_answer_to_one_question_answers_no_other(deltagande, fraga):
    fraga()
    SvarFactory(deltagande=deltagande, fraga=fraga())

    assert saknar_svar() == [deltagande]
