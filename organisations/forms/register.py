"""Forms of the registers: organisations and stadsdelar."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from organisations.anvandning import omraden_per_stadsdel
from organisations.forms.falt import OrganisationsnummerField
from organisations.models import Kommun, Organisation, Stadsdel
from organisations.models.geografi import KOMMUNER_MED_STADSDELAR
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.formatering import antal_i_ord, lista_i_ord
from sus.core.layout import Avsnitt
from sus.core.sok import Sokformular

TYP = Organisation.Typ
LAGEN = {"aktiva": "Aktiva", "inaktiva": "Inaktiva", "dubbletter": "Samma organisationsnummer som en annan"}
NAMNET_FINNS = "Det finns redan en organisation med det namnet."


class SokOrganisationForm(Sokformular):
    namn = RenTextField(label="Namn", help_text="Använd * för en del av namnet", required=False, max_length=200)
    typ = forms.ChoiceField(label="Typ", choices=[("", "Alla"), *TYP.choices], required=False)
    lage = forms.ChoiceField(label="Visa", choices=[("", "Alla"), *LAGEN.items()], required=False)

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        val = self.cleaned_data
        if val["namn"]:
            rader = rader.med_namn_som(val["namn"])
        if val["typ"]:
            rader = rader.filter(typ=val["typ"])
        lagen = {"": {}, "aktiva": {"aktiv": True}, "inaktiva": {"aktiv": False}, "dubbletter": {"delar_nummer": True}}
        return rader.with_delar_nummer().filter(**lagen[val["lage"]])


class OrganisationForm(KravtextMixin, forms.ModelForm):
    """A new organisation. Its kind is chosen once: behörigheter and roles in samverkansorganisationer depend on it."""

    class Meta:
        model = Organisation
        fields = ("namn", "typ", "organisationsnummer", "kommun", "lan")
        field_classes = {"namn": RenTextField, "organisationsnummer": OrganisationsnummerField}
        help_texts = {
            "typ": "Kan inte ändras sedan.",
            "organisationsnummer": "NNNNNN-NNNN",
            "kommun": "Bara för en organisation av typen kommun: då föreslås den som part där kommunen ingår.",
            "lan": "Bara för en organisation av typen region: då föreslås den som part i länet.",
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kommun"].empty_label = self.fields["lan"].empty_label = "Ingen"
        if "typ" in self.fields:
            self.fields["typ"].choices = [("", "Välj typ"), *TYP.choices]
        else:
            self._utan_frammande_plats()
        self.helper = FormHelper()
        self.helper.layout = Layout(Avsnitt("Organisation", *self.fields, css_id="organisation"))

    def _utan_frammande_plats(self):
        for falt, typ in (("kommun", TYP.KOMMUN), ("lan", TYP.REGION)):
            if self.instance.typ != typ:
                del self.fields[falt]

    def clean_namn(self):
        namn = self.cleaned_data["namn"]
        if Organisation.objects.filter(namn__iexact=namn).exclude(pk=self.instance.pk).exists():
            raise ValidationError(NAMNET_FINNS)
        return namn

    def clean(self):
        data = super().clean()
        typ = data.get("typ", self.instance.typ)
        if data.get("kommun") and typ != TYP.KOMMUN:
            self.add_error("kommun", "Bara en organisation av typen kommun har en kommun. Välj Ingen, eller en annan typ.")
        if data.get("lan") and typ != TYP.REGION:
            self.add_error("lan", "Bara en organisation av typen region har ett län. Välj Ingen, eller en annan typ.")
        return data

    def varningar(self):
        """(code, sentence) of what is unusual but allowed."""
        nummer = self.cleaned_data["organisationsnummer"]
        if "organisationsnummer" not in self.changed_data or not nummer:
            return []
        andra = Organisation.objects.filter(organisationsnummer=nummer).exclude(pk=self.instance.pk)
        namn = lista_i_ord([str(rad) for rad in andra])
        return (
            [("NUMMER", f"{namn} har redan organisationsnumret {nummer}. Kontrollera att det inte är samma organisation.")] if namn else []
        )

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self.fields}


class OrganisationAndraForm(OrganisationForm):
    class Meta(OrganisationForm.Meta):
        fields = ("namn", "organisationsnummer", "kommun", "lan", "aktiv")
        labels = {"aktiv": "Aktiv"}
        help_texts = OrganisationForm.Meta.help_texts | {
            "aktiv": "En inaktiv organisation kan inte väljas på nya ställen, men står kvar där den finns."
        }

    def varningar(self):
        anvands = lista_i_ord(self.instance.anvandning())
        varningar = super().varningar()
        if "namn" in self.changed_data and anvands:
            text = f"{self.initial['namn']} finns hos {anvands}. Alla ser det nya namnet, också i uppgifter om tidigare år."
            varningar.append(("NAMN", text))
        if "aktiv" in self.changed_data and not self.cleaned_data["aktiv"] and anvands:
            text = (
                f"Organisationen står kvar hos {anvands}, men kan inte väljas på nya ställen. Den som är användare behåller sin behörighet."
            )
            varningar.append(("INAKTIV", text))
        return varningar


class NyStadsdelForm(KravtextMixin, forms.ModelForm):
    class Meta:
        model = Stadsdel
        fields = ("kommun", "namn", "giltig_fran", "giltig_till")
        field_classes = {"namn": RenTextField, "giltig_fran": DatumField, "giltig_till": DatumField}
        labels = {"giltig_fran": "Första dag", "giltig_till": "Sista dag"}
        help_texts = {
            "namn": "Kan inte ändras sedan.",
            "giltig_fran": "ÅÅÅÅ-MM-DD",
            "giltig_till": "ÅÅÅÅ-MM-DD. Lämna tomt när stadsdelen finns tills vidare.",
        }
        error_messages = {NON_FIELD_ERRORS: {"unique_together": "Kommunen har redan en stadsdel med det namnet från den dagen."}}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kommun"].queryset = Kommun.objects.filter(pk__in=KOMMUNER_MED_STADSDELAR)
        self.fields["kommun"].empty_label = "Välj kommun"

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self._meta.fields}


class StadsdelForm(KravtextMixin, forms.ModelForm):
    """The last day of a stadsdel, and what it is called from then on."""

    nytt_namn = RenTextField(
        label="Nytt namn",
        help_text="Fyll i om stadsdelen byter namn. Den läggs då upp som en ny stadsdel från dagen efter sista dagen.",
        required=False,
        max_length=60,
    )

    class Meta:
        model = Stadsdel
        fields = ("giltig_till",)
        field_classes = {"giltig_till": DatumField}
        labels = {"giltig_till": "Sista dag"}
        help_texts = {"giltig_till": "ÅÅÅÅ-MM-DD. Lämna tomt när stadsdelen finns tills vidare."}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nytt_namn"].widget.attrs["data-bredd"] = "m"

    def varningar(self):
        """Whoever works there keeps it: what is stored is never rewritten."""
        tal = omraden_per_stadsdel().get(self.instance.pk)
        if not tal or "giltig_till" not in self.changed_data or not self.cleaned_data["giltig_till"]:
            return []
        vilka = antal_i_ord(tal, "samverkansorganisation", "samverkansorganisationer")
        return [("OMRADE", f"{vilka} arbetar i stadsdelen. Den står kvar hos dem tills de själva väljer andra stadsdelar.")]

    def uppgifter(self):
        """{parameter of the action: value}"""
        return {namn: self.cleaned_data[namn] for namn in self.fields}
