"""The launcher of the local PostgreSQL: what it gives, and that nothing is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sus.lokalpg import ROT, Kluster, LokalpgFel, hitta_binarer, konto

FRAGA = 'exec "$SUS_PSQL" -XqAt "$DATABASE_URL" -c "$0"'
ANVAND = """
import sys
from pathlib import Path
from sus.lokalpg import Kluster

with Kluster(Path(sys.argv[1])).i_bruk():
    print("uppe", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def miljo():
    utan = {namn: varde for namn, varde in os.environ.items() if namn != "DATABASE_URL"}
    return utan | {"SUS_PSQL": str(hitta_binarer() / "psql"), "PYTHONPATH": str(ROT)}


@pytest.fixture
def mapp():
    """A folder that also another account can reach, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="sus-prov-", dir="/var/tmp") as namn:
        Path(namn).chmod(0o711)
        yield Path(namn)


def starta(miljo, *kommando):
    return subprocess.Popen(
        [sys.executable, "-m", "sus.lokalpg", "test", "--", *kommando],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=miljo,
        cwd=ROT,
    )


def svar(miljo, sql):
    with starta(miljo, "sh", "-c", FRAGA, sql) as process:
        ut, fel = process.communicate(timeout=60)
    assert process.returncode == 0, fel
    return ut.strip()


def snart(pastaende):
    slut = time.monotonic() + 20
    while not pastaende():
        assert time.monotonic() < slut
        time.sleep(0.05)
    return True


def mappen(url):
    return url.partition("host=")[2].partition("/sockel")[0]


def server_kor(mapp):
    svar = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True)
    return any(f"-D {mapp}/data" in rad for rad in svar.stdout.splitlines())


def test_command_is_connected_as_an_ordinary_owner_of_a_database_in_utf8(miljo):
    sql = """
        SELECT current_user, current_database(), getdatabaseencoding(), lower('ÅÄÖ'), rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
        FROM pg_roles WHERE rolname = current_user
    """

    assert svar(miljo, sql) == "sus_owner|sus|UTF8|åäö|f|f|f|t"


def test_production_logins_inherit_nothing_and_may_take_their_own_roles(miljo):
    sql = """
        SELECT string_agg(format('%s %s %s', medlem.rolname, medlem.rolinherit, grupp.rolname), '; ' ORDER BY medlem.rolname, grupp.rolname)
        FROM pg_auth_members JOIN pg_roles medlem ON medlem.oid = member JOIN pg_roles grupp ON grupp.oid = roleid
        WHERE medlem.rolname IN ('sus_login', 'sus_rapport_login')
    """

    assert svar(miljo, sql) == "sus_login f sus_konto; sus_login f sus_web; sus_rapport_login f sus_rapport"


def test_owner_can_play_the_other_roles_and_make_the_extension(miljo):
    roller = ["sus_login", "sus_web", "sus_konto", "sus_rapport_login", "sus_rapport", "sus_funk"]

    ut = svar(miljo, "CREATE EXTENSION btree_gist;" + "".join(f"SET ROLE {roll}; SELECT current_user; RESET ROLE;" for roll in roller))

    assert ut.split() == roller


def test_variables_of_libpq_do_not_lead_elsewhere(miljo):
    assert svar(miljo | {"PGHOST": "/nowhere", "PGPORT": "1", "PGUSER": "nobody", "PGOPTIONS": "-c fel=1"}, "SELECT 1") == "1"


def test_exit_code_of_the_command_is_passed_on(miljo):
    with starta(miljo, "sh", "-c", "exit 7") as process:
        process.communicate(timeout=60)

    assert process.returncode == 7


@pytest.mark.parametrize("hur", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_server_and_no_data_are_left_when_the_launcher_is_killed(miljo, hur):
    with starta(miljo, "sh", "-c", 'echo "$DATABASE_URL"; exec sleep 600') as process:
        mapp = mappen(process.stdout.readline())
        assert server_kor(mapp)

        process.send_signal(hur)

        process.communicate(timeout=60)
    assert snart(lambda: not server_kor(mapp) and not os.path.exists(mapp))


def test_server_stays_up_until_its_last_user_leaves(miljo, mapp):
    def anvandare():
        process = subprocess.Popen(
            [sys.executable, "-c", ANVAND, mapp], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=miljo
        )
        assert process.stdout.readline() == "uppe\n"
        return process

    with anvandare() as forsta, anvandare() as andra:
        forsta.communicate(timeout=60)

        assert server_kor(mapp)
        with pytest.raises(LokalpgFel, match="används"):
            Kluster(mapp).ta_bort()
        andra.communicate(timeout=60)
    assert not server_kor(mapp)


def test_data_stay_when_the_server_stops_and_go_with_reset(mapp):
    kluster = Kluster(mapp / "kluster")
    kluster.mapp.mkdir(mode=0o711)

    with kluster.last():
        kluster.starta()
        kluster.psql("CREATE TABLE kvar ()")
        kluster.stoppa()
        kluster.starta()
        assert kluster.psql("SELECT count(*) FROM kvar") == "0"
    kluster.ta_bort()

    assert not kluster.mapp.exists()
    assert not server_kor(kluster.mapp)


def test_data_of_another_version_are_not_touched(mapp):
    kluster = Kluster(mapp)
    (mapp / "version").write_text("11")

    with pytest.raises(LokalpgFel, match="gjord med PostgreSQL 11"):
        kluster.starta()


def test_too_old_postgresql_is_refused_by_name(tmp_path, monkeypatch):
    for program in ["initdb", "pg_ctl", "postgres", "psql"]:
        (tmp_path / program).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("SUS_PG_BIN", str(tmp_path))

    with pytest.raises(LokalpgFel, match="PostgreSQL 15 eller nyare"):
        hitta_binarer()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes account")
def test_root_without_user_namespaces_runs_the_server_as_another_account(miljo, tmp_path):
    nekad = tmp_path / "unshare"
    nekad.write_text("#!/bin/sh\nexit 1\n")
    nekad.chmod(0o755)
    agare = 'mapp=${DATABASE_URL#*host=}; exec stat -c %U "${mapp%/sockel*}/data"'

    with starta(miljo | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}, "sh", "-c", agare) as process:
        ut, fel = process.communicate(timeout=60)

    assert ut.strip() in {"postgres", "nobody"}, fel


def test_root_never_runs_the_server_itself():
    vem = konto()

    assert os.geteuid() != 0 or vem.prefix or vem.namn
