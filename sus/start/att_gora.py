"""What waits for the user: counts that are cheap and true, each with where to go and why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.paminnelser import DAGAR_FORE
from behorigheter.models import Anvandare, Behorighet, Bestallning, Uppdrag
from behorigheter.models.uppdrag import utan_uppdrag
from behorigheter.roller import Rattighet, Roll
from deltagare.anonyma import att_fora_over
from deltagare.arbetslista import ORIGINALET_SKICKAS_INOM, PER_NYCKEL
from deltagare.models import Deltagande
from insatser.models import Insats, InsatsAr, InsatsBudget
from sus.core.formatering import lista_i_ord
from sus.start.models import Forbattringsforslag

FLEST_NAMN = 4
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


@dataclass(frozen=True)
class Uppgift:
    antal: int
    text: str
    url: str
    forklaring: str
    bricka: str = ""
    brattom: bool = False


def uppgifter(anvandare, idag: date) -> list[Uppgift]:
    alla = [
        bestallningar_att_avgora(anvandare, idag),
        forslag_att_besvara(anvandare),
        utan_deltagaransvarig(anvandare, idag),
        utan_uppdrag_att_ge(anvandare, idag),
        att_registrera_ut(anvandare, idag),
        *(lista_som_vantar(anvandare, idag, nyckel) for nyckel in LISTTEXTER),
        originalet_inte_skickat(anvandare, idag),
        anonyma_som_fortsatter(anvandare, idag),
        utan_utfall(anvandare, idag),
        utan_planerat_antal(anvandare, idag),
        behorigheter_att_fornya(anvandare, idag),
        behorigheter_som_slutar(anvandare, idag),
        uppdrag_som_slutar(anvandare, idag),
        andras_uppdrag_som_slutar(anvandare, idag),
    ]
    return [uppgift for uppgift in alla if uppgift]


def utan_deltagaransvarig(anvandare, idag) -> Uppgift | None:
    """Ongoing insatser with personuppgifter in which nobody can register."""
    har = Uppdrag.objects.aktuella(idag).filter(roll=Roll.DELTAGARANSVARIG, insats=OuterRef("pk"))
    insatser = _ansvariga_insatser(anvandare).pagaende(idag).med_personuppgifter().filter(~Exists(har))
    texter = ("insats saknar deltagaransvarig", "insatser saknar deltagaransvarig")
    return _om_insatser(
        insatser, texter, "insatser:uppdrag_ge", forklaring="Ingen kan registrera deltagare i {}.", bricka="Bråttom", brattom=True
    )


def att_registrera_ut(anvandare, idag) -> Uppgift | None:
    """Ongoing deltaganden of insatser that have ended, or that began more than 12 months ago, per insats."""
    rader = _deltaganden(anvandare).att_registrera_ut(idag)
    per_insats = list(rader.values_list("insats__namn").annotate(antal=Count("pk")).order_by("-antal", "insats__namn"))
    antal = sum(rad[1] for rad in per_insats)
    if not antal:
        return None
    forklaring = f"{_namn([f'{namn} {n}' for namn, n in per_insats])}. Insatsen har slutat, eller de är inskrivna sedan mer än 12 månader."
    return Uppgift(antal, "deltagare kanske ska registreras ut", _arbetslista("ut"), forklaring)


def originalet_inte_skickat(anvandare, idag) -> Uppgift | None:
    rader = _deltaganden(anvandare).utan_skickat_original()
    antal = rader.count()
    if not antal:
        return None
    aldst = rader.order_by("samtycke__datum").values_list("samtycke__datum", flat=True)[0]
    text = f"{'samtycke' if antal == 1 else 'samtycken'} saknar datum för när originalet skickades"
    bricka = "Mer än 14 dagar" if aldst < idag - ORIGINALET_SKICKAS_INOM else ""
    return Uppgift(antal, text, _arbetslista("original"), f"Äldst: underskrivet {aldst}.", bricka=bricka)


def lista_som_vantar(anvandare, idag, nyckel) -> Uppgift | None:
    """A list of the page Att göra that has rows."""
    antal = PER_NYCKEL[nyckel].rader(_deltaganden(anvandare), idag).count()
    ental, flertal, forklaring = LISTTEXTER[nyckel]
    return Uppgift(antal, ental if antal == 1 else flertal, _arbetslista(nyckel), forklaring) if antal else None


def anonyma_som_fortsatter(anvandare, idag) -> Uppgift | None:
    """In January: insatser that had anonyma last year and none this year. Those who go on are entered again (docs/regler.md 6.7)."""
    if idag.month != 1:
        return None
    egna = Insats.objects.tillatna_for(anvandare, Rattighet.ANONYMA_ANDRA)
    rader = list(att_fora_over(egna, idag.year).order_by("namn").values_list("pk", "namn"))
    if not rader:
        return None
    text = f"{'insats' if len(rader) == 1 else 'insatser'} hade anonyma deltagare {idag.year - 1}"
    url = reverse("deltagare:anonyma") + (f"?insats={rader[0][0]}&ar={idag.year}" if len(rader) == 1 else "")
    forklaring = f"{_namn([namn for _, namn in rader])}. De som fortsätter registreras igen för {idag.year}."
    return Uppgift(len(rader), text, url, forklaring)


def utan_utfall(anvandare, idag) -> Uppgift | None:
    """Insatser with a budget last year whose utfall is unknown. The government's figures are drawn at the end of January."""
    ar = idag.year - 1
    okant = InsatsBudget.objects.filter(insatsar__insats=OuterRef("pk"), insatsar__ar=ar, utfall=None)
    insatser = _ansvariga_insatser(anvandare).filter(Exists(okant))
    bricka = "Senast 31 januari" if idag.month == 1 else ""
    texter = (f"insats saknar utfall för {ar}", f"insatser saknar utfall för {ar}")
    return _om_insatser(insatser, texter, "insatser:budget", ar=ar, bricka=bricka)


