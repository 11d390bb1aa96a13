"""Assume breach: any SQL at all, as the roles of the application, shows and changes no foreign row.

Each attack runs over a real connection as sus_login, in the middle of a legitimate request of a deltagaransvarig. What it got to see
is searched for everything that is not the user's own; what lies in the tables afterwards is compared with what lay there before.
"""

import hashlib
import hmac
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from behorigheter.models import Anvandare, Handelse, Session
from deltagare.models import Person
from tests.conftest import med_riktiga_transaktioner
from tests.svep.personor import besok
from tests.svep.varld import varld

pytestmark = med_riktiga_transaktioner

# What an attack can reach for. {…} is filled in from the world: own and foreign rows, oneself, and the three pieces below.
DELAR = {
    "allt": "SELECT * FROM public.deltagare_deltagande",
    "ny": "BEGIN; SET LOCAL ROLE sus_web; ",
    "borja": "SELECT vagg.borja({jag}, {tid}, '{bevis}')",
}
LASANDE = {
    "read every deltagande": "SELECT * FROM deltagare_deltagande",
    "read one by its key": "SELECT * FROM deltagare_deltagande WHERE id = '{deltagande}'",
    "read the situations": "SELECT m.*, m.deltagande_id FROM deltagare_mattillfalle m",
    "read the consents": "SELECT s.*, s.deltagande_id FROM deltagare_samtycke s",
    "read persons": "SELECT * FROM deltagare_person",
    "read one column of persons": "SELECT uppslag FROM deltagare_person",
    "join to persons": "SELECT p.namn FROM deltagare_person p JOIN deltagare_deltagande d ON d.person_id = p.id",
    "read sessions": "SELECT * FROM behorigheter_session",
    "read passwords": "SELECT id, password FROM behorigheter_anvandare",
    "read second factors": "SELECT * FROM mfa_authenticator",
    "read subjects of logins": "SELECT id, utgivare, amne FROM behorigheter_anvandare WHERE amne <> ''",
    "read personnummer of staff": "SELECT id, personnummer, uppslag FROM behorigheter_anvandare",
    "read others' orders": "SELECT * FROM behorigheter_bestallning",
    "read others' events": "SELECT * FROM behorigheter_handelse",
    "read the chain": "SELECT * FROM behorigheter_handelselank",
    "read the key of the seals": "SELECT encode(inre, 'hex'), encode(yttre, 'hex') FROM vagg.nyckel",
    "read the facts": "SELECT * FROM vagg.faktum",
    "forge the scope": "SELECT set_config('sus.omfang', '{omfang_allt}', true); {allt}",
    "forge the scope as an array": "SELECT set_config('sus.omfang', '{{1,2,3,4,5}}', true); {allt}",
    "empty the seal": "SELECT set_config('sus.omfang_sigill', '', true), set_config('sus.omfang', '{omfang_allt}', true); {allt}",
    "set the scope for the session": "SET sus.omfang = '{omfang_allt}'; {allt}",
    "seal it oneself": "SELECT vagg.satt('omfang', '{omfang_allt}'); {allt}",
    "ask for a seal": "SELECT vagg.sigill('omfang', '{omfang_allt}')",
    "make an hmac": "SELECT vagg.hmac('borja|{kollega}|{tid}')",
    "begin as a colleague with the own proof": "SELECT vagg.borja({kollega}, {tid}, '{bevis}'); {allt}",
    "begin as a colleague without proof": "SELECT vagg.borja({kollega}, {tid}, NULL); {allt}",
    "a new transaction as a colleague": "COMMIT; {ny}SELECT vagg.borja({kollega}, {tid}, '{bevis}'); {allt}",
    "a new transaction as oneself": "COMMIT; {ny}{borja}; {allt}",
    "a new transaction without scope": "COMMIT; {ny}{allt}",
    "give the role back": "RESET ROLE; {allt}",
    "take no role": "SET ROLE none; {allt}",
    "become the functions' owner": "SET ROLE sus_funk; SELECT * FROM deltagare_person",
    "become the owner": "SET ROLE sus_owner; SELECT * FROM deltagare_person",
    "become the reports": "SET ROLE sus_rapport; SELECT * FROM vagg.faktum",
    "become the account role and read sessions": "SET ROLE sus_konto; SELECT * FROM behorigheter_session",
    "become the account role and read passwords": "SET ROLE sus_konto; SELECT id, password FROM behorigheter_anvandare",
    "become the account role and read second factors": "SET ROLE sus_konto; SELECT * FROM mfa_authenticator",
    "take another session": "SET SESSION AUTHORIZATION sus_owner; SELECT * FROM deltagare_person",
    "switch the rows' security off": "SET row_security = off; {allt}",
    "switch triggers off": "SET session_replication_role = replica; SELECT * FROM deltagare_person",
    "copy the table": "COPY deltagare_deltagande TO STDOUT",
    "copy a question": "COPY (SELECT * FROM deltagare_deltagande) TO STDOUT",
    "copy persons": "COPY deltagare_person TO STDOUT",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'cat /etc/passwd'",
    "read a file of the server": "SELECT pg_read_file('PG_VERSION'), pg_read_file('{kollega}')",
    "shadow a table": "CREATE TEMP TABLE behorigheter_uppdrag AS SELECT {jag} AS anvandare_id; SET search_path = pg_temp, public; "
    "{borja}; {allt}",
    "shadow a function": "CREATE FUNCTION pg_temp.idag() RETURNS date LANGUAGE sql AS 'SELECT date ''2011-01-10'''; SET search_path = pg_temp, vagg, public; "
    "{borja}; {allt}",
    "shadow an operator": "CREATE FUNCTION pg_temp.lika(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'; "
    "CREATE OPERATOR pg_temp.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = pg_temp.lika); SET search_path = pg_temp, public; {allt}",
    "a leaky function in the condition": "CREATE FUNCTION pg_temp.lacka(uuid, bigint) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
    "$$ BEGIN RAISE NOTICE 'rad % %', $1, $2; RETURN true; END $$; SELECT count(*) FROM deltagare_deltagande WHERE pg_temp.lacka(id, insats_id)",
    "an error that quotes the row": "SELECT * FROM deltagare_deltagande WHERE CAST(id::text AS int) = 1",
    "a division by zero as an oracle": "SELECT 1 / (CASE WHEN EXISTS (SELECT FROM deltagare_deltagande WHERE id = '{deltagande}') THEN 0 ELSE 1 END)",
    "a cursor with hold": "DECLARE k CURSOR WITH HOLD FOR SELECT * FROM deltagare_deltagande; COMMIT; FETCH ALL FROM k",
    "a cursor kept over a change of role": "DECLARE k CURSOR FOR SELECT * FROM deltagare_deltagande; RESET ROLE; FETCH ALL FROM k",
    "a prepared question": "PREPARE p AS SELECT * FROM deltagare_deltagande; EXECUTE p",
    "the plan with its counts": "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM deltagare_deltagande WHERE person_id = '{person}'",
    "the statistics of the columns": "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename LIKE 'deltagare%'",
    "the statistics themselves": "SELECT * FROM pg_statistic",
    "others' questions": "SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
    "the settings": "SELECT name, setting FROM pg_settings WHERE name LIKE 'sus.%' OR name LIKE '%password%'",
    "passwords of the roles": "SELECT rolname, rolpassword FROM pg_authid",
    "show a foreign person": "SELECT * FROM vagg.visa(ARRAY['{person}']::uuid[], 'personnummer_visat', 'fientlig', {jag})",
    "show in a colleague's name": "SELECT * FROM vagg.visa(ARRAY['{person}']::uuid[], 'personnummer_visat', 'fientlig', {kollega})",
    "look up in a foreign insats": "SELECT vagg.sla_upp({insats}, '\\x{uppslag}', {jag})",
    "look up in the own insats": "SELECT vagg.sla_upp({egen_insats}, '\\x{uppslag}', {jag})",
    "the log's id of a foreign person": "SELECT vagg.logg_id('{person}'), vagg.logg_id_for('\\x{uppslag}')",
    "counts of a foreign insats": "SELECT * FROM vagg.deltaganden_utanfor(ARRAY[{insats}]::bigint[], NULL, NULL)",
    "move a deltagande's situations into the own insats": "UPDATE deltagare_mattillfalle SET insats_id = {egen_insats}; SELECT * FROM deltagare_mattillfalle",
    "listen to others": "LISTEN allt; SELECT pg_notify('allt', 'x'); {allt}",
    "a large object": "SELECT lo_from_bytea(0, 'x'); SELECT * FROM pg_largeobject WHERE data::text LIKE '%{deltagande}%'",
    "another database over dblink": "CREATE EXTENSION dblink; SELECT * FROM dblink('user=sus_owner', 'SELECT id FROM deltagare_person') AS t(id uuid)",
    "a view that runs as its owner": "CREATE VIEW lacka AS SELECT * FROM deltagare_deltagande; SELECT * FROM lacka",
    "a temporary view": "CREATE TEMP VIEW lacka AS SELECT * FROM deltagare_deltagande; SELECT * FROM lacka",
    "lock a person's row": "SELECT * FROM deltagare_person FOR UPDATE",
}
SKRIVANDE = {
    "change a foreign deltagande": "UPDATE deltagare_deltagande SET alder_vid_start = 1 WHERE id = '{deltagande}'",
    "delete a foreign deltagande": "DELETE FROM deltagare_deltagande WHERE id = '{deltagande}'",
    "delete all one can": "DELETE FROM deltagare_samtycke WHERE deltagande_id = '{deltagande}'; DELETE FROM deltagare_mattillfalle WHERE deltagande_id = '{deltagande}'",
    "move a foreign deltagande to the own insats": "UPDATE deltagare_deltagande SET insats_id = {egen_insats} WHERE id = '{deltagande}'",
    "move the own deltagande to a foreign insats": "UPDATE deltagare_deltagande SET insats_id = {insats} WHERE id = '{eget_deltagande}'",
    "give the own deltagande a foreign person": "UPDATE deltagare_deltagande SET person_id = '{person}' WHERE id = '{eget_deltagande}'",
    "a new deltagande of a foreign person": "INSERT INTO deltagare_deltagande (id, insats_id, person_id, kommun_id, startdatum, kon, alder_vid_start, utbildning, "
    "tid_forsorjning, inregistrerad, version) VALUES (gen_random_uuid(), {egen_insats}, '{person}', '1488', '2012-01-01', 1, 30, 1, 1, now(), 1)",
    "hang a situation on a foreign deltagande": "INSERT INTO deltagare_mattillfalle (deltagande_id, insats_id, typ, forsorjning, arbetssokande) "
    "VALUES ('{deltagande}', {egen_insats}, 'ut', 1, false)",
    "register in a foreign insats": "SELECT vagg.registrera({insats}, gen_random_uuid(), '\\x01', '\\x01', '\\x01', 1970, {jag})",
    "forge whom one has identified": "SELECT set_config('sus.identifierade', '{{{person}}}', true); SELECT vagg.byt_namn('{person}', '\\x01')",
    "give a foreign person another name": "SELECT vagg.byt_namn('{person}', '\\x01')",
    "forget a foreign person": "SELECT vagg.glom('{person}')",
    "change a person": "UPDATE deltagare_person SET namn = '\\x01'",
    "count anonyma in a foreign insats": "INSERT INTO deltagare_anonympost (insats_id, ar, kon, slag, antal, tid) VALUES ({insats}, 2012, 1, 'anonym', 5, now())",
    "give oneself a behörighet": "INSERT INTO behorigheter_behorighet (anvandare_id, roll, arbetsgivare_id, arbetsgivare_typ, giltig_fran, giltig_till, utfardad_av_id) "
    "VALUES ({jag}, 'fk_administrator', {arbetsgivare}, 'kommun', current_date, current_date + 30, {jag})",
    "give a colleague a behörighet": "INSERT INTO behorigheter_behorighet (anvandare_id, roll, arbetsgivare_id, arbetsgivare_typ, giltig_fran, giltig_till, utfardad_av_id) "
    "VALUES ({kollega}, 'fk_administrator', {arbetsgivare}, 'kommun', current_date, current_date + 30, {jag})",
    "prolong the own behörighet": "UPDATE behorigheter_behorighet SET giltig_till = giltig_till + 100 WHERE anvandare_id = {jag}",
    "shorten a colleague's behörighet": "UPDATE behorigheter_behorighet SET giltig_till = giltig_fran WHERE anvandare_id = {kollega}",
    "give oneself an uppdrag": "INSERT INTO behorigheter_uppdrag (anvandare_id, roll, insats_id, fran) VALUES ({jag}, 'deltagaransvarig', {insats}, '2011-01-01'); COMMIT; "
    "{ny}{borja}; {allt}",
    "give a colleague an uppdrag": "INSERT INTO behorigheter_uppdrag (anvandare_id, roll, insats_id, fran) VALUES ({kollega}, 'deltagaransvarig', {insats}, '2011-01-01')",
    "move the own uppdrag": "UPDATE behorigheter_uppdrag SET insats_id = {insats} WHERE anvandare_id = {jag}",
    "prolong the own uppdrag": "UPDATE behorigheter_uppdrag SET till = NULL, aterkallat = NULL WHERE anvandare_id = {jag}",
    "end a colleague's uppdrag": "DELETE FROM behorigheter_uppdrag WHERE anvandare_id <> {jag}",
    "an överenskommelse of one's own": "INSERT INTO behorigheter_overenskommelse (organisation_id, fran, referens, version) VALUES ({arbetsgivare}, '2000-01-01', 'x', 1)",
    "end an överenskommelse": "UPDATE behorigheter_overenskommelse SET till = fran",
    "sign an order": "UPDATE behorigheter_bestallning SET status = 'signerad', signerad_av_id = {jag}, signerad_tid = now()",
    "issue an order": "UPDATE behorigheter_bestallning SET status = 'utfardad', avgjord_av_id = {jag}, avgjord_tid = now(), anvandare_id = {jag}",
    "change a colleague's password": "UPDATE behorigheter_anvandare SET password = 'x' WHERE id = {kollega}",
    "change a colleague's password in the account role": "SET ROLE sus_konto; UPDATE behorigheter_anvandare SET password = 'x' WHERE id = {kollega}",
    "link a colleague to the own subject": "SET ROLE sus_konto; UPDATE behorigheter_anvandare SET utgivare = 'https://fientlig', amne = 'jag' WHERE id = {kollega}",
    "end a colleague's login": "SET ROLE sus_konto; DELETE FROM behorigheter_session WHERE anvandare_id = {kollega}",
    "take over a colleague's login": "SET ROLE sus_konto; UPDATE behorigheter_session SET anvandare_id = {jag}",
    "a second factor for a colleague": "SET ROLE sus_konto; INSERT INTO mfa_authenticator (type, data, user_id, created_at) VALUES ('totp', '{{}}', {kollega}, now())",
    "change an event": "UPDATE behorigheter_handelse SET typ = 'x'",
    "delete the events": "DELETE FROM behorigheter_handelse",
    "empty the log": "TRUNCATE behorigheter_handelse, behorigheter_handelselank",
    "empty the log as the tests do": "SET sus.tillat_tomning = 'ja'; TRUNCATE behorigheter_handelse",
    "write an event by hand": "INSERT INTO behorigheter_handelse (tid, typ, roller, objekt, logg_id, detaljer, anvandare_id) VALUES (now(), 'x', '', '', '[]', '{{}}', {kollega})",
    "log in a colleague's name": "SELECT vagg.logga('deltagare_visade', '', '[]', '{{}}', {kollega})",
    "log in the system's name": "SELECT vagg.logga('deltagare_visade', '', '[]', '{{}}', NULL)",
    "log in a colleague's name in the account role": "SET ROLE sus_konto; SELECT vagg.logga('deltagare_visade', '', '[]', '{{}}', {kollega})",
    "forge the address of the event": "DROP TRIGGER stall_i_ko ON behorigheter_handelse",
    "drop a policy": "DROP POLICY web_select ON deltagare_deltagande",
    "switch row-level security off": "ALTER TABLE deltagare_deltagande DISABLE ROW LEVEL SECURITY",
    "replace the scope": "CREATE OR REPLACE FUNCTION vagg.omfang() RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]'",
    "grant oneself": "GRANT ALL ON deltagare_person TO sus_web",
    "make oneself a member": "GRANT sus_owner TO sus_login",
    "drop a table": "DROP TABLE deltagare_deltagande",
    "truncate": "TRUNCATE deltagare_deltagande CASCADE",
    "a role of one's own": "CREATE ROLE fientlig SUPERUSER LOGIN",
    "write in the schema of the functions": "CREATE TABLE vagg.min (x int)",
    "write in public": "CREATE TABLE public.min (x int)",
}
SOM_KONTO = {
    "read deltaganden": "SELECT * FROM deltagare_deltagande",
    "read persons": "SELECT * FROM deltagare_person",
    "read orders": "SELECT * FROM behorigheter_bestallning",
    "read events": "SELECT * FROM behorigheter_handelse",
    "show a person": "SELECT * FROM vagg.visa(ARRAY['{person}']::uuid[], 'personnummer_visat', 'fientlig', {jag})",
    "look up a person": "SELECT vagg.sla_upp({insats}, '\\x{uppslag}', {jag})",
    "register a person": "SELECT vagg.registrera({insats}, gen_random_uuid(), '\\x01', '\\x01', '\\x01', 1970, {jag})",
    "give oneself a behörighet": "INSERT INTO behorigheter_behorighet (anvandare_id, roll, arbetsgivare_id, arbetsgivare_typ, giltig_fran, giltig_till) "
    "VALUES ({jag}, 'fk_administrator', {arbetsgivare}, 'kommun', current_date, current_date + 30)",
    "prolong the own behörighet": "UPDATE behorigheter_behorighet SET giltig_till = giltig_till + 100",
    "give oneself an uppdrag": "INSERT INTO behorigheter_uppdrag (anvandare_id, roll, insats_id, fran) VALUES ({jag}, 'deltagaransvarig', {insats}, '2011-01-01')",
    "change employer": "UPDATE behorigheter_anvandare SET arbetsgivare_id = NULL WHERE id = {kollega}",
    "become active again": "UPDATE behorigheter_anvandare SET is_active = true",
    "change an event": "UPDATE behorigheter_handelse SET typ = 'x'",
    "an överenskommelse": "UPDATE behorigheter_overenskommelse SET till = NULL",
    "begin as a colleague": "SELECT vagg.borja({kollega}, {tid}, '{bevis}'); SET ROLE sus_web; {allt}",
    "the facts": "SELECT * FROM vagg.faktum",
}
# Every row that must be as before, whatever was run. Of the log: what is not in the own name.
AVTRYCK = {
    **{
        tabell: f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM public.{tabell} t"
        for tabell in (
            *("deltagare_deltagande", "deltagare_mattillfalle", "deltagare_samtycke", "deltagare_person", "deltagare_anonympost"),
            *("behorigheter_behorighet", "behorigheter_uppdrag", "behorigheter_overenskommelse", "behorigheter_bestallning"),
            *("behorigheter_anvandare", "behorigheter_session", "mfa_authenticator", "organisations_organisation", "insatser_insats"),
        )
    },
    "behorigheter_handelse": "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM public.behorigheter_handelse t "
    "WHERE anvandare_id IS DISTINCT FROM %(jag)s",
    "funktioner": "SELECT md5(string_agg(pg_get_functiondef(p.oid), '|' ORDER BY p.oid)) FROM pg_proc p "
    "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('vagg', 'public')",
    "policyer": "SELECT md5(string_agg(p::text, '|' ORDER BY p::text)) FROM pg_policies p",
    "relationer": "SELECT md5(string_agg(concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, relacl, reltriggers), '|' ORDER BY c.oid)) "
    "FROM (SELECT *, (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid) AS reltriggers FROM pg_class c) c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('vagg', 'public')",
    "roller": "SELECT md5(string_agg(r::text, '|' ORDER BY rolname)) FROM pg_roles r WHERE rolname NOT LIKE 'pg_%%'",
}


