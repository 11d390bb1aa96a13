"""Creating, changing and closing a samverkansorganisation."""

from django.db import transaction
from django.utils import timezone

from behorigheter.actions import ge_uppdrag
from behorigheter.lagen import anonyma_per_ar, deltaganden_utanfor
from behorigheter.logg import logga
from behorigheter.mejl import skicka
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from organisations.actions.avslut import krav_pa_pagaende, krav_pa_slut
from organisations.models import Organisation, Samverkansorganisation
from sus.core.regelbrott import Regelbrott

# What Försäkringskassan set from the order and may correct also after the end.
RATTELSER = {
    *("namn", "organisationsnummer", "startdatum", "slutdatum"),
    *("bestallare_namn", "bestallare_telefon", "bestallare_epost"),
}


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
        _bekrafta(samverkansorganisation, administrator)
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
    """To the orderer that the order is carried out, to the first samverkansadministratör what to do now."""
    context = {"samverkansorganisation": samverkansorganisation, "administrator": administrator}
    skicka(
        "organisations/mejl_skapad_bestallare.txt",
        amne=f"{samverkansorganisation} är upplagd i SUS",
        till=[samverkansorganisation.bestallare_epost],
        **context,
    )
    skicka(
        "organisations/mejl_skapad_administrator.txt",
        amne=f"Du är samverkansadministratör för {samverkansorganisation} i SUS",
        till=[administrator.epost],
        **context,
    )


@transaction.atomic
def andra_samverkansorganisation(*, samverkansorganisation, uppgifter, by):
    """Change some of its fields. Only what differs is saved and logged; nothing that differs leaves the version as it is.

    Raises Regelbrott when a new start or end does not hold with what is registered already, and when what has ended would
    be changed in anything but what the order said (docs/regler.md 3.2).
    """
    rad = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    andrade = [falt for falt, varde in uppgifter.items() if getattr(rad, falt) != varde]
    if not andrade:
        return rad
    if not set(andrade) <= RATTELSER:
        krav_pa_pagaende(rad, by)
    for falt in andrade:
        setattr(rad, falt, uppgifter[falt])
    if "startdatum" in andrade:
        _ingenting_fore(rad)
    if rad.slutdatum and rad.slutdatum < rad.startdatum:
        raise Regelbrott("Slutdatum kan inte vara tidigare än startdatum.", falt="slutdatum")
    if "slutdatum" in andrade:
        _far_sluta(rad)
    rad.ny_version(by)
    rad.save()
    logga(Handelse.Typ.SAMVERKANSORGANISATION_ANDRAD, pa=rad, by=by, falt=andrade)
    return rad


def _far_sluta(rad):
    if rad.uppgick_i:
        raise Regelbrott(f"Slutdatum kan inte ändras eftersom {rad} har uppgått i {rad.uppgick_i}.", falt="slutdatum")
    if rad.slutdatum:
        krav_pa_slut(rad, rad.slutdatum)


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


def _insatser(rad):
    return list(rad.insatser.values_list("pk", flat=True))