def utan_planerat_antal(anvandare, idag) -> Uppgift | None:
    ar = idag.year
    planerat = InsatsAr.objects.filter(insats=OuterRef("pk"), ar=ar, planerat_antal__isnull=False)
    insatser = _ansvariga_insatser(anvandare).pagaende(idag).filter(~Exists(planerat))
    texter = (f"insats saknar planerat antal deltagare för {ar}", f"insatser saknar planerat antal deltagare för {ar}")
    return _om_insatser(insatser, texter, "insatser:budget", ar=ar)


def behorigheter_som_slutar(anvandare, idag) -> Uppgift | None:
    """One's own, with whom to turn to; pressing when a week is left (docs/regler.md 9.3)."""
    rader = list(anvandare.behorigheter.som_slutar_inom(max(DAGAR_FORE), idag).order_by("giltig_till"))
    if not rader:
        return None
    roller = lista_i_ord([f"{rad.get_roll_display()} till {rad.giltig_till}" for rad in rader])
    text = "behörighet går snart ut" if len(rader) == 1 else "behörigheter går snart ut"
    forklaring = f"Du är {roller}. {_vem_som_fornyar(anvandare, rader)}"
    dagar = (rader[0].giltig_till - idag).days
    return Uppgift(len(rader), text, "", forklaring, bricka=_om_dagar(dagar), brattom=dagar <= min(DAGAR_FORE))


def uppdrag_som_slutar(anvandare, idag) -> Uppgift | None:
    """One's own, with who gives a new one (docs/regler.md 9)."""
    rader = _slutande_uppdrag(anvandare.uppdrag.all(), idag)
    if not rader:
        return None
    vilka = lista_i_ord([f"{rad.get_roll_display()} i {rad.plats} till {rad.till}" for rad in rader])
    ger = "insatsansvarig" if all(rad.insats for rad in rader) else "samverkansadministratören"
    dagar = (rader[0].till - idag).days
    forklaring = f"Du är {vilka}. Be {ger} om ett nytt om du ska fortsätta."
    text = "av dina uppdrag går snart ut"
    return Uppgift(len(rader), text, "", forklaring, bricka=_om_dagar(dagar), brattom=dagar <= min(DAGAR_FORE))


def andras_uppdrag_som_slutar(anvandare, idag) -> Uppgift | None:
    """For those who give uppdrag where they have one themselves: whose end soon."""
    egna = anvandare.uppdrag.aktuella(idag)
    forbund = Q(samverkansorganisation__in=egna.filter(roll=Roll.SAMVERKANSADMINISTRATOR).values("samverkansorganisation"))
    insatser = Q(insats__samverkansorganisation__in=egna.filter(roll=Roll.INSATSANSVARIG).values("samverkansorganisation"))
    rader = _slutande_uppdrag(Uppdrag.objects.filter(forbund | insatser).exclude(anvandare=anvandare), idag)
    if not rader:
        return None
    dagar = (rader[0].till - idag).days
    text = "uppdrag som du kan förnya går snart ut"
    forklaring = f"{_namn([f'{rad.anvandare} i {rad.plats}' for rad in rader])}. Ge ett nytt uppdrag till den som ska fortsätta."
    return Uppgift(len(rader), text, _uppdragssida(rader), forklaring, bricka=_om_dagar(dagar), brattom=dagar <= min(DAGAR_FORE))


def _slutande_uppdrag(uppdrag, idag) -> list[Uppdrag]:
    rader = uppdrag.som_slutar_inom(max(DAGAR_FORE), idag)
    return list(rader.select_related("anvandare", "samverkansorganisation", "insats").order_by("till", "pk"))


def _uppdragssida(rader: list[Uppdrag]) -> str:
    """Where the first of them is given anew."""
    forst = rader[0]
    return forst.insats.get_absolute_url() if forst.insats else reverse("organisations:uppdrag", args=[forst.samverkansorganisation_id])


def _vem_som_fornyar(anvandare, behorigheter) -> str:
    if all(rad.roll == Roll.BESTALLARE for rad in behorigheter):
        return "Be Försäkringskassan att utse dig igen."
    bestallare = Anvandare.objects.med_roll(Roll.BESTALLARE).filter(arbetsgivare=anvandare.arbetsgivare_id).exclude(pk=anvandare.pk)
    namn = [f"{person} ({person.epost})" if person.epost else str(person) for person in bestallare.distinct()[:FLEST_NAMN]]
    return f"Be din beställare att förnya: {lista_i_ord(namn)}." if namn else "Be din organisations beställare att förnya."


