"""Anonyma deltagare: how many more, or fewer, in a year (docs/regler.md 6.7)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from deltagare.regler import anonyma_ar
from sus.core.falt import AntalField, KravtextMixin
from sus.core.layout import Avsnitt

TA_BORT = "ta_bort"


class AnonymaForm(KravtextMixin, forms.Form):
    ar = forms.TypedChoiceField(
        label="Inregistreringsår",
        help_text="Året då deltagarna började i insatsen. De som fortsätter nästa år registreras igen då.",
        coerce=int,
        widget=forms.Select(attrs={"data-bredd": "s"}),
        error_messages={"required": "Välj inregistreringsår."},
    )
    kvinnor = AntalField(
        label="Antal kvinnor",
        max_value=10_000,
        required=False,
        help_text="Läggs till eller tas bort från årets antal.",
        widget=forms.TextInput(attrs={"data-frivillig": "nej"}),
    )
    man = AntalField(
        label="Antal män",
        max_value=10_000,
        required=False,
        help_text="Läggs till eller tas bort från årets antal.",
        widget=forms.TextInput(attrs={"data-frivillig": "nej"}),
    )

    def __init__(self, *args, anvandare, insats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [("", "Välj år"), *((ar, str(ar)) for ar in reversed(anonyma_ar(insats)))]
        self.helper = FormHelper()
        self.helper.layout = Layout(Avsnitt("Lägg till eller ta bort", "ar", Div("kvinnor", "man", css_class="sus-filter"), css_id="antal"))

    def clean(self):
        super().clean()
        if not self.errors and not (self.cleaned_data["kvinnor"] or self.cleaned_data["man"]):
            self.add_error("kvinnor", "Ange ett antal kvinnor eller män, minst 1.")
        return self.cleaned_data

    def andring(self) -> dict[str, int]:
        """The signed change of each count: the button Ta bort makes it negative."""
        tecken = -1 if TA_BORT in self.data else 1
        return {namn: tecken * (self.cleaned_data[namn] or 0) for namn in ("kvinnor", "man")}
