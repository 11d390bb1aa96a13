"""Head counts of a volyminsats."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum

from behorigheter.querysets import RattighetQuerySet
from insatser.models.insats import Insats
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR


class VolymPostQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "insats__samverkansorganisation"}

    def summa(self, ar) -> int:
        return self.filter(ar=ar).aggregate(summa=Sum("antal"))["summa"] or 0

    def summor(self):
        """(year, sum) of every year with a post, latest first."""
        return self.order_by("-ar").values_list("ar").annotate(summa=Sum("antal"))


class VolymPost(models.Model):
    """A change of the head count of a volyminsats. A journal: rows are added, never changed; a year's sum is never negative."""

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="volymposter", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("inregistreringsår", validators=AR_VALIDATORER)
    antal = models.IntegerField("antal")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av")
    tid = models.DateTimeField("tid", auto_now_add=True)

    objects = VolymPostQuerySet.as_manager()

    class Meta:
        verbose_name = "volympost"
        verbose_name_plural = "volymposter"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="volympost_andrar_nagot", condition=~Q(antal=0) & Q(antal__gte=-1_000_000, antal__lte=1_000_000)),
            models.CheckConstraint(name="volympost_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
        ]

    def __str__(self):
        return f"{self.ar}: {self.antal:+d}"
