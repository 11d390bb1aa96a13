"""The reports about deltagare computed a second time: plain Python over plain rows, sharing nothing with the engine but the rules.

Nothing here imports rapporter/: a fault in a measure, a grouping or a filter must not be repeated. Codes are those of the forms.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from uuid import UUID

UTAN_MATNING = 7
FORSORJNINGAR = (
    "Sjukpenning eller rehabiliteringspenning",
    "Aktivitetsersättning",
    "Sjukersättning",
    "A-kassa",
    "Aktivitetsstöd",
    "Försörjningsstöd",
    "Studiestöd eller studiemedel",
    "Annan offentlig försörjning",
    "Ingen offentlig försörjning",
)
GRUPPER = {
    "Arbetsförmedlingen": {3, 4},
    "Försäkringskassan": {0, 1, 2},
    "Kommun": {5},
    "Studiestöd": {6},
    "Annan": {7},
    "Ingen": {8},
}
ARBETSTYPER = {1: "Inte subventionerat arbete", 2: "Subventionerat arbete", 3: "Eget företag"}
ANLEDNINGAR = {
    1: "Utskrivning – till arbete, studier eller arbetssökande",
    2: "Utskrivning – fortsatt rehabilitering",
    3: "Utskrivning på grund av sjukdom",
    4: "Utskrivning på grund av föräldraledighet",
    5: "Utskrivning på grund av flytt",
    7: "Utskrivning – utan mätning",
    9: "Övrigt",
}
KOMMUNER = {"1462": "Lilla Edet", "0180": "Stockholm", "1488": "Trollhättan"}
LANGDER = (
    (0, 3, "Kortare än 3 månader"),
    (3, 6, "3–6 månader"),
    (6, 12, "6–12 månader"),
    (12, 18, "12–18 månader"),
    (18, 24, "18–24 månader"),
    (24, None, "24 månader eller längre"),
)


@dataclass
class Lage:
    """The situation at a mättillfälle. `forsorjning` holds places in FORSORJNINGAR."""

    forsorjning: set[int]
    soker: bool = False
    arbete: int | None = None
    arbetstyp: int | None = None
    studier: int | None = None


@dataclass
class Post:
    insats: int
    organisation: int
    lan: str
    person: int
    kommun: str
    start: date
    slut: date | None
    anledning: int | None
    kon: str
    alder: int
    utbildning: int
    tid: int
    fore: Lage
    efter: Lage | None = None
    stadsdel: str = ""
    deltagande: UUID | None = None  # its row, for what is laid up beside it

    def med_i(self, fran, till):
        return self.start <= till and (self.slut is None or fran <= self.slut)

    def avslutad_i(self, fran, till):
        return self.slut is not None and fran <= self.slut <= till


def hel_procent(del_, av):
    return None if av == 0 else int((Decimal(100) * del_ / av).quantize(Decimal(1), ROUND_HALF_UP))


def uppdelad(poster):
    """Kvinna, man, totalt."""
    return [sum(p.kon == "kvinna" for p in poster), sum(p.kon == "man" for p in poster), len(poster)]


def _fore_efter(matta, text, har):
    fore, efter = (uppdelad([p for p in matta if har(getattr(p, nar))]) for nar in ("fore", "efter"))
    skillnad = efter[2] - fore[2]
    relativ = hel_procent(skillnad, fore[2])
    andelar = [hel_procent(antal, len(matta)) for antal in (fore[2], efter[2])]
    return [text, *fore, andelar[0], *efter, andelar[1], skillnad, "–" if relativ is None else relativ]


def _medel(tal):
    tal = [t for t in tal if t is not None]
    return [len(tal), int((Decimal(sum(tal)) / len(tal)).quantize(Decimal(1), ROUND_HALF_UP)) if tal else None]


def arbetar(lage):
    return lage.arbete is not None


def studerar(lage):
    return lage.studier is not None


def gor_nagot(lage):
    return arbetar(lage) or studerar(lage)


def _efter_manader(dag, manader):
    """The same day of the month, or its last day."""
    ar, manad = divmod(dag.year * 12 + dag.month - 1 + manader, 12)
    return date(ar, manad + 1, min(dag.day, calendar.monthrange(ar, manad + 1)[1]))


def _fordelning(poster, kategorier, tillhor, extra=False):
    alla = len(poster)

    def rad(text, del_):
        kvinna, man, totalt = uppdelad(del_)
        return [text, kvinna, man, totalt, *(hel_procent(t, alla) for t in ([totalt, kvinna, man] if extra else [totalt]))]

    return [*(rad(text, [p for p in poster if tillhor(p) == kod]) for kod, text in kategorier.items()), rad("Totalt", poster)]


def forsorjning(poster, fran, till):
    matta = med_matning(poster, fran, till)
    return {"forsorjning": [_fore_efter(matta, text, lambda lage, nr=nr: nr in lage.forsorjning) for nr, text in enumerate(FORSORJNINGAR)]}


def forsorjningsgrupp(poster, fran, till):
    matta = med_matning(poster, fran, till)
    return {
        "forsorjningsgrupp": [_fore_efter(matta, text, lambda lage, g=grupp: bool(lage.forsorjning & g)) for text, grupp in GRUPPER.items()]
    }


def sysselsattning(poster, fran, till):
    matta = med_matning(poster, fran, till)
    return {
        "sysselsattning": [
            _fore_efter(matta, "Arbetar", arbetar),
            _fore_efter(matta, "Studerar", studerar),
            _fore_efter(matta, "Arbete och/eller studier", gor_nagot),
            _fore_efter(
                matta,
                "Aktivt arbetssökande som varken arbetar eller studerar",
                lambda lage: lage.soker and not gor_nagot(lage),
            ),
            _fore_efter(matta, "Övriga", lambda lage: not lage.soker and not gor_nagot(lage)),
        ],
        "arbetssokande": [_fore_efter(matta, "Aktivt arbetssökande hos Arbetsförmedlingen", lambda lage: lage.soker)],
        "arbetstyp": [_fore_efter(matta, text, lambda lage, kod=kod: lage.arbetstyp == kod) for kod, text in ARBETSTYPER.items()],
        "omfattning": [
            [text, *_medel([getattr(p.fore, vad) for p in matta]), *_medel([getattr(p.efter, vad) for p in matta])]
            for text, vad in (("Medelarbetstid", "arbete"), ("Medelstudietid", "studier"))
        ],
    }


def bakgrund(poster, fran, till):
    alla = [p for p in poster if p.med_i(fran, till)]
    utbildning = {1: "Grundskola", 2: "Gymnasium", 3: "Eftergymnasial", 7: "Saknas/okänd"}
    tid = {1: "Upp till 1 år", 2: "1–5 år", 6: "6–9 år", 10: "10 år eller mer", 11: "Ej tillämpligt"}
    alder = {25: "25 år eller yngre", 29: "26–29 år", 45: "30–45 år", 999: "46 år eller äldre"}
    return {
        "utbildning": _fordelning(alla, utbildning, lambda p: 3 if 3 <= p.utbildning <= 6 else p.utbildning),
        "alder": _fordelning(alla, alder, lambda p: min(grans for grans in alder if p.alder <= grans), extra=True),
        "kommun": _kommuner(alla),
        "tid_forsorjning": _fordelning(alla, tid, lambda p: max(kod for kod in tid if kod <= p.tid)),
    }


def _kommuner(poster):
    """Places in use, a stadsdel after its kommun."""
    platser = {(p.kommun, p.stadsdel): [] for p in poster}
    for p in poster:
        platser[p.kommun, p.stadsdel].append(p)
    namn = {plats: ", ".join(filter(None, (KOMMUNER[plats[0]], plats[1]))) for plats in platser}
    return [*([namn[plats], *uppdelad(platser[plats])] for plats in sorted(platser, key=namn.get)), ["Totalt", *uppdelad(poster)]]


def avslutningsanledning(poster, fran, till):
    slutade = [p for p in poster if p.avslutad_i(fran, till)]
    rader = [[text, *uppdelad([p for p in slutade if p.anledning == kod])] for kod, text in ANLEDNINGAR.items()]
    return {"avslutningsanledning": [*(rad for rad in rader if rad[3]), ["Totalt", *uppdelad(slutade)]]}


def in_ut(poster, fran, till):
    rader, manad = [], fran
    while manad <= till:
        sista = manad.replace(day=calendar.monthrange(manad.year, manad.month)[1])
        rader.append([f"{manad.year}-{manad.month:02}", *_in_ut(poster, manad, sista)])
        manad = _efter_manader(manad, 1)
    return {"in_ut": [*rader, ["Totalt", *_in_ut(poster, fran, till)]]}


def _in_ut(poster, fran, till):
    return [*uppdelad([p for p in poster if fran <= p.start <= till]), *uppdelad([p for p in poster if p.avslutad_i(fran, till)])]


def langd(post):
    """The band of time that the ended one was in the insats."""
    for minst, mindre_an, text in LANGDER:
        over = post.slut >= _efter_manader(post.start, minst)
        if over and (mindre_an is None or post.slut < _efter_manader(post.start, mindre_an)):
            return text
    raise AssertionError(post)


def tid(poster, fran, till):
    slutade = [p for p in poster if p.avslutad_i(fran, till)]

    dagar = [(p.slut - p.start).days for p in slutade]
    mitten = int(Decimal(str(median(dagar))).quantize(Decimal(1), ROUND_HALF_UP)) if dagar else None
    return {
        "tid": _fordelning(slutade, {text: text for _, _, text in LANGDER}, langd),
        "matt": [[*_medel(dagar), mitten]],
    }


def tackning(poster, fran, till, alla=None, insatser=()):
    """`alla`: the posts before a filter on persons. `insatser`: those of the selection, with what is registered of their years."""
    valda = [p for p in poster if p.med_i(fran, till)]
    under_aren = [p for p in (poster if alla is None else alla) if p.med_i(date(fran.year, 1, 1), date(till.year, 12, 31))]
    aren = [insats.ar[ar] for insats in insatser for ar in range(fran.year, till.year + 1) if ar in insats.ar]
    anonyma, aterkallade, volym = (sum(getattr(ar, vad) for ar in aren) for vad in ("anonyma", "aterkallade", "antal_volym"))
    andel = hel_procent(len(under_aren), len(under_aren) + anonyma + aterkallade)
    return [[len(valda), anonyma, aterkallade, volym, andel, len({p.person for p in valda})]]


def underlag(poster, fran, till):
    slutade, matta = [p for p in poster if p.avslutad_i(fran, till)], med_matning(poster, fran, till)
    return [[len(slutade), len(matta), hel_procent(len(matta), len(slutade))]]


def med_matning(poster, fran, till):
    return [p for p in poster if p.avslutad_i(fran, till) and p.anledning != UTAN_MATNING]


TYPER = {
    "forsorjning": forsorjning,
    "forsorjningsgrupp": forsorjningsgrupp,
    "sysselsattning": sysselsattning,
    "bakgrund": bakgrund,
    "avslutningsanledning": avslutningsanledning,
    "in-ut": in_ut,
    "tid": tid,
}
FORE_EFTER = {"forsorjning", "forsorjningsgrupp", "sysselsattning"}
