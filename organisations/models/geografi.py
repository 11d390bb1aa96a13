"""Län, kommuner and stadsdelar."""

from typing import ClassVar

from django.db import models
from django.db.models import F

from behorigheter.querysets import RattighetQuerySet, galler, jokertecken, lage
from sus.core.sortering import SvenskSortering

KOMMUNER_MED_STADSDELAR = ("0180", "1480")


class Lan(models.Model):
    """A county with its SCB code."""

    kod = models.CharField("länskod", max_length=2, primary_key=True)
    namn = models.CharField("namn", max_length=50, unique=True)
    kortnamn = models.CharField("kort namn", max_length=50)

    class Meta:
        verbose_name = "län"
        verbose_name_plural = "län"
        ordering = [SvenskSortering("namn")]

    def __str__(self):
        return self.namn


class KommunQuerySet(models.QuerySet):
    def som_liknar(self, namn="", lan=None):
        """Search of Välj kommun, stadsdel (docs/regler.md 3.3): the name with * as wildcard, within a county if one is given."""
        fraga = self.filter(jokertecken("kortnamn", namn)) if namn else self
        return fraga.filter(lan=lan) if lan else fraga


class Kommun(models.Model):
    """A municipality with its SCB code. Never rewritten: a kommun that ends gets giltig_till."""

    kod = models.CharField("kommunkod", max_length=4, primary_key=True)
    namn = models.CharField("namn", max_length=60)
    kortnamn = models.CharField("kort namn", max_length=60)
    lan = models.ForeignKey(Lan, on_delete=models.PROTECT, related_name="kommuner", verbose_name="län")
    giltig_fran = models.DateField("giltig från", null=True, blank=True)
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = KommunQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = [SvenskSortering("kortnamn")]

    def __str__(self):
        return self.kortnamn


class StadsdelQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country change the register

    def giltiga(self, dag):
        return self.filter(galler(dag, "giltig_fran", "giltig_till"))

    def i_ordning(self):
        """Kommun by kommun, those that exist longest ahead first, and in Swedish order."""
        return self.select_related("kommun").order_by("kommun", F("giltig_till").desc(nulls_first=True), SvenskSortering("namn"))


class Stadsdel(models.Model):
    """A city district of Stockholm or Göteborg, with the time when it existed (docs/regler.md 3.3)."""

    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, related_name="stadsdelar", verbose_name="kommun")
    namn = models.CharField("namn", max_length=60)
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = StadsdelQuerySet.as_manager()

    class Meta:
        verbose_name = "stadsdel"
        verbose_name_plural = "stadsdelar"
        ordering = ["kommun", SvenskSortering("namn"), "giltig_fran"]
        constraints = [models.UniqueConstraint(name="stadsdel_en_gang", fields=["kommun", "namn", "giltig_fran"])]

    def __str__(self):
        return self.namn

    @property
    def i_ord(self) -> str:
        """With its kommun: two cities have a Centrum."""
        return f"{self.kommun}: {self}"

    @property
    def lage(self) -> str:
        return lage(self.giltig_fran, self.giltig_till)
