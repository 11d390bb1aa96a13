"""What is measured before and after the insats: questions 10–13 and the kompletterande frågor."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from deltagare.koder import Arbetstyp, Forsorjning
from deltagare.models.deltagande import Deltagande
from insatser.models import Insats
from organisations.models import KompletterandeFraga, Svarsalternativ


class Mattillfalle(models.Model):
    """The situation directly before (in) or directly after (ut) the insats: questions 10–13 of 9448 and 9449.

    `forsorjning` is a bit mask of Forsorjning. None in arbete_procent: does not work; in studier_procent: does not study.
    Percent of full time.
    """

    class Typ(models.TextChoices):
        IN = "in", "Inregistrering"
        UT = "ut", "Utregistrering"

    personuppgifter: ClassVar = {"forsorjning", "arbetssokande", "arbete_procent", "arbetstyp", "studier_procent"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "typ"}

    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.CASCADE, related_name="mattillfallen", verbose_name="deltagande"
    )  # goes with the deltagande: felregistrering and withdrawal leave nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    typ = models.CharField("måttillfälle", max_length=2, choices=Typ)
    forsorjning = models.PositiveSmallIntegerField("offentlig försörjning")
    arbetssokande = models.BooleanField("aktivt arbetssökande")
    arbete_procent = models.PositiveSmallIntegerField("arbete, procent av heltid", null=True, blank=True)
    arbetstyp = models.PositiveSmallIntegerField("typ av arbete", choices=Arbetstyp, null=True, blank=True)
    studier_procent = models.PositiveSmallIntegerField("studier, procent av heltid", null=True, blank=True)

    class Meta:
        verbose_name = "mättillfälle"
        verbose_name_plural = "mättillfällen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="mattillfalle_ett_av_varje", fields=["deltagande", "typ"]),
            models.CheckConstraint(name="mattillfalle_kand_typ", condition=Q(typ__in=["in", "ut"])),
            models.CheckConstraint(
                name="mattillfalle_forsorjning",
                condition=Q(forsorjning__gte=1, forsorjning__lt=int(Forsorjning.INGEN)) | Q(forsorjning=int(Forsorjning.INGEN)),
                violation_error_message="Ingen offentlig försörjning kan inte kombineras med andra försörjningar.",
            ),
            models.CheckConstraint(
                name="mattillfalle_arbete",
                condition=Q(arbete_procent=None, arbetstyp=None)
                | Q(arbete_procent__isnull=False, arbetstyp__isnull=False)  # a CHECK that is NULL is not broken
                & Q(arbete_procent__gte=1, arbete_procent__lte=100, arbetstyp__in=Arbetstyp.values),
                violation_error_message="Ange både omfattning mellan 1 och 100 procent och typ av arbete.",
            ),
            models.CheckConstraint(
                name="mattillfalle_studier",
                condition=Q(studier_procent=None) | Q(studier_procent__gte=1, studier_procent__lte=100),
                violation_error_message="Ange omfattning mellan 1 och 100 procent.",
            ),
        ]

    def __str__(self):
        return f"{self.get_typ_display()} {self.deltagande_id}"


class Svar(models.Model):
    """An alternative chosen at a mättillfälle as the answer to a kompletterande fråga (docs/regler.md 8)."""

    personuppgifter: ClassVar = {"fraga", "alternativ"}
    ovriga_falt: ClassVar = {"id", "deltagande", "insats", "typ"}

    deltagande = models.ForeignKey(
        Deltagande, on_delete=models.CASCADE, related_name="svar", verbose_name="deltagande"
    )  # goes with the deltagande: felregistrering and withdrawal leave nothing
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    typ = models.CharField("mättillfälle", max_length=2, choices=Mattillfalle.Typ)
    fraga = models.ForeignKey(KompletterandeFraga, on_delete=models.PROTECT, related_name="svar", verbose_name="fråga")
    alternativ = models.ForeignKey(Svarsalternativ, on_delete=models.PROTECT, related_name="svar", verbose_name="svar")

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="svar_en_gang", fields=["deltagande", "typ", "alternativ"]),
            models.CheckConstraint(name="svar_kand_typ", condition=Q(typ__in=["in", "ut"])),
        ]

    def __str__(self):
        return f"{self.fraga_id}: {self.alternativ_id}"
