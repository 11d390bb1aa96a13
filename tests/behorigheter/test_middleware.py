"""One request, one role, one transaction."""

import time
from contextlib import suppress

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, ProgrammingError, connection
from django.db.transaction import TransactionManagementError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from behorigheter.logg import logga
from behorigheter.middleware import OmfangMiddleware, SessionMiddleware, StromForbjuden, TransaktionMiddleware
from behorigheter.models import Handelse, Session
from behorigheter.roller import Roll
from behorigheter.sessioner import fingeravtryck
from organisations.models import Organisation
from tests.factories import UppdragFactory

pytestmark = pytest.mark.django_db


def roll_nu():
    with connection.cursor() as c:
        c.execute("SELECT current_user")
        return c.fetchone()[0]


def genom(svar, metod="get", data=None, anvandare=None, adress="/insats/"):
    """Send a request through the two middlewares to a function that makes the answer."""
    request = getattr(RequestFactory(), metod)(adress, data)
    request.user = anvandare or AnonymousUser()

    def vy(request):
        inre.process_view(request, svar, (), {})
        return svar()

    inre = OmfangMiddleware(vy)
    return TransaktionMiddleware(SessionMiddleware(inre))(request)


def installningar():
    with connection.cursor() as c:
        c.execute("SELECT current_setting('sus.omfang', true), current_setting('sus.identifierade', true), current_setting('sus.ip', true)")
        return c.fetchone()


def test_the_view_runs_as_the_web_role_and_nothing_is_left_afterwards():
    fore = roll_nu()
    anvandare = UppdragFactory().anvandare

    svar = genom(lambda: HttpResponse(f"{roll_nu()} {installningar()[0]}"), anvandare=anvandare)

    assert svar.text.startswith("sus_web ")
    assert f'"anvandare": {anvandare.pk}' in svar.text
    assert roll_nu() == fore
    assert not any(installningar())


@pytest.mark.parametrize("adress", ["/logga-in/", "/konto/losenord/", "/demo/"])
def test_account_pages_run_in_a_role_that_reaches_nothing_else(adress):
    svar = genom(lambda: HttpResponse(roll_nu()), adress=adress)

    assert svar.content == b"sus_konto"


def test_the_session_is_saved_in_the_account_role_after_the_view():
    def vy(request):
        inre.process_view(request, None, (), {})
        request.session["vald"] = 7
        return HttpResponse(roll_nu())

    inre = OmfangMiddleware(vy)
    request = RequestFactory().get("/insats/")
    request.user = AnonymousUser()

    svar = TransaktionMiddleware(SessionMiddleware(inre))(request)

    assert svar.content == b"sus_web"
    assert Session.objects.filter(pk=fingeravtryck(request.session.session_key)).exists()


def test_a_server_error_rolls_back_what_the_view_wrote():
    def vy():
        Organisation.objects.create(namn="Halvvägs", typ="ovrig")
        return HttpResponse(status=500)

    genom(vy)

    assert not Organisation.objects.filter(namn="Halvvägs").exists()


def test_a_swallowed_database_error_is_not_told_as_saved():
    def vy():
        with suppress(ProgrammingError):
            Organisation.objects.raw("SELECT 1 FROM finns_inte")[0]
        return HttpResponse("Sparat")

    with pytest.raises(TransactionManagementError, match="svalts"):
        genom(vy)


def test_a_refusal_keeps_what_was_written_so_that_it_can_be_logged():
    def vy():
        logga(Handelse.Typ.NEKAD, by=None)
        return HttpResponse(status=403)

    genom(vy)

    assert Handelse.objects.filter(typ=Handelse.Typ.NEKAD).exists()


def test_a_streamed_answer_is_refused():
    with pytest.raises(StromForbjuden):
        genom(lambda: StreamingHttpResponse(iter([b"rad"])))


def test_a_lost_database_gives_a_page_that_keeps_what_was_typed():
    def vy():
        raise OperationalError("borta")

    svar = genom(vy, "post", {"namn": "Nya <förbundet>", "nyckel": "n1"})

    text = svar.content.decode()
    assert svar.status_code == 503
    assert svar["Retry-After"]
    assert "Nya &lt;förbundet&gt;" in text
    assert 'name="nyckel"' in text
    assert "n1" in text
    assert "Försök igen" in text


def test_a_lost_database_does_not_print_the_password_nor_let_the_page_be_stored():
    def vy():
        raise OperationalError("borta")

    svar = genom(vy, "post", {"login": "karin", "password": "hemligt-1", "oldpassword": "hemligt-2", "password1": "hemligt-3"})

    assert "karin" in svar.content.decode()
    assert "hemligt" not in svar.content.decode()
    assert svar["Cache-Control"] == "no-store"


def test_the_health_page_tells_that_the_request_has_its_role(inloggad):
    klient = inloggad(Roll.RAPPORT)

    svar = klient.get("/halsa/redo")

    assert svar.json() == {"databas": True, "roll": True, "skydd": True, "klocka": True, "migreringar": True}


def test_the_health_page_tells_when_the_clocks_drift_apart(inloggad):
    klient = inloggad(Roll.RAPPORT)

    with time_machine.travel(time.time() + 20):
        svar = klient.get("/halsa/redo")

    assert (svar.status_code, svar.json()["klocka"]) == (503, False)


def test_nothing_made_for_a_person_is_left_in_a_cache(inloggad):
    svar = inloggad(Roll.RAPPORT).get("/rapporter/")

    assert "no-store" in svar.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("bakom_proxy", "huvud", "ip"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9:4711", None),
        (1, "', now()); --", None),
    ],
)
def test_the_log_knows_the_address_that_the_proxy_saw_or_none(inloggad, settings, bakom_proxy, huvud, ip):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = bakom_proxy
    klient = inloggad(Roll.RAPPORT)

    klient.get("/samverkansorganisation/ny/", headers={"X-Forwarded-For": huvud}, REMOTE_ADDR="192.0.2.1")

    assert Handelse.objects.get(typ=Handelse.Typ.NEKAD).ip == ip


def test_who_tries_a_row_outside_the_uppdrag_leaves_a_trace(inloggad):
    klient = inloggad(Roll.RAPPORT)

    klient.get("/insats/4711/")
    klient.get("/finns-inte-alls/")

    [nekad] = Handelse.objects.filter(typ=Handelse.Typ.NEKAD)
    assert (nekad.anvandare_id, nekad.detaljer["skal"], nekad.detaljer["sida"]) == (klient.anvandare.pk, "rad", "/insats/4711/")
