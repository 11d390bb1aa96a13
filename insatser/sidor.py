"""What the pages of one insats show beside their forms: section menu, breadcrumbs, facts, figures per year."""

from dataclasses import dataclass

from django.urls import reverse

from insatser.models import InsatsBudget
from sus.core.formatering import lista_i_ord


@dataclass(frozen=True)
class Sida:
    """A choice in the section menu."""

    text: str
    url: str
    aktiv: bool


@dataclass(frozen=True)
class Arsrad:
    ar: int
    planerat: int | None
    budget: int | None
    utfall: int | None
    volym: int | None


@dataclass(frozen=True)
class Jamforelserad:
    """A budgettyp in the chosen year beside the year before, whole kronor; None where nothing is known."""

    text: str
    budget: int | None
    utfall: int | None
    budget_ifjol: int | None

    @property
    def forandring(self) -> int | None:
        return None if self.budget is None and self.budget_ifjol is None else (self.budget or 0) - (self.budget_ifjol or 0)


def undermeny(insats, aktiv):
    """The pages of the insats, for who may change it. `aktiv` is the address name of the page, or of the one it belongs to."""
    uppfoljning = ("Volym", "volym") if insats.ar_volyminsats else ("Deltagaransvariga", "uppdrag_ge")
    sidor = [("Insats", "detail"), ("Budget", "budget"), uppfoljning]
    return [Sida(text, reverse(f"insatser:{vy}", args=[insats.pk]), aktiv=vy == aktiv) for text, vy in sidor]


def smulor(insats=None, *sidor):
    """Startsida › Sök insatser › the insats › the page."""
    rad = [("Startsida", reverse("start:start")), ("Sök insatser", reverse("insatser:list"))]
    if insats is not None:
        rad.append((insats.namn, insats.get_absolute_url()))
    rad += [(text, None) for text in sidor]
    return [*rad[:-1], (rad[-1][0], None)]


def fakta(insats):
    """(label, value) of the insats as everyone may read it."""
    return [
        ("Samverkansorganisation", insats.samverkansorganisation),
        ("Status", insats.status),
        ("Startdatum", insats.startdatum.isoformat()),
        ("Slutdatum", insats.slutdatum.isoformat() if insats.slutdatum else "Inget slutdatum"),
        *kategorisering(insats),
    ]


def kategorisering(insats):
    """(label, value) of the categorisation."""
    return [
        ("Inriktning", insats.get_inriktning_display()),
        ("Preciserad inriktning", insats.get_preciserad_inriktning_display()),
        ("Deltagarregistrering", insats.get_deltagarregistrering_display()),
        ("Specifik målgrupp", lista_i_ord([malgrupp.namn for malgrupp in insats.malgrupper.all()])),
    ]


def arsrader(insats):
    """Budget, planerat antal and volym of every year that has any, latest first."""
    budget = {rad.ar: rad for rad in insats.insatsar.with_summor()}
    volym = dict(insats.volymposter.summor())
    return [_arsrad(ar, budget.get(ar), volym.get(ar)) for ar in sorted(budget.keys() | volym.keys(), reverse=True)]


def _arsrad(ar, rad, volym):
    return Arsrad(ar, rad.planerat_antal, rad.budget, rad.utfall, volym) if rad else Arsrad(ar, None, None, None, volym)


def budgetjamforelse(insats, ar):
    """The saved sums of the year per budgettyp and in all, beside the budget of the year before."""
    arets, ifjol = insats.budgetsummor(ar), insats.budgetsummor(ar - 1)
    rader = [
        Jamforelserad(typ.label, arets[typ]["summa_budget"], arets[typ]["summa_utfall"], ifjol[typ]["summa_budget"])
        for typ in InsatsBudget.Budgettyp
    ]
    return [
        *rader,
        Jamforelserad("Totalt", *(_summa(getattr(rad, falt) for rad in rader) for falt in ("budget", "utfall", "budget_ifjol"))),
    ]


def _summa(belopp):
    """The sum of what is known; None when nothing is."""
    kanda = [ett for ett in belopp if ett is not None]
    return sum(kanda) if kanda else None
