"""What an insats is: inriktning, målgrupp, how its participants are followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Count

from behorigheter.querysets import RattighetQuerySet, galler, lage


class MalgruppQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country change the register

    def with_antal_insatser(self):
        return self.annotate(antal_insatser=Count("insatser")).order_by("ordning", "pk")

    def giltiga(self, dag):
        return self.filter(galler(dag, "giltig_fran", "giltig_till"))


class Malgrupp(models.Model):
    """A target group (docs/regler.md 5.2). A dated code table: a group that ends gets giltig_till."""

    EJ_TILLAMPLIGA = "ej_tillampliga"

    kod = models.SlugField("kod", max_length=40, primary_key=True)
    namn = models.CharField("namn", max_length=100, unique=True)
    ordning = models.PositiveSmallIntegerField("ordning")
    giltig_fran = models.DateField("giltig från")
    giltig_till = models.DateField("giltig till", null=True, blank=True)

    objects = MalgruppQuerySet.as_manager()

    class Meta:
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        ordering = ["ordning"]

    def __str__(self):
        return self.namn

    @property
    def lage(self) -> str:
        return lage(self.giltig_fran, self.giltig_till)

    def kan_valjas_for_start(self, startdatum) -> bool:
        """An insats that starts after the last day of the målgrupp cannot have it; one that has it already keeps it."""
        return self.giltig_till is None or startdatum <= self.giltig_till


class Inriktning(models.TextChoices):
    INDIVIDINRIKTAD = "individinriktad", "Individinriktad"
    STRUKTUROVERGRIPANDE = "strukturovergripande", "Strukturövergripande"


class PreciseradInriktning(models.TextChoices):
    FOREBYGGANDE = "forebyggande", "Förebyggande"
    FORBEREDANDE = "forberedande", "Förberedande"
    KARTLAGGNING_INDIVIDER = "kartlaggning_individer", "Kartläggning av individer"
    REHABILITERING = "rehabilitering", "Rehabilitering till arbete eller utbildning"
    DIALOG_KOMMUNIKATION = "dialog_kommunikation", "Dialog & kommunikation"
    KARTLAGGNING = "kartlaggning", "Kartläggning"
    UTBILDNING = "utbildning", "Utbildning"
    ANNAN = "annan", "Annan inriktning"


HOR_TILL = {
    Inriktning.INDIVIDINRIKTAD: [
        PreciseradInriktning.FOREBYGGANDE,
        PreciseradInriktning.FORBEREDANDE,
        PreciseradInriktning.KARTLAGGNING_INDIVIDER,
        PreciseradInriktning.REHABILITERING,
    ],
    Inriktning.STRUKTUROVERGRIPANDE: [
        PreciseradInriktning.DIALOG_KOMMUNIKATION,
        PreciseradInriktning.KARTLAGGNING,
        PreciseradInriktning.UTBILDNING,
        PreciseradInriktning.ANNAN,
    ],
}


class Deltagarregistrering(models.TextChoices):
    PERSONUPPGIFTER = "personuppgifter", "Med personuppgifter/anonym"
    VOLYM = "volym", "Endast antal (volyminsats)"


class VolymAvser(models.TextChoices):
    """What one of the volym is (docs/regler.md 6.8): stated by each volyminsats, so that its number can be read."""

    PERSONER = "personer", "Personer"
    TILLFALLEN = "tillfallen", "Tillfällen"
