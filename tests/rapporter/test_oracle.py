"""Every type, level and filter of Deltagarrapport, cell by cell against a second computation over the same random rows."""

import os
from datetime import date
from itertools import product

import pytest

from tests.rapporter import oracle, slump_land
from tests.rapporter.conftest import gor_rapport, som_json, tabell

ALLT = bool(os.environ.get("SUS_ALLT"))
FRON = range(5) if ALLT else range(1)
PERIODER = [("2020-01", "2020-12"), ("2019-11", "2020-02")]
FILTER = {
    "alla": ({}, lambda p, till: True),
    "kon": ({"kon": "kvinna"}, lambda p, till: p.kon == "kvinna"),
    "alder": ({"alder": "26-29"}, lambda p, till: 26 <= p.alder <= 29),
    "utbildning": ({"utbildning": "hogskola_1"}, lambda p, till: p.utbildning == 3),
    "tid_forsorjning": ({"tid_forsorjning": "mer"}, lambda p, till: p.tid == 10),
    "forsorjning_fore": ({"forsorjning_fore": "a_kassa"}, lambda p, till: 3 in p.fore.forsorjning),
    "avslutningsanledning": ({"avslutningsanledning": "2"}, lambda p, till: p.anledning == 2),
    "kommun": ({"kommun": "1488"}, lambda p, till: p.kommun == "1488"),
    "pagaende": ({"status": "pagaende"}, lambda p, till: p.slut is None or p.slut > till),
    "avslutade": ({"status": "avslutade"}, lambda p, till: p.slut is not None and p.slut <= till),
}
INSATSFILTER = {
    "samverkansform": ({"samverkansform": "tvaparts"}, lambda i: i.forbund.samverkansform == "tvaparts"),
    "inriktning": ({"inriktning": "individinriktad"}, lambda i: i.inriktning == "individinriktad"),
    "preciserad_inriktning": ({"preciserad_inriktning": "forberedande"}, lambda i: i.preciserad_inriktning == "forberedande"),
    "malgrupp": ({"malgrupp": "langtidssjukskrivna"}, lambda i: "Långtidssjukskrivna" in i.malgrupper),
    "volym": ({"malgrupp": "missbruk"}, lambda i: "Personer med missbruk eller beroende" in i.malgrupper),
}

# Types that count only those who ended: who goes on cannot be chosen.
BARA_AVSLUTADE = {"forsorjning", "forsorjningsgrupp", "sysselsattning", "avslutningsanledning", "tid"}


@pytest.fixture(params=FRON)
def land(request, db):
    return slump_land.lagg_upp(request.param)


def nivaer(land):
    """Each level: how it is asked for, and which insatser belong to it."""
    forsta = land.insatser[0]
    return {
        "riket": ({}, lambda i: True),
        "lan": ({"lan": forsta.lan}, lambda i: i.lan == forsta.lan),
        "organisation": ({"organisation": forsta.organisation}, lambda i: i.organisation == forsta.organisation),
        "insats": ({"insats": forsta.insats}, lambda i: i.insats == forsta.insats),
    }


def dagar(period):
    fran, till = (date.fromisoformat(f"{manad}-01") for manad in period)
    return fran, till.replace(day=29 if till.month == 2 else 31)


def platser(land, nr):
    """Every level in every period; in the ordinary run two of the eight, others for each `nr`."""
    alla = list(product(nivaer(land).items(), PERIODER))
    valda = alla if ALLT else [alla[(3 * nr) % len(alla)], alla[(3 * nr + 5) % len(alla)]]
    return [({"niva": niva, **urval}, hor_till, period) for (niva, (urval, hor_till)), period in valda]


def jamfor(typ, land, period, hor_till=lambda post, till: True, **urval):
    """The report's tables are those of the oracle. `land`: before the filter on persons, `hor_till`."""
    fran, till = dagar(period)
    poster, insatser = [post for post in land.poster if hor_till(post, till)], land.som_pagar(fran, till).insatser
    vantat = {"tackning": oracle.tackning(poster, fran, till, land.poster, insatser), **oracle.TYPER[typ](poster, fran, till)}
    if typ in oracle.FORE_EFTER:
        vantat["underlag"] = oracle.underlag(poster, fran, till)
    assert rader(tabeller("deltagare", typ=typ, fran=period[0], till=period[1], **urval)) == vantat, (period, urval)


def tabeller(nyckel, **urval):
    """{name: table}"""
    return {tabell["nyckel"]: tabell for tabell in som_json(gor_rapport(nyckel, **urval))["tabeller"]}


