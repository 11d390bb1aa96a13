"""Which organisations take part, and as what."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.actions.avslut import krav_pa_pagaende
from organisations.models import Organisation, Samverkansorganisation
from sus.core.regelbrott import Regelbrott

ROLLER = ("medlem", "finansiar", "konsument")


@transaction.atomic
def andra_parter(*, samverkansorganisation, parter, by, ta_bort_ovriga=True):
    """Set the ingående organisationer and their roles; `parter` are unsaved rows, also of organisations new to the register.

    Raises Regelbrott when a role does not go with the samverkansform, when a role with amounts would be lost (V10),
    or when the samverkansorganisation has ended.
    """
    rad = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    sparade = {part.organisation_id: part for part in rad.parter.select_related("organisation").select_for_update(of=("self",))}
    andrade = [str(part) for part in parter if _satt(rad, part, sparade)]
    kvar = {part.organisation_id for part in parter}
    borttagna = [part for part in sparade.values() if ta_bort_ovriga and part.organisation_id not in kvar]
    for part in borttagna:
        _ta_bort(part)
    if andrade or borttagna:
        krav_pa_pagaende(rad, by)
        rad.ny_version(by)
        rad.save(update_fields=["version", "andrad_tid", "andrad_av"])
        logga(Handelse.Typ.PARTER_ANDRADE, pa=rad, by=by, andrade=andrade, borttagna=[str(part) for part in borttagna])
    return rad


def _satt(rad, part, sparade):
    """Save the part as it should be; returns whether anything changed."""
    part.samverkansorganisation = rad
    if part.organisation.pk is None:
        part.organisation = _registrera(part.organisation)
    part.kontrollera()
    sparad = sparade.get(part.organisation.pk)
    if sparad is None:
        if not part.organisation.aktiv:
            raise Regelbrott(f"{part} är inaktiv i registret och kan inte läggas till.")
        part.save()
        return True
    roller = {roll: getattr(part, roll) for roll in ROLLER}
    if all(getattr(sparad, roll) == har for roll, har in roller.items()):
        return False
    for roll, har in roller.items():
        if getattr(sparad, roll) and not har:
            _rollen_ar_ledig(sparad, roll)
        setattr(sparad, roll, har)
    sparad.save()
    return True


def _registrera(organisation):
    """A new organisation in the register, or the one that has the name already."""
    finns = Organisation.objects.filter(namn__iexact=organisation.namn).first()
    if finns is None:
        organisation.save()
        return organisation
    if finns.typ != organisation.typ:
        raise Regelbrott(f"{finns} finns redan i registret som {finns.get_typ_display()}.", falt="typ")
    return finns


def _rollen_ar_ledig(part, roll):
    """V10: a role with amounts behind it stays."""
    belopp = {"finansiar": part.finansieringar, "konsument": part.insatsbudgetar}.get(roll)
    if belopp is not None and belopp.exists():
        namn = part._meta.get_field(roll).verbose_name
        raise Regelbrott(f"{part} har registrerade belopp och kan inte tas bort som {namn}.", falt=roll)


def _ta_bort(part):
    if part.finansieringar.exists() or part.insatsbudgetar.exists():
        raise Regelbrott(f"{part} har registrerade belopp och kan inte tas bort.")
    part.delete()
