"""The förbund's insatser over the years: categories, plans and money, and head counts without persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from deltagare.koder import Kon
from deltagare.models import AnonymPost
from insatser.models import HOR_TILL, Deltagarregistrering, Inriktning, Insats, InsatsAr, InsatsBudget, Malgrupp, VolymAvser, VolymPost
from organisations.models import Budgettyp, Omrade, Samverkansorganisation

FORLED = ["Nya", "Öppna", "Gröna", "Trygga", "Gemensamma", "Lilla", "Stora", "Norra", "Södra", "Mobila"]
EFTERLED = [
    "Steget",
    "Vägen",
    "Porten",
    "Bryggan",
    "Kompassen",
    "Verkstaden",
    "Spåret",
    "Kraften",
    "Mötesplatsen",
    "Rutan",
    "Starten",
    "Navet",
]
HELA_TIDEN = 3  # of a förbund's insatser go on through all the years
VOLYM = 7  # every so many is a volyminsats
MED_ESF, UTAN_UTFALL, MED_ANONYMA, MED_ATERTAGNA = 0.05, 0.04, 0.4, 0.03


@dataclass(frozen=True)
class Insatstid:
    """What a deltagande must know of its insats. `sista` is the last day that has been; `vikt` how many come."""

    insats_id: int
    forsta: date
    sista: date
    vikt: int


@dataclass(frozen=True)
class Plats:
    """A förbund with its insatser with personuppgifter and its kommuner."""

    forbund: Samverkansorganisation
    kommuner: tuple[str, ...]
    insatser: tuple[Insatstid, ...]


def skapa_insatser(forbund: Sequence[Samverkansorganisation], antal: int, forsta_ar: int, idag: date, slump: Random) -> list[Plats]:
    insatser = Insats.objects.bulk_create(
        _insats(rad, nr, forsta_ar, idag, slump) for plats, rad in enumerate(forbund) for nr in range(_andel(antal, len(forbund), plats))
    )
    _malgrupper(insatser, slump)
    _ar(insatser, idag, slump)
    _utan_personer(insatser, idag, slump)
    return [
        Plats(
            rad,
            tuple(Omrade.objects.filter(samverkansorganisation=rad).order_by("pk").values_list("kommun_id", flat=True)),
            tuple(
                Insatstid(insats.pk, insats.startdatum, min(insats.slutdatum or idag, idag), slump.choice([1, 1, 2, 3, 5]))
                for insats in insatser
                if insats.samverkansorganisation_id == rad.pk and not insats.ar_volyminsats
            ),
        )
        for rad in forbund
    ]


def _andel(antal: int, delar: int, plats: int) -> int:
    return antal // delar + (plats < antal % delar)


def _insats(forbund: Samverkansorganisation, nr: int, forsta_ar: int, idag: date, slump: Random) -> Insats:
    ar_volym = nr % VOLYM == VOLYM - 1
    inriktning = Inriktning.STRUKTUROVERGRIPANDE if ar_volym else Inriktning.INDIVIDINRIKTAD
    start, slut = (date(forsta_ar, 1, 1), None) if nr < HELA_TIDEN else _period(forsta_ar, idag, slump)
    varv, led = divmod(nr, len(EFTERLED))
    return Insats(
        samverkansorganisation=forbund,
        namn=" ".join(
            filter(None, [FORLED[(varv - 1) % len(FORLED)] if varv else "", EFTERLED[led], str(nr) if varv > len(FORLED) else ""])
        ),
        beskrivning="Påhittad insats.",
        startdatum=start,
        slutdatum=slut,
        inriktning=inriktning,
        preciserad_inriktning=slump.choice(HOR_TILL[inriktning]),
        deltagarregistrering=Deltagarregistrering.VOLYM if ar_volym else Deltagarregistrering.PERSONUPPGIFTER,
        volym_avser=slump.choice(VolymAvser.values) if ar_volym else "",
    )


def _period(forsta_ar: int, idag: date, slump: Random) -> tuple[date, date | None]:
    """One to six years from a first of January or July; some go on."""
    start = date(slump.randrange(forsta_ar, idag.year), slump.choice([1, 1, 7]), 1)
    slut = date(start.year + slump.randrange(1, 7), start.month, 1) - timedelta(days=1)
    return start, None if slut > idag and slump.random() < 0.5 else slut


def _malgrupper(insatser: Sequence[Insats], slump: Random) -> None:
    alla = [kod for kod in Malgrupp.objects.order_by("pk").values_list("pk", flat=True) if kod != Malgrupp.EJ_TILLAMPLIGA]
    Insats.malgrupper.through.objects.bulk_create(
        Insats.malgrupper.through(insats=insats, malgrupp_id=kod)
        for insats in insatser
        for kod in slump.sample(alla, slump.choice([1, 1, 2]))
    )


def _aren(insats: Insats, idag: date) -> range:
    return range(insats.startdatum.year, min(insats.slutdatum or idag, idag).year + 1)


def _ar(insatser: Sequence[Insats], idag: date, slump: Random) -> None:
    """Each year's planned number and costs. The utfall of this year is not known, nor everybody's of the last."""
    insatsar = InsatsAr.objects.bulk_create(
        InsatsAr(insats=insats, ar=ar, planerat_antal=slump.randrange(8, 60)) for insats in insatser for ar in _aren(insats, idag)
    )
    rader = []
    for ett in insatsar:
        for typ in (Budgettyp.INSATSKOSTNAD, *([Budgettyp.ESF_INSATSKOSTNAD] if slump.random() < MED_ESF else [])):
            budget = slump.randrange(200, 3_000) * 1000
            okant = ett.ar == idag.year or (ett.ar == idag.year - 1 and slump.random() < UTAN_UTFALL)
            rader.append(
                InsatsBudget(insatsar=ett, budgettyp=typ, budget=budget, utfall=None if okant else round(budget * slump.uniform(0.8, 1.05)))
            )
    InsatsBudget.objects.bulk_create(rader)


def _utan_personer(insatser: Sequence[Insats], idag: date, slump: Random) -> None:
    volym, anonyma = [], []
    for insats in insatser:
        for ar in _aren(insats, idag):
            if insats.ar_volyminsats:
                volym.append(VolymPost(insats=insats, ar=ar, antal=slump.randrange(20, 300)))
                continue
            for kon in Kon:
                if slump.random() < MED_ANONYMA:
                    anonyma.append(AnonymPost(insats=insats, ar=ar, kon=kon, slag=AnonymPost.Slag.ANONYM, antal=slump.randrange(1, 7)))
                if slump.random() < MED_ATERTAGNA:
                    anonyma.append(AnonymPost(insats=insats, ar=ar, kon=kon, slag=AnonymPost.Slag.ATERTAGET, antal=1, tid=None))
    VolymPost.objects.bulk_create(volym)
    AnonymPost.objects.bulk_create(anonyma)
