"""The database's side of the rights: roles and scope of the request, rights per table, functions and views of schema vagg."""

import hashlib
import hmac
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from psycopg import Cursor
from psycopg.pq import TransactionStatus

from behorigheter.vaggar.tabeller import TABELLER

ROLLER = ("sus_owner", "sus_funk", "sus_web", "sus_konto", "sus_rapport", "sus_login", "sus_rapport_login")
SQL = Path(__file__).parent
KONTOT_OPPET = "(SELECT vagg.konto_oppet())"  # once per query
TA_ROLL = "set_config('role', %s, true), set_config('sus.konto', %s, true)"
OMFANGETS_VARDEN = ("omfang", "identifierade", "ip", "begaran")


def ta_roll(roll, using="default"):
    """SET LOCAL ROLE: holds to the end of the transaction. The account role gets the key to its tables, and no other role keeps it.

    Returns the role before.
    """
    return fraga_dolt(f"SELECT current_setting('role'), {TA_ROLL}", [roll, kontonyckel(roll)], using)[0]


def fraga_dolt(sql, varden, using="default") -> tuple:
    """The answer's one row. The server binds the values: a proof stands neither in pg_stat_activity nor in a logged statement's text."""
    anslutning = connections[using]
    anslutning.ensure_connection()
    with anslutning.wrap_database_errors:
        [rad] = _bindande_markor(anslutning.connection).execute(sql, varden).fetchall()
        return rad


def _bindande_markor(forbindelse) -> Cursor:
    """One for the life of the connection: to make one costs as much as to ask."""
    if not hasattr(forbindelse, "sus_markor"):
        forbindelse.sus_markor = Cursor(forbindelse)
    return forbindelse.sus_markor


def kontonyckel(roll) -> str:
    """A proof that the application, and not injected SQL, has taken the account role. Holds for half a minute."""
    if roll != "sus_konto":
        return ""
    tid = int(time.time())
    return f"{tid}|{_bevis('konto', tid)}"


def borja(anvandare_id, roll="sus_web", using="default"):
    """Let the database work out and seal what the user may reach in this transaction, and go on in the role. One round trip.

    The proof holds for half a minute.
    """
    tid = int(time.time())
    fraga_dolt(
        f"SELECT vagg.borja(%s, %s, %s), {TA_ROLL}",
        [anvandare_id, tid, _bevis("borja", anvandare_id, tid), roll, kontonyckel(roll)],
        using,
    )


def ar_avbruten(using="default") -> bool:
    """Whether an error has ended the transaction: nothing more can be asked in it."""
    anslutning = connections[using].connection
    return anslutning is None or anslutning.info.transaction_status == TransactionStatus.INERROR


def slapp(using="default"):
    """Forget role and scope. COMMIT forgets by itself; a test's savepoint does not.

    An aborted transaction would end in a silent ROLLBACK at COMMIT: say so instead.
    """
    anslutning = connections[using]
    if ar_avbruten(using):
        raise TransactionManagementError("Transaktionen är avbruten; ett databasfel har svalts.")
    if anslutning.savepoint_ids:  # nested: only in tests
        ta_roll("none", using)
        with anslutning.cursor() as c:
            c.execute("SELECT set_config('sus.' || namn, '', true) FROM unnest(%s::text[]) AS namn", [list(OMFANGETS_VARDEN)])


@contextmanager
def som(anvandare, using="default"):
    """Commands that act for a user run as the web role within the user's scope, as a request does. None is the system: no wall."""
    with transaction.atomic(using=using):
        if anvandare is None:
            yield
            return
        ta_roll("sus_web", using)
        borja(anvandare.pk, using=using)
        yield
        slapp(using)


@contextmanager
def rapportroll():
    """Reports read as sus_rapport: facts, counts and money, nothing about persons. Yields the alias to use.

    On a connection of their own they see one moment from the first question to the last, and write nothing.
    """
    using = "rapport" if "rapport" in settings.DATABASES else "default"
    with transaction.atomic(using=using), connections[using].cursor() as c:
        if using == "rapport":
            c.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        c.execute("SET LOCAL work_mem = '64MB'")  # a whole country is sorted in memory
        fore = ta_roll("sus_rapport", using)
        yield using
        ta_roll(fore, using)


