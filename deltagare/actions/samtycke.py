"""Changes of a samtycke."""

from django.db import transaction

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare import identitet
from deltagare.actions.deltagande import logga_deltagande
from deltagare.actions.rattelse import skillnad, spara_rattelse
from deltagare.models import Deltagande, Samtycke, Samtyckestext
from deltagare.regler import granska_original_skickat


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
    logga_deltagande(Handelse.Typ.SAMTYCKE_ANDRAT, deltagande, by, falt=andrade)
    return deltagande


@transaction.atomic
def original_skickade(*, insats, deltaganden, datum, by) -> int:
    """Note the same day for several originals of an insats, in one row of the log. Those that have got a day meanwhile keep it.

    Returns how many. Raises Regelbrott for a day before one of the signatures.
    """
    pk = [deltagande.pk for deltagande in deltaganden]
    lasta = list(insats.deltaganden.select_for_update(of=("self",)).filter(pk__in=pk).order_by("pk"))
    osanda = Samtycke.objects.filter(deltagande__in=lasta, original_skickat=None)  # asked when locked: another page may have been first
    samtycken = {samtycke.deltagande_id: samtycke for samtycke in osanda}
    rader = [deltagande for deltagande in lasta if deltagande.pk in samtycken]
    granska_original_skickat([samtycke.datum for samtycke in samtycken.values()], datum)
    for deltagande in rader:
        samtycke = samtycken[deltagande.pk]
        samtycke.original_skickat = datum
        samtycke.save(update_fields=["original_skickat"])
        deltagande.ny_version(by)
        deltagande.save()
        spara_rattelse(deltagande=deltagande, andringar=skillnad({}, _varden({"original_skickat": datum})), by=by)
    if rader:
        personer = [identitet.logg_id(deltagande.person_id) for deltagande in rader]
        logga(Handelse.Typ.SAMTYCKE_ANDRAT, pa=insats, personer=personer, by=by, falt=["original_skickat"], antal=len(rader))
    return len(rader)


def _varden(falt):
    """The fields by their names in a Rattelse."""
    return {f"samtycke.{namn}": varde.pk if isinstance(varde, Samtyckestext) else varde for namn, varde in falt.items()}
