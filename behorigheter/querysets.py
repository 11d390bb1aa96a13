"""The only place where a user's uppdrag becomes a database condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from behorigheter.roller import OBEROENDE_AV_UPPDRAGETS_PLATS, RIKSROLLER, Rattighet, roller_med

if TYPE_CHECKING:
    from behorigheter.models import Anvandare


def galler(dag, fran: str, till: str) -> Q:
    """Rows valid on the day: both ends included, an empty end means until further notice."""
    return Q(**{f"{fran}__lte": dag}) & (Q(**{f"{till}__gte": dag}) | Q(**{f"{till}__isnull": True}))


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
        uppdrag = anvandare.uppdrag.aktuella().filter(roll__in=roller)
        villkor = Q(pk__in=[])
        for falt, vag in self.vagar(rattighet).items():
            villkor |= Q(**{f"{vag}__in": uppdrag.exclude(**{falt: None}).values(falt)})
        return self.filter(villkor)

    def vagar(self, rattighet: Rattighet) -> dict[str, str]:
        return self.uppdrag_via


class BehorighetQuerySet(models.QuerySet):
    def giltiga(self, dag=None):
        return self.filter(galler(dag or timezone.localdate(), "giltig_fran", "giltig_till"))


class UppdragQuerySet(RattighetQuerySet):
    # Which uppdrag a rattighet is about, and how they are reached.
    galler_via: ClassVar = {
        Rattighet.UPPDRAG_SAMVERKAN_ANDRA: "samverkansorganisation",
        Rattighet.UPPDRAG_INSATS_ANDRA: "insats__samverkansorganisation",
    }

    def tillatna_for(self, anvandare: Anvandare, rattighet: Rattighet):
        """Uppdrag in samverkansorganisationer or in insatser, as the rattighet says; never those of the other kind."""
        rader = self.filter(**{f"{self.galler_via[rattighet]}__isnull": False})
        return super(UppdragQuerySet, rader).tillatna_for(anvandare, rattighet)

    def vagar(self, rattighet: Rattighet) -> dict[str, str]:
        return {"samverkansorganisation": self.galler_via[rattighet]}

    def aktuella(self, dag=None):
        """Uppdrag that hold on the day, with a valid behörighet for the same role behind them."""
        dag = dag or timezone.localdate()
        return self.filter(
            galler(dag, "fran", "till"),
            galler(dag, "anvandare__behorigheter__giltig_fran", "anvandare__behorigheter__giltig_till"),
            anvandare__behorigheter__roll=F("roll"),
            anvandare__is_active=True,
        )

    def inte_avslutade(self, dag=None):
        """Uppdrag that hold on the day or later, also those that lie idle without a behörighet."""
        return self.filter(Q(till=None) | Q(till__gte=dag or timezone.localdate()))

    def with_vilar(self):
        """`vilar`: the user has no behörighet for the role today, so that the uppdrag gives no right."""
        dag = timezone.localdate()
        behorighet = Q(galler(dag, "anvandare__behorigheter__giltig_fran", "anvandare__behorigheter__giltig_till"))
        giltiga = self.model.objects.filter(
            behorighet, anvandare__behorigheter__roll=F("roll"), anvandare__is_active=True, pk=OuterRef("pk")
        )
        return self.annotate(vilar=~Exists(giltiga))


class AnvandareQuerySet(RattighetQuerySet):
    def med_roll(self, roll):
        """Active users who hold a valid behörighet for the role today."""
        return self.filter(
            galler(timezone.localdate(), "behorigheter__giltig_fran", "behorigheter__giltig_till"),
            behorigheter__roll=roll,
            is_active=True,
        )

    def som_liknar(self, fornamn="", efternamn="", arbetsgivare=""):
        """Search of Välj användare (docs/regler.md 3.5): the three fields with * as wildcard, all must match."""
        fraga = self
        for falt, text in {"fornamn": fornamn, "efternamn": efternamn, "arbetsgivare__namn": arbetsgivare}.items():
            if text:
                fraga = fraga.filter(jokertecken(falt, text))
        return fraga


def jokertecken(falt: str, text: str) -> Q:
    """Condition for a search text in which * stands for anything: `Karl*` begins with Karl. No * means the whole word."""
    delar = text.strip().split("*")
    if len(delar) == 1:
        return Q(**{f"{falt}__iexact": delar[0]})
    monster = ".*".join(_ordagrant(del_) for del_ in delar)
    return Q(**{f"{falt}__iregex": f"^{monster}$"})


def _ordagrant(text: str) -> str:
    """The text as a PostgreSQL regular expression that matches itself."""
    return "".join(tecken if tecken.isalnum() or tecken == " " else f"\\{tecken}" for tecken in text)
