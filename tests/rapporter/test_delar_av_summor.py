"""Rule 8: the sum of a few insatser or samverkansorganisationer, and what it tells of the parts that are hidden."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon, Utbildning
from rapporter import motor
from rapporter.omrakning import DOLT_TAL
from rapporter.skydd import skydda
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from rapporter.urval import Urval
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import AR, gor_rapport, som_json, som_poster, tabell

OVRIGA = 100  # in another row of every part: no table is about too few
KOLUMNER = (
    Kolumn("kategori", "Kategori"),
    Kolumn("kvinna", "Kvinna", Typ.ANTAL, del_av="totalt"),
    Kolumn("man", "Man", Typ.ANTAL, del_av="totalt"),
    Kolumn("totalt", "Totalt", Typ.ANTAL, egenskap=True),
)


def med(kvinnor, man):
    """A part, or the sum, of whom so many have what a row is about."""
    rader = {"har": (kvinnor, man), "har inte": (OVRIGA, OVRIGA)}
    celler = [Rad((text, *delar, sum(delar))) for text, delar in rader.items()]
    n = kvinnor + man + 2 * OVRIGA
    return Tabell("t", "T", KOLUMNER, tuple(celler), Rad(("Totalt", kvinnor + OVRIGA, man + OVRIGA, n)), underlag={"": n})


def skriven(*delar, summa=None, **val):
    """The row of the sum of the parts, as it is printed."""
    hel = med(*(summa or map(sum, zip(*delar, strict=True))))
    return list(skydda(hel, delar=[med(*del_) for del_ in delar], **val).rader[0].celler[1:])


@pytest.mark.parametrize(
    ("delar", "visas"),
    [
        ((17, 7, 4), False),  # at least 28, and the printed ones at most 17 and 7: the last is four
        ((17, 7, 3), True),
        ((4, 4), False),  # at least eight: four each
        ((13, 13, 5, 1), False),  # 32 at most, and 31 without the last
        ((16, 13, 5, 1), True),
        ((17, 7, 5), True),  # nothing is hidden
        ((12,), True),
        ((), True),
    ],
)
def test_a_sum_is_hidden_that_would_tell_its_hidden_parts(delar, visas):
    rad = skriven(*((0, antal) for antal in delar), summa=(0, sum(delar) or 12))

    assert (rad[2] != DOLT_TAL) == visas


def test_a_sum_of_others_than_its_parts_tells_nothing_of_them():
    """Persons are counted once in the sum, and once in each of their insatser."""
    assert skriven((0, 17), (0, 7), (0, 4), summa=(0, 27))[2] == 25


def test_only_kvinnor_and_man_are_hidden_when_only_they_would_tell():
    assert skriven((17, 30), (7, 30), (4, 30)) == [DOLT_TAL, DOLT_TAL, 120]
    assert skriven((17, 30), (7, 30), (2, 30)) == [25, 90, 115]


def test_the_total_of_a_head_count_is_nothing_to_hide_and_its_kvinnor_and_man_are():
    def totalt(**val):
        hel, *delar = (
            Tabell("t", "T", KOLUMNER, (Rad(("har", 0, 0, 0)),), Rad(("Totalt", *antal)), underlag={"": antal[2]})
            for antal in ((60, 28, 88), (30, 17, 47), (20, 7, 27), (10, 4, 14))
        )
        return skydda(hel, delar=delar, **val).summa.celler[1:]

    assert totalt() == (DOLT_TAL, DOLT_TAL, 90)


@pytest.fixture
def organisation(db):
    """17, 7 and 4 with grundskola; enough others in each insats."""
    organisation = SamverkansorganisationFactory()
    for antal in (17, 7, 4):
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        for utbildning, sa_manga in ((Utbildning.GRUNDSKOLA, antal), (Utbildning.GYMNASIUM, 20), (Utbildning.HOGSKOLA_3, 20)):
            for nr in range(sa_manga):
                DeltagandeFactory(insats=insats, startdatum=date(2020, 1, 1), utbildning=utbildning, kon=(Kon.KVINNA, Kon.MAN)[nr % 2])
    return organisation


def grundskola(by, organisation, **val):
    rapport = gor_rapport("deltagare", by=by, organisation=organisation.pk, typ="bakgrund", **AR, **val)
    rad = som_poster(tabell(som_json(rapport), "utbildning"))["Grundskola"]
    return [rad["totalt"], rad["andel"]]


def test_a_report_of_few_insatser_hides_the_sum_and_its_share_from_who_has_no_right_to_them(organisation):
    anyone = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    assert grundskola(anyone, organisation) == [DOLT_TAL, DOLT_TAL]
    assert grundskola(None, organisation) == [28, 19]
    assert grundskola(None, organisation, skydd="skyddad") == [DOLT_TAL, DOLT_TAL]


def test_a_sum_of_many_insatser_is_not_asked_about_its_parts(organisation):
    InsatsFactory.create_batch(3, samverkansorganisation=organisation, startdatum=date(2018, 1, 1))

    assert grundskola(None, organisation, skydd="skyddad") == [30, 20]


def test_the_parts_are_the_samverkansorganisationer_or_the_insatser_of_one_that_hold_persons(db):
    forsta, andra = InsatsFactory.create_batch(2)
    tredje = InsatsFactory(samverkansorganisation=andra.samverkansorganisation)
    volym = InsatsFactory(samverkansorganisation=andra.samverkansorganisation, volym=True)

    def delar(*insatser):
        with motor.oppna(Urval(date(2020, 1, 1), date(2020, 12, 31), (2020,)), tuple(insats.pk for insats in insatser)) as oppen:
            return [del_.insatser for del_ in oppen.delar()]

    assert delar(forsta, andra, tredje) == [(forsta.pk,), (andra.pk, tredje.pk)]
    assert delar(andra, tredje, volym) == [(andra.pk,), (tredje.pk,)]
    assert delar(forsta, volym) == []
