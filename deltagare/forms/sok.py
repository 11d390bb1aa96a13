"""The selection of Sök deltagare."""

from django import forms
from django.utils import timezone

from behorigheter.roller import Rattighet
from insatser.models import Insats

STATUS = [("alla", "Alla deltagare"), ("aktiva", "Aktiva deltagare"), ("inaktiva", "Inaktiva deltagare")]


class SokForm(forms.Form):
    """Sent with GET. What is not filled in, or cannot be read, means no such limit."""

    insats = forms.ModelChoiceField(
        label="Insats", queryset=None, empty_label="Välj insats", widget=forms.Select(attrs={"data-bredd": "l"})
    )
    in_ar = forms.TypedChoiceField(label="Inregistreringsår", coerce=int, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    ut_ar = forms.TypedChoiceField(label="Utregistreringsår", coerce=int, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    status = forms.ChoiceField(label="Deltagare", choices=STATUS, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    sortera = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        insatser = Insats.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE).med_personuppgifter()
        self.fields["insats"].queryset = insatser
        self.insatser = list(insatser)
        forsta = min((insats.startdatum.year for insats in self.insatser), default=timezone.localdate().year)
        ar = [("", "Alla år"), *((ett, str(ett)) for ett in range(timezone.localdate().year, forsta - 1, -1))]
        self.fields["in_ar"].choices = self.fields["ut_ar"].choices = ar
