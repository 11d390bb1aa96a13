"""Ending logins from another place than where they began, and letting a user begin again with what one logs in by."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from sus.core.regelbrott import Regelbrott


@transaction.atomic
def avsluta_inloggningar(*, anvandare, inloggningar, by):
    """End those of the user's logins; whoever uses one of them must log in again. Returns how many they were."""
    pk = list(inloggningar.select_for_update(of=("self",)).values_list("pk", flat=True))
    inloggningar.model.objects.filter(pk__in=pk).delete()
    if pk:
        logga(Handelse.Typ.SESSION_AVSLUTAD, by=by, pa=anvandare, antal=len(pk))
    return len(pk)


@transaction.atomic
def losgor_inloggning(*, anvandare, by):
    """The next login by e-legitimation with the user's personnummer is bound instead. Raises Regelbrott for who is not bound to any."""
    rad = Anvandare.objects.select_for_update(of=("self",)).get(pk=anvandare.pk)
    if not rad.amne:
        raise Regelbrott(f"{rad} är inte knuten till någon inloggning.")
    rad.utgivare = rad.amne = ""
    rad.save(update_fields=["utgivare", "amne"])
    logga(Handelse.Typ.ANVANDARE_ANDRAD, by=by, pa=rad, falt=["utgivare", "amne"])


@transaction.atomic
def ta_bort_andra_faktorer(*, anvandare, by):
    """End the user's logins; the next one by password asks for a new second factor. Raises Regelbrott for who has none."""
    rad = Anvandare.objects.select_for_update(of=("self",)).get(pk=anvandare.pk)
    antal, _ = rad.authenticator_set.all().delete()
    if not antal:
        raise Regelbrott(f"{rad} har ingen andra faktor.")
    avsluta_inloggningar(anvandare=rad, inloggningar=rad.sessioner.all(), by=by)
    logga(Handelse.Typ.ANDRA_FAKTOR_BORTTAGEN, by=by, pa=rad, antal=antal)
