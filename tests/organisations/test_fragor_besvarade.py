"""A kompletterande fråga that has been answered stays as it was asked (V39); one that has not can be removed."""

from datetime import date

import pytest

from behorigheter.models import Handelse
from organisations.actions.fraga import V39, andra_fraga, ta_bort_fraga
from organisations.models import KompletterandeFraga
from sus.core.regelbrott import Regelbrott
from tests.factories import KompletterandeFragaFactory, SvarFactory
from tests.organisations.fragor import adress, alternativ, fel, ifylld, post

pytestmark = pytest.mark.django_db


def test_an_answered_question_offers_only_its_last_day_and_says_why(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    oppnad = administrator.get(adress("fraga_update", fraga))
    post(administrator, "fraga_update", fraga, till="2012-06-30")

    fraga.refresh_from_db()
    assert list(oppnad.context["form"].fields) == ["till"]
    assert V39 in oppnad.text
    assert fraga.till == date(2012, 6, 30)
    assert fraga.status == "Avslutad"
    assert alternativ(fraga) == ["Deltagaren", "Handläggaren"]


def test_who_had_the_question_open_when_it_was_answered_is_refused_and_keeps_the_text(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)
    SvarFactory(fraga=fraga)

    svar = post(administrator, "fraga_update", fraga, **ifylld(fragetext="Något annat?"), inga_kansliga="on")

    fraga.refresh_from_db()
    assert fel(svar) == {"__all__": [V39]}
    assert "Något annat?" in svar.text
    assert fraga.fragetext == "Vem tog initiativ till insatsen?"


@pytest.mark.parametrize(
    "andring",
    [
        *({"namn": "Nytt"}, {"fragetext": "Nytt?"}, {"hjalptext": "Nytt"}, {"fran": date(2011, 2, 1)}, {"mattillfalle": "bada"}),
        *({"slag": "flera"}, {"obligatorisk": True}),
    ],
    ids=lambda andring: next(iter(andring)),
)
def test_nothing_but_the_last_day_of_an_answered_question_changes(andring):
    fraga = SvarFactory().fraga

    with pytest.raises(Regelbrott, match="har besvarats och kan inte ändras"):
        andra_fraga(fraga=fraga, uppgifter=andring | {"till": date(2012, 1, 1)}, by=None)


def test_the_alternatives_of_an_answered_question_stay_in_their_order():
    fraga = SvarFactory().fraga

    with pytest.raises(Regelbrott, match="har besvarats"):
        andra_fraga(fraga=fraga, uppgifter={}, alternativ=["Handläggaren", "Deltagaren"], by=None)


def test_a_last_day_before_the_first_is_refused_also_for_an_answered_question(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    svar = post(administrator, "fraga_update", fraga, till="2010-12-31")

    assert fel(svar) == {"till": ["Sista dagen kan inte vara tidigare än första dagen."]}


def test_an_answered_question_is_ended_and_not_removed(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    fragan = administrator.get(adress("fraga_delete", fraga))
    post(administrator, "fraga_delete", fraga)

    assert "Frågan har besvarats och kan inte tas bort." in fragan.text
    assert "Ta bort frågan</button>" not in fragan.text
    assert forbund.fragor.get() == fraga
    with pytest.raises(Regelbrott, match="kan inte tas bort"):
        ta_bort_fraga(fraga=fraga, by=None)


def test_a_question_that_nobody_has_answered_is_removed_with_its_alternatives(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)

    svar = post(administrator, "fraga_delete", fraga)

    assert svar.url == adress("fragor", forbund)
    assert not KompletterandeFraga.objects.exists()
    assert Handelse.objects.filter(typ="fraga_borttagen").count() == 1


def test_two_administrators_at_once_lose_nothing(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True)
    andra_fraga(fraga=fraga, uppgifter={"fragetext": "Vem föreslog insatsen?"}, by=None)

    svar = post(administrator, "fraga_update", fraga, **ifylld(alternativ_1="Jag"))

    rader = {rad.falt: (rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]}
    assert svar.status_code == 409
    assert rader["Fråga"] == ("Vem föreslog insatsen?", "Vem tog initiativ till insatsen?")
    assert rader["Alternativ 1"] == ("Deltagaren", "Jag")
    assert 'value="Jag"' in svar.text
