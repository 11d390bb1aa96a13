"""The budget of a samverkansorganisation, one year at a time."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.models import AdministrativKostnad, Budgetandring, Finansiering, Samverkansorganisation
from sus.core.regelbrott import Regelbrott


@transaction.atomic
def spara_budget(*, samverkansorganisation, ar, finansieringar, kostnader, by, skal="", forklaring=""):
    """Make the year's rows the given ones (unsaved Finansiering and AdministrativKostnad). The same rows again change nothing.

    Every changed amount is kept in the history with `skal`; that of eget kapital with `forklaring` when there is one.
    Raises Regelbrott for a year outside the samverkansorganisation's time (V02), a financier without that role (V09), and
    administrative costs outside Finsam.
    """
    rad = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    krav_pa_ar(rad, ar)
    if kostnader and not rad.ar_finsam:
        raise Regelbrott("Administrativa kostnader finns bara i Finsam.")
    for finansiering in finansieringar:
        finansiering.kontrollera()
    budgetar = rad.budgetar.select_for_update(of=("self",)).filter(ar=ar).first() or rad.budgetar.create(ar=ar, version=0)
    andrat = [
        *_ersatt(
            budgetar.finansieringar.select_related("part__organisation"), finansieringar, budgetar, ("part_id", "beskrivning"), ("belopp",)
        ),
        *_ersatt(budgetar.administrativa_kostnader, kostnader, budgetar, ("kostnadstyp",), ("budget", "utfall")),
    ]
    if andrat or budgetar.version == 0:
        budgetar.ny_version(by)
        budgetar.save()
        logga(Handelse.Typ.BUDGET_ANDRAD, pa=budgetar, by=by, ar=ar, rader=[_i_loggen(*andring) for andring in andrat])
        Budgetandring.objects.bulk_create(reversed([*_andringar(budgetar, andrat, by, skal, forklaring)]))
    return budgetar


def krav_pa_ar(samverkansorganisation, ar):
    """V02: from the year of the start to next year, and not after the year of the end."""
    if ar < samverkansorganisation.startdatum.year:
        raise Regelbrott(samverkansorganisation.fore_start, falt="ar")
    if ar not in samverkansorganisation.budgetar_att_valja():
        raise Regelbrott(f"Budget kan inte registreras för {ar}.", falt="ar")


def _ersatt(sparade, nya, budgetar, nyckelfalt, vardefalt):
    """Change, add and remove rows so that they become the new ones.

    Returns (row, {amount: before}, {amount: after}) of each that differs; empty is no row.
    """

    def nyckel(rad):
        return tuple(getattr(rad, falt) for falt in nyckelfalt)

    def varden(rad):
        return {falt: getattr(rad, falt) for falt in vardefalt} if rad else {}

    finns = {nyckel(rad): rad for rad in sparade.all()}
    andrat = []
    for rad in nya:
        gammal = finns.pop(nyckel(rad), None)
        if varden(gammal) == varden(rad):
            continue
        andrat.append((rad, varden(gammal), varden(rad)))
        rad.pk, rad.budgetar = gammal and gammal.pk, budgetar
        rad.save()
    for rad in finns.values():
        andrat.append((rad, varden(rad), {}))
        rad.delete()
    return andrat


def _andringar(budgetar, andrat, by, skal, forklaring):
    """The history of every amount that differs, unsaved."""
    for rad, fore, efter in andrat:
        varfor = forklaring if forklaring and isinstance(rad, Finansiering) and rad.ar_eget_kapital else skal
        for falt in fore | efter:
            belopp = {"fore": fore.get(falt), "efter": efter.get(falt)}
            if belopp["fore"] != belopp["efter"]:
                yield Budgetandring(budgetar=budgetar, rad=_i_historiken(rad), falt=falt, skal=varfor, av=by, **belopp)


def _i_historiken(rad):
    """The row in the words of the page, as long as the history has room for."""
    text = f"Administrativ kostnad: {rad.get_kostnadstyp_display()}" if isinstance(rad, AdministrativKostnad) else _i_ord(rad)
    return text[: Budgetandring._meta.get_field("rad").max_length]


def _i_loggen(rad, fore, efter):
    return [_i_ord(rad), *(list(varden.values()) or None for varden in (fore, efter))]


def _i_ord(rad):
    if isinstance(rad, AdministrativKostnad):
        return rad.kostnadstyp
    return f"{rad.part}: {rad.beskrivning}" if rad.beskrivning else str(rad.part)


@transaction.atomic
def satt_finansiering(*, samverkansorganisation, ar, finansiering, by):
    """Set the amount of one row and leave the year's other rows as they are."""
    _las(samverkansorganisation)
    nyckel = (finansiering.part_id, finansiering.beskrivning)
    ovriga = [rad for rad in _finansieringar(samverkansorganisation, ar) if (rad.part_id, rad.beskrivning) != nyckel]
    return spara_budget(
        samverkansorganisation=samverkansorganisation,
        ar=ar,
        finansieringar=[*ovriga, finansiering],
        kostnader=_kostnader(samverkansorganisation, ar),
        by=by,
    )


@transaction.atomic
def satt_administrativ_kostnad(*, samverkansorganisation, ar, kostnad, by):
    """Set budget and utfall of one kostnadstyp and leave the year's other rows as they are."""
    _las(samverkansorganisation)
    ovriga = [rad for rad in _kostnader(samverkansorganisation, ar) if rad.kostnadstyp != kostnad.kostnadstyp]
    return spara_budget(
        samverkansorganisation=samverkansorganisation,
        ar=ar,
        finansieringar=_finansieringar(samverkansorganisation, ar),
        kostnader=[*ovriga, kostnad],
        by=by,
    )


def _las(samverkansorganisation):
    """Before the year's rows are read: nobody else changes them meanwhile."""
    Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)


def _finansieringar(samverkansorganisation, ar):
    rader = Finansiering.objects.filter(budgetar__samverkansorganisation=samverkansorganisation, budgetar__ar=ar)
    return list(rader.select_related("part__organisation"))


def _kostnader(samverkansorganisation, ar):
    return list(AdministrativKostnad.objects.filter(budgetar__samverkansorganisation=samverkansorganisation, budgetar__ar=ar))
