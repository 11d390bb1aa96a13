"""Behörigheter and uppdrag that somebody must sign, give or renew, and the förbättringsförslag that wait for an answer."""

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.paminnelser import DAGAR_FORE
from behorigheter.forms.bestallning import UTAN_BESTALLARE
from behorigheter.models import Anvandare, Behorighet, Bestallning, Uppdrag
from behorigheter.models.uppdrag import utan_uppdrag
from behorigheter.roller import Rattighet, Roll
from sus.core.formatering import lista_i_ord
from sus.start.att_gora.uppgift import FLEST_NAMN, Uppgift, namn_i_ord, som_slutar
from sus.start.models import Forbattringsforslag


def bestallningar_att_avgora(anvandare) -> Uppgift | None:
    """Orders that wait for the user: to sign for beställare, to decide for utfärdare."""
    antal, aldst = Bestallning.objects.att_gora_for(anvandare).aggregate(antal=Count("pk"), aldst=Min("ifylld_tid")).values()
    if not antal:
        return None
    text = "beställning väntar på dig" if antal == 1 else "beställningar väntar på dig"
    return Uppgift(antal, text, reverse("behorigheter:bestallningar"), f"Äldst: ifylld {timezone.localdate(aldst)}.")


def bestallningar_utan_bestallare(anvandare) -> Uppgift | None:
    """For those who appoint beställare: orders that nobody at the employer can sign."""
    if not anvandare.har_roll_med(Rattighet.BESTALLARE_UTSE):
        return None
    rader = Bestallning.objects.tillatna_for(anvandare, Rattighet.BESTALLNING_SE).utan_bestallare()
    arbetsgivare = [str(rad.organisation) for rad in rader.select_related("organisation").order_by("organisation")]
    if not arbetsgivare:
        return None
    text = f"beställning{'' if len(arbetsgivare) == 1 else 'ar'} saknar beställare som kan signera"
    forklaring = f"{namn_i_ord(list(dict.fromkeys(arbetsgivare)))}. Utse en beställare där."
    return Uppgift(len(arbetsgivare), text, f"{reverse('behorigheter:bestallningar')}?visa={UTAN_BESTALLARE}", forklaring)


def forslag_att_besvara(anvandare) -> Uppgift | None:
    """For those who answer them: förbättringsförslag that are neither done nor closed."""
    if not anvandare.har_roll_med(Rattighet.FORSLAG_BESVARA):
        return None
    rader = Forbattringsforslag.objects.tillatna_for(anvandare, Rattighet.FORSLAG_BESVARA).obesvarade()
    om_hinder = Q(slag=Forbattringsforslag.Slag.TILLGANGLIGHET)
    antal, hinder = rader.aggregate(antal=Count("pk"), hinder=Count("pk", filter=om_hinder)).values()
    if not antal:
        return None
    text = "förbättringsförslag är inte åtgärdat" if antal == 1 else "förbättringsförslag är inte åtgärdade"
    forklaring = f"Varav brister i tillgänglighet: {hinder}. De besvaras först." if hinder else "Avsändarna väntar på svar."
    return Uppgift(antal, text, reverse("register:forslag"), forklaring)


def utan_uppdrag_att_ge(anvandare, idag: date) -> Uppgift | None:
    """For those who give uppdrag: behörigheter that nobody can work with yet."""
    if not anvandare.har_roll_med(Rattighet.UPPDRAG_GE):
        return None
    rader = utan_uppdrag(Behorighet.objects.tillatna_for(anvandare, Rattighet.UPPDRAG_GE).giltiga(idag)).exclude(anvandare=anvandare)
    antal = rader.count()
    if not antal:
        return None
    text = "behörighet saknar uppdrag" if antal == 1 else "behörigheter saknar uppdrag"
    return Uppgift(antal, text, reverse("behorigheter:utan_uppdrag"), "Utan uppdrag kan man läsa men inte registrera något.")


