"""The röjandekontroll under attack: every protected report of a random förbund or country, put together by linear programming."""

import os
import random
from datetime import date, timedelta

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Forsorjning, TidForsorjning, Utbildning
from insatser.models import Insats
from rapporter.urval import Aldersband
from tests.factories import BehorighetFactory, InsatsFactory, PersonFactory, SamverkansorganisationFactory
from tests.rapporter import slump as landet
from tests.rapporter.angrepp import EJ, KLASSER, KON, Motstandare
from tests.rapporter.conftest import gor_rapport, som_json, tabell
from tests.rapporter.oracle import ANLEDNINGAR, FORSORJNINGAR, LANGDER, UTAN_MATNING, Lage, Post, langd

ALLT = bool(os.environ.get("SUS_ALLT"))
# Each round: a country and four förbund, 250 cells of each.
OMGANGAR, FORBUND, LANDER, CELLER = (range(3), 4, 1, 250) if ALLT else (range(1), 1, 0, 60)
AR, TERTIAL, RESTEN = (1, 2), (1,), (2,)  # as the adversary's classes
PERIODER = {AR: ("2020-01", "2020-12"), TERTIAL: ("2020-01", "2020-04")}
HUVUDPERIODER = {**PERIODER, RESTEN: ("2020-05", "2020-12")}
ALDER = {band.rubrik: str(band) for band in Aldersband}
UTBILDNING = {"Grundskola": (1,), "Gymnasium": (2,), "Eftergymnasial": (3, 4, 5, 6), "Saknas/okänd": (7,)}
TID = {"Upp till 1 år": (1,), "1–5 år": (2, 3, 4, 5), "6–9 år": (6, 7, 8, 9), "10 år eller mer": (10,), "Ej tillämpligt": (11,)}
SYSSELSATTNING = ("Arbete och/eller studier", "Aktivt arbetssökande som varken arbetar eller studerar", "Övriga")
LANGD = tuple(text for _, _, text in LANGDER)
OMATT = f"utan mätning {EJ}"
HAR = ("ja", "nej")
VARDEN = {
    "alder": tuple(ALDER),
    "utbildning": tuple(range(1, 8)),
    "tid_forsorjning": tuple(range(1, 12)),
    "avslutningsanledning": (*ANLEDNINGAR.values(), EJ),
    "tid": (*LANGD, EJ),
    "fore": (*SYSSELSATTNING, EJ),
    "efter": (*SYSSELSATTNING, EJ),
}
FORSORJNINGSVARDEN = {"fore": (*HAR, *(f"{har} {OMATT}" for har in HAR)), "efter": (*HAR, EJ)}
MATTA = ("fore", "efter")  # how the names of the attributes begin that only those measured twice have
# Each filter on persons: (kön, attributes that it picks out, what is chosen on the page).
FILTER = {
    "kon": [((kon,), {}, {"kon": kon}) for kon in KON],
    "alder": [(KON, {"alder": (text,)}, {"alder": band}) for text, band in ALDER.items()],
    "utbildning": [(KON, {"utbildning": (kod.value,)}, {"utbildning": kod.slug}) for kod in Utbildning],
    "tid_forsorjning": [(KON, {"tid_forsorjning": (kod.value,)}, {"tid_forsorjning": kod.slug}) for kod in TidForsorjning],
    "forsorjning_fore": [(KON, {f"fore_{kod.slug}": ("ja", f"ja {OMATT}")}, {"forsorjning_fore": kod.slug}) for kod in Forsorjning],
    "avslutningsanledning": [(KON, {"avslutningsanledning": (text,)}, {"avslutningsanledning": kod}) for kod, text in ANLEDNINGAR.items()],
}
# All of it at once is more than a solver can hold: each adversary has one filter beside kön, and some kinds of försörjning.
FORSORJNINGAR_AT_GANGEN = 3
# (type, table, attribute, its rows, columns kvinna, man and totalt)
BAKGRUND = [
    ("utbildning", "utbildning", UTBILDNING),
    ("alder", "alder", {text: (text,) for text in ALDER}),
    ("tid_forsorjning", "tid_forsorjning", TID),
]
KOLUMNER = (("kvinna", ("kvinna",)), ("man", ("man",)), ("totalt", KON))


def antal(delar):
    return [(start, slut) for start, slut in KLASSER if start <= delar[-1] and slut >= delar[0]]


def nya(delar):
    return [klass for klass in KLASSER if klass[0] in delar]


def avslutade(delar):
    return [klass for klass in KLASSER if klass[1] in delar]


def pagaende(delar):
    return [(start, slut) for start, slut in KLASSER if start <= delar[-1] < slut]


MATT = {"antal": antal, "nya": nya, "avslutade": avslutade, "pagaende": pagaende}


def spann(cell):
    """What a printed count says, or None."""
    if cell == "0–4":
        return 0, 4
    if not isinstance(cell, int):
        return None
    return (5, 7) if cell == 5 else (cell - 2, cell + 2)


