"""Forms of the samverkansorganisation itself: search, create, what Försäkringskassan sets and what the administrator sets."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from behorigheter.forms import AnvandareEnvalField, begransa
from behorigheter.models import Anvandare
from behorigheter.roller import Roll
from organisations.forms.falt import OrganisationsnummerField
from organisations.models import Lan, Samverkansorganisation
from sus.core.falt import DatumField, EpostField, KravtextMixin, RenTextField
from sus.core.layout import Avsnitt, FaltMedKnapp
from sus.core.sok import Sokformular

STATUS = {"pagaende": "Pågående", "planerade": "Planerade", "avslutade": "Avslutade"}
FORMORD = ("finsam", "tvåpart", "tvapart")


class SokForm(Sokformular):
    namn = RenTextField(label="Namn", help_text="Använd * för en del av namnet", required=False, max_length=50)
    lan = forms.ModelChoiceField(label="Län", queryset=Lan.objects.all(), empty_label="Alla län", required=False)
    form = forms.ChoiceField(label="Samverkansform", choices=[("", "Alla former"), *Samverkansorganisation.Form.choices], required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Alla"), *STATUS.items()], required=False)

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        val = self.cleaned_data
        if val["namn"]:
            rader = rader.som_liknar(val["namn"])
        if val["lan"]:
            rader = rader.i_lan(val["lan"])
        if val["form"]:
            rader = rader.filter(samverkansform=val["form"])
        return getattr(rader, val["status"])() if val["status"] else rader


class GrunduppgifterForm(KravtextMixin, forms.ModelForm):
    """What only Försäkringskassan sets (form 9447). The samverkansform never changes once the row exists."""

    class Meta:
        model = Samverkansorganisation
        fields = (
            "namn", "organisationsnummer", "samverkansform", "startdatum", "slutdatum",
            "bestallare_namn", "bestallare_telefon", "bestallare_epost",
        )  # fmt: skip
        field_classes = {
            "namn": RenTextField, "organisationsnummer": OrganisationsnummerField, "startdatum": DatumField, "slutdatum": DatumField,
            "bestallare_namn": RenTextField, "bestallare_telefon": RenTextField, "bestallare_epost": EpostField,
        }  # fmt: skip
        widgets = {"samverkansform": forms.RadioSelect}
        labels = {
            "namn": "Namn i SUS",
            "bestallare_namn": "Namn",
            "bestallare_telefon": "Telefon",
            "bestallare_epost": "E-post",
        }
        help_texts = {
            "namn": "Högst 50 tecken, så tydligt som möjligt. Finsam: förbundets eget namn. Tvåpartsfinsam: LFC XX och Region YY. "
            "Skriv inte samverkansformen i namnet.",
            "organisationsnummer": "NNNNNN-NNNN",
            "samverkansform": "Finsam: genom ett samordningsförbund. Tvåpartsfinsam: Försäkringskassan och en region.",
            "startdatum": "ÅÅÅÅ-MM-DD. Bara Försäkringskassan anger dagen. Budget för tidigare år, och deltagare "
            "som börjar före den, kan sedan inte registreras.",
            "slutdatum": "ÅÅÅÅ-MM-DD. Töm fältet för att öppna samverkansorganisationen igen.",
        }
        error_messages = {"namn": {"max_length": "Namnet får vara högst 50 tecken inklusive blanksteg."}}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bestallare_telefon"].widget.attrs["data-bredd"] = "s"
        if "samverkansform" in self.fields:  # not when several become one: then it is theirs
            self.fields["samverkansform"].choices = Samverkansorganisation.Form.choices
            self.fields["samverkansform"].disabled = bool(self.instance.pk)
        if not self.instance.slutdatum:
            self.fields.pop("slutdatum", None)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.avsnitt())

    def avsnitt(self):
        grund = [namn for namn in ("namn", "organisationsnummer", "samverkansform", "startdatum", "slutdatum") if namn in self.fields]
        return [
            Avsnitt("Samverkansorganisation", *grund, css_id="grund"),
            Avsnitt("Beställare", "bestallare_namn", "bestallare_telefon", "bestallare_epost", css_id="bestallare"),
        ]

    def clean_namn(self):
        namn = self.cleaned_data["namn"]
        if any(ord_ in namn.casefold() for ord_ in FORMORD):
            raise ValidationError("Skriv namnet utan samverkansform. Formen anges i ett eget fält.")
        if Samverkansorganisation.objects.filter(namn__iexact=namn).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Det finns redan en samverkansorganisation med det namnet. Välj ett annat namn.")
        return namn

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self._meta.fields if namn in self.fields}


class SkapaForm(GrunduppgifterForm):
    """The order 9447: the samverkansorganisation and its first samverkansadministratör."""

    sok_fornamn = RenTextField(label="Förnamn", required=False, max_length=100)
    sok_efternamn = RenTextField(label="Efternamn", required=False, max_length=100)
    sok_arbetsgivare = RenTextField(
        label="Arbetsgivare",
        help_text="Använd * för en del av ett namn, till exempel Karl*.",
        required=False,
        max_length=200,
    )
    administrator = AnvandareEnvalField(
        label="Samverkansadministratör",
        help_text="Bara den som har behörighet som samverkansadministratör visas.",
        queryset=Anvandare.objects.none(),
        error_messages={
            "required": "Välj samverkansadministratör.",
            "invalid_choice": "Användaren har inte längre behörighet som samverkansadministratör. Sök igen.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bestallare_epost"].required = True
        self.fields["bestallare_epost"].error_messages["required"] = "Fyll i beställarens e-post. Dit skickas bekräftelsen."
        for namn in ("sok_fornamn", "sok_efternamn", "sok_arbetsgivare"):
            self.fields[namn].widget.attrs["data-frivillig"] = "nej"
        falt = self.fields["administrator"]
        behoriga = Anvandare.objects.med_roll(Roll.SAMVERKANSADMINISTRATOR)
        falt.queryset = behoriga
        traffar = behoriga.som_liknar(**self._sokord())
        if begransa(falt, traffar) == 0:
            falt.help_text = "Ingen med behörighet som samverkansadministratör stämmer med sökningen. Ändra den och sök igen."

    def avsnitt(self):
        return [
            *super().avsnitt(),
            Avsnitt(
                "Första samverkansadministratören",
                "sok_fornamn",
                "sok_efternamn",
                FaltMedKnapp("sok_arbetsgivare", name="sok", text="Sök"),
                "administrator",
                css_id="administrator",
            ),
        ]

    def _sokord(self):
        """The search words as they were typed, also when the form is shown again without being saved."""
        kalla = self.data if self.is_bound else self.initial
        typade = {falt: str(kalla.get(f"sok_{falt}", "")) for falt in ("fornamn", "efternamn", "arbetsgivare")}
        return {falt: text.replace("\0", "").strip()[:200] for falt, text in typade.items()}


class UppgifterForm(KravtextMixin, forms.ModelForm):
    """What the samverkansadministratör sets."""

    class Meta:
        model = Samverkansorganisation
        fields = (
            "beskrivning", "lan", "slutdatum", "co", "gatuadress", "postnummer", "postort",
            "kontakt_namn", "kontakt_titel", "kontakt_telefon", "kontakt_epost",
        )  # fmt: skip
        field_classes = {
            "beskrivning": RenTextField, "slutdatum": DatumField, "co": RenTextField, "gatuadress": RenTextField,
            "postnummer": RenTextField, "postort": RenTextField, "kontakt_namn": RenTextField,
            "kontakt_titel": RenTextField, "kontakt_telefon": RenTextField, "kontakt_epost": EpostField,
        }  # fmt: skip
        widgets = {"beskrivning": forms.Textarea(attrs={"rows": 5})}
        labels = {"kontakt_namn": "Namn"}
        help_texts = {
            "beskrivning": "Till exempel syfte och mål.",
            "lan": "Det län som samverkansorganisationen räknas till i rapporterna.",
            "slutdatum": "ÅÅÅÅ-MM-DD. Anges bara när verksamheten upphör. Alla insatser ska ha slutat och alla deltagare vara "
            "utregistrerade. Efter dagen kan bara utfall och rättelser av budgeten registreras.",
            "postnummer": "NNN NN",
        }

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lan"].empty_label = "Välj län"
        self.fields["slutdatum"].disabled = self.instance.ar_avslutad  # only Försäkringskassan opens it again
        for namn in ("postnummer", "kontakt_telefon"):
            self.fields[namn].widget.attrs["data-bredd"] = "s"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Avsnitt("Basuppgifter", "beskrivning", "lan", "slutdatum", css_id="bas"),
            Avsnitt("Adress", "co", "gatuadress", "postnummer", "postort", css_id="adress"),
            Avsnitt("Kontaktperson", "kontakt_namn", "kontakt_titel", "kontakt_telefon", "kontakt_epost", css_id="kontakt"),
        )

    def clean_postnummer(self):
        siffror = self.cleaned_data["postnummer"].replace(" ", "")
        if siffror and not (len(siffror) == 5 and siffror.isascii() and siffror.isdigit()):
            raise ValidationError("Skriv postnumret med fem siffror.")
        return f"{siffror[:3]} {siffror[3:]}".strip()

    def uppgifter(self):
        """{field of the model: value}"""
        return {namn: self.cleaned_data[namn] for namn in self._meta.fields}
