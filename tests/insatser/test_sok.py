"""Sök insatser: what the words and the filters find, and the cards that others take ideas from (docs/regler.md 6.9)."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from insatser.actions import registrera_volym
from tests.factories import DeltagandeFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db
LISTA = "/insats/"


@pytest.fixture
def lasare(inloggad):
    """Somebody who only reads: no uppdrag anywhere."""
    return inloggad(Roll.RAPPORT)


def funna(klient, **urval):
    return sorted(insats.namn for insats in klient.get(LISTA, urval).context["object_list"])


@pytest.mark.parametrize(
    ("text", "hittas"),
    [
        ("arbetsträning", True),
        ("ARBETSTRÄNING", True),
        ("arbets*", True),
        ("*träning", True),
        ("träning", False),
        ("i stall", True),
        ("stall*verkstad", True),
        ("verkstad*stall", False),
        ("häst-*", True),
        ("halvtid", True),
        ("50 %", True),
        ("verkst.d", False),
        ("[a-z", False),
        ("*", True),
    ],
)
def test_words_are_found_in_the_namn_the_beskrivning_and_the_mal(lasare, text, hittas):
    InsatsFactory(namn="Häst-kraft", beskrivning="Arbetsträning i stall\noch verkstad.", mal="Arbete på halvtid, minst 50 % av alla.")

    assert funna(lasare, text=text) == (["Häst-kraft"] if hittas else [])


def test_the_filters_of_lan_deltagarregistrering_and_ar_narrow_the_list(lasare):
    ostra = SamverkansorganisationFactory(lan_id="08")
    InsatsFactory(namn="Hjortmossen", samverkansorganisation=ostra, startdatum=date(2010, 5, 1), slutdatum=date(2011, 2, 1))
    InsatsFactory(namn="Information", volym=True, startdatum=date(2011, 12, 31))

    assert funna(lasare, lan="08") == ["Hjortmossen"]
    assert funna(lasare, deltagarregistrering="volym") == ["Information"]
    assert funna(lasare, ar="2009") == []
    assert funna(lasare, ar="2010") == ["Hjortmossen"]
    assert funna(lasare, ar="2011") == ["Hjortmossen", "Information"]
    assert funna(lasare, ar="2011", deltagarregistrering="personuppgifter") == ["Hjortmossen"]


def test_what_cannot_be_understood_is_said_at_its_field_and_finds_nothing(lasare):
    InsatsFactory()

    svar = lasare.get(LISTA, {"ar": "i fjol"})

    assert list(svar.context["object_list"]) == []
    assert svar.context["formular"].errors == {"ar": ["Skriv året med fyra siffror, till exempel 2011."]}
    assert "Skriv året med fyra siffror" in svar.text


def test_the_chosen_view_stays_when_one_searches_and_turns_the_page(lasare):
    InsatsFactory.create_batch(21)

    svar = lasare.get(LISTA, {"vy": "kort", "status": "pagaende"})

    assert '<input type="hidden" name="vy" value="kort"' in svar.text
    assert "vy=kort&amp;status=pagaende&amp;sida=2" in svar.text
    assert "<table" not in svar.text
    assert "<table" in lasare.get(LISTA, {"vy": "okänd"}).text


def test_a_view_alone_is_no_search(lasare):
    assert "Insatsansvarig registrerar" in lasare.get(LISTA, {"vy": "kort"}).text


def test_a_card_tells_what_others_may_learn_from(lasare):
    insats = InsatsFactory(namn="Hjortmossen", beskrivning="ord " * 60, mal="Fler i arbete.", malgrupper=["unga", "nyanlanda"])
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010, planerat_antal=10), budget=1, utfall=1)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011, planerat_antal=40), budget=500_000, utfall=498_000)

    svar = lasare.get(LISTA, {"vy": "kort"})

    [kort] = svar.context["kort"]
    assert (kort.ar.ar, kort.ar.planerat, kort.ar.budget, kort.ar.utfall) == (2011, 40, 500_000, 498_000)
    for text in ("Fler i arbete.", "Unga samt Nyanlända och utrikes födda", "500\u202f000 kr, utfall 498\u202f000 kr", "ord …"):
        assert text in svar.text


def test_utfall_that_is_not_known_is_not_written_as_none(lasare):
    InsatsBudgetFactory(insatsar=InsatsArFactory(ar=2011), budget=500_000, utfall=None)

    svar = lasare.get(LISTA, {"vy": "kort"})

    assert "500\u202f000 kr" in svar.text
    assert "utfall" not in svar.text.split("sus-insatskort")[1]


def test_a_card_counts_volym_but_never_people(inloggad):
    """Not even in one's own insats: a card looks the same to everybody."""
    insats = InsatsFactory(namn="Hjortmossen")
    DeltagandeFactory.create_batch(3, insats=insats)
    AnonymPost.objects.create(insats=insats, ar=2011, kon=Kon.KVINNA, slag="anonym", antal=977)
    volyminsats = InsatsFactory(namn="Nätverk", volym=True, volym_avser="personer")
    registrera_volym(insats=volyminsats, ar=2012, antal=1_250, by=None)

    svar = inloggad(Roll.DELTAGARANSVARIG, insats).get(LISTA, {"vy": "kort"})

    assert [(kort.insats.namn, kort.ar and kort.ar.volym) for kort in svar.context["kort"]] == [("Hjortmossen", None), ("Nätverk", 1250)]
    assert "Antal personer 2012" in svar.text
    assert "977" not in svar.text


def test_cards_ask_no_more_questions_for_more_insatser(lasare, antal_fragor):
    def fraga():
        return lasare.get(LISTA, {"vy": "kort"})

    InsatsFactory()
    fraga()
    fore = antal_fragor(fraga)
    for nr in range(15):
        insats = InsatsFactory(volym=True, malgrupper=["unga", "nyanlanda"])
        InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011))
        registrera_volym(insats=insats, ar=2010 + nr % 3, antal=5, by=None)

    assert antal_fragor(fraga) == fore
