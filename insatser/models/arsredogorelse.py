"""Årsredogörelse: what an insats tells of its year."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from behorigheter.querysets import RattighetQuerySet
from behorigheter.versionerad import Versionerad
from insatser.models.insats import Insats
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR


class ArsredogorelseQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "insats__samverkansorganisation"}

    def klara(self):
        return self.exclude(klar_tid=None)


class Arsredogorelse(Versionerad):
    """An insats's account of a year, for the förbund's årsredovisning: a draft until it is marked as final. At most two pages."""

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="arsredogorelser", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("år", validators=AR_VALIDATORER)
    rubrik = models.CharField("rubrik", max_length=150)
    text = models.TextField("text", max_length=6000)
    klar_tid = models.DateTimeField("klar", null=True, editable=False)
    klar_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="klar av"
    )

    objects = ArsredogorelseQuerySet.as_manager()

    class Meta:
        verbose_name = "årsredogörelse"
        verbose_name_plural = "årsredogörelser"
        ordering = ["-ar"]
        constraints = [
            models.UniqueConstraint(name="arsredogorelse_en_per_ar", fields=["insats", "ar"]),
            models.CheckConstraint(name="arsredogorelse_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
        ]

    def __str__(self):
        return f"{self.insats} {self.ar}"

    @property
    def ar_klar(self) -> bool:
        return self.klar_tid is not None
