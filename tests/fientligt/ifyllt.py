"""What the world and the forms need, besides what the page proposes, so that a form could be saved as it stands."""

import fnmatch

from django.utils import timezone

from behorigheter.roller import Roll
from tests.deltagare.conftest import inregistrering, utregistrering
from tests.factories import (
    AdministrativKostnadFactory,
    BehorighetFactory,
    BudgetarFactory,
    FinansieringFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    SamverkansorganisationFactory,
)

FORSTA, TVA = 1, 2  # the first choice, the two first choices of the control
SIDANS_EGNA = {"nyckel", "version", "spara"}
ARBETAR_FORE, ARBETAR_EFTER = (
    {f"arbetar_{nar}": "ja", f"arbete_{nar}": "50", f"arbetstyp_{nar}": FORSTA, f"studerar_{nar}": "ja", f"studier_{nar}": "50"}
    for nar in ("fore", "efter")
)
IFYLLT = {
    "behorigheter:uppdrag_till": {"platser": FORSTA},
    "deltagare:anonyma": {"kvinnor": "5"},
    "deltagare:felregistrera": {"bekraftelse": "ta bort"},
    "deltagare:original": {"original_*": FORSTA},
    "deltagare:ratta": {"startdatum": "2012-03-01"} | ARBETAR_FORE,  # the world's persons are born in 2011
    "deltagare:registrera": inregistrering(**ARBETAR_FORE),
    "deltagare:ut": utregistrering(**ARBETAR_EFTER),
    "insatser:create": {"deltagarregistrering": FORSTA},
    "organisations:create": {"administrator": FORSTA},
    "organisations:fraga_create": {"alternativ_1": "Lite", "alternativ_2": "Mycket"},
    "organisations:omrade": {"valda": "k1488"},
    "organisations:sla_ihop": {"slas_ihop": TVA},
    "register:samtyckesoversattning_ny": {"sprak": "en", "text": "I agree that the details are registered. " * 6},
    "register:samtyckestext_ny": {"giltig_fran": "2095-01-01", "text": "Jag samtycker till att uppgifterna registreras. " * 5},
}


def fyll_i(vy, kontroller) -> dict[str, list[str]]:
    """A name with a star is that of the first control that fits: some are named after rows."""
    onskat = {next(iter(fnmatch.filter(kontroller, namn)), namn): varde for namn, varde in IFYLLT.get(vy, {}).items()}
    ifyllt = {namn: varde for namn, varde in onskat.items() if namn not in SIDANS_EGNA}
    return {namn: _lista(kontroller[namn].val[:varde] if varde in (FORSTA, TVA) else varde) for namn, varde in ifyllt.items()}


def _lista(varde):
    return varde if isinstance(varde, list) else [varde]


def berika(plats):
    """A budget of this year in the own förbund and insats, two förbund that can become one, and somebody who can be administrator."""
    for namn in ("Alfabygden", "Betabygden"):
        SamverkansorganisationFactory(namn=namn)
    ar = timezone.localdate().year
    budgetar = BudgetarFactory(samverkansorganisation=plats.egen.organisation, ar=ar)
    FinansieringFactory(budgetar=budgetar, part=plats.egen.organisation.parter.first())
    AdministrativKostnadFactory(budgetar=budgetar)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=plats.egen.insats, ar=ar))
    BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR)
