"""What is missing in insatser and budgets, for those who are responsible for them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from behorigheter.models import Uppdrag
from behorigheter.roller import Rattighet, Roll
from insatser.models import Insats, InsatsAr, InsatsBudget
from organisations.models import Finansiering, Samverkansorganisation
from sus.start.att_gora.uppgift import Uppgift, namn_i_ord


def utan_deltagaransvarig(anvandare, idag: date) -> Uppgift | None:
    """Ongoing insatser with personuppgifter in which nobody can register."""
    har = Uppdrag.objects.aktuella(idag).filter(roll=Roll.DELTAGARANSVARIG, insats=OuterRef("pk"))
    insatser = _egna(anvandare).pagaende(idag).med_personuppgifter().filter(~Exists(har))
    texter = ("insats saknar deltagaransvarig", "insatser saknar deltagaransvarig")
    return _om(insatser, texter, "insatser:uppdrag_ge", forklaring="Ingen kan registrera deltagare i {}.", bricka="Bråttom", brattom=True)


def utan_utfall(anvandare, idag: date) -> Uppgift | None:
    """Insatser with a budget last year whose utfall is unknown. The government's figures are drawn at the end of January."""
    ar = idag.year - 1
    okant = InsatsBudget.objects.filter(insatsar__insats=OuterRef("pk"), insatsar__ar=ar, utfall=None)
    texter = (f"insats saknar utfall för {ar}", f"insatser saknar utfall för {ar}")
    bricka = "Senast 31 januari" if idag.month == 1 else ""
    return _om(_egna(anvandare).filter(Exists(okant)), texter, "insatser:budget", ar=ar, bricka=bricka)


def utan_planerat_antal(anvandare, idag: date) -> Uppgift | None:
    ar = idag.year
    planerat = InsatsAr.objects.filter(insats=OuterRef("pk"), ar=ar, planerat_antal__isnull=False)
    texter = (f"insats saknar planerat antal deltagare för {ar}", f"insatser saknar planerat antal deltagare för {ar}")
    return _om(_egna(anvandare).pagaende(idag).filter(~Exists(planerat)), texter, "insatser:budget", ar=ar)


def utan_finansiering(anvandare, idag: date) -> Uppgift | None:
    """Ongoing samverkansorganisationer whose budget of the year says nothing of where the money comes from."""
    ar = idag.year
    finansiering = Finansiering.objects.filter(budgetar__samverkansorganisation=OuterRef("pk"), budgetar__ar=ar)
    organisationer = Samverkansorganisation.objects.tillatna_for(anvandare, Rattighet.BUDGET_ANDRA).pagaende(idag)
    texter = (f"budget för {ar} saknar finansiering", f"budgetar för {ar} saknar finansiering")
    return _om(organisationer.filter(~Exists(finansiering)), texter, "organisations:budget", lista="organisations:list", ar=ar)


def _egna(anvandare) -> QuerySet[Insats]:
    return Insats.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA)


def _om(
    rader: QuerySet,
    texter: tuple[str, str],
    vy: str,
    *,
    lista: str = "insatser:list",
    ar: int | None = None,
    forklaring: str = "{}.",
    **falt: Any,
) -> Uppgift | None:
    """One task about all the rows, which have names: to the page of the row when it is the only one, else to the list."""
    alla = list(rader.values_list("pk", "namn"))
    if not alla:
        return None
    url = reverse(vy, args=[alla[0][0]]) + (f"?ar={ar}" if ar else "") if len(alla) == 1 else reverse(lista)
    return Uppgift(len(alla), texter[len(alla) > 1], url, forklaring.format(namn_i_ord([namn for _, namn in alla])), **falt)
