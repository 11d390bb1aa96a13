"""Reviewing the event log: who looks is seen."""

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Concat

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from behorigheter.querysets import jokertecken
from sus.core.kryptering import uppslagsvarden

FLEST_I_LOGGEN = 50


def granska(*, handelser, namn, personnummer, by, **kriterier):
    """The events by users of that name and about the person with that personnummer; empty is everybody.

    The look is logged first, with the users and the person found and never with what was typed. Who has no match gets no
    events; a person who is not in SUS is logged as one who is (behorigheter/vaggar/20_handelse.sql).
    """
    personer = []
    if namn:
        anvandare = _anstallda(by, namn)
        handelser = handelser.av(anvandare)
        kriterier["anvandare"] = anvandare[:FLEST_I_LOGGEN]
    if personnummer:
        personer = [_logg_id(personnummer)]
        handelser = handelser.om_person(personer[0])
    logga(Handelse.Typ.LOGG_GRANSKAD, by=by, personer=personer, **kriterier)
    return handelser


def _anstallda(by, namn: str) -> list[int]:
    """Those who work for the employer or have had a behörighet there, and whose whole name, surname or user name is the text."""
    hos_arbetsgivaren = Q(arbetsgivare=by.arbetsgivare_id) | Q(behorigheter__arbetsgivare=by.arbetsgivare_id)
    som_heter = jokertecken("hela_namnet", namn) | jokertecken("efternamn", namn) | jokertecken("anvandarnamn", namn)
    traffar = Anvandare.objects.annotate(hela_namnet=Concat("fornamn", Value(" "), "efternamn")).filter(hos_arbetsgivaren, som_heter)
    return sorted(set(traffar.values_list("pk", flat=True)))


def _logg_id(personnummer) -> str:
    with connection.cursor() as c:
        c.execute("SELECT vagg.logg_id_for(%s)", [uppslagsvarden(personnummer.tolv_siffror)])
        return str(c.fetchone()[0])
