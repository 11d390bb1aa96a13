"""Kompletterande frågor cell by cell against a second computation over random answers."""

import os
import random
from datetime import date

import pytest

from deltagare.models import Svar
from tests.factories import KompletterandeFragaFactory
from tests.rapporter import oracle_fragor, slump
from tests.rapporter.conftest import gor_rapport, som_json

FRON = range(5) if os.environ.get("SUS_ALLT") else range(1)
PERIODER = [
    (("2020-01", "2020-12"), (date(2020, 1, 1), date(2020, 12, 31))),
    (("2019-11", "2020-02"), (date(2019, 11, 1), date(2020, 2, 29))),
]
FRAGOR = [
    ("Initiativ", False, ("in",), date(2018, 1, 1), None, ("Deltagaren", "Handläggaren", "Någon annan")),
    ("Stöd", True, ("in", "ut"), date(2020, 2, 15), date(2020, 10, 1), ("Vägledning", "Praktik", "Besök")),
    ("Nöjd", False, ("ut",), date(2018, 1, 1), date(2020, 7, 1), ("Ja", "Nej")),
    ("Gammal", False, ("in",), date(2018, 1, 1), date(2019, 3, 1), ("Ja", "Nej")),
]


@pytest.fixture(params=FRON)
def landet(request, db):
    poster, insatser = slump.lagg_upp(request.param)
    return poster, insatser, lagg_upp_fragor(random.Random(request.param), poster, insatser[0].samverkansorganisation)


def lagg_upp_fragor(dra, poster, forbund):
    """The questions of the first förbund, answered by two of three who got them, some outside the question's period."""
    return [_fraga(dra, poster, forbund, oracle_fragor.Fraga(*fraga)) for fraga in FRAGOR]


def _fraga(dra, poster, forbund, fraga):
    rad = KompletterandeFragaFactory(
        samverkansorganisation=forbund,
        namn=fraga.namn,
        slag="flera" if fraga.flera else "ett",
        mattillfalle="bada" if len(fraga.mattillfallen) == 2 else fraga.mattillfallen[0],
        fran=fraga.fran,
        till=fraga.till,
        alternativ=list(fraga.alternativ),
    )
    fraga.id = rad.pk
    alternativ = {alternativ.text: alternativ for alternativ in rad.alternativ.all()}
    nya = []
    for nr, post in enumerate(poster):
        for typ in fraga.mattillfallen:
            dag = oracle_fragor.dag(post, typ)
            if post.organisation == forbund.pk and dag and dra.random() < (0.67 if fraga.stalls(dag) else 0.05):
                fraga.svar[nr, typ] = set(dra.sample(fraga.alternativ, dra.randint(1, 2) if fraga.flera else 1))
                nya += [
                    Svar(deltagande_id=post.deltagande, insats_id=post.insats, typ=typ, fraga=rad, alternativ=alternativ[text])
                    for text in fraga.svar[nr, typ]
                ]
    Svar.objects.bulk_create(nya)
    return fraga


def raknat(**urval):
    """Svarsfrekvens and the questions' tables; the täckning before them has its own oracle."""
    tabeller = som_json(gor_rapport("kompletterande-fragor", **urval))["tabeller"]
    return [[*tabell["rader"], *([tabell["summa"]] if tabell["summa"] else [])] for tabell in tabeller[1:]]


def test_every_question_is_what_plain_python_says_at_every_level_and_with_every_filter(landet):
    poster, insatser, fragor = landet
    urvalen = {
        "organisation": ({"organisation": insatser[0].samverkansorganisation_id}, lambda p: True),
        "insats": ({"niva": "insats", "insats": insatser[1].pk}, lambda p: p.insats == insatser[1].pk),
        "kon": ({"organisation": insatser[0].samverkansorganisation_id, "kon": "man"}, lambda p: p.kon == "man"),
        "kon i insats": ({"insats": insatser[0].pk, "kon": "kvinna"}, lambda p: p.kon == "kvinna" and p.insats == insatser[0].pk),
        "malgrupp": (
            {"organisation": insatser[0].samverkansorganisation_id, "malgrupp": "langtidssjukskrivna"},
            lambda p: p.insats == insatser[1].pk,
        ),
        "preciserad": (
            {"organisation": insatser[0].samverkansorganisation_id, "preciserad_inriktning": "forberedande"},
            lambda p: p.insats == insatser[0].pk,
        ),
    }
    for (fran, till), period in PERIODER:
        for urval, hor_till in urvalen.values():
            med = {nr: post for nr, post in enumerate(poster) if hor_till(post)}
            insatserna = {post.insats for post in med.values()}
            alla = _i_forbundet({nr: post for nr, post in enumerate(poster) if post.insats in insatserna}, insatser)
            vantat = oracle_fragor.tabeller(fragor, _i_forbundet(med, insatser), *period, i_insatserna=alla)
            assert raknat(fran=fran, till=till, **urval) == vantat


def test_one_question_and_one_mattillfalle_is_what_plain_python_says(landet):
    poster, insatser, fragor = landet
    alla = _i_forbundet(dict(enumerate(poster)), insatser)
    (fran, till), period = PERIODER[0]

    for fraga in fragor[:3]:
        assert raknat(fran=fran, till=till, fraga=fraga.id) == oracle_fragor.tabeller([fraga], alla, *period)
    assert raknat(fran=fran, till=till, fraga=fragor[1].id, mattillfalle="ut") == oracle_fragor.tabeller(
        [fragor[1]], alla, *period, typer=["ut"]
    )


def test_the_random_answers_fill_every_cell(landet):
    """An oracle that only ever sees zeros agrees with anything."""
    poster, insatser, fragor = landet
    frekvens, *per_fraga = oracle_fragor.tabeller(fragor, _i_forbundet(dict(enumerate(poster)), insatser), *PERIODER[0][1])

    *stallda, (sist, _, fick, svarade, _) = [*frekvens, ("Gammal", "", 0, 0, 0)][:5]  # the last only where it was answered afterwards
    assert [rad[0] for rad in stallda] == ["Initiativ", "Stöd", "Stöd", "Nöjd"]
    assert all(rad[2] > rad[3] > 0 for rad in stallda)
    assert (sist, fick) == ("Gammal", svarade)
    assert sum(cell > 0 for rader in per_fraga for rad in rader for cell in rad[1:4]) > 30


def _i_forbundet(poster, insatser):
    return {nr: post for nr, post in poster.items() if post.organisation == insatser[0].samverkansorganisation_id}
