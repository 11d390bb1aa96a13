"""Deltagare: identity, deltagande, measurements, consent, and what statistics may know about them."""

from deltagare.models.anonympost import AnonymPost
from deltagare.models.deltagande import Deltagande, Felregistreringsbegaran, Rattelse, ett_ar_fore
from deltagare.models.faktum import Faktum
from deltagare.models.mattillfalle import Mattillfalle, Svar
from deltagare.models.person import Person
from deltagare.models.samtycke import Samtycke
from deltagare.models.samtyckestext import Samtyckesoversattning, Samtyckessprak, Samtyckestext
from deltagare.models.utkast import Hamtning, Utkast

__all__ = [
    "AnonymPost",
    "Deltagande",
    "Faktum",
    "Felregistreringsbegaran",
    "Hamtning",
    "Mattillfalle",
    "Person",
    "Rattelse",
    "Samtycke",
    "Samtyckesoversattning",
    "Samtyckessprak",
    "Samtyckestext",
    "Svar",
    "Utkast",
    "ett_ar_fore",
]
