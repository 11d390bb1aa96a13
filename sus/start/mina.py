"""Mina samverkansorganisationer and Mina insatser: where the user has uppdrag, with the year's key figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Aggregate, Count, OuterRef, QuerySet, Subquery, Sum

from behorigheter.lagen import Antal, anonyma_per_ar, antal_deltaganden
from behorigheter.roller import Rattighet, Roll
from deltagare.models import AnonymPost
from insatser.models import Insats, InsatsAr, InsatsBudget, VolymPost
from organisations.models import AdministrativKostnad, Finansiering, Samverkansorganisation
from organisations.sammanstallning import summa_av_kanda
from sus.core.formatering import lista_i_ord
from sus.core.sortering import SvenskSortering


@dataclass(frozen=True)
class Insatsrad:
    """None is not registered, which is not 0."""

    insats: Insats
    uppdrag: str
    far_registrera: bool
    antal: int
    nya: int
    avslutade: int
    anonyma: int | None
    planerat: int | None
    budget: int | None
    utfall: int | None

    @property
    def pagaende(self) -> int:
        return self.antal - self.avslutade

    @property
    def andel(self) -> str:
        """Length of the bar: per cent of the planned number."""
        return f"{min(100, 100 * self.antal // self.planerat) if self.planerat else 0}%"


@dataclass(frozen=True)
class Organisationsrad:
    organisation: Samverkansorganisation
    uppdrag: str
    insatser: int
    medel: int | None
    budgeterat: int | None


def nyckeltalsar(idag: date) -> int:
    """In January the year that has just ended, which is then being completed."""
    return idag.year - 1 if idag.month == 1 else idag.year


def mina_insatser(anvandare, idag: date) -> list[Insatsrad]:
    """Insatser running in the year that the user is insatsansvarig or deltagaransvarig for."""
    ar = nyckeltalsar(idag)
    egna = _egna_insatser(anvandare).som_pagar_nagon_gang(date(ar, 1, 1), date(ar, 12, 31))
    insatser = list(egna.order_by("samverkansorganisation", SvenskSortering("namn")))
    if not insatser:
        return []
    roller, tal = _roller(anvandare), _Insatstal(insatser, ar)
    rader = []
    for insats in insatser:
        mina = roller["insats", insats.pk] | (roller["samverkansorganisation", insats.samverkansorganisation_id] & {Roll.INSATSANSVARIG})
        registrera = (Roll.INSATSANSVARIG if insats.ar_volyminsats else Roll.DELTAGARANSVARIG) in mina
        rader.append(Insatsrad(insats, _i_ord(mina), registrera, **tal.om(insats)))
    return rader


class _Insatstal:
    """The year's figures of the insatser, asked for all at once."""

    def __init__(self, insatser: list[Insats], ar: int) -> None:
        alla = [insats.pk for insats in insatser]
        volyminsatser = [insats.pk for insats in insatser if insats.ar_volyminsats]
        volym = VolymPost.objects.filter(ar=ar, insats__in=volyminsatser).order_by()
        i_ar = InsatsAr.objects.filter(ar=ar, insats__in=alla).with_summor()
        self.volym = dict(volym.values_list("insats").annotate(Sum("antal")))
        self.deltagare = antal_deltaganden(alla, date(ar, 1, 1), date(ar, 12, 31))
        self.anonyma = {rad.insats: rad.antal for rad in anonyma_per_ar(alla) if (rad.ar, rad.slag) == (ar, AnonymPost.Slag.ANONYM)}
        self.i_ar = {rad["insats"]: rad for rad in i_ar.values("insats", "planerat_antal", "budget", "utfall")}

    def om(self, insats: Insats) -> dict[str, int | None]:
        pk = insats.pk
        antal = Antal(self.volym.get(pk, 0)) if insats.ar_volyminsats else self.deltagare.get(pk, Antal())
        i_ar = self.i_ar.get(pk, {})
        ovrigt = {"planerat": i_ar.get("planerat_antal"), "budget": i_ar.get("budget"), "utfall": i_ar.get("utfall")}
        return antal._asdict() | ovrigt | {"anonyma": self.anonyma.get(pk)}


def mina_samverkansorganisationer(anvandare, idag: date) -> list[Organisationsrad]:
    ar, roller = nyckeltalsar(idag), _roller(anvandare)
    organisationer = (
        Samverkansorganisation.objects.with_egen(anvandare)
        .filter(egen=True)
        .annotate(
            insatser_nu=_summa(Insats.objects.pagaende(idag), "samverkansorganisation", Count("pk")),
            medel=_summa(Finansiering.objects.filter(budgetar__ar=ar), "budgetar__samverkansorganisation", Sum("belopp")),
            administration=_summa(AdministrativKostnad.objects.filter(budgetar__ar=ar), "budgetar__samverkansorganisation", Sum("budget")),
            i_insatser=_summa(InsatsBudget.objects.filter(insatsar__ar=ar), "insatsar__insats__samverkansorganisation", Sum("budget")),
        )
    )
    return [
        Organisationsrad(
            organisation,
            _i_ord(roller["samverkansorganisation", organisation.pk]) or "Deltagaransvarig",
            organisation.insatser_nu or 0,
            organisation.medel,
            summa_av_kanda([organisation.administration, organisation.i_insatser]),
        )
        for organisation in organisationer
    ]


def _egna_insatser(anvandare):
    return Insats.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA) | Insats.objects.tillatna_for(
        anvandare, Rattighet.DELTAGARE_ANDRA
    )


def _roller(anvandare):
    """{("insats" or "samverkansorganisation", pk): the user's roles there today}."""
    roller = defaultdict(set)
    for uppdrag in anvandare.gallande_uppdrag:
        plats = ("insats", uppdrag.insats_id) if uppdrag.insats_id else ("samverkansorganisation", uppdrag.samverkansorganisation_id)
        roller[plats].add(Roll(uppdrag.roll))
    return roller


def _summa(rader: QuerySet, vag: str, summa: Aggregate) -> Subquery:
    """The sum of the rows whose path leads to the samverkansorganisation; unknown (None) when no row has a figure."""
    return Subquery(rader.filter(**{vag: OuterRef("pk")}).order_by().values(vag).annotate(summa=summa).values("summa"))


def _i_ord(roller: set[Roll]) -> str:
    text = lista_i_ord([str(roll.label) for roll in Roll if roll in roller])
    return text[:1].upper() + text[1:]
