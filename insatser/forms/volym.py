"""Antal i volyminsats."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from sus.core.falt import AntalField, KravtextMixin


class VolymForm(KravtextMixin, forms.Form):
    ar = forms.TypedChoiceField(label="Inregistreringsår", coerce=int, help_text="Antalet hör till ett enda år.")
    antal = AntalField(label="Ange antal", min_value=1, help_text="Antalet läggs till eller tas bort från summan för året.")
    riktning = forms.ChoiceField(choices=[("lagg-till", "Lägg till"), ("ta-bort", "Ta bort")], required=False)

    def __init__(self, *args, anvandare, insats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [("", "Välj år"), *((ar, str(ar)) for ar in reversed(insats.volymar))]
        self.fields["ar"].widget.attrs["data-bredd"] = "s"
        if insats.volym_avser:
            self.fields["antal"].label = f"Ange {insats.volymrubrik.lower()}"
        self.helper = FormHelper()
        self.helper.layout = Layout("ar", "antal")  # riktning is the name of the two buttons

    def forandring(self):
        """The number with its sign."""
        antal = self.cleaned_data["antal"]
        return -antal if self.cleaned_data["riktning"] == "ta-bort" else antal
