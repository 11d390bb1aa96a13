"""What became of those who have left the user's own insatser: for those who register, so that registering pays back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from behorigheter.roller import Rattighet
from deltagare.koder import UTAN_ANDRA_MATNING
from deltagare.models import Deltagande, Mattillfalle
from insatser.models import Insats


@dataclass(frozen=True)
class Resultatrad:
    """Of those ended in the year with a second measurement (docs/regler.md 10.2), how many worked or studied before and after."""

    insats: Insats
    avslutade: int
    fore: int
    efter: int
    url: str


def mina_resultat(anvandare, ar: int) -> list[Resultatrad]:
    """Only insatser where the user has uppdrag as deltagaransvarig, and from which somebody has ended."""
    avslutade = (
        Deltagande.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE)
        .filter(slutdatum__year=ar)
        .exclude(avslutningsanledning__in=UTAN_ANDRA_MATNING)
    )
    rader = (
        avslutade.order_by()
        .values_list("insats")
        .annotate(avslutade=Count("pk", distinct=True), fore=_arbetar_eller_studerar("in"), efter=_arbetar_eller_studerar("ut"))
    )
    tal = {insats: antal for insats, *antal in rader}
    insatser = Insats.objects.filter(pk__in=tal).select_related("samverkansorganisation")
    return [Resultatrad(insats, *tal[insats.pk], url=_rapport(insats, ar)) for insats in insatser]


def _arbetar_eller_studerar(typ: str) -> Count:
    nagot = Q(mattillfallen__arbete_procent__isnull=False) | Q(mattillfallen__studier_procent__isnull=False)
    return Count("pk", distinct=True, filter=Q(mattillfallen__typ=Mattillfalle.Typ(typ)) & nagot)


def _rapport(insats, ar: int) -> str:
    urval = {"typ": "sysselsattning", "niva": "insats", "insats": insats.pk, "fran": f"{ar}-01", "till": f"{ar}-12"}
    return f"{reverse('rapporter:rapport', args=['deltagare'])}?{urlencode(urval)}"
