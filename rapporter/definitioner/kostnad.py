"""Kostnadsrapport: what money there is, what it is budgeted for and how it was used (docs/regler.md 10.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django import forms

from organisations.models import AdministrativKostnad, Budgettyp, Organisation
from organisations.sammanstallning import sammanstall
from rapporter.brister import OkantUtfall, okant_utfall
from rapporter.definition import Definition
from rapporter.definitioner.insatstabell import insatstabell
from rapporter.diagram import LANGSTA_ETIKETT, kortad, ritas, storst_i_ord
from rapporter.falt import BudgetarField
from rapporter.forms import NIVAER, UrvalForm
from rapporter.matt import ANTAL, PAGAENDE
from rapporter.motor import Motor
from rapporter.tabell import Diagram, Kolumn, Rad, Serie, Stapelrad, Tabell, Tackning, Typ, heltal
from rapporter.urval import Niva, Urval
from sus.core.formatering import antal, antal_i_ord, datum, lista_i_ord
from sus.core.sortering import sortnyckel

ORG = Organisation.Typ
# Groups of financiers in their order. Summerad shows all six; detailed, each financier by name inside its group.
GRUPPER = (
    ("Stat", {ORG.FK, ORG.AF}),
    ("Region (landsting)", {ORG.REGION}),
    ("Kommuner", {ORG.KOMMUN}),
    ("Samordningsförbund", {ORG.SAMORDNINGSFORBUND}),
    ("ESF-medel", {ORG.ESF}),
    ("Övriga", {ORG.OVRIG}),
)
DETALJERAD = "detaljerad"
SAMMANSTALLNING = "sammanstallning"
FLERA_AR = "Eget kapital är tidigare års överskott och räknas med för varje år. Summan för flera år är därför inte pengar som finns kvar."


class KostnadForm(UrvalForm):
    huvudfalt: ClassVar[list[str]] = ["fran", "till", "niva", "organisation", "rapportniva"]
    nivaer: ClassVar = [val for val in NIVAER if val[0] != Niva.INSATS]

    fran = BudgetarField(label="Från budgetår", manad=1)
    till = BudgetarField(label="Till budgetår", manad=12)
    rapportniva = forms.ChoiceField(
        label="Rapportnivå",
        required=False,
        initial="summerad",
        widget=forms.RadioSelect,
        choices=[("summerad", "Summerad"), ("detaljerad", "Detaljerad")],
    )

    def period_i_ord(self) -> tuple[str, str]:
        fran, till = self.period()
        return "Budgetår", str(fran.year) if fran.year == till.year else f"{fran.year}–{till.year}"


@dataclass(frozen=True)
class Sammanstallning(Tabell):
    """The five lines, and the utfall that they count as 0 because it is unknown."""

    okant: OkantUtfall = field(kw_only=True)


class Kostnadsrapport(Definition):
    """Whole budget years; sums of whole kronor, of every organisation in the selection. Unknown utfall adds nothing, and that is said."""

    nyckel = "kostnad"
    meny = "Kostnad"
    titel = "Kostnadsrapport"
    ingress = "Vilka pengar samverkan har, vad de är budgeterade till och hur de har använts."
    form_class = KostnadForm
    aven_med_budget = True

    def slag(self, val: Mapping) -> str:
        return f"Kostnadsrapport, {val.get('rapportniva') or 'summerad'}"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        detaljerad = val.get("rapportniva") == DETALJERAD
        tabeller = kostnadstabeller(motor, detaljerad=detaljerad)
        return [*tabeller, insatstabell(motor)] if detaljerad else tabeller

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        return [*_medelsdiagram(tabeller["medelstillgangar"], urval), *_kostnadsdiagram(tabeller, urval)]

    def spridning(self, val: Mapping) -> str:
        return "Kronor är alltid exakta, men tabellen Insatser visar små antal." if val.get("rapportniva") == DETALJERAD else ""

    def notiser(self, tabeller: Mapping[str, Tabell], urval: Urval) -> list[str]:
        return list(om_okant_utfall(tabeller, urval))

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        """How many of the insatser with a budget have all their utfall of the years."""
        okant = _okant(tabeller)
        kanda = antal(okant.med_budget - okant.insatser)
        text = f"Utfall {urval.ar_i_ord} är registrerat i {kanda} av {antal_i_ord(okant.med_budget, 'insats', 'insatser')} med budget."
        return Tackning(text) if okant.med_budget else None

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        rader = [
            ("Totala medelstillgångar", "summan av alla finansiärers belopp, med eget kapital och ESF."),
            (
                "Totalt förbrukade medel",
                "utfall i insatser och i administrativa kostnader. Utfall som inte är registrerat räknas som 0.",
            ),
            ("Kvar efter budgetåret", "totala medelstillgångar minus totalt förbrukade medel."),
            ("Totalt budgeterat", "budget i insatser plus budget i administrativa kostnader."),
            ("Totalt budgeterat minus förbrukat", "totalt budgeterat minus totalt förbrukade medel."),
        ]
        if val.get("rapportniva") == DETALJERAD:
            rader += [(ANTAL.rubrik, ANTAL.forklaring), (PAGAENDE.rubrik, f"deltagare som inte är utregistrerade {datum(urval.till)}.")]
        return rader


def kostnadstabeller(motor: Motor, *, detaljerad: bool) -> list[Tabell]:
    """The four parts about money. Utfall that is unknown is told by `om_okant_utfall`."""
    medel = _medelstillgangar(motor.finansiering(), detaljerad)
    kostnader, administrativa = _insatskostnader(motor.insatskostnader()), _administrativa_kostnader(motor.administrativa_kostnader())
    return [medel, kostnader, administrativa, _sammanstallning(motor, medel, kostnader, administrativa)]


def om_okant_utfall(tabeller: Mapping[str, Tabell], urval: Urval) -> tuple[str, ...]:
    """How much utfall is unknown, and that the sums count it as 0; nothing when all is known."""
    okant = _okant(tabeller)
    delar = []
    if okant.poster:
        delar.append(f"{antal_i_ord(okant.poster, 'budgetpost', 'budgetposter')} i {antal_i_ord(okant.insatser, 'insats', 'insatser')}")
    if okant.administrativa:
        delar.append(antal_i_ord(okant.administrativa, "administrativ kostnad", "administrativa kostnader"))
    ar = replace(urval, ar=okant.ar).ar_i_ord
    return (f"Utfall {ar} saknas för {lista_i_ord(delar)}. Det räknas som 0 kronor.",) if delar else ()


def _okant(tabeller: Mapping[str, Tabell]) -> OkantUtfall:
    tabell = tabeller[SAMMANSTALLNING]
    assert isinstance(tabell, Sammanstallning)
    return tabell.okant


def _medelstillgangar(finansiering: list[tuple[str, str, str, bool, int]], detaljerad: bool) -> Tabell:
    totalt = next((summa for niva, _, _, _, summa in finansiering if niva == "alla"), 0)
    if detaljerad:
        poster = [post for post in finansiering if post[0] == "organisation"]
        poster.sort(key=lambda post: (_plats(post[1]), sortnyckel(post[2])))
        rader = [Rad((namn, summa), kort=_kort(typ, namn, bara_eget)) for _, typ, namn, bara_eget, summa in poster]
    else:
        per_typ = {typ: summa for niva, typ, _, _, summa in finansiering if niva == "typ"}
        rader = [Rad((namn, sum(per_typ.get(typ, 0) for typ in typer))) for namn, typer in GRUPPER]
    kolumner = (Kolumn("finansiar", "Finansiär"), Kolumn("belopp", "Budgeterat belopp", Typ.KRONOR))
    return Tabell("medelstillgangar", "Medelstillgångar", kolumner, tuple(rader), Rad(("Totalt", totalt)))


def _plats(typ: str) -> int:
    """The place of the financier's group."""
    return next(plats for plats, (_, typer) in enumerate(GRUPPER) if typ in typer)


