"""Changes of insatser, their budgets and volym: locked, checked and logged."""

from django.db import transaction
from django.db.models import Q, Sum

from behorigheter.actions.uppdrag import aterkalla_uppdrag
from behorigheter.lagen import anonyma_per_ar, deltaganden_utanfor, har_deltaganden
from behorigheter.logg import logga
from behorigheter.models import Handelse
from insatser.models import Insats, InsatsAr, InsatsBudget, InsatsBudgetandring, VolymPost
from organisations.actions.avslut import krav_pa_pagaende, text_om_oppna
from organisations.models import Samverkansorganisation
from sus.core.regelbrott import Regelbrott

KATEGORISERING = ("inriktning", "preciserad_inriktning", "deltagarregistrering", "malgrupper")
KATEGORISERING_LAST = "Kategoriseringen kan inte ändras eftersom deltagare har registrerats i insatsen."
VOLYM_AVSER_LAST = "Vad som räknas kan inte ändras eftersom antal har registrerats i insatsen."


@transaction.atomic
def skapa_insats(*, insats, malgrupper, by):
    """Save a new insats, as the form made it, with its målgrupper. Raises Regelbrott when its samverkansorganisation has ended."""
    _krav_pa_organisationens_slut(insats.samverkansorganisation, insats.slutdatum, by)
    insats.andrad_av = by
    insats.save(force_insert=True)
    insats.malgrupper.set(malgrupper)
    logga(Handelse.Typ.INSATS_SKAPAD, pa=insats, by=by)
    return insats


@transaction.atomic
def andra_insats(*, insats, by, **uppgifter):
    """Change an insats and its malgrupper. Without a difference nothing is saved or logged.

    Raises Regelbrott when the categorisation is locked by what is registered, or when participants, counts or budget
    would fall outside the insats (docs/regler.md 5.3, 5.4).
    """
    insats = _last(insats)
    andrade = _andrade(insats, uppgifter)
    if not andrade:
        return insats
    _krav_pa_kategoriseringen(insats, andrade)
    _krav_pa_vad_som_raknas(insats, andrade)
    _krav_pa_tiden(insats, andrade)
    malgrupper = andrade.get("malgrupper")
    for namn, varde in andrade.items():
        if namn != "malgrupper":
            setattr(insats, namn, varde)
    insats.ny_version(by)
    insats.save()
    if malgrupper is not None:
        insats.malgrupper.set(malgrupper)
    logga(Handelse.Typ.INSATS_ANDRAD, pa=insats, by=by, falt=sorted(andrade))
    return insats


@transaction.atomic
def ta_bort_insats(*, insats, by):
    """Remove an insats that nothing is registered in, with the uppdrag given in it, which end with it (docs/regler.md 5.3)."""
    insats = _last(insats)
    if hinder := hinder_for_borttagning(insats):
        raise Regelbrott(hinder)
    for uppdrag in insats.uppdrag.inte_avslutade():
        aterkalla_uppdrag(uppdrag=uppdrag, by=by)
    insats.uppdrag.all().delete()
    insats.insatsar.all().delete()
    insats.arsredogorelser.all().delete()
    logga(Handelse.Typ.INSATS_BORTTAGEN, pa=insats, by=by)
    insats.delete()


def hinder_for_borttagning(insats):
    """Why the insats cannot be removed, as a sentence, or an empty string. A journal is never removed, though its sum is 0."""
    if har_deltaganden(insats.pk) or anonyma_per_ar([insats.pk]) or insats.volymposter.exists():
        return "Insatsen kan inte tas bort eftersom deltagare har registrerats i den. Ange ett slutdatum i stället."
    if insats.insatsar.filter(_MED_BUDGET).exists():
        return "Insatsen kan inte tas bort eftersom den har budget. Ta först bort budgeten, eller ange ett slutdatum i stället."
    if insats.arsredogorelser.klara().exists():
        return "Insatsen kan inte tas bort eftersom den har en årsredogörelse som är klar. Ange ett slutdatum i stället."
    return ""


