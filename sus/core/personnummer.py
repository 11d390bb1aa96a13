"""Reading of personnummer and samordningsnummer (folkbokföringslagen 18 §; SKV 704 and 707)."""

import re
from dataclasses import dataclass
from datetime import date

from sus.core.regelbrott import Regelbrott

FEL_FORM = "Ange personnummer med 12 siffror."
FEL_NUMMER = "Personnumret är inte giltigt."

# Hardly anybody born earlier was alive when the personnummer was introduced in 1947. A constraint of persons holds it too.
TIDIGASTE_FODELSEAR = 1850

# [0-9] and not \d, which also matches Arabic and full-width digits. Text that is copied from
# a document often has a typographic hyphen or space.
_MONSTER = re.compile(
    "([0-9]{2})?([0-9]{2})([0-9]{2})([0-9]{2})[ \u00a0\u2009\u202f]?([-+\u2010\u2011\u2013\u2212]?)[ \u00a0\u2009\u202f]?([0-9]{4})"
)


@dataclass(frozen=True, repr=False)
class Personnummer:
    """A valid personnummer or samordningsnummer. Its repr tells nothing, so that it is safe in a log."""

    tolv_siffror: str
    fodelsedatum: date

    def __repr__(self) -> str:
        return "Personnummer(********-****)"

    @property
    def kon(self) -> str:
        return "man" if int(self.tolv_siffror[10]) % 2 else "kvinna"

    @property
    def ar_samordningsnummer(self) -> bool:
        return int(self.tolv_siffror[6:8]) > 60

    @property
    def maskerat(self) -> str:
        return f"{self.tolv_siffror[:8]}-****"

    @property
    def utskrivet(self) -> str:
        return f"{self.tolv_siffror[:8]}-{self.tolv_siffror[8:]}"

    def alder(self, dag: date) -> int:
        return alder_av(self.fodelsedatum, dag)


def alder_av(fodd: date, dag: date) -> int:
    """Age in whole years on a day; who is born on 29 February grows older on 1 March in other years."""
    return dag.year - fodd.year - ((dag.month, dag.day) < (fodd.month, fodd.day))


def tolka(text: str, idag: date) -> Personnummer:
    """Read 10 or 12 digits, with or without separator.

    Raises Regelbrott: V13 when the text does not look like a personnummer, V14 when there can
    be no such number (date, future, check digit).
    """
    traff = _MONSTER.fullmatch(text.strip())
    if traff is None:
        raise Regelbrott(FEL_FORM)
    sekel, tvasiffrigt_ar, manad, dag, tecken, slut = traff.groups()
    # A samordningsnummer has the day of birth + 60.
    fodelsedag = int(dag) - 60 if int(dag) > 60 else int(dag)
    ar = int(sekel + tvasiffrigt_ar) if sekel else _fullt_ar(int(tvasiffrigt_ar), (int(manad), fodelsedag), tecken == "+", idag)
    try:
        fodelsedatum = date(ar, int(manad), fodelsedag)
    except ValueError:
        raise Regelbrott(FEL_NUMMER) from None
    siffror = f"{ar:04}{manad}{dag}{slut}"
    if ar < TIDIGASTE_FODELSEAR or fodelsedatum > idag or slut[:3] == "000" or kontrollsiffra(siffror[2:11]) != siffror[11]:
        raise Regelbrott(FEL_NUMMER)
    return Personnummer(siffror, fodelsedatum)


def _fullt_ar(tvasiffrigt_ar: int, manad_och_dag: tuple[int, int], fyllt_hundra: bool, idag: date) -> int:
    """The latest possible year; + is written from the year in which the person turns 100."""
    ar = idag.year - (idag.year - tvasiffrigt_ar) % 100
    if fyllt_hundra or (ar == idag.year and manad_och_dag > (idag.month, idag.day)):
        return ar - 100
    return ar


def kontrollsiffra(nio_siffror: str) -> str:
    """Luhn: every second digit is doubled, from the first, and the answer makes the sum of all digits a multiple of ten."""
    return str(-sum(sum(divmod(int(siffra) * (2 - plats % 2), 10)) for plats, siffra in enumerate(nio_siffror)) % 10)
