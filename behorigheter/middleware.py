"""The transaction of a request: one transaction, rendering included, and the role of each part (docs/beslut/transaktionen.md)."""

import logging
import uuid
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.contrib.sessions import middleware as sessions
from django.db import InterfaceError, OperationalError, transaction
from django.template.response import SimpleTemplateResponse
from django.utils.cache import add_never_cache_headers
from psycopg.errors import InsufficientPrivilege

from behorigheter import vaggar
from behorigheter.behallet import behallna_falt
from behorigheter.nekande import logga_nekande

logg = logging.getLogger(__name__)


class StromForbjuden(Exception):
    """A streamed answer would read rows after COMMIT, outside the role."""


class TransaktionMiddleware:
    """First of all that touch the database: sessions and users are read inside, as the account role."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in settings.UTAN_DATABAS:
            return self.get_response(request)
        try:
            return self._i_transaktion(request)
        except (OperationalError, InterfaceError):
            logg.exception("Databasen svarar inte")
            return databasen_borta(request)

    def _i_transaktion(self, request):
        with transaction.atomic(durable=True):
            _borja_som_konto(request)
            response = self.get_response(request)
            if response.streaming:
                raise StromForbjuden(request.path)
            if response.status_code >= 500:
                transaction.set_rollback(True)  # Django has turned the exception into a response
            else:
                vaggar.slapp()
        if getattr(request, "databasen_nekade", False):
            _logga_efterat(request)
        add_never_cache_headers(response)  # nothing made for one person stays on a shared computer
        return response  # after COMMIT

    def process_exception(self, request, exception):
        """A lost connection in a view: the page that keeps what was typed, instead of a plain 500."""
        request.databasen_nekade = isinstance(exception.__cause__, InsufficientPrivilege)
        if isinstance(exception, OperationalError | InterfaceError):
            logg.error("Databasen svarar inte", exc_info=exception)
            return databasen_borta(request)
        return None


class SessionMiddleware(sessions.SessionMiddleware):
    """Sessions are saved, as they were read, in the account role; most views leave nothing to save."""

    def process_response(self, request, response):
        if request.session.modified and not vaggar.ar_avbruten():
            vaggar.ta_roll("sus_konto")
        return super().process_response(request, response)


class OmfangMiddleware:
    """Last of all: the view runs within the user's scope, as the web role; the account pages stay in theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path in settings.UTAN_DATABAS:
            return
        roll = "sus_konto" if request.path.startswith(settings.KONTOVAGAR) else "sus_web"
        if request.user.is_authenticated:
            vaggar.borja(request.user.pk, roll)
        else:
            vaggar.ta_roll(roll)


def _logga_efterat(request):
    """A forged scope, or a row that the second wall refused: what the request wrote is rolled back, but not that it tried."""
    with transaction.atomic():
        _borja_som_konto(request)
        logga_nekande(request, "databasen")
        vaggar.slapp()


def _borja_som_konto(request):
    """One round trip: the role, and what the log tells of every request."""
    vaggar.fraga_dolt(
        f"SELECT {vaggar.TA_ROLL}, set_config('sus.ip', %s, true), set_config('sus.begaran', %s, true)",
        ["sus_konto", vaggar.kontonyckel("sus_konto"), _ip(request), str(uuid.uuid4())],
    )


def _ip(request) -> str:
    """The address of the browser, or an empty string: behind a proxy the last one, which the proxy itself added."""
    bakom_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    adress = request.headers.get("X-Forwarded-For", "").split(",")[-1] if bakom_proxy else request.META.get("REMOTE_ADDR", "")
    with suppress(ValueError):
        return str(ip_address(adress.strip()))
    return ""


def databasen_borta(request):
    """503 that needs no database: the posted fields are kept in a form with the same idempotency key, but never a password."""
    falt = behallna_falt(request) if request.method == "POST" else []
    response = SimpleTemplateResponse("fel/503.html", {"falt": falt, "adress": request.get_full_path()}, status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response.render()
