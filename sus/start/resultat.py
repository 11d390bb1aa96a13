"""What became of those who have left the user's own insatser: for those who register, so that registering pays back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from behorigheter.roller import Rattighet
from deltagare.koder import MED_ANDRA_MATNING
from deltagare.models import Mattillfalle
from insatser.models import Insats
from sus.core.sortering import SvenskSortering


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
    egna = Insats.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE)
    insatser = egna.filter(deltaganden__slutdatum__year=ar, deltaganden__avslutningsanledning__in=MED_ANDRA_MATNING).annotate(
        avslutade=Count("deltaganden", distinct=True), fore=_arbetar_eller_studerar("in"), efter=_arbetar_eller_studerar("ut")
    )
    ordnade = insatser.order_by(SvenskSortering("namn"), "pk")  # groups lose the order of the model
    return [Resultatrad(insats, insats.avslutade, insats.fore, insats.efter, url=_rapport(insats, ar)) for insats in ordnade]


def _arbetar_eller_studerar(typ: str) -> Count:
    matning = "deltaganden__mattillfallen"
    nagot = Q(**{f"{matning}__arbete_procent__isnull": False}) | Q(**{f"{matning}__studier_procent__isnull": False})
    return Count("deltaganden", distinct=True, filter=Q(**{f"{matning}__typ": Mattillfalle.Typ(typ)}) & nagot)


def _rapport(insats, ar: int) -> str:
    urval = {"typ": "sysselsattning", "niva": "insats", "insats": insats.pk, "fran": f"{ar}-01", "till": f"{ar}-12"}
    return f"{reverse('rapporter:rapport', args=['deltagare'])}?{urlencode(urval)}"