def _kort(typ: str, namn: str, bara_eget_kapital: bool) -> str:
    """A samordningsförbund's legal name is too long for a diagram."""
    if typ != ORG.SAMORDNINGSFORBUND or len(namn) <= LANGSTA_ETIKETT:
        return kortad(namn)
    return "Samordningsförbundet (eget kapital)" if bara_eget_kapital else "Samordningsförbundet"


def _insatskostnader(poster: list[tuple[str, str, int | None, int | None]]) -> Tabell:
    typer = {str(typ): (nr, str(typ.label)) for nr, typ in enumerate(Budgettyp)}
    rader = sorted((post for post in poster if post[1]), key=lambda post: (sortnyckel(post[0]), typer[post[1]][0]))
    summa = next(((budget, utfall) for _, typ, budget, utfall in poster if not typ), (0, None))
    kolumner = (
        Kolumn("konsument", "Konsument"),
        Kolumn("budgettyp", "Budgettyp"),
        Kolumn("budget", "Budgeterat i insatser", Typ.KRONOR),
        Kolumn("utfall", "Utfall i insatser", Typ.KRONOR),
    )
    celler = tuple(Rad((namn, typer[typ][1], budget, utfall)) for namn, typ, budget, utfall in rader)
    return Tabell("insatskostnader", "Insatskostnader", kolumner, celler, Rad(("Totalt", None, summa[0] or 0, summa[1])))


