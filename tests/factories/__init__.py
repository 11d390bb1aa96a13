"""Minimal valid rows, deterministic: sequences and fixed dates."""

from tests.factories.behorigheter import AnvandareFactory, BehorighetFactory, BestallningFactory, OverenskommelseFactory, UppdragFactory
from tests.factories.deltagare import (
    DeltagandeFactory,
    FelregistreringsbegaranFactory,
    HamtningFactory,
    MattillfalleFactory,
    PersonFactory,
    SamtyckeFactory,
    SamtyckestextFactory,
    SvarFactory,
)
from tests.factories.insatser import ArsredogorelseFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory
from tests.factories.organisations import (
    AdministrativKostnadFactory,
    BudgetarFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    KompletterandeFragaFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
)
from tests.factories.start import ForbattringsforslagFactory, HjalptextFactory

__all__ = [
    "AdministrativKostnadFactory",
    "AnvandareFactory",
    "ArsredogorelseFactory",
    "BehorighetFactory",
    "BestallningFactory",
    "BudgetarFactory",
    "DeltagandeFactory",
    "FelregistreringsbegaranFactory",
    "FinansieringFactory",
    "ForbattringsforslagFactory",
    "HamtningFactory",
    "HjalptextFactory",
    "IngaendeOrganisationFactory",
    "InsatsArFactory",
    "InsatsBudgetFactory",
    "InsatsFactory",
    "KompletterandeFragaFactory",
    "MattillfalleFactory",
    "OrganisationFactory",
    "OverenskommelseFactory",
    "PersonFactory",
    "SamtyckeFactory",
    "SamtyckestextFactory",
    "SamverkansorganisationFactory",
    "SvarFactory",
    "UppdragFactory",
]
