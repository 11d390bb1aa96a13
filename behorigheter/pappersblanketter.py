"""Form 9445 on paper: the order of a behörighet, with the fields of the page and room for the signature."""

from django.utils.text import capfirst

from behorigheter.actions.anvandare import UPPGIFTER
from behorigheter.forms.bestallning import BestallningForm
from behorigheter.models import bestallbara_roller
from behorigheter.models.behorighet import FORBUND
from behorigheter.models.bestallning import FK
from behorigheter.querysets import AF
from behorigheter.roller import Roll
from sus.core.blankett import Blankett, Del, Falt, Ruta, rad, ur_formularet

UTGAVA = "utgåva 1, november 2026"
KOMMUN = "kommun"


def bestallning() -> Blankett:
    falten = BestallningForm.base_fields
    personen = [ur_formularet(falten, namn, halv=True) for namn in UPPGIFTER]
    return Blankett(
        nummer="9445",
        namn="Beställning av behörighet till SUS",
        utgava=UTGAVA,
        ingress="Fyll i en blankett per användare. Arbetsgivarens beställare skriver under, aldrig för sig själv.",
        sa_har="Beställaren lägger in och signerar beställningen i SUS, och utfärdaren svarar där. Har beställaren inget konto än "
        "skickas blanketten till Försäkringskassans behörighetsadministration. Besked kommer med e-post till beställaren och användaren.",
        delar=(
            Del("Användaren", (ur_formularet(falten, "personnummer"), *personen, rad("arbetsgivare", "Arbetsgivare"))),
            Del("Behörighet", (_roller(falten), *(ur_formularet(falten, namn, halv=True) for namn in ("fran", "till")))),
            Del(
                "Beställarens underskrift",
                (
                    rad("ort", "Ort och datum", halv=True),
                    rad("bestallare_telefon", "Telefon", halv=True),
                    rad("underskrift", "Underskrift", rader=2),
                    rad("namnfortydligande", "Namnförtydligande"),
                ),
            ),
        ),
    )


def _roller(falten) -> Falt:
    """Every role that can be ordered somewhere; in parentheses where only some employers can."""
    rutor = tuple(Ruta(f"{capfirst(roll.label)}{_bara_hos(roll)}") for roll in bestallbara_roller(FK))
    return ur_formularet(falten, "roller", rutor=rutor)


def _bara_hos(roll: Roll) -> str:
    if roll in bestallbara_roller(KOMMUN):
        return "" if roll in bestallbara_roller(FORBUND) else " (inte samordningsförbund)"
    return " (Försäkringskassan och Arbetsförmedlingen)" if roll in bestallbara_roller(AF) else " (Försäkringskassan)"
