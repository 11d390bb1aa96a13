"""What printed counts tell of each other: rules 4, 5 and 8 of the röjandekontroll (skydd.py, docs/regler.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from rapporter.tabell import FORDELAS, Cell, Kolumn, Namn, Rad, Tabell, heltal

GRANS = 5
LITEN_FORDELNING, UNDANTAG = 50, 2  # in fewer, all but so many alike are nearly all
SPELRUM = 4  # what the hidden cells of a distribution must be able to hold, or to lack
DELARNAS_SPELRUM = 3  # the same of the hidden parts of a sum


def narmaste_fem(tal: int) -> int:
    return (tal + 2) // 5 * 5


def antal_bakom(tabell: Tabell, kolumn: Kolumn) -> float:
    """The true n that a column rests on; without end where nothing is asked of it."""
    return tabell.underlag.get(kolumn.bas, inf) if kolumn.ar_tal and not kolumn.personer else inf


def far_delas(delar: Sequence[Cell]) -> bool:
    """Rule 4: each part is 5 or more, and not all of them as far from their figures as can be to the same side: 22 and 17, printed 20
    and 15, are the only ones that make 39, where that is known.
    """
    antal = [heltal(del_) for del_ in delar]
    fel = {tal - narmaste_fem(tal) for tal in antal}
    return min(antal) >= GRANS and fel not in ({2}, {-2})


def rojande(tabell: Tabell) -> set[str]:
    """The columns of distributions that rule 5 hides, with their parts by kön. What is made of them hides itself."""
    platser = {kolumn.nyckel: nr for nr, kolumn in enumerate(tabell.kolumner)}
    dolda = set()
    for nyckel in tabell.fordelning:
        n = antal_bakom(tabell, tabell.kolumner[platser[nyckel]])
        hela = tabell.underlag.get(FORDELAS, n)
        delar_av = [platser[kolumn.nyckel] for kolumn in tabell.kolumner if kolumn.del_av == nyckel]
        antal = [(rad, _Tal.av(rad, platser[nyckel], delar_av)) for rad in (*tabell.rader, *tabell.andra_rader)]
        delar = [tal for rad, tal in antal if not rad.inom]
        inringade = _ringar_in(delar, hela)
        if tabell.alla is not None:  # those who are no part of it are one more part of all
            inringade |= _ringar_in([*delar, _Tal.av(Rad((int(tabell.alla - hela),)), 0)], tabell.alla)
        lika = _nastan_alla_lika([tal.antal for _, tal in antal], hela)
        if inringade or lika or _nastan_alla_lika([heltal(rad.celler[platser[nyckel]]) for rad in tabell.rader], n):
            dolda |= {nyckel, *(tabell.kolumner[nr].nyckel for nr in delar_av)}
    return dolda


def _nastan_alla_lika(antal: Sequence[int], n: float) -> bool:
    return n < LITEN_FORDELNING and max(antal, default=0) >= n - UNDANTAG


@dataclass(frozen=True)
class _Tal:
    """A true count, and the least and the most that it can be as it is printed, with its kvinnor and män when they are."""

    antal: int
    minst: float
    mest: float

    @classmethod
    def av(cls, rad: Rad, plats: int, delar: Sequence[int] = ()) -> "_Tal":
        antal, kon = heltal(rad.celler[plats]), [heltal(rad.celler[nr]) for nr in delar]
        spann = [_spann(antal)]
        if kon and far_delas(kon):
            delade = [_spann(tal) for tal in kon]
            spann.append((sum(minst for minst, _ in delade), sum(mest for _, mest in delade)))
        return cls(antal, max(minst for minst, _ in spann), min(mest for _, mest in spann))

    @property
    def ar_skrivet(self) -> bool:
        return self.minst > 0


def _spann(antal: int) -> tuple[int, int]:
    """What rule 3 tells of a count."""
    return (max(narmaste_fem(antal) - 2, GRANS), narmaste_fem(antal) + 2) if antal >= GRANS else (0, GRANS - 1)


def _ringar_in(delar: Sequence[_Tal], n: float) -> bool:
    """True when n less the printed cells, at their lowest or at their highest, leaves the hidden ones less room than SPELRUM.

    Rows that together are fewer than n leave some deltagare out, rows that are more hold some of them twice: then only one side binds.
    """
    if all(tal.ar_skrivet for tal in delar):
        return False
    antal, minst, mest = (sum(tal) for tal in zip(*((tal.antal, tal.minst, tal.mest) for tal in delar), strict=True))
    return (antal <= n and n - minst < SPELRUM) or (antal >= n and mest - n < SPELRUM)


@dataclass(frozen=True)
class Del:
    """A part of a selection: the table of it, and the same as it is printed."""

    sann: Tabell
    skriven: Tabell

    @cached_property
    def _rader(self) -> tuple[dict[Namn, Rad], dict[Namn, Rad]]:
        return self.sann.efter_namn(), self.skriven.efter_namn()

    def tal(self, namn: Namn, plats: int, kon: Sequence[int], hogst: float) -> _Tal:
        """The part's count in a row. When it is not printed it is less than 5, or anything up to `hogst`."""
        sann, skriven = (rader.get(namn) for rader in self._rader)
        if sann and skriven and isinstance(skriven.celler[plats], int):
            return _Tal.av(sann, plats, [nr for nr in kon if isinstance(skriven.celler[nr], int)])
        antal = heltal(sann.celler[plats]) if sann else 0
        return _Tal(antal, 0, min(hogst, GRANS - 1) if antal < GRANS else hogst)


def tranga(tabell: Tabell, rad: Rad, delar: Sequence[Del], *, huvudtal: bool = False) -> set[str]:
    """The columns of a row that rule 8 hides: the count and its kvinnor and män, or only these. Of a head count only these."""
    namn, dolda = tabell.namn(rad), set()
    for plats, kolumn in enumerate(tabell.kolumner):
        if kolumn.egenskap:
            kon = [nr for nr, annan in enumerate(tabell.kolumner) if annan.del_av == kolumn.nyckel]
            hela = [del_.tal(namn, plats, kon, antal_bakom(del_.sann, kolumn)) for del_ in delar]
            av_kon = [(_Tal.av(rad, nr), [del_.tal(namn, nr, (), hel.mest) for del_, hel in zip(delar, hela, strict=True)]) for nr in kon]
            if not huvudtal and _ar_trang(_Tal.av(rad, plats), hela):
                dolda |= {kolumn.nyckel, *(tabell.kolumner[nr].nyckel for nr in kon)}
            elif any(_ar_trang(*par) for par in [*av_kon, (_Tal.av(rad, plats, kon), hela)]):
                dolda |= {tabell.kolumner[nr].nyckel for nr in kon}
    return dolda


def _ar_trang(hel: _Tal, delar: Sequence[_Tal]) -> bool:
    """True when the printed sum less its printed parts leaves the hidden ones less room than DELARNAS_SPELRUM, up or down."""
    if not hel.ar_skrivet or all(del_.ar_skrivet for del_ in delar) or sum(del_.antal for del_ in delar) != hel.antal:
        return False
    minst, mest = sum(del_.minst for del_ in delar), sum(del_.mest for del_ in delar)
    return min(hel.mest - minst, mest - hel.minst) < DELARNAS_SPELRUM
