"""Samverkansorganisationer, who belongs to them, where they work and what money they have."""

from organisations.models.ar import AR_VALIDATORER, SENASTE_AR, TIDIGASTE_AR
from organisations.models.budget import EGET_KAPITAL, AdministrativKostnad, Budgetar, Budgettyp, Finansiering
from organisations.models.fraga import KompletterandeFraga, Svarsalternativ
from organisations.models.geografi import Kommun, Lan, Stadsdel
from organisations.models.historik import Beloppsandring, Budgetandring
from organisations.models.organisation import Organisation
from organisations.models.part import IngaendeOrganisation
from organisations.models.samverkansorganisation import Omrade, Samverkansorganisation

__all__ = [
    "AR_VALIDATORER",
    "EGET_KAPITAL",
    "SENASTE_AR",
    "TIDIGASTE_AR",
    "AdministrativKostnad",
    "Beloppsandring",
    "Budgetandring",
    "Budgetar",
    "Budgettyp",
    "Finansiering",
    "IngaendeOrganisation",
    "Kommun",
    "KompletterandeFraga",
    "Lan",
    "Omrade",
    "Organisation",
    "Samverkansorganisation",
    "Stadsdel",
    "Svarsalternativ",
]
