"""The database's side of the rights: roles of the request, grants per table, functions and views of schema vagg."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from psycopg.pq import TransactionStatus

from behorigheter.vaggar.tabeller import TABELLER

ROLLER = ("sus_owner", "sus_funk", "sus_web", "sus_rapport", "sus_login", "sus_rapport_login")
SQL = Path(__file__).parent


def ta_roll(roll, using="default"):
    """SET LOCAL ROLE: holds to the end of the transaction."""
    with connections[using].cursor() as c:
        c.execute("SELECT set_config('role', %s, true)", [roll])


def slapp(using="default"):
    """Forget the role. COMMIT forgets by itself; a test's savepoint does not.

    An aborted transaction would end in a silent ROLLBACK at COMMIT: say so instead.
    """
    anslutning = connections[using]
    if anslutning.connection.info.transaction_status == TransactionStatus.INERROR:
        raise TransactionManagementError("Transaktionen är avbruten; ett databasfel har svalts.")
    if anslutning.savepoint_ids:  # nested: only in tests
        ta_roll("none", using)


@contextmanager
def som_webben(using="default"):
    """Commands that act for a user run as the web role, as a request does."""
    with transaction.atomic(using=using):
        ta_roll("sus_web", using)
        yield
        slapp(using)


@contextmanager
def rapportroll():
    """Reports read as sus_rapport: facts, counts and money, nothing about persons. Yields the alias to use."""
    using = "rapport" if "rapport" in settings.DATABASES else "default"
    with transaction.atomic(using=using), connections[using].cursor() as c:
        c.execute("SELECT current_setting('role')")
        fore = c.fetchone()[0]
        ta_roll("sus_rapport", using)
        yield using
        ta_roll(fore, using)


def tillampa(using="default"):
    """Rebuild schema vagg and every grant, in one transaction, as the owner. Run at the end of every migrate."""
    with transaction.atomic(using=using), connections[using].cursor() as c:
        _krav_pa_roller(c)
        c.execute("SET LOCAL lock_timeout = '5s'")
        c.execute("DROP SCHEMA IF EXISTS vagg CASCADE")
        c.execute("CREATE SCHEMA vagg AUTHORIZATION sus_funk")
        for roll in ("PUBLIC", "sus_funk", "sus_web", "sus_rapport"):
            c.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roll}")
            c.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {roll}")
        c.execute("GRANT USAGE ON SCHEMA public TO sus_funk, sus_web, sus_rapport")
        c.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sus_web, sus_funk")
        for namn, tabell in TABELLER.items():
            _ge_rattigheter(c, namn, tabell)
        c.execute("SET LOCAL ROLE sus_funk")
        for fil in sorted(SQL.glob("[0-9]*.sql")):
            c.execute(fil.read_text().replace("%", "%%"))
        _satt_nyckel(c)
        c.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vagg FROM PUBLIC")
        c.execute("RESET ROLE")
        c.execute("GRANT USAGE ON SCHEMA vagg TO sus_web, sus_rapport")
        for namn, tabell in TABELLER.items():
            _skydda_rader(c, namn, tabell)


def _krav_pa_roller(c):
    c.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLLER)])
    saknas = set(ROLLER) - {rad[0] for rad in c.fetchall()}
    if saknas:
        raise ImproperlyConfigured(
            f"Databasrollerna {', '.join(sorted(saknas))} saknas. Kör en gång som databasens administratör: psql -f {SQL / 'roller.sql'}"
        )


def _ge_rattigheter(c, namn, tabell):
    for roll, rattigheter in (("sus_web", tabell.web), ("sus_rapport", tabell.rapport), ("sus_funk", tabell.funk)):
        if rattigheter:
            c.execute(f"GRANT {rattigheter} ON public.{namn} TO {roll}")


def _skydda_rader(c, namn, tabell):
    """Triggers that follow from the table's line: columns that never change."""
    c.execute(f"DROP TRIGGER IF EXISTS fast ON public.{namn}")
    if tabell.fast:
        andrad = " OR ".join(f"old.{kolumn} IS DISTINCT FROM new.{kolumn}" for kolumn in tabell.fast)
        c.execute(f"CREATE TRIGGER fast BEFORE UPDATE ON public.{namn} FOR EACH ROW WHEN ({andrad}) EXECUTE FUNCTION vagg.nej()")


def _satt_nyckel(c):
    """The key of the pseudonyms, split as HMAC-SHA-256 wants it: no extension is needed."""
    nyckel = hashlib.sha256(settings.OMFANG_NYCKEL).digest().ljust(64, b"\0")
    inre, yttre = bytes(b ^ 0x36 for b in nyckel), bytes(b ^ 0x5C for b in nyckel)
    c.execute("INSERT INTO vagg.nyckel (inre, yttre) VALUES (%s, %s)", [inre, yttre])
