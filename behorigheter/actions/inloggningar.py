"""Ending logins from another place than where they began."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse


@transaction.atomic
def avsluta_inloggningar(*, anvandare, inloggningar, by):
    """End those of the user's logins; whoever uses one of them must log in again. Returns how many they were."""
    pk = list(inloggningar.select_for_update(of=("self",)).values_list("pk", flat=True))
    inloggningar.model.objects.filter(pk__in=pk).delete()
    if pk:
        logga(Handelse.Typ.SESSION_AVSLUTAD, by=by, pa=anvandare, antal=len(pk))
    return len(pk)
