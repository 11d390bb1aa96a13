"""Who: users, their behörigheter and uppdrag, how these are ordered, logins and the event log."""

from behorigheter.models.anvandare import Anvandare
from behorigheter.models.behorighet import Behorighet
from behorigheter.models.bestallning import Bestallning, bestallbara_roller
from behorigheter.models.handelse import Handelse, Handelselank
from behorigheter.models.inskickat import Inskickat
from behorigheter.models.overenskommelse import Overenskommelse
from behorigheter.models.session import Session
from behorigheter.models.tid import DateRange, TvaAr, om_tva_ar
from behorigheter.models.uppdrag import Uppdrag

__all__ = [
    "Anvandare",
    "Behorighet",
    "Bestallning",
    "DateRange",
    "Handelse",
    "Handelselank",
    "Inskickat",
    "Overenskommelse",
    "Session",
    "TvaAr",
    "Uppdrag",
    "bestallbara_roller",
    "om_tva_ar",
]
