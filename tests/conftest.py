"""The owner prepares, the request has nothing: every request starts as the powerless login role."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import settings

from behorigheter import vaggar
from behorigheter.roller import Roll
from tests.factories import AnvandareFactory, BehorighetFactory, InsatsFactory, UppdragFactory
from tests.oidc.leverantor import _utgivare, leverantor  # noqa: F401  # fixtures

# Random examples: a reduced number in the ordinary run, the full one in ./run test --allt.
settings.register_profile("vanlig", max_examples=50, deadline=None, database=None)
settings.register_profile("allt", max_examples=500, deadline=None, database=None)
settings.load_profile("allt" if os.environ.get("SUS_ALLT") else "vanlig")

# Committed rows for tests with threads or a real server; the reference data are laid back before each.
med_riktiga_transaktioner = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Playwright's event loop gives the thread a new connection object; it too must know the reference data to lay back."""
    anslutning = connections["default"]
    if hasattr(anslutning, "_test_serialized_contents"):
        type(anslutning)._test_serialized_contents = anslutning._test_serialized_contents
        type(anslutning.creation).deserialize_db_from_string = Referensdata()


class Referensdata:
    """Lays the reference data back as Django does, one object after the other; from the second time all rows of a table at once."""

    def __init__(self):
        self._som_django, self._rader = connection.creation.deserialize_db_from_string, {}

    def __call__(self, data):
        if self._rader:
            self._lagg_tillbaka()
        else:
            self._som_django(data)
            self._rader = self._alla()

    def _alla(self):
        with connection.cursor() as c:
            tabeller = connection.introspection.django_table_names(only_existing=True, include_views=False)
            rader = {tabell: c.execute(f'SELECT json_agg(t)::text FROM "{tabell}" t').fetchone()[0] for tabell in tabeller}
        return {tabell: text for tabell, text in rader.items() if text}

    def _lagg_tillbaka(self):
        with transaction.atomic(), connection.cursor() as c:
            for tabell, text in self._rader.items():
                c.execute(f'INSERT INTO "{tabell}" SELECT * FROM json_populate_recordset(NULL::"{tabell}", %s)', [text])


class WebClient(Client):
    """A browser whose requests run as in production: outside the middleware nothing may be read."""

    def request(self, **kwargs):
        if not connection.in_atomic_block:  # transactional tests commit as the owner
            return super().request(**kwargs)
        vaggar.ta_roll("sus_login")
        try:
            return super().request(**kwargs)
        finally:
            if not connection.needs_rollback:
                vaggar.ta_roll("none")


@pytest.fixture
def klient():
    return WebClient()


@pytest.fixture
def inloggad(db):
    """inloggad(roll, objekt) → a WebClient of a new user with the role, and uppdrag on the samverkansorganisation or insats."""

    def _inloggad(roll=None, objekt=None, **kwargs):
        anvandare = AnvandareFactory(**kwargs)
        if roll and objekt is not None:
            falt = "insats" if roll == Roll.DELTAGARANSVARIG else "samverkansorganisation"
            UppdragFactory(anvandare=anvandare, roll=roll, **{falt: objekt})
        elif roll:
            BehorighetFactory(anvandare=anvandare, roll=roll)
        client = WebClient()
        client.force_login(anvandare)
        client.anvandare = anvandare
        return client

    return _inloggad


@pytest.fixture
def fk(inloggad):
    """The browser of an FK-administratör."""
    return inloggad(Roll.FK_ADMINISTRATOR)


@pytest.fixture
def insats(db):
    return InsatsFactory(namn="Hjortmossen")


@pytest.fixture
def antal_fragor():
    """antal_fragor(call) → how many questions the call asks the database."""

    def _antal(anrop):
        with CaptureQueriesContext(connection) as fragor:
            anrop()
        return len(fragor)

    return _antal


@pytest.fixture
def klockan(db):
    """klockan("2012-06-01 23:59:50+02:00") stops both clocks, Python's and the database's; called again it moves them."""
    resor = []

    def _klockan(tid):
        while resor:
            resor.pop().stop()
        resa = time_machine.travel(tid, tick=False)
        resa.start()
        resor.append(resa)
        _satt_databasens_klocka(f"SELECT to_timestamp({time.time()})")

    yield _klockan
    while resor:
        resor.pop().stop()
    _satt_databasens_klocka("SELECT clock_timestamp()")


def _satt_databasens_klocka(sql):
    with connection.cursor() as c:
        c.execute(f"CREATE OR REPLACE FUNCTION vagg.nu() RETURNS timestamptz LANGUAGE sql STABLE AS $$ {sql} $$")


@pytest.fixture
def dagligen(capsys):
    """dagligen() → (exit code, what was printed, the errors)."""

    def _dagligen():
        try:
            call_command("dagligen")
            kod = 0
        except SystemExit as slut:
            kod = slut.code
        return kod, *capsys.readouterr()

    return _dagligen


@pytest.fixture(autouse=True)
def _tom_cache():
    cache.clear()


@pytest.fixture
def samtidigt():
    """samtidigt(call, n) → the results of n calls made at once, each in a thread with its own connection."""

    def _samtidigt(anrop, antal):
        start = threading.Barrier(antal)

        def kor(nr):
            start.wait()
            try:
                return anrop(nr)
            finally:
                connection.close()

        with ThreadPoolExecutor(antal) as trad:
            return list(trad.map(kor, range(antal)))

    return _samtidigt
