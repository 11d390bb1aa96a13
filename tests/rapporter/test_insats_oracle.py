"""Insatsrapport, Kostnadsrapport and Nationell rapport at every level, cell by cell against a second computation over random money."""

from itertools import product

import pytest

from tests.rapporter import oracle_insatser, slump_land
from tests.rapporter.test_oracle import FRON, INSATSFILTER, PERIODER, dagar, nivaer, rader, tabeller

BUDGETAR = [[2020], [2019, 2020]]
LAN_OCH_FORM = [
    ({"niva": "riket"}, lambda ett: True),
    ({"niva": "riket", "samverkansform": "finsam"}, lambda ett: ett.samverkansform == "finsam"),
    ({"lan": "12"}, lambda ett: ett.lan == "12"),
    ({"lan": "14"}, lambda ett: ett.lan == "14"),
]


@pytest.fixture(params=FRON)
def land(request, db):
    return slump_land.lagg_upp(request.param)


def med_delsummor(tabell):
    return {namn: tabell.get(namn, []) for namn in ("rader", "delsummor", "summa")}


def insatsplatser(land):
    """Every level, also each insats with nobody in it, and a förbund without insatser."""
    tomt = land.forbund[-1]
    egna = [(f"insats {i.namn}", ({"insats": i.insats}, lambda annan, i=i: annan is i)) for i in land.insatser[3:]]
    return [*nivaer(land).items(), *egna, ("tomt", ({"organisation": tomt.organisation}, lambda i: i.forbund is tomt))]


@pytest.mark.parametrize("period", PERIODER)
def test_insatsrapport_at_every_level_is_what_plain_python_says(land, period):
    fran, till = dagar(period)
    for niva, (urval, hor_till) in insatsplatser(land):
        valda = land.i_insatser(hor_till).som_pagar(fran, till)
        vantat = oracle_insatser.insatstabell(valda, fran, till, delsummor=niva in ("riket", "lan"))
        svar = tabeller("insats", fran=period[0], till=period[1], **urval)
        assert med_delsummor(svar["insatser"]) == vantat, niva


@pytest.mark.parametrize("period", PERIODER)
def test_insatsrapport_with_every_filter_is_what_plain_python_says(land, period):
    fran, till = dagar(period)
    for (urval, hor_till), (niva, (plats, pa_platsen)) in product(INSATSFILTER.values(), nivaer(land).items()):
        valda = land.i_insatser(pa_platsen).i_insatser(hor_till).som_pagar(fran, till)
        vantat = oracle_insatser.insatstabell(valda, fran, till, delsummor=niva in ("riket", "lan"))
        svar = tabeller("insats", fran=period[0], till=period[1], niva=niva, **plats, **urval)
        assert med_delsummor(svar["insatser"]) == vantat, (niva, urval)


def kostnadsplatser(land):
    """Riket, each län, each samverkansorganisation, and one samverkansform: there is no level below."""
    egna = [({"organisation": ett.organisation}, lambda annat, ett=ett: annat is ett) for ett in land.forbund]
    return [*LAN_OCH_FORM, *egna]


@pytest.mark.parametrize("aren", BUDGETAR)
def test_kostnadsrapport_at_every_level_is_what_plain_python_says(land, aren):
    for (urval, hor_till), detaljerad in product(kostnadsplatser(land), (False, True)):
        valda = land.i_forbund(hor_till)
        svar = tabeller("kostnad", fran=aren[0], till=aren[-1], rapportniva="detaljerad" if detaljerad else "summerad", **urval)
        administration = svar["administrativa_kostnader"]
        assert med_delsummor(administration)["delsummor"] == oracle_insatser.organisationssummor(administration["rader"]), urval
        if detaljerad:
            assert med_delsummor(svar.pop("insatser")) == insatser_med_budget(valda, aren, delsummor="organisation" not in urval), urval
        assert rader(svar) == oracle_insatser.kostnadstabeller(valda, aren, detaljerad), (urval, detaljerad)


def insatser_med_budget(land, aren, delsummor):
    """The table that ends the detailed Kostnadsrapport: also insatser that have ended, when they have a budget."""
    fran, till = dagar((f"{aren[0]}-01", f"{aren[-1]}-12"))
    return oracle_insatser.insatstabell(land.som_pagar(fran, till, aven_med_budget=True), fran, till, delsummor)


@pytest.mark.parametrize("period", PERIODER)
def test_nationell_rapport_is_what_plain_python_says(land, period):
    fran, till = dagar(period)
    for urval, hor_till in LAN_OCH_FORM:
        vantat = oracle_insatser.nationellt(land.i_forbund(hor_till).som_pagar(fran, till), fran, till)
        assert rader(tabeller("nationell", fran=period[0], till=period[1], **urval)) == vantat, urval


def test_the_random_country_fills_every_column(land):
    """An oracle that only ever sees zeros agrees with anything."""
    fran, till = dagar(PERIODER[0])
    pagar = land.som_pagar(fran, till)

    tal = oracle_insatser.tal(pagar, fran, till)
    assert all(varde for namn, varde in tal.items() if not namn.endswith("utfall"))  # a year may want all its utfall of one kind
    for namn in ("utfall", "esf_utfall"):
        assert any(oracle_insatser.tal(land.som_pagar(*dagar(period)), *dagar(period))[namn] for period in PERIODER), namn
    assert all(belopp for _, belopp in oracle_insatser.kostnadstabeller(land, [2020], detaljerad=False)["medelstillgangar"])
    assert len(pagar.insatser) < len(land.som_pagar(fran, till, aven_med_budget=True).insatser) <= len(land.insatser)
    budgetrader = [rad for insats in land.insatser for ar in insats.ar.values() for rad in ar.rader]
    for budgettyp in oracle_insatser.BUDGETTYPER:
        utfall = [rad.utfall for rad in budgetrader if rad.budgettyp == budgettyp]
        assert None in utfall
        assert any(utfall)
    assert {ar.planerat is None for insats in pagar.insatser for ar in insats.ar.values()} == {True, False}
