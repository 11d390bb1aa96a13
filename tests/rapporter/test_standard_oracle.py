"""Every type, level and filter of Standardrapport deltagare, alone and compared, cell by cell against a second computation."""

from datetime import date

import pytest

from tests.rapporter import slump, standardoracle
from tests.rapporter.conftest import gor_rapport, som_json
from tests.rapporter.test_oracle import FILTER, FRON, PERIODER, nivaer

A_KASSA = 3
GIVEN = {"forsorjning_fore": "a_kassa"}


@pytest.fixture(params=FRON)
def landet(request, db):
    return slump.lagg_upp(request.param)


def given(typ):
    return (GIVEN, A_KASSA) if typ == "forsorjning-efter-given" else ({}, None)


def dagar(period):
    fran, till = (date.fromisoformat(f"{manad}-01") for manad in period)
    return fran, till.replace(day=29 if till.month == 2 else 31)


def raknat(typ, period, **urval):
    innehall = som_json(gor_rapport("standard-deltagare", typ=typ, fran=period[0], till=period[1], **urval))
    return {t["nyckel"]: [*t["rader"], *([t["summa"]] if t["summa"] else [])] for t in innehall["tabeller"]}


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_type_at_every_level_is_what_plain_python_says(landet, typ):
    poster, insatser = landet
    fore, nr = given(typ)
    for niva, (urval, hor_till) in nivaer(insatser).items():
        for period in PERIODER:
            egna = [p for p in poster if hor_till(p)]
            assert raknat(typ, period, niva=niva, **urval, **fore) == standardoracle.tabeller(typ, egna, *dagar(period), nr), (niva, period)


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_type_with_every_filter_is_what_plain_python_says(landet, typ):
    poster, _ = landet
    fore, nr = given(typ)
    for urval, hor_till in (val for namn, val in FILTER.items() if namn not in ("pagaende", "avslutade")):
        egna = [p for p in poster if hor_till(p, date(2020, 12, 31))]
        vantat = standardoracle.tabeller(typ, egna, *dagar(PERIODER[0]), nr)
        assert raknat(typ, PERIODER[0], niva="riket", **{**urval, **fore}) == vantat, urval


def enheter(insatser):
    """By what is asked for: the units that stand beside each other, as (heading, who belongs)."""
    forsta, grannen = insatser[0], insatser[1]
    egen, annan = forsta.samverkansorganisation, insatser[2].samverkansorganisation
    riket = ("Riket", lambda p: True)
    lan = [(str(org.lan), lambda p, org=org: p.lan == org.lan_id) for org in (egen, annan)]
    organisationer = [(org.namn, lambda p, org=org: p.organisation == org.pk) for org in (egen, annan)]
    insats = [(i.namn, lambda p, i=i: p.insats == i.pk) for i in (forsta, grannen)]
    return {
        "riket och alla län": ({"niva": "riket", "jamfor": "lan"}, [riket, *sorted(lan, key=lambda par: par[0])]),
        "länet och riket": ({"lan": egen.lan_id, "jamfor": "riket"}, [lan[0], riket]),
        "länet och dess organisationer": ({"lan": egen.lan_id, "jamfor": "organisation"}, [lan[0], organisationer[0]]),
        "organisationen och länet": ({"organisation": egen.pk, "jamfor": "lan"}, [organisationer[0], lan[0]]),
        "två valda organisationer": (
            {"organisation": egen.pk, "jamfor": "organisation", "jamfor_organisation": annan.pk},
            organisationer,
        ),
        "organisationen och dess insatser": (
            {"organisation": egen.pk, "jamfor": "insats"},
            [organisationer[0], *sorted(insats, key=lambda par: par[0])],
        ),
        "insatsen och den andra": ({"insats": forsta.pk, "jamfor": "insats"}, insats),
        "insatsen och organisationen": ({"insats": forsta.pk, "jamfor": "organisation"}, [insats[0], organisationer[0]]),
    }


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_comparison_is_the_units_own_reports_side_by_side(landet, typ):
    poster, insatser = landet
    fore, nr = given(typ)
    for namn, (urval, delar) in enheter(insatser).items():
        vantat = [
            (rubrik, standardoracle.tabeller(typ, [p for p in poster if hor_till(p)], *dagar(PERIODER[0]), nr))
            for rubrik, hor_till in delar
        ]
        assert raknat(typ, PERIODER[0], **urval, **fore) == standardoracle.sida_vid_sida(vantat), namn


def test_the_random_country_fills_every_category(landet):
    """An oracle that only ever sees zeros agrees with anything."""
    poster, _ = landet
    for typ in standardoracle.TYPER:
        for nyckel, rader in standardoracle.tabeller(typ, poster, *dagar(PERIODER[0]), given(typ)[1]).items():
            fyllda = [rad[0] for rad in rader if any(isinstance(cell, int) and cell for cell in rad)]
            assert len(fyllda) == len(rader) or (typ == "forsorjning-efter-given" and len(fyllda) > len(rader) / 3), (typ, nyckel)
