"""Counts without persons: anonyma and återtagna samtycken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from behorigheter.querysets import RattighetQuerySet
from deltagare.koder import Kon
from insatser.models import Insats
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR


class AnonymPostQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"insats": "insats"}

    def anonyma(self):
        return self.filter(slag="anonym")

    def summor(self) -> dict[int, dict[int, int]]:
        """{year: {kön: sum}}"""
        summor: dict[int, dict[int, int]] = {}
        for rad in self.order_by().values("ar", "kon").annotate(summa=Sum("antal")):
            summor.setdefault(rad["ar"], {})[rad["kon"]] = rad["summa"]
        return summor


class AnonymPost(models.Model):
    """A change of a count without persons: anonyma, or återtagna samtycken. A journal, as VolymPost.

    A withdrawal tells neither when nor by whom: a dated row would be recognised by any colleague.
    """

    class Slag(models.TextChoices):
        ANONYM = "anonym", "Anonym"
        ATERTAGET = "atertaget", "Återtaget samtycke"

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="anonymposter", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("inregistreringsår", validators=AR_VALIDATORER)
    kon = models.PositiveSmallIntegerField("kön", choices=Kon)
    slag = models.CharField("slag", max_length=10, choices=Slag)
    antal = models.IntegerField("antal")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av")
    tid = models.DateTimeField("tid", null=True, default=timezone.now)

    objects = AnonymPostQuerySet.as_manager()

    class Meta:
        verbose_name = "anonympost"
        verbose_name_plural = "anonymposter"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="anonympost_andrar_nagot", condition=~Q(antal=0) & Q(antal__gte=-100_000, antal__lte=100_000)),
            models.CheckConstraint(name="anonympost_kant_kon", condition=Q(kon__in=Kon.values)),
            models.CheckConstraint(name="anonympost_kant_slag", condition=Q(slag__in=["anonym", "atertaget"])),
            models.CheckConstraint(name="anonympost_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
            models.CheckConstraint(
                name="anonympost_atertaget_utan_spar",
                condition=Q(slag="anonym", tid__isnull=False) | Q(slag="atertaget", tid=None, av=None),
            ),
        ]

    def __str__(self):
        return f"{self.ar} {self.get_kon_display()}: {self.antal:+d}"
