"""Rapportpaket: what a samordningsförbund needs for its månads-, tertial- or årsredovisning, in one report (docs/regler.md 10).

No number is computed here: the tables are those of the other reports, gathered in chapters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from django import forms

from insatser.arsredogorelser import arsfakta, arslagen
from organisations.models import Samverkansorganisation
from rapporter.definition import Definition, samlade
from rapporter.definitioner.deltagare.rapport import Deltagarrapport
from rapporter.definitioner.deltagare.tackning import TACKNING, UNDERLAG, tackningstabell, underlagstabell
from rapporter.definitioner.deltagare.typer import TYPER
from rapporter.definitioner.insats import Insatsrapport
from rapporter.definitioner.insatstabell import FORVALDA, insatstabell
from rapporter.definitioner.kostnad import SAMMANSTALLNING, Kostnadsrapport, kostnadstabeller, om_okant_utfall
from rapporter.falt import SMAL, Lista
from rapporter.forms import NIVAER, UrvalForm
from rapporter.motor import Motor
from rapporter.tabell import Diagram, Redogorelse, Stycke, Tabell, Tackning
from rapporter.urval import Niva, Urval, flytta
from sus.core.falt import ManadField

MANAD, TERTIAL, AR = "manad", "tertial", "ar"
LANGD = {MANAD: 1, TERTIAL: 4, AR: 12}  # months
REDOVISNING = {MANAD: "månadsredovisning", TERTIAL: "tertialredovisning", AR: "årsredovisning"}
FEL_BORJAN = {TERTIAL: "Ett tertial börjar i januari, maj eller september.", AR: "Ett år börjar i januari."}
INSATSER, PENGAR = "Insatser och antal deltagare", "Pengar"
VISADE = (*(namn for namn in FORVALDA if namn not in ("startdatum", "preciserad_inriktning")), "nya", "avslutade")


@dataclass(frozen=True)
class Del:
    """A chapter about deltagare: types of Deltagarrapport. The shorter packages leave some out."""

    rubrik: str
    typer: tuple[str, ...]
    i: tuple[str, ...] = (TERTIAL, AR)


DELAR = (
    Del("In- och utregistrerade", ("in-ut", "avslutningsanledning")),
    Del("Tid i insats", ("tid",), i=(AR,)),
    Del("Sysselsättning före och efter", ("sysselsattning",)),
    Del("Försörjning före och efter", ("forsorjningsgrupp",)),
    Del("Alla slag av försörjning", ("forsorjning",), i=(AR,)),
    Del("Vilka deltagarna är", ("bakgrund",), i=(AR,)),
)


class PaketForm(UrvalForm):
    """A samordningsförbund, and a month, tertial or year by where it begins."""

    huvudfalt: ClassVar[list[str]] = ["typ", "fran", "organisation"]
    nivaer: ClassVar = [val for val in NIVAER if val[0] == Niva.ORGANISATION]

    lan: Any = None
    samverkansform: Any = None
    niva = forms.ChoiceField(choices=nivaer, initial=str(Niva.ORGANISATION), widget=forms.HiddenInput)
    typ = forms.ChoiceField(
        label="Paket för",
        initial=AR,
        widget=Lista(attrs=SMAL),
        choices=[(typ, REDOVISNING[typ].capitalize()) for typ in (AR, TERTIAL, MANAD)],
    )
    fran = ManadField(label="Från månad", help_text="Periodens första månad. Ett tertial börjar i januari, maj eller september.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].help_text = "Förbundet som paketet gäller."  # there is no level to choose

    @staticmethod
    def forslag(anvandare) -> dict[str, Any]:
        return {**UrvalForm.forslag(anvandare), "niva": str(Niva.ORGANISATION), "typ": AR}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if len(self.arsval()) > 1:
            self.add_error("fran", "Ett paket gäller ett år. Välj ett.")
        if data.get("typ") and data.get("fran"):
            langd = LANGD[data["typ"]]
            data["till"] = flytta(data["fran"], langd - 1)
            if (data["fran"].month - 1) % langd:
                self.add_error("fran", FEL_BORJAN[data["typ"]])
        return data


class Rapportpaket(Definition):
    """The rows and rules of Insatsrapport, Kostnadsrapport and Deltagarrapport. Money is of whole years."""

    nyckel = "paket"
    meny = "Rapportpaket"
    titel = "Rapportpaket"
    ingress = (
        "Det ett samordningsförbund behöver till månads-, tertial- eller årsredovisningen, samlat i en fil. "
        "Årets paket har även årsredogörelserna."
    )
    form_class = PaketForm

    def slag(self, val: Mapping) -> str:
        return f"Underlag till {REDOVISNING[val['typ']]}"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        """Täckning and underlag only where there are outcomes: they too are about attributes."""
        insatser = [replace(insatstabell(motor), visade=VISADE)]
        kapitel = {del_.rubrik: [t for typ in del_.typer for t in TYPER[typ].tabeller(motor, {})] for del_ in _delar(val)}
        if kapitel:
            insatser.append(tackningstabell(motor))
            forst = next(del_.rubrik for del_ in DELAR if TYPER[del_.typer[0]].fore_efter)
            kapitel[forst].insert(0, underlagstabell(motor, insatser[-1]))
        kapitel = {INSATSER: insatser, **kapitel, PENGAR: kostnadstabeller(motor, detaljerad=True)}
        return [tabell.i_kapitel(rubrik) for rubrik, tabeller in kapitel.items() for tabell in tabeller]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        egna = [diagram for typ in _typer(val) for diagram in TYPER[typ].diagram(tabeller)]
        return [*Insatsrapport().diagram(tabeller, urval, val), *egna, *Kostnadsrapport().diagram(tabeller, urval, val)]

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        noter: dict[str, tuple[str, ...]] = {}
        for typ in _typer(val):
            noter.update({nyckel: rader for nyckel, rader in _noter(typ, tabeller, urval).items() if rader})
        if not urval.hela_ar:
            helar = f"Pengar budgeteras per år. Tabellerna gäller hela {urval.ar_i_ord}."
            noter["medelstillgangar"] = (*noter.get("medelstillgangar", ()), helar)
        return {**noter, SAMMANSTALLNING: om_okant_utfall(tabeller, urval)}

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        return Deltagarrapport().tackning(tabeller, urval) if TACKNING in tabeller else None

    def redogorelser(self, urval: Urval, val: Mapping) -> list[Redogorelse]:
        """The final årsredogörelser of the year, which everybody may read."""
        return arsredogorelser(val["organisation"], urval.till) if val["typ"] == AR else []

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        delar = [("Insatser", Insatsrapport().definitioner(val, urval))]
        delar += [(TYPER[typ].rubrik, Deltagarrapport().definitioner({"typ": typ}, urval)) for typ in _typer(val)]
        return samlade([*delar, (PENGAR, Kostnadsrapport().definitioner({}, urval))])


def arsredogorelser(organisation: Samverkansorganisation, dag: date) -> list[Redogorelse]:
    """The final texts about the year of the day, insats by insats, each with what SUS knows of the year."""
    lagen = arslagen(organisation, dag.year, kan_andra=False)
    klara = [(lage.insats, lage.arsredogorelse) for lage in lagen if lage.arsredogorelse and lage.ar_klar]
    fakta = arsfakta([insats for insats, _ in klara], dag.year)
    return [
        Redogorelse(
            str(insats),
            text.rubrik,
            tuple(fakta[insats.pk]),
            tuple(Stycke(stycke.text, stycke.ar_rubrik) for stycke in text.stycken),
        )
        for insats, text in klara
    ]


def _delar(val: Mapping) -> list[Del]:
    return [del_ for del_ in DELAR if val["typ"] in del_.i]


def _typer(val: Mapping) -> list[str]:
    return [typ for del_ in _delar(val) for typ in del_.typer]


def _noter(typ: str, tabeller: Mapping[str, Tabell], urval: Urval) -> Mapping[str, tuple[str, ...]]:
    """The type's own notes, under the tables of its chapter."""
    rubrik = next(del_.rubrik for del_ in DELAR if typ in del_.typer)
    egna = {nyckel: tabell for nyckel, tabell in tabeller.items() if tabell.kapitel == rubrik or nyckel == TACKNING}
    if TYPER[typ].fore_efter:
        egna[UNDERLAG] = tabeller[UNDERLAG]
    return Deltagarrapport().noter(egna, urval, {"typ": typ})