@transaction.atomic
def spara_insatsbudget(*, insats, ar, planerat_antal, rader, by, skal=""):
    """Make these the budget rows of the year, in whole kronor. Utfall None is unknown.

    `rader` are unsaved InsatsBudget. The same rows once more change nothing. Every changed amount is kept in the history with
    `skal`. Raises Regelbrott for a year that the insats or its samverkansorganisation does not cover (V02); a year that already
    has a row can always be corrected.
    """
    insats = _last(insats)
    insatsar = insats.insatsar.filter(ar=ar).first()
    _krav_pa_budgetaret(insats, ar, insatsar)
    ny = insatsar is None
    insatsar = insatsar or InsatsAr(insats=insats, ar=ar)
    if (insatsar.planerat_antal, _innehall(insatsar)) == (planerat_antal, sorted(map(_nyckel, rader))):
        return insatsar
    insatsar.planerat_antal = planerat_antal
    if not ny:
        insatsar.ny_version(by)
    insatsar.andrad_av = by
    insatsar.save()
    fore = list(insatsar.rader.select_related("part__organisation"))
    insatsar.rader.all().delete()
    for rad in rader:
        rad.insatsar = insatsar
    InsatsBudget.objects.bulk_create(rader)
    InsatsBudgetandring.objects.bulk_create(reversed([*_andringar(insatsar, fore, rader, by, skal)]))
    logga(Handelse.Typ.INSATSBUDGET_ANDRAD, pa=insats, by=by, ar=ar, rader=len(rader))
    return insatsar


@transaction.atomic
def registrera_volym(*, insats, ar, antal, by):
    """Add to the year's count of a volyminsats, or with a negative number take away; never below 0 (V32)."""
    insats = _last(insats)
    if not insats.ar_volyminsats:
        raise Regelbrott("Insatsen är ingen volyminsats. Deltagare registreras med personuppgifter eller som anonyma.")
    if ar not in insats.volymar:
        raise Regelbrott(f"Antal kan inte registreras för {ar}. {_period_i_ord(insats.volymar)}", "ar")
    if insats.volymposter.summa(ar) + antal < 0:
        raise Regelbrott("Antalet som tas bort kan inte vara större än det registrerade antalet.", "antal")
    post = VolymPost.objects.create(insats=insats, ar=ar, antal=antal, av=by)
    logga(Handelse.Typ.VOLYM_ANDRAD, pa=insats, by=by, ar=ar, antal=antal)
    return post


@transaction.atomic
def satt_volym(*, insats, ar, summa, by):
    """Make the year's count this, with one more post in the journal when it differs."""
    insats = _last(insats)
    skillnad = summa - insats.volymposter.summa(ar)
    if skillnad:
        registrera_volym(insats=insats, ar=ar, antal=skillnad, by=by)


def krav_pa_personuppgifter(insats):
    """Raise Regelbrott for a volyminsats, which has no deltagaransvariga (docs/regler.md 5.5)."""
    if insats.ar_volyminsats:
        raise Regelbrott("Insatsen är en volyminsats. Deltagare registreras endast som antal.")


_MED_BUDGET = Q(rader__isnull=False) | Q(planerat_antal__isnull=False)


def _last(insats):
    return Insats.objects.select_for_update(of=("self",)).select_related("samverkansorganisation").get(pk=insats.pk)


def _andrade(insats, uppgifter):
    """The values that differ from the saved ones."""
    return {namn: varde for namn, varde in uppgifter.items() if not _lika(insats, namn, varde)}


def _lika(insats, namn, varde):
    if namn == "malgrupper":
        return {malgrupp.pk for malgrupp in insats.malgrupper.all()} == {malgrupp.pk for malgrupp in varde}
    return getattr(insats, namn) == varde


def _krav_pa_kategoriseringen(insats, andrade):
    andrade_kategorier = [namn for namn in KATEGORISERING if namn in andrade]
    if andrade_kategorier and insats.har_registrerade:
        raise Regelbrott(KATEGORISERING_LAST, andrade_kategorier[0])


def _krav_pa_vad_som_raknas(insats, andrade):
    """A number never changes its meaning; one that had none may be given it (docs/regler.md 6.8)."""
    if insats.volym_avser and "volym_avser" in andrade and insats.har_registrerade:
        raise Regelbrott(VOLYM_AVSER_LAST, "volym_avser")


def _krav_pa_tiden(insats, andrade):
    if "startdatum" in andrade:
        _krav_pa_start(insats, andrade["startdatum"])
    if "slutdatum" in andrade:
        _krav_pa_organisationens_slut(insats.samverkansorganisation, andrade["slutdatum"], by=None)  # a correction, also after the end
    if andrade.get("slutdatum"):
        _krav_pa_slut(insats, andrade["slutdatum"])


