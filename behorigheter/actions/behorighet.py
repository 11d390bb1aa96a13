"""Issuing and revoking a behörighet (docs/regler.md 9.2, 9.3)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.mejl import skicka
from behorigheter.models import Anvandare, Behorighet, Handelse
from behorigheter.models.behorighet import V34_OCH_BESTALLARE
from behorigheter.roller import FAR_INTE_FORENAS, Roll
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott


@transaction.atomic
def ge_behorighet(*, anvandare, roll, fran, till, bestallning=None, by):
    """The user's behörighet in the role at the employer, from the day or from today, whichever is later.

    One that holds already is left to its last day, and the new one begins the day after. One that has not begun gives way.
    Returns None when the user has the role for the whole period already. Raises Regelbrott for roles that one person may
    not have together: two who give at the same time wait for each other, and the database stops whatever else would meet.
    """
    anvandare = Anvandare.objects.select_for_update(of=("self",)).select_related("arbetsgivare").get(pk=anvandare.pk)
    idag = timezone.localdate()
    egna = anvandare.behorigheter.filter(roll=roll, aterkallad=None)
    pagar = egna.filter(giltig_fran__lte=idag, giltig_till__gte=idag).first()
    fran = max(fran, idag, pagar.giltig_till + timedelta(days=1) if pagar else idag)
    if fran > till:
        return None
    ska_kunna_forenas(anvandare, [roll], fran, till)
    kortade = _ge_plats(egna.filter(giltig_fran__gt=idag, giltig_fran__lte=till, giltig_till__gte=fran), fran, by)
    behorighet = Behorighet.objects.create(
        anvandare=anvandare,
        roll=roll,
        arbetsgivare=anvandare.arbetsgivare,
        giltig_fran=fran,
        giltig_till=till,
        bestallning=bestallning,
        bestalld_av=bestallning.signerad_av if bestallning else None,
        utfardad_av=by,
    )
    logga(
        Handelse.Typ.BEHORIGHET_UTFARDAD,
        pa=behorighet,
        by=by,
        anvandare=anvandare.pk,
        roll=str(roll),
        fran=str(fran),
        till=str(till),
        **({"kortade": kortade} if kortade else {}),
    )
    return behorighet


def ska_kunna_forenas(anvandare, roller, fran, till):
    """Raises Regelbrott when the user holds a role during the period that one person may not have together with these."""
    for roll in roller:
        hinder = anvandare.behorigheter.filter(
            roll__in=FAR_INTE_FORENAS.get(roll, ()), aterkallad=None, giltig_fran__lte=till, giltig_till__gte=fran
        ).first()
        if hinder:
            har = f"{anvandare} har behörighet som {hinder.get_roll_display()} till och med {datum(hinder.giltig_till)}."
            raise Regelbrott(f"{har} {V34_OCH_BESTALLARE}", falt="roller")


def _ge_plats(framtida, fran, by):
    """Behörigheter that have not begun end before the new one, or are taken back when nothing would be left of them.

    Returns, in words, those that end earlier than before, with their new last day.
    """
    kortade = []
    for rad in framtida:
        if rad.giltig_fran >= fran:
            _ta_tillbaka(rad, by)
            continue
        rad.giltig_till = fran - timedelta(days=1)
        rad.save(update_fields=["giltig_till"])
        kortade.append(f"{rad.get_roll_display()} till och med {rad.giltig_till}")
    return kortade


def _ta_tillbaka(behorighet, by):
    behorighet.aterkallad = timezone.now()
    behorighet.aterkallad_av = by
    behorighet.save(update_fields=["aterkallad", "aterkallad_av"])
    logga(Handelse.Typ.BEHORIGHET_ATERKALLAD, pa=behorighet, by=by, anvandare=behorighet.anvandare_id, roll=str(behorighet.roll))


@transaction.atomic
def aterkalla_behorighet(*, behorighet, by):
    """Revoke at once, also one that has not begun: the person's next request has it no more. Never one's own."""
    behorighet = Behorighet.objects.select_for_update(of=("self",)).get(pk=behorighet.pk)
    if behorighet.anvandare_id == by.pk:
        raise Regelbrott("Du kan inte återkalla din egen behörighet. Be någon annan som får göra det.")
    if behorighet.aterkallad:
        raise Regelbrott("Behörigheten är redan återkallad.")
    if behorighet.giltig_till < timezone.localdate():
        raise Regelbrott(f"Behörigheten slutade gälla {datum(behorighet.giltig_till)}.")
    _ta_tillbaka(behorighet, by)
    skicka(
        "behorigheter/mejl_aterkallad.txt",
        amne="Din behörighet i SUS är återkallad",
        till=[behorighet.anvandare.epost],
        behorighet=behorighet,
        roll=Roll(behorighet.roll).label,
        av=by,
    )
    return behorighet
