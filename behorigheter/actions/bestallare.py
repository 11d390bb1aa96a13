"""Appointing who orders for an organisation (docs/regler.md 9.4)."""

from django.db import transaction
from django.utils import timezone

from behorigheter.actions.anvandare import kand_anvandare, ta_in_anvandare
from behorigheter.actions.behorighet import ge_behorighet
from behorigheter.aktivering import aktiveringslank
from behorigheter.logg import logga
from behorigheter.mejl import skicka
from behorigheter.models import Anvandare, Handelse, om_tva_ar
from behorigheter.roller import Roll
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott, krav_pa_ordning


@transaction.atomic
def utse_bestallare(*, organisation, uppgifter, personnummer, fran, till, by):
    """Make the person beställare of the organisation; `uppgifter` are namn, e-post and telefon. Returns the behörighet.

    Raises Regelbrott without a valid överenskommelse, for oneself, for a deltagaransvarig, for more than two years and for
    somebody who is beställare for the whole period already.
    """
    ska_ha_overenskommelse(organisation, falt="overenskommelse")
    ska_vara_i_tid(fran, till)
    person = Anvandare(**uppgifter)
    person.satt_personnummer(personnummer)
    if by.ar_samma_person(person):
        raise Regelbrott("Du kan inte utse dig själv till beställare.", falt="personnummer")
    kand = kand_anvandare(person)
    if kand and kand.arbetsgivare_id not in (None, organisation.pk):
        raise Regelbrott(
            f"Personen har ett konto i SUS hos {kand.arbetsgivare}. Avsluta anställningen där först.",
            falt="personnummer",
        )
    anvandare = ta_in_anvandare(person=person, organisation=organisation, by=by)
    behorighet = ge_behorighet(anvandare=anvandare, roll=Roll.BESTALLARE, fran=fran, till=till, by=by)
    if behorighet is None:
        raise Regelbrott(f"{anvandare} är redan beställare under hela perioden. Välj en senare sista dag.", falt="till")
    logga(Handelse.Typ.BESTALLARE_UTSEDD, pa=organisation, by=by, anvandare=anvandare.pk, fran=str(behorighet.giltig_fran), till=str(till))
    skicka(
        "behorigheter/mejl_bestallare.txt",
        amne=f"Du är beställare av behörighet till SUS för {organisation}",
        till=[anvandare.epost],
        anvandare=anvandare,
        behorighet=behorighet,
        lank=aktiveringslank(anvandare),
    )
    return behorighet


def hinder_utan_overenskommelse(organisation) -> str:
    """Why nobody there can get a behörighet, or empty."""
    if organisation.overenskommelser.gallande().exists():
        return ""
    sager = "har ingen gällande behörighetsöverenskommelse med Försäkringskassan. Utan den kan ingen där ha behörighet till SUS."
    return f"{organisation} {sager}"


def ska_ha_overenskommelse(organisation, falt=None):
    if hinder := hinder_utan_overenskommelse(organisation):
        raise Regelbrott(hinder, falt=falt)


def ska_vara_i_tid(fran, till):
    """A period of at most two years that has not passed."""
    krav_pa_ordning(fran, till)
    if till > om_tva_ar(fran):
        raise Regelbrott(f"Behörigheten kan gälla högst två år. Välj senast {datum(om_tva_ar(fran))}.", falt="till")
    if till < timezone.localdate():
        raise Regelbrott("Sista dagen har redan passerat.", falt="till")
