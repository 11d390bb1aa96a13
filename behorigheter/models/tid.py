"""Periods, in constraints and in Python."""

from datetime import date

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


def om_tva_ar(dag: date) -> date:
    """The last day a behörighet may have that begins on the day (docs/regler.md 9.3); 29 February gives 28."""
    return dag.replace(year=dag.year + 2, day=min(dag.day, 28) if dag.month == 2 else dag.day)
