"""Changes of the register of målgrupper. A målgrupp is never removed: it is ended, and the insatser that have it keep it."""

from django.db import transaction
from django.utils.text import slugify

from behorigheter.logg import logga
from behorigheter.models import Handelse
from insatser.models import Malgrupp
from organisations.actions.register import skriv_om
from sus.core.regelbrott import Regelbrott, krav_pa_ordning

KODENS_LANGD = 40


@transaction.atomic
def registrera_malgrupp(*, namn, giltig_fran, giltig_till, efter, by):
    """A new målgrupp after the one with the code `efter`, or first. Its own code is made of the name, once."""
    rader = _las()
    krav_pa_ordning(giltig_fran, giltig_till, falt="giltig_till")
    malgrupp = Malgrupp(kod=_ledig_kod(namn, rader), namn=namn, ordning=0, giltig_fran=giltig_fran, giltig_till=giltig_till)
    _stall_i_ordning(rader, malgrupp, efter)
    malgrupp.save(force_insert=True)
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=malgrupp, by=by, tillagda=[namn])
    return malgrupp


@transaction.atomic
def andra_malgrupp(*, malgrupp, namn, giltig_till, efter, by):
    """Change its name, its last day or its place in the list. Raises Regelbrott for a last day of Ej tillämpliga målgrupper."""
    rader = _las()
    rad = next(rad for rad in rader if rad.pk == malgrupp.pk)
    if giltig_till and rad.pk == Malgrupp.EJ_TILLAMPLIGA:
        raise Regelbrott(f"{rad} kan inte avslutas. SUS behöver den för insatser utan målgrupp.", falt="giltig_till")
    krav_pa_ordning(rad.giltig_fran, giltig_till, falt="giltig_till")
    fore = rad.ordning
    _stall_i_ordning(rader, rad, efter)
    ny_ordning, rad.ordning = rad.ordning, fore
    skriv_om(rad, {"namn": namn, "giltig_till": giltig_till, "ordning": ny_ordning}, by)
    return rad


def foregaende(malgrupp) -> str:
    """The code of the målgrupp before it in the list, or nothing for the first."""
    fore = Malgrupp.objects.filter(ordning__lt=malgrupp.ordning).order_by("-ordning").first()
    return fore.pk if fore else ""


def _las():
    """All of them, in order: the place of one concerns all. Read anew when they are locked, to see what was added during the wait."""
    list(Malgrupp.objects.select_for_update(of=("self",)).order_by("pk"))
    return list(Malgrupp.objects.order_by("ordning", "pk"))


def _ledig_kod(namn, rader):
    grund = slugify(namn).replace("-", "_")[: KODENS_LANGD - 3] or "malgrupp"
    upptagna = {rad.pk for rad in rader}
    return next(kod for kod in (grund, *(f"{grund}_{nr}" for nr in range(2, 100))) if kod not in upptagna)


def _stall_i_ordning(rader, malgrupp, efter):
    """Number all from 1 with the målgrupp in its place; the others are saved, the målgrupp itself by the caller."""
    ovriga = [rad for rad in rader if rad.pk != malgrupp.pk]
    plats = next((nr for nr, rad in enumerate(ovriga, start=1) if rad.pk == efter), 0)
    for nr, rad in enumerate([*ovriga[:plats], malgrupp, *ovriga[plats:]], start=1):
        flyttad, rad.ordning = rad.ordning != nr, nr
        if flyttad and rad is not malgrupp:
            rad.save(update_fields=["ordning"])
