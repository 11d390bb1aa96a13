"""A request that has been taken over, and what must neither be seen in it nor changed by it."""

import hashlib
import hmac
import time
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from behorigheter import vaggar
from behorigheter.models import Session
from deltagare.models import Person, Utkast
from tests.svep.attacker import DELAR
from tests.svep.personor import besok
from tests.svep.varld import varld

# Every row that must be as before, whatever was run. Of the log: what is not in the own name.
AVTRYCK = {
    **{
        tabell: f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM public.{tabell} t"
        for tabell in (
            *("deltagare_deltagande", "deltagare_mattillfalle", "deltagare_samtycke", "deltagare_person", "deltagare_anonympost"),
            "deltagare_utkast",
            *("behorigheter_behorighet", "behorigheter_uppdrag", "behorigheter_overenskommelse", "behorigheter_bestallning"),
            *("behorigheter_anvandare", "behorigheter_session", "mfa_authenticator", "organisations_organisation", "insatser_insats"),
        )
    },
    "behorigheter_handelse": "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM public.behorigheter_handelse t "
    "WHERE anvandare_id IS DISTINCT FROM %(jag)s",
    "funktioner": "SELECT md5(string_agg(pg_get_functiondef(p.oid), '|' ORDER BY p.oid)) FROM pg_proc p "
    "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('vagg', 'public')",
    "policyer": "SELECT md5(string_agg(p::text, '|' ORDER BY p::text)) FROM pg_policies p",
    "relationer": "SELECT md5(string_agg(concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, relacl, reltriggers), '|' "
    "ORDER BY c.oid)) "
    "FROM (SELECT *, (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid) AS reltriggers FROM pg_class c) c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('vagg', 'public')",
    "roller": "SELECT md5(string_agg(r::text, '|' ORDER BY rolname)) FROM pg_roles r WHERE rolname NOT LIKE 'pg_%%'",
}


class Angripare:
    """A deltagaransvarig's request, taken over: what it may know to begin with, and what it must not come to know."""

    def __init__(self, plats=None, jag=None):
        self.varld = plats or varld()
        self.jag = jag or besok("da", self.varld).anvandare
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
        Utkast.objects.create(
            anvandare=self.kollega,
            insats=self.varld.frammande.insats,
            sida="registrera",
            uppslag=bytes(person.uppslag),
            innehall=b"kollegans",
        )
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
            "omfang_allt": f'{{"anvandare": {self.kollega.pk}, "roller": "{{deltagaransvarig,fk_administrator}}", '
            f'"insatser": "{{{self.varld.frammande.insats.pk}}}", "granskar": {self.kollega.arbetsgivare_id}}}',
        }

    def prova(self, sql, roll):
        """(what was shown that should not be, which tables are no longer as they were)."""
        tid = int(time.time())
        kand = self.kand | {"tid": tid, "bevis": bevis(self.jag.pk, tid)}
        text = sql.format(**kand, **{namn: del_.format(**kand) for namn, del_ in DELAR.items()})
        fore = self.avtryck()
        sett = _kor(text, roll, self.jag.pk, tid)
        visat = {hemlighet for hemlighet in self.hemligt if hemlighet in sett and hemlighet not in text}
        return visat, {namn for namn, avtryck in self.avtryck().items() if avtryck != fore[namn]}

    def prova_har(self, sql):
        """The same inside the test's transaction, where the walls can be broken first. Only for attacks that stay in their role."""
        tid = int(time.time())
        kand = self.kand | {"tid": tid, "bevis": bevis(self.jag.pk, tid)}
        text = sql.format(**kand, **{namn: del_.format(**kand) for namn, del_ in DELAR.items()})
        fore, sett, punkt = self.avtryck(), [], transaction.savepoint()
        vaggar.borja(self.jag.pk)
        with connection.cursor() as c:
            for sats in _satser(text):
                try:
                    c.execute(sats)
                    sett += [" ".join(_text(varde) for varde in rad) for rad in c.fetchall()] if c.description else []
                except DatabaseError as fel:
                    sett.append(str(fel))
                    break
        andrat = set()
        if not vaggar.ar_avbruten():
            vaggar.slapp()
            vaggar.ta_roll("none")
            andrat = {namn for namn, avtryck in self.avtryck().items() if avtryck != fore[namn]}
        transaction.set_rollback(False)
        transaction.savepoint_rollback(punkt)
        allt = "\n".join(sett)
        return {hemlighet for hemlighet in self.hemligt if hemlighet in allt and hemlighet not in text}, andrat

    def nekas(self, sql):
        """Whether the database refuses the question as one that the user may not ask."""
        try:
            self._fraga(sql)
        except DatabaseError as fel:
            return isinstance(fel.__cause__, psycopg.errors.InsufficientPrivilege)
        return False

    def far_inget(self, sql):
        """Whether the user, with the account closed, gets nothing for the question."""
        return self._fraga(sql, avstangd=True) is None

    def _fraga(self, sql, avstangd=False):
        punkt = transaction.savepoint()
        try:
            with connection.cursor() as c:
                c.execute("UPDATE behorigheter_anvandare SET is_active = %s WHERE id = %s", [not avstangd, self.jag.pk])
                vaggar.borja(self.jag.pk)
                c.execute(sql.format(**self.kand))
                return c.fetchone()[0]
        finally:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(punkt)

    def avtryck(self):
        svar = {}
        with connection.cursor() as c:
            for namn, fraga in AVTRYCK.items():
                c.execute(fraga, {"jag": self.jag.pk})
                svar[namn] = c.fetchone()[0]
        return svar


def bevis(anvandare, tid):
    return hmac.new(hashlib.sha256(settings.OMFANG_NYCKEL).digest(), f"borja|{anvandare}|{tid}".encode(), "sha256").hexdigest()


@contextmanager
def anslutning(user="sus_login"):
    info = connection.connection.info
    forbindelse = psycopg.connect(
        host=info.host, port=info.port, dbname=info.dbname, user=user, autocommit=True, cursor_factory=psycopg.ClientCursor
    )
    try:
        yield forbindelse
    finally:
        forbindelse.close()


def _kor(sql, roll, anvandare, tid):
    """Everything that comes out of the connection: rows of every statement, notices, copied data and messages of errors."""
    sett = []
    with anslutning() as forbindelse:
        forbindelse.add_notice_handler(lambda besked: sett.append(f"{besked.message_primary} {besked.message_detail}"))
        with forbindelse.cursor() as c:
            c.execute("BEGIN")
            ta_roll = f"SELECT {vaggar.TA_ROLL}"
            c.execute(ta_roll, ["sus_konto", vaggar.kontonyckel("sus_konto")])
            c.execute("SELECT vagg.borja(%s, %s, %s)", [anvandare, tid, bevis(anvandare, tid)])
            c.execute(ta_roll, [roll, vaggar.kontonyckel(roll)])
            for sats in _satser(sql):
                try:
                    _sats(c, sats, sett)
                except psycopg.Error as fel:
                    sett.append(f"{fel} {fel.diag.message_detail} {fel.diag.message_hint} {fel.diag.context}")
                    if forbindelse.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
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
