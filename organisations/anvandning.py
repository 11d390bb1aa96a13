"""Where the stadsdelar of the register are used."""

from django.db.models import Count

from organisations.models import Omrade


def omraden_per_stadsdel() -> dict[int, int]:
    """{stadsdel: how many samverkansorganisationer work in it}; one that nobody works in is not there."""
    rader = Omrade.objects.exclude(stadsdel=None).order_by().values("stadsdel")
    return {rad["stadsdel"]: rad["antal"] for rad in rader.annotate(antal=Count("pk"))}
