"""Refusals in the event log: who was not let in, where and why. A refusal commits, so its row stays."""

import re

from django.utils import timezone
from django.utils.crypto import get_random_string

from behorigheter.logg import logga
from behorigheter.models import Handelse

TECKEN_I_REFERENS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that can be taken for another
DEL_AV_ADRESS = re.compile(r"<(?:\w+:)?(\w+)>")


def logga_nekande(request, skal: str, typ=Handelse.Typ.NEKAD, **detaljer):
    by = request.user if request.user.is_authenticated else None
    logga(typ, by=by, skal=skal, sida=_sida(request), metod=request.method, **detaljer)


def ny_referens(slag: str) -> str:
    """What the refused person can read out to the support, and the log says too: INL-7KQ2-20261122."""
    return f"{slag}-{get_random_string(4, TECKEN_I_REFERENS)}-{timezone.localdate():%Y%m%d}"


def _sida(request) -> str:
    """The address without its query, and of its parts only the numbers: a word in it may be a secret key or a name."""
    match = request.resolver_match
    if match is None or "(" in match.route:
        return match.view_name if match else ""
    return "/" + DEL_AV_ADRESS.sub(lambda del_: _nummer(match.kwargs.get(del_[1])), match.route)


def _nummer(varde) -> str:
    return "…" if isinstance(varde, str) else str(varde)
