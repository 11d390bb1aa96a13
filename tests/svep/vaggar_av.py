"""One switch per wall, only in tests: what each of them holds alone, and that there is something to hold."""

import pytest
from django.db import connection

from behorigheter.models import Anvandare
from behorigheter.querysets import RattighetQuerySet
from behorigheter.roller import Roll

OMFANG_ALLT = """
CREATE OR REPLACE FUNCTION vagg.omfang() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT array_agg(id) FROM public.insatser_insats'
"""
BESTALLNINGAR_ALLA = """
CREATE OR REPLACE FUNCTION vagg.far_se_bestallning(p_ifylld_av bigint, p_anvandare bigint, p_organisation bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT true'
"""


def ta_bort_vagg_1(monkeypatch):
    """Everybody has every role, and every row is everybody's."""
    for klass in [RattighetQuerySet, *_underklasser(RattighetQuerySet)]:
        if "tillatna_for" in vars(klass):
            monkeypatch.setattr(
                klass, "tillatna_for", lambda self, *_: self.with_forbund() if hasattr(self, "with_forbund") else self.all()
            )
    monkeypatch.setattr(Anvandare, "har_roll_med", lambda self, rattighet: True)
    monkeypatch.setattr(Anvandare, "gallande_roller", set(Roll))


def _underklasser(klass):
    for under in klass.__subclasses__():
        yield under
        yield from _underklasser(under)


def ta_bort_vagg_2():
    """Every policy and function that asks for the scope gets all insatser; rolled back with the test."""
    with connection.cursor() as c:
        c.execute(OMFANG_ALLT)
        c.execute(BESTALLNINGAR_ALLA)


@pytest.fixture
def utan_vagg_1(monkeypatch):
    ta_bort_vagg_1(monkeypatch)


@pytest.fixture
def utan_vagg_2(db):
    ta_bort_vagg_2()
