"""Forms of the order (form 9445): filled in, signed, decided, renewed."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from behorigheter.actions.anvandare import UPPGIFTER
from behorigheter.forms.bestallare import BehorighetsperiodForm, PersonForm
from behorigheter.models import Bestallning, bestallbara_roller, om_tva_ar
from behorigheter.models.behorighet import FORNYAS_DAGAR_FORE
from behorigheter.querysets import jokertecken
from behorigheter.roller import Rattighet, Roll
from sus.core.falt import DatumField, EpostField, KravtextMixin, RenTextField
from sus.core.layout import Avsnitt, Hjalp
from sus.core.sok import Sokformular

ROLLHJALP = "Kryssa för en eller flera. Samverkansadministratör och deltagaransvarig kan inte kombineras. Alla kan och bör ha SUSrapport."
SKALHJALP = "Fyll bara i om du avslår. Skälet skickas till den som beställt. Skriv inga uppgifter om andra arbetsgivare."
UTAN_BESTALLARE = "utan_bestallare"

# What one does in each role that can be ordered.
ROLLERNAS_ARBETE: dict[Roll, str] = {
    Roll.SAMVERKANSADMINISTRATOR: (
        "sköter förbundets uppgifter, budget, kompletterande frågor och uppdrag. Ser aldrig vilka deltagarna är."
    ),
    Roll.INSATSANSVARIG: (
        "registrerar insatser med budget och planerat antal, och utser deltagaransvariga. Ser aldrig vilka deltagarna är."
    ),
    Roll.DELTAGARANSVARIG: "registrerar deltagare in och ut i sina insatser. Bara den rollen ser personuppgifter.",
    Roll.RAPPORT: "läser och tar fram rapporter för hela landet. Registrerar inget.",
    Roll.UTFARDARE: "utfärdar eller avslår de behörigheter som en beställare har signerat. Ser aldrig vilka deltagarna är.",
    Roll.FK_ADMINISTRATOR: (
        "skapar samverkansorganisationer, sköter register och hjälptexter, registrerar överenskommelser och utser beställare. "
        "Ser aldrig vilka deltagarna är."
    ),
    Roll.FK_ANALYTIKER: "läser rapporter med exakta antal för hela landet. Registrerar inget och ser aldrig vilka deltagarna är.",
    Roll.LOGGRANSKARE: "kontrollerar hur arbetsgivarens egna användare har använt SUS.",
    Roll.SUS_STOD: "hjälper användarna i sina samverkansorganisationer. Registrerar inget och ser aldrig vilka deltagarna är.",
}


class RollerField(forms.MultipleChoiceField):
    """Check boxes of roles, limited to those that may be ordered."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(
            label="Roller",
            error_messages={"required": "Kryssa för minst en roll.", "invalid_choice": "En av rollerna kan inte beställas här."},
            **{"help_text": ROLLHJALP} | kwargs,
        )

    def begransa(self, roller):
        self.choices = [(roll.value, capfirst(roll.label)) for roll in roller]

    @property
    def forklaringar(self):
        """(name, what one does) of each role that can be chosen."""
        return [(namn, ROLLERNAS_ARBETE[Roll(kod)]) for kod, namn in self.choices]


def behorighetsavsnitt():
    return Avsnitt(
        *("Behörighet", "roller"),
        Hjalp("Vad gör man i varje roll?", "behorigheter/hjalp_roller.html"),
        *("fran", "till"),
        css_id="behorighet",
    )


class InnehallForm(BehorighetsperiodForm):
    """What an order asks for: roles that may be ordered at the user's employer, and a period."""

    roller = RollerField()

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roller"].begransa(bestallbara_roller(anvandare.arbetsgivare.typ if anvandare.arbetsgivare else ""))

    def period_och_roller(self):
        return {namn: self.cleaned_data[namn] for namn in ("roller", "fran", "till")}


class BestallningForm(PersonForm, InnehallForm):
    """Filled in by the beställare for somebody at the own organisation."""

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, anvandare=anvandare, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.avsnitt())

    def avsnitt(self):
        return [
            Avsnitt("Användaren", "personnummer", *UPPGIFTER, css_id="person"),
            behorighetsavsnitt(),
        ]


class EgenBestallningForm(BestallningForm):
    """Filled in by the user: name, personnummer and employer are the account's."""

    personnummer = fornamn = efternamn = None

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, anvandare=anvandare, **kwargs)
        self.fields["epost"].initial = anvandare.epost
        self.fields["telefon"].initial = anvandare.telefon

    def avsnitt(self):
        return [
            Avsnitt("Kontaktuppgifter", "epost", "telefon", css_id="person"),
            behorighetsavsnitt(),
        ]


