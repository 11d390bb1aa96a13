"""One connection, many users: nothing of one request is left to the next, whatever happened in it."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.transaction import TransactionManagementError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from behorigheter.middleware import OmfangMiddleware, StromForbjuden, TransaktionMiddleware
from sus.lokalpg import konto
from tests.conftest import med_riktiga_transaktioner
from tests.svep.lasbart import lasbart
from tests.svep.personor import besok
from tests.svep.varld import varld

pytestmark = med_riktiga_transaktioner
RUNDOR = 50
PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def som_inloggningen(**vart):
    """The main connection is the login of production; one connection is kept throughout."""
    fore = {namn: connection.settings_dict[namn] for namn in ("USER", "HOST", "PORT", "NAME", "CONN_MAX_AGE", "OPTIONS")}
    connection.close()
    connection.settings_dict |= {"USER": "sus_login", "CONN_MAX_AGE": None} | vart
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= fore


def krasch():
    raise RuntimeError("krasch i vyn")


def svalt():
    with suppress(DatabaseError), connection.cursor() as c:
        c.execute("SELECT 1 FROM finns_inte")
    return HttpResponse("Sparat")


STORNINGAR = {
    "crash": krasch,
    "500": lambda: HttpResponse(status=500),
    "swallowed error": svalt,
    "stream": lambda: StreamingHttpResponse([b"rad"]),
    "refusal": lambda: HttpResponse(status=403),
}


def stor(gor, anvandare):
    request = RequestFactory().get("/insats/")
    request.user = anvandare or AnonymousUser()

    def vy(request):
        inre.process_view(request, None, (), {})
        return gor()

    inre = OmfangMiddleware(vy)
    with suppress(RuntimeError, TransactionManagementError, StromForbjuden):
        TransaktionMiddleware(inre)(request)


def kvar():
    """What the connection remembers between requests."""
    with connection.cursor() as c:
        c.execute(
            "SELECT current_user, current_setting('role'), "
            "current_setting('sus.omfang', true), current_setting('sus.identifierade', true), "
            "current_setting('sus.konto', true), current_setting('sus.ip', true), pg_backend_pid()"
        )
        *rad, pid = c.fetchone()
    return [varde or "" for varde in rad], pid


def vaxla(varld_, besokare):
    """Two deltagaransvariga by turns, each asking for the own and the other's, with something going wrong between. → backends used"""
    insatser = {"da": varld_.egen, "da_frammande": varld_.frammande}
    pid = set()
    for runda in range(RUNDOR):
        namn, annan = ("da", "da_frammande") if runda % 2 else ("da_frammande", "da")
        egna, andras = insatser[namn], insatser[annan]
        egen = besokare[namn].client.get(reverse("deltagare:sok"), {"insats": egna.insats.pk})
        frammande = besokare[namn].client.get(reverse("deltagare:detail", args=[andras.deltagande.pk]))

        assert egna.deltagare.hittade(lasbart(egen)), f"round {runda}: the own ones are seen"
        assert (egen.status_code, frammande.status_code) == (200, 404)
        assert not andras.deltagare.hittade(lasbart(egen) + lasbart(frammande)), f"round {runda}"
        stor(list(STORNINGAR.values())[runda % len(STORNINGAR)], besokare[annan].anvandare)
        rest, backend = kvar()
        assert rest == ["sus_login", "none", "", "", "", ""], f"after {list(STORNINGAR)[runda % len(STORNINGAR)]}"
        pid.add(backend)
    return pid


def test_two_users_by_turns_on_one_connection_leave_nothing_to_each_other():
    plats = varld()
    besokare = {namn: besok(namn, plats) for namn in ("da", "da_frammande")}

    with som_inloggningen():
        assert len(vaxla(plats, besokare)) == 1


@pytest.mark.skipif(not PGBOUNCER, reason="PgBouncer is not installed: apt-get install pgbouncer")
def test_the_same_through_pgbouncer_in_transaction_mode(tmp_path_factory):
    plats = varld()
    besokare = {namn: besok(namn, plats) for namn in ("da", "da_frammande")}

    with pgbouncer(tmp_path_factory.mktemp("pgb")) as vart, som_inloggningen(**vart):
        assert len(vaxla(plats, besokare)) == 1


@contextmanager
def pgbouncer(mapp):
    """A PgBouncer before the test database: transaction mode, one server connection for everybody."""
    info = connection.connection.info
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    ini = mapp / "pgbouncer.ini"
    ini.write_text(
        f"[databases]\nsus = host={info.host} port={info.port} dbname={info.dbname} user=sus_login\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n"
        "default_pool_size = 1\nignore_startup_parameters = extra_float_digits,options\n"
    )
    for del_ in (mapp, *mapp.parents[:3]):
        del_.chmod(0o755)
    program = subprocess.Popen([*konto().prefix, PGBOUNCER, str(ini)], stderr=subprocess.DEVNULL, **konto().argument())
    try:
        for _ in range(100):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield {"HOST": "127.0.0.1", "PORT": str(port), "NAME": "sus", "OPTIONS": {}}
    finally:
        program.terminate()
        program.wait(10)
