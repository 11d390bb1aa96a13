"""The förbund of 2011, and reports of it in every format."""

import json
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.roller import Roll
from deltagare.koder import Arbetstyp
from rapporter.rapport import skapa_rapport
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from tests.factories import DeltagandeFactory, InsatsFactory, MattillfalleFactory
from tests.rapporter import trollhattan

AR = {"fran": "2020-01", "till": "2020-12"}


@pytest.fixture
def forbund(db):
    return trollhattan.lagg_upp()


@pytest.fixture
def klient_sa(forbund, inloggad):
    """A samverkansadministratör of the förbund."""
    client = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)
    client.forbund = forbund
    return client


@pytest.fixture
def sex(db):
    """The six of the worked example, in one insats."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    for fore, efter in [
        ({"arbetssokande": True}, {"arbete_procent": 50}),
        ({"arbete_procent": 50}, {"arbete_procent": 75}),
        ({"arbete_procent": 100}, {"arbete_procent": 50}),
        ({}, {"arbete_procent": 25, "studier_procent": 100}),
        ({}, {"arbetssokande": True}),
        ({}, {}),
    ]:
        avslutad(insats, fore, efter)
    return insats


def avslutad(insats, fore, efter, **falt):
    """A deltagande that ended in 2020, with both measurements."""
    deltagande = DeltagandeFactory(
        insats=insats,
        matningar=False,
        **{"startdatum": date(2020, 1, 1), "slutdatum": date(2020, 6, 1), "avslutningsanledning": 1, **falt},
    )
    for typ, svar in (("in", fore), ("ut", efter)):
        arbetstyp = Arbetstyp.EJ_SUBVENTIONERAT if "arbete_procent" in svar else None
        MattillfalleFactory(deltagande=deltagande, typ=typ, **{"arbetstyp": arbetstyp, **svar})
    return deltagande


def adress(nyckel):
    return reverse("rapporter:rapport", args=[nyckel])


def gor_rapport(nyckel, by=None, **urval):
    """The report of a selection, made as a request makes it."""
    definition = RAPPORTER[nyckel]
    fraga = QueryDict(mutable=True)
    fraga.update({namn: str(varde) for namn, varde in urval.items()})
    with vaggar.som(by):
        form = definition.form_class(fraga, anvandare=by)
        assert form.is_valid(), form.errors
        return skapa_rapport(definition=definition, form=form, by=by)


def som_json(rapport):
    return json.loads(FORMAT["json"].rendera(rapport))


def tabell(innehall, nyckel):
    return next(tabell for tabell in innehall["tabeller"] if tabell["nyckel"] == nyckel)


def som_poster(tabell):
    """{first cell: {column: cell}}, with the sum row under its own heading."""
    nycklar = [kolumn["nyckel"] for kolumn in tabell["kolumner"]]
    rader = [*tabell["rader"], *([tabell["summa"]] if tabell["summa"] else [])]
    return {rad[0]: dict(zip(nycklar, rad, strict=True)) for rad in rader}
