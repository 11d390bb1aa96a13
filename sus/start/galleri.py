"""The gallery: every component and every kind of field in each of its states, on one page."""

from datetime import UTC, datetime
from types import SimpleNamespace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from sus.core.falt import (
    AntalField,
    ArField,
    DatumField,
    EpostField,
    JaNejField,
    KravtextMixin,
    KronorField,
    ManadField,
    PersonnummerField,
    ProcentField,
    RenTextField,
)
from sus.core.layout import Avsnitt, FaltMedKnapp, Fraga, Hjalp
from sus.core.smulor import STARTSIDA

MED_FEL = {
    "epost": "karin.berg",
    "datum": "2012-13-01",
    "manad": "januari",
    "ar": "12",
    "personnummer": "196209039809",
    "antal": "många",
    "belopp": "1 000,50",
    "insats": "trampolin",
    "arbete": "ja",
    "arbete_procent": "0",
    "studier": "nej",
}

LOPANDE = """Ett stycke med **feta ord**
på två rader.

- En punkt
- En till, med https://example.se

1. Ett steg
2. Nästa steg"""

IFYLLT = {
    "namn": "Hjortmossen",
    "epost": "karin.berg@example.se",
    "beskrivning": "Arbetsträning i egen takt, i trädgård och kök.",
    "datum": "2011-12-05",
    "belopp": 1360000,
    "antal": 1360,
    "insats": "hjortmossen",
    "sprak": ["sv", "fi"],
    "forsorjning": ["sjukpenning"],
    "samtycke": True,
    "af": False,
    "arbete": True,
    "arbete_procent": 50,
    "arbetstyp": "1",
}


class GalleriForm(KravtextMixin, forms.Form):
    """One of each kind of field. Nothing is saved."""

    namn = RenTextField(label="Namn", help_text="Högst 50 tecken.", max_length=50)
    epost = EpostField(label="E-post", required=False)
    losenord = forms.CharField(label="Lösenord", widget=forms.PasswordInput(attrs={"data-bredd": "m", "autocomplete": "new-password"}))
    beskrivning = RenTextField(label="Beskrivning", widget=forms.Textarea(attrs={"rows": 4}))
    datum = DatumField(label="Startdag", help_text="ÅÅÅÅ-MM-DD, den dag deltagaren börjar i insatsen")
    manad = ManadField(label="Från och med månad", required=False)
    ar = ArField(label="År")
    personnummer = PersonnummerField(label="Personnummer")
    antal = AntalField(label="Planerat antal deltagare")
    belopp = KronorField(label="Budget")
    insats = forms.ChoiceField(label="Insats", choices=[("", "Välj insats"), ("hjortmossen", "Hjortmossen"), ("trampolin", "Trampolin")])
    sprak = forms.MultipleChoiceField(label="Språk", choices=[("sv", "Svenska"), ("fi", "Finska"), ("ti", "Tigrinja")], required=False)
    samtycke = forms.BooleanField(
        label="Deltagaren har skrivit under samtycket, blankett 9443",
        error_messages={"required": "Kryssa för att samtycket är underskrivet."},
    )
    forsorjning = forms.MultipleChoiceField(
        label="Vilken offentlig försörjning har deltagaren direkt före insatsen?",
        help_text="Kryssa för en eller flera.",
        choices=[
            ("sjukpenning", "Sjukpenning"),
            ("a_kassa", "A-kassa"),
            ("annan", "Annan offentlig försörjning"),
            ("ingen", "Ingen offentlig försörjning"),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"data-ensam": "ingen"}),
        error_messages={"required": "Kryssa för minst en försörjning."},
    )
    af = JaNejField(label="Är deltagaren inskriven som aktivt arbetssökande hos Arbetsförmedlingen?")
    arbete = JaNejField(label="Förvärvsarbetar deltagaren?")
    arbete_procent = ProcentField(label="Omfattning av heltid")
    arbetstyp = forms.ChoiceField(
        label="Vilken typ av arbete är det?",
        choices=[("1", "Inte subventionerat arbete"), ("2", "Subventionerat arbete")],
        widget=forms.RadioSelect,
    )
    studier = JaNejField(label="Studerar deltagaren?")

    def __init__(self, *args, avstangt=False, **kwargs):
        super().__init__(*args, **kwargs)
        for falt in self.fields.values():
            falt.disabled = avstangt
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Avsnitt(
                "Text, tal och val",
                *("namn", "epost", "losenord", "beskrivning", "datum", "manad", "ar"),
                FaltMedKnapp("personnummer", name="hamta", text="Hämta"),
                *("antal", "belopp", "insats", "sprak", "samtycke"),
                css_id=f"{self.prefix}-falt",
            ),
            Avsnitt(
                "Grupper och frågor",
                "forsorjning",
                Hjalp("Vad räknas som offentlig försörjning?", "Bara svenska stöd räknas. ”Direkt före” betyder inom en vecka."),
                Fraga("af"),
                Fraga("arbete", "arbete_procent", "arbetstyp"),
                Fraga("studier"),
                css_id=f"{self.prefix}-grupper",
            ),
        )

    def clean(self):
        if self.is_bound:
            self.add_error(None, "Insatsen slutar före startdagen. Ändra det ena av datumen.")


