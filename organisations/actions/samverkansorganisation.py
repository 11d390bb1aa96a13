"""Creating, changing and closing a samverkansorganisation."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from behorigheter.actions import ge_uppdrag
from behorigheter.lagen import anonyma_per_ar, deltaganden_utanfor
from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from organisations.models import Organisation, Samverkansorganisation
from sus.core.regelbrott import Regelbrott


@transaction.atomic
def skapa_samverkansorganisation(*, uppgifter, administrator=None, by):
    """Create it from an order (form 9447) and give the first samverkansadministratör the uppdrag (docs/regler.md 3.1).

    A Finsam's samordningsförbund is put into the register of organisations, so that it can be chosen as a party.
    """
    samverkansorganisation = Samverkansorganisation.objects.create(**uppgifter)
    if samverkansorganisation.ar_finsam:
        _registrera_forbund(samverkansorganisation)
    logga(Handelse.Typ.SAMVERKANSORGANISATION_SKAPAD, pa=samverkansorganisation, by=by)
    if administrator:
        ge_uppdrag(
            anvandare=administrator,
            objekt=samverkansorganisation,
            roll=Roll.SAMVERKANSADMINISTRATOR,
            fran=timezone.localdate(),
            by=by,
        )
        transaction.on_commit(lambda: _bekrafta(samverkansorganisation, administrator), robust=True)
    return samverkansorganisation


def _registrera_forbund(samverkansorganisation):
    namn = samverkansorganisation.forbundsnamn
    if not Organisation.objects.filter(namn__iexact=namn).exists():
        Organisation.objects.create(
            namn=namn,
            typ=Organisation.Typ.SAMORDNINGSFORBUND,
            organisationsnummer=samverkansorganisation.organisationsnummer,
        )


def _bekrafta(samverkansorganisation, administrator):
    """Confirmation to the orderer and to the first samverkansadministratör, when it is certain that the row exists."""
    mottagare = [adress for adress in dict.fromkeys([samverkansorganisation.bestallare_epost, administrator.epost]) if adress]
    text = render_to_string(
        "organisations/mejl_skapad.txt", {"samverkansorganisation": samverkansorganisation, "administrator": administrator}
    )
    for adress in mottagare:
        send_mail(f"{samverkansorganisation} är upplagd i SUS", text, settings.DEFAULT_FROM_EMAIL, [adress])


@transaction.atomic
def andra_samverkansorganisation(*, samverkansorganisation, uppgifter, by):
    """Change some of its fields. Only what differs is saved and logged; nothing that differs leaves the version as it is.

    Raises Regelbrott when a new start or end does not hold with what is registered already.
    """
    rad = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    andrade = [falt for falt, varde in uppgifter.items() if getattr(rad, falt) != varde]
    if not andrade:
        return rad
    for falt in andrade:
        setattr(rad, falt, uppgifter[falt])
    if "startdatum" in andrade:
        _ingenting_fore(rad)
    if rad.slutdatum and rad.slutdatum < rad.startdatum:
        raise Regelbrott("Slutdatum kan inte vara tidigare än startdatum.", falt="slutdatum")
    if "slutdatum" in andrade and rad.slutdatum:
        _allt_ar_avslutat(rad)
    rad.ny_version(by)
    rad.save()
    logga(Handelse.Typ.SAMVERKANSORGANISATION_ANDRAD, pa=rad, by=by, falt=andrade)
    return rad


def _ingenting_fore(rad):
    """V02: nothing is registered before the start (docs/regler.md 3.2)."""
    ar = rad.startdatum.year
    finns = (
        rad.budgetar.filter(ar__lt=ar).exists(),
        rad.insatser.filter(insatsar__ar__lt=ar).exists(),
        any(summa.ar < ar for summa in anonyma_per_ar(_insatser(rad))),
        rad.insatser.filter(volymposter__ar__lt=ar).exists(),
        deltaganden_utanfor(_insatser(rad), fran=rad.startdatum).fore,
    )
    if any(finns):
        raise Regelbrott(
            f"Det finns budget eller deltagare registrerade före {rad.startdatum}. Välj ett tidigare startdatum.", falt="startdatum"
        )


def _allt_ar_avslutat(rad):
    """A samverkansorganisation ends after its insatser, and with nobody left in them (docs/regler.md 3.2)."""
    kvar = rad.insatser.exclude(slutdatum__lte=rad.slutdatum)
    if kvar.exists():
        raise Regelbrott(
            f"{_antal(kvar.count(), 'insats', 'insatser')} pågår efter {rad.slutdatum}. Ange slutdatum för dem först.", falt="slutdatum"
        )
    oppna = deltaganden_utanfor(_insatser(rad)).oppna
    if oppna:
        antal = _antal(oppna, "deltagare är inte utregistrerad", "deltagare är inte utregistrerade")
        raise Regelbrott(f"{antal}. Registrera ut dem innan samverkansorganisationen avslutas.", falt="slutdatum")
    if rad.budgetar.filter(ar__gt=rad.slutdatum.year).exists():
        raise Regelbrott(f"Det finns budget registrerad efter {rad.slutdatum.year}. Ta bort den först.", falt="slutdatum")


def _insatser(rad):
    return list(rad.insatser.values_list("pk", flat=True))


def _antal(antal, ental, flertal):
    return f"{antal} {ental if antal == 1 else flertal}"
