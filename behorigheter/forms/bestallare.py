"""Forms of beställare: the list's filter, and who is appointed."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from behorigheter.actions.anvandare import UPPGIFTER
from behorigheter.models import Overenskommelse, om_tva_ar
from behorigheter.models.behorighet import FORNYAS_DAGAR_FORE
from behorigheter.querysets import jokertecken
from behorigheter.roller import Rattighet
from sus.core.falt import DatumField, EpostField, KravtextMixin, PersonnummerField, RenTextField
from sus.core.layout import Avsnitt
from sus.core.sok import Sokformular


class PersonForm(KravtextMixin, forms.Form):
    """The person's own details, as on form 9445."""

    personnummer = PersonnummerField(label="Personnummer")
    fornamn = RenTextField(label="Förnamn", max_length=100)
    efternamn = RenTextField(label="Efternamn", max_length=100)
    epost = EpostField(label="E-post", help_text="Hit skickas beskedet.", max_length=254)
    telefon = RenTextField(label="Telefon", help_text="Helst mobilnummer.", max_length=30)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["telefon"].widget.attrs["data-bredd"] = "s"

    def uppgifter(self):
        """{field of the person: value}"""
        return {namn: self.cleaned_data[namn] for namn in UPPGIFTER}


class BehorighetsperiodForm(KravtextMixin, forms.Form):
    fran = DatumField(label="Första dag")
    till = DatumField(label="Sista dag", help_text="ÅÅÅÅ-MM-DD. Högst två år efter den första dagen.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        idag = timezone.localdate()
        self.fields["fran"].initial = idag
        self.fields["till"].initial = om_tva_ar(idag)


class OverenskommelseVal(forms.ModelChoiceField):
    """The choice of an organisation that has a valid överenskommelse."""

    def label_from_instance(self, obj):
        return str(obj.organisation)


class UtseBestallareForm(PersonForm, BehorighetsperiodForm):
    overenskommelse = OverenskommelseVal(
        label="Organisation",
        queryset=None,
        help_text="Bara organisationer med gällande överenskommelse visas.",
        empty_label="Välj organisation",
    )

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        gallande = Overenskommelse.objects.tillatna_for(anvandare, Rattighet.OVERENSKOMMELSE_ANDRA).gallande()
        self.fields["overenskommelse"].queryset = gallande.select_related("organisation").order_by("organisation")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Avsnitt("Organisation", "overenskommelse", css_id="organisation"),
            Avsnitt("Beställaren", "personnummer", *UPPGIFTER, css_id="person"),
            Avsnitt("Period", "fran", "till", css_id="period"),
        )


class SokBestallareForm(Sokformular):
    organisation = RenTextField(label="Organisation", help_text="Använd * för en del av namnet", required=False, max_length=200)
    visa = forms.ChoiceField(
        label="Visa", choices=[("", "Aktuella"), ("snart", f"Slutar inom {FORNYAS_DAGAR_FORE} dagar"), ("alla", "Alla")], required=False
    )

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        val = self.cleaned_data
        if val["organisation"]:
            rader = rader.filter(jokertecken("arbetsgivare__namn", val["organisation"]))
        if val["visa"] == "alla":
            return rader
        return rader.som_slutar_inom(FORNYAS_DAGAR_FORE) if val["visa"] == "snart" else rader.inte_avslutade(timezone.localdate())
