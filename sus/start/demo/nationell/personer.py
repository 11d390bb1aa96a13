"""Who takes part: every day of birth has twenty personnummer that are given to nobody, and each is used once."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from deltagare import identitet
from sus.start.demo.exempelforbund import EFTERNAMN, FORNAMN, med_kontrollsiffra

YNGST, ALDST = 16, 65  # years of age at the start
ANDEL_KVINNOR = 0.52
NUMMER = {"kvinna": range(980, 1000, 2), "man": range(981, 1000, 2)}
I_TAGET = 1000


@dataclass(frozen=True, slots=True)
class Provperson:
    """`fodd` decides when the person can take part."""

    id: uuid.UUID
    logg_id: uuid.UUID
    siffror: str
    namn: str
    kon: str
    fodd: date


def provpersoner(antal: int, forsta_dag: date, idag: date, slump: Random) -> Iterator[Provperson]:
    """So many, women and men mixed; of every age that can have taken part for at least a year of the time."""
    fodda = _dagar(date(forsta_dag.year - ALDST, 1, 1), date(idag.year - YNGST - 1, 12, 31))
    upptagna = {personnummer.tolv_siffror for grupp in identitet.alla(I_TAGET) for personnummer in grupp.values()}
    kvinnor = round(antal * ANDEL_KVINNOR)
    valda = [*_valda("kvinna", kvinnor, fodda, upptagna, slump), *_valda("man", antal - kvinnor, fodda, upptagna, slump)]
    slump.shuffle(valda)
    for kon, fodd, siffror in valda:
        namn = f"{slump.choice(FORNAMN[kon])} {slump.choice(EFTERNAMN)}"
        yield Provperson(_nyckel(slump), _nyckel(slump), siffror, namn, kon, fodd)


def _dagar(forsta: date, sista: date) -> list[date]:
    return [forsta + timedelta(days=nr) for nr in range((sista - forsta).days + 1)]


def _valda(kon: str, antal: int, fodda: list[date], upptagna: set[str], slump: Random) -> Iterator[tuple[str, date, str]]:
    """Raises ValueError when there are not numbers enough."""
    nummer = NUMMER[kon]
    kvar = antal
    for plats in slump.sample(range(len(fodda) * len(nummer)), min(antal + len(upptagna), len(fodda) * len(nummer))):
        fodd = fodda[plats // len(nummer)]
        siffror = med_kontrollsiffra(f"{fodd:%Y%m%d}{nummer[plats % len(nummer)]}")
        if kvar and siffror not in upptagna:
            kvar -= 1
            yield kon, fodd, siffror
    if kvar:
        raise ValueError(f"Personnumren räcker inte: {kvar} saknas.")


def _nyckel(slump: Random) -> uuid.UUID:
    return uuid.UUID(int=slump.getrandbits(128), version=4)
