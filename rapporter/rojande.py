"""What printed counts tell of each other: rules 4, 5 and 8 of the röjandekontroll (skydd.py, docs/regler.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import inf

from rapporter.tabell import FORDELAS, Cell, Kolumn, Namn, Rad, Tabell, heltal

GRANS = 5
LITEN_FORDELNING, UNDANTAG = 50, 2  # in fewer, all but so many alike are nearly all
SPELRUM = 4  # what the hidden cells of a distribution must be able to hold, or to lack
DELARNAS_SPELRUM = 3  # the same of the hidden parts of a sum


def narmaste_fem(tal: int) -> int:
    return (tal + 2) // 5 * 5


def utskrivet(antal: int, alla: int | None = None) -> int:
    """Rule 3, of 5 or more. From 18 of 18, printed as 20, one would know that nobody is left out."""
    return narmaste_fem(int(alla or 0) - 2 if nastan_alla(antal, alla) else antal)


def nastan_alla(antal: int, alla: int | None) -> bool:
    return alla is not None and alla - antal < GRANS


def antal_bakom(tabell: Tabell, kolumn: Kolumn) -> float:
    """The true n that a column rests on; without end where nothing is asked of it."""
    return tabell.underlag.get(kolumn.bas, inf) if kolumn.ar_tal and not kolumn.personer else inf


def nastan_alla_utvalda(tabell: Tabell, ofiltrerad: Tabell | None) -> set[str]:
    """The columns of those whom a filter picks out, where they are all but fewer than 5 of those whom the same table is about without
    it: of an exact 22, a printed 20 would tell that nearly all of them are what the filter says.
    """
    if ofiltrerad is None:
        return set()
    vilande = [(kolumn, n) for kolumn in tabell.kolumner if (n := antal_bakom(tabell, kolumn)) < inf]
    return {kolumn.nyckel for kolumn, n in vilande if antal_bakom(ofiltrerad, kolumn) - n < GRANS}


def far_delas(delar: Sequence[Cell]) -> bool:
    """Rule 4: each part is 5 or more, and not all of them as far from their figures as can be to the same side: 22 and 17, printed 20
    and 15, are the only ones that make 39, where that is known.
    """
    antal = [heltal(del_) for del_ in delar]
    fel = {tal - narmaste_fem(tal) for tal in antal}
    return min(antal) >= GRANS and fel not in ({2}, {-2})


def sma_delar(tabell: Tabell, andra: Tabell | None) -> Callable[[Rad], set[str]]:
    """The counts of a row that rule 4 hides for the sake of the other part."""
    if andra is None:
        return lambda rad: set()
    rader = andra.efter_namn()

    def sma(rad: Rad) -> set[str]:
        annan = rader.get(tabell.namn(rad))
        motsvarande = annan.celler if annan else (0,) * len(rad.celler)
        par = {kolumn.nyckel: par for kolumn, *par in zip(tabell.kolumner, rad.celler, motsvarande, strict=True)}
        return {kolumn.nyckel for kolumn in tabell.kolumner if kolumn.egenskap and not far_delas(par[kolumn.nyckel])}

    return sma


def rojande(tabell: Tabell) -> set[str]:
    """The columns of distributions that rule 5 hides, with their parts by kön. What is made of them hides itself."""
    platser = {kolumn.nyckel: nr for nr, kolumn in enumerate(tabell.kolumner)}
    dolda = set()
    for nyckel in tabell.fordelning:
        n = antal_bakom(tabell, tabell.kolumner[platser[nyckel]])
        hela = tabell.underlag.get(FORDELAS, n)
        delar_av = [platser[kolumn.nyckel] for kolumn in tabell.kolumner if kolumn.del_av == nyckel]
        antal = [(rad, _Delat.av(tabell, rad, platser[nyckel], delar_av).hel) for rad in (*tabell.rader, *tabell.andra_rader)]
        delar = [tal for rad, tal in antal if not rad.inom]
        inringade = _ringar_in(delar, hela)
        if tabell.alla is not None:  # those who are no part of it are one more part of all
            inringade |= _ringar_in([*delar, _Tal.skrivet(int(tabell.alla - hela))], tabell.alla)
        lika = _nastan_alla_lika([tal.antal for _, tal in antal], hela)
        if inringade or lika or _nastan_alla_lika([heltal(rad.celler[platser[nyckel]]) for rad in tabell.rader], n):
            dolda |= {nyckel, *(tabell.kolumner[nr].nyckel for nr in delar_av)}
    return dolda


def _nastan_alla_lika(antal: Sequence[int], n: float) -> bool:
    return n < LITEN_FORDELNING and max(antal, default=0) >= n - UNDANTAG


@dataclass(frozen=True)
class _Tal:
    """A true count, and the least and the most that it can be as it is printed."""

    antal: int
    minst: float
    mest: float

    @classmethod
    def skrivet(cls, antal: int, alla: int | None = None) -> "_Tal":
        return cls(antal, *_spann(antal, alla))

    @classmethod
    def dolt(cls, antal: int, hogst: float) -> "_Tal":
        """Less than 5, or anything up to `hogst`."""
        return cls(antal, 0, min(hogst, GRANS - 1) if antal < GRANS else hogst)

    def inom(self, minst: float, mest: float) -> "_Tal":
        return _Tal(self.antal, max(self.minst, minst), min(self.mest, mest))

    @property
    def ar_skrivet(self) -> bool:
        return self.minst >= GRANS


@dataclass(frozen=True)
class _Delat:
    """A count with its kvinnor and män, each no more and no less than the others leave."""

    hel: _Tal
    kon: tuple[_Tal, ...]

    @classmethod
    def av(cls, tabell: Tabell, rad: Rad, plats: int, kon: Sequence[int], *, exakt: bool = False) -> "_Delat":
        """As it is printed; `exakt`: an exact head count. Where rule 3 hides kvinnor and män, a report of one kön prints them."""
        antal, antal_kon, alla = heltal(rad.celler[plats]), [heltal(rad.celler[nr]) for nr in kon], tabell.alla_i(rad)
        hel = _Tal(antal, antal, antal) if exakt and antal >= GRANS else _Tal.skrivet(antal, alla)
        if not kon or not far_delas(antal_kon):
            return cls(hel, tuple(_Tal.dolt(tal, hel.mest) for tal in antal_kon))
        delar = [_Tal.skrivet(tal) for tal in antal_kon]
        minst, mest = sum(del_.minst for del_ in delar), sum(del_.mest for del_ in delar)
        hel = hel.inom(minst, mest)
        return cls(hel, tuple(del_.inom(hel.minst - (mest - del_.mest), hel.mest - (minst - del_.minst)) for del_ in delar))


def _spann(antal: int, alla: int | None = None) -> tuple[int, int]:
    """What rule 3 tells of a count, all but a few of `alla` being printed as one."""
    if antal < GRANS:
        return 0, GRANS - 1
    skrivet = utskrivet(antal, alla)
    minst, mest = max(skrivet - 2, GRANS), skrivet + 2
    if alla is not None and skrivet == utskrivet(alla, alla):
        minst, mest = min(minst, alla - GRANS + 1), alla
    elif alla is not None:
        mest = min(mest, alla - GRANS)
    return minst, mest


def _ringar_in(delar: Sequence[_Tal], n: float) -> bool:
    """True when n less the printed cells, at their lowest or at their highest, leaves the hidden ones less room than SPELRUM.

    Rows that together are fewer than n leave some deltagare out, rows that are more hold some of them twice: then only one side binds.
    """
    if all(tal.ar_skrivet for tal in delar):
        return False
    antal, minst, mest = (sum(tal) for tal in zip(*((tal.antal, tal.minst, tal.mest) for tal in delar), strict=True))
    return (antal <= n and n - minst < SPELRUM) or (antal >= n and mest - n < SPELRUM)


@dataclass(frozen=True)
class Urvalsdel:
    """A part of a selection: the table of it, of those there whom a filter in two parts leaves out, and of all there."""

    exakt: Tabell
    andra: Tabell | None = None
    ofiltrerad: Tabell | None = None


@dataclass(frozen=True)
class VagdDel:
    """A part of a selection as it is weighed: its table as seen exactly, the one to protect, what is printed of that by itself, and
    what rule 4 hides in a row, or rule 2 because nearly all are picked out.
    """

    exakt: Tabell
    sann: Tabell
    skriven: Tabell
    sma: Callable[[Rad], set[str]]

    @cached_property
    def _rader(self) -> tuple[dict[Namn, Rad], dict[Namn, Rad]]:
        """True and printed. A row may stand in the exact table only: small ones are put together in the one to protect."""
        return self.exakt.efter_namn() | self.sann.efter_namn(), self.skriven.efter_namn()

    def tal(self, namn: Namn, plats: int, kon: Sequence[int], *, exakt: bool = False, i_en_rad: bool = False) -> _Delat:
        """The part's count in a row, with its kvinnor and män. Where that is a head count everybody knows it, or that it is small.

        `i_en_rad`: it is the count of all whom a filter picks out, which a table without the filter prints: as a row, or as one of the
        kön. Where it does not, for want of such a row, a count of 5 or more is taken to be known all the same.
        """
        sann, skriven = (rader.get(namn) for rader in self._rader)
        ar_skriven = skriven is not None and isinstance(skriven.celler[plats], int)
        ar_en_rad = i_en_rad and sann is not None and self.sann.kolumner[plats].nyckel not in self.sma(sann)
        if sann and (ar_skriven or ar_en_rad or exakt):
            return _Delat.av(self.sann, sann, plats, kon, exakt=exakt)
        antal, *antal_kon = (heltal(sann.celler[nr]) if sann else 0 for nr in (plats, *kon))
        hel = _Tal.dolt(antal, antal_bakom(self.sann, self.sann.kolumner[plats]))
        return _Delat(hel, tuple(_Tal.dolt(tal, hel.mest) for tal in antal_kon))


@dataclass(frozen=True)
class Tranga:
    """What rule 8 hides: columns by row, and the columns whose hidden count the other rows would tell."""

    i_raden: Mapping[Rad, set[str]]
    avslojade: set[str]


def tranga(tabell: Tabell, uppdelningar: Sequence[Sequence[VagdDel]], *, n_ar_huvudtal: bool, utvalda: bool = False) -> Tranga:
    """`n_ar_huvudtal`: the sum row, and a row that says so, is an exact head count, so that only its kvinnor and män are hidden.
    `utvalda`: those in the table are picked out by a filter on persons.
    """
    rader = (*tabell.rader, *(rad for _, rad in tabell.delsummor), *filter(None, [tabell.summa]))
    i_raden: dict[Rad, set[str]] = {rad: set() for rad in rader}
    for rad, delar in product(rader, uppdelningar):
        huvudtal = n_ar_huvudtal and (rad.huvudtal or rad is tabell.summa)
        i_raden[rad] |= _tranga_i_raden(tabell, rad, delar, huvudtal=huvudtal, utvalda=utvalda)
    avslojade = {
        nyckel
        for nyckel, delar in product(tabell.fordelning, uppdelningar)
        if _avslojas(tabell, nyckel, i_raden, delar, n_ar_huvudtal=n_ar_huvudtal)
    }
    return Tranga(i_raden, {kolumn.nyckel for kolumn in tabell.kolumner if {kolumn.nyckel, kolumn.del_av} & avslojade})


def _tranga_i_raden(tabell: Tabell, rad: Rad, delar: Sequence[VagdDel], *, huvudtal: bool, utvalda: bool) -> set[str]:
    """The count and its kvinnor and män, or only these."""
    dolda: set[str] = set()
    for plats, kolumn in enumerate(tabell.kolumner):
        if kolumn.egenskap:
            kon = _kon_av(tabell, kolumn)
            alla_utvalda = utvalda and rad.celler[plats] == antal_bakom(tabell, kolumn)
            delarnas = [del_.tal(tabell.namn(rad), plats, kon, exakt=huvudtal, i_en_rad=alla_utvalda) for del_ in delar]
            delarnas_hela = [del_.hel for del_ in delarnas]
            utan_kon, med_kon = _Delat.av(tabell, rad, plats, ()), _Delat.av(tabell, rad, plats, kon, exakt=huvudtal)
            av_kon = [(tal, [del_.kon[nr] for del_ in delarnas]) for nr, tal in enumerate(med_kon.kon)]
            if not huvudtal and _ar_trang(utan_kon.hel, delarnas_hela):
                dolda |= {kolumn.nyckel, *(tabell.kolumner[nr].nyckel for nr in kon)}
            elif any(_ar_trang(*par) for par in [*av_kon, (med_kon.hel, delarnas_hela)]):
                dolda |= {tabell.kolumner[nr].nyckel for nr in kon}
            if kolumn.rest_av and _ar_trang(*_rester(tabell, rad, kolumn.rest_av, med_kon, list(zip(delar, delarnas, strict=True)))):
                dolda |= {kolumn.nyckel, *(tabell.kolumner[nr].nyckel for nr in kon)}
    return dolda


def _rester(tabell: Tabell, rad: Rad, av: str, hel: _Delat, delar: Sequence[tuple[VagdDel, _Delat]]) -> tuple[_Tal, list[_Tal]]:
    """How many of the head count in the column `av` are left: of all, and of each part."""
    plats = [kolumn.nyckel for kolumn in tabell.kolumner].index(av)
    kon = _kon_av(tabell, tabell.kolumner[plats])
    namn, exakt = tabell.namn(rad), tabell.kolumner[plats].personer
    alla = _Delat.av(tabell, rad, plats, kon, exakt=exakt)
    return _rest(alla, hel), [_rest(del_.tal(namn, plats, kon, exakt=exakt), egen) for del_, egen in delar]


def _rest(alla: _Delat, del_: _Delat) -> _Tal:
    """No fewer and no more than kvinnor and män are left together."""
    par = list(zip(alla.kon, del_.kon, strict=True))
    minst = max(alla.hel.minst - del_.hel.mest, sum(max(0, av_alla.minst - egna.mest) for av_alla, egna in par))
    mest = min(alla.hel.mest - del_.hel.minst, sum(av_alla.mest - egna.minst for av_alla, egna in par) if par else inf)
    return _Tal(alla.hel.antal - del_.hel.antal, minst, mest)


def _avslojas(tabell: Tabell, nyckel: str, dolda: Mapping[Rad, set[str]], delar: Sequence[VagdDel], *, n_ar_huvudtal: bool) -> bool:
    """True when n less the other rows tells as much of a count as it would itself, hidden as it is."""
    plats = [kolumn.nyckel for kolumn in tabell.kolumner].index(nyckel)
    n, rader = antal_bakom(tabell, tabell.kolumner[plats]), [rad for rad in tabell.rader if not rad.inom]
    gomda = [rad for rad in rader if nyckel in dolda[rad]]
    if len(gomda) != 1 or sum(heltal(rad.celler[plats]) for rad in rader) != n:
        return False
    kon = _kon_av(tabell, tabell.kolumner[plats])
    hela = [del_.tal(tabell.namn(gomda[0]), plats, kon).hel for del_ in delar]
    andra = [_Delat.av(tabell, rad, plats, kon).hel for rad in rader if rad is not gomda[0]]
    minst, mest = (n, n) if n_ar_huvudtal else _spann(int(n))
    kvar = _Tal(heltal(gomda[0].celler[plats]), minst - sum(tal.mest for tal in andra), mest - sum(tal.minst for tal in andra))
    return _ar_trang(kvar, hela)


def _kon_av(tabell: Tabell, kolumn: Kolumn) -> list[int]:
    """The columns of kvinnor and män of a count."""
    return [nr for nr, annan in enumerate(tabell.kolumner) if annan.del_av == kolumn.nyckel]


def _ar_trang(hel: _Tal, delar: Sequence[_Tal]) -> bool:
    """True when the printed sum less its printed parts leaves the hidden ones less room than DELARNAS_SPELRUM, up or down."""
    if hel.minst <= 0 or all(del_.ar_skrivet for del_ in delar) or sum(del_.antal for del_ in delar) != hel.antal:
        return False
    minst, mest = sum(del_.minst for del_ in delar), sum(del_.mest for del_ in delar)
    return min(hel.mest - minst, mest - hel.minst) < DELARNAS_SPELRUM
