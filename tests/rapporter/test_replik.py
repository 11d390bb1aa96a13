"""Reports on a connection of their own: a real streaming replica of the tests' PostgreSQL."""

import os
import shlex
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import InternalError, OperationalError, ProgrammingError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from sus.lokalpg import INSTALLNINGAR, Kluster
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.factories import DeltagandeFactory, InsatsFactory, UppdragFactory
from tests.rapporter.conftest import gor_rapport, som_json, tabell

pytestmark = med_riktiga_transaktioner
ARBETARE = os.environ.get("PYTEST_XDIST_WORKER", "gw0")  # each has a standby of its own
PORT = str(5499 - int(ARBETARE.removeprefix("gw")))


@pytest.fixture(scope="module")
def kluster(django_db_setup):
    """The tests' own cluster, and beside it a standby that follows it."""
    mapp = Path(str(connection.get_connection_params()["host"])).parent
    if not (mapp / "data").exists():
        pytest.skip("PostgreSQL is not one that ./run has started: there is nothing to take a base backup of")
    server = Kluster(mapp, for_test=True)
    data = mapp / f"replik-{ARBETARE}"
    server.kor("pg_basebackup", "-D", str(data), "-h", str(server.sockel), "-U", "postgres", "-R", "-c", "fast")
    flaggor = INSTALLNINGAR | {"port": PORT, "unix_socket_directories": f'"{server.sockel}"', "hot_standby_feedback": "on"}
    val = " ".join(f"-c {shlex.quote(f'{namn}={varde}')}" for namn, varde in flaggor.items())
    server.kor("pg_ctl", "-D", str(data), "-l", str(mapp / "logg"), "-o", val, "-t", "60", "-s", "-w", "start")
    yield server
    server.kor("pg_ctl", "-D", str(data), "-m", "immediate", "-s", "-w", "stop")
    shutil.rmtree(data)


@pytest.fixture
def replik(kluster):
    """replik() waits until the standby has all that is committed. Reports go there, as the login that may take their role only."""
    egen, val = connections.settings["default"], connection.get_connection_params()
    connections.settings["rapport"] = settings.DATABASES["rapport"] = {
        **egen,
        **{"HOST": val["host"], "PORT": PORT, "USER": "sus_rapport_login", "OPTIONS": {}},
    }
    connections["rapport"].connect()  # Django's tests allow no new connection to an alias that they would empty afterwards

    def ikapp():
        with connection.cursor() as c:
            c.execute("SELECT pg_current_wal_insert_lsn()::text")
            [slut] = c.fetchone()
        for _ in range(200):
            with connections["rapport"].cursor() as c:
                c.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [slut])
                if c.fetchone() == (True,):
                    return
            time.sleep(0.05)
        raise AssertionError("the replica does not follow")

    yield ikapp
    connections["rapport"].close()
    del connections["rapport"]
    settings.DATABASES.pop("rapport", None)
    connections.settings.pop("rapport", None)


@pytest.fixture
def stannad(kluster):
    """stannad() stops the standby where it is; it goes on afterwards."""

    def kor(vad):
        kluster.kor("psql", "-XqAt", "-h", str(kluster.sockel), "-p", PORT, "-U", "postgres", "-d", "postgres", indata=f"SELECT {vad}()")

    yield lambda: kor("pg_wal_replay_pause")
    kor("pg_wal_replay_resume")


@pytest.fixture
def insats():
    insats = InsatsFactory()
    DeltagandeFactory.create_batch(3, insats=insats)
    return insats


def rapport(insats, by=None):
    return gor_rapport("insats", by, niva="organisation", organisation=insats.samverkansorganisation_id, fran="2011-01", till="2011-12")


def antal(insats):
    rader = tabell(som_json(rapport(insats)), "insatser")
    return dict(zip((kolumn["nyckel"] for kolumn in rader["kolumner"]), rader["summa"], strict=True))["antal"]


def test_a_report_is_what_the_replica_knows(insats, replik, stannad):
    replik()
    assert antal(insats) == 3

    stannad()
    DeltagandeFactory.create_batch(2, insats=insats)
    assert antal(insats) == 3


def test_a_report_says_which_moment_its_figures_are_of(insats, replik, stannad):
    replik()
    assert timezone.now() - rapport(insats).hamtad < timedelta(seconds=5)

    stannad()
    forst = timezone.now()
    DeltagandeFactory(insats=insats)
    for _ in range(100):
        if (hamtad := rapport(insats).hamtad) < forst:
            break
        time.sleep(0.05)  # until the standby has been sent what it does not show

    assert hamtad < forst


def test_the_facts_are_asked_for_on_the_replica_and_the_rest_is_not(insats, replik):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=insats.samverkansorganisation).anvandare
    replik()
    klient = WebClient()
    klient.force_login(anvandare)
    urval = {"niva": "organisation", "organisation": insats.samverkansorganisation_id, "fran": "2011-01", "till": "2011-12"}

    with CaptureQueriesContext(connections["rapport"]) as dar, CaptureQueriesContext(connection) as har:
        svar = klient.get(reverse("rapporter:rapport", args=["insats"]), urval)

    assert svar.status_code == 200
    assert any("vagg.faktum" in fraga["sql"] for fraga in dar)
    assert not any("vagg.faktum" in fraga["sql"] for fraga in har)
    assert all("sus_web" not in fraga["sql"] for fraga in dar)
    assert Handelse.objects.filter(typ=Handelse.Typ.RAPPORT_SKAPAD, anvandare_id=anvandare.pk).count() == 1


@pytest.mark.parametrize("adress", ["start:start", "organisations:list", "insatser:list", "rapporter:list"])
def test_no_other_page_touches_the_replica(insats, replik, adress):
    klient = WebClient()
    klient.force_login(UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare)

    with CaptureQueriesContext(connections["rapport"]) as dar:
        assert klient.get(reverse(adress)).status_code == 200

    assert [fraga["sql"] for fraga in dar] == []


def test_the_replica_is_reached_with_the_rights_of_reports_and_writes_nothing(insats, replik):
    replik()

    with vaggar.rapportroll() as using, connections[using].cursor() as c:
        c.execute("SELECT session_user, current_user, pg_is_in_recovery(), current_setting('transaction_isolation')")
        assert c.fetchone() == ("sus_rapport_login", "sus_rapport", True, "repeatable read")
    for sats, fel in {
        "SELECT 1 FROM deltagare_person": ProgrammingError,
        "CREATE TEMP TABLE t (a int)": (InternalError, OperationalError, ProgrammingError),
        "SELECT vagg.satt('omfang', 'x')": ProgrammingError,
    }.items():
        with pytest.raises(fel), vaggar.rapportroll() as using, connections[using].cursor() as c:
            c.execute(sats)


def test_a_connection_for_reports_to_the_server_itself_reads_only_too(insats, replik):
    connections["rapport"].close()
    connections["rapport"].settings_dict["PORT"] = str(connection.get_connection_params()["port"])
    connections["rapport"].settings_dict["USER"] = "sus_owner"
    connections["rapport"].connect()

    with vaggar.rapportroll() as using, connections[using].cursor() as c:
        c.execute("SELECT pg_is_in_recovery(), current_setting('transaction_read_only')")
        assert c.fetchone() == (False, "on")
