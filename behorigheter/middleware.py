"""The transaction of a request: one role, one transaction, rendering included (docs/beslut/transaktionen.md)."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.template.response import SimpleTemplateResponse
from django.utils.cache import add_never_cache_headers

from behorigheter import vaggar

logg = logging.getLogger(__name__)


class StromForbjuden(Exception):
    """A streamed answer would read rows after COMMIT, outside the role."""


class TransaktionMiddleware:
    """First of all that touch the database: sessions and users are read inside, as the web role."""

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
            vaggar.ta_roll("sus_web")
            response = self.get_response(request)
            if response.streaming:
                raise StromForbjuden(request.path)
            if response.status_code >= 500:
                transaction.set_rollback(True)  # Django has turned the exception into a response
            else:
                vaggar.slapp()
        add_never_cache_headers(response)  # nothing made for one person stays on a shared computer
        return response  # after COMMIT

    def process_exception(self, request, exception):
        """A lost connection in a view: the page that keeps what was typed, instead of a plain 500."""
        if isinstance(exception, OperationalError | InterfaceError):
            logg.error("Databasen svarar inte", exc_info=exception)
            return databasen_borta(request)
        return None


def databasen_borta(request):
    """503 that needs no database: the posted fields are kept in a form with the same idempotency key, but never a password."""
    inskickat = request.POST.lists() if request.method == "POST" else []
    falt = [(namn, varde) for namn, varden in inskickat if "password" not in namn for varde in varden]
    response = SimpleTemplateResponse("fel/503.html", {"falt": falt, "adress": request.get_full_path()}, status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response.render()
