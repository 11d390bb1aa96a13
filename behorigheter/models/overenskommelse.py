"""An authority's agreement with Försäkringskassan about behörighet to SUS."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.models.tid import DateRange
from behorigheter.querysets import RattighetQuerySet, galler, lage
from behorigheter.versionerad import Versionerad


class OverenskommelseQuerySet(RattighetQuerySet):
    uppdrag_via: ClassVar = {}  # only roles for the whole country reach these

    def gallande(self, dag=None):
        return self.filter(galler(dag or timezone.localdate(), "fran", "till"))

    def kommande(self):
        return self.filter(fran__gt=timezone.localdate())

    def avslutade(self):
        return self.filter(till__lt=timezone.localdate())


class Overenskommelse(Versionerad):
    """Behörighetsöverenskommelse (docs/regler.md 9.4). Without a valid one nobody at the organisation holds a behörighet."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="overenskommelser", verbose_name="organisation"
    )
    fran = models.DateField("från")
    till = models.DateField("till", null=True, blank=True)
    referens = models.CharField("referens", max_length=100)

    objects = OverenskommelseQuerySet.as_manager()

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        ordering = ["organisation", "-fran", "pk"]
        constraints = [
            models.CheckConstraint(
                name="overenskommelse_slutar_inte_fore_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Överenskommelsen kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(name="overenskommelse_har_referens", condition=~Q(referens="")),
            ExclusionConstraint(
                name="overenskommelse_en_i_taget",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (DateRange("fran", "till", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Organisationen har redan en överenskommelse under denna tid.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.referens}"

    def get_absolute_url(self):
        return reverse("behorigheter:overenskommelse", args=[self.pk])

    @property
    def lage(self) -> str:
        return lage(self.fran, self.till)
