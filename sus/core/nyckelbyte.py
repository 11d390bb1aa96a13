"""Re-encryption of what is stored with the first of the keys, a few rows at a time, while SUS is in use.

A row that somebody else holds is left for the next round, so that nobody ever waits for a lock while holding one. What is interrupted
goes on where it was: a row is either as it was or wholly new.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models, transaction

from sus.core.kryptering import Nyckelfel

I_TAGET = 200
OMGANGAR = 30
VANTA_SEKUNDER = 1.0


@dataclass(frozen=True)
class Slag:
    """A kind of rows with encrypted values.

    `kryptera_om` gives a row its new values and says whether it needed any; `stammer` reads all of a row and says whether its look-up
    value is that of what is encrypted. Both raise Nyckelfel.
    """

    namn: str
    rader: models.QuerySet
    falt: tuple[str, ...]
    kryptera_om: Callable[..., bool]
    stammer: Callable[..., bool]


@dataclass
class Utfall:
    """How many rows were made new, how many old ones the last round still found, and the keys of those that no key opens."""

    bytta: int = 0
    kvar: int = 0
    olasliga: tuple[str, ...] = ()


def byt(slag: Slag) -> Utfall:
    """Round after round until one finds nothing to do: what it has seen is then new."""
    utfall = Utfall()
    for _ in range(OMGANGAR):
        utfall.kvar, bytta, utfall.olasliga = _en_omgang(slag)
        utfall.bytta += bytta
        if not utfall.kvar:
            break
        if bytta < utfall.kvar:
            time.sleep(VANTA_SEKUNDER)
    return utfall


def _en_omgang(slag: Slag) -> tuple[int, int, tuple[str, ...]]:
    """Old rows found, how many of them were made new, and those that cannot be read."""
    gamla, bytta = 0, 0
    olasliga: list[str] = []
    for rader in i_taget(slag.rader, I_TAGET):
        nycklar = []
        for rad in rader:
            try:
                if slag.kryptera_om(rad):
                    nycklar.append(rad.pk)
            except Nyckelfel:
                olasliga.append(str(rad.pk))
        gamla += len(nycklar)
        bytta += _byt_rader(slag, nycklar) if nycklar else 0
    return gamla, bytta, tuple(olasliga)


@transaction.atomic
def _byt_rader(slag: Slag, nycklar: list) -> int:
    """Read anew under lock: what was read before may have been changed since."""
    rader = [rad for rad in slag.rader.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=nycklar) if slag.kryptera_om(rad)]
    slag.rader.bulk_update(rader, slag.falt)
    return len(rader)


def i_taget(rader: models.QuerySet, antal: int) -> Iterator[list]:
    """The rows in order of their keys, a few at a time: not all in memory, and no cursor that must be held open."""
    rader = rader.order_by("pk")
    del_ = list(rader[:antal])
    while del_:
        yield del_
        del_ = list(rader.filter(pk__gt=del_[-1].pk)[:antal])
