"""What a mättillfälle holds: the situation, and the answers to the kompletterande frågor. Kept by the actions of the deltagande."""

from dataclasses import fields
from typing import Any

from django.db import ProgrammingError, transaction

from deltagare.fragor import sparade_svar
from deltagare.models import Mattillfalle, Svar
from deltagare.uppgifter import Matning, Situation
from sus.core.regelbrott import Regelbrott

ANDRAD = "En kompletterande fråga ändrades medan du svarade på den. Läs frågorna igen och spara."


def sparade(deltagande) -> dict[str, Matning]:
    """Both mättillfällen; one that has not been is empty."""
    situationer = {rad.typ: Situation.av(rad) for rad in Mattillfalle.objects.filter(deltagande=deltagande)}
    return {typ: Matning(situationer.get(typ), svar) for typ, svar in sparade_svar(deltagande).items()}


def varden(matningar: dict[str, Matning]) -> dict[str, Any]:
    """Everything that they hold, by the names of a Rattelse."""
    varden: dict[str, Any] = {}
    for typ, matning in matningar.items():
        varden |= {f"{typ}.{falt.name}": getattr(matning.situation, falt.name, None) for falt in fields(Situation)}
        varden |= {f"{typ}.fraga_{fraga}": alternativ for fraga, alternativ in matning.svar.items()}
    return varden


def spara(deltagande, typ, matning: Matning) -> None:
    """Make the mättillfälle what `matning` says. Raises Regelbrott when a question is not any more as it was put."""
    if matning.situation is None:
        Mattillfalle.objects.filter(deltagande=deltagande, typ=typ).delete()
    else:
        falt = matning.situation.falt()
        Mattillfalle.objects.update_or_create(
            deltagande=deltagande, typ=typ, defaults=falt, create_defaults={**falt, "insats": deltagande.insats}
        )
    _spara_svar(deltagande, typ, matning.svar)


def _spara_svar(deltagande, typ, svar) -> None:
    valda = {alternativ: fraga for fraga, alternativen in svar.items() for alternativ in alternativen}
    sparade = Svar.objects.filter(deltagande=deltagande, typ=typ)
    sparade.exclude(alternativ__in=valda).delete()
    kvar = set(sparade.values_list("alternativ", flat=True))
    nya = [
        Svar(deltagande=deltagande, insats=deltagande.insats, typ=typ, fraga_id=fraga, alternativ_id=alternativ)
        for alternativ, fraga in valda.items()
        if alternativ not in kvar
    ]
    try:
        with transaction.atomic():
            Svar.objects.bulk_create(nya)
    except ProgrammingError as fel:  # vagg.svar_vakt: the question was taken back or rewritten after the form was read
        if "svaret hör inte till frågan" not in str(fel):
            raise
        raise Regelbrott(ANDRAD) from None
