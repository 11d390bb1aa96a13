"""What the database itself holds of kompletterande frågor and their answers, past everything written in Python."""

import pytest
from django.db import ProgrammingError, connection, transaction

from behorigheter import vaggar
from behorigheter.roller import Roll
from deltagare.models import Svar
from organisations.models import KompletterandeFraga, Svarsalternativ
from tests.factories import (
    AnvandareFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    SamverkansorganisationFactory,
    SvarFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
SA = Roll.SAMVERKANSADMINISTRATOR


def nekas(anrop, text):
    with pytest.raises(ProgrammingError, match=text), transaction.atomic():
        anrop()


def kor(sql, *varden):
    with connection.cursor() as c:
        c.execute(sql, varden)
        return c.rowcount


@pytest.mark.parametrize(
    "sql",
    [
        *("UPDATE {f} SET namn = 'x'", "UPDATE {f} SET fragetext = 'x'", "UPDATE {f} SET hjalptext = 'x'", "UPDATE {f} SET slag = 'flera'"),
        *("UPDATE {f} SET fran = '2010-01-01'", "UPDATE {f} SET mattillfalle = 'bada'", "UPDATE {f} SET obligatorisk = true"),
        *("UPDATE {f} SET publicerad = NULL", "UPDATE {f} SET publicerad_av_id = 1", "UPDATE {f} SET id = id + 1000", "DELETE FROM {f}"),
        *("UPDATE {a} SET text = text || 'x'", "UPDATE {a} SET ordning = 9 - ordning", "DELETE FROM {a} WHERE text = 'Handläggaren'"),
        "INSERT INTO {a} (fraga_id, text, ordning) SELECT id, 'Tredje', 3 FROM {f}",
    ],
)
def test_an_answered_question_stands_also_against_raw_sql(sql):
    SvarFactory()
    satsen = sql.format(f="organisations_kompletterandefraga", a="organisations_svarsalternativ")

    nekas(lambda: kor(satsen), "frågan har besvarats")


def test_an_answered_question_gets_another_last_day_and_another_place():
    SvarFactory()

    assert kor("UPDATE organisations_kompletterandefraga SET till = '2012-01-01', ordning = 5, version = version + 1") == 1


def test_a_question_that_nobody_has_answered_is_open():
    KompletterandeFragaFactory()

    assert kor("UPDATE organisations_kompletterandefraga SET fragetext = 'x'") == 1
    assert kor("DELETE FROM organisations_svarsalternativ") == 2
    assert kor("DELETE FROM organisations_kompletterandefraga") == 1


def test_when_the_last_answer_is_gone_the_question_is_open_again():
    svar = SvarFactory()
    svar.delete()

    assert kor("UPDATE organisations_kompletterandefraga SET fragetext = 'x'") == 1


def test_an_alternative_never_moves_to_another_question():
    fraga, annan = KompletterandeFragaFactory.create_batch(2)

    nekas(lambda: fraga.alternativ.filter(text="Deltagaren").update(fraga=annan, text="Ny"), "fast")


def test_an_answer_is_an_alternative_of_its_own_question():
    svar, annan = SvarFactory(), KompletterandeFragaFactory()

    nekas(lambda: Svar.objects.filter(pk=svar.pk).update(alternativ=annan.alternativ.first()), "hör inte till frågan")
    nekas(lambda: Svar.objects.filter(pk=svar.pk).update(fraga=annan), "hör inte till frågan")


@pytest.mark.parametrize("andring", [{"utkast": True}, {"mattillfalle": "ut"}])
def test_an_answer_is_to_a_question_that_is_put_at_the_mattillfalle(andring):
    fraga = KompletterandeFragaFactory(**andring)

    nekas(lambda: SvarFactory(fraga=fraga), "hör inte till frågan")


def test_an_answer_is_to_a_question_of_the_insatss_own_forbund():
    fraga = KompletterandeFragaFactory()

    nekas(lambda: SvarFactory(fraga=fraga, deltagande__insats=InsatsFactory()), "hör inte till frågan")


def test_a_question_put_at_both_mattillfallen_is_answered_at_both():
    fraga = KompletterandeFragaFactory(mattillfalle="bada")
    svar = SvarFactory(fraga=fraga)
    SvarFactory(fraga=fraga, deltagande=svar.deltagande, typ="ut")

    assert fraga.svar.count() == 2


# Wall 2: who writes questions


@pytest.fixture
def fraga():
    return KompletterandeFragaFactory()


def som(anvandare, anrop):
    """The call as a request of the user, past all views."""
    with vaggar.som(anvandare):
        return anrop()


def test_the_samverkansadministrator_writes_the_own_forbunds_questions(fraga):
    administrator = UppdragFactory(roll=SA, samverkansorganisation=fraga.samverkansorganisation).anvandare

    assert som(administrator, lambda: KompletterandeFraga.objects.update(namn="Ny")) == 1
    assert som(administrator, lambda: Svarsalternativ.objects.filter(text="Deltagaren").update(text="Ny")) == 1
    assert som(administrator, fraga.delete)[0] == 3


@pytest.mark.parametrize("roll", [SA, Roll.INSATSANSVARIG, Roll.FK_ADMINISTRATOR])
def test_nobody_else_writes_them_but_all_may_read(fraga, roll):
    if roll == SA:
        anvandare = UppdragFactory(roll=roll, samverkansorganisation=SamverkansorganisationFactory()).anvandare
    elif roll == Roll.INSATSANSVARIG:
        anvandare = UppdragFactory(roll=roll, samverkansorganisation=fraga.samverkansorganisation).anvandare
    else:
        anvandare = AnvandareFactory()

    lasta = som(anvandare, lambda: (KompletterandeFraga.objects.count(), Svarsalternativ.objects.count()))
    skrivna = [
        som(anvandare, anrop)
        for anrop in (lambda: KompletterandeFraga.objects.update(namn="Ny"), lambda: Svarsalternativ.objects.update(ordning=1))
    ]

    assert (lasta, skrivna) == ((1, 2), [0, 0])
    assert som(anvandare, lambda: kor("DELETE FROM organisations_svarsalternativ")) == 0
    nekas(lambda: som(anvandare, lambda: Svarsalternativ.objects.create(fraga=fraga, text="Ny", ordning=3)), "row-level security")
    nekas(
        lambda: som(anvandare, lambda: KompletterandeFragaFactory(samverkansorganisation=fraga.samverkansorganisation)),
        "row-level security",
    )


def test_who_sees_no_answers_is_told_by_yes_or_no_that_there_is_one():
    svar = SvarFactory()
    administrator = UppdragFactory(roll=SA, samverkansorganisation=svar.fraga.samverkansorganisation).anvandare

    sedda, besvarad = som(administrator, lambda: (Svar.objects.count(), svar.fraga.ar_besvarad()))

    assert (sedda, besvarad) == (0, True)
