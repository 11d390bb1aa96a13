"""The röjandekontroll under attack: every protected report of a random förbund or country, put together by linear programming."""

import os
import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from deltagare.koder import Forsorjning
from deltagare.models import Svar
from rapporter.urval import Aldersband
from tests.factories import InsatsFactory, KompletterandeFragaFactory, PersonFactory, SamverkansorganisationFactory
from tests.rapporter import slump as landet
from tests.rapporter.angrepp import EJ, KLASSER, KON, SMA, Motstandare
from tests.rapporter.attribut import (
    ALDER,
    ALTERNATIV,
    AR,
    ARBETAR,
    BADA,
    BRYTMANADER,
    FILTER,
    FRAGANS_NAMN,
    HAR,
    INGET_SVAR,
    KOMMUNER,
    OMATT,
    OVRIGA,
    SOKER,
    STUDERAR,
    SYSSELSATTNINGAR,
)
from tests.rapporter.lasare import Lasare
from tests.rapporter.oracle import ANLEDNINGAR, FORSORJNINGAR, UTAN_MATNING, Lage, Post, langd

ALLT = bool(os.environ.get("SUS_ALLT"))
# Each round: a country and four förbund, 250 cells of each.
OMGANGAR, FORBUND, LANDER, CELLER = (range(3), 4, 1, 250) if ALLT else (range(1), 1, 0, 250)
# All of it at once is more than a solver can hold: each adversary has one filter beside kön, and some kinds of försörjning.
FORSORJNINGAR_AT_GANGEN = 3


@dataclass
class Svarande(Post):
    svar: str = INGET_SVAR  # to the question of its förbund, at the end


def forbund(slump):
    """A samverkansorganisation with three insatser."""
    (organisation,), poster = _land(slump, ("14",), 3)
    return *_platser([organisation]), poster


def land(slump):
    """Two samverkansorganisationer in one län and a third in another, with three insatser each."""
    organisationer, poster = _land(slump, ("14", "14", "12"), 3)
    platser, insatser = _platser(organisationer)
    lan = [insats.pk for organisation in organisationer[:2] for insats in organisation.insatser.all()]
    return [({"niva": "riket"}, insatser), ({"lan": "14"}, lan), *platser], insatser, poster


def _platser(organisationer):
    platser, alla = [], []
    for organisation in organisationer:
        insatser = [insats.pk for insats in organisation.insatser.all()]
        platser.append(({"organisation": organisation.pk}, insatser))
        platser += [({"organisation": organisation.pk, "insats": insats}, [insats]) for insats in insatser]
        alla += insatser
    return platser, alla


def _land(slump, lan, antal_insatser):
    """Insatser of ordinary sizes, each with deltagare of its own kind: some answers are common, some hardly occur."""
    organisationer = [SamverkansorganisationFactory(lan_id=kod, startdatum=date(2016, 1, 1)) for kod in lan]
    for organisation in organisationer:
        InsatsFactory.create_batch(antal_insatser, samverkansorganisation=organisation, startdatum=date(2016, 1, 1))
    poster = [post for organisation in organisationer for insats in organisation.insatser.all() for post in _poster(slump, insats)]
    personer = PersonFactory.create_batch(len(poster))
    for nr, post in enumerate(poster):
        post.person = nr
    landet.spara(poster, personer)
    for organisation in organisationer:
        _svara(organisation, [post for post in poster if post.organisation == organisation.pk])
    return organisationer, poster


def _svara(organisation, poster):
    """One question of their own, put to who ends and is measured."""
    fraga = KompletterandeFragaFactory(
        samverkansorganisation=organisation, namn=FRAGANS_NAMN, fran=date(2016, 1, 1), mattillfalle="ut", alternativ=list(ALTERNATIV)
    )
    alternativ = {rad.text: rad for rad in fraga.alternativ.all()}
    Svar.objects.bulk_create(
        Svar(deltagande_id=post.deltagande, insats_id=post.insats, typ="ut", fraga=fraga, alternativ=alternativ[post.svar])
        for post in poster
        if post.efter and post.svar != INGET_SVAR
    )


