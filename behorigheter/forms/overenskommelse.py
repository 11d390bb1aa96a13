"""Forms of behörighetsöverenskommelser."""

from django import forms

from behorigheter.models import Overenskommelse
from behorigheter.models.bestallning import FK
from behorigheter.querysets import jokertecken
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.sok import Sokformular

LAGEN = {"gallande": "Gällande", "kommande": "Kommande", "avslutade": "Avslutade"}


class SokOverenskommelseForm(Sokformular):
    organisation = RenTextField(label="Organisation", help_text="Använd * för en del av namnet", required=False, max_length=200)
    lage = forms.ChoiceField(label="Status", choices=[("", "Alla"), *LAGEN.items()], required=False)

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        val = self.cleaned_data
        if val["organisation"]:
            rader = rader.filter(jokertecken("organisation__namn", val["organisation"]))
        return getattr(rader, val["lage"])() if val["lage"] else rader


class OverenskommelseForm(KravtextMixin, forms.ModelForm):
    """Period and reference; the organisation is chosen once."""

    class Meta:
        model = Overenskommelse
        fields = ("fran", "till", "referens")
        field_classes = {"fran": DatumField, "till": DatumField, "referens": RenTextField}
        labels = {"fran": "Första dag", "till": "Sista dag", "referens": "Referens"}
        help_texts = {
            "fran": "ÅÅÅÅ-MM-DD",
            "till": "ÅÅÅÅ-MM-DD. Lämna tomt när överenskommelsen gäller tills vidare.",
            "referens": "Till exempel diarienummer.",
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance and self.instance.pk and self.instance.organisation.typ == FK:
            self.fields["fran"].disabled = self.fields["till"].disabled = True

    def clean(self):
        """An impossible period is refused here: the database cannot compare it with the organisation's other periods."""
        uppgifter = super().clean() or self.cleaned_data
        fran, till = uppgifter.get("fran"), uppgifter.get("till")
        if fran and till and till < fran:
            self.add_error("till", "Överenskommelsen kan inte sluta innan den börjar.")
        return uppgifter

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self._meta.fields}


class NyOverenskommelseForm(OverenskommelseForm):
    class Meta(OverenskommelseForm.Meta):
        fields = ("organisation", *OverenskommelseForm.Meta.fields)
        labels = OverenskommelseForm.Meta.labels | {"organisation": "Organisation"}
        help_texts = OverenskommelseForm.Meta.help_texts | {
            "organisation": "Bara myndigheter, regioner, kommuner och samordningsförbund kan få behörighet till SUS."
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, anvandare=anvandare, **kwargs)
        falt = self.fields["organisation"]
        falt.queryset = falt.queryset.som_kan_ha_sus()
        falt.empty_label = "Välj organisation"
