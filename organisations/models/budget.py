"""A samverkansorganisation's money, per year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from behorigheter.querysets import RattighetQuerySet
from behorigheter.versionerad import Versionerad
from organisations.models.ar import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR
from organisations.models.organisation import Organisation
from organisations.models.part import IngaendeOrganisation
from organisations.models.samverkansorganisation import Samverkansorganisation
from sus.core.regelbrott import Regelbrott

EGET_KAPITAL = "Eget kapital"


class BudgetarQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {"samverkansorganisation": "samverkansorganisation"}


class Budgetar(Versionerad):
    """A samverkansorganisation's budget for one calendar year: what its rows are locked and versioned by."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="budgetar", verbose_name="samverkansorganisation"
    )
    ar = models.PositiveSmallIntegerField("budgetår", validators=AR_VALIDATORER)

    objects = BudgetarQuerySet.as_manager()

    class Meta:
        verbose_name = "budgetår"
        verbose_name_plural = "budgetår"
        ordering = ["-ar"]
        constraints = [
            models.UniqueConstraint(name="budgetar_ett_per_ar", fields=["samverkansorganisation", "ar"]),
            models.CheckConstraint(name="budgetar_rimligt_ar", condition=Q(ar__gte=TIDIGASTE_AR, ar__lte=SENASTE_AR)),
        ]

    def __str__(self):
        return f"{self.samverkansorganisation} {self.ar}"


class Finansiering(models.Model):
    """Money coming in from a financier for a year, in whole kronor. Only eget kapital can be negative (a deficit)."""

    budgetar = models.ForeignKey(
        Budgetar, on_delete=models.CASCADE, related_name="finansieringar", verbose_name="budgetår"
    )  # a row of its year
    part = models.ForeignKey(IngaendeOrganisation, on_delete=models.PROTECT, related_name="finansieringar", verbose_name="finansiär")
    belopp = models.BigIntegerField("belopp")
    beskrivning = models.CharField("beskrivning", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "finansiering"
        verbose_name_plural = "finansieringar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="finansiering_en_per_beskrivning",
                fields=["budgetar", "part", "beskrivning"],
                violation_error_message="Finansiären har redan en rad med samma beskrivning. "
                "Ändra beloppet på den raden eller skriv en annan beskrivning.",
            ),
            models.CheckConstraint(
                name="finansiering_negativ_bara_for_eget_kapital",
                condition=Q(belopp__gte=0) | Q(beskrivning=EGET_KAPITAL),
                violation_error_message="Beloppet kan bara vara negativt för eget kapital.",
            ),
            models.CheckConstraint(name="finansiering_hogst_tolv_siffror", condition=Q(belopp__gt=-(10**12), belopp__lt=10**12)),
        ]

    def __str__(self):
        return f"{self.part} {self.belopp}"

    @property
    def ar_eget_kapital(self) -> bool:
        return self.beskrivning == EGET_KAPITAL

    def kontrollera(self):
        """Raise Regelbrott for money that its financier cannot have (V09, docs/regler.md 4.1)."""
        if not self.part.finansiar:
            raise Regelbrott("Organisationen är inte markerad som finansiär.", falt="part")
        if self.ar_eget_kapital and self.part.organisation.typ != Organisation.Typ.SAMORDNINGSFORBUND:
            raise Regelbrott("Eget kapital kan bara anges för samordningsförbundet.", falt="beskrivning")
        if self.belopp < 0 and not self.ar_eget_kapital:
            raise Regelbrott("Beloppet kan bara vara negativt för eget kapital.", falt="belopp")


class Budgettyp(models.TextChoices):
    """What the money of an insats is: the rows belong to the insats, and the förbund's budget sums them apart (docs/regler.md 4.2)."""

    INSATSKOSTNAD = "insatskostnad", "Insatskostnad"
    ESF_INSATSKOSTNAD = "esf_insatskostnad", "ESF Insatskostnad"


class AdministrativKostnad(models.Model):
    """Cost of running the förbund itself for a year, in whole kronor; utfall None is unknown. Finsam only (docs/regler.md 4.1)."""

    class Kostnadstyp(models.TextChoices):
        KRING = "kring", "Kring"
        PERSONAL = "personal", "Personal"
        OVRIG = "ovrig", "Övrig"
        EJ_UPPDELAD = "ej_uppdelad", "Ej uppdelad"

    budgetar = models.ForeignKey(
        Budgetar, on_delete=models.CASCADE, related_name="administrativa_kostnader", verbose_name="budgetår"
    )  # a row of its year
    kostnadstyp = models.CharField("kostnadstyp", max_length=20, choices=Kostnadstyp)
    budget = models.BigIntegerField("budget")
    utfall = models.BigIntegerField("utfall", null=True, blank=True)

    class Meta:
        verbose_name = "administrativ kostnad"
        verbose_name_plural = "administrativa kostnader"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="administrativ_kostnad_en_per_typ",
                fields=["budgetar", "kostnadstyp"],
                violation_error_message="Kostnadstypen finns redan för året.",
            ),
            models.CheckConstraint(name="administrativ_kostnad_belopp", condition=Q(budget__gte=0, budget__lt=10**12)),
            models.CheckConstraint(name="administrativ_kostnad_utfall", condition=Q(utfall=None) | Q(utfall__gte=0, utfall__lt=10**12)),
            models.CheckConstraint(
                name="administrativ_kostnad_kand_typ", condition=Q(kostnadstyp__in=["kring", "personal", "ovrig", "ej_uppdelad"])
            ),
        ]

    def __str__(self):
        return f"{self.get_kostnadstyp_display()} {self.budget}"
