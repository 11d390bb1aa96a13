"""The registers that Försäkringskassan keeps: organisations and stadsdelar. A row is never removed: it is made inactive, or ended."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.models import Organisation, Stadsdel
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott, krav_pa_ordning


@transaction.atomic
def registrera_organisation(*, uppgifter, by):
    organisation = Organisation.objects.create(**uppgifter)
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=organisation, by=by, tillagda=[str(organisation)])
    return organisation


@transaction.atomic
def andra_organisation(*, organisation, uppgifter, by):
    """Change its name, number or place, or make it inactive: then it cannot be chosen any more, but stays where it is."""
    rad = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    skriv_om(rad, uppgifter, by)
    return rad


@transaction.atomic
def registrera_stadsdel(*, uppgifter, by):
    """Raises Regelbrott when the kommun has a stadsdel of that name already during some part of the time."""
    _las_kommunens(uppgifter["kommun"])
    stadsdel = Stadsdel(**uppgifter)
    _krav_pa_perioden(stadsdel, stadsdel.giltig_till, fel_vid="giltig_fran")
    stadsdel.save()
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=stadsdel, by=by, tillagda=[stadsdel.i_ord])
    return stadsdel


@transaction.atomic
def avsluta_stadsdel(*, stadsdel, giltig_till, nytt_namn="", by):
    """Set its last day; None takes it back. What is stored is never rewritten: a new name is a new stadsdel from the day after."""
    _las_kommunens(stadsdel.kommun)
    rad = Stadsdel.objects.select_for_update(of=("self",)).get(pk=stadsdel.pk)
    if nytt_namn and giltig_till is None:
        raise Regelbrott("Ange sista dagen med det gamla namnet.", falt="giltig_till")
    _krav_pa_perioden(rad, giltig_till, fel_vid="giltig_till")
    skriv_om(rad, {"giltig_till": giltig_till}, by)
    if nytt_namn:
        uppgifter = {"kommun": rad.kommun, "namn": nytt_namn, "giltig_fran": giltig_till + timedelta(days=1)}
        registrera_stadsdel(uppgifter=uppgifter, by=by)
    return rad


def skriv_om(rad, uppgifter, by) -> bool:
    """Set what differs on a locked row of a register. The log keeps the values before and after: a register has no other history."""
    fore = {falt: getattr(rad, falt) for falt, varde in uppgifter.items() if getattr(rad, falt) != varde}
    if not fore:
        return False
    for falt in fore:
        setattr(rad, falt, uppgifter[falt])
    rad.save(update_fields=list(fore))
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=rad, by=by, falt=list(fore), fore=_i_ord(fore), efter=_i_ord({f: uppgifter[f] for f in fore}))
    return True


def _i_ord(varden):
    return {falt: varde if isinstance(varde, bool | int) else str(varde or "") for falt, varde in varden.items()}


def _las_kommunens(kommun):
    """Whoever changes the stadsdelar of the kommun meanwhile waits, so that two periods cannot be made to overlap at once."""
    list(Stadsdel.objects.select_for_update(of=("self",)).filter(kommun=kommun).order_by("pk"))


def _krav_pa_perioden(stadsdel, till, fel_vid):
    fran = stadsdel.giltig_fran
    krav_pa_ordning(fran, till, falt="giltig_till")
    samma = Stadsdel.objects.filter(kommun=stadsdel.kommun, namn__iexact=stadsdel.namn).exclude(pk=stadsdel.pk)
    if till:
        samma = samma.filter(giltig_fran__lte=till)
    krock = samma.filter(Q(giltig_till=None) | Q(giltig_till__gte=fran)).first()
    if krock:
        slut = f"till och med {datum(krock.giltig_till)}" if krock.giltig_till else "tills vidare"
        raise Regelbrott(f"{krock.i_ord} finns redan från och med {datum(krock.giltig_fran)} {slut}. Välj en annan tid.", falt=fel_vid)
