"""When somebody leaves an employer: behörigheter and uppdrag end in one step (docs/regler.md 9.3)."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Bestallning, Handelse
from sus.core.regelbrott import Regelbrott


@transaction.atomic
def avsluta_anstallning(*, anvandare, sista_dag=None, ny_arbetsgivare=None, by):
    """End everything that a user holds: at once without `sista_dag`, otherwise after that day.

    At once the user also leaves the employer, for `ny_arbetsgivare` if one is named. Nothing valid follows along: the new
    employer orders anew. Orders that wait are withdrawn. Raises Regelbrott for oneself, for a day that has passed and for
    a new employer before the person has left the old one.
    """
    anvandare = Anvandare.objects.select_for_update(of=("self",)).get(pk=anvandare.pk)
    _far_avslutas(anvandare, sista_dag, ny_arbetsgivare, by)
    fore = anvandare.arbetsgivare_id
    behorigheter = _avsluta_behorigheter(anvandare, sista_dag, by)
    uppdrag = _avsluta_uppdrag(anvandare, sista_dag)
    bestallningar = _aterta_bestallningar(anvandare, by)
    if sista_dag is None:
        anvandare.arbetsgivare = ny_arbetsgivare
        anvandare.save(update_fields=["arbetsgivare"])
    logga(
        Handelse.Typ.ANSTALLNING_AVSLUTAD,
        pa=anvandare,
        by=by,
        arbetsgivare=fore,
        ny_arbetsgivare=ny_arbetsgivare.pk if ny_arbetsgivare else None,
        sista_dag=str(sista_dag or "genast"),
        behorigheter=behorigheter,
        uppdrag=uppdrag,
        bestallningar=bestallningar,
    )
    return anvandare


def _far_avslutas(anvandare, sista_dag, ny_arbetsgivare, by):
    if by and anvandare.pk == by.pk:
        raise Regelbrott("Du kan inte avsluta dina egna behörigheter och uppdrag. Be en annan beställare eller utfärdaren.")
    if sista_dag and sista_dag < timezone.localdate():
        raise Regelbrott("Sista dagen har redan passerat. Välj att avsluta genast.", falt="till")
    if sista_dag and ny_arbetsgivare:
        raise Regelbrott("Byt arbetsgivare när den sista dagen har passerat, eller avsluta genast.", falt="ny_arbetsgivare")
    if ny_arbetsgivare and ny_arbetsgivare.pk == anvandare.arbetsgivare_id:
        raise Regelbrott(f"{anvandare} är redan anställd hos {ny_arbetsgivare}.", falt="ny_arbetsgivare")


def _avsluta_behorigheter(anvandare, sista_dag, by):
    """Keys of the behörigheter that end. One that would begin later is taken back."""
    andrade = []
    for rad in anvandare.behorigheter.inte_avslutade(timezone.localdate()).order_by("pk"):
        if sista_dag is None or rad.giltig_fran > sista_dag:
            rad.aterkallad, rad.aterkallad_av = timezone.now(), by
        elif rad.giltig_till > sista_dag:
            rad.giltig_till = sista_dag
        else:
            continue
        rad.save(update_fields=["aterkallad", "aterkallad_av", "giltig_till"])
        andrade.append(rad.pk)
    return andrade


def _avsluta_uppdrag(anvandare, sista_dag):
    andrade = []
    for rad in anvandare.uppdrag.inte_avslutade().order_by("pk"):
        if sista_dag is None or rad.fran > sista_dag:
            rad.aterkallat = timezone.now()
        elif rad.till is None or rad.till > sista_dag:
            rad.till = sista_dag
        else:
            continue
        rad.save(update_fields=["aterkallat", "till"])
        andrade.append(rad.pk)
    return andrade


def _aterta_bestallningar(anvandare, by):
    """Withdraw the employer's orders for the person that nobody has decided yet."""
    rader = Bestallning.objects.om_personen(anvandare).vantande().filter(organisation=anvandare.arbetsgivare_id)
    andrade = sorted(rader.values_list("pk", flat=True))
    Bestallning.objects.filter(pk__in=andrade).update(
        status=Bestallning.Status.ATERTAGEN, version=F("version") + 1, andrad_tid=timezone.now(), andrad_av=by
    )
    return andrade
