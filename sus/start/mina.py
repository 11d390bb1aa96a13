"""Mina samverkansorganisationer and Mina insatser: where the user has uppdrag, with the year's key figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from behorigheter.lagen import Antal, anonyma_per_ar, antal_deltaganden
from behorigheter.roller import Rattighet, Roll
from deltagare.models import AnonymPost
from insatser.models import Insats, InsatsAr, InsatsBudget, VolymPost
from organisations.models import AdministrativKostnad, Finansiering, Samverkansorganisation
from organisations.sammanstallning import summa_av_kanda
from sus.core.formatering import lista_i_ord


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
    insatser = list(egna.select_related("samverkansorganisation").order_by("samverkansorganisation__namn", "namn"))
    pk = [insats.pk for insats in insatser]
    roller = _roller(anvandare, idag)
    deltagare = antal_deltaganden(pk, date(ar, 1, 1), date(ar, 12, 31))
    volym = _summor(VolymPost.objects.filter(ar=ar, insats__in=pk), "insats", "antal")
    anonyma = {rad.insats: rad.antal for rad in anonyma_per_ar(pk) if (rad.ar, rad.slag) == (ar, AnonymPost.Slag.ANONYM)}
    planerat = dict(InsatsAr.objects.filter(ar=ar, insats__in=pk).values_list("insats", "planerat_antal"))
    budgetrader = InsatsBudget.objects.filter(insatsar__ar=ar, insatsar__insats__in=pk)
    budget, utfall = (_summor(budgetrader, "insatsar__insats", falt) for falt in ("budget", "utfall"))
    rader = []
    for insats in insatser:
        mina = roller["insats", insats.pk] | (roller["samverkansorganisation", insats.samverkansorganisation_id] & {Roll.INSATSANSVARIG})
        tal = Antal(volym.get(insats.pk, 0)) if insats.ar_volyminsats else deltagare.get(insats.pk, Antal())
        registrera = (Roll.INSATSANSVARIG if insats.ar_volyminsats else Roll.DELTAGARANSVARIG) in mina
        pengar = planerat.get(insats.pk), budget.get(insats.pk), utfall.get(insats.pk)
        rader.append(Insatsrad(insats, _i_ord(mina), registrera, *tal, anonyma.get(insats.pk), *pengar))
    return rader


def mina_samverkansorganisationer(anvandare, idag: date) -> list[Organisationsrad]:
    ar = nyckeltalsar(idag)
    direkt = Q(uppdrag__in=anvandare.uppdrag.aktuella(idag))
    egna = Samverkansorganisation.objects.filter(direkt | Q(insatser__in=_egna_insatser(anvandare))).distinct()
    organisationer = list(egna)
    pk = [organisation.pk for organisation in organisationer]
    roller = _roller(anvandare, idag)
    insatser = dict(
        Insats.objects.pagaende(idag)
        .filter(samverkansorganisation__in=pk)
        .values_list("samverkansorganisation")
        .annotate(Count("pk"))
        .order_by()
    )
    i_ar = {"budgetar__ar": ar, "budgetar__samverkansorganisation__in": pk}
    medel = _summor(Finansiering.objects.filter(**i_ar), "budgetar__samverkansorganisation", "belopp")
    administration = _summor(AdministrativKostnad.objects.filter(**i_ar), "budgetar__samverkansorganisation", "budget")
    i_insatser = InsatsBudget.objects.filter(insatsar__ar=ar, insatsar__insats__samverkansorganisation__in=pk)
    insatskostnad = _summor(i_insatser, "insatsar__insats__samverkansorganisation", "budget")
    return [
        Organisationsrad(
            organisation,
            _i_ord(roller["samverkansorganisation", organisation.pk]) or "Deltagaransvarig",
            insatser.get(organisation.pk, 0),
            medel.get(organisation.pk),
            summa_av_kanda([administration.get(organisation.pk), insatskostnad.get(organisation.pk)]),
        )
        for organisation in organisationer
    ]


def _egna_insatser(anvandare):
    return Insats.objects.tillatna_for(anvandare, Rattighet.INSATS_ANDRA) | Insats.objects.tillatna_for(
        anvandare, Rattighet.DELTAGARE_ANDRA
    )


def _roller(anvandare, idag):
    """{("insats" or "samverkansorganisation", pk): the user's roles there today}."""
    roller = defaultdict(set)
    for roll, insats, organisation in anvandare.uppdrag.aktuella(idag).values_list("roll", "insats", "samverkansorganisation"):
        roller["insats" if insats else "samverkansorganisation", insats or organisation].add(Roll(roll))
    return roller


def _summor(rader, grupp, falt):
    """{group: sum}; unknown (None) when no row has a figure."""
    return dict(rader.values_list(grupp).annotate(Sum(falt)).order_by())


def _i_ord(roller: set[Roll]) -> str:
    text = lista_i_ord([str(roll.label) for roll in Roll if roll in roller])
    return text[:1].upper() + text[1:]
