"""Every type, level and filter of Standardrapport deltagare, alone and compared, cell by cell against a second computation."""

import pytest

from tests.rapporter import slump_land, standardoracle
from tests.rapporter.oracle_insatser import svensk
from tests.rapporter.test_oracle import FILTER, FRON, INSATSFILTER, PERIODER, dagar, nivaer, platser, rader, tabeller

A_KASSA = 3
LAN = {"12": "Skåne län", "14": "Västra Götalands län"}
GIVEN = {"forsorjning_fore": "a_kassa"}
PERSONFILTER = [val for namn, val in FILTER.items() if namn not in ("pagaende", "avslutade")]


@pytest.fixture(params=FRON)
def land(request, db):
    return slump_land.lagg_upp(request.param)


def given(typ):
    return (GIVEN, A_KASSA) if typ == "forsorjning-efter-given" else ({}, None)


def vantat(typ, land, period, hor_till=lambda post, till: True):
    """The tables of the land alone. `land`: before the filter on persons, `hor_till`."""
    fran, till = dagar(period)
    poster = [post for post in land.poster if hor_till(post, till)]
    return standardoracle.tabeller(typ, poster, fran, till, given(typ)[1], land.poster, land.som_pagar(fran, till).insatser)


def rapporten(typ, period, **urval):
    return rader(tabeller("standard-deltagare", typ=typ, fran=period[0], till=period[1], **{**urval, **given(typ)[0]}))


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_type_at_every_level_is_what_plain_python_says(land, typ):
    for niva, (urval, hor_till) in nivaer(land).items():
        for period in PERIODER:
            assert rapporten(typ, period, niva=niva, **urval) == vantat(typ, land.i_insatser(hor_till), period), (niva, period)


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_type_with_every_filter_on_persons_is_what_plain_python_says(land, typ):
    for nr, (urval, hor_till) in enumerate(PERSONFILTER, list(standardoracle.TYPER).index(typ)):
        for plats, pa_platsen, period in platser(land, nr):
            assert rapporten(typ, period, **plats, **urval) == vantat(typ, land.i_insatser(pa_platsen), period, hor_till), (plats, urval)


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_type_with_every_filter_on_insatser_is_what_plain_python_says(land, typ):
    for nr, (urval, hor_till) in enumerate(INSATSFILTER.values(), list(standardoracle.TYPER).index(typ)):
        for plats, pa_platsen, period in platser(land, nr):
            valda = land.i_insatser(pa_platsen).i_insatser(hor_till)
            assert rapporten(typ, period, **plats, **urval) == vantat(typ, valda, period), (plats, urval)


def enheter(land):
    """By what is asked for: the units that stand beside each other, as (heading, which insatser belong)."""
    forsta, grannen, annan = land.insatser[:3]
    riket = ("Riket", lambda i: True)
    lan = {kod: (namn, lambda i, kod=kod: i.lan == kod) for kod, namn in LAN.items()}
    forbund = {ett.organisation: (ett.namn, lambda i, ett=ett: i.forbund is ett) for ett in land.forbund}
    insats = {ett.insats: (ett.namn, lambda i, ett=ett: i is ett) for ett in (forsta, grannen)}
    eget_lan, egen, insatsen = lan[forsta.lan], forbund[forsta.organisation], insats[forsta.insats]
    i_lanet = [forbund[ett.organisation] for ett in land.forbund if ett.lan == forsta.lan]
    organisationen = {"organisation": forsta.organisation}
    return {
        "riket och alla län": ({"niva": "riket", "jamfor": "lan"}, [riket, *lan.values()]),
        "länet och riket": ({"lan": forsta.lan, "jamfor": "riket"}, [eget_lan, riket]),
        "länet och dess organisationer": ({"lan": forsta.lan, "jamfor": "organisation"}, [eget_lan, *i_lanet]),
        "organisationen och länet": ({**organisationen, "jamfor": "lan"}, [egen, eget_lan]),
        "två valda organisationer": (
            {**organisationen, "jamfor": "organisation", "jamfor_organisation": annan.organisation},
            [egen, forbund[annan.organisation]],
        ),
        "organisationen och dess insatser": (
            {**organisationen, "jamfor": "insats"},
            [egen, *sorted(insats.values(), key=lambda par: svensk(par[0]))],
        ),
        "insatsen och den andra": ({"insats": forsta.insats, "jamfor": "insats"}, [insatsen, insats[grannen.insats]]),
        "insatsen och organisationen": ({"insats": forsta.insats, "jamfor": "organisation"}, [insatsen, egen]),
    }


@pytest.mark.parametrize("typ", standardoracle.TYPER)
def test_every_comparison_is_the_units_own_reports_side_by_side(land, typ):
    for namn, (urval, delar) in enheter(land).items():
        egna = [(rubrik, vantat(typ, land.i_insatser(hor_till), PERIODER[0])) for rubrik, hor_till in delar]
        assert rapporten(typ, PERIODER[0], **urval) == standardoracle.sida_vid_sida(egna), namn


def test_the_random_country_fills_every_category(land):
    """An oracle that only ever sees zeros agrees with anything."""
    for typ in standardoracle.TYPER:
        for nyckel, egna in vantat(typ, land, PERIODER[0]).items():
            fyllda = [rad[0] for rad in egna if any(isinstance(cell, int) and cell for cell in rad)]
            assert len(fyllda) == len(egna) or (typ == "forsorjning-efter-given" and len(fyllda) > len(egna) / 3), (typ, nyckel)