class Angripare:
    """A deltagaransvarig's request, taken over: what it may know to begin with, and what it must not come to know."""

    def __init__(self):
        connection.ensure_connection()
        self.varld = varld()
        self.jag = besok("da", self.varld).anvandare
        self.kollega = self.varld.frammande.insatsuppdrag.anvandare
        self.kollega.set_password("kollegans hemliga lösenord")
        self.kollega.save()
        session = Session.objects.create(
            session_key="a1" * 32, session_data="kollegans", anvandare=self.kollega, expire_date="2100-01-01T00:00:00Z"
        )
        faktor = self.kollega.authenticator_set.create(type="totp", data={"secret": "kollegans-hemlighet-i-appen"})
        personer = Person.objects.filter(deltaganden__insats__in=[self.varld.granne.insats, self.varld.frammande.insats])
        frammande = [self.varld.granne, self.varld.frammande]
        self.hemligt = {str(rad.pk) for plats in frammande for rad in (plats.deltagande, plats.avslutat)}
        self.hemligt |= {str(person.pk) for person in personer} | {str(person.logg_id) for person in personer}
        self.hemligt |= {bytes(falt).hex() for person in personer for falt in (person.uppslag, person.personnummer, person.namn)}
        self.hemligt |= {session.pk, faktor.data["secret"]}
        self.hemligt |= {f"Nykvarnsson{plats.arbetsgivare.pk}" for plats in self.varld.platser.values()}
        person = self.varld.frammande.deltagande.person
        self.kand = {
            "jag": self.jag.pk,
            "kollega": self.kollega.pk,
            "insats": self.varld.frammande.insats.pk,
            "egen_insats": self.varld.egen.insats.pk,
            "deltagande": self.varld.frammande.deltagande.pk,
            "eget_deltagande": self.varld.egen.deltagande.pk,
            "person": person.pk,
            "uppslag": bytes(person.uppslag).hex(),
            "arbetsgivare": self.jag.arbetsgivare_id,
            "omfang_allt": f'{{"anvandare": {self.kollega.pk}, "roller": ["deltagaransvarig", "fk_administrator"], '
            f'"insatser": [{self.varld.frammande.insats.pk}], "granskar": {self.kollega.arbetsgivare_id}}}',
        }

    def prova(self, sql, roll):
        """(what was shown that should not be, which tables are no longer as they were)."""
        tid = int(time.time())
        kand = self.kand | {"tid": tid, "bevis": _bevis(self.jag.pk, tid)}
        text = sql.format(**kand, **{namn: del_.format(**kand) for namn, del_ in DELAR.items()})
        fore = self.avtryck()
        sett = _kor(text, roll, self.jag.pk, tid)
        visat = {hemlighet for hemlighet in self.hemligt if hemlighet in sett and hemlighet not in text}
        return visat, {namn for namn, avtryck in self.avtryck().items() if avtryck != fore[namn]}

    def avtryck(self):
        svar = {}
        with connection.cursor() as c:
            for namn, fraga in AVTRYCK.items():
                c.execute(fraga, {"jag": self.jag.pk})
                svar[namn] = c.fetchone()[0]
        return svar


