"""The versions of the text of form 9443. What somebody may have signed neither changes nor disappears."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare.models import Samtyckesoversattning, Samtyckestext
from organisations.actions.register import skriv_om
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott

HAR_SLUTAT = "Versionen gäller inte längre. Ingen läser översättningar av den."
OFORANDRAD = "Översättningen är densamma som den som finns."
GALLER_REDAN = "Versionen har börjat gälla och tas inte bort: deltagare kan ha skrivit under den."
EN_DAG = timedelta(days=1)


@transaction.atomic
def lagg_till_samtyckestext(*, version, text, giltig_fran, by):
    """A new version from a coming day; the one before ends the day before it.

    Raises Regelbrott for a day that has come, and for one that is not after the first day of the last version.
    """
    if giltig_fran <= timezone.localdate():
        raise Regelbrott("Första dagen måste vara i morgon eller senare: deltagare kan redan ha skrivit under i dag.", falt="giltig_fran")
    sista = _las().last()
    if sista and sista.giltig_fran >= giltig_fran:
        raise Regelbrott(f"{sista} gäller från och med {datum(sista.giltig_fran)}. Välj en senare dag.", falt="giltig_fran")
    if sista and (sista.giltig_till is None or sista.giltig_till >= giltig_fran):
        skriv_om(sista, {"giltig_till": giltig_fran - EN_DAG}, by)
    ny = Samtyckestext.objects.create(version=version, text=text, giltig_fran=giltig_fran)
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=ny, by=by, tillagda=[version])
    return ny


@transaction.atomic
def ta_bort_samtyckestext(*, samtyckestext, by):
    """Take away a version that nobody can have signed yet; the one before goes on for as long as this one would have."""
    rader = list(_las())
    text = next(rad for rad in rader if rad.pk == samtyckestext.pk)
    if text.har_borjat_galla:
        raise Regelbrott(GALLER_REDAN)
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=text, by=by, borttagna=[text.version])
    text.delete()
    fore = next((rad for rad in rader if rad.giltig_till == text.giltig_fran - EN_DAG), None)
    if fore:
        skriv_om(fore, {"giltig_till": text.giltig_till}, by)


@transaction.atomic
def lagg_till_oversattning(*, samtyckestext, sprak, text, by):
    """What the version says in another language, for reading, from now on. The translation before stays for those who have read it.

    Raises Regelbrott for a version that has ended, and for a text that is there already.
    """
    samtyckestext = Samtyckestext.objects.select_for_update(of=("self",)).filter(pk=samtyckestext.pk).first()
    if samtyckestext is None or samtyckestext.har_slutat:  # one that has ended cannot be locked
        raise Regelbrott(HAR_SLUTAT)
    fore = samtyckestext.oversattningar.filter(sprak=sprak).senaste().first()
    if fore and fore.text == text:
        raise Regelbrott(OFORANDRAD, falt="text")
    ny = Samtyckesoversattning.objects.create(samtyckestext=samtyckestext, sprak=sprak, text=text, tillagd_av=by)
    logga(Handelse.Typ.REGISTER_ANDRAT, pa=samtyckestext, by=by, tillagda=[str(ny)])
    return ny


def _las():
    """In order, locked: the period of one follows from the others'. Versions that have ended cannot be locked, and need not be."""
    return Samtyckestext.objects.select_for_update(of=("self",)).order_by("giltig_fran")
