"""The budget of one year: every row of financing and administrative costs in one form, so that one Spara is one change."""

import re
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

from organisations.models import EGET_KAPITAL, AdministrativKostnad, Finansiering, IngaendeOrganisation, Organisation
from organisations.sammanstallning import andel_av_budget, budget_minus_utfall, summa_av_kanda
from sus.core.falt import KronorField, RenTextField, kronor_i
from sus.core.formatering import kronor
from sus.core.regelbrott import Regelbrott

FLEST_RADER = 150
KOSTNADSTYP = AdministrativKostnad.Kostnadstyp


class PartField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": "Organisationen är inte markerad som finansiär."}

    def label_from_instance(self, obj):
        return str(obj.organisation)


class SkalField(RenTextField):
    """What goes into the history beside the amounts, of a förbund's budget or an insats'."""

    def __init__(self):
        super().__init__(
            label="Varför ändras beloppen?",
            help_text="Visas bland ändringarna av budgeten. Lämna tomt när du skriver in en ny.",
            max_length=300,
            required=False,
        )


@dataclass(frozen=True)
class Rad:
    """A row of either table. `forra` is last year's kronor; `forslag`: proposed and left out if the amount stays empty."""

    nyckel: str
    namn: str
    val: BoundField
    belopp: BoundField
    text: BoundField  # beskrivning, or utfall of a cost
    forra: int | None
    forslag: bool = False

    @property
    def forandring(self):
        belopp = kronor_i(self.belopp)
        return None if belopp is None or self.forra is None else belopp - self.forra

    @property
    def kvar(self):
        return budget_minus_utfall(kronor_i(self.belopp), kronor_i(self.text))

    @property
    def forbrukat(self):
        return andel_av_budget(kronor_i(self.belopp), kronor_i(self.text))


