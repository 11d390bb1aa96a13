"""Minimal valid rows, deterministic: sequences and fixed dates."""

from tests.factories.behorigheter import AnvandareFactory, BehorighetFactory, BestallningFactory, OverenskommelseFactory, UppdragFactory
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
    "BestallningFactory",
    "BudgetarFactory",
    "DeltagandeFactory",
    "FinansieringFactory",
    "IngaendeOrganisationFactory",
    "InsatsArFactory",
    "InsatsBudgetFactory",
    "InsatsFactory",
    "MattillfalleFactory",
    "OrganisationFactory",
    "OverenskommelseFactory",
    "PersonFactory",
    "SamtyckeFactory",
    "SamverkansorganisationFactory",
    "UppdragFactory",
]
