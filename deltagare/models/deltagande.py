"""A person's time in an insats, and what has happened to the registration of it."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import DateRange
from behorigheter.querysets import RattighetQuerySet
from behorigheter.versionerad import Versionerad
from deltagare.koder import Avslutningsanledning, Kon, TidForsorjning, Utbildning
from deltagare.models.person import Person
from insatser.models import Insats
from organisations.models import Kommun, Stadsdel


def ett_ar_fore(dag: date) -> date:
    """The same day a year earlier; for 29 February the 28th."""
    return dag.replace(year=dag.year - 1, day=min(dag.day, 28) if dag.month == 2 else dag.day)


def att_registrera_ut(idag: date) -> Q:
    """Ongoing ones whose insats should have ended, and those that have gone on for more than twelve months."""
    return Q(slutdatum=None) & (Q(insats__slutdatum__lt=idag) | Q(startdatum__lt=ett_ar_fore(idag)))


def saknar_skickat_original() -> Q:
    return Q(samtycke__isnull=False, samtycke__original_skickat=None)


class DeltagandeQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"insats": "insats"}

    def pagaende(self):
        return self.filter(slutdatum=None)

    def avslutade(self):
        return self.filter(slutdatum__isnull=False)

    def att_registrera_ut(self, idag):
        return self.filter(att_registrera_ut(idag))

    def utan_skickat_original(self):
        return self.filter(saknar_skickat_original())


class Deltagande(Versionerad):
    """A person's time in an insats (forms 9448 and 9449).

    `att_kontrollera`: namn and kommun were typed by hand while folkbokföringen did not answer; `manage.py dagligen` asks again.
    """

    personuppgifter: ClassVar = {"person", "kommun", "stadsdel", "kon", "alder_vid_start", "utbildning", "tid_forsorjning"}
    ovriga_falt: ClassVar = {
        *("id", "insats", "startdatum", "slutdatum", "avslutningsanledning", "inregistrerad", "utregistrerad", "att_kontrollera"),
        *("version", "andrad_tid", "andrad_av"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="deltaganden", verbose_name="insats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deltaganden", verbose_name="person")
    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, related_name="+", verbose_name="kommun")
    stadsdel = models.ForeignKey(Stadsdel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stadsdel")
    startdatum = models.DateField("startdag")
    slutdatum = models.DateField("avslutningsdatum", null=True, blank=True)
    avslutningsanledning = models.PositiveSmallIntegerField("avslutningsanledning", choices=Avslutningsanledning, null=True, blank=True)
    kon = models.PositiveSmallIntegerField("kön", choices=Kon)
    alder_vid_start = models.PositiveSmallIntegerField("ålder vid start")
    utbildning = models.PositiveSmallIntegerField("utbildningsnivå", choices=Utbildning)
    tid_forsorjning = models.PositiveSmallIntegerField("tid i offentlig försörjning", choices=TidForsorjning)
    att_kontrollera = models.BooleanField("ska kontrolleras mot folkbokföringen", db_default=False, editable=False)
    inregistrerad = models.DateTimeField("inregistrerad", auto_now_add=True)
    utregistrerad = models.DateTimeField("utregistrerad", null=True, editable=False)

    objects = DeltagandeQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        ordering = ["startdatum", "pk"]
        constraints = [
            models.UniqueConstraint(name="deltagande_med_insats", fields=["id", "insats"]),
            models.CheckConstraint(
                name="deltagande_slutar_inte_fore_start",
                condition=Q(slutdatum=None) | Q(slutdatum__gte=F("startdatum")),
                violation_error_message="Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden.",
            ),
            models.CheckConstraint(
                name="deltagande_slut_och_anledning_foljs_at",
                condition=Q(slutdatum=None, avslutningsanledning=None) | Q(slutdatum__isnull=False, avslutningsanledning__isnull=False),
                violation_error_message="Ange både avslutningsdatum och avslutningsanledning.",
            ),
            models.CheckConstraint(
                name="deltagande_kand_anledning",
                condition=Q(avslutningsanledning=None) | Q(avslutningsanledning__in=[1, 2, 3, 4, 5, 7, 9]),
            ),
            models.CheckConstraint(name="deltagande_kant_kon", condition=Q(kon__in=Kon.values)),
            models.CheckConstraint(name="deltagande_kand_utbildning", condition=Q(utbildning__in=Utbildning.values)),
            models.CheckConstraint(name="deltagande_kand_tid", condition=Q(tid_forsorjning__in=TidForsorjning.values)),
            models.CheckConstraint(name="deltagande_rimlig_alder", condition=Q(alder_vid_start__lte=120)),
            ExclusionConstraint(
                name="deltagande_overlappar_inte",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("insats", RangeOperators.EQUAL),
                    (DateRange("startdatum", "slutdatum", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deltagaren är redan registrerad i insatsen under denna tid.",
            ),
        ]
        indexes = [models.Index(fields=["insats", "slutdatum"])]

    def __str__(self):
        return str(self.id)

    def get_absolute_url(self):
        return reverse("deltagare:detail", args=[self.pk])

    @property
    def ar_avslutat(self) -> bool:
        return self.slutdatum is not None

    @property
    def manader(self) -> int:
        """Whole months from the startdag to the avslutningsdatum, or to today."""
        slut = self.slutdatum or timezone.localdate()
        start = self.startdatum
        return max(0, (slut.year - start.year) * 12 + slut.month - start.month - (slut.day < start.day))

    @property
    def pagar_lange(self) -> bool:
        return not self.ar_avslutat and self.startdatum < ett_ar_fore(timezone.localdate())


class Rattelse(models.Model):
    """What a correction changed: {name of the field: [code before, code after]}, as JSON. Dates are ISO, places their keys."""

    personuppgifter: ClassVar = {"andringar"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "av", "tid"}

    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.CASCADE, related_name="rattelser", verbose_name="deltagande"
    )  # goes with the deltagande: felregistrering and withdrawal leave nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    andringar = models.JSONField("ändringar")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "rättelse"
        verbose_name_plural = "rättelser"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.deltagande_id} {self.tid:%Y-%m-%d %H:%M}"


class Felregistreringsbegaran(models.Model):
    """A felregistrering that waits for a second deltagaransvarig: its user has made as many alone as a day allows (docs/regler.md 6.6)."""

    personuppgifter: ClassVar[set[str]] = set()
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "begard_av", "begard"}

    deltagande = models.OneToOneField(
        Deltagande, on_delete=models.CASCADE, related_name="felregistreringsbegaran", verbose_name="deltagande"
    )  # goes with the deltagande
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    begard_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="begärd av")
    begard = models.DateTimeField("begärd", auto_now_add=True)

    class Meta:
        verbose_name = "begäran om felregistrering"
        verbose_name_plural = "begäranden om felregistrering"

    def __str__(self):
        return str(self.deltagande_id)
