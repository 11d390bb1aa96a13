"""Kompletterande frågor: what a samverkansadministratör wants to know of every deltagare in the förbund."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.querysets import RattighetQuerySet, galler
from behorigheter.roller import Rattighet
from behorigheter.versionerad import Versionerad
from organisations.models.samverkansorganisation import Samverkansorganisation


class KompletterandeFragaQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "samverkansorganisation"}

    def publicerade(self):
        return self.exclude(publicerad=None)

    def som_stalls(self, dag):
        """Published questions whose period covers the day of the mättillfälle (docs/regler.md 8)."""
        return self.publicerade().filter(galler(dag, "fran", "till"))

    def med_typ(self, typ):
        """Those that are put at a mättillfälle of the kind, in or ut."""
        return self.filter(mattillfalle__in=[typ, KompletterandeFraga.Mattillfalle.BADA])

    def inte_avslutade(self, dag):
        return self.filter(Q(till__gte=dag) | Q(till=None))

    def som_far_ses(self, anvandare):
        """Published questions, and drafts only for those who may change them."""
        egna = KompletterandeFraga.objects.tillatna_for(anvandare, Rattighet.FRAGA_ANDRA)
        return self.filter(Q(publicerad__isnull=False) | Q(pk__in=egna.values("pk")))

    def with_besvarad(self):
        """`besvarad`: somebody has answered. Told by the database, also to those who see no answers (45_fragor.sql)."""
        return self.annotate(besvarad=Func("pk", function="vagg.har_svar", output_field=models.BooleanField()))


class KompletterandeFraga(Versionerad):
    """A question of a samverkansorganisation's own, put in all its insatser (docs/regler.md 8). Never free text, never a number."""

    class Mattillfalle(models.TextChoices):
        IN = "in", "Vid inregistrering"
        UT = "ut", "Vid utregistrering"
        BADA = "bada", "Vid båda"

    class Slag(models.TextChoices):
        ETT = "ett", "Ett alternativ"
        FLERA = "flera", "Flera alternativ"
        JA_NEJ = "ja_nej", "Ja eller nej"

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="fragor", verbose_name="samverkansorganisation"
    )
    namn = models.CharField("frågans namn", max_length=60)
    fragetext = models.CharField("fråga", max_length=300)
    hjalptext = models.CharField("hjälptext", max_length=500, blank=True, default="")
    fran = models.DateField("från och med")
    till = models.DateField("till och med", null=True, blank=True)
    mattillfalle = models.CharField("mättillfälle", max_length=4, choices=Mattillfalle)
    slag = models.CharField("sorts svar", max_length=6, choices=Slag)
    obligatorisk = models.BooleanField("måste besvaras", default=False)
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    publicerad = models.DateTimeField("publicerad", null=True, editable=False)
    publicerad_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="publicerad av"
    )

    objects = KompletterandeFragaQuerySet.as_manager()

    class Meta:
        verbose_name = "kompletterande fråga"
        verbose_name_plural = "kompletterande frågor"
        ordering = ["ordning", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="fraga_unikt_namn",
                fields=["samverkansorganisation", "namn"],
                violation_error_message="Det finns redan en fråga med det namnet. Välj ett annat namn.",
            ),
            models.CheckConstraint(
                name="fraga_slutar_inte_fore_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Sista dagen kan inte vara tidigare än första dagen.",
            ),
            models.CheckConstraint(name="fraga_kant_mattillfalle", condition=Q(mattillfalle__in=["in", "ut", "bada"])),
            models.CheckConstraint(name="fraga_kant_slag", condition=Q(slag__in=["ett", "flera", "ja_nej"])),
        ]

    def __str__(self):
        return self.namn

    def get_absolute_url(self):
        return reverse("organisations:fraga", args=[self.pk])

    @property
    def status(self) -> str:
        """Utkast, Kommande, Ställs nu or Avslutad today."""
        idag = timezone.localdate()
        if self.publicerad is None:
            return "Utkast"
        if self.fran > idag:
            return "Kommande"
        return "Avslutad" if self.till and self.till < idag else "Ställs nu"

    def ar_besvarad(self) -> bool:
        return KompletterandeFraga.objects.filter(pk=self.pk).with_besvarad().values_list("besvarad", flat=True).get()

    def ar_tillaten_for(self, anvandare, rattighet) -> bool:
        return KompletterandeFraga.objects.tillatna_for(anvandare, rattighet).filter(pk=self.pk).exists()


class Svarsalternativ(models.Model):
    """An answer that can be chosen. Ja and nej are alternatives too."""

    fraga = models.ForeignKey(
        KompletterandeFraga, on_delete=models.CASCADE, related_name="alternativ", verbose_name="fråga"
    )  # a part of its question
    text = models.CharField("alternativ", max_length=100)
    ordning = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "svarsalternativ"
        verbose_name_plural = "svarsalternativ"
        ordering = ["ordning"]
        constraints = [
            models.UniqueConstraint(
                name="svarsalternativ_en_gang",
                fields=["fraga", "text"],
                violation_error_message="Alternativet finns redan.",
            ),
        ]

    def __str__(self):
        return self.text