class BudgetForm(forms.Form):
    """Fields: fin-N-part, fin-N-belopp, fin-N-beskrivning; adm-N-typ, adm-N-budget, adm-N-utfall; ny-… is the row to be added;
    skal and forklaring: why the amounts are changed, and why eget kapital is not what was left after last year.

    `utkast` is the page's own rows when it is shown again without being saved. `bild` is what is saved.
    """

    def __init__(self, *args, anvandare, bild, utkast=None, foresla=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.bild = bild
        self.kalla = self.data if self.is_bound else utkast
        self.parter = {part.pk: part for part in bild.samverkansorganisation.parter.finansiarer().i_ordning()}
        self.foresla = foresla
        self._forra_finansiering = self._forra(bild.finansieringar, lambda rad: (rad.part_id, rad.beskrivning), "belopp")
        self._forra_kostnad = self._forra(bild.kostnader, lambda rad: rad.kostnadstyp, "budget")
        self._finansiering = [self._finansieringsrad(nr, varden) for nr, varden in self._varden("fin", self._sparad_finansiering())]
        self.ny = self._ny_finansiering()
        kostnader = self._varden("adm", self._sparade_kostnader()) if bild.samverkansorganisation.ar_finsam else []
        self._kostnader = [self._kostnadsrad(nr, varden) for nr, varden in kostnader]
        self._skalen()

    def _forra(self, rader, nyckel, belopp):
        return {nyckel(rad): getattr(rad, belopp) for rad in rader.get(self.bild.forra_aret, [])}

    def _varden(self, tabell, sparade):
        """(number, {field: what stands there}) of each row of the table: the page's own rows, else the saved ones."""
        if self.kalla is None:
            return list(enumerate(sparade))
        nummer = sorted({int(m[1]) for namn in self.kalla if (m := re.fullmatch(rf"{tabell}-([0-9]{{1,6}})-(?:part|typ)", namn))})
        falt = ("part", "belopp", "beskrivning", "forslag", "typ", "budget", "utfall")
        return [(nr, {f: self.kalla.get(f"{tabell}-{nr}-{f}", "") for f in falt}) for nr in nummer[:FLEST_RADER]]

    def _sparad_finansiering(self):
        sparade = [
            {"part": rad.part_id, "belopp": rad.belopp, "beskrivning": rad.beskrivning}
            for rad in self.bild.finansieringar.get(self.bild.ar, [])
        ]
        if not self.foresla or self.bild.budgetar:
            return sparade
        return [{"part": pk, "belopp": None, "beskrivning": _fran_borjan(part), "forslag": "1"} for pk, part in self.parter.items()]

    def _sparade_kostnader(self):
        return [{"typ": rad.kostnadstyp, "budget": rad.budget, "utfall": rad.utfall} for rad in self.bild.kostnader.get(self.bild.ar, [])]

    def _partfalt(self, **kwargs):
        falt = PartField(queryset=IngaendeOrganisation.objects.none(), label="Finansiär", empty_label="Välj finansiär", **kwargs)
        falt.queryset = self.bild.samverkansorganisation.parter.finansiarer()
        falt.choices = [("", "Välj finansiär"), *((pk, str(part.organisation)) for pk, part in self.parter.items())]
        return falt

    def _finansieringsrad(self, nr, varden):
        nyckel = f"fin-{nr}"
        part = next((part for pk, part in self.parter.items() if str(pk) == str(varden["part"])), None)
        namn = str(part.organisation) if part else "Okänd finansiär"
        self.fields[f"{nyckel}-part"] = self._partfalt(widget=forms.HiddenInput, initial=varden["part"])
        self.fields[f"{nyckel}-belopp"] = KronorField(
            label=f"Finansiering {self.bild.ar}, {namn}", negativ=True, required=False, initial=varden["belopp"]
        )
        self.fields[f"{nyckel}-beskrivning"] = RenTextField(
            label=f"Beskrivning, {namn}", max_length=200, required=False, initial=varden["beskrivning"]
        )
        return nyckel, namn, self._forra_finansiering.get((part and part.pk, str(varden["beskrivning"]))), bool(varden.get("forslag"))

    def _ny_finansiering(self):
        """The last row, where one chooses the financier."""
        self.fields["ny-part"] = self._partfalt(required=False)
        self.fields["ny-belopp"] = KronorField(label=f"Finansiering {self.bild.ar}, ny finansiär", negativ=True, required=False)
        self.fields["ny-beskrivning"] = RenTextField(label="Beskrivning, ny finansiär", max_length=200, required=False)
        for falt in ("ny-part", "ny-belopp", "ny-beskrivning"):
            self.initial[falt] = self.kalla.get(falt, "") if self.kalla is not None else ""
        return {namn: self[f"ny-{namn}"] for namn in ("part", "belopp", "beskrivning")}

    def _skalen(self):
        """What goes into the history with the amounts. Eget kapital is explained when there is something for it to differ from."""
        forslag = self.bild.foreslaget_eget_kapital
        if forslag is not None:
            self.fields["forklaring"] = RenTextField(
                label="Förklaring till eget kapital",
                help_text=f"Fyll i om du ändrar eget kapital till något annat än {kronor(forslag)} kr, det som var kvar efter "
                f"{self.bild.forra_aret}.",
                max_length=300,
                required=False,
            )
        self.fields["skal"] = SkalField()
        for falt in ("forklaring", "skal"):
            self.initial[falt] = self.kalla.get(falt, "") if self.kalla is not None else ""

    def skalfalt(self):
        return [self[namn] for namn in ("forklaring", "skal") if namn in self.fields]

    def _kostnadsrad(self, nr, varden):
        nyckel = f"adm-{nr}"
        sparade = {rad.kostnadstyp for rad in self.bild.kostnader.get(self.bild.ar, [])}
        dold = varden["typ"] in sparade
        namn = KOSTNADSTYP(varden["typ"]).label if varden["typ"] in KOSTNADSTYP.values else ""
        self.fields[f"{nyckel}-typ"] = forms.ChoiceField(
            label="Kostnadstyp",
            choices=[("", "Välj kostnadstyp"), *KOSTNADSTYP.choices],
            widget=forms.HiddenInput if dold else forms.Select,
            initial=varden["typ"],
            error_messages={"required": "Välj kostnadstyp eller ta bort raden."},
        )
        rad = namn or "ny kostnadstyp"
        self.fields[f"{nyckel}-budget"] = KronorField(
            label=f"Budget {self.bild.ar}, {rad}",
            initial=varden["budget"],
            error_messages={"required": "Fyll i budgeten eller ta bort raden."},
        )
        self.fields[f"{nyckel}-utfall"] = KronorField(label=f"Utfall {self.bild.ar}, {rad}", required=False, initial=varden["utfall"])
        return nyckel, namn if dold else "", self._forra_kostnad.get(varden["typ"]), False

    def finansieringsrader(self):
        return [
            Rad(nyckel, namn, self[f"{nyckel}-part"], self[f"{nyckel}-belopp"], self[f"{nyckel}-beskrivning"], forra, forslag)
            for nyckel, namn, forra, forslag in self._finansiering
        ]

    def kostnadsrader(self):
        return [
            Rad(nyckel, namn, self[f"{nyckel}-typ"], self[f"{nyckel}-budget"], self[f"{nyckel}-utfall"], forra)
            for nyckel, namn, forra, _ in self._kostnader
        ]

    def medel(self):
        """The sum row of medelstillgångar: what stands on the page, saved or not."""
        belopp = [*(kronor_i(rad.belopp) for rad in self.finansieringsrader()), kronor_i(self.ny["belopp"])]
        return self.bild.medel(sum(filter(None, belopp)))

    def administration(self):
        """The sum row of administrativa kostnader on the page; utfall is None when none is known."""
        rader = [(kronor_i(rad.belopp), kronor_i(rad.text)) for rad in self.kostnadsrader()]
        utfall = summa_av_kanda(utfall for _, utfall in rader)
        komplett = all(utfall is not None or budget is None for budget, utfall in rader)
        return self.bild.administration(sum(budget or 0 for budget, _ in rader), utfall, komplett)

    def clean(self):
        data = super().clean()
        self.finansieringar = [rad for nyckel, _, _, forslag in self._finansiering if (rad := self._las_finansiering(nyckel, forslag))]
        if data.get("ny-part") or data.get("ny-belopp") is not None or data.get("ny-beskrivning"):
            self.finansieringar += [rad] if (rad := self._las_finansiering("ny", False)) else []
        self.kostnader = [rad for nyckel, *_ in self._kostnader if (rad := self._las_kostnad(nyckel))]
        if "forklaring" in self.fields and not data.get("forklaring") and "forklaring" not in self.errors:
            self._krav_pa_forklaring()
        return data

    def _krav_pa_forklaring(self):
        """A change of eget kapital to something else than what was left after last year is explained (docs/regler.md 4.1)."""
        forslag = self.bild.foreslaget_eget_kapital
        belopp = [rad.belopp for rad in self.finansieringar if rad.ar_eget_kapital]
        if belopp and sum(belopp) not in (forslag, self.bild.eget_kapital):
            text = f"Förklara varför eget kapital är {kronor(sum(belopp))} kr och inte {kronor(forslag)} kr, det som var kvar efter"
            self.add_error("forklaring", f"{text} {self.bild.forra_aret}.")

    def _las_finansiering(self, nyckel, forslag):
        """The unsaved row, or None when it is left out or faulty."""
        part, belopp = self.cleaned_data.get(f"{nyckel}-part"), self.cleaned_data.get(f"{nyckel}-belopp")
        if part is None and f"{nyckel}-part" not in self.errors:
            self.add_error(f"{nyckel}-part", "Välj finansiär.")
        if belopp is None and not forslag and f"{nyckel}-belopp" not in self.errors:
            self.add_error(f"{nyckel}-belopp", "Fyll i beloppet eller ta bort raden.")
        if part is None or belopp is None or f"{nyckel}-beskrivning" in self.errors:
            return None
        rad = Finansiering(part=self.parter[part.pk], belopp=belopp, beskrivning=_beskrivning(self.cleaned_data[f"{nyckel}-beskrivning"]))
        try:
            rad.kontrollera()
        except Regelbrott as brott:
            self.add_error(f"{nyckel}-{brott.falt}", brott.text)
            return None
        if any((annan.part_id, annan.beskrivning) == (rad.part_id, rad.beskrivning) for annan in self._hittills):
            self.add_error(
                f"{nyckel}-beskrivning",
                "Finansiären har redan en rad med samma beskrivning. Ändra beloppet på den raden eller skriv en annan beskrivning.",
            )
        self._hittills.append(rad)
        return rad

    def _las_kostnad(self, nyckel):
        typ, budget = self.cleaned_data.get(f"{nyckel}-typ"), self.cleaned_data.get(f"{nyckel}-budget")
        if typ in self._typer_hittills:
            self.add_error(f"{nyckel}-typ", "Kostnadstypen finns redan för året.")
        self._typer_hittills.add(typ)
        if not typ or budget is None:
            return None
        return AdministrativKostnad(kostnadstyp=typ, budget=budget, utfall=self.cleaned_data.get(f"{nyckel}-utfall"))

    def full_clean(self):
        self._hittills, self._typer_hittills = [], set()
        super().full_clean()


def _beskrivning(text):
    """Eget kapital is written in one way, since sums and rules know it by its words."""
    return EGET_KAPITAL if text.casefold() == EGET_KAPITAL.casefold() else text


def _fran_borjan(part):
    return EGET_KAPITAL if part.organisation.typ == Organisation.Typ.SAMORDNINGSFORBUND else ""
