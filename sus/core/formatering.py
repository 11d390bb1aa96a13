"""How figures, dates and lists are written. Unknown (None) is written as nothing, never as 0."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

SMALT_BLANKSTEG = "\u202f"
FAST_BLANKSTEG = "\u00a0"
MINUS = "\u2212"
MJUKT_BINDESTRECK = "\u00ad"
MANADER = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")
_LANGA_SAMMANSATTNINGAR = re.compile(r"(samverkans|samordnings|deltagar)(?=administrat|organisation|förbund|ansvarig)", re.IGNORECASE)


def antal(tal: int | None) -> str:
    """1360000 as "1 360 000", with narrow no-break spaces and a real minus sign."""
    if tal is None:
        return ""
    return f"{tal:,}".replace(",", SMALT_BLANKSTEG).replace("-", MINUS)


def antal_i_ord(tal: int, ental: str, flertal: str) -> str:
    """A number with its noun: "1 insats", "2 insatser"."""
    return f"{antal(tal)} {ental if tal == 1 else flertal}"


def kronor(belopp: int | None) -> str:
    """Whole kronor without unit, which stands in the heading."""
    return antal(belopp)


def forandring(tal: int | None) -> str:
    """A difference with its sign: "+170 000", "−5 000", "0"."""
    return f"+{antal(tal)}" if tal is not None and tal > 0 else antal(tal)


def andel(taljare: int, namnare: int) -> int | None:
    """Whole per cent of the raw counts, half rounded up; None when there is nothing to be a part of."""
    if namnare == 0:
        return None
    return (200 * taljare + namnare) // (2 * namnare)


def andel_forandring(fore: int, efter: int) -> int | None:
    """The change in whole per cent of what was, halves away from zero; None when there was nothing."""
    if fore == 0:
        return None
    storlek = (200 * abs(efter - fore) + fore) // (2 * fore)
    return storlek if efter >= fore else -storlek


def procent(tal: int | None) -> str:
    return "" if tal is None else f"{antal(tal)}{FAST_BLANKSTEG}%"


def datum(dag: date | None) -> str:
    """ÅÅÅÅ-MM-DD; a point in time gives its day in Sweden."""
    if isinstance(dag, datetime):
        dag = timezone.localtime(dag).date()
    return "" if dag is None else dag.isoformat()


def datumtid(tid: datetime | None) -> str:
    """2012-01-10 kl. 09.14, Swedish time."""
    return "" if tid is None else timezone.localtime(tid).strftime("%Y-%m-%d kl. %H.%M")


def period_i_ord(fran: date, till: date) -> str:
    """A period of whole months: "Januari–december 2011", "December 2010–mars 2011", "Mars 2011"."""
    forsta = MANADER[fran.month - 1].capitalize()
    sista = f"{MANADER[till.month - 1]} {till.year}"
    if (fran.year, fran.month) == (till.year, till.month):
        return sista.capitalize()
    if fran.year == till.year:
        return f"{forsta}–{sista}"
    return f"{forsta} {fran.year}–{sista}"


def lista_i_ord(delar: Sequence[str]) -> str:
    """["a", "b", "c"] as "a, b och c"; names that are lists themselves as "a och b; c samt d och e"."""
    if len(delar) < 2:
        return "".join(delar)
    har_listor = any(skiljetecken in del_ for del_ in delar for skiljetecken in (", ", " och "))
    mellan, sist = ("; ", " samt ") if har_listor else (", ", " och ")
    return f"{mellan.join(delar[:-1])}{sist}{delar[-1]}"


def gemen(text: object) -> str:
    """A heading as it stands inside a sentence: "Från månad" as "från månad"."""
    return f"{str(text)[:1].lower()}{str(text)[1:]}"


def avstavad(rubrik: object) -> str:
    """A heading whose longest words may be parted at their joint: not every browser has a Swedish dictionary to hyphenate by."""
    return _LANGA_SAMMANSATTNINGAR.sub(rf"\1{MJUKT_BINDESTRECK}", str(rubrik))
