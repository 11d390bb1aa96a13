"""A line of Att göra on the start page."""

from dataclasses import dataclass
from datetime import date

from behorigheter.actions.paminnelser import DAGAR_FORE
from sus.core.formatering import lista_i_ord

FLEST_NAMN = 4


@dataclass(frozen=True)
class Uppgift:
    antal: int
    text: str
    url: str
    forklaring: str
    bricka: str = ""
    brattom: bool = False


def som_slutar(antal: int, text: str, url: str, forklaring: str, *, dag: date, idag: date) -> Uppgift:
    """About something whose last day is `dag`; pressing when the last of the reminders has been sent."""
    dagar = (dag - idag).days
    bricka = {0: "Slutar i dag", 1: "Slutar i morgon"}.get(dagar, f"Om {dagar} dagar")
    return Uppgift(antal, text, url, forklaring, bricka=bricka, brattom=dagar <= min(DAGAR_FORE))


def namn_i_ord(namn: list[str]) -> str:
    """The first names in words, and how many more there are."""
    fler = len(namn) - FLEST_NAMN
    return lista_i_ord(namn if fler <= 1 else [*namn[:FLEST_NAMN], f"{fler} till"])