class Lasare:
    """Reads the reports of places as anybody may, and tells the adversary what they print.

    `platser`: (what is chosen on the page, its insatser), the samverkansorganisationer among them.
    """

    def __init__(self, platser, insatser, forsorjningar):
        self.forsorjningar = forsorjningar
        self.by = BehorighetFactory(roll=Roll.RAPPORT).anvandare
        self.platser, self.insatser = platser, insatser
        self.namn = {insats.namn: insats.pk for insats in Insats.objects.filter(pk__in=insatser)}
        varden = VARDEN | {f"{nar}_{kod.slug}": FORSORJNINGSVARDEN[nar] for nar in MATTA for kod in forsorjningar}
        self.motstandare, self.huvudtal = Motstandare(insatser, varden), Motstandare(insatser, {})
        self.celler = {}

    def rapport(self, nyckel, plats, perioden, **val):
        rapport = gor_rapport(nyckel, by=self.by, fran=perioden[0], till=perioden[1], **plats, **val)
        assert rapport.skydd == "skyddad"
        return som_json(rapport)

    def las_huvudtal(self):
        """The exact head counts, per insats and for each whole samverkansorganisation."""
        for plats, insatser in self.platser:
            if set(plats) == {"organisation"}:
                for delar, perioden in HUVUDPERIODER.items():
                    self.las_insatser(tabell(self.rapport("insats", plats, perioden), "insatser"), insatser, delar)

    def las_insatser(self, innehall, insatser, delar):
        nycklar = [kolumn["nyckel"] for kolumn in innehall["kolumner"]]
        for rad in [*innehall["rader"], innehall["summa"]]:
            dess = [self.namn[rad[0]]] if rad[0] in self.namn else insatser
            for namn, klasser in MATT.items():
                cell = rad[nycklar.index(namn)]
                minst, mest = (cell, cell) if isinstance(cell, int) else (0, 4)
                for vem in (self.motstandare, self.huvudtal):
                    vem.sag(vem.summa(dess, klasser(delar), {}), minst, mest)

    def las_allt(self, filter_, perioder):
        for plats, insatser in self.platser:
            for delar in PERIODER:
                self.las_typer(plats, insatser, delar, {}, KON, {})
            for delar in perioder:
                for namn in filter_:
                    for kon, valda, val in FILTER[namn]:
                        if set(valda) <= set(self.motstandare.varden):
                            self.las_typer(plats, insatser, delar, valda, kon, val)

    def las_typer(self, plats, insatser, delar, valda, kon, val):
        perioden = PERIODER[delar]
        for typ, tabeller, klasser in (
            ("bakgrund", BAKGRUND, antal(delar)),
            ("avslutningsanledning", [("avslutningsanledning",) * 2 + ({t: (t,) for t in ANLEDNINGAR.values()},)], avslutade(delar)),
            ("tid", [("tid", "tid", {text: (text,) for text in LANGD})], avslutade(delar)),
        ):
            rapport = self.rapport("deltagare", plats, perioden, typ=typ, **val)
            for nyckel, attribut, rader in tabeller:
                if attribut not in valda:
                    self.las_tabell(tabell(rapport, nyckel), insatser, klasser, attribut, rader, valda, kon, KOLUMNER)
        sysselsattning = tabell(self.rapport("deltagare", plats, perioden, typ="sysselsattning", **val), "sysselsattning")
        forsorjning = tabell(self.rapport("deltagare", plats, perioden, typ="forsorjning", **val), "forsorjning")
        for nar in MATTA:
            kolumner = [(f"{nar}_kvinna", ("kvinna",)), (f"{nar}_man", ("man",)), (nar, KON)]
            tabeller = [(sysselsattning, nar, {text: (text,) for text in SYSSELSATTNING})]
            tabeller += [(forsorjning, f"{nar}_{kod.slug}", {kod.label: ("ja",)}) for kod in self.forsorjningar]
            for innehall, attribut, rader in tabeller:
                if attribut not in valda:
                    self.las_tabell(innehall, insatser, avslutade(delar), attribut, rader, valda, kon, kolumner)

    def las_tabell(self, innehall, insatser, klasser, attribut, rader, valda, kon, kolumner):
        nycklar = [kolumn["nyckel"] for kolumn in innehall["kolumner"]]
        skrivna = {rad[0]: rad for rad in [*innehall["rader"], *([innehall["summa"]] if innehall["summa"] else [])]}
        alla = self.motstandare.varden[attribut]
        matta = tuple(varde for varde in alla if not (attribut.startswith(MATTA) and varde.endswith(EJ)))
        for text, varden in [*rader.items(), ("Totalt", matta)]:
            for kolumn, konen in kolumner:
                if not set(konen) & set(kon):
                    continue
                summa = self.motstandare.summa(insatser, klasser, {attribut: varden, **valda}, tuple(set(konen) & set(kon)))
                if text in rader:
                    self.celler[summa] = self.motstandare.summa(insatser, klasser, {})
                if text in skrivna and (ar := spann(skrivna[text][nycklar.index(kolumn)])):
                    self.motstandare.sag(summa, *ar)
        if innehall.get("visas_inte", "").startswith("Färre än"):
            alla = self.motstandare.summa(insatser, klasser, {attribut: matta, **valda}, kon)
            self.motstandare.sag(alla, 0, int(innehall["visas_inte"].split()[2]) - 1)


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
    return organisationer, poster


