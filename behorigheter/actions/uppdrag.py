"""Giving and ending uppdrag: a role in a samverkansorganisation or an insats, with its trace in the log."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse, Uppdrag
from behorigheter.roller import Roll
from sus.core.regelbrott import Regelbrott

# docs/regler.md 9.2: the bar is on the person, across all organisations.
FAR_INTE_FORENAS = {
    Roll.SAMVERKANSADMINISTRATOR: Roll.DELTAGARANSVARIG,
    Roll.DELTAGARANSVARIG: Roll.SAMVERKANSADMINISTRATOR,
}


@transaction.atomic
def ge_uppdrag(*, anvandare, objekt, roll, fran, till=None, by):
    """Give a user a role in `objekt`: an insats for deltagaransvarig, otherwise a samverkansorganisation.

    Raises Regelbrott when the user holds no behörighet for the role, has the uppdrag already or may not have it. Nobody gives
    oneself anything.
    """
    anvandare = Anvandare.objects.select_for_update(of=("self",)).get(pk=anvandare.pk)
    if by and anvandare.pk == by.pk:
        raise Regelbrott("Du kan inte ge dig själv ett uppdrag. Be någon annan som får ge uppdraget.", falt="anvandare")
    falt = "insats" if roll == Roll.DELTAGARANSVARIG else "samverkansorganisation"
    if till and till < fran:
        raise Regelbrott("Sista dagen kan inte vara före första dagen.", falt="till")
    if roll not in anvandare.gallande_roller:
        raise Regelbrott(f"{anvandare} har ingen gällande behörighet som {Roll(roll).label}.", falt="anvandare")
    if _gallande(anvandare, fran, till).filter(roll=roll, **{falt: objekt}).exists():
        raise Regelbrott(f"{anvandare} har redan uppdraget.", falt="anvandare")
    _far_ha_rollen(anvandare, roll)
    uppdrag = Uppdrag.objects.create(anvandare=anvandare, roll=roll, fran=fran, till=till, **{falt: objekt})
    logga(Handelse.Typ.UPPDRAG_GIVET, pa=objekt, by=by, roll=str(roll), anvandare=anvandare.pk, fran=str(fran), till=str(till or ""))
    return uppdrag


def _gallande(anvandare, fran, till):
    """The user's uppdrag that hold on any day of the period."""
    uppdrag = anvandare.uppdrag.filter(Q(till=None) | Q(till__gte=fran))
    return uppdrag.filter(fran__lte=till) if till else uppdrag


def _far_ha_rollen(anvandare, roll):
    """V34 and V35 (docs/regler.md 9.2)."""
    hinder = FAR_INTE_FORENAS.get(roll)
    if hinder and _gallande(anvandare, timezone.localdate(), None).filter(roll=hinder).exists():
        raise Regelbrott("Samverkansadministratör kan inte kombineras med deltagaransvarig.", falt="anvandare")
    if roll == Roll.DELTAGARANSVARIG and anvandare.arbetsgivare and anvandare.arbetsgivare.typ == "samordningsforbund":
        raise Regelbrott("Anställd på samordningsförbund kan inte vara deltagaransvarig.", falt="anvandare")


@transaction.atomic
def avsluta_uppdrag(*, uppdrag, till, by):
    """End an uppdrag; `till` is its last day. Raises Regelbrott when it has already ended or begins after that day."""
    uppdrag = Uppdrag.objects.select_for_update(of=("self",)).get(pk=uppdrag.pk)
    if uppdrag.till and uppdrag.till < timezone.localdate():
        raise Regelbrott("Uppdraget är redan avslutat.")
    if till < uppdrag.fran:
        raise Regelbrott(f"Sista dagen kan inte vara före uppdragets första dag, {uppdrag.fran}.", falt="till")
    if uppdrag.till and till > uppdrag.till:
        raise Regelbrott(f"Uppdraget slutar redan {uppdrag.till}. Ge ett nytt uppdrag om det ska gälla längre.", falt="till")
    uppdrag.till = till
    uppdrag.save(update_fields=["till"])
    pa = uppdrag.insats or uppdrag.samverkansorganisation
    logga(Handelse.Typ.UPPDRAG_AVSLUTAT, pa=pa, by=by, roll=uppdrag.roll, anvandare=uppdrag.anvandare_id, till=str(till))
    return uppdrag
