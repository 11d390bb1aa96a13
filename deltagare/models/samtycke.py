"""The consent of form 9443."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from deltagare.models.deltagande import Deltagande
from deltagare.models.samtyckestext import Samtyckessprak, Samtyckestext
from insatser.models import Insats


class Samtycke(models.Model):
    """The participant's consent to one registration in one insats (docs/regler.md 7). Never a scanned form."""

    Sprak = Samtyckessprak

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
