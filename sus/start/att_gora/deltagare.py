"""What waits for who registers: the lists of the page Att göra that have rows, and in January the anonyma."""

from datetime import date

from django.db.models import Min
from django.urls import reverse

from behorigheter.roller import Rattighet
from deltagare.anonyma import att_fora_over
from deltagare.arbetslista import ORIGINALET_SKICKAS_INOM, PER_NYCKEL, antal_per_lista
from deltagare.models import Deltagande
from insatser.models import Insats
from sus.core.sortering import sortnyckel
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
    aldst = Min("samtycke__datum", filter=PER_NYCKEL["original"].villkor(idag))
    per_insats = egna.values("insats__namn").annotate(aldst=aldst, **antal_per_lista(idag))
    rader = list(per_insats.order_by())
    antal = {nyckel: sum(rad[nyckel] for rad in rader) for nyckel in PER_NYCKEL}
    return [
        att_registrera_ut({rad["insats__namn"]: rad["ut"] for rad in rader if rad["ut"]}),
        *(_lista(nyckel, antal[nyckel]) for nyckel in LISTTEXTER),
        originalet_inte_skickat(antal["original"], [rad["aldst"] for rad in rader if rad["aldst"]], idag),
    ]


def att_registrera_ut(per_insats: dict[str, int]) -> Uppgift | None:
    """Ongoing deltaganden of insatser that have ended, or that began more than 12 months ago: {insats: number}."""
    if not per_insats:
        return None
    flest_forst = sorted(per_insats.items(), key=lambda rad: (-rad[1], sortnyckel(rad[0])))
    namn = namn_i_ord([f"{antal} i {namn}" for namn, antal in flest_forst])
    forklaring = f"{namn}. Insatsen har slutat, eller de är inskrivna sedan mer än 12 månader."
    return Uppgift(sum(per_insats.values()), "deltagare kanske ska registreras ut", _adress("ut"), forklaring)


def _lista(nyckel: str, antal: int) -> Uppgift | None:
    ental, flertal, forklaring = LISTTEXTER[nyckel]
    return Uppgift(antal, ental if antal == 1 else flertal, _adress(nyckel), forklaring) if antal else None


def originalet_inte_skickat(antal: int, underskrivna: list[date], idag: date) -> Uppgift | None:
    if not antal:
        return None
    aldst = min(underskrivna)
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