def rader(tabeller):
    """{name: rows, with the sum last}"""
    return {namn: [*tabell["rader"], *([tabell["summa"]] if tabell["summa"] else [])] for namn, tabell in tabeller.items()}


@pytest.mark.parametrize("typ", oracle.TYPER)
def test_every_type_at_every_level_is_what_plain_python_says(land, typ):
    for niva, (urval, hor_till) in nivaer(land).items():
        for period in PERIODER:
            jamfor(typ, land.i_insatser(hor_till), period, niva=niva, **urval)


@pytest.mark.parametrize("typ", oracle.TYPER)
def test_every_type_with_every_filter_on_persons_is_what_plain_python_says(land, typ):
    for nr, (urval, hor_till) in enumerate(FILTER.values(), list(oracle.TYPER).index(typ)):
        utan_betydelse = "status" in urval and typ in BARA_AVSLUTADE
        for plats, pa_platsen, period in platser(land, nr):
            filter_ = FILTER["alla"][1] if utan_betydelse else hor_till
            jamfor(typ, land.i_insatser(pa_platsen), period, filter_, **plats, **urval)


@pytest.mark.parametrize("typ", oracle.TYPER)
def test_every_type_with_every_filter_on_insatser_is_what_plain_python_says(land, typ):
    for nr, (urval, hor_till) in enumerate(INSATSFILTER.values(), list(oracle.TYPER).index(typ)):
        for plats, pa_platsen, period in platser(land, nr):
            jamfor(typ, land.i_insatser(pa_platsen).i_insatser(hor_till), period, **plats, **urval)


def test_a_filter_on_persons_and_one_on_insatser_are_both_heeded(land):
    i_insatserna, om_personerna = INSATSFILTER["inriktning"], FILTER["kon"]

    jamfor("bakgrund", land.i_insatser(i_insatserna[1]), PERIODER[0], om_personerna[1], niva="riket", **i_insatserna[0], **om_personerna[0])


def test_the_random_country_fills_every_category(land):
    """An oracle that only ever sees zeros agrees with anything."""
    fran, till = dagar(PERIODER[0])

    assert all(oracle.tackning(land.poster, fran, till, land.poster, land.insatser)[0])
    assert all(0 < len(land.i_insatser(hor_till).insatser) < len(land.insatser) for _, hor_till in INSATSFILTER.values())
    assert {"Stockholm", "Stockholm, Bromma", "Stockholm, Skarpnäck"} < {
        rad[0] for rad in oracle.bakgrund(land.poster, fran, till)["kommun"]
    }
    for typ, rakna in oracle.TYPER.items():
        for nyckel, egna in rakna(land.poster, fran, till).items():
            tomma = [rad[0] for rad in egna if not any(isinstance(cell, int) and cell for cell in rad)]
            assert egna
            assert not tomma, (typ, nyckel)


ADDITIVA = [
    ("forsorjning", "forsorjning", (1, 2, 3, 5, 6, 7, 9)),
    ("sysselsattning", "sysselsattning", (1, 2, 3, 5, 6, 7, 9)),
    ("in-ut", "in_ut", range(1, 7)),
    ("tid", "tid", (1, 2, 3)),
]


@pytest.mark.parametrize(("typ", "nyckel", "antal"), ADDITIVA)
def test_the_parts_of_the_country_add_up_to_it(land, typ, nyckel, antal):
    """Riket is the sum of its län, of its organisationer and of its insatser, cell by cell; kvinnor and män are everybody."""
    delar = {
        "lan": [{"niva": "lan", "lan": lan} for lan in {forbund.lan for forbund in land.forbund}],
        "organisation": [{"organisation": forbund.organisation} for forbund in land.forbund],
        "insats": [{"insats": insats.insats} for insats in land.insatser],
    }

    def celler(urval):
        rader = tabell(som_json(gor_rapport("deltagare", typ=typ, fran="2020-01", till="2020-12", **urval)), nyckel)["rader"]
        return [[rad[nr] for nr in antal] for rad in rader]

    riket = celler({"niva": "riket"})
    for niva, urvalen in delar.items():
        summor = [[sum(del_) for del_ in zip(*rader, strict=True)] for rader in zip(*map(celler, urvalen), strict=True)]
        assert summor == riket, niva
    assert all(rad[0] + rad[1] == rad[2] and rad[3] + rad[4] == rad[5] for rad in riket if len(rad) > 5)
