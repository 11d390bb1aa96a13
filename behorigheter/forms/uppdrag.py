"""Forms of Välj användare: search, choose, give and end uppdrag (docs/regler.md 3.5)."""

from django import forms
from django.utils import timezone

from behorigheter.models import Anvandare, Uppdrag
from behorigheter.models.uppdrag import HAMTNINGAR_PER_TIMME
from behorigheter.roller import Rattighet, Roll
from sus.core.falt import AntalField, DatumField, KravtextMixin, RenTextField
from sus.core.sok import Sokformular

FLEST_TRAFFAR = 50


class SokAnvandareForm(Sokformular):
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


def varning_om_medlem(anvandare, samverkansorganisation):
    """The warning of a form that makes users deltagaransvariga there: each whose main employer is not Medlem (docs/regler.md 9.2)."""
    return [
        (
            f"inte-medlem-{rad.pk}-{samverkansorganisation.pk}",
            f"{rad} är anställd hos {rad.arbetsgivare}, som inte är medlem i {samverkansorganisation}. "
            "Bara den som har sin huvudanställning hos en medlem bör registrera deltagare.",
        )
        for rad in anvandare.inte_fran_medlem_i(samverkansorganisation).select_related("arbetsgivare")
    ]


class PeriodForm(forms.Form):
    """The days of a new uppdrag."""

    fran = DatumField(label="Första dag")
    till = DatumField(label="Sista dag", help_text="ÅÅÅÅ-MM-DD. Lämna tomt om uppdraget gäller tills vidare.", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fran"].initial = timezone.localdate()


def hamtningsfalt():
    """How many persons a deltagaransvarig may ask for in an hour (docs/regler.md 6.3)."""
    return AntalField(
        label="Hämtningar per timme",
        help_text=f"Lämna tomt för det vanliga, {HAMTNINGAR_PER_TIMME}. Fyll i 1–500 om personen registrerar åt andra.",
        min_value=1,
        max_value=500,
        required=False,
    )


class HamtningarForm(forms.Form):
    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hamtningar_per_timme"] = hamtningsfalt()


class GeUppdragForm(KravtextMixin, PeriodForm):
    """Tick the users who get the uppdrag. Only holders of the role are found; never oneself, nor those in `redan`."""

    anvandare = AnvandareFlervalField(
        label="Sökresultat",
        queryset=None,
        error_messages={
            "required": "Kryssa för minst en användare.",
            "invalid_choice": "En av användarna kan inte längre få uppdraget. Sök igen.",
        },
    )
    field_order = ["anvandare", "fran", "till"]

    def __init__(self, *args, anvandare, roll, redan, sokord, **kwargs):
        super().__init__(*args, **kwargs)
        if roll == Roll.DELTAGARANSVARIG:
            self.fields["hamtningar_per_timme"] = hamtningsfalt()
        valbara = Anvandare.objects.med_roll(roll).som_liknar(**sokord).exclude(pk__in=redan).exclude(pk=anvandare.pk)
        self.antal = begransa(self.fields["anvandare"], valbara)

    @property
    def begransning(self) -> str:
        """Says so when there are more users than are printed, or empty."""
        return f"Här visas de {FLEST_TRAFFAR} första användarna. Sök för att hitta fler." if self.antal > FLEST_TRAFFAR else ""


class SlutForm(KravtextMixin, forms.Form):
    """When something ends: at once, or after a last day."""

    genast = forms.BooleanField(label="Avsluta genast", required=False)
    till = DatumField(label="Sista dag", required=False)

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["till"].initial = timezone.localdate()
        self.fields["till"].widget.attrs["data-frivillig"] = "nej"  # needed unless everything ends at once

    def clean(self):
        if not self.cleaned_data.get("genast") and "till" not in self.errors and not self.cleaned_data.get("till"):
            self.add_error("till", "Fyll i sista dag, eller kryssa för Avsluta genast.")

    @property
    def sista_dag(self):
        """The last day, or None for at once."""
        return None if self.cleaned_data["genast"] else self.cleaned_data["till"]


class AvslutaUppdragForm(SlutForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genast"].help_text = "Uppdraget slutar gälla när du sparar. Sista dagen behövs då inte."
        self.fields["till"].help_text = "ÅÅÅÅ-MM-DD. Uppdraget gäller till och med den dagen."


def _minst_en():
    """Check boxes of a form that wants some of several fields: none of them is called voluntary."""
    return forms.CheckboxSelectMultiple(attrs={"data-frivillig": "nej"})


class UppdragTillForm(KravtextMixin, PeriodForm):
    """Tick where the holder of a behörighet gets uppdrag: insatser for a deltagaransvarig, otherwise samverkansorganisationer.

    Whoever may choose in several län can tick whole län too. Only places that the user may give uppdrag in, where the holder has none.
    """

    lan = forms.ModelMultipleChoiceField(label="Hela län", queryset=None, required=False, widget=_minst_en())
    platser = forms.ModelMultipleChoiceField(
        label="Samverkansorganisationer",
        queryset=None,
        required=False,
        widget=_minst_en(),
        error_messages={"invalid_choice": "Ett av valen är inte längre möjligt. Välj igen."},
    )
    field_order = ["lan", "platser", "fran", "till"]

    def __init__(self, *args, anvandare, behorighet, **kwargs):
        super().__init__(*args, **kwargs)
        self.behorighet, self.i_insats = behorighet, behorighet.roll == Roll.DELTAGARANSVARIG
        falt = Uppdrag._meta.get_field("insats" if self.i_insats else "samverkansorganisation")
        redan = behorighet.anvandare.uppdrag.inte_avslutade().filter(roll=behorighet.roll).exclude(**{falt.name: None}).values(falt.name)
        self.valbara = valbara_platser(falt, anvandare).exclude(pk__in=redan)
        self.fields["platser"].queryset = self.valbara
        self.fields["platser"].label = "Insatser" if self.i_insats else "Samverkansorganisationer"
        lan = None if self.i_insats else _lan(self.valbara)
        if self.i_insats:
            self.fields["hamtningar_per_timme"] = hamtningsfalt()
        if lan is not None and lan.count() > 1:
            self.fields["lan"].queryset = lan
        else:
            del self.fields["lan"]

    def clean(self):
        if not self.errors and not self.valda():
            self.add_error("platser", "Kryssa för minst en." if "lan" not in self.fields else "Kryssa för minst en, eller ett helt län.")

    def valda(self):
        """Every place that is ticked, by itself or by its län."""
        valda = set(self.cleaned_data["platser"])
        if lan := self.cleaned_data.get("lan"):
            valda |= set(self.valbara.filter(lan__in=lan))
        return sorted(valda, key=lambda plats: plats.pk)

    def varningar(self):
        if not self.i_insats:
            return []
        person = Anvandare.objects.filter(pk=self.behorighet.anvandare_id)
        forbund = {insats.samverkansorganisation for insats in self.valda()}
        return [varning for ett in sorted(forbund, key=str) for varning in varning_om_medlem(person, ett)]


def valbara_platser(falt, anvandare):
    """Where the user may give uppdrag: ongoing and coming insatser or samverkansorganisationer."""
    insats = falt.name == "insats"
    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA if insats else Rattighet.UPPDRAG_SAMVERKAN_ANDRA
    platser = falt.related_model.objects.tillatna_for(anvandare, rattighet).exclude(slutdatum__lt=timezone.localdate())
    return platser.med_personuppgifter().select_related("samverkansorganisation") if insats else platser


def _lan(samverkansorganisationer):
    modell = samverkansorganisationer.model._meta.get_field("lan").related_model
    return modell.objects.filter(pk__in=samverkansorganisationer.values("lan"))
