"""Which rows a user reaches, through an uppdrag or an employer, and what periods and searches share: their conditions and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from behorigheter.roller import OBEROENDE_AV_UPPDRAGETS_PLATS, RIKSROLLER, Rattighet, Roll, roller_med

if TYPE_CHECKING:
    from behorigheter.models import Anvandare


AF = "af"


def galler(dag, fran: str, till: str) -> Q:
    """Rows valid on the day: both ends included, an empty end means until further notice."""
    return Q(**{f"{fran}__lte": dag}) & (Q(**{f"{till}__gte": dag}) | Q(**{f"{till}__isnull": True}))


def lage(fran, till) -> str:
    """What has a first and a last day, in a word: Gäller, Kommande or Avslutad today."""
    idag = timezone.localdate()
    if till and till < idag:
        return "Avslutad"
    return "Kommande" if fran > idag else "Gäller"


class RattighetQuerySet(models.QuerySet):
    """Rows on which the user may exercise a rattighet.

    A subclass states how a row is reached from an uppdrag. Without a path nobody reaches
    anything: an empty condition means no rows, never all.
    """

    uppdrag_via: ClassVar[dict[str, str]] = {}

    def tillatna_for(self, anvandare: Anvandare, rattighet: Rattighet):
        roller = roller_med(rattighet) & anvandare.gallande_roller
        if roller and (rattighet in OBEROENDE_AV_UPPDRAGETS_PLATS or roller & RIKSROLLER):
            return self.all()
        villkor = Q(pk__in=[])
        for falt, vag in self.vagar(rattighet).items():
            villkor |= Q(**{f"{vag}__in": anvandare.uppdragsplatser(falt, roller)})
        return self.filter(villkor)

    def vagar(self, rattighet: Rattighet) -> dict[str, str]:
        return self.uppdrag_via


class ArbetsgivarQuerySet(RattighetQuerySet):
    """Rows that belong to an employer: reached by those who act for the employer, through the employer and not an uppdrag.

    `arbetsgivare_via` is the path to the Organisation. A beställare and a loggranskare act for their own; an utfärdare at
    Arbetsförmedlingen for Arbetsförmedlingen and one at Försäkringskassan for all others (docs/regler.md 9.4).
    """

    arbetsgivare_via: ClassVar[str] = ""

    def tillatna_for(self, anvandare: Anvandare, rattighet: Rattighet):
        roller = roller_med(rattighet) & anvandare.gallande_roller
        if roller & RIKSROLLER:
            return self.all()
        villkor = Q(pk__in=[])
        if anvandare.arbetsgivare_id and roller & {Roll.BESTALLARE, Roll.LOGGRANSKARE}:
            villkor |= Q(**{self.arbetsgivare_via: anvandare.arbetsgivare_id})
        if Roll.UTFARDARE in roller and anvandare.arbetsgivare:
            hos_af = Q(**{f"{self.arbetsgivare_via}__typ": AF})
            villkor |= hos_af if anvandare.arbetsgivare.typ == AF else ~hos_af
        return self.filter(villkor)


def galler_behorighet(prefix: str, dag=None) -> Q:
    """The condition of a behörighet that gives a right on the day; `prefix` is the path to it, with __.

    Not revoked, within its time, of an active user who still works for the employer that ordered it, and an employer
    with a valid överenskommelse (docs/regler.md 9.3, 9.4). vagg.behorighet_galler says the same in the database.
    """
    dag = dag or timezone.localdate()
    return (
        galler(dag, f"{prefix}giltig_fran", f"{prefix}giltig_till")
        & Q(**{f"{prefix}aterkallad": None, f"{prefix}anvandare__is_active": True})
        & Q(**{f"{prefix}arbetsgivare": F(f"{prefix}anvandare__arbetsgivare")})
        & galler(dag, f"{prefix}arbetsgivare__overenskommelser__fran", f"{prefix}arbetsgivare__overenskommelser__till")
        & Q(**{f"{prefix}arbetsgivare__overenskommelser__isnull": False})
    )


def jokertecken(falt: str, text: str) -> Q:
    """Condition for a search text in which * stands for anything: `Karl*` begins with Karl. No * means the whole word."""
    delar = text.strip().split("*")
    if len(delar) == 1:
        return Q(**{f"{falt}__iexact": delar[0]})
    monster = ".*".join(_ordagrant(del_) for del_ in delar)
    return Q(**{f"{falt}__iregex": f"^{monster}$"})


def ordsokning(falt: str, text: str) -> Q:
    """Condition for words somewhere in a longer text: `arbets*` finds a word that begins so, `mål` the word itself."""
    text = text.strip()
    monster = ".*".join(map(_ordagrant, text.strip("*").split("*")))
    fore = "\\m" if text[:1].isalnum() else ""
    efter = "\\M" if text[-1:].isalnum() else ""
    return Q(**{f"{falt}__iregex": f"{fore}{monster}{efter}"})


def _ordagrant(text: str) -> str:
    """The text as a PostgreSQL regular expression that matches itself."""
    return "".join(tecken if tecken.isalnum() or tecken == " " else f"\\{tecken}" for tecken in text)
