"""Values that exist for whole calendar years only, in a report whose period is a part of one (docs/regler.md 10.2)."""

from collections.abc import Iterable
from dataclasses import replace

from rapporter.motor import ARSVARDEN
from rapporter.tabell import Kolumn
from rapporter.urval import Urval

HELAR = "(helår)"


def markta(kolumner: Iterable[Kolumn], urval: Urval, *andra: str) -> tuple[Kolumn, ...]:
    """The columns, those of full-year values marked when the period is not whole years. `andra`: more such columns of the table."""
    arliga = set() if urval.hela_ar else {*ARSVARDEN, *andra}
    return tuple(replace(kolumn, rubrik=f"{kolumn.rubrik} {HELAR}") if kolumn.nyckel in arliga else kolumn for kolumn in kolumner)


def not_om_helar(urval: Urval) -> tuple[str, ...]:
    """What the mark means, under a table that has it."""
    if urval.hela_ar:
        return ()
    return (f"Kolumner märkta {HELAR} gäller hela {urval.ar_i_ord}, även den del som ligger utanför perioden.",)
