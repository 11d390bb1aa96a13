"""The selection of Standardrapport deltagare: the type, and what the selection is compared with."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from insatser.models import Insats
from organisations.models import Lan, Samverkansorganisation
from rapporter.definitioner.deltagare.form import DeltagarurvalForm, rapporttyp
from rapporter.definitioner.standard.typer import TYPER, ForsorjningEfterGiven
from rapporter.enheter import Enhet, enhet, flyttat_urval
from rapporter.falt import BRED, FleraField, FleraLanField, Lista, radnummer
from rapporter.forms import PLATSFALT
from rapporter.tabell import JAMFORS_MED
from rapporter.urval import Niva
from sus.core.formatering import lista_i_ord
from sus.core.sortering import sortnyckel

FLEST = 25
JAMFOR = [
    ("", "Ingen jämförelse"),
    (Niva.RIKET, "Riket"),
    (Niva.LAN, "Län"),
    (Niva.ORGANISATION, "Samverkansorganisationer"),
    (Niva.INSATS, "Insatser"),
]
VALJ = "Bockar du inte för någon jämförs urvalet med"


class StandardForm(DeltagarurvalForm):
    """Without a choice of units, those that the selection lies in, those that lie in it, or those beside it."""

    huvudfalt: ClassVar[list[str]] = ["typ", "fran", "till", "niva", "organisation", "jamfor", "forsorjning_fore"]
    utan_betydelse: ClassVar = {
        **DeltagarurvalForm.utan_betydelse,
        **{f"jamfor_{niva}": ("jamfor", tuple(mot for mot, _ in JAMFOR if mot != niva)) for niva in PLATSFALT},
    }

    typ = rapporttyp(TYPER)
    jamfor = forms.ChoiceField(
        label="Jämför med",
        required=False,
        widget=Lista(attrs=BRED),
        choices=JAMFOR,
        help_text="Visas bredvid urvalet. Vilka väljer du under Fler urval.",
    )
    jamfor_lan = FleraLanField(label="Län att jämföra med", queryset=Lan.objects.all(), help_text=f"{VALJ} sitt eget län, eller med alla.")
    jamfor_organisation = FleraField(
        label="Samverkansorganisationer att jämföra med",
        queryset=Samverkansorganisation.objects.none(),
        help_text=f"{VALJ} de andra i länet.",
    )
    jamfor_insats = FleraField(
        label="Insatser att jämföra med",
        queryset=Insats.objects.none(),
        help_text=f"{VALJ} de andra i samverkansorganisationen.",
    )

    status: Any = None  # every type counts those who ended

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisationer, insatser = (self._lista(niva) for niva in (Niva.ORGANISATION, Niva.INSATS))
        organisationer.queryset = self.organisationer()
        insatser.queryset = self.alla_insatser()
        insatser.choices = [(rad.pk, rad.namn) for rad in self._insatser_att_jamfora()]
        self.fields["forsorjning_fore"].help_text = "Måste väljas för rapporttypen om en viss försörjning."

    def _lista(self, niva: Niva) -> Any:
        """The field where units of a level are ticked."""
        return self.fields[f"jamfor_{niva}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("typ") == ForsorjningEfterGiven.nyckel and not data.get("forsorjning_fore"):
            self.add_error("forsorjning_fore", "Välj vilken försörjning deltagarna hade före insatsen.")
        if data.get("jamfor") and not self.errors:
            self._granska_enheter()
        return data

    def _granska_enheter(self) -> None:
        antal, mot = len(self.enheter()) - 1, self.cleaned_data["jamfor"]
        vilka = dict(JAMFOR)[mot].lower()
        if antal < 1 and mot == Niva.RIKET:
            self.add_error("jamfor", "Urvalet är redan riket. Välj något annat att jämföra med.")
        elif antal < 1:
            self.add_error("jamfor", f"Det finns inget annat att jämföra urvalet med bland {vilka}. Välj något annat.")
        elif antal > FLEST:
            self.add_error(f"jamfor_{mot}", f"Välj högst {FLEST} {vilka} att jämföra med.")

    def kan_jamforas(self, niva: str, mot: str, plats: Any = None, *, bland_flera: bool = False) -> bool:
        """With those that are ticked, but for the place itself; else with what lies above, beside or one level down: more is too many."""
        if mot == Niva.RIKET:
            return niva != Niva.RIKET
        nivaer = list(Niva)
        steg_ner = nivaer.index(Niva(mot)) - nivaer.index(Niva(niva))
        andra = {str(vald) for vald in self[f"jamfor_{mot}"].value() or ()} - ({str(plats)} if steg_ner == 0 else set())
        return bool(andra) or steg_ner in (-2, -1, 1) or (steg_ner == 0 and bland_flera)

    def enheter(self) -> list[Enhet]:
        """The selection first, then what it is compared with, by name."""
        data = self.cleaned_data
        if not data.get("jamfor"):
            return []
        niva, urval = data["jamfor"], self.urval()
        egen = enhet(urval, "Riket" if urval.niva == Niva.RIKET else urval.plats)
        andra = [enhet(flyttat_urval(urval, Niva(niva), plats, rubrik), rubrik) for plats, rubrik in self._platser]
        return [egen, *(andra_ for andra_ in andra if andra_.nyckel != egen.nyckel)]

    @cached_property
    def _platser(self) -> list[tuple[Any, str]]:
        """(key, name) of what the user has chosen to compare with, or of what lies nearest."""
        niva = self.cleaned_data["jamfor"]
        if niva == Niva.RIKET:
            return [(None, "Riket")]
        rader = self.cleaned_data.get(f"jamfor_{niva}") or list(self._narmaste(Niva(niva)))
        namn = {rad.pk: _namn(rad, rader, self.cleaned_data.get("insats")) for rad in rader}
        return sorted(namn.items(), key=lambda par: sortnyckel(par[1]))

    def _narmaste(self, niva: Niva) -> Any:
        """What the selection lies in when that is larger, what lies in it when it is smaller, else what lies beside it."""
        data, organisation = self.cleaned_data, self.vald_organisation()
        egen = organisation.lan_id if organisation else None
        lan = data["lan"].pk if data.get("lan") else egen
        if niva == Niva.LAN:
            i_bruk = Q(samverkansorganisationer__isnull=False)
            return Lan.objects.filter(Q(pk=lan) if organisation else i_bruk).distinct()
        if niva == Niva.ORGANISATION:
            rader = self.organisationer()
            if organisation and data.get("insats"):
                return rader.filter(pk=organisation.pk)
            return rader.filter(lan_id=lan) if lan else rader
        return self._pagaende_insatser(organisation, lan)

    def _pagaende_insatser(self, organisation: Samverkansorganisation | None, lan: str | None) -> Any:
        fran, till = self.period()
        rader = self.alla_insatser().med_personuppgifter().filter(startdatum__lte=till).exclude(slutdatum__lt=fran)
        if organisation:
            return rader.filter(samverkansorganisation=organisation)
        return rader.filter(samverkansorganisation__lan_id=lan) if lan else rader

    def _insatser_att_jamfora(self) -> list[Insats]:
        """Those of the chosen organisation or insats, and those already chosen: a list of the whole country's is no help."""
        valda = filter(None, map(radnummer, self["jamfor_insats"].value()))
        organisation = self._ifylld_organisation
        granne = Insats.objects.filter(pk=self._ifylld_insats()).values("samverkansorganisation")
        villkor = Q(pk__in=valda) | Q(samverkansorganisation__in=[organisation] if organisation else granne)
        return list(self.alla_insatser().filter(villkor))

    def i_ord(self) -> list[tuple[str, str]]:
        """The names of the units, which the choice of level does not tell."""
        delar = [del_ for del_ in super().i_ord() if del_[0] != self.fields["jamfor"].label]
        andra = self._platser if self.cleaned_data.get("jamfor") else []
        return [*delar, *([(JAMFORS_MED, lista_i_ord([namn for _, namn in andra]))] if andra else [])]


def _namn(rad: Any, rader: list[Any], egen: Insats | None) -> str:
    """The name of a unit, with its organisation where insatser of several are compared."""
    if not isinstance(rad, Insats):
        return str(rad)
    organisationer = {insats.samverkansorganisation_id for insats in [*rader, *([egen] if egen else [])]}
    return rad.namn if len(organisationer) == 1 else f"{rad.namn} ({rad.samverkansorganisation})"
