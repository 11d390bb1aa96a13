"""What waits for who registers: the lists of the page Att göra that have rows, and in January the anonyma."""

from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from behorigheter.roller import Rattighet
from deltagare.anonyma import att_fora_over
from deltagare.arbetslista import ORIGINALET_SKICKAS_INOM, PER_NYCKEL
from deltagare.models import Deltagande
from insatser.models import Insats
from sus.core.sortering import SvenskSortering
from sus.start.att_gora.uppgift import Uppgift, namn_i_ord

# Lists of the page Att göra: about one, about several, and what to do.
LISTTEXTER = {
    "fragor": (
        "deltagare saknar svar på kompletterande frågor",
        "deltagare saknar svar på kompletterande frågor",
        "Svara genom att rätta uppgifterna.",
    ),
    "kontroll": (
        "deltagare är inte bekräftad av folkbokföringen",
        "deltagare är inte bekräftade av folkbokföringen",
        "Namn och kommun skrevs för hand.",
    ),
    "felregistrering": (
        "felregistrering väntar på svar",
        "felregistreringar väntar på svar",
        "En annan deltagaransvarig än den som begärde det avgör.",
    ),
}


def listor_som_vantar(anvandare, idag: date) -> list[Uppgift | None]:
    egna = Deltagande.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE)
    return [att_registrera_ut(egna, idag), *(_lista(egna, idag, nyckel) for nyckel in LISTTEXTER), originalet_inte_skickat(egna, idag)]


def att_registrera_ut(egna: QuerySet[Deltagande], idag: date) -> Uppgift | None:
    """Ongoing deltaganden of insatser that have ended, or that began more than 12 months ago, per insats."""
    rader = PER_NYCKEL["ut"].rader(egna, idag).values_list("insats__namn").annotate(antal=Count("pk"))
    per_insats = list(rader.order_by("-antal", SvenskSortering("insats__namn")))
    if not per_insats:
        return None
    namn = namn_i_ord([f"{antal} i {namn}" for namn, antal in per_insats])
    forklaring = f"{namn}. Insatsen har slutat, eller de är inskrivna sedan mer än 12 månader."
    return Uppgift(sum(antal for _, antal in per_insats), "deltagare kanske ska registreras ut", _adress("ut"), forklaring)


def _lista(egna: QuerySet[Deltagande], idag: date, nyckel: str) -> Uppgift | None:
    antal = PER_NYCKEL[nyckel].rader(egna, idag).count()
    ental, flertal, forklaring = LISTTEXTER[nyckel]
    return Uppgift(antal, ental if antal == 1 else flertal, _adress(nyckel), forklaring) if antal else None


def originalet_inte_skickat(egna: QuerySet[Deltagande], idag: date) -> Uppgift | None:
    antal, aldst = PER_NYCKEL["original"].rader(egna, idag).aggregate(antal=Count("pk"), aldst=Min("samtycke__datum")).values()
    if not antal:
        return None
    text = f"{'samtycke' if antal == 1 else 'samtycken'} saknar datum för när originalet skickades"
    bricka = f"Mer än {ORIGINALET_SKICKAS_INOM.days} dagar" if aldst < idag - ORIGINALET_SKICKAS_INOM else ""
    return Uppgift(antal, text, _adress("original"), f"Äldst: underskrivet {aldst}.", bricka=bricka)


def anonyma_som_fortsatter(anvandare, idag: date) -> Uppgift | None:
    """In January: insatser that had anonyma last year and none this year. Those who go on are entered again (docs/regler.md 6.7)."""
    if idag.month != 1:
        return None
    egna = Insats.objects.tillatna_for(anvandare, Rattighet.ANONYMA_ANDRA)
    rader = list(att_fora_over(egna, idag.year).values_list("pk", "namn"))
    if not rader:
        return None
    text = f"{'insats' if len(rader) == 1 else 'insatser'} hade anonyma deltagare {idag.year - 1}"
    url = reverse("deltagare:anonyma") + (f"?insats={rader[0][0]}&ar={idag.year}" if len(rader) == 1 else "")
    forklaring = f"{namn_i_ord([namn for _, namn in rader])}. De som fortsätter registreras igen för {idag.year}."
    return Uppgift(len(rader), text, url, forklaring)


def _adress(nyckel: str) -> str:
    return f"{reverse('deltagare:att_gora')}?visa={nyckel}"
