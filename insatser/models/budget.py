"""The year of an insats: planned number, budget and utfall."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Sum

from behorigheter.querysets import RattighetQuerySet
from behorigheter.versionerad import Versionerad
from organisations.models import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR, Beloppsandring, Budgettyp, IngaendeOrganisation


class InsatsArQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "insats__samverkansorganisation", "insats": "insats"}

    def with_summor(self):
        """Sums of each year's rows, whole kronor. Utfall is None where none is known."""
        return self.annotate(budget=Sum("rader__budget"), utfall=Sum("rader__utfall"))


class InsatsAr(Versionerad):
    """An insats in one budget year: the planned number, and what its budget rows are locked and versioned by."""

    insats = models.ForeignKey("insatser.Insats", on_delete=models.PROTECT, related_name="insatsar", verbose_name="insats")
    ar = models.PositiveSmallIntegerField("budgetår", validators=AR_VALIDATORER)
    planerat_antal = models.PositiveIntegerField("planerat antal deltagare", null=True, blank=True)

    objects = InsatsArQuerySet.as_manager()

    class Meta:
        verbose_name = "insatsår"
        verbose_name_plural = "insatsår"
        ordering = ["-ar"]
        constraints = [
            models.UniqueConstraint(name="insatsar_ett_per_ar", fields=["insats", "ar"]),
            models.CheckConstraint(name="insatsar_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
            models.CheckConstraint(name="insatsar_rimligt_antal", condition=Q(planerat_antal=None) | Q(planerat_antal__lte=1_000_000)),
        ]

    def __str__(self):
        return f"{self.insats} {self.ar}"


class InsatsBudget(models.Model):
    """A budget row of an insats for a year, in whole kronor; utfall None is unknown, which is not 0 (docs/regler.md 4.2)."""

    insatsar = models.ForeignKey(InsatsAr, on_delete=models.CASCADE, related_name="rader", verbose_name="insatsår")  # a row of its year
    part = models.ForeignKey(
        IngaendeOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="insatsbudgetar", verbose_name="organisation"
    )
    budgettyp = models.CharField("budgettyp", max_length=20, choices=Budgettyp)
    budget = models.BigIntegerField("budget")
    utfall = models.BigIntegerField("utfall", null=True, blank=True)
    beskrivning = models.CharField("beskrivning", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "insatsbudget"
        verbose_name_plural = "insatsbudgetar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="insatsbudget_en_per_beskrivning",
                fields=["insatsar", "part", "budgettyp", "beskrivning"],
                nulls_distinct=False,
                violation_error_message="Det finns redan en rad med samma budgettyp och beskrivning.",
            ),
            models.CheckConstraint(name="insatsbudget_belopp", condition=Q(budget__gte=0, budget__lt=10**12)),
            models.CheckConstraint(name="insatsbudget_utfall", condition=Q(utfall=None) | Q(utfall__gte=0, utfall__lt=10**12)),
            models.CheckConstraint(name="insatsbudget_kand_typ", condition=Q(budgettyp__in=["insatskostnad", "esf_insatskostnad"])),
        ]

    def __str__(self):
        return f"{self.get_budgettyp_display()} {self.budget}"


class InsatsBudgetandring(Beloppsandring):
    """A changed amount of an insats's budget."""

    insatsar = models.ForeignKey(InsatsAr, on_delete=models.CASCADE, related_name="andringar", verbose_name="insatsår")  # a row of its year

    class Meta(Beloppsandring.Meta):
        verbose_name = "ändring av insatsbudget"
        verbose_name_plural = "ändringar av insatsbudget"
