"""Several tables about those who ended: none of them tells what another hides, nor whether all of the exact head count were measured."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from tests.factories import BehorighetFactory, InsatsFactory, KompletterandeFragaFactory, SvarFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, som_poster, tabell

ARBETAR, STUDERAR, INGET = {"arbete_procent": 50}, {"studier_procent": 50}, {}


@pytest.fixture
def by(db):
    return BehorighetFactory(roll=Roll.RAPPORT).anvandare


@pytest.fixture
def insats(db):
    return InsatsFactory(startdatum=date(2018, 1, 1))


def avsluta(insats, *efter, fore=INGET):
    """Who did the one before and the others after, every other a woman."""
    return [avslutad(insats, fore, svar, kon=(Kon.KVINNA, Kon.MAN)[nr % 2]) for nr, svar in enumerate(efter)]


def skyddad(by, insats, nyckel, **val):
    rapport = gor_rapport(nyckel, by=by, insats=insats.pk, **AR, **val)
    assert rapport.skydd == "skyddad"
    return som_json(rapport)


def sysselsatta(by, insats):
    """How many work or study, as the two tables of results print it."""
    innehall = skyddad(by, insats, "standard-deltagare", typ="resultat")
    resultat, okning = tabell(innehall, "resultat"), tabell(innehall, "okning")
    rad = som_poster(resultat).get("Arbetar och/eller studerar")
    return [rad and rad["totalt"], okning["summa"] and okning["summa"][3]]


def test_both_tables_of_results_print_those_who_work_or_study_alike_when_they_are_all_who_ended(by, insats):
    avsluta(insats, *[ARBETAR, STUDERAR] * 26, *[INGET] * 3)

    assert sysselsatta(by, insats) == [55, 55]  # 52 of 55, written as 53 is

    avsluta(insats, *[INGET] * 5)

    assert sysselsatta(by, insats) == [50, 50]  # 52 of 60


def test_the_table_of_those_who_do_more_is_hidden_with_the_results(by, insats):
    avsluta(insats, *[ARBETAR] * 16, INGET, INGET)
    avsluta(insats, *[STUDERAR] * 13, fore=STUDERAR)

    assert sysselsatta(by, insats) == [None, None]


def test_how_many_work_is_hidden_beside_their_hours_too(by, insats):
    avsluta(insats, *[ARBETAR] * 29, INGET, INGET)
    innehall = skyddad(by, insats, "deltagare", typ="sysselsattning")

    assert [tabell(innehall, nyckel)["rader"] for nyckel in ("sysselsattning", "omfattning")] == [[], []]


def test_svarsfrekvens_does_not_tell_that_all_who_ended_were_measured(by, insats):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, mattillfalle="ut")
    alternativ = list(fraga.alternativ.all())
    for nr, deltagande in enumerate(avsluta(insats, *[ARBETAR] * 18)):
        SvarFactory(fraga=fraga, deltagande=deltagande, typ="ut", alternativ=alternativ[nr % 2])
    innehall = skyddad(by, insats, "kompletterande-fragor")

    assert tabell(innehall, "svarsfrekvens")["rader"] == [[fraga.namn, "Vid utregistrering", 15, 15, "–"]]
    assert tabell(innehall, "fraga")["rader"] == []  # nor do the answers, whose sum would


def test_answers_at_the_end_are_not_shown_when_all_who_ended_are_few(by, insats):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, mattillfalle="ut")
    alternativ = list(fraga.alternativ.all())
    for nr, deltagande in enumerate(avsluta(insats, *[ARBETAR] * 13)):
        SvarFactory(fraga=fraga, deltagande=deltagande, typ="ut", alternativ=alternativ[nr % 2])

    assert tabell(skyddad(by, insats, "kompletterande-fragor"), "fraga")["visas_inte"] == "Färre än 14 avslutade: visas inte."


@pytest.mark.parametrize(
    ("arbetar", "studerar", "text"),
    [(9, 0, "Färre än 10 deltagare: visas inte."), (15, 2, "Fördelningen visas inte, för att ingen ska kunna kännas igen."), (15, 5, "")],
)
def test_the_table_of_those_who_do_more_needs_enough_of_them_and_some_who_do_not(by, insats, arbetar, studerar, text):
    """Who worked or studied as much before has not begun or done more."""
    avsluta(insats, *[ARBETAR] * arbetar, *[{"arbetssokande": True}] * 12, *[INGET] * 12)
    avsluta(insats, *[STUDERAR] * studerar, fore=STUDERAR)

    assert tabell(skyddad(by, insats, "standard-deltagare", typ="resultat"), "okning").get("visas_inte", "") == text


def test_a_sum_that_is_a_row_of_another_table_is_printed_as_there(by, insats):
    for nr in range(39):
        avslutad(insats, INGET if nr % 2 else ARBETAR, ARBETAR, kon=Kon.KVINNA if nr < 22 else Kon.MAN)
    avsluta(insats, *[{"arbetssokande": True}] * 20, *[INGET] * 20)
    innehall = skyddad(by, insats, "standard-deltagare", typ="resultat")
    i_resultat = som_poster(tabell(innehall, "resultat"))["Arbetar och/eller studerar"]

    assert [*i_resultat.values()][1:4] == tabell(innehall, "okning")["summa"][1:4] == ["–", "–", 40]  # 22 and 17