def _bevis(anvandare, tid):
    return hmac.new(hashlib.sha256(settings.OMFANG_NYCKEL).digest(), f"borja|{anvandare}|{tid}".encode(), "sha256").hexdigest()


@contextmanager
def _anslutning(user="sus_login"):
    info = connection.connection.info
    anslutning = psycopg.connect(
        host=info.host, port=info.port, dbname=info.dbname, user=user, autocommit=True, cursor_factory=psycopg.ClientCursor
    )
    try:
        yield anslutning
    finally:
        anslutning.close()


def _kor(sql, roll, anvandare, tid):
    """Everything that comes out of the connection: rows of every statement, notices, copied data and messages of errors."""
    sett = []
    with _anslutning() as anslutning:
        anslutning.add_notice_handler(lambda besked: sett.append(f"{besked.message_primary} {besked.message_detail}"))
        with anslutning.cursor() as c:
            c.execute("BEGIN")
            c.execute("SELECT set_config('role', 'sus_konto', true)")
            c.execute("SELECT vagg.borja(%s, %s, %s)", [anvandare, tid, _bevis(anvandare, tid)])
            c.execute("SELECT set_config('role', %s, true)", [roll])
            for sats in _satser(sql):
                try:
                    _sats(c, sats, sett)
                except psycopg.Error as fel:
                    sett.append(f"{fel} {fel.diag.message_detail} {fel.diag.message_hint} {fel.diag.context}")
                    if anslutning.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
                        break
            c.execute("COMMIT")
    return "\n".join(sett)


