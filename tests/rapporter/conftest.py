"""The förbund of 2011, and reports of it in every format."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.roller import Roll
from rapporter.rapport import skapa_rapport
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from tests.rapporter import trollhattan


@pytest.fixture
def forbund(db):
    return trollhattan.lagg_upp()


@pytest.fixture
def klient_sa(forbund, inloggad):
    """A samverkansadministratör of the förbund."""
    client = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)
    client.forbund = forbund
    return client


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
