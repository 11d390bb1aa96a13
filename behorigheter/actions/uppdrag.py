"""Giving and ending uppdrag: a role in a samverkansorganisation or an insats, with its trace in the log."""

from django.db import transaction
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse, Uppdrag
from behorigheter.models.behorighet import FORBUND, V34, V35
from behorigheter.roller import FAR_INTE_FORENAS, Roll
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott, krav_pa_ordning


@transaction.atomic
def ge_uppdrag(*, anvandare, objekt, roll, fran, till=None, hamtningar_per_timme=None, by):
    """Give a user a role in `objekt`: an insats for deltagaransvarig, otherwise a samverkansorganisation.

    `hamtningar_per_timme` (docs/regler.md 6.3): only for a deltagaransvarig; None is as everybody.

    Raises Regelbrott when the user holds no behörighet for the role, has the uppdrag already or may not have it. Nobody gives
    oneself anything. Two who give at the same time are stopped by the database.
    """
    if by and anvandare.pk == by.pk:
        raise Regelbrott("Du kan inte ge dig själv ett uppdrag. Be någon annan som får ge uppdraget.", falt="anvandare")
    falt = "insats" if roll == Roll.DELTAGARANSVARIG else "samverkansorganisation"
    krav_pa_ordning(fran, till)
    if falt == "samverkansorganisation" and objekt.ar_avslutad and not _far_ge_efter_slutet(by):
        raise Regelbrott(f"{objekt} är avslutad. Bara Försäkringskassan kan ge nya uppdrag där.")
    if not anvandare.behorigheter.giltiga().filter(roll=roll).exists():
        raise Regelbrott(f"{anvandare} har ingen gällande behörighet som {Roll(roll).label}.", falt="anvandare")
    if redan := _under_tiden(anvandare, fran, till).filter(roll=roll, **{falt: objekt}).order_by("fran").last():
        raise Regelbrott(f"{anvandare} har redan uppdraget{_tiden_som_ar_tagen(redan, fran)}.", falt="anvandare")
    _far_ha_rollen(anvandare, roll, fran, till)
    uppdrag = Uppdrag.objects.create(
        anvandare=anvandare, roll=roll, fran=fran, till=till, hamtningar_per_timme=hamtningar_per_timme, **{falt: objekt}
    )
    detaljer = {"roll": str(roll), "anvandare": anvandare.pk, "fran": str(fran), "till": str(till or "")}
    if hamtningar_per_timme is not None:
        detaljer["hamtningar_per_timme"] = hamtningar_per_timme
    logga(Handelse.Typ.UPPDRAG_GIVET, pa=objekt, by=by, **detaljer)
    return uppdrag


def _tiden_som_ar_tagen(redan, fran) -> str:
    """Nothing to choose when it began before and has no last day."""
    tid = f" från {datum(redan.fran)}" if redan.fran > fran else ""
    tid += f" till och med {datum(redan.till)}" if redan.till else ""
    val = [*(["en tidigare sista dag"] if redan.fran > fran else []), *(["en senare första dag"] if redan.till else [])]
    return f"{tid}. Välj {' eller '.join(val)}" if val else ""


def _far_ge_efter_slutet(by):
    """Somebody must be able to register utfall when those who could have left; the system (None) loads what has been."""
    return by is None or Roll.FK_ADMINISTRATOR in by.gallande_roller


@transaction.atomic
def ge_flera_uppdrag(*, anvandare, platser, roll, fran, till=None, hamtningar_per_timme=None, by):
    """Give a user the same role in several samverkansorganisationer or insatser: one uppdrag each, all or none."""
    lika = {"anvandare": anvandare, "roll": roll, "fran": fran, "till": till, "hamtningar_per_timme": hamtningar_per_timme}
    return [ge_uppdrag(objekt=plats, **lika, by=by) for plats in platser]


def _under_tiden(anvandare, fran, till):
    """The user's uppdrag that hold on any day of the period."""
    uppdrag = anvandare.uppdrag.inte_avslutade(fran)
    return uppdrag.filter(fran__lte=till) if till else uppdrag


def _far_ha_rollen(anvandare, roll, fran, till):
    """V34 and V35 (docs/regler.md 9.2)."""
    hinder = _under_tiden(anvandare, fran, till).filter(roll__in=FAR_INTE_FORENAS.get(roll, [])).first()
    if hinder:
        raise Regelbrott(
            f"{V34} {anvandare} har redan uppdrag som {hinder.get_roll_display()}.",
            falt="anvandare",
        )
    if roll == Roll.DELTAGARANSVARIG and anvandare.arbetsgivare and anvandare.arbetsgivare.typ == FORBUND:
        raise Regelbrott(V35, falt="anvandare")


@transaction.atomic
def avsluta_uppdrag(*, uppdrag, till, by):
    """End an uppdrag; `till` is its last day. Raises Regelbrott when it has already ended or begins after that day."""
    uppdrag = _last(uppdrag)
    if till < uppdrag.fran:
        raise Regelbrott(f"Sista dagen kan inte vara före uppdragets första dag, {uppdrag.fran}.", falt="till")
    if uppdrag.till and till > uppdrag.till:
        raise Regelbrott(f"Uppdraget slutar redan {uppdrag.till}. Ge ett nytt uppdrag om det ska gälla längre.", falt="till")
    uppdrag.till = till
    uppdrag.save(update_fields=["till"])
    _logga_slutet(uppdrag, by, till=str(till))
    return uppdrag


@transaction.atomic
def aterkalla_uppdrag(*, uppdrag, by):
    """End an uppdrag at once, also one that has not begun. Raises Regelbrott when it has already ended."""
    uppdrag = _last(uppdrag)
    uppdrag.aterkallat = timezone.now()
    uppdrag.save(update_fields=["aterkallat"])
    _logga_slutet(uppdrag, by, till="genast")
    return uppdrag


@transaction.atomic
def andra_hamtningar(*, uppdrag, hamtningar_per_timme, by):
    """Let a deltagaransvarig ask for more or fewer persons in an hour; None is as everybody. Raises Regelbrott when it has ended."""
    uppdrag = _last(uppdrag)
    fore, uppdrag.hamtningar_per_timme = uppdrag.hamtningar_per_timme, hamtningar_per_timme
    if fore == hamtningar_per_timme:
        return uppdrag
    uppdrag.save(update_fields=["hamtningar_per_timme"])
    logga(
        Handelse.Typ.UPPDRAG_ANDRAT,
        pa=uppdrag.plats,
        by=by,
        roll=uppdrag.roll,
        anvandare=uppdrag.anvandare_id,
        fore=fore,
        hamtningar_per_timme=hamtningar_per_timme,
    )
    return uppdrag


def _last(uppdrag):
    uppdrag = Uppdrag.objects.select_for_update(of=("self",)).get(pk=uppdrag.pk)
    if uppdrag.ar_avslutat:
        raise Regelbrott("Uppdraget är redan avslutat.")
    return uppdrag


def _logga_slutet(uppdrag, by, till):
    logga(Handelse.Typ.UPPDRAG_AVSLUTAT, pa=uppdrag.plats, by=by, roll=uppdrag.roll, anvandare=uppdrag.anvandare_id, till=till)


def utan_deltagaransvarig_efter(uppdrag, sista_dag) -> list[str]:
    """Names of the insatser that would be left without any deltagaransvarig when these uppdrag end after the day, or at once."""
    tomma = uppdrag.som_lamnar_insatsen_tom(sista_dag or timezone.localdate())
    return list(dict.fromkeys(tomma.order_by("insats").values_list("insats__namn", flat=True)))