def _satser(sql):
    """The statements one by one; a function's body has semicolons of its own."""
    delar, i_kropp = [""], False
    for bit in sql.replace("; ", ";\n").split("\n"):
        delar[-1] = f"{delar[-1]} {bit}".strip()
        i_kropp ^= bit.count("$$") % 2 == 1
        if bit.endswith(";") and not i_kropp:
            delar.append("")
    return [del_ for del_ in delar if del_]


def _sats(c, sats, sett):
    if sats.startswith("COPY"):
        with c.copy(sats) as kopia:
            sett.extend(bytes(bit).decode() for bit in kopia)
        return
    c.execute(sats)
    if c.description:
        sett.extend(" ".join(_text(varde) for varde in rad) for rad in c.fetchall())


def _text(varde):
    return bytes(varde).hex() if isinstance(varde, bytes | memoryview) else str(varde)


@pytest.mark.parametrize(
    ("roll", "attacker"), [("sus_web", LASANDE), ("sus_web", SKRIVANDE), ("sus_konto", SOM_KONTO)], ids=["read", "write", "account"]
)
def test_no_sql_shows_or_changes_a_foreign_row(roll, attacker):
    angripare = Angripare()

    genom = {namn: utfall for namn, sql in attacker.items() if any(utfall := angripare.prova(sql, roll))}

    assert genom == {}


def test_the_attacks_would_be_seen():
    """The negative control: the same search, as the owner of the tables."""
    angripare = Angripare()
    with connection.cursor() as c:
        c.execute("SELECT string_agg(d::text, ' ') FROM deltagare_deltagande d")
        assert any(hemlighet in c.fetchone()[0] for hemlighet in angripare.hemligt)
    fore = angripare.avtryck()
    angripare.varld.frammande.deltagande.delete()
    Handelse.objects.create(typ="x", anvandare_id=angripare.kollega.pk)
    Anvandare.objects.filter(pk=angripare.kollega.pk).update(password="x")

    andrade = {namn for namn, avtryck in angripare.avtryck().items() if avtryck != fore[namn]}

    assert andrade >= {"deltagare_deltagande", "behorigheter_handelse", "behorigheter_anvandare"}


def test_there_are_many_attacks():
    assert len(LASANDE) + len(SKRIVANDE) >= 40
    assert len(SOM_KONTO) >= 10
