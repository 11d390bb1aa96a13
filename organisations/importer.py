"""Import of samverkansorganisationer and their money, row by row, through the same forms and actions as the pages."""

from organisations.actions.budget import satt_administrativ_kostnad, satt_finansiering
from organisations.actions.omrade import andra_omrade
from organisations.actions.parter import ROLLER, andra_parter
from organisations.actions.samverkansorganisation import andra_samverkansorganisation, skapa_samverkansorganisation
from organisations.forms.samverkansorganisation import GrunduppgifterForm
from organisations.models import (
    EGET_KAPITAL,
    SENASTE_AR,
    TIDIGASTE_AR,
    AdministrativKostnad,
    Finansiering,
    IngaendeOrganisation,
    Kommun,
    Organisation,
    Samverkansorganisation,
)
from organisations.organisationsnummer import tolka
from sus.core.csvfil import Radfel, las_datum, las_heltal, las_ja_nej, las_kommalista
from sus.core.falt import ren_text
from sus.core.regelbrott import Regelbrott


def organisationer(rad, by):
    """A samverkansorganisation by its name: made when it is new, otherwise changed where the file differs."""
    celler = _las(rad, {"organisationsnummer": tolka, "startdatum": las_datum, "slutdatum": las_datum, "kommuner": _kommuner})
    finns = Samverkansorganisation.objects.filter(namn__iexact=_text(rad, "namn")).first()
    form = GrunduppgifterForm(rad | {"bestallare_namn": ""}, anvandare=by, instance=finns)
    form.fields["samverkansform"].disabled = False
    if not form.is_valid():
        raise Radfel({_kolumn(falt, rad): [str(text) for text in texter] for falt, texter in form.errors.items()})
    if finns and finns.samverkansform != rad["samverkansform"]:
        raise Radfel({"samverkansform": ["Samverkansformen kan inte ändras."]})
    grund = {namn: form.cleaned_data[namn] for namn in ("namn", "organisationsnummer", "startdatum")}
    _utfor(rad, _spara_organisation, finns, grund | {"slutdatum": celler["slutdatum"]}, rad["samverkansform"], celler["kommuner"], by)
    return []


def _spara_organisation(finns, uppgifter, samverkansform, kommuner, by):
    if not finns:
        grund = {namn: varde for namn, varde in uppgifter.items() if namn != "slutdatum"}
        finns = skapa_samverkansorganisation(uppgifter=grund | {"samverkansform": samverkansform}, by=by)
    stadsdelar = [omrade.stadsdel for omrade in finns.omraden.exclude(stadsdel=None).select_related("stadsdel__kommun")]
    andra_omrade(samverkansorganisation=finns, kommuner=kommuner, stadsdelar=stadsdelar, by=by)
    andra_samverkansorganisation(samverkansorganisation=finns, uppgifter=uppgifter, by=by)  # last: what has ended does not change


def parter(rad, by):
    """An ingående organisation and its roles. An organisation that the register lacks is put there with the type of the row."""
    celler = _las(rad, dict.fromkeys(ROLLER, _kravd_ja_nej))
    samverkansorganisation = _samverkansorganisation(rad)
    part = IngaendeOrganisation(organisation=_organisation(rad), **celler)
    _utfor(rad, _spara_part, samverkansorganisation, part, by)
    return []


def _spara_part(samverkansorganisation, part, by):
    andra_parter(samverkansorganisation=samverkansorganisation, parter=[part], by=by, ta_bort_ovriga=False)


def finansiering(rad, by):
    """The amount of one financier, year and beskrivning."""
    celler = _las(rad, {"ar": _ar, "belopp": _belopp})
    samverkansorganisation = _samverkansorganisation(rad)
    beskrivning = _text(rad, "beskrivning", 200)
    rad_att_spara = Finansiering(
        part=_part(samverkansorganisation, rad["finansiar"]),
        belopp=celler["belopp"],
        beskrivning=EGET_KAPITAL if beskrivning.casefold() == EGET_KAPITAL.casefold() else beskrivning,
    )
    _utfor(rad, _spara_finansiering, samverkansorganisation, celler["ar"], rad_att_spara, by)
    return []


def _spara_finansiering(samverkansorganisation, ar, finansiering, by):
    satt_finansiering(samverkansorganisation=samverkansorganisation, ar=ar, finansiering=finansiering, by=by)


