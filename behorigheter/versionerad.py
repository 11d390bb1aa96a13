"""Optimistic locking: every row that a form changes carries the number of its version."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Versionerad(models.Model):
    version = models.PositiveIntegerField("version", default=1, editable=False)
    andrad_tid = models.DateTimeField("ändrad", null=True, editable=False)
    andrad_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="ändrad av"
    )

    class Meta:
        abstract = True

    def ny_version(self, by):
        """Mark the row as changed by the user (None: the system). The caller has locked it and saves it."""
        self.version += 1
        self.andrad_tid = timezone.now()
        self.andrad_av = by
