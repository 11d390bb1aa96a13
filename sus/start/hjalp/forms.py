"""Forms of the help: its texts, the search, and what users want to be better."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import capfirst

from behorigheter.roller import Roll
from organisations.models import Organisation
from sus.core.falt import AntalField, DatumField, JaNejField, KravtextMixin, RenTextField
from sus.core.layout import Hjalp
from sus.core.loggning import utan_personnummer
from sus.start.models import LANGSTA_FORSLAG, LANGSTA_HJALPTEXT, SAKNAR_SVAR, Forbattringsforslag, Hjalptext

TOLV_SIFFROR = "Texten ser ut att innehålla ett personnummer. Ta bort det. Skriv inget som visar vem en deltagare är."
# The key of a deltagande in an address stands for a person.
NYCKEL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def utan_nycklar(adress: str) -> str:
    return NYCKEL.sub("…", adress)


class TextUtanPersonnummerField(RenTextField):
    """Free text about SUS itself, in which no person has anything to do."""

    widget = forms.Textarea

    def validate(self, value):
        super().validate(value)
        if utan_personnummer(value) != value:
            raise ValidationError(TOLV_SIFFROR, code="personnummer")


class SokHjalpForm(forms.Form):
    sok = RenTextField(label="Sök i hjälpen", help_text="Ett eller flera ord, till exempel samtycke", required=False, max_length=100)


class HjalptextForm(KravtextMixin, forms.ModelForm):
    """What a help text says and where it stands. The kind is chosen once."""

    publicerad = JaNejField(label="Ska texten visas?", help_text="Svara Nej för att spara den som utkast, eller för att dölja den.")
    ordning = AntalField(label="Ordning", max_value=1000, help_text="Lägst tal står först bland texter av samma slag.")
    roller = forms.MultipleChoiceField(
        label="För rollerna",
        choices=[(roll.value, capfirst(roll.label)) for roll in Roll],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="De som har rollen ser texten först. Kryssa inte för någon om den gäller alla.",
    )
    arbetsgivartyper = forms.MultipleChoiceField(
        label="För anställda hos",
        choices=Organisation.Typ.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="För en kontaktväg: de som är anställda där ser den först.",
    )

    class Meta:
        model = Hjalptext
        fields = ("slag", "rubrik", "text", "roller", "arbetsgivartyper", "ordning", "dag", "publicerad")
        field_classes = {"rubrik": RenTextField, "text": RenTextField, "dag": DatumField}
        widgets = {"slag": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 14, "data-hogst": LANGSTA_HJALPTEXT})}
        labels = {"dag": "Visas från och med"}
        help_texts = {
            "slag": "Kan inte ändras sedan.",
            "rubrik": "En fråga skrivs som den ställs, till exempel: Vad gör jag när deltagaren inte vill skriva under?",
            "text": "Skriv till läsaren, kort. Inga uppgifter om deltagare.",
            "dag": "ÅÅÅÅ-MM-DD. Dagen står vid en nyhet. En senare dag gör att texten visas först då.",
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rubrik"].help_text = self.Meta.help_texts["rubrik"]
        self.fields["slag"].choices = Hjalptext.Slag.choices
        self.fields["slag"].error_messages["required"] = "Välj slag."
        if self.instance.pk:
            del self.fields["slag"]
        else:
            storst = Hjalptext.objects.aggregate(storst=Max("ordning"))["storst"] or 0
            self.fields["ordning"].initial = min(storst + 10, 1000)
            self.fields["publicerad"].initial = None
        self.helper = FormHelper()
        self.helper.layout = Layout(*self._ordningen())

    def _ordningen(self):
        for namn in self.fields:
            yield namn
            if namn == "text":
                yield Hjalp("Så skriver du stycken och listor", "start/hjalp_hjalptext.html")

    def innehall(self):
        return {falt: self.cleaned_data[falt] for falt in self.fields if falt != "slag"}


class ForslagForm(KravtextMixin, forms.ModelForm):
    """Filled in by anybody who has logged in. The page one came from stands in it from the start."""

    sida = RenTextField(
        label="Vilken sida gäller det?",
        required=False,
        max_length=200,
        help_text="Sidans adress eller rubrik. Lämna tomt om det gäller hela SUS.",
    )
    text = TextUtanPersonnummerField(
        label="Det du vill berätta",
        max_length=LANGSTA_FORSLAG,
        help_text="Vad gjorde du, vad hände, och hur vill du att det ska vara? "
        "Skriv inget om någon deltagare: varken namn, personnummer eller annat som visar vem det är.",
        widget=forms.Textarea(attrs={"rows": 8, "data-hogst": LANGSTA_FORSLAG}),
    )

    class Meta:
        model = Forbattringsforslag
        fields = ("slag", "sida", "text")
        widgets = {"slag": forms.RadioSelect}
        labels = {"slag": "Vad vill du berätta?"}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = Forbattringsforslag.Slag.choices
        self.fields["slag"].error_messages["required"] = "Välj vad du vill berätta."

    def clean_sida(self):
        return utan_nycklar(utan_personnummer(self.cleaned_data["sida"]))


class SvaraForslagForm(KravtextMixin, forms.ModelForm):
    svar = TextUtanPersonnummerField(
        label="Svar till avsändaren",
        required=False,
        max_length=LANGSTA_FORSLAG,
        help_text="Avsändaren läser svaret i SUS. Måste finnas när du avslutar utan åtgärd.",
        widget=forms.Textarea(attrs={"rows": 6, "data-hogst": LANGSTA_FORSLAG}),
    )

    class Meta:
        model = Forbattringsforslag
        fields = ("status", "svar")
        widgets = {"status": forms.RadioSelect}
        help_texts = {"status": "Avsändaren ser statusen."}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = Forbattringsforslag.Status.choices

    def clean(self):
        uppgifter = super().clean() or self.cleaned_data
        if uppgifter.get("status") == Forbattringsforslag.Status.AVSLUTAD and not uppgifter.get("svar") and "svar" not in self.errors:
            self.add_error("svar", SAKNAR_SVAR)
        return uppgifter


class SokForslagForm(forms.Form):
    """Filter of Försäkringskassan's list, sent with GET."""

    status = forms.ChoiceField(
        label="Status", choices=[("", "Nya och lästa"), *Forbattringsforslag.Status.choices, ("alla", "Alla")], required=False
    )
    slag = forms.ChoiceField(label="Slag", choices=[("", "Alla"), *Forbattringsforslag.Slag.choices], required=False)

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        status, slag = self.cleaned_data["status"], self.cleaned_data["slag"]
        rader = rader.filter(slag=slag) if slag else rader
        if status == "alla":
            return rader
        return rader.filter(status=status) if status else rader.obesvarade()


class KursfragaForm(forms.Form):
    """The question of a page of a course. The answer is sent with GET and nothing of it is stored."""

    svar = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Välj ett svar.", "invalid_choice": "Välj ett av svaren."}
    )

    def __init__(self, *args, sida, **kwargs):
        super().__init__(*args, **kwargs)
        self.sida = sida
        self.fields["svar"].label = sida.fraga
        self.fields["svar"].choices = [(str(nr), svar.text) for nr, svar in enumerate(sida.svar)]

    def valt(self):
        return self.sida.svar[int(self.cleaned_data["svar"])]
