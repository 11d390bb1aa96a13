"""The consent of form 9443, and the versions of its text."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import DateRange
from behorigheter.querysets import RattighetQuerySet, galler, lage
from deltagare.models.deltagande import Deltagande
from insatser.models import Insats


class SamtyckestextQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country change the register

    def giltig(self, dag):
        """The version of form 9443 that a participant signed on the day, or None."""
        return self.filter(galler(dag, "giltig_fran", "giltig_till")).order_by("-giltig_fran").first()


class Samtyckestext(models.Model):
    """A version of the consent form 9443, with the days when it was the one to sign."""

    version = models.CharField("version", max_length=40, unique=True)
    text = models.TextField("text")
    ar_platshallare = models.BooleanField("platshållare", default=False)
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = SamtyckestextQuerySet.as_manager()

    class Meta:
        verbose_name = "samtyckestext"
        verbose_name_plural = "samtyckestexter"
        ordering = ["giltig_fran"]
        constraints = [
            ExclusionConstraint(
                name="samtyckestext_en_i_taget",
                expressions=[(DateRange("giltig_fran", "giltig_till", RangeBoundary(True, True)), RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self):
        return self.version

    def get_absolute_url(self):
        return reverse("register:samtyckestext", args=[self.pk])

    @property
    def i_ord(self) -> str:
        return f"{self.version} (platshållare)" if self.ar_platshallare and "platshållare" not in self.version else self.version

    @property
    def lage(self) -> str:
        return lage(self.giltig_fran, self.giltig_till)

    @property
    def har_borjat_galla(self) -> bool:
        return self.giltig_fran <= timezone.localdate()

    @property
    def stycken(self) -> list[str]:
        """The text's paragraphs, which stand with an empty line between."""
        return [stycke for stycke in self.text.split("\n\n") if stycke.strip()]


class Samtycke(models.Model):
    """The participant's consent to one registration in one insats (docs/regler.md 7). Never a scanned form."""

    class Sprak(models.TextChoices):
        SVENSKA = "sv", "Svenska"
        ARABISKA = "ar", "Arabiska"
        BOSNISKA = "bs", "Bosniska"
        DARI = "prs", "Dari"
        ENGELSKA = "en", "Engelska"
        FINSKA = "fi", "Finska"
        FRANSKA = "fr", "Franska"
        KURMANJI = "kmr", "Kurmanji"
        PERSISKA = "fa", "Persiska"
        POLSKA = "pl", "Polska"
        RYSKA = "ru", "Ryska"
        SOMALISKA = "so", "Somaliska"
        SORANI = "ckb", "Sorani"
        SPANSKA = "es", "Spanska"
        THAILANDSKA = "th", "Thailändska"
        TIGRINJA = "ti", "Tigrinja"
        TURKISKA = "tr", "Turkiska"
        UKRAINSKA = "uk", "Ukrainska"

    personuppgifter: ClassVar = {"sprak", "vardnadshavare"}
    ovriga_falt: ClassVar = {
        "id",
        "deltagande",
        "insats",
        "text",
        "datum",
        "original_skickat",
        "original_mottaget",
        "registrerat_av",
        "registrerat",
    }

    deltagande = models.OneToOneField(
        Deltagande, on_delete=models.CASCADE, related_name="samtycke", verbose_name="deltagande"
    )  # goes with the deltagande: withdrawal leaves nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    text = models.ForeignKey(Samtyckestext, on_delete=models.PROTECT, related_name="+", verbose_name="version av blankett 9443")
    datum = models.DateField("datum för underskriften")
    sprak = models.CharField("språk som informationen lästes på", max_length=3, choices=Sprak, default=Sprak.SVENSKA)
    vardnadshavare = models.BooleanField("vårdnadshavare har också skrivit under", default=False)
    original_skickat = models.DateField("originalet skickat till Försäkringskassan", null=True, blank=True)
    original_mottaget = models.DateField("originalet mottaget av Försäkringskassan", null=True, blank=True)
    registrerat_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="registrerat av"
    )
    registrerat = models.DateTimeField("registrerat", auto_now_add=True)

    class Meta:
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        constraints = [
            models.CheckConstraint(
                name="samtycke_original_efter_underskrift",
                condition=Q(original_skickat=None) | Q(original_skickat__gte=F("datum")),
                violation_error_message="Originalet kan inte ha skickats före underskriften.",
            ),
            models.CheckConstraint(
                name="samtycke_mottaget_efter_skickat",
                condition=Q(original_mottaget=None) | Q(original_skickat__isnull=False, original_mottaget__gte=F("original_skickat")),
                violation_error_message="Originalet kan inte ha kommit fram innan det skickades.",
            ),
        ]

    def __str__(self):
        return f"{self.text} {self.datum}"
