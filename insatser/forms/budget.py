"""The insatsbudget of a year: planerat antal and its rows."""

from django import forms

from insatser.models import InsatsBudget
from organisations.forms.budget import SkalField
from organisations.models import Budgettyp
from organisations.sammanstallning import andel_av_budget, budget_minus_utfall
from sus.core.falt import AntalField, KravtextMixin, KronorField, RenTextField, kronor_i
from sus.core.formatering import kronor

BUDGETFALT = ("part", "budgettyp", "budget", "utfall", "beskrivning")


class BudgetradForm(KravtextMixin, forms.Form):
    """One row of the insatsbudget. A row without anything in it is left out."""

    part = forms.ModelChoiceField(label="Organisation", queryset=None, required=False, empty_label="Välj organisation")
    budgettyp = forms.ChoiceField(label="Budgettyp", choices=[("", "Välj budgettyp"), *Budgettyp.choices])
    budget = KronorField(label="Budget")
    utfall = KronorField(label="Utfall", required=False)
    beskrivning = RenTextField(label="Beskrivning", required=False, max_length=200)

    def __init__(self, *args, konsumenter, **kwargs):
        super().__init__(*args, **kwargs | {"empty_permitted": True, "use_required_attribute": False})
        if konsumenter is None:
            del self.fields["part"]
        else:
            self.fields["part"].queryset = konsumenter

    def celler(self):
        """(the heading of the column, the field) of each cell that is filled in."""
        return [(self.base_fields[falt.name].label, falt) for falt in self.visible_fields()]

    @property
    def kvar(self):
        return budget_minus_utfall(kronor_i(self["budget"]), kronor_i(self["utfall"]))

    @property
    def forbrukat(self):
        return andel_av_budget(kronor_i(self["budget"]), kronor_i(self["utfall"]))


class BudgetradFormSet(forms.BaseFormSet):
    def add_fields(self, form, index):
        """The label tells the row too, for who hears it and for the error summary; the headings of the columns are the form's own."""
        super().add_fields(form, index)
        if index is not None:
            for falt in form.fields.values():
                falt.label = f"{falt.label}, rad {index + 1}"

    def clean(self):
        sedda = set()
        for form in self.forms:
            rad = form.cleaned_data if form.is_valid() else {}
            nyckel = (rad.get("part"), rad.get("budgettyp"), rad.get("beskrivning"))
            if rad and nyckel in sedda:
                form.add_error("beskrivning", "Det finns redan en rad med samma budgettyp och beskrivning. Skriv en annan beskrivning.")
            sedda.add(nyckel)


Budgetrader = forms.formset_factory(BudgetradForm, formset=BudgetradFormSet, extra=0, max_num=200, absolute_max=200)


class InsatsbudgetForm(forms.Form):
    """An insats in a budget year: planerat antal, and `rader`, the formset of its rows."""

    planerat_antal = AntalField(
        label="Planerat antal deltagare för insatsen under budgetåret",
        help_text="Alla som insatsen är tänkt för under året, också de som redan deltar.",
        required=False,
    )
    skal = SkalField()

    def __init__(self, *args, anvandare, insats, rader, **kwargs):
        super().__init__(*args, **kwargs)
        organisation = insats.samverkansorganisation
        konsumenter = None if organisation.ar_finsam else organisation.parter.filter(konsument=True).select_related("organisation")
        self.rader = Budgetrader(
            self.data if self.is_bound else None,
            prefix="rad",
            initial=None if self.is_bound else rader or [{}],
            form_kwargs={"konsumenter": konsumenter},
        )

    def is_valid(self):
        return all([super().is_valid(), self.rader.is_valid()])

    def budgetrader(self):
        """The rows as unsaved InsatsBudget."""
        return [InsatsBudget(**rad.cleaned_data) for rad in self.rader.forms if rad.cleaned_data]


def budgetrad_i_ord(rad):
    """A budget row on a line, for the comparison of two texts."""
    utfall = "okänt" if rad.utfall is None else kronor(rad.utfall)
    delar = [rad.part and str(rad.part), rad.get_budgettyp_display(), f"budget {kronor(rad.budget)}", f"utfall {utfall}", rad.beskrivning]
    return ", ".join(filter(None, delar))