class BeslutMixin:
    """A choice between going on and refusing; who refuses gives a reason."""

    def clean(self):
        uppgifter = super().clean() or self.cleaned_data
        if uppgifter.get("beslut") == "avsla" and not uppgifter.get("skal") and "skal" not in self.errors:
            self.add_error("skal", ValidationError("Skriv varför beställningen avslås.", code="required"))
        return uppgifter

    @property
    def avslar(self):
        return self.cleaned_data["beslut"] == "avsla"


def _beslut(ja):
    return forms.ChoiceField(
        label="Beslut",
        choices=[("ja", ja), ("avsla", "Avslå beställningen")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj."},
    )


def _skal():
    attrs = {"rows": 3, "data-frivillig": "nej"}
    return RenTextField(label="Skäl till avslag", help_text=SKALHJALP, required=False, max_length=500, widget=forms.Textarea(attrs=attrs))


class SigneraForm(BeslutMixin, InnehallForm):
    """The beställare's signature. Roles and period may be changed first."""

    beslut = _beslut("Signera och skicka till utfärdaren")
    skal = _skal()

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, anvandare=anvandare, **kwargs)
        self.fields["beslut"].error_messages["required"] = "Välj om du signerar eller avslår beställningen."
        self.helper = FormHelper()
        self.helper.layout = Layout(behorighetsavsnitt(), Avsnitt("Ditt beslut", "beslut", "skal", css_id="beslut"))


class AvgorForm(BeslutMixin, KravtextMixin, forms.Form):
    """The utfärdare issues or refuses."""

    beslut = _beslut("Utfärda behörigheten")
    skal = _skal()

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["beslut"].error_messages["required"] = "Välj om du utfärdar eller avslår beställningen."


class FornyaForm(KravtextMixin, forms.Form):
    """One form renews the roles that end soon; the new period begins the day after the old one's last."""

    roller = RollerField(help_text=f"De roller som slutar inom {FORNYAS_DAGAR_FORE} dagar. Kryssa för dem som ska förnyas.")
    till = DatumField(label="Ny sista dag")
    epost = EpostField(label="E-post", help_text="Hit skickas beskedet.", max_length=254)
    telefon = RenTextField(label="Telefon", help_text="Helst mobilnummer.", max_length=30)

    def __init__(self, *args, anvandare, behorigheter, **kwargs):
        super().__init__(*args, **kwargs)
        person, forst = behorigheter[0].anvandare, min(rad.giltig_till for rad in behorigheter)
        self.fields["roller"].choices = [
            (rad.roll, f"{capfirst(rad.get_roll_display())}, till och med {rad.giltig_till}") for rad in behorigheter
        ]
        self.fields["roller"].initial = [rad.roll for rad in behorigheter]
        self.fields["till"].initial = om_tva_ar(forst)
        self.fields["till"].help_text = f"ÅÅÅÅ-MM-DD. Högst två år efter {forst}."
        self.fields["epost"].initial = person.epost
        self.fields["telefon"].initial = person.telefon
        self.fields["telefon"].widget.attrs["data-bredd"] = "s"


class SokBestallningForm(Sokformular):
    """Without a choice it shows what waits for the user."""

    visa = forms.ChoiceField(label="Visa", choices=[("", "Väntar på mig"), *Bestallning.Status.choices, ("alla", "Alla")], required=False)
    namn = RenTextField(label="Namn", help_text="Förnamn eller efternamn. Använd * för en del av namnet", required=False, max_length=100)
    organisation = RenTextField(label="Arbetsgivare", help_text="Använd * för en del av namnet", required=False, max_length=200)

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.anvandare = anvandare
        val = [(kod, capfirst(text)) for kod, text in self.fields["visa"].choices]
        if anvandare.har_roll_med(Rattighet.BESTALLARE_UTSE):
            val.insert(1, (UTAN_BESTALLARE, "Saknar beställare"))
        self.fields["visa"].choices = val

    @property
    def visar_vantande(self):
        return self.is_valid() and self.cleaned_data["visa"] in {"", UTAN_BESTALLARE, *Bestallning.VANTANDE}

    def filtrera(self, rader):
        """The rows that match; an impossible choice in the address matches none."""
        if not self.is_valid():
            return rader.none()
        val = self.cleaned_data
        if val["namn"]:
            rader = rader.filter(jokertecken("fornamn", val["namn"]) | jokertecken("efternamn", val["namn"]))
        if val["organisation"]:
            rader = rader.filter(jokertecken("organisation__namn", val["organisation"]))
        if not val["visa"]:
            return rader.att_gora_for(self.anvandare)
        if val["visa"] == UTAN_BESTALLARE:
            return rader.utan_bestallare()
        return rader if val["visa"] == "alla" else rader.filter(status=val["visa"])
