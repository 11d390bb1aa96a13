"""Receipts of submitted forms."""

import uuid

from django.db import models

from behorigheter.models.anvandare import Anvandare


class Inskickat(models.Model):
    """A submitted form, by its idempotency key: the same form sent twice gives the same page. Only the link is kept."""

    nyckel = models.UUIDField("nyckel", default=uuid.uuid4)
    anvandare = models.ForeignKey(Anvandare, on_delete=models.CASCADE, related_name="+")  # nothing of its own to keep
    lank = models.CharField("länk", max_length=300, blank=True, default="")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "inskickat formulär"
        verbose_name_plural = "inskickade formulär"
        constraints = [models.UniqueConstraint(name="inskickat_en_gang", fields=["anvandare", "nyckel"])]

    def __str__(self):
        return str(self.nyckel)
