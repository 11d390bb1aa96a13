"""Changes of the count of anonyma (docs/regler.md 6.7)."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from deltagare.regler import V33
from insatser.models import Insats
from sus.core.regelbrott import Regelbrott

V32 = "Antalet som tas bort kan inte vara större än det registrerade antalet."


@transaction.atomic
def andra_anonyma(*, insats, ar, kvinnor, man, by):
    """Add to the year's counts of anonyma; a negative number takes away.

    Raises Regelbrott when a sum would fall below zero (V32) and for a volyminsats (V33).
    """
    insats = Insats.objects.select_for_update(of=("self",)).get(pk=insats.pk)
    if insats.ar_volyminsats:
        raise Regelbrott(V33)
    summor = AnonymPost.objects.filter(insats=insats).anonyma().summor().get(ar, {})
    for kon, andring, falt in ((Kon.KVINNA, kvinnor, "kvinnor"), (Kon.MAN, man, "man")):
        if not andring:
            continue
        if summor.get(kon, 0) + andring < 0:
            raise Regelbrott(V32, falt=falt)
        AnonymPost.objects.create(insats=insats, ar=ar, kon=kon, slag=AnonymPost.Slag.ANONYM, antal=andring, av=by)
    logga(Handelse.Typ.ANONYMA_ANDRADE, pa=insats, by=by, ar=ar, kvinnor=kvinnor, man=man)
