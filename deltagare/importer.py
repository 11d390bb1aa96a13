"""Import of deltaganden and anonyma: one function per kind of file, through the same forms and actions as the pages."""

from deltagare import identitet
from deltagare.actions.anonyma import andra_anonyma
from deltagare.actions.deltagande import ateroppna, inregistrera, ratta, registrera_ut
from deltagare.actions.samtycke import andra_samtycke
from deltagare.forms.registrera import RegistreraForm
from deltagare.forms.utregistrering import AvslutForm
from deltagare.koder import TAR_BORT, Kon
from deltagare.models import AnonymPost, Deltagande, Samtycke
from deltagare.regler import anonyma_ar
from deltagare.uppgifter import Samtyckesuppgifter
from insatser.models import Insats
from organisations.models import Samverkansorganisation, Stadsdel
from sus.core.csvfil import Radfel, las_datum, las_heltal, las_kommalista
from sus.core.regelbrott import Regelbrott

# Fields of the forms whose column has another name.
KOLUMNER = {
    "samtycke_finns": "samtycke_datum",
    "slutdatum": "avslutningsdatum",
    "vardnadshavare": "personnummer",
    "arbetar_fore": "arbete_fore",
    "arbetar_efter": "arbete_efter",
    "studerar_fore": "studier_fore",
    "studerar_efter": "studier_efter",
    "__all__": "",
}


def deltaganden(rad: dict[str, str], by) -> list[str]:
    """Register the deltagande in and, when it has ended, out; or correct the one with the same insats, person and startdag.

    Namn and kommun of the file stand in for folkbokföringen. A row that changes nothing gives no warning.
    """
    insats = _insats(rad)
    form = RegistreraForm(_inregistreringsfalt(rad), anvandare=by, insats=insats, ur_fil=True)
    avslut = _avslutsform(rad, insats)
    if form.errors or (avslut and avslut.errors):
        raise _radfel(form, avslut)
    deltagande = _befintligt(insats, form, by)
    version = deltagande.version if deltagande else 0
    utregistrering = avslut.utregistrering() if avslut else None
    try:
        deltagande = _ratta(deltagande, form, utregistrering, by) if deltagande else _registrera(insats, form, utregistrering, by)
    except Regelbrott as brott:
        raise Radfel({KOLUMNER.get(brott.falt or "", brott.falt or ""): [brott.text]}) from None
    if deltagande.version == version:
        return []
    return [text for _, text in [*form.varningar(), *(avslut.anledningsvarningar() if avslut else [])]]


def anonyma(rad: dict[str, str], by) -> list[str]:
    """Make the year's counts of anonyma what the file says."""
    insats = _insats(rad)
    ar, kvinnor, man = (_tal(rad, kolumn) for kolumn in ("ar", "kvinnor", "man"))
    if ar not in anonyma_ar(insats):
        raise Radfel({"ar": ["Året måste ligga mellan insatsens start och innevarande år eller insatsens slut."]})
    summor = AnonymPost.objects.filter(insats=insats).anonyma().summor().get(ar, {})
    kvinnor, man = kvinnor - summor.get(Kon.KVINNA, 0), man - summor.get(Kon.MAN, 0)
    if kvinnor or man:
        andra_anonyma(insats=insats, ar=ar, kvinnor=kvinnor, man=man, by=by)
    return []


def _insats(rad):
    organisation = Samverkansorganisation.objects.filter(namn__iexact=rad["samverkansorganisation"]).first()
    if organisation is None:
        raise Radfel({"samverkansorganisation": ["Samverkansorganisationen finns inte."]})
    insats = Insats.objects.select_related("samverkansorganisation").filter(samverkansorganisation=organisation, namn__iexact=rad["insats"])
    if not insats:
        raise Radfel({"insats": ["Insatsen finns inte i samverkansorganisationen."]})
    return insats[0]


def _inregistreringsfalt(rad):
    """The row as the page Registrera deltagare would have sent it."""
    return {
        "samtycke_finns": "on" if rad["samtycke_datum"] else "",
        "samtycke_datum": _datum(rad, "samtycke_datum"),
        "samtycke_sprak": Samtycke.Sprak.SVENSKA,
        **{kolumn: rad[kolumn] for kolumn in ("personnummer", "namn", "kommun", "utbildning", "tid_forsorjning")},
        "startdatum": _datum(rad, "startdatum"),
        "stadsdel": _stadsdel(rad),
        **_situationsfalt(rad, "fore"),
    }


