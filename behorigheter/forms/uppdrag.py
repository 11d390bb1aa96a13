"""Forms of Välj användare: search, choose, give and end uppdrag (docs/regler.md 3.5)."""

from django import forms
from django.utils import timezone

from behorigheter.models import Anvandare
from sus.core.falt import DatumField, KravtextMixin, RenTextField

FLEST_TRAFFAR = 50


class SokAnvandareForm(forms.Form):
    """The three search fields of Välj användare, all with * as wildcard."""

    fornamn = RenTextField(label="Förnamn", required=False, max_length=100)
    efternamn = RenTextField(label="Efternamn", required=False, max_length=100)
    arbetsgivare = RenTextField(label="Arbetsgivare", required=False, max_length=200)

    def sokord(self) -> dict[str, str]:
        return self.cleaned_data if self.is_valid() else {}


class AnvandareValMixin:
    """A choice of users, each with the employer."""

    def label_from_instance(self, obj):
        return f"{obj}, {obj.arbetsgivare}" if obj.arbetsgivare else str(obj)


class AnvandareFlervalField(AnvandareValMixin, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class AnvandareEnvalField(AnvandareValMixin, forms.ModelChoiceField):
    widget = forms.RadioSelect


def begransa(falt, valbara):
    """Let the field accept every user of the queryset but print only the first ones. Returns how many there are."""
    falt.queryset = valbara.select_related("arbetsgivare")
    falt.choices = [(rad.pk, falt.label_from_instance(rad)) for rad in falt.queryset[:FLEST_TRAFFAR]]
    return valbara.count()


class GeUppdragForm(KravtextMixin, forms.Form):
    """Tick the users who get the uppdrag. Only holders of the role are found; never oneself, nor who has the uppdrag already."""

    anvandare = AnvandareFlervalField(
        label="Sökresultat",
        queryset=None,
        error_messages={
            "required": "Kryssa för minst en användare.",
            "invalid_choice": "En av användarna kan inte längre få uppdraget. Sök igen.",
        },
    )
    fran = DatumField(label="Första dag")
    till = DatumField(label="Sista dag", help_text="ÅÅÅÅ-MM-DD. Lämna tomt om uppdraget gäller tills vidare.", required=False)

    def __init__(self, *args, anvandare, roll, redan, sokord, **kwargs):
        super().__init__(*args, **kwargs)
        valbara = Anvandare.objects.med_roll(roll).som_liknar(**sokord).exclude(pk__in=redan).exclude(pk=anvandare.pk)
        self.antal = begransa(self.fields["anvandare"], valbara)
        self.fields["fran"].initial = timezone.localdate()

    @property
    def fler_an_som_visas(self):
        return self.antal > FLEST_TRAFFAR


class AvslutaUppdragForm(KravtextMixin, forms.Form):
    till = DatumField(label="Sista dag", help_text="ÅÅÅÅ-MM-DD. Uppdraget gäller till och med den dagen.")

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["till"].initial = timezone.localdate()
