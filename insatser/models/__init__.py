"""Insatser: what is done, for whom, with which money and how participants are followed."""

from insatser.models.budget import InsatsAr, InsatsBudget
from insatser.models.insats import Insats, Status
from insatser.models.kategorisering import HOR_TILL, Deltagarregistrering, Inriktning, Malgrupp, PreciseradInriktning
from insatser.models.volym import VolymPost

__all__ = [
    "HOR_TILL",
    "Deltagarregistrering",
    "Inriktning",
    "Insats",
    "InsatsAr",
    "InsatsBudget",
    "Malgrupp",
    "PreciseradInriktning",
    "Status",
    "VolymPost",
]
