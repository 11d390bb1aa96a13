"""How many persons a user may ask for in an hour (docs/regler.md 6.3). Kept is when, and whether there was somebody; never who."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.models.uppdrag import HAMTNINGAR_PER_TIMME
from deltagare.models import Hamtning
from sus.core.formatering import datumtid
from sus.core.regelbrott import Regelbrott

MISSAR_PER_TIMME = 5
TIMME = timedelta(hours=1)
SPARAS = timedelta(days=2)
LAS = 5152  # class of the advisory lock: one look-up at a time for a user


def krav_pa_takt(*, insats, by):
    """Raise Regelbrott, with a row in the log, when the user has asked for too many persons or for too many who do not exist.

    An uppdrag with a number of its own is counted by itself; all other insatser together. Not atomic: the row in the log stays.
    """
    with connection.cursor() as c:
        c.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LAS, by.pk % 2**31])
    egna = dict(by.uppdrag.aktuella().exclude(hamtningar_per_timme=None).values_list("insats", "hamtningar_per_timme"))
    senaste = Hamtning.objects.filter(anvandare=by, tid__gt=timezone.now() - TIMME)
    raknas = senaste.filter(insats=insats) if insats.pk in egna else senaste.exclude(insats__in=egna)
    grans = egna.get(insats.pk, HAMTNINGAR_PER_TIMME)
    _krav(raknas, grans, insats, by, "hamtningar", f"Du har hämtat så många personer som du får på en timme, {grans}.")
    missar = senaste.filter(traff=False)
    _krav(missar, MISSAR_PER_TIMME, insats, by, "missar", "Du har sökt flera personer som inte finns i folkbokföringen.")


def _krav(rader, grans, insats, by, skal, mening):
    tid = rader.order_by("-tid").values_list("tid", flat=True)[grans - 1 : grans].first()
    if tid is not None:
        logga(Handelse.Typ.FOR_MANGA_FORSOK, by=by, pa=insats, skal=skal)
        raise Regelbrott(f"{mening} Du kan hämta igen klockan {datumtid(tid + TIMME)[-5:]}.", falt="personnummer")


def notera_hamtning(*, insats, traff, by):
    Hamtning.objects.create(insats=insats, traff=traff, anvandare=by)


def glom_gamla_hamtningar() -> int:
    """How many were so old that they no longer count."""
    return Hamtning.objects.filter(tid__lt=timezone.now() - SPARAS).delete()[0]