def _om_dagar(dagar: int) -> str:
    return {0: "Slutar i dag", 1: "Slutar i morgon"}.get(dagar, f"Om {dagar} dagar")


def behorigheter_att_fornya(anvandare, idag) -> Uppgift | None:
    """For beställare: those of the organisation that end soon, never one's own."""
    if not anvandare.har_roll_med(Rattighet.BESTALLNING_GORA):
        return None
    alla = Behorighet.objects.tillatna_for(anvandare, Rattighet.BESTALLNING_GORA).som_slutar_inom(max(DAGAR_FORE), idag)
    rader = list(alla.exclude(anvandare=anvandare).exclude(roll=Roll.BESTALLARE).select_related("anvandare").order_by("giltig_till", "pk"))
    if not rader:
        return None
    dagar = (rader[0].giltig_till - idag).days
    text = "behörighet i organisationen går snart ut" if len(rader) == 1 else "behörigheter i organisationen går snart ut"
    forklaring = f"{_namn(list(dict.fromkeys(str(rad.anvandare) for rad in rader)))}. Förnya dem om de ska fortsätta gälla."
    return Uppgift(
        len(rader), text, reverse("behorigheter:fornya_lista"), forklaring, bricka=_om_dagar(dagar), brattom=dagar <= min(DAGAR_FORE)
    )


def bestallningar_att_avgora(anvandare, idag) -> Uppgift | None:
    """Orders that wait for the user: to sign for beställare, to decide for utfärdare."""
    rader = Bestallning.objects.att_gora_for(anvandare)
    antal = rader.count()
    if not antal:
        return None
    aldst = timezone.localdate(rader.order_by("ifylld_tid").values_list("ifylld_tid", flat=True)[0])
    text = "beställning väntar på dig" if antal == 1 else "beställningar väntar på dig"
    return Uppgift(antal, text, reverse("behorigheter:bestallningar"), f"Äldst: ifylld {aldst}.")


def forslag_att_besvara(anvandare) -> Uppgift | None:
    """For those who answer them: förbättringsförslag that nobody has read or closed."""
    if not anvandare.har_roll_med(Rattighet.FORSLAG_BESVARA):
        return None
    rader = Forbattringsforslag.objects.tillatna_for(anvandare, Rattighet.FORSLAG_BESVARA).obesvarade()
    antal = rader.count()
    if not antal:
        return None
    hinder = rader.filter(slag=Forbattringsforslag.Slag.TILLGANGLIGHET).count()
    text = "förbättringsförslag är inte åtgärdat" if antal == 1 else "förbättringsförslag är inte åtgärdade"
    forklaring = f"Varav brister i tillgänglighet: {hinder}. De besvaras först." if hinder else "Avsändarna väntar på svar."
    return Uppgift(antal, text, reverse("register:forslag"), forklaring)


def utan_uppdrag_att_ge(anvandare, idag) -> Uppgift | None:
    """For those who give uppdrag: behörigheter that nobody can work with yet."""
    if not anvandare.har_roll_med(Rattighet.UPPDRAG_GE):
        return None
    rader = utan_uppdrag(Behorighet.objects.tillatna_for(anvandare, Rattighet.UPPDRAG_GE).giltiga(idag)).exclude(anvandare=anvandare)
    antal = rader.count()
    if not antal:
        return None
    text = "behörighet saknar uppdrag" if antal == 1 else "behörigheter saknar uppdrag"
    return Uppgift(antal, text, reverse("behorigheter:utan_uppdrag"), "Utan uppdrag kan man läsa men inte registrera något.")


def _deltaganden(anvandare) -> QuerySet[Deltagande]:
    return Deltagande.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE)


def _arbetslista(nyckel) -> str:
    return f"{reverse('deltagare:att_gora')}?visa={nyckel}"


def _ansvariga_insatser(anvandare) -> QuerySet[Insats]:
    return Insats.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA)


def _om_insatser(insatser, texter: tuple[str, str], vy: str, *, ar=None, forklaring="{}.", **kwargs) -> Uppgift | None:
    """One task about all the insatser: to the insats itself when it is the only one, else to the list."""
    rader = list(insatser.order_by("namn").values_list("pk", "namn"))
    if not rader:
        return None
    url = reverse(vy, args=[rader[0][0]]) + (f"?ar={ar}" if ar else "") if len(rader) == 1 else reverse("insatser:list")
    return Uppgift(len(rader), texter[len(rader) > 1], url, forklaring.format(_namn([namn for _, namn in rader])), **kwargs)


def _namn(namn: list[str]) -> str:
    """The first names in words, and how many more there are."""
    fler = len(namn) - FLEST_NAMN
    return lista_i_ord(namn) if fler <= 1 else f"{', '.join(namn[:FLEST_NAMN])} och {fler} till"
