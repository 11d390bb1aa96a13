"""Insatser: what is done, for whom, with which money and how participants are followed."""

from insatser.models.arsredogorelse import LANGSTA_TEXT, Arsredogorelse
from insatser.models.budget import InsatsAr, InsatsBudget, InsatsBudgetandring
from insatser.models.insats import Insats, Status
from insatser.models.kategorisering import HOR_TILL, Deltagarregistrering, Inriktning, Malgrupp, PreciseradInriktning, VolymAvser
from insatser.models.volym import VolymPost

__all__ = [
    "HOR_TILL",
    "LANGSTA_TEXT",
    "Arsredogorelse",
    "Deltagarregistrering",
    "Inriktning",
    "Insats",
    "InsatsAr",
    "InsatsBudget",
    "InsatsBudgetandring",
    "Malgrupp",
    "PreciseradInriktning",
    "Status",
    "VolymAvser",
    "VolymPost",
]
