"""What the forms about a deltagande share: fields of 9448 and 9449, and how a rule's sentence reaches its field."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string

from behorigheter.forms import BaraFragaForm
from deltagare.forms.fragor import FRAGERUBRIK, Fragedel
from deltagare.forms.situation import EFTER, FORE
from deltagare.koder import Avslutningsanledning, TidForsorjning, Utbildning
from deltagare.regler import FLYTT_FOR_ARBETE, V29, VANLIG_ALDER, alderstext, granska_avslutningsdatum, granska_startdag
from deltagare.uppgifter import Inregistrering, Utregistrering, behover_matning
from insatser.models import Insats
from organisations.models import Kommun, Stadsdel
from sus.core.falt import DatumField, KravtextMixin
from sus.core.layout import Avsnitt, Hjalp
from sus.core.personnummer import Personnummer
from sus.core.regelbrott import Regelbrott

NY = "ny"
V21 = "Välj stadsdel."
V28 = "Välj avslutningsanledning."


class Mall(LayoutObject):
    """A template in a form's layout; it sees the form."""

    def __init__(self, mall):
        self.fields = []
        self.mall = mall

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string(self.mall, {"form": form})


class Stadsdelsfalt(forms.ModelChoiceField):
    def label_from_instance(self, stadsdel):
        return f"{stadsdel.namn} (till och med {stadsdel.giltig_till})" if stadsdel.giltig_till else stadsdel.namn


