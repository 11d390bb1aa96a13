"""Mina samverkansorganisationer and Mina insatser: where the user has uppdrag, with the year's key figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

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
    insatser = list(egna.select_related("samverkansorganisation").order_by("samverkansorganisation", SvenskSortering("namn")))
    roller, tal = _roller(anvandare, idag), _Insatstal([insats.pk for insats in insatser], ar)
    rader = []
    for insats in insatser:
        mina = roller["insats", insats.pk] | (roller["samverkansorganisation", insats.samverkansorganisation_id] & {Roll.INSATSANSVARIG})
        registrera = (Roll.INSATSANSVARIG if insats.ar_volyminsats else Roll.DELTAGARANSVARIG) in mina
        rader.append(Insatsrad(insats, _i_ord(mina), registrera, **tal.om(insats)))
    return rader


class _Insatstal:
    """The year's figures of the insatser, asked for all at once."""

    def __init__(self, insatser: list[int], ar: int) -> None:
        self.deltagare = antal_deltaganden(insatser, date(ar, 1, 1), date(ar, 12, 31))
        self.volym = _summor(VolymPost.objects.filter(ar=ar, insats__in=insatser), "insats", "antal")
        self.anonyma = {rad.insats: rad.antal for rad in anonyma_per_ar(insatser) if (rad.ar, rad.slag) == (ar, AnonymPost.Slag.ANONYM)}
        self.planerat = dict(InsatsAr.objects.filter(ar=ar, insats__in=insatser).values_list("insats", "planerat_antal"))
        rader = InsatsBudget.objects.filter(insatsar__ar=ar, insatsar__insats__in=insatser)
        self.budget, self.utfall = (_summor(rader, "insatsar__insats", falt) for falt in ("budget", "utfall"))

    def om(self, insats: Insats) -> dict[str, int | None]:
        pk = insats.pk
        antal = Antal(self.volym.get(pk, 0)) if insats.ar_volyminsats else self.deltagare.get(pk, Antal())
        ovrigt = {namn: getattr(self, namn).get(pk) for namn in ("anonyma", "planerat", "budget", "utfall")}
        return antal._asdict() | ovrigt


def mina_samverkansorganisationer(anvandare, idag: date) -> list[Organisationsrad]:
    ar = nyckeltalsar(idag)
    egna = Samverkansorganisation.objects.with_egen(anvandare).filter(egen=True)
    organisationer = list(egna)
    pk = [organisation.pk for organisation in organisationer]
    roller = _roller(anvandare, idag)
    pagaende = Insats.objects.pagaende(idag).filter(samverkansorganisation__in=pk)
    insatser = dict(pagaende.values_list("samverkansorganisation").annotate(Count("pk")).order_by())
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