def _poster(slump, insats):
    vikter = {
        namn: [slump.gammavariate(0.7, 1) + 0.01 for _ in range(antal)]
        for namn, antal in (("alder", 4), ("utbildning", 7), ("tid", 11), ("anledning", 7), ("fore", 3), ("efter", 3))
    }
    vikter |= {namn: [slump.gammavariate(0.7, 1) + 0.01 for _ in Forsorjning] for namn in ("forsorjning_fore", "forsorjning_efter")}
    vikter["kon"] = [slump.uniform(0.25, 0.75)] * 2
    vikter["kon"][1] = 1 - vikter["kon"][0]

    def dra(namn, val):
        return slump.choices(val, vikter[namn])[0]

    def lage(namn):
        arbetar, soker, _ = (dra(namn, range(3)) == nr for nr in range(3))
        har = {dra(f"forsorjning_{namn}", range(9)) for _ in range(slump.choice((1, 1, 2)))}
        ingen = len(FORSORJNINGAR) - 1
        forsorjning = har - {ingen} or har  # who has none has no other
        return Lage(forsorjning=forsorjning, soker=soker, arbete=50 if arbetar else None, arbetstyp=1 if arbetar else None)

    for _ in range(int(slump.lognormvariate(4.1, 0.7)) + 3):
        start = date(2020, 12, 31) - timedelta(days=slump.randrange(900))
        slut = start + timedelta(days=slump.randrange(30, 700)) if slump.random() < 0.8 else None
        if slut and slut < date(2020, 1, 1):
            continue
        anledning = dra("anledning", tuple(ANLEDNINGAR)) if slut else None
        yield Post(
            insats=insats.pk,
            organisation=insats.samverkansorganisation_id,
            lan="",
            person=0,
            kommun="1488",
            start=start,
            slut=slut,
            anledning=anledning,
            kon=dra("kon", KON),
            alder=dra("alder", (20, 27, 40, 55)),
            utbildning=dra("utbildning", range(1, 8)),
            tid=dra("tid", range(1, 12)),
            fore=lage("fore"),
            efter=lage("efter") if slut and anledning != UTAN_MATNING else None,
        )


def enhet(post, forsorjningar):
    """The deltagande as the adversary's unknowns count it."""
    sista = date(2020, 12, 31)
    slutat = post.slut is not None and post.slut <= sista
    start = 0 if post.start.year < 2020 else 1 if post.start.month <= 4 else 2
    slut = 3 if not slutat else 1 if post.slut.month <= 4 else 2
    alder = next(text for text, band in ALDER.items() if Aldersband(band).granser[0] <= post.alder <= Aldersband(band).granser[1])
    matt = slutat and post.anledning != UTAN_MATNING
    return (
        post.insats,
        (start, slut),
        {
            "alder": alder,
            "utbildning": post.utbildning,
            "tid_forsorjning": post.tid,
            "avslutningsanledning": ANLEDNINGAR[post.anledning] if post.slut else EJ,
            "tid": langd(post) if slutat else EJ,
            "fore": _sysselsattning(post.fore) if matt else EJ,
            "efter": _sysselsattning(post.efter) if matt else EJ,
            **{f"fore_{kod.slug}": _har(post.fore, kod) if matt else f"{_har(post.fore, kod)} {OMATT}" for kod in forsorjningar},
            **{f"efter_{kod.slug}": _har(post.efter, kod) if matt else EJ for kod in forsorjningar},
        },
        post.kon,
    )


def _har(lage, forsorjning):
    return HAR[list(Forsorjning).index(forsorjning) not in lage.forsorjning]


def _sysselsattning(lage):
    return SYSSELSATTNING[0 if lage.arbete or lage.studier else 1 if lage.soker else 2]


@pytest.mark.parametrize("omgang", OMGANGAR)
def test_reports_put_together_pin_at_most_one_small_cell_in_a_thousand(db, omgang):
    """Some of the cells are asked about, drawn by lot. A cell of nobody, by the exact head counts alone, tells nothing new."""
    bestamda = fragade = 0
    for nr in range(LANDER + FORBUND):  # the country first, while it is alone
        slump = random.Random(omgang * (FORBUND + LANDER) + nr + 1)
        platser, insatser, poster = land(slump) if nr < LANDER else forbund(slump)
        lasare = Lasare(platser, insatser, slump.sample(list(Forsorjning), FORSORJNINGAR_AT_GANGEN))
        lasare.las_huvudtal()
        ett_filter = slump.sample(sorted(set(FILTER) - {"kon"}), 1) if ALLT and nr >= LANDER else ()
        lasare.las_allt(("kon", *ett_filter), PERIODER if ALLT else [AR])
        sanna = lasare.motstandare.sanning([enhet(post, lasare.forsorjningar) for post in poster])
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
