"""A person's identity."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from sus.core.personnummer import TIDIGASTE_FODELSEAR


class Person(models.Model):
    """A person's identity, encrypted. Reached only through deltagare/identitet.py."""

    personuppgifter: ClassVar = {"uppslag", "personnummer", "namn", "fodelsear"}
    ovriga_falt: ClassVar = {"id", "logg_id"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    logg_id = models.UUIDField("id i loggen", default=uuid.uuid4, unique=True, editable=False)
    uppslag = models.BinaryField("uppslagsvärde", unique=True, max_length=32)
    personnummer = models.BinaryField("personnummer (krypterat)", max_length=200)
    namn = models.BinaryField("namn (krypterat)", max_length=1000)
    fodelsear = models.PositiveSmallIntegerField("födelseår")

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        constraints = [
            models.CheckConstraint(name="person_rimligt_fodelsear", condition=Q(fodelsear__gte=TIDIGASTE_FODELSEAR, fodelsear__lte=2200))
        ]

    def __str__(self):
        return str(self.id)
