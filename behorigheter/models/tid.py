"""Periods in constraints."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func


class DateRange(Func):
    """PostgreSQL's daterange(from, to, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


class TvaAr(Func):
    """Two years after a date (docs/regler.md 9.3)."""

    template = "(%(expressions)s + interval '2 years')::date"
    output_field = models.DateField()
