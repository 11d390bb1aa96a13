"""Ingående organisationer: who belongs to a samverkansorganisation, and as what."""

from django.db import models
from django.db.models import Q

from organisations.models.organisation import Organisation, typordning
from organisations.models.samverkansorganisation import Samverkansorganisation
from sus.core.regelbrott import Regelbrott
from sus.core.sortering import SvenskSortering


class IngaendeOrganisationQuerySet(models.QuerySet):
    def finansiarer(self):
        return self.filter(finansiar=True)

    def i_ordning(self):
        return self.select_related("organisation").order_by(typordning("organisation__typ"), SvenskSortering("organisation__namn"))


class IngaendeOrganisation(models.Model):
    """An organisation's part in a samverkansorganisation: member, financier, consumer (docs/regler.md 3.4)."""

    samverkansorganisation = models.ForeignKey(
        Samverkansorganisation, on_delete=models.PROTECT, related_name="parter", verbose_name="samverkansorganisation"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parter", verbose_name="organisation")
    medlem = models.BooleanField("medlem", default=False)
    finansiar = models.BooleanField("finansiär", default=False)
    konsument = models.BooleanField("konsument", default=False)

    objects = IngaendeOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "ingående organisation"
        verbose_name_plural = "ingående organisationer"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="ingaende_organisation_en_gang",
                fields=["samverkansorganisation", "organisation"],
                violation_error_message="Organisationen finns redan i samverkansorganisationen.",
            ),
            models.CheckConstraint(
                name="ingaende_organisation_har_nagon_roll",
                condition=Q(medlem=True) | Q(finansiar=True) | Q(konsument=True),
                violation_error_message="Kryssa för minst en av medlem, finansiär och konsument.",
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    def kontrollera(self):
        """Raise Regelbrott for a role that the organisation cannot have in this samverkansform (docs/regler.md 3.4)."""
        typ = self.organisation.typ
        if not (self.medlem or self.finansiar or self.konsument):
            raise Regelbrott("Kryssa för minst en av medlem, finansiär och konsument.", falt="medlem")
        if self.samverkansorganisation.ar_finsam:
            if self.konsument and typ != Organisation.Typ.SAMORDNINGSFORBUND:
                raise Regelbrott("Bara samordningsförbundet kan vara konsument i Finsam.", falt="konsument")
        elif typ in {Organisation.Typ.AF, Organisation.Typ.KOMMUN, Organisation.Typ.SAMORDNINGSFORBUND}:
            raise Regelbrott(f"{self.organisation} kan inte ingå i Tvåpartsfinsam.", falt="medlem")
