"""What an amount was before it was changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisations.models.budget import Budgetar


class Beloppsandring(models.Model):
    """One amount that was changed: which, from what, to what, by whom and why. Whole kronor; None is not registered. A journal."""

    rad = models.CharField("rad", max_length=300)
    falt = models.CharField("belopp", max_length=20, choices={"belopp": "Belopp", "budget": "Budget", "utfall": "Utfall"})
    fore = models.BigIntegerField("före", null=True)
    efter = models.BigIntegerField("efter", null=True)
    skal = models.CharField("skäl", max_length=300, blank=True, default="")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-tid", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_andrar_nagot",
                condition=Q(fore__isnull=True, efter__isnull=False) | Q(fore__isnull=False, efter__isnull=True) | ~Q(fore=F("efter")),
            )
        ]

    def __str__(self):
        return f"{self.rad}: {self.fore} → {self.efter}"


class Budgetandring(Beloppsandring):
    """A changed amount of a samverkansorganisation's own budget."""

    budgetar = models.ForeignKey(Budgetar, on_delete=models.PROTECT, related_name="andringar", verbose_name="budgetår")

    class Meta(Beloppsandring.Meta):
        verbose_name = "budgetändring"
        verbose_name_plural = "budgetändringar"
