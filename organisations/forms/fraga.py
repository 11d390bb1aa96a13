"""The forms of a kompletterande fråga: what it asks, its last day, publishing, order and removal (docs/regler.md 8)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from organisations.actions.fraga import HOGST, MINST, alternativen_av
from organisations.kansliga_ord import kansliga_ord, liknar_personnummer
from organisations.models import KompletterandeFraga, Svarsalternativ
from sus.core.adress import heltal
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.formatering import lista_i_ord
from sus.core.layout import Avsnitt, Hjalp
from sus.core.regelbrott import FORE_FORSTA_DAGEN

FRAN_BORJAN = 3
LANGST = Svarsalternativ._meta.get_field("text").max_length
PERSONNUMMER = "Texten innehåller något som ser ut som ett personnummer. Ta bort det."
INGA_KANSLIGA = (
    "Frågan och alternativen gäller inte ras eller etniskt ursprung, politiska åsikter, religion eller filosofisk övertygelse, "
    "medlemskap i fackförening, hälsa eller sexualliv"
)
KRYSSA = "Kryssa för att frågan inte gäller känsliga personuppgifter. Gäller den sådana får den inte ställas."
TEXTER = ("namn", "fragetext", "hjalptext")


def ordvarningar(*texter):
    """(code, sentence) for each kind of sensitive data that the texts suggest. The code names the words: others warn anew."""
    return [
        (
            f"ord-{'-'.join(ord_)}".casefold().replace(" ", "-"),
            f"{lista_i_ord([f'”{ett}”' for ett in ord_])} kan handla om {slag}. Det får en kompletterande fråga inte gälla.",
        )
        for slag, ord_ in kansliga_ord(*texter).items()
    ]


def inga_kansliga_falt():
    return forms.BooleanField(label=INGA_KANSLIGA, error_messages={"required": KRYSSA})


class FragaForm(KravtextMixin, forms.ModelForm):
    """The question and its alternatives, which are twelve fields of which the page shows as many as are needed.

    A published question is on its way to the deltagaransvariga already: what is changed in it takes the tick again.
    """

    class Meta:
        model = KompletterandeFraga
        fields = ("namn", "fran", "till", "mattillfalle", "obligatorisk", "fragetext", "hjalptext", "slag")
        field_classes = {
            "namn": RenTextField, "fran": DatumField, "till": DatumField, "fragetext": RenTextField, "hjalptext": RenTextField,
        }  # fmt: skip
        widgets = {
            "fragetext": forms.Textarea(attrs={"rows": 3}),
            "hjalptext": forms.Textarea(attrs={"rows": 3}),
            "mattillfalle": forms.RadioSelect,
            "slag": forms.RadioSelect,
        }
        labels = {"obligatorisk": "Frågan måste besvaras"}
        error_messages = {"fran": {"required": "Fyll i första dagen."}, "fragetext": {"required": "Fyll i frågan."}}
        help_texts = {
            "mattillfalle": "När deltagaransvarig får frågan om deltagaren.",
            "obligatorisk": "Annars kan den lämnas obesvarad och besvaras senare.",
            "slag": "Hur många av alternativen som kan väljas.",
            "namn": "Kort, högst 60 tecken. Visas i listor och i rapporten.",
            "fran": "ÅÅÅÅ-MM-DD. Frågan ställs från den dagen.",
            "till": "ÅÅÅÅ-MM-DD. Lämna tomt om frågan ska ställas tills vidare.",
            "fragetext": "Frågan som deltagaransvarig läser, högst 300 tecken.",
            "hjalptext": "Visas under frågan, högst 500 tecken.",
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        for namn in ("mattillfalle", "slag"):
            self.fields[namn].choices = self._meta.model._meta.get_field(namn).choices
        for nr in range(1, HOGST + 1):
            self.fields[f"alternativ_{nr}"] = RenTextField(
                label=f"Alternativ {nr}", max_length=LANGST, required=False, widget=forms.TextInput(attrs={"data-frivillig": "nej"})
            )
        if self.instance.publicerad:
            self.fields["inga_kansliga"] = inga_kansliga_falt()
        if not self.is_bound:
            self._satt_sparade()
        hjalp = Hjalp("Vad får frågan inte gälla?", "organisations/hjalp_kansliga.html")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Avsnitt("Frågans namn och period", "namn", "fran", "till", "mattillfalle", "obligatorisk", css_id="period"),
            Avsnitt("Frågans innehåll", "fragetext", "hjalptext", hjalp, "slag", css_id="fragan"),
        )

    def _satt_sparade(self):
        sparade = self.instance.alternativ.all() if self.instance.pk else []
        for nr, alternativ in enumerate(sparade, 1):
            self.initial.setdefault(f"alternativ_{nr}", str(alternativ))

    def alternativfalt(self):
        """The fields that the page shows: those that are filled in, and at least as many as the page has had."""
        falt = [self[f"alternativ_{nr}"] for nr in range(1, HOGST + 1)]
        ifyllda = [nr for nr, ett in enumerate(falt, 1) if ett.value()]
        return falt[: max([self.antal(), *ifyllda])]

    def antal(self) -> int:
        """How many alternatives the page shows, from 2 to 12."""
        sparade = FRAN_BORJAN if self.instance.pk is None else MINST
        antal = heltal(str((self.data if self.is_bound else self.initial).get("antal", "")), 2)
        return sparade if antal is None else min(max(antal, MINST), HOGST)

    @property
    def kan_lagga_till(self) -> bool:
        return len(self.alternativfalt()) < HOGST

    def clean_namn(self):
        namn = self.cleaned_data["namn"]
        if self.instance.samverkansorganisation.fragor.filter(namn__iexact=namn).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Det finns redan en fråga med det namnet. Välj ett annat namn.")
        return namn

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("fran") and data.get("till") and data["till"] < data["fran"]:
            self.add_error("till", FORE_FORSTA_DAGEN)
        self.texter = self._alternativ(data)
        for falt in (*TEXTER, *(namn for namn in self.fields if namn.startswith("alternativ_"))):
            if liknar_personnummer(data.get(falt) or ""):
                self.add_error(falt, PERSONNUMMER)
        return data

    def _alternativ(self, data):
        """The texts in order; what is wrong with one is said at its field."""
        if data.get("slag") == KompletterandeFraga.Slag.JA_NEJ:
            return alternativen_av(data["slag"], [])
        ifyllda = {falt: data[falt] for falt in self.fields if falt.startswith("alternativ_") and data.get(falt)}
        sedda = set()
        for falt, text in ifyllda.items():
            if text.casefold() in sedda:
                self.add_error(falt, "Alternativet finns redan.")
            sedda.add(text.casefold())
        if len(ifyllda) < MINST and not any(falt.startswith("alternativ_") for falt in self.errors):
            tomt = next(falt for falt in self.fields if falt.startswith("alternativ_") and falt not in ifyllda)
            self.add_error(tomt, f"Skriv minst {MINST} alternativ.")
        return list(ifyllda.values())

    def varningar(self):
        return ordvarningar(*(self.cleaned_data[falt] for falt in TEXTER), *self.texter)

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self._meta.fields}


class SistaDagForm(forms.ModelForm):
    """What may still change when the question has been answered."""

    texter = None  # the alternatives stay as they are

    class Meta:
        model = KompletterandeFraga
        fields = ("till",)
        field_classes = {"till": DatumField}
        labels = {"till": "Sista dag som frågan ställs"}
        help_texts = {"till": "ÅÅÅÅ-MM-DD. Lämna tomt om frågan ska ställas tills vidare."}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def uppgifter(self):
        return {"till": self.cleaned_data["till"]}


class PubliceraForm(forms.Form):
    inga_kansliga = inga_kansliga_falt()

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)


class FlyttaForm(forms.Form):
    riktning = forms.ChoiceField(
        label="Åt vilket håll?",
        choices=[("upp", "Upp"), ("ner", "Ner")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj upp eller ner.", "invalid_choice": "Välj upp eller ner."},
    )

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def steg(self) -> int:
        return -1 if self.cleaned_data["riktning"] == "upp" else 1