def _avslutsform(rad, insats):
    """The checked end of the deltagande, or None when the row has none."""
    if not (rad["avslutningsdatum"] or rad["avslutningsanledning"]):
        return None
    if rad["avslutningsanledning"] in {str(kod.value) for kod in TAR_BORT}:
        raise Radfel({"avslutningsanledning": ["Avslutningsanledning 6 och 8 kan inte läsas in från fil. Registrera den i SUS."]})
    falt = {
        "slutdatum": _datum(rad, "avslutningsdatum"),
        "avslutningsanledning": rad["avslutningsanledning"],
        **_situationsfalt(rad, "efter"),
    }
    return AvslutForm(falt, insats=insats, startdatum=_datum(rad, "startdatum"))


def _situationsfalt(rad, nar):
    arbete, studier = rad[f"arbete_{nar}"] or rad[f"arbetstyp_{nar}"], rad[f"studier_{nar}"]
    return {
        f"forsorjning_{nar}": las_kommalista(rad[f"forsorjning_{nar}"]),
        f"af_{nar}": rad[f"af_{nar}"],
        f"arbetar_{nar}": "ja" if arbete else "nej",
        f"arbete_{nar}": rad[f"arbete_{nar}"],
        f"arbetstyp_{nar}": rad[f"arbetstyp_{nar}"],
        f"studerar_{nar}": "ja" if studier else "nej",
        f"studier_{nar}": studier,
    }


def _stadsdel(rad):
    if not rad["stadsdel"]:
        return ""
    dag = _datum(rad, "startdatum")
    traffar = Stadsdel.objects.filter(kommun_id=rad["kommun"], namn__iexact=rad["stadsdel"])
    stadsdel = (traffar.giltiga(dag) if dag else traffar).first()
    if stadsdel is None:
        raise Radfel({"stadsdel": ["Stadsdelen fanns inte i kommunen på startdagen."]})
    return stadsdel.pk


def _radfel(*formular):
    """Errors by field as errors by column."""
    fel: dict[str, list[str]] = {}
    for form in filter(None, formular):
        for falt, texter in form.errors.items():
            fel.setdefault(KOLUMNER.get(falt, falt), []).extend(texter)
    return Radfel(fel)


def _befintligt(insats, form, by):
    person_id = identitet.sla_upp(insats=insats, personnummer=form.personnummer, by=by)
    if person_id is None:
        return None
    return Deltagande.objects.filter(insats=insats, person_id=person_id, startdatum=form.cleaned_data["startdatum"]).first()


def _registrera(insats, form, utregistrering, by):
    deltagande = inregistrera(
        insats=insats,
        personnummer=form.personnummer,
        namn=form.personnamn,
        uppgifter=form.inregistrering(),
        samtycke=form.samtyckesuppgifter(),
        by=by,
    )
    return registrera_ut(deltagande=deltagande, uppgifter=utregistrering, by=by) if utregistrering else deltagande


def _ratta(deltagande, form, utregistrering, by):
    if deltagande.ar_avslutat and utregistrering is None:
        deltagande = ateroppna(deltagande=deltagande, by=by)
    deltagande = ratta(
        deltagande=deltagande,
        personnummer=form.personnummer,
        inregistrering=form.inregistrering(),
        utregistrering=utregistrering if deltagande.ar_avslutat else None,
        by=by,
    )
    if utregistrering and not deltagande.ar_avslutat:
        deltagande = registrera_ut(deltagande=deltagande, uppgifter=utregistrering, by=by)
    samtycke = deltagande.samtycke
    uppgifter = Samtyckesuppgifter(
        datum=form.cleaned_data["samtycke_datum"],
        sprak=samtycke.sprak,
        vardnadshavare=samtycke.vardnadshavare,
        original_skickat=samtycke.original_skickat,
        original_mottaget=samtycke.original_mottaget,
    )
    return andra_samtycke(deltagande=deltagande, uppgifter=uppgifter, by=by)


def _datum(rad, kolumn):
    try:
        return las_datum(rad[kolumn])
    except Regelbrott as brott:
        raise Radfel({kolumn: [brott.text]}) from None


def _tal(rad, kolumn):
    try:
        tal = las_heltal(rad[kolumn])
    except Regelbrott as brott:
        raise Radfel({kolumn: [brott.text]}) from None
    if tal is None or not 0 <= tal <= 10_000:
        raise Radfel({kolumn: ["Ange ett helt tal mellan 0 och 10 000."]})
    return tal
