"""One request, one role, one transaction."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from behorigheter.middleware import StromForbjuden, TransaktionMiddleware
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from organisations.models import Organisation

pytestmark = pytest.mark.django_db


def roll_nu():
    with connection.cursor() as c:
        c.execute("SELECT current_user")
        return c.fetchone()[0]


def genom(svar, metod="get", data=None):
    """Send a request through the middleware to a function that makes the answer."""
    request = getattr(RequestFactory(), metod)("/insats/", data)
    return TransaktionMiddleware(lambda _: svar())(request)


def test_the_view_runs_as_the_web_role_and_nothing_is_left_afterwards():
    fore = roll_nu()

    svar = genom(lambda: HttpResponse(roll_nu()))

    assert svar.content == b"sus_web"
    assert roll_nu() == fore


def test_a_server_error_rolls_back_what_the_view_wrote():
    def vy():
        Organisation.objects.create(namn="Halvvägs", typ="ovrig")
        return HttpResponse(status=500)

    genom(vy)

    assert not Organisation.objects.filter(namn="Halvvägs").exists()


def test_a_refusal_keeps_what_was_written_so_that_it_can_be_logged():
    def vy():
        Handelse.objects.create(typ=Handelse.Typ.INLOGGNING_MISSLYCKAD)
        return HttpResponse(status=403)

    genom(vy)

    assert Handelse.objects.filter(typ=Handelse.Typ.INLOGGNING_MISSLYCKAD).exists()


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

    assert svar.json() == {"databas": True, "roll": True, "migreringar": True}


def test_nothing_made_for_a_person_is_left_in_a_cache(inloggad):
    svar = inloggad(Roll.RAPPORT).get("/rapporter/")

    assert "no-store" in svar.headers["Cache-Control"]
