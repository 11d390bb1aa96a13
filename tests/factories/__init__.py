"""Minimal valid rows, deterministic: sequences and fixed dates."""

from tests.factories.behorigheter import AnvandareFactory, BehorighetFactory, UppdragFactory
from tests.factories.deltagare import DeltagandeFactory, MattillfalleFactory, PersonFactory, SamtyckeFactory
from tests.factories.insatser import InsatsArFactory, InsatsBudgetFactory, InsatsFactory
from tests.factories.organisations import (
    AdministrativKostnadFactory,
    BudgetarFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
)

__all__ = [
    "AdministrativKostnadFactory",
    "AnvandareFactory",
    "BehorighetFactory",
    "BudgetarFactory",
    "DeltagandeFactory",
    "FinansieringFactory",
    "IngaendeOrganisationFactory",
    "InsatsArFactory",
    "InsatsBudgetFactory",
    "InsatsFactory",
    "MattillfalleFactory",
    "OrganisationFactory",
    "PersonFactory",
    "SamtyckeFactory",
    "SamverkansorganisationFactory",
    "UppdragFactory",
]