def behorigheter_att_fornya(anvandare, idag: date) -> Uppgift | None:
    """For beställare: those of the organisation that end soon, never one's own."""
    if not anvandare.har_roll_med(Rattighet.BESTALLNING_GORA):
        return None
    alla = Behorighet.objects.tillatna_for(anvandare, Rattighet.BESTALLNING_GORA).som_slutar_inom(max(DAGAR_FORE), idag)
    rader = list(alla.exclude(anvandare=anvandare).exclude(roll=Roll.BESTALLARE).select_related("anvandare").order_by("giltig_till", "pk"))
    if not rader:
        return None
    vad, om_den = ("behörighet", "den om den") if len(rader) == 1 else ("behörigheter", "dem om de")
    forklaring = f"{namn_i_ord(list(dict.fromkeys(str(rad.anvandare) for rad in rader)))}. Förnya {om_den} ska fortsätta gälla."
    text = f"{vad} i organisationen går snart ut"
    return som_slutar(len(rader), text, reverse("behorigheter:fornya_lista"), forklaring, dag=rader[0].giltig_till, idag=idag)


def behorigheter_som_slutar(anvandare, idag: date) -> Uppgift | None:
    """One's own, with whom to turn to; pressing when a week is left (docs/regler.md 9.3)."""
    rader = list(anvandare.behorigheter.som_slutar_inom(max(DAGAR_FORE), idag).order_by("giltig_till"))
    if not rader:
        return None
    roller = lista_i_ord([f"{rad.get_roll_display()} till {rad.giltig_till}" for rad in rader])
    text = "behörighet går snart ut" if len(rader) == 1 else "behörigheter går snart ut"
    forklaring = f"Du är {roller}. {_vem_som_fornyar(anvandare, rader)}"
    return som_slutar(len(rader), text, "", forklaring, dag=rader[0].giltig_till, idag=idag)


def _vem_som_fornyar(anvandare, behorigheter) -> str:
    if all(rad.roll == Roll.BESTALLARE for rad in behorigheter):
        return "Be Försäkringskassan att utse dig igen."
    bestallare = Anvandare.objects.andra_bestallare(anvandare)[:FLEST_NAMN]
    namn = [f"{person} ({person.epost})" if person.epost else str(person) for person in bestallare]
    if not namn:
        return "Be Försäkringskassan att utse en beställare för organisationen, som sedan kan förnya."
    return f"Be din beställare att förnya: {lista_i_ord(namn)}."


def uppdrag_som_slutar(anvandare, idag: date) -> Uppgift | None:
    """One's own, with who gives a new one (docs/regler.md 9). Nothing is asked when none has a last day."""
    med_slut = [uppdrag.pk for uppdrag in anvandare.gallande_uppdrag if uppdrag.till]
    rader = _slutande_uppdrag(Uppdrag.objects.filter(pk__in=med_slut), idag)
    if not rader:
        return None
    vilka = lista_i_ord([f"{rad.get_roll_display()} i {rad.plats} till {rad.till}" for rad in rader])
    ger = "insatsansvarig" if all(rad.insats for rad in rader) else "samverkansadministratören"
    forklaring = f"Du är {vilka}. Be {ger} om ett nytt om du ska fortsätta."
    text = "av dina uppdrag går snart ut"
    return som_slutar(len(rader), text, "", forklaring, dag=rader[0].till, idag=idag)


def andras_uppdrag_som_slutar(anvandare, idag: date) -> Uppgift | None:
    """For those who give uppdrag where they have one themselves: whose end soon."""
    forbund = Q(samverkansorganisation__in=anvandare.uppdragsplatser("samverkansorganisation", {Roll.SAMVERKANSADMINISTRATOR}))
    insatser = Q(insats__samverkansorganisation__in=anvandare.uppdragsplatser("samverkansorganisation", {Roll.INSATSANSVARIG}))
    rader = _slutande_uppdrag(Uppdrag.objects.filter(forbund | insatser).exclude(anvandare=anvandare), idag)
    if not rader:
        return None
    text = "uppdrag som du kan förnya går snart ut"
    forklaring = f"{namn_i_ord([f'{rad.anvandare} i {rad.plats}' for rad in rader])}. Ge ett nytt uppdrag till den som ska fortsätta."
    return som_slutar(len(rader), text, _uppdragssida(rader[0]), forklaring, dag=rader[0].till, idag=idag)


def _slutande_uppdrag(uppdrag, idag) -> list[Uppdrag]:
    rader = uppdrag.som_slutar_inom(max(DAGAR_FORE), idag)
    return list(rader.select_related("anvandare", "samverkansorganisation", "insats").order_by("till", "pk"))


def _uppdragssida(uppdrag: Uppdrag) -> str:
    """Where it is given anew."""
    if uppdrag.insats:
        return uppdrag.insats.get_absolute_url()
    return reverse("organisations:uppdrag", args=[uppdrag.samverkansorganisation_id])