def _poster(slump, insats):
    vikter = {
        namn: [slump.gammavariate(0.7, 1) + 0.01 for _ in range(antal)]
        for namn, antal in (
            ("alder", 4),
            ("utbildning", 7),
            ("tid", 11),
            ("anledning", 7),
            ("fore", 5),
            ("efter", 5),
            ("svar", 5),
            ("kommun", 4),
        )
    }
    vikter |= {namn: [slump.gammavariate(0.7, 1) + 0.01 for _ in Forsorjning] for namn in ("forsorjning_fore", "forsorjning_efter")}
    vikter["kon"] = [slump.uniform(0.25, 0.75)] * 2
    vikter["kon"][1] = 1 - vikter["kon"][0]

    def dra(namn, val):
        return slump.choices(val, vikter[namn])[0]

    def lage(namn):
        gor = dra(namn, SYSSELSATTNINGAR)
        arbetar, studerar = gor in (ARBETAR, BADA), gor in (BADA, STUDERAR)
        har = {dra(f"forsorjning_{namn}", range(9)) for _ in range(slump.choice((1, 1, 2)))}
        ingen = len(FORSORJNINGAR) - 1
        forsorjning = har - {ingen} or har  # who has none has no other
        return Lage(
            forsorjning=forsorjning,
            soker=gor == SOKER,
            arbete=slump.choice((25, 50, 100)) if arbetar else None,
            arbetstyp=1 if arbetar else None,
            studier=50 if studerar else None,
        )

    for _ in range(int(slump.lognormvariate(4.1, 0.7)) + 3):
        start = date(2020, 12, 31) - timedelta(days=slump.randrange(900))
        slut = start + timedelta(days=slump.randrange(30, 700)) if slump.random() < 0.8 else None
        if slut and slut < date(2020, 1, 1):
            continue
        anledning = dra("anledning", tuple(ANLEDNINGAR)) if slut else None
        yield Svarande(
            insats=insats.pk,
            organisation=insats.samverkansorganisation_id,
            lan="",
            person=0,
            kommun=dra("kommun", tuple(KOMMUNER)),
            start=start,
            slut=slut,
            anledning=anledning,
            kon=dra("kon", KON),
            alder=dra("alder", (20, 27, 40, 55)),
            utbildning=dra("utbildning", range(1, 8)),
            tid=dra("tid", range(1, 12)),
            fore=lage("fore"),
            efter=lage("efter") if slut and anledning != UTAN_MATNING else None,
            svar=dra("svar", (*ALTERNATIV, INGET_SVAR)),
        )


def enhet(post, lasare):
    """The deltagande as the adversary's unknowns count it."""
    sista = date(2020, 12, 31)
    slutat = post.slut is not None and post.slut <= sista
    start = 0 if post.start.year < 2020 else 1 if post.start.month <= lasare.brytmanad else 2
    slut = 3 if not slutat else 1 if post.slut.month <= lasare.brytmanad else 2
    alder = next(text for text, band in ALDER.items() if Aldersband(band).granser[0] <= post.alder <= Aldersband(band).granser[1])
    matt = slutat and post.anledning != UTAN_MATNING
    return (
        post.insats,
        (start, slut),
        {
            "alder": alder,
            "utbildning": post.utbildning,
            "tid_forsorjning": post.tid,
            "kommun": post.kommun,
            "avslutningsanledning": ANLEDNINGAR[post.anledning] if post.slut else EJ,
            "tid": langd(post) if slutat else EJ,
            "fore": _sysselsattning(post.fore) if matt else EJ,
            "efter": _sysselsattning(post.efter) if matt else EJ,
            "efter_okat": HAR[not _har_okat(post)] if matt else EJ,
            "efter_svar": post.svar if matt else EJ,
            **{f"fore_{kod.slug}": _har(post.fore, kod) if matt else f"{_har(post.fore, kod)} {OMATT}" for kod in lasare.forsorjningar},
            **{f"efter_{kod.slug}": _har(post.efter, kod) if matt else EJ for kod in lasare.forsorjningar},
        },
        post.kon,
    )


def _har(lage, forsorjning):
    return HAR[list(Forsorjning).index(forsorjning) not in lage.forsorjning]


def _har_okat(post):
    fore, efter = ((lage.arbete or 0, lage.studier or 0) for lage in (post.fore, post.efter))
    return efter[0] > fore[0] or efter[1] > fore[1]


