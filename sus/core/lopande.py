"""Running text as people write it: paragraphs, simple lists and words in bold. Any other sign is printed as it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

_PUNKT = re.compile(r"\s*[-*•] +(\S.*)")
_STEG = re.compile(r"\s*[0-9]{1,2}[.)] +(\S.*)")
_FET = re.compile(r"\*\*(\S|\S.*?\S)\*\*", re.DOTALL)


class Slag(StrEnum):
    STYCKE = "stycke"
    PUNKTER = "punkter"
    STEG = "steg"


@dataclass(frozen=True)
class Del:
    text: str
    fet: bool = False


@dataclass(frozen=True)
class Stycke:
    """A paragraph, whose lines stay as they were written, or a list; `rader` are its items, or the one text of the paragraph."""

    slag: Slag
    rader: list[list[Del]]


def stycken(text: str) -> list[Stycke]:
    """Empty lines part paragraphs, "- " begins an item of a list, "1. " a step, and **words** are bold. Nothing else means anything."""
    return [
        Stycke(slag, [_delar(rad) for rad in ([innehall for _, innehall in rader] if slag != Slag.STYCKE else [_ihop(rader)])])
        for (slag, _), rader in ((nyckel, list(rader)) for nyckel, rader in groupby(_rader(text), key=lambda rad: rad[0]))
    ]


def _rader(text: str) -> Iterator[tuple[tuple[Slag, int], str]]:
    """((kind, which of its kind), line). An empty line parts two paragraphs, but not the items of a list."""
    nummer = 0
    for rad in text.splitlines():
        if not rad.strip():
            nummer += 1
        elif traff := _PUNKT.fullmatch(rad):
            yield (Slag.PUNKTER, 0), traff[1].strip()
        elif traff := _STEG.fullmatch(rad):
            yield (Slag.STEG, 0), traff[1].strip()
        else:
            yield (Slag.STYCKE, nummer), rad.strip()


def _ihop(rader) -> str:
    return "\n".join(innehall for _, innehall in rader)


def _delar(text: str) -> list[Del]:
    delar = [Del(bit, fet=bool(nr % 2)) for nr, bit in enumerate(_FET.split(text))]
    return [del_ for del_ in delar if del_.text]
