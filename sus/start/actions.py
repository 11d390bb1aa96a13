"""The first user of a new installation."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Behorighet, Handelse, om_tva_ar
from behorigheter.roller import Roll
from organisations.models import Organisation


@transaction.atomic
def skapa_fk_administrator(*, anvandarnamn, fornamn, efternamn, epost, personnummer, giltig_till, by):
    """An account without password and its behörighet, which holds for two years without `giltig_till`. Raises ValidationError."""
    fk = Organisation.objects.filter(typ=Organisation.Typ.FK).first()
    anvandare = Anvandare(anvandarnamn=anvandarnamn, fornamn=fornamn, efternamn=efternamn, epost=epost, arbetsgivare=fk)
    anvandare.set_unusable_password()
    if personnummer:
        anvandare.satt_personnummer(personnummer)
    anvandare.full_clean()
    anvandare.save()
    idag = timezone.localdate()
    if giltig_till and giltig_till < idag:
        raise ValidationError("Behörigheten kan inte sluta innan den börjar.")
    behorighet = Behorighet(
        anvandare=anvandare, roll=Roll.FK_ADMINISTRATOR, arbetsgivare=fk, giltig_fran=idag, giltig_till=giltig_till or om_tva_ar(idag)
    )
    behorighet.full_clean(exclude=["arbetsgivare"])
    behorighet.save()
    logga(Handelse.Typ.ANVANDARE_SKAPAD, by=by, pa=anvandare, roll=behorighet.roll.value, till=behorighet.giltig_till.isoformat())
    return anvandare
