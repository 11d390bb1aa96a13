"""The register of organisations."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Lower
from django.urls import reverse

from behorigheter.models.behorighet import ARBETSGIVARTYPER
from behorigheter.querysets import RattighetQuerySet, jokertecken
from organisations.models.geografi import Kommun, Lan
from sus.core.formatering import antal_i_ord
from sus.core.sortering import SvenskSortering


def typordning(falt):
    """The order of kinds of organisation in lists and reports: the state first, others last."""
    typer = ["fk", "af", "region", "kommun", "samordningsforbund", "esf"]
    return Case(*(When(**{falt: typ}, then=plats) for plats, typ in enumerate(typer)), default=len(typer))


class OrganisationQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country change the register

    def som_liknar(self, namn):
        """Active organisations of the register whose name matches the search text, * as wildcard, in Swedish order."""
        return self.med_namn_som(namn).filter(aktiv=True)

    def med_namn_som(self, namn):
        return self.filter(jokertecken("namn", namn))

    def som_kan_ha_sus(self):
        """Active organisations whose staff can get a behörighet (docs/regler.md 9.4)."""
        return self.filter(aktiv=True, typ__in=ARBETSGIVARTYPER)

    def with_delar_nummer(self):
        """`delar_nummer`: another organisation has the same organisationsnummer; perhaps it is registered twice."""
        andra = Organisation.objects.exclude(organisationsnummer="").exclude(pk=OuterRef("pk"))
        return self.annotate(delar_nummer=Exists(andra.filter(organisationsnummer=OuterRef("organisationsnummer"))))

    def i_ordning(self):
        return self.order_by(typordning("typ"), SvenskSortering("namn"))


class Organisation(models.Model):
    """An organisation in the register: a party, a financier or an employer."""

    class Typ(models.TextChoices):
        FK = "fk", "Försäkringskassan"
        AF = "af", "Arbetsförmedlingen"
        REGION = "region", "Region (landsting)"
        KOMMUN = "kommun", "Kommun"
        SAMORDNINGSFORBUND = "samordningsforbund", "Samordningsförbund"
        ESF = "esf", "ESF"
        OVRIG = "ovrig", "Övrig organisation"

    namn = models.CharField("namn", max_length=200)
    organisationsnummer = models.CharField("organisationsnummer", max_length=11, blank=True, default="")
    typ = models.CharField("typ", max_length=20, choices=Typ)
    kommun = models.ForeignKey(Kommun, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun")
    lan = models.ForeignKey(Lan, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="län")
    aktiv = models.BooleanField("aktiv", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = [SvenskSortering("namn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("namn"), name="organisation_unikt_namn", violation_error_message="Det finns redan en organisation med det namnet."
            ),
            models.UniqueConstraint(name="organisation_med_typ", fields=["id", "typ"]),  # behörigheter point at the employer and its kind
            models.CheckConstraint(
                name="organisation_kand_typ", condition=Q(typ__in=["fk", "af", "region", "kommun", "samordningsforbund", "esf", "ovrig"])
            ),
        ]

    def __str__(self):
        return self.namn

    def get_absolute_url(self):
        return reverse("register:organisation", args=[self.pk])

    def anvandning(self) -> list[str]:
        """Where it is used, as "2 samverkansorganisationer"; only what there is any of."""
        delar = [
            (self.parter.count(), "samverkansorganisation", "samverkansorganisationer"),
            (self.overenskommelser.gallande().count(), "gällande överenskommelse", "gällande överenskommelser"),
            (self.anstallda.filter(is_active=True).count(), "användare", "användare"),
        ]
        return [antal_i_ord(tal, ental, flertal) for tal, ental, flertal in delar if tal]
