"""Where a samverkansorganisation works."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from organisations.actions.avslut import krav_pa_pagaende
from organisations.models import Omrade, Samverkansorganisation
from sus.core.regelbrott import Regelbrott

VALJ_NAGON = "Välj minst en kommun eller stadsdel."


@transaction.atomic
def andra_omrade(*, samverkansorganisation, kommuner, stadsdelar, by):
    """Set the kommuner and stadsdelar. The first one's county becomes the samverkansorganisation's, unless it has one already.

    Raises Regelbrott when a Finsam would be left without any, when a whole kommun is chosen together with its stadsdelar,
    or when the samverkansorganisation has ended.
    """
    rad = Samverkansorganisation.objects.select_for_update(of=("self",)).get(pk=samverkansorganisation.pk)
    if rad.ar_finsam and not (kommuner or stadsdelar):
        raise Regelbrott(VALJ_NAGON)
    for stadsdel in stadsdelar:
        if stadsdel.kommun in kommuner:
            raise Regelbrott(f"Välj antingen hela {stadsdel.kommun} eller stadsdelar i {stadsdel.kommun}.")
    tillagda, borttagna = _skillnad(rad, kommuner, stadsdelar)
    if not (tillagda or borttagna):
        return rad
    krav_pa_pagaende(rad, by)
    rad.omraden.filter(pk__in=[omrade.pk for omrade in borttagna]).delete()
    Omrade.objects.bulk_create(tillagda)
    if rad.lan is None:
        rad.lan = (kommuner or [stadsdel.kommun for stadsdel in stadsdelar])[0].lan
    rad.ny_version(by)
    rad.save()
    logga(Handelse.Typ.OMRADE_ANDRAT, pa=rad, by=by, tillagda=_koder(tillagda), borttagna=_koder(borttagna))
    return rad


def _skillnad(rad, kommuner, stadsdelar):
    finns = {(omrade.kommun_id, omrade.stadsdel_id): omrade for omrade in rad.omraden.all()}
    ska = [(kommun.pk, None) for kommun in kommuner] + [(None, stadsdel.pk) for stadsdel in stadsdelar]
    tillagda = [Omrade(samverkansorganisation=rad, kommun_id=k, stadsdel_id=s) for k, s in ska if (k, s) not in finns]
    return tillagda, [omrade for nyckel, omrade in finns.items() if nyckel not in ska]


def _koder(omraden):
    return [omrade.kommun_id or f"stadsdel {omrade.stadsdel_id}" for omrade in omraden]
