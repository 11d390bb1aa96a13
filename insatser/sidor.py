"""What the pages of one insats show beside their forms: section menu, breadcrumbs, facts, figures per year."""

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse

from behorigheter.lagen import anonyma_per_ar, antal_deltaganden
from insatser.models import Insats, InsatsAr, VolymPost
from organisations.models import Budgettyp
from organisations.sammanstallning import andel_av_budget, budget_minus_utfall, summa_av_kanda
from sus.core.falt import SENASTE_DATUM, TIDIGASTE_DATUM
from sus.core.formatering import lista_i_ord
from sus.core.smulor import STARTSIDA


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
class Kort:
    """An insats as others may take it for an example. `ar` is its latest year with budget, planerat antal or volym."""

    insats: Insats
    malgrupper: str
    ar: Arsrad | None


@dataclass(frozen=True)
class Jamforelserad:
    """A budgettyp, or a row, in the chosen year beside the year before, whole kronor; None where nothing is known.

    `ar_komplett` False: some of its utfall is not known yet.
    """

    text: str
    typ: str
    budget: int | None
    utfall: int | None
    budget_ifjol: int | None = None
    ar_komplett: bool = True
    beskrivning: str = ""

    @property
    def forandring(self) -> int | None:
        """None while there is nothing to compare with."""
        return None if self.budget_ifjol is None else (self.budget or 0) - self.budget_ifjol

    @property
    def kvar(self) -> int | None:
        return budget_minus_utfall(self.budget, self.utfall, ar_komplett=self.ar_komplett)

    @property
    def forbrukat(self) -> int | None:
        return andel_av_budget(self.budget, self.utfall, ar_komplett=self.ar_komplett)


def undermeny(insats, aktiv):
    """The pages of the insats, for who may change it. `aktiv` is the address name of the page, or of the one it belongs to."""
    uppfoljning = ("Volym", "volym") if insats.ar_volyminsats else ("Deltagaransvariga", "uppdrag_ge")
    sidor = [("Insats", "detail"), ("Budget", "budget"), uppfoljning, ("Årsredogörelser", "arsredogorelser")]
    return [Sida(text, reverse(f"insatser:{vy}", args=[insats.pk]), aktiv=vy == aktiv) for text, vy in sidor]


def smulor(insats=None, *sidor):
    """Startsida › Sök insatser › the insats › the page."""
    rad = [STARTSIDA, ("Sök insatser", reverse("insatser:list"))]
    if insats is not None:
        rad.append((insats.namn, insats.get_absolute_url()))
    rad += [(text, None) for text in sidor]
    return [*rad[:-1], (rad[-1][0], None)]


def fakta(insats):
    """(label, value) of the insats as everyone may read it."""
    return [
        ("Samverkansorganisation", insats.samverkansorganisation),
        *([("Mål", insats.mal)] if insats.mal else []),
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
        *([("Vad som räknas", insats.get_volym_avser_display() or "Inte angivet")] if insats.ar_volyminsats else []),
        ("Specifik målgrupp", _malgrupper(insats)),
    ]


def _malgrupper(insats):
    return lista_i_ord([malgrupp.namn for malgrupp in insats.malgrupper.all()])


def registrerat(insats):
    """(label, number) of what locks the categorisation. Only for who runs the insats (docs/regler.md 5.3)."""
    deltaganden = antal_deltaganden([insats.pk], TIDIGASTE_DATUM, SENASTE_DATUM)
    anonyma = {"anonym": 0, "atertaget": 0}
    for summa in anonyma_per_ar([insats.pk]):
        anonyma[summa.slag] += summa.antal
    rader = [
        ("Deltaganden med personuppgifter", deltaganden[insats.pk].antal if insats.pk in deltaganden else 0),
        ("Anonyma deltagare", anonyma["anonym"]),
        ("Återtagna samtycken", anonyma["atertaget"]),
        (insats.volymrubrik, sum(summa for _, summa in insats.volymposter.summor())),
    ]
    return [(etikett, antal) for etikett, antal in rader if antal]


def arsrader(insats):
    """Budget, planerat antal and volym of every year that has any, latest first."""
    budget = {rad.ar: rad for rad in insats.insatsar.with_summor()}
    volym = dict(insats.volymposter.summor())
    return [_arsrad(ar, budget.get(ar), volym.get(ar)) for ar in sorted(budget.keys() | volym.keys(), reverse=True)]


def kort(insatser):
    """The cards of these insatser, in as many queries however many they are. Their counts are those that everyone may see."""
    ids = [insats.pk for insats in insatser]
    budget = {(rad.insats_id, rad.ar): rad for rad in InsatsAr.objects.filter(insats__in=ids).with_summor()}
    volym = {
        (insats, ar): summa
        for insats, ar, summa in VolymPost.objects.filter(insats__in=ids)
        .order_by()
        .values_list("insats", "ar")
        .annotate(summa=Sum("antal"))
    }
    senaste = dict(sorted(budget.keys() | volym.keys()))
    return [Kort(insats, _malgrupper(insats), _senaste(insats.pk, senaste.get(insats.pk), budget, volym)) for insats in insatser]


def _senaste(pk, ar, budget, volym):
    return _arsrad(ar, budget.get((pk, ar)), volym.get((pk, ar))) if ar else None


def _arsrad(ar, rad, volym):
    return Arsrad(ar, rad.planerat_antal, rad.budget, rad.utfall, volym) if rad else Arsrad(ar, None, None, None, volym)


def budgetjamforelse(insats, ar):
    """The saved sums of the year per budgettyp and in all, beside the budget of the year before."""
    arets, ifjol = insats.budgetsummor(ar), insats.budgetsummor(ar - 1)
    rader = [_jamforelserad(typ, arets[typ], ifjol[typ]) for typ in Budgettyp]
    summor = [summa_av_kanda(getattr(rad, falt) for rad in rader) for falt in ("budget", "utfall", "budget_ifjol")]
    return [*rader, Jamforelserad("Totalt", "alla", *summor, ar_komplett=all(rad.ar_komplett for rad in rader))]


def _jamforelserad(typ, arets, ifjol):
    return Jamforelserad(
        typ.label, typ.value, arets["summa_budget"], arets["summa_utfall"], ifjol["summa_budget"], not arets["utan_utfall"]
    )


def budgetrader(insats, ar):
    """The rows of the year, for who reads them."""
    return [
        Jamforelserad(
            ", ".join(filter(None, [rad.get_budgettyp_display(), rad.part and str(rad.part)])),
            rad.budgettyp, rad.budget, rad.utfall, beskrivning=rad.beskrivning,
        )
        for rad in insats.budgetrader(ar)
    ]  # fmt: skip
