"""Import of insatser, their budgets and volym: one function per kind of file, through the same forms and actions as the pages."""

from insatser.actions import VOLYM_AVSER_LAST, andra_insats, satt_volym, skapa_insats, spara_insatsbudget
from insatser.forms.budget import InsatsbudgetForm
from insatser.forms.insats import InsatsForm
from insatser.models import Deltagarregistrering, InsatsBudget
from organisations.models import Samverkansorganisation
from sus.core.csvfil import Radfel, las_datum, las_heltal, las_kommalista
from sus.core.regelbrott import Regelbrott


def insatser(rad: dict[str, str], by) -> list[str]:
    """Create the insats, or change the one of that name. A row that changes nothing leaves no trace and gives no warning."""
    organisation = _samverkansorganisation(rad)
    insats = organisation.insatser.filter(namn__iexact=rad["insats"]).first()
    uppgifter = {
        "samverkansorganisation": organisation.pk,
        "namn": rad["insats"],
        "beskrivning": rad["beskrivning"],
        "mal": insats.mal if insats else "",  # the files have no mål
        "volym_avser": rad.get("volym_avser") or (insats.volym_avser if insats else ""),
        "startdatum": _varde(rad, "startdatum", las_datum),
        "slutdatum": _varde(rad, "slutdatum", las_datum),
        "inriktning": rad["inriktning"],
        "preciserad_inriktning": rad["preciserad_inriktning"],
        "deltagarregistrering": rad["deltagarregistrering"],
        "malgrupper": las_kommalista(rad["malgrupper"]),
    }
    form = InsatsForm(uppgifter, instance=insats, anvandare=by, fran_fil=True)
    if not form.is_valid():
        raise _radfel(form.errors, {"namn": "insats"})
    _krav_pa_vad_som_raknas(rad.get("volym_avser"), form)
    if insats is None:
        skapa_insats(insats=form.instance, malgrupper=form.cleaned_data["malgrupper"], by=by)
    else:
        andra_insats(insats=insats, by=by, **form.cleaned_data)
    return [text for _, text in form.varningar()]


def _krav_pa_vad_som_raknas(angivet, form):
    """The form passes over what it does not ask for; a file that says it anyway is wrong."""
    if not angivet or form.cleaned_data["volym_avser"] == angivet:
        return
    if form.cleaned_data["deltagarregistrering"] != Deltagarregistrering.VOLYM:
        raise Radfel({"volym_avser": ["Bara för en volyminsats anges vad som räknas. Lämna cellen tom."]})
    raise Radfel({"volym_avser": [VOLYM_AVSER_LAST]})


def insatsbudget(rad: dict[str, str], by) -> list[str]:
    """Set the row of the year and budgettyp that has neither beskrivning nor organisation, which is the import's own.

    Empty budgettyp: only planerat antal. Empty planerat antal: the year's is left as it is.
    """
    insats = _insats(rad)
    ar = _ar(rad)
    form = InsatsbudgetForm(_som_formular(rad), anvandare=by, insats=insats, rader=[])
    if not form.is_valid():
        raise _radfel({**form.errors, **form.rader.forms[0].errors})
    nya = form.budgetrader()
    if not nya and not rad["planerat_antal"]:
        raise Radfel({"budgettyp": ["Välj budgettyp, eller ange planerat antal."]})
    insatsar = insats.insatsar.filter(ar=ar).first()
    planerat = form.cleaned_data["planerat_antal"]
    if planerat is None and insatsar is not None:
        planerat = insatsar.planerat_antal
    rader = [*_andra_rader(insatsar, nya), *nya]
    spara_insatsbudget(insats=insats, ar=ar, planerat_antal=planerat, rader=rader, by=by)
    return []


def volym(rad: dict[str, str], by) -> list[str]:
    """Make the year's count of the volyminsats what the file says."""
    summa = _varde(rad, "antal", las_heltal)
    if summa is None or summa < 0:
        raise Radfel({"antal": ["Ange antalet, 0 eller mer."]})
    satt_volym(insats=_insats(rad), ar=_ar(rad), summa=summa, by=by)
    return []


def _samverkansorganisation(rad):
    organisation = Samverkansorganisation.objects.filter(namn__iexact=rad["samverkansorganisation"]).first()
    if organisation is None:
        raise Radfel({"samverkansorganisation": ["Samverkansorganisationen finns inte."]})
    return organisation


def _insats(rad):
    insats = _samverkansorganisation(rad).insatser.filter(namn__iexact=rad["insats"]).first()
    if insats is None:
        raise Radfel({"insats": ["Insatsen finns inte i samverkansorganisationen."]})
    return insats


def _ar(rad):
    ar = _varde(rad, "ar", las_heltal)
    if ar is None:
        raise Radfel({"ar": ["Fyll i år."]})
    return ar


def _varde(rad, kolumn, lasare):
    try:
        return lasare(rad[kolumn])
    except Regelbrott as brott:
        raise Radfel({kolumn: [brott.text]}) from None


def _som_formular(rad):
    """The row as the page would have sent it."""
    falt = {f"rad-0-{kolumn}": rad[kolumn] for kolumn in ("budgettyp", "budget", "utfall")}
    return {"planerat_antal": rad["planerat_antal"], "rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "0"} | falt


def _andra_rader(insatsar, nya):
    """The year's saved rows that the new ones do not stand for, as unsaved ones."""
    ersatts = {(None, rad.budgettyp, "") for rad in nya}
    sparade = insatsar.rader.values("part_id", "budgettyp", "budget", "utfall", "beskrivning") if insatsar else []
    return [InsatsBudget(**rad) for rad in sparade if (rad["part_id"], rad["budgettyp"], rad["beskrivning"]) not in ersatts]


def _radfel(fel, kolumner=None):
    """Errors by field as errors by column."""
    namn = kolumner or {}
    return Radfel({"" if falt == "__all__" else namn.get(falt, falt): list(texter) for falt, texter in fel.items()})