def _sysselsattning(lage):
    if lage.arbete:
        return BADA if lage.studier else ARBETAR
    return STUDERAR if lage.studier else SOKER if lage.soker else OVRIGA


@pytest.mark.parametrize("omgang", OMGANGAR)
def test_reports_put_together_pin_at_most_one_small_cell_in_a_thousand(db, omgang):
    """Some of the cells are asked about, drawn by lot. A cell of nobody, by the exact head counts alone, tells nothing new."""
    bestamda = fragade = 0
    for nr in range(LANDER + FORBUND):  # the country first, while it is alone
        slump = random.Random(omgang * (FORBUND + LANDER) + nr + 1)
        platser, insatser, poster = land(slump) if nr < LANDER else forbund(slump)
        lasare = Lasare(platser, insatser, slump.sample(list(Forsorjning), FORSORJNINGAR_AT_GANGEN), slump.choice(BRYTMANADER))
        lasare.las_huvudtal()
        ett_filter = slump.sample(sorted(set(FILTER) - {"kon", "status"}), 1) if nr >= LANDER else ()
        lasare.las_allt(("kon", "status", *ett_filter), lasare.perioder if ALLT else [AR])
        sanna = lasare.motstandare.sanning([enhet(post, lasare) for post in poster])
        assert not lasare.motstandare.motsagda(sanna)
        lasare.las_regel_8()
        assert not lasare.motstandare.motsagda(sanna)
        lasare.motstandare.dra_slutsatser()
        assert not lasare.motstandare.motsagda(sanna)
        kanda = {alla: lasare.huvudtal.hogst(alla) < 1 for alla in set(lasare.celler.values())}
        sma = sorted(summa for summa, alla in lasare.celler.items() if sanna[list(summa)].sum() <= 4 and not kanda[alla])
        urval = slump.sample(sma, min(CELLER, len(sma)))
        bestamda += len(lasare.motstandare.bestammer(urval, sanna, slump))
        fragade += len(urval)

    assert fragade >= (FORBUND + LANDER) * CELLER // 2
    assert bestamda <= fragade / 1000


def test_the_adversary_finds_what_a_table_of_exact_counts_but_one_tells():
    """Someone who could not pin this would prove nothing."""
    motstandare = Motstandare([1], {"alder": ("ung", "gammal")})
    alla, unga = (motstandare.summa([1], KLASSER, {"alder": varden}) for varden in (("ung", "gammal"), ("ung",)))
    gamla = motstandare.summa([1], KLASSER, {"alder": ("gammal",)})
    sanna = motstandare.sanning([(1, KLASSER[0], {"alder": "ung"}, "man")] * 9 + [(1, KLASSER[0], {"alder": "gammal"}, "man")])
    motstandare.sag(alla, 10, 10)

    motstandare.sag(unga, 8, 12)
    assert not motstandare.bestammer([gamla], sanna, random.Random(1))
    motstandare.sag(unga, 9, 9)
    assert motstandare.bestammer([gamla], sanna, random.Random(1)) == {gamla}


@pytest.mark.parametrize(("minst_man", "bestams"), [(SMA, False), (SMA + 1, True)])
def test_the_adversary_finds_which_kon_is_few_when_either_must_be(minst_man, bestams):
    """Of 25, four or more are kvinnor. That kvinnor and män are hidden tells that one of them is few; that they are four, if not män."""
    motstandare = Motstandare([1], {})
    alla, kvinnor, man = (motstandare.summa([1], KLASSER, {}, kon) for kon in (KON, KON[:1], KON[1:]))
    sanna = motstandare.sanning([(1, KLASSER[0], {}, kon) for kon, antal in (("kvinna", 4), ("man", 21)) for _ in range(antal)])
    motstandare.bestar_av(alla, [kvinnor, man])
    for sagt in ((alla, 23, 27), (kvinnor, SMA, 27), (man, minst_man, 27)):
        motstandare.sag(*sagt)
    motstandare.nagot_galler([(kvinnor, 0, SMA), (man, 0, SMA)])

    motstandare.dra_slutsatser()

    assert not motstandare.motsagda(sanna)
    assert bool(motstandare.bestammer([kvinnor], sanna, random.Random(1))) == bestams
