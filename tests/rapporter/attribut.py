"""What the protected reports say of each deltagande, as the attributes of an adversary (angrepp.py), and how it can be picked out."""

from dataclasses import dataclass, field

from deltagare.koder import Forsorjning, TidForsorjning, Utbildning
from rapporter.urval import Aldersband
from tests.rapporter.angrepp import EJ, KLASSER, KON
from tests.rapporter.oracle import ANLEDNINGAR, LANGDER

AR, BORJAN, RESTEN = (1, 2), (1,), (2,)  # as the adversary's classes
BRYTMANADER = (4, 6)  # the last month of its first tertial and half-year
KOMMUNER = {"1488": "Trollhättan", "1462": "Lilla Edet", "1444": "Grästorp", "1480": "Göteborg"}
OVRIGA_KOMMUNER = "Övriga kommuner"
ALDER = {band.rubrik: str(band) for band in Aldersband}
UTBILDNING = {"Grundskola": (1,), "Gymnasium": (2,), "Eftergymnasial": (3, 4, 5, 6), "Saknas/okänd": (7,)}
TID = {"Upp till 1 år": (1,), "1–5 år": (2, 3, 4, 5), "6–9 år": (6, 7, 8, 9), "10 år eller mer": (10,), "Ej tillämpligt": (11,)}
ARBETAR, BADA, STUDERAR, SOKER, OVRIGA = "arbetar", "arbetar och studerar", "studerar", "söker", "övriga"
SYSSELSATTNINGAR = (ARBETAR, BADA, STUDERAR, SOKER, OVRIGA)
SYSSELSATTNING = {
    "Arbetar": (ARBETAR, BADA),
    "Studerar": (BADA, STUDERAR),
    "Arbete och/eller studier": (ARBETAR, BADA, STUDERAR),
    "Aktivt arbetssökande som varken arbetar eller studerar": (SOKER,),
    "Övriga": (OVRIGA,),
}
UPPDELAD = {text: varden for text, varden in SYSSELSATTNING.items() if text != "Arbete och/eller studier"}
NAGOT = (ARBETAR, BADA, STUDERAR)
RESULTAT = {"Arbetar": (ARBETAR, BADA), "Studerar": (BADA, STUDERAR), "Arbetar och/eller studerar": NAGOT}
OMFATTNING = {"Medelarbetstid": (ARBETAR, BADA), "Medelstudietid": (BADA, STUDERAR)}
ALTERNATIV = ("Vägledning", "Praktik", "Utbildning", "Annat")  # of a kompletterande fråga that is put at the end
FRAGANS_NAMN, INGET_SVAR = "Fråga om stöd", "inget svar"
LANGD = tuple(text for _, _, text in LANGDER)
OMATT = f"utan mätning {EJ}"
HAR = ("ja", "nej")
VARDEN = {
    "alder": tuple(ALDER),
    "utbildning": tuple(range(1, 8)),
    "tid_forsorjning": tuple(range(1, 12)),
    "kommun": tuple(KOMMUNER),
    "avslutningsanledning": (*ANLEDNINGAR.values(), EJ),
    "tid": (*LANGD, EJ),
    "fore": (*SYSSELSATTNINGAR, EJ),
    "efter": (*SYSSELSATTNINGAR, EJ),
    "efter_okat": (*HAR, EJ),  # börjat eller ökat
    "efter_svar": (*ALTERNATIV, INGET_SVAR, EJ),
}
FORSORJNINGSVARDEN = {"fore": (*HAR, *(f"{har} {OMATT}" for har in HAR)), "efter": (*HAR, EJ)}
MATTA = ("fore", "efter")  # how the names of the attributes begin that only those measured twice have
# (table, attribute, its rows)
BAKGRUND = [
    ("utbildning", "utbildning", UTBILDNING),
    ("alder", "alder", {text: (text,) for text in ALDER}),
    ("tid_forsorjning", "tid_forsorjning", TID),
]
AVSLUTADE = {
    "avslutningsanledning": [("avslutningsanledning", "avslutningsanledning", {text: (text,) for text in ANLEDNINGAR.values()})],
    "tid": [("tid", "tid", {text: (text,) for text in LANGD})],
}


# (table, attribute, its rows, what its sum row counts, whom it is about)
FRAGA = [
    ("fraga", "efter_svar", {text: (text,) for text in ALTERNATIV}, ALTERNATIV, ALTERNATIV),
    ("svarsfrekvens", "efter_svar", {FRAGANS_NAMN: ALTERNATIV}, (), ()),
]


def huvudperioder(brytmanad):
    """Those that head counts are shown for."""
    delar = {AR: (1, 12), BORJAN: (1, brytmanad), RESTEN: (brytmanad + 1, 12)}
    return {klasser: tuple(f"2020-{manad:02}" for manad in manader) for klasser, manader in delar.items()}


def perioder(brytmanad):
    """Those that tables about attributes are read for."""
    return {delar: period for delar, period in huvudperioder(brytmanad).items() if delar != RESTEN}


def antal(delar):
    return [(start, slut) for start, slut in KLASSER if start <= delar[-1] and slut >= delar[0]]


def nya(delar):
    return [klass for klass in KLASSER if klass[0] in delar]


def avslutade(delar):
    return [klass for klass in KLASSER if klass[1] in delar]


def pagaende(delar):
    return [(start, slut) for start, slut in KLASSER if start <= delar[-1] < slut]


MATT = {"antal": antal, "nya": nya, "avslutade": avslutade, "pagaende": pagaende}
STATUS = {"pagaende": pagaende, "avslutade": avslutade}


@dataclass(frozen=True)
class Filter:
    """A filter on persons: what is chosen on the page, and what kön, attributes or status that picks out."""

    val: dict = field(default_factory=dict)
    kon: tuple = KON
    attribut: dict = field(default_factory=dict)
    status: str = ""


UTAN = Filter()
FILTER = {
    "kon": [Filter({"kon": kon}, kon=(kon,)) for kon in KON],
    "status": [Filter({"status": status}, status=status) for status in STATUS],
    "alder": [Filter({"alder": band}, attribut={"alder": (text,)}) for text, band in ALDER.items()],
    "utbildning": [Filter({"utbildning": kod.slug}, attribut={"utbildning": (kod.value,)}) for kod in Utbildning],
    "tid_forsorjning": [Filter({"tid_forsorjning": kod.slug}, attribut={"tid_forsorjning": (kod.value,)}) for kod in TidForsorjning],
    "forsorjning_fore": [
        Filter({"forsorjning_fore": kod.slug}, attribut={f"fore_{kod.slug}": ("ja", f"ja {OMATT}")}) for kod in Forsorjning
    ],
    "kommun": [Filter({"kommun": kod}, attribut={"kommun": (kod,)}) for kod in KOMMUNER],
    "avslutningsanledning": [
        Filter({"avslutningsanledning": kod}, attribut={"avslutningsanledning": (text,)}) for kod, text in ANLEDNINGAR.items()
    ],
}