def _administrativa_kostnader(poster: list[tuple[str, str, int | None, int | None]]) -> Tabell:
    typer = {str(typ): (nr, str(typ.label)) for nr, typ in enumerate(AdministrativKostnad.Kostnadstyp)}
    rader = sorted((post for post in poster if post[1]), key=lambda post: (sortnyckel(post[0]), typer[post[1]][0]))
    per_organisation = {namn: (budget, utfall) for namn, typ, budget, utfall in poster if namn and not typ}
    summa = next(((budget, utfall) for namn, _, budget, utfall in poster if not namn), (0, None))
    kolumner = (
        Kolumn("organisation", "Organisation"),
        Kolumn("kostnadstyp", "Kostnadstyp"),
        Kolumn("budget", "Budgeterat", Typ.KRONOR),
        Kolumn("utfall", "Utfall", Typ.KRONOR),
    )
    return Tabell(
        "administrativa_kostnader",
        "Administrativa kostnader",
        kolumner,
        tuple(Rad((namn, typer[typ][1], budget, utfall)) for namn, typ, budget, utfall in rader),
        Rad(("Totalt", None, summa[0] or 0, summa[1])),
        delsummor=tuple(_organisationssummor(rader, per_organisation)),
    )


def _organisationssummor(rader: list[tuple[Any, ...]], per_organisation: dict[str, tuple[Any, Any]]):
    """A subtotal after each organisation's rows; one organisation has only Totalt."""
    if len(per_organisation) < 2:
        return
    for index, (namn, *_) in enumerate(rader):
        if index + 1 == len(rader) or rader[index + 1][0] != namn:
            yield index, Rad((f"Summa {namn}", None, *per_organisation[namn]))


def _sammanstallning(motor: Motor, medel: Tabell, kostnader: Tabell, administrativa: Tabell) -> Sammanstallning:
    _, finansiering = _summa(medel)
    *_, insatser_budget, insatser_utfall = _summa(kostnader)
    *_, administration_budget, administration_utfall = _summa(administrativa)
    summor = sammanstall(
        finansiering=finansiering,
        insatser_budget=insatser_budget,
        insatser_utfall=insatser_utfall,
        administration_budget=administration_budget,
        administration_utfall=administration_utfall,
    )
    poster = (
        ("Totala medelstillgångar", summor.medelstillgangar),
        ("Totalt förbrukade medel", summor.forbrukat),
        ("Kvar efter budgetåret", summor.kvar),
        ("Totalt budgeterat", summor.budgeterat),
        ("Totalt budgeterat minus förbrukat", summor.budgeterat_minus_forbrukat),
    )
    kolumner = (Kolumn("post", "Post"), Kolumn("belopp", "Belopp", Typ.KRONOR))
    rader, noter = tuple(Rad(post) for post in poster), (FLERA_AR,) if len(motor.urval.ar) > 1 else ()
    return Sammanstallning(SAMMANSTALLNING, "Sammanställning", kolumner, rader, noter=noter, okant=okant_utfall(motor))


def _summa(tabell: Tabell) -> tuple[Any, ...]:
    return tabell.summa.celler if tabell.summa else ()


def _medelsdiagram(tabell: Tabell, urval: Urval) -> list[Diagram]:
    rader = tuple(Stapelrad(rad.kort or str(rad.celler[0]), rad.celler[1:]) for rad in tabell.rader)
    if not ritas(rader):
        return []
    totalt = antal(_summa(tabell)[1])
    fynd = f"{storst_i_ord(rader, ' kronor')} Totalt {totalt} kronor."
    return [Diagram("medelstillgangar", f"Medelstillgångar {urval.ar_i_ord}", "Kronor per finansiär", fynd, (Serie("Kronor"),), rader)]


def _kostnadsdiagram(tabeller: Mapping[str, Tabell], urval: Urval) -> list[Diagram]:
    """Budgeted costs per insats, largest first; administration as a light bar."""
    if "insatser" not in tabeller:
        return []
    tabell = tabeller["insatser"]
    par = zip(tabell.kolumn("insats"), tabell.kolumn("budget"), tabell.kolumn("esf_budget"), strict=True)
    rader = [Stapelrad(kortad(str(namn)), (heltal(budget) + heltal(esf),)) for namn, budget, esf in par]
    administration = heltal(_summa(tabeller["administrativa_kostnader"])[2])
    if administration:
        rader.append(Stapelrad("Administrativa kostnader", (administration,), stil=2))
    if not ritas(rader):
        return []
    ordnade = tuple(sorted(rader, key=lambda rad: (-heltal(rad.varden[0]), rad.etikett)))
    totalt = antal(sum(heltal(rad.varden[0]) for rad in ordnade))
    fynd = f"{storst_i_ord(ordnade, ' kronor')} Totalt {totalt} kronor."
    ingress = "Kronor per insats, störst först. Ljus stapel: administration"
    return [Diagram("kostnader", f"Budgeterade kostnader {urval.ar_i_ord}", ingress, fynd, (Serie("Kronor"),), ordnade)]
