"""Anonyma count in their own year only: which insatser have some who may go on (docs/regler.md 6.7)."""

from datetime import date

from django.db.models import Q, Sum

from deltagare.models import AnonymPost


def att_fora_over(insatser, ar: int):
    """Insatser that go on in the year, had anonyma the year before, and have had none registered since."""
    poster = AnonymPost.objects.anonyma().order_by().values("insats")
    hade = poster.filter(ar=ar - 1).annotate(summa=Sum("antal")).filter(summa__gt=0).values("insats")
    pagar = Q(slutdatum=None) | Q(slutdatum__gte=date(ar, 1, 1))
    return insatser.filter(pagar, pk__in=hade).exclude(pk__in=poster.filter(ar=ar).values("insats"))
