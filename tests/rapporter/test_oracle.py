"""Every type, level and filter of Deltagarrapport, cell by cell against a second computation over the same random rows."""

import os
from datetime import date

import pytest
from django.utils import timezone

from deltagare.models import AnonymPost
from tests.rapporter import oracle, slump
from tests.rapporter.conftest import gor_rapport, som_json, tabell

FRON = range(5) if os.environ.get("SUS_ALLT") else range(1)
PERIODER = [("2020-01", "2020-12"), ("2019-11", "2020-02")]
FILTER = {
    "alla": ({}, lambda p, till: True),
    "kon": ({"kon": "kvinna"}, lambda p, till: p.kon == "kvinna"),
    "alder": ({"alder": "26-29"}, lambda p, till: 26 <= p.alder <= 29),
    "utbildning": ({"utbildning": "hogskola_1"}, lambda p, till: p.utbildning == 3),
    "tid_forsorjning": ({"tid_forsorjning": "mer"}, lambda p, till: p.tid == 10),
    "forsorjning_fore": ({"forsorjning_fore": "a_kassa"}, lambda p, till: 3 in p.fore.forsorjning),
    "avslutningsanledning": ({"avslutningsanledning": "2"}, lambda p, till: p.anledning == 2),
    "kommun": ({"kommun": "1488"}, lambda p, till: p.kommun == "1488"),
    "pagaende": ({"status": "pagaende"}, lambda p, till: p.slut is None or p.slut > till),
    "avslutade": ({"status": "avslutade"}, lambda p, till: p.slut is not None and p.slut <= till),
}

# Types that count only those who ended: who goes on cannot be chosen.
BARA_AVSLUTADE = {"forsorjning", "forsorjningsgrupp", "sysselsattning", "avslutningsanledning", "tid"}


# Year to how many anonyma and återtagna samtycken there are in each insats; what lies outside the period counts for the whole year.
UTAN = {2019: (7, 1), 2020: (11, 2)}


@pytest.fixture(params=FRON)
def landet(request, db):
    poster, insatser = slump.lagg_upp(request.param)
    AnonymPost.objects.bulk_create(
        AnonymPost(insats=insats, ar=ar, kon=1, slag=slag, antal=antal, tid=timezone.now() if slag == "anonym" else None)
        for insats in insatser
        for ar, par in UTAN.items()
        for slag, antal in zip(("anonym", "atertaget"), par, strict=True)
    )
    return poster, insatser


def utan_personuppgifter(poster):
    """UTAN in all insatser that somebody in `poster` is in."""
    antal = len({p.insats for p in poster})
    return {ar: tuple(antal * del_ for del_ in par) for ar, par in UTAN.items()}


def nivaer(insatser):
    forsta = insatser[0]
    organisation = forsta.samverkansorganisation
    return {
        "riket": ({}, lambda p: True),
        "lan": ({"lan": organisation.lan_id}, lambda p: p.lan == organisation.lan_id),
        "organisation": ({"organisation": organisation.pk}, lambda p: p.organisation == organisation.pk),
        "insats": ({"insats": forsta.pk}, lambda p: p.insats == forsta.pk),
    }


def jamfor(typ, poster, period, alla=None, **urval):
    """The report's tables are those of the oracle. `alla`: the posts before a filter on persons."""
    alla = poster if alla is None else alla
    fran, till = (date.fromisoformat(f"{manad}-01") for manad in period)
    till = till.replace(day=29 if till.month == 2 else 31)
    vantat = {"tackning": oracle.tackning(poster, fran, till, alla, utan_personuppgifter(alla)), **oracle.TYPER[typ](poster, fran, till)}
    if typ in oracle.FORE_EFTER:
        vantat["underlag"] = oracle.underlag(poster, fran, till)

    tabeller = som_json(gor_rapport("deltagare", typ=typ, fran=period[0], till=period[1], **urval))["tabeller"]

    raknat = {t["nyckel"]: [*t["rader"], *([t["summa"]] if t["summa"] else [])] for t in tabeller}
    assert raknat == vantat


@pytest.mark.parametrize("typ", oracle.TYPER)
def test_every_type_at_every_level_is_what_plain_python_says(landet, typ):
    poster, insatser = landet
    for niva, (urval, hor_till) in nivaer(insatser).items():
        for period in PERIODER:
            jamfor(typ, [p for p in poster if hor_till(p)], period, niva=niva, **urval)


@pytest.mark.parametrize("typ", oracle.TYPER)
def test_every_type_with_every_filter_is_what_plain_python_says(landet, typ):
    poster, _ = landet
    for urval, hor_till in FILTER.values():
        utan_betydelse = "status" in urval and typ in BARA_AVSLUTADE
        valda = [p for p in poster if utan_betydelse or hor_till(p, date(2020, 12, 31))]
        jamfor(typ, valda, PERIODER[0], alla=poster, niva="riket", **urval)


def test_the_random_country_fills_every_category(landet):
    """An oracle that only ever sees zeros agrees with anything."""
    poster, _ = landet
    fran, till = date(2020, 1, 1), date(2020, 12, 31)

    for typ, rakna in oracle.TYPER.items():
        for nyckel, rader in rakna(poster, fran, till).items():
            platser = [nr for rad in rader for nr, cell in enumerate(rad) if isinstance(cell, int)]
            tomma = [rad[0] for rad in rader if not any(isinstance(cell, int) and cell for cell in rad)]
            assert platser
            assert not tomma, (typ, nyckel)


ADDITIVA = [
    ("forsorjning", "forsorjning", (1, 2, 3, 5, 6, 7, 9)),
    ("sysselsattning", "sysselsattning", (1, 2, 3, 5, 6, 7, 9)),
    ("in-ut", "in_ut", range(1, 7)),
    ("tid", "tid", (1, 2, 3)),
]


@pytest.mark.parametrize(("typ", "nyckel", "antal"), ADDITIVA)
def test_the_parts_of_the_country_add_up_to_it(landet, typ, nyckel, antal):
    """Riket is the sum of its län, of its organisationer and of its insatser, cell by cell; kvinnor and män are everybody."""
    _, insatser = landet
    organisationer = {insats.samverkansorganisation for insats in insatser}
    delar = {
        "lan": [{"niva": "lan", "lan": organisation.lan_id} for organisation in organisationer],
        "organisation": [{"organisation": organisation.pk} for organisation in organisationer],
        "insats": [{"insats": insats.pk} for insats in insatser],
    }

    def celler(urval):
        rader = tabell(som_json(gor_rapport("deltagare", typ=typ, fran="2020-01", till="2020-12", **urval)), nyckel)["rader"]
        return [[rad[nr] for nr in antal] for rad in rader]

    riket = celler({"niva": "riket"})
    for niva, urvalen in delar.items():
        summor = [[sum(del_) for del_ in zip(*rader, strict=True)] for rader in zip(*map(celler, urvalen), strict=True)]
        assert summor == riket, niva
    assert all(rad[0] + rad[1] == rad[2] and rad[3] + rad[4] == rad[5] for rad in riket if len(rad) > 5)