def tillampa(using="default"):
    """Rebuild schema vagg, every grant and every policy, in one transaction, as the owner. Run at the end of every migrate."""
    with transaction.atomic(using=using), connections[using].cursor() as c:
        _krav_pa_roller(c)
        c.execute("SET LOCAL lock_timeout = '5s'")
        # All at once, before a row of the catalogue is changed: autovacuum gives way to who waits for a table.
        c.execute(f"LOCK TABLE {', '.join(f'public.{namn}' for namn in TABELLER)} IN ACCESS EXCLUSIVE MODE")
        c.execute("DROP SCHEMA IF EXISTS vagg CASCADE")  # policies and triggers that use it go along
        c.execute("CREATE SCHEMA vagg AUTHORIZATION sus_funk")
        # A temporary table would stay on the pooled connection, in the way of the next request's.
        c.execute("DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$")
        _ta_bort_policyer(c)
        for roll in ("PUBLIC", "sus_funk", "sus_web", "sus_konto", "sus_rapport"):
            c.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roll}")
            c.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {roll}")
        c.execute("GRANT USAGE ON SCHEMA public TO sus_funk, sus_web, sus_konto, sus_rapport")
        c.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sus_web, sus_konto, sus_funk")
        for namn, tabell in TABELLER.items():
            _ge_rattigheter(c, namn, tabell)
        c.execute("SET LOCAL ROLE sus_funk")
        for fil in sorted(SQL.glob("[0-9]*.sql")):
            c.execute(fil.read_text(encoding="utf-8"))
        _satt_nyckel(c)
        c.execute("RESET ROLE")
        c.execute("GRANT USAGE ON SCHEMA vagg TO sus_web, sus_konto, sus_rapport")
        for namn, tabell in TABELLER.items():
            for sats in (*_utlosare(namn, tabell), *_rad_for_rad(namn, tabell)):
                c.execute(sats)
        c.execute("SELECT vagg.fyll_fakta()")


def _krav_pa_roller(c):
    c.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLLER)])
    saknas = set(ROLLER) - {rad[0] for rad in c.fetchall()}
    if saknas:
        raise ImproperlyConfigured(
            f"Databasrollerna {', '.join(sorted(saknas))} saknas. Kör en gång som databasens administratör: psql -f {SQL / 'roller.sql'}"
        )


def _ta_bort_policyer(c):
    """Those that do not mention vagg survive its schema."""
    c.execute("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")
    for policy, tabell in c.fetchall():
        c.execute(f'DROP POLICY "{policy}" ON public."{tabell}"')


def _ge_rattigheter(c, namn, tabell):
    for roll in ("web", "konto", "rapport", "funk"):
        if rattigheter := getattr(tabell, roll):
            c.execute(f"GRANT {rattigheter} ON public.{namn} TO sus_{roll}")


def _utlosare(namn, tabell):
    """Triggers that follow from the table's line."""
    yield f"DROP TRIGGER IF EXISTS fast ON public.{namn}"
    if tabell.fast:
        andrad = " OR ".join(f"old.{kolumn} IS DISTINCT FROM new.{kolumn}" for kolumn in tabell.fast)
        yield f"CREATE TRIGGER fast BEFORE UPDATE ON public.{namn} FOR EACH ROW WHEN ({andrad}) EXECUTE FUNCTION vagg.nej()"
    if tabell.kortare:
        argument = ", ".join(f"'{kolumn}'" for kolumn in tabell.kortare)
        yield f"CREATE TRIGGER kortare BEFORE UPDATE ON public.{namn} FOR EACH ROW EXECUTE FUNCTION vagg.bara_kortare({argument})"
    if tabell.vakt:
        yield f"CREATE TRIGGER vakt BEFORE INSERT OR UPDATE ON public.{namn} FOR EACH ROW EXECUTE FUNCTION {tabell.vakt}()"


def _rad_for_rad(namn, tabell):
    """Row-level security: the web role meets the conditions of the table's line, the other roles all rows that their grants reach."""
    inom = f"{tabell.vagg} = ANY ((SELECT vagg.omfang())::bigint[])" if tabell.vagg else ""  # InitPlan: once per query
    las = tabell.las or inom
    if not tabell.har_radskydd:
        yield f"ALTER TABLE public.{namn} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
        return
    skriv = tabell.skriv or las
    andra = tabell.andra or skriv
    skapa = " AND ".join(f"({villkor})" for villkor in (inom, tabell.skapa or skriv) if villkor)
    yield f"ALTER TABLE public.{namn} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    for roll, villkor in {"funk": "true", "konto": KONTOT_OPPET, "rapport": "true"}.items():
        if roll == "funk" or getattr(tabell, roll):  # the owner sees rows as a member of sus_funk
            yield f"CREATE POLICY {roll} ON public.{namn} TO sus_{roll} USING ({villkor}) WITH CHECK ({villkor})"
    if not las:
        return
    yield f"CREATE POLICY web_select ON public.{namn} FOR SELECT TO sus_web USING ({las})"
    yield f"CREATE POLICY web_insert ON public.{namn} FOR INSERT TO sus_web WITH CHECK ({skapa})"
    yield f"CREATE POLICY web_update ON public.{namn} FOR UPDATE TO sus_web USING ({andra}) WITH CHECK ({skriv})"
    yield f"CREATE POLICY web_delete ON public.{namn} FOR DELETE TO sus_web USING ({tabell.ta_bort or andra})"


def _bevis(*delar) -> str:
    return hmac.digest(_nyckel(), "|".join(map(str, delar)).encode(), "sha256").hex()


def _nyckel() -> bytes:
    return hashlib.sha256(settings.OMFANG_NYCKEL).digest()


def _satt_nyckel(c):
    """The key of seals and pseudonyms, split as HMAC-SHA-256 wants it: no extension is needed."""
    nyckel = _nyckel().ljust(64, b"\0")
    inre, yttre = bytes(b ^ 0x36 for b in nyckel), bytes(b ^ 0x5C for b in nyckel)
    c.execute("INSERT INTO vagg.nyckel (inre, yttre) VALUES (%s, %s)", [inre, yttre])