class UrvalForm(forms.Form):
    insats = forms.ChoiceField(label="Insats", choices=[("", "Alla insatser"), ("hjortmossen", "Hjortmossen")], required=False)
    ar = ArField(label="Inregistreringsår", required=False)


class RadForm(forms.Form):
    belopp = KronorField(label="Belopp")
    finansiar = forms.ChoiceField(label="Finansiär", choices=[("", "Välj finansiär"), ("fk", "Försäkringskassan")])
    medlem = forms.BooleanField(label="Medlem", required=False)


POSTTID = datetime(2011, 12, 1, 9, 30, tzinfo=UTC)
RadFormSet = forms.formset_factory(RadForm, extra=0, min_num=1)


def _rader(prefix, belopp):
    data = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-belopp": belopp, "0-finansiar": "fk"}
    return RadFormSet({f"{prefix}-{namn}": varde for namn, varde in data.items()}, prefix=prefix)


@method_decorator(login_not_required, name="dispatch")
class Galleri(TemplateView):
    """Holds made-up data only, but is no page for production."""

    template_name = "start/galleri.html"

    def get_context_data(self, **kwargs):
        if not (settings.DEMO or settings.DEBUG):
            raise Http404
        return super().get_context_data(
            lopande=LOPANDE,
            tomt_formular=GalleriForm(prefix="tomt"),
            ifyllt_formular=GalleriForm(prefix="ifyllt", initial=IFYLLT),
            avstangt_formular=GalleriForm(prefix="avstangt", initial=IFYLLT, avstangt=True),
            felformular=GalleriForm({f"fel-{namn}": varde for namn, varde in MED_FEL.items()}, prefix="fel"),
            urvalsformular=UrvalForm(auto_id="urval_%s"),
            rader=_rader("rad", "5 200 000"),
            felrader=_rader("felrad", "mycket"),
            sida=Paginator(range(200), 10).page(7),
            arval=[2013, 2012, 2011],
            urval=QueryDict("sortera=namn"),
            varningar=[("V29", "Deltagaren varken arbetar, studerar eller är aktivt arbetssökande. Kontrollera avslutningsanledningen.")],
            poster=[
                {"tid": POSTTID, "av": "Berit Testlund", "ar": 2011, "get_kon_display": "Kvinna", "antal": 2},
                {"tid": POSTTID, "av": None, "ar": 2010, "get_kon_display": "Man", "antal": -1},
            ],
            fakta=[("Insats", "Hjortmossen"), ("Period", "2009-01-01 tills vidare"), ("Finansieringsform", "Finsam")],
            smulor=[STARTSIDA, ("Galleri", None)],
            meny=_exempelmeny(),
            **kwargs,
        )


def _exempelmeny():
    """Instead of the user's own menu, since the page is open to who has none."""
    sok = SimpleNamespace(text="Sök deltagare", url="#", aktiv=True)
    registrera = SimpleNamespace(text="Registrera deltagare", url="#", aktiv=False)
    return [
        SimpleNamespace(text="Startsida", url="#", aktiv=False, underpunkter=[]),
        SimpleNamespace(text="Deltagande", url="#", aktiv=True, underpunkter=[registrera, sok]),
    ]
