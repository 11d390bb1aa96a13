"""What lives a day at most: unfinished forms, and when somebody was looked up."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from deltagare.models.deltagande import Deltagande
from insatser.models import Insats


class Utkast(models.Model):
    """An unfinished form about a deltagare, encrypted, for its own user only.

    `uppslag`: the person that a registration is about, so that a withdrawal finds it.
    """

    class Sida(models.TextChoices):
        REGISTRERA = "registrera", "Registrera deltagare"
        UT = "ut", "Registrera ut deltagare"
        RATTA = "ratta", "Rätta uppgifter"

    personuppgifter: ClassVar = {"uppslag", "innehall"}
    ovriga_falt: ClassVar = {"id", "anvandare", "insats", "deltagande", "sida", "sparat"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")  # nothing of its own to keep
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", verbose_name="deltagande"
    )  # the database deletes it with the deltagande: other users' drafts are out of reach
    sida = models.CharField("sida", max_length=10, choices=Sida)
    uppslag = models.BinaryField("uppslagsvärde", max_length=32, null=True)
    innehall = models.BinaryField("innehåll (krypterat)", max_length=40_000)
    sparat = models.DateTimeField("sparat", auto_now=True)

    class Meta:
        verbose_name = "utkast"
        verbose_name_plural = "utkast"
        constraints = [
            models.UniqueConstraint(
                name="utkast_ett_per_formular", fields=["anvandare", "insats", "sida", "deltagande"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="utkast_om_ratt_sak",
                condition=Q(sida="registrera", deltagande=None) | Q(sida__in=["ut", "ratta"], deltagande__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.id)


class Hamtning(models.Model):
    """That a user has asked for a person by personnummer: when, and whether there was one. Nothing of whom."""

    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")  # nothing of its own to keep
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    traff = models.BooleanField("träff")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "hämtning"
        verbose_name_plural = "hämtningar"
        indexes = [models.Index(fields=["anvandare", "tid"])]

    def __str__(self):
        return str(self.tid)
