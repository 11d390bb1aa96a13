"""Changes of a samtycke."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare import identitet
from deltagare.actions.rattelse import skillnad, spara_rattelse
from deltagare.models import Deltagande, Samtycke, Samtyckestext


@transaction.atomic
def andra_samtycke(*, deltagande, uppgifter, by):
    """Correct what is registered of the signed form, or note that the original has been sent or has come."""
    deltagande = Deltagande.objects.select_for_update(of=("self",)).get(pk=deltagande.pk)
    samtycke = Samtycke.objects.get(deltagande=deltagande)
    nya = {
        "datum": uppgifter.datum,
        "text": Samtyckestext.objects.giltig(uppgifter.datum),
        "sprak": uppgifter.sprak,
        "vardnadshavare": uppgifter.vardnadshavare,
        "original_skickat": uppgifter.original_skickat,
        "original_mottaget": uppgifter.original_mottaget,
    }
    fore = {falt: getattr(samtycke, falt) for falt in nya}
    andrade = sorted(falt for falt in nya if fore[falt] != nya[falt])
    if not andrade:
        return deltagande
    for falt, varde in nya.items():
        setattr(samtycke, falt, varde)
    samtycke.save()
    deltagande.ny_version(by)
    deltagande.save()
    spara_rattelse(deltagande=deltagande, andringar=skillnad(_varden(fore), _varden(nya)), by=by)
    logga(Handelse.Typ.SAMTYCKE_ANDRAT, pa=deltagande, personer=[identitet.logg_id(deltagande.person_id)], by=by, falt=andrade)
    return deltagande


def _varden(falt):
    """The fields by their names in a Rattelse."""
    return {f"samtycke.{namn}": varde.pk if isinstance(varde, Samtyckestext) else varde for namn, varde in falt.items()}