def _krav_pa_organisationens_slut(samverkansorganisation, slutdatum, by):
    """No new insats when the samverkansorganisation has ended, and none that goes on after its end (docs/regler.md 3.2)."""
    organisation = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    krav_pa_pagaende(organisation, by)
    if organisation.slutdatum and (slutdatum is None or slutdatum > organisation.slutdatum):
        raise Regelbrott(f"{organisation} slutar {organisation.slutdatum}. Ange ett slutdatum som inte är senare än det.", "slutdatum")


def _krav_pa_start(insats, startdatum):
    if deltaganden_utanfor([insats.pk], fran=startdatum).fore:
        raise Regelbrott("Startdatum kan inte vara senare än den dag då den första deltagaren började.", "startdatum")
    for ar, vad in _ar_med_uppgifter(insats):
        if ar < startdatum.year:
            raise Regelbrott(f"Startdatum kan inte vara senare än {ar}, eftersom insatsen har {vad} för det året.", "startdatum")


def _krav_pa_slut(insats, slutdatum):
    deltaganden = deltaganden_utanfor([insats.pk], till=slutdatum)
    if deltaganden.oppna and (insats.slutdatum is None or slutdatum < insats.slutdatum):
        raise Regelbrott(text_om_oppna(deltaganden.oppna, "insatsen"), "slutdatum")
    if deltaganden.efter:
        raise Regelbrott("Slutdatum kan inte vara tidigare än den dag då den sista deltagaren började eller slutade.", "slutdatum")
    for ar, vad in _ar_med_uppgifter(insats):
        if ar > slutdatum.year:
            raise Regelbrott(f"Slutdatum kan inte vara tidigare än {ar}, eftersom insatsen har {vad} för det året.", "slutdatum")


def _ar_med_uppgifter(insats):
    """(year, what) of every year with budget, a count or a final årsredogörelse."""
    for ar in insats.insatsar.filter(_MED_BUDGET).values_list("ar", flat=True).distinct().order_by("ar"):
        yield ar, "budget"
    for ar in insats.volymposter.order_by("ar").values("ar").annotate(summa=Sum("antal")).filter(summa__gt=0).values_list("ar", flat=True):
        yield ar, "registrerat antal"
    for summa in anonyma_per_ar([insats.pk]):
        if summa.antal > 0:
            yield summa.ar, "anonyma deltagare"
    for ar in insats.arsredogorelser.klara().order_by("ar").values_list("ar", flat=True):
        yield ar, "en årsredogörelse"


def _krav_pa_budgetaret(insats, ar, insatsar):
    if insatsar is not None or ar in insats.budgetar_som_kan_andras:
        return
    if ar < insats.samverkansorganisation.startdatum.year:
        raise Regelbrott(insats.samverkansorganisation.fore_start, "ar")
    raise Regelbrott(f"Budget kan inte registreras för {ar}. {_period_i_ord(insats.budgetar_som_kan_andras)}", "ar")


def _period_i_ord(ar):
    if not ar:
        return "Insatsen har inte börjat än."
    return f"Ange {ar[0]}." if len(ar) == 1 else f"Ange ett år från {ar[0]} till {ar[-1]}."


def _innehall(insatsar):
    return sorted(_nyckel(rad) for rad in insatsar.rader.all()) if insatsar.pk else []


def _andringar(insatsar, fore, efter, by, skal):
    """The history of every amount that differs, unsaved. A row is known by its organisation, budgettyp and beskrivning."""
    gamla, nya = ({(rad.part_id, rad.budgettyp, rad.beskrivning): rad for rad in rader} for rader in (fore, efter))
    for nyckel in nya | gamla:
        gammal, ny = gamla.get(nyckel), nya.get(nyckel)
        for falt in ("budget", "utfall"):
            belopp = {"fore": getattr(gammal, falt, None), "efter": getattr(ny, falt, None)}
            if belopp["fore"] != belopp["efter"]:
                yield InsatsBudgetandring(insatsar=insatsar, rad=_i_historiken(ny or gammal), falt=falt, skal=skal, av=by, **belopp)


def _i_historiken(rad):
    """The row in the words of the page, as long as the history has room for."""
    text = ", ".join(filter(None, [rad.get_budgettyp_display(), rad.part and str(rad.part)]))
    return f"{text}: {rad.beskrivning}"[:300] if rad.beskrivning else text


def _nyckel(rad):
    """What a row says, so that two rows can be compared and sorted."""
    return (rad.part_id or 0, rad.budgettyp, rad.beskrivning, rad.budget, -1 if rad.utfall is None else rad.utfall)