def adminkostnader(rad, by):
    """Budget and utfall of one kostnadstyp and year; an empty utfall is unknown."""
    celler = _las(rad, {"ar": _ar, "kostnadstyp": _kostnadstyp, "budget": _inte_negativt, "utfall": _utfall})
    samverkansorganisation = _samverkansorganisation(rad)
    kostnad = AdministrativKostnad(kostnadstyp=celler["kostnadstyp"], budget=celler["budget"], utfall=celler["utfall"])
    _utfor(rad, _spara_kostnad, samverkansorganisation, celler["ar"], kostnad, by)
    return []


def _spara_kostnad(samverkansorganisation, ar, kostnad, by):
    satt_administrativ_kostnad(samverkansorganisation=samverkansorganisation, ar=ar, kostnad=kostnad, by=by)


def _las(rad, lasare):
    """{column: value}. Raises Radfel with every column that cannot be read, not only the first."""
    varden, fel = {}, {}
    for kolumn, las in lasare.items():
        try:
            varden[kolumn] = las(rad[kolumn])
        except Regelbrott as brott:
            fel[kolumn] = [brott.text]
    if fel:
        raise Radfel(fel)
    return varden


def _utfor(rad, spara, *argument):
    try:
        spara(*argument)
    except Regelbrott as brott:
        raise Radfel({_kolumn(brott.falt, rad): [brott.text]}) from None


def _kolumn(falt, rad):
    """The column that a field's message belongs to; "" when it is about the whole row."""
    return falt if falt in rad else {"part": "finansiar"}.get(falt or "", "")


def _samverkansorganisation(rad):
    namn = _text(rad, "samverkansorganisation")
    finns = Samverkansorganisation.objects.filter(namn__iexact=namn).first()
    if finns is None:
        raise Radfel({"samverkansorganisation": [f"Samverkansorganisationen {namn} finns inte."]})
    return finns


def _organisation(rad):
    namn, typ = _text(rad, "organisation", 200), rad["typ"]
    if typ not in Organisation.Typ.values:
        raise Radfel({"typ": [f"Skriv något av {', '.join(Organisation.Typ.values)}."]})
    finns = Organisation.objects.filter(namn__iexact=namn).first()
    if finns and finns.typ != typ:
        raise Radfel({"typ": [f"{finns} finns i registret med typen {finns.typ}."]})
    return finns or Organisation(namn=namn, typ=typ)


def _part(samverkansorganisation, namn):
    part = samverkansorganisation.parter.select_related("organisation").filter(organisation__namn__iexact=namn).first()
    if part is None:
        raise Radfel({"finansiar": [f"{namn} ingår inte i samverkansorganisationen."]})
    return part


def _text(rad, kolumn, langst=None):
    try:
        text = ren_text(rad[kolumn])
    except Regelbrott as brott:
        raise Radfel({kolumn: [brott.text]}) from None
    if not text and kolumn != "beskrivning":
        raise Radfel({kolumn: ["Fyll i uppgiften."]})
    if langst and len(text) > langst:
        raise Radfel({kolumn: [f"Skriv högst {langst} tecken. Du har skrivit {len(text)}."]})
    return text


def _kommuner(text):
    koder = las_kommalista(text)
    kommuner = Kommun.objects.select_related("lan").in_bulk(koder)
    okanda = [kod for kod in koder if kod not in kommuner]
    if okanda:
        raise Regelbrott(f"Kommunkoden {', '.join(okanda)} finns inte.")
    return [kommuner[kod] for kod in koder]


def _kravd_ja_nej(text):
    svar = las_ja_nej(text)
    if svar is None:
        raise Regelbrott("Skriv ja eller nej.")
    return svar


def _ar(text):
    ar = las_heltal(text)
    if ar is None or not TIDIGASTE_AR <= ar <= SENASTE_AR:
        raise Regelbrott(f"Skriv ett år mellan {TIDIGASTE_AR} och {SENASTE_AR}.")
    return ar


def _belopp(text):
    belopp = las_heltal(text)
    if belopp is None:
        raise Regelbrott("Fyll i beloppet.")
    return belopp


def _inte_negativt(text):
    belopp = _belopp(text)
    if belopp < 0:
        raise Regelbrott("Beloppet får inte vara negativt.")
    return belopp


def _utfall(text):
    return _inte_negativt(text) if text else None


def _kostnadstyp(text):
    if text not in AdministrativKostnad.Kostnadstyp.values:
        raise Regelbrott(f"Skriv något av {', '.join(AdministrativKostnad.Kostnadstyp.values)}.")
    return text
