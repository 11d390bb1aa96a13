"""Sök deltagare: the selection, and the search for one whole personnummer."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from behorigheter.roller import Rattighet
from deltagare import identitet
from deltagare.actions.hamtning import krav_pa_takt, notera_hamtning
from deltagare.models import Deltagande
from insatser.models import Insats
from sus.core.falt import KravtextMixin, PersonnummerField
from sus.core.layout import FaltMedKnapp
from sus.core.regelbrott import Regelbrott

STATUS = [("alla", "Alla deltagare"), ("aktiva", "Aktiva deltagare"), ("inaktiva", "Inaktiva deltagare")]
KOLUMNER = {
    "personnummer": "Personnummer",
    "namn": "Namn",
    "kommun": "Kommun",
    "startdag": "Startdag",
    "avslutningsdag": "Avslutningsdag",
    "manader": "Månader",
}
SORTERINGAR = [val for nyckel, text in KOLUMNER.items() for val in ((nyckel, f"{text}, stigande"), (f"-{nyckel}", f"{text}, fallande"))]


class SokForm(forms.Form):
    """Sent with GET. What is not filled in, or cannot be read, means no such limit."""

    insats = forms.ModelChoiceField(
        label="Insats", queryset=None, empty_label="Välj insats", widget=forms.Select(attrs={"data-bredd": "l"})
    )
    in_ar = forms.TypedChoiceField(label="Inregistreringsår", coerce=int, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    ut_ar = forms.TypedChoiceField(label="Utregistreringsår", coerce=int, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    status = forms.ChoiceField(label="Deltagare", choices=STATUS, required=False, widget=forms.Select(attrs={"data-bredd": "m"}))
    sortera = forms.CharField(label="Sortera på", required=False, widget=forms.Select(choices=SORTERINGAR, attrs={"data-bredd": "m"}))

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        insatser = Insats.objects.tillatna_for(anvandare, Rattighet.DELTAGARE_SE).med_personuppgifter()
        self.fields["insats"].queryset = insatser
        self.insatser = list(insatser)
        forsta = min((insats.startdatum.year for insats in self.insatser), default=timezone.localdate().year)
        ar = [("", "Alla år"), *((ett, str(ett)) for ett in range(timezone.localdate().year, forsta - 1, -1))]
        self.fields["in_ar"].choices = self.fields["ut_ar"].choices = ar


class PersonForm(KravtextMixin, forms.Form):
    """One person of an insats; sent with POST, for a personnummer stands in no address.

    The answer is about this insats only and is the same whether or not SUS knows the person from elsewhere.
    """

    personnummer = PersonnummerField(label="Personnummer", help_text="12 siffror. Söker i den valda insatsen.")

    def __init__(self, *args, anvandare, insats, **kwargs):
        super().__init__(*args, **kwargs)
        self.anvandare = anvandare
        self.insats = insats
        self.deltaganden: list[Deltagande] = []
        self.helper = FormHelper()
        self.helper.layout = Layout(FaltMedKnapp("personnummer", name="hitta", text="Sök på personnummer"))

    def clean(self):
        super().clean()
        if self.cleaned_data.get("personnummer"):
            try:
                self.deltaganden = self._sok(self.cleaned_data["personnummer"])
            except Regelbrott as brott:
                self.add_error("personnummer", brott.text)
        return self.cleaned_data

    def _sok(self, personnummer) -> list[Deltagande]:
        """The person's deltaganden, the latest first. Counted among the look-ups; a miss is only whom folkbokföringen does not know."""
        krav_pa_takt(insats=self.insats, by=self.anvandare)
        person_id = identitet.sla_upp(insats=self.insats, personnummer=personnummer, by=self.anvandare)
        notera_hamtning(insats=self.insats, traff=True, by=self.anvandare)
        rader = Deltagande.objects.tillatna_for(self.anvandare, Rattighet.DELTAGARE_SE).filter(insats=self.insats, person=person_id)
        return list(rader.order_by("-startdatum")) if person_id else []
