"""Behörighetsöverenskommelser between Försäkringskassan and an authority (docs/regler.md 9.4)."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse, Overenskommelse
from behorigheter.models.bestallning import FK
from sus.core.regelbrott import Regelbrott, krav_pa_ordning


@transaction.atomic
def registrera_overenskommelse(*, organisation, fran, till, referens, by):
    """Raises Regelbrott when it ends before it begins. Two at the same time are stopped by the database."""
    krav_pa_ordning(fran, till)
    overenskommelse = Overenskommelse.objects.create(organisation=organisation, fran=fran, till=till, referens=referens)
    logga(
        Handelse.Typ.OVERENSKOMMELSE_SKAPAD,
        pa=overenskommelse,
        by=by,
        organisation=organisation.pk,
        fran=str(fran),
        till=str(till or ""),
    )
    return overenskommelse


@transaction.atomic
def andra_overenskommelse(*, overenskommelse, fran, till, referens, by):
    """Change the period or the reference; a last day ends it. Försäkringskassan's own always holds: SUS is theirs."""
    rad = Overenskommelse.objects.select_for_update(of=("self",)).get(pk=overenskommelse.pk)
    uppgifter = {"fran": fran, "till": till, "referens": referens}
    andrade = [falt for falt, varde in uppgifter.items() if getattr(rad, falt) != varde]
    if not andrade:
        return rad
    if rad.organisation.typ == FK and {"fran", "till"} & set(andrade):
        raise Regelbrott("Försäkringskassan äger SUS. Dess egen överenskommelse gäller alltid.", falt=andrade[0])
    krav_pa_ordning(fran, till)
    for falt in andrade:
        setattr(rad, falt, uppgifter[falt])
    rad.ny_version(by)
    rad.save()
    logga(Handelse.Typ.OVERENSKOMMELSE_ANDRAD, pa=rad, by=by, falt=andrade, fran=str(fran), till=str(till or ""))
    return rad