class DeltagandeForm(KravtextMixin, forms.Form):
    """Base of the forms about one deltagande. A subclass says `avsnitten()`; the layout follows from what is known of the person."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*self.avsnitten())
        return helper

    def avsnitten(self) -> list:
        raise NotImplementedError

    def prova(self, regel, *args) -> bool:
        """Ask a rule; its sentence goes to the field that it names."""
        try:
            regel(*args)
        except Regelbrott as brott:
            self.add_error(brott.falt if brott.falt in self.fields else None, brott.text)
            return False
        return True

    def fokusera(self, falt: str) -> None:
        """Go on here when the page opens."""
        self.fields[falt].widget.attrs["autofocus"] = True

    def behall_fel(self, *falt: str) -> None:
        """Forget the errors of all other fields: a button has been pressed that does not save."""
        for namn in set(self.errors) - set(falt):
            del self.errors[namn]


class BaraKnappForm(BaraFragaForm, DeltagandeForm):
    """Of a page about a deltagande that only asks."""

    def avsnitten(self) -> list:
        return []


class Inregistreringsdel(DeltagandeForm):
    """Fields of 9448 that can be corrected later. The subclass knows `insats`, and `folkbokford_i` when clean() has run.

    `fragor_fore` is None where the kompletterande frågor are not put.
    """

    startdatum = DatumField(label="Startdag", help_text="ÅÅÅÅ-MM-DD, den dag deltagaren börjar i insatsen")
    utbildning = forms.TypedChoiceField(
        label="Utbildningsnivå",
        help_text="Högsta avslutade. Utländsk utbildning: välj den svenska motsvarigheten.",
        choices=[("", "Välj utbildningsnivå"), *((kod.slug, kod.label) for kod in Utbildning)],
        coerce=Utbildning.fran_slug,
        error_messages={"required": "Välj utbildningsnivå."},
    )
    tid_forsorjning = forms.TypedChoiceField(
        label="Hur länge har deltagaren haft behov av offentlig försörjning?",
        help_text="Sammanhängande tid före insatsen. Bortse från avbrott på högst en månad; är det lite längre gör du en bedömning.",
        choices=[("", "Välj tid"), *((kod.slug, kod.label) for kod in TidForsorjning)],
        coerce=TidForsorjning.fran_slug,
        widget=forms.Select(attrs={"data-bredd": "m"}),
        error_messages={"required": "Välj tid."},
    )
    stadsdel = Stadsdelsfalt(
        label="Stadsdel",
        help_text="Där deltagaren bor. Finns bara i Stockholm och Göteborg.",
        queryset=Stadsdel.objects.none(),
        empty_label="Välj stadsdel",
        widget=forms.Select(attrs={"data-bredd": "m", "data-frivillig": "nej"}),
        required=False,
    )

    insats: Insats
    folkbokford_i: Kommun | None = None
    personnummer: Personnummer | None = None
    visar_stadsdel = False
    fragor_fore: Fragedel | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(FORE.falt())
        self.fields["stadsdel"].queryset = Stadsdel.objects.all()

    def granska_startdagen(self) -> None:
        startdatum = self.cleaned_data.get("startdatum")
        if startdatum and not self.prova(granska_startdag, self.insats, startdatum):
            self.cleaned_data.pop("startdatum", None)

    def granska_stadsdel(self) -> None:
        """V21: needed when the kommun has a stadsdel that was valid on the startdag, and otherwise not kept."""
        dag = self.cleaned_data.get("startdatum")
        giltiga = Stadsdel.objects.filter(kommun=self.folkbokford_i) if self.folkbokford_i else Stadsdel.objects.none()
        if dag:
            giltiga = giltiga.giltiga(dag)
        self.fields["stadsdel"].queryset = giltiga
        self.visar_stadsdel = giltiga.exists()
        vald = self.cleaned_data.get("stadsdel")
        if not self.visar_stadsdel:
            self.errors.pop("stadsdel", None)
            self.cleaned_data["stadsdel"] = None
        elif vald not in giltiga and "stadsdel" not in self.errors:
            self.add_error("stadsdel", V21)

    def alder(self, dag: date | None) -> int | None:
        return self.personnummer.alder(dag) if self.personnummer and dag else None

    def aldersvarningar(self) -> list[tuple[str, str]]:
        alder = self.alder(self.cleaned_data.get("startdatum"))
        return [("alder", alderstext(alder))] if alder is not None and alder not in VANLIG_ALDER else []

    def inregistrering(self) -> Inregistrering:
        data = self.cleaned_data
        assert self.folkbokford_i is not None  # a valid form has asked where the person lives
        return Inregistrering(
            startdatum=data["startdatum"],
            kommun=self.folkbokford_i,
            stadsdel=data["stadsdel"],
            utbildning=data["utbildning"],
            tid_forsorjning=data["tid_forsorjning"],
            fore=data["fore"],
            svar=self.fragor_fore.svar() if self.fragor_fore else None,
        )


class Utregistreringsdel(DeltagandeForm):
    """Fields of 9449, with the second measurement where the reason asks for one. `fragor_efter` as `fragor_fore`."""

    slutdatum = DatumField(label="Avslutningsdatum", help_text="ÅÅÅÅ-MM-DD")
    avslutningsanledning = forms.TypedChoiceField(
        label="Avslutningsanledning",
        help_text="Flyttar deltagaren för att börja ett arbete? Välj till arbete, studier eller arbetssökande.",
        choices=[("", "Välj avslutningsanledning"), *Avslutningsanledning.choices],
        coerce=lambda kod: Avslutningsanledning(int(kod)),
        error_messages={"required": V28},
    )

    fragor_efter: Fragedel | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(EFTER.falt())

    def granska_utregistrering(self, insats, startdatum) -> None:
        """V27, V28 and, where the reason asks for it, questions 10–13. `startdatum` is None when it is wrong itself."""
        data = self.cleaned_data
        if startdatum and data.get("slutdatum"):
            self.prova(granska_avslutningsdatum, insats, startdatum, data["slutdatum"])
        anledning = data.get("avslutningsanledning")
        if anledning and behover_matning(anledning):
            data["efter"] = EFTER.las(self)
        else:
            data["efter"] = None
            EFTER.bortse_fran(self)
            if self.fragor_efter:
                self.fragor_efter.bortse_fran()

    def anledningsvarningar(self) -> list[tuple[str, str]]:
        anledning, efter = self.cleaned_data.get("avslutningsanledning"), self.cleaned_data.get("efter")
        fragor = self.fragor_efter.varningar() if self.fragor_efter and efter else []
        if anledning == Avslutningsanledning.TILL_ARBETE and efter and not efter.arbetar_studerar_eller_soker:
            return [*fragor, ("V29", V29)]
        if anledning == Avslutningsanledning.FLYTT and efter and efter.arbete_procent:
            return [*fragor, ("flytt-arbete", FLYTT_FOR_ARBETE)]
        return fragor

    def utregistrering(self) -> Utregistrering:
        data = self.cleaned_data
        return Utregistrering(
            slutdatum=data["slutdatum"],
            avslutningsanledning=data["avslutningsanledning"],
            efter=data["efter"],
            svar=self.fragor_efter.svar() if self.fragor_efter else None,
        )

    def avslutsavsnitt(self, *forst, fragerubrik=FRAGERUBRIK) -> list:
        hjalp = Hjalp("Vilken anledning ska jag välja?", "deltagare/hjalp_anledning.html")
        return [
            Avsnitt("Avslut", *forst, "slutdatum", "avslutningsanledning", hjalp, Mall("deltagare/inga_fler_svar.html"), css_id="avslut"),
            EFTER.avsnitt(Mall("deltagare/utan_matning.html")),
            *(self.fragor_efter.avsnitt(fragerubrik) if self.fragor_efter else []),
        ]
