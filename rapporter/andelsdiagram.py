"""Diagrams of shares, to compare by: dots on a line, and the parts of a whole behind each other."""

from collections.abc import Iterator, Sequence

from rapporter.bild import (
    ETIKETT,
    FORKLARING,
    LUFT,
    PAPPERSBREDD,
    STAPEL,
    Bild,
    Del,
    Delrad,
    Punkt,
    Punktrad,
    Tecken,
    forklaring,
    langd,
    texter,
)
from rapporter.tabell import Diagram, Stapelrad
from sus.core.formatering import procent

PUNKT, STOR_PUNKT = 6, 10  # px, radius
SKILDA = 3.0  # per cent: dots so far from each other are seen apart on a telephone
NOLL = 2.5  # per cent: room for the dot that stands at nothing
LINJE = 57.0  # per cent; the rest is room for "100 % → 100 %" on a telephone
SKALRAD = 20  # px, for the ends of a scale of shares and a gap below them
DEL = 20  # px, the height of the parts of a whole
# Shades that can be told apart in black and white, and the colour of the number on each.
FARGER = (
    ("#0b3d24", "#ffffff"),
    ("#2c7a51", "#ffffff"),
    ("#5d9e7c", "#1b1e23"),
    ("#93bfa8", "#1b1e23"),
    ("#c3dccf", "#1b1e23"),
    ("#f2f8f5", "#1b1e23"),
)
SMALAST_MED_TEXT = 9  # per cent


def punkter(diagram: Diagram, papper: bool) -> Bild:
    """A line per row from 0 to an even share, with a dot per series. A hidden or unknown value has no dot."""
    storst = max([diagram.storst, *diagram.tal])
    skala = max(-(-storst // 10) * 10, 10)
    topp = (FORKLARING if len(diagram.serier) > 1 else 0) + SKALRAD
    rader = tuple(_punktrad(diagram, rad, topp + nr * (ETIKETT + STAPEL + LUFT), skala, papper) for nr, rad in enumerate(diagram.rader))
    hojd = topp + len(rader) * (ETIKETT + STAPEL + LUFT)
    return Bild(
        diagram,
        hojd,
        PAPPERSBREDD if papper else None,
        forklaring(diagram),
        punktrader=rader,
        skala=skala,
        skala_fran=langd(NOLL, papper),
        skala_x=langd(LINJE, papper),
        skala_y=topp - 8,
    )


def _punktrad(diagram: Diagram, rad: Stapelrad, y: int, skala: int, papper: bool) -> Punktrad:
    """Dots are drawn in the order of the series: one that the next would hide is larger and stands as a ring around it."""
    lagen = [
        (serie.stil, NOLL + (LINJE - NOLL) * varde / skala)
        for serie, varde in zip(diagram.serier, rad.varden, strict=True)
        if isinstance(varde, int)
    ]
    punkter = tuple(
        Punkt(stil, langd(x, papper), STOR_PUNKT if any(abs(x - annan) < SKILDA for _, annan in lagen[nr:]) else PUNKT)
        for nr, (stil, x) in enumerate(lagen, start=1)
    )
    linje = y + ETIKETT + STAPEL // 2
    return Punktrad(rad.etikett, y + 13, linje, " → ".join(rad.texter or texter(rad)), linje + 5, punkter)


def delar(diagram: Diagram, papper: bool) -> Bild:
    """Each row a whole with a part per series, drawn when every part is known. Their names stand one below the other."""
    farger = _farger(len(diagram.serier))
    forklaring = tuple(Tecken(serie.namn, serie.stil, 0, nr * ETIKETT, farger[nr][0]) for nr, serie in enumerate(diagram.serier))
    topp, hojd = len(forklaring) * ETIKETT + LUFT, ETIKETT + DEL + LUFT
    rader = tuple(_delrad(rad, topp + nr * hojd, papper) for nr, rad in enumerate(diagram.rader))
    return Bild(diagram, topp + len(rader) * hojd, PAPPERSBREDD if papper else None, forklaring, delrader=rader)


def _farger(antal: int) -> list[tuple[str, str]]:
    """As far apart as they can be."""
    return [FARGER[nr * (len(FARGER) - 1) // max(antal - 1, 1)] for nr in range(antal)]


def _delrad(rad: Stapelrad, y: int, papper: bool) -> Delrad:
    tal = [varde for varde in rad.varden if isinstance(varde, int)]
    visas = len(tal) == len(rad.varden) and any(tal)
    text_y = y + ETIKETT + DEL // 2 + 4
    return Delrad(rad.etikett, y + 13, y + ETIKETT, "" if visas else "Visas inte", text_y, tuple(_delarna(tal, papper)) if visas else ())


def _delarna(tal: Sequence[int], papper: bool) -> Iterator[Del]:
    """Rounded shares may be a little more or less than the whole."""
    alla, fore = sum(tal), 0
    for varde, (farg, textfarg) in zip(tal, _farger(len(tal)), strict=True):
        if varde:
            x, bredd = 100 * fore / alla, 100 * varde / alla
            text = procent(varde) if bredd >= SMALAST_MED_TEXT else ""
            yield Del(langd(x, papper), langd(bredd, papper), farg, text, langd(x + bredd / 2, papper), textfarg)
        fore += varde
