"""The handbook and the courses: read from docs/anvandarhandbok, so that the document and the pages are one and the same."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from behorigheter.roller import Roll

MAPP = Path(settings.BASE_DIR) / "docs" / "anvandarhandbok"
ALLA = "alla"
_SVAR = re.compile(r"- \[([ x])\] (.+)")
_PROVA = re.compile(r"\[Prova i demon\]\((/[^)]*)\)")


class Handboksfel(Exception):
    """A file of the handbook cannot be read; the text says which and why."""


@dataclass(frozen=True)
class Avsnitt:
    id: str
    rubrik: str
    text: str

    def sager(self, ord_: list[str]) -> bool:
        allt = f"{self.rubrik} {self.text}".casefold()
        return all(ett in allt for ett in ord_)


@dataclass(frozen=True)
class Kapitel:
    """What one role does, step by step; `alla` is the chapter that every role needs."""

    nyckel: str
    rubrik: str
    ingress: str
    avsnitt: list[Avsnitt]

    @property
    def url(self) -> str:
        return reverse("start:handbok", args=[self.nyckel])


@dataclass(frozen=True)
class Svar:
    text: str
    ratt: bool


@dataclass(frozen=True)
class Kurssida:
    """A short text and a question about it. `prova` is the address where it is done."""

    rubrik: str
    text: str
    fraga: str
    svar: list[Svar]
    forklaring: str
    prova: str


@dataclass(frozen=True)
class Kurs:
    nyckel: str
    rubrik: str
    ingress: str
    sidor: list[Kurssida]

    def url(self, nummer: int = 1) -> str:
        return reverse("start:kurs", args=[self.nyckel, nummer])


@cache
def kapitel() -> dict[str, Kapitel]:
    """Every chapter: what all need first, then the roles in their own order."""
    return {nyckel: _kapitel(nyckel, MAPP / f"{nyckel}.md") for nyckel in (ALLA, *Roll.values)}


@cache
def kurser() -> dict[str, Kurs]:
    return {roll.value: _kurs(roll.value, MAPP / "kurser" / f"{roll.value}.md") for roll in Roll}


def for_rollerna(alla: dict, roller: set[Roll]) -> tuple[list, list]:
    """(the user's, the others). What everybody needs is the user's."""
    egna = {ALLA, *roller}
    return [ett for nyckel, ett in alla.items() if nyckel in egna], [ett for nyckel, ett in alla.items() if nyckel not in egna]


def sok_i_handboken(ord_: list[str]) -> list[tuple[Kapitel, Avsnitt]]:
    """The sections that hold every word, wherever in a word it stands."""
    return [(ett, avsnitt) for ett in kapitel().values() for avsnitt in ett.avsnitt if avsnitt.sager(ord_)] if ord_ else []


def _kapitel(nyckel: str, fil: Path) -> Kapitel:
    rubrik, ingress, delar = _delar(fil)
    return Kapitel(nyckel, rubrik, ingress, [Avsnitt(slugify(namn), namn, text) for namn, text in delar])


def _kurs(nyckel: str, fil: Path) -> Kurs:
    rubrik, ingress, delar = _delar(fil)
    return Kurs(nyckel, rubrik, ingress, [_kurssida(fil, namn, text) for namn, text in delar])


def _delar(fil: Path) -> tuple[str, str, list[tuple[str, str]]]:
    """Heading, what stands before the first section, and (heading, text) of each section."""
    forsta, *resten = re.split(r"^## ", fil.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rubrik, _, ingress = forsta.partition("\n")
    if not rubrik.startswith("# ") or not resten:
        raise Handboksfel(f"{fil.name}: börja med # och en rubrik, och dela in texten med ##.")
    delar = [del_.partition("\n") for del_ in resten]
    return rubrik.removeprefix("# ").strip(), ingress.strip(), [(namn.strip(), text.strip()) for namn, _, text in delar]


def _kurssida(fil: Path, rubrik: str, innehall: str) -> Kurssida:
    text, _, fragedel = innehall.partition("\n### ")
    fraga, _, resten = fragedel.partition("\n")
    svar = [Svar(ett, kryss == "x") for kryss, ett in _SVAR.findall(resten)]
    forklaring = " ".join(rad.removeprefix(">").strip() for rad in resten.splitlines() if rad.startswith(">"))
    prova = _PROVA.search(resten)
    if not (text.strip() and fraga and forklaring and prova and sum(ett.ratt for ett in svar) == 1 and len(svar) > 1):
        raise Handboksfel(f"{fil.name}, {rubrik}: text, fråga, svar med ett rätt, förklaring och [Prova i demon] måste finnas.")
    return Kurssida(rubrik, text.strip(), fraga.strip(), svar, forklaring, prova[1])
