"""Registering, changing, removing and searching insatser; the categorisation is explained where it is chosen."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils import timezone

from behorigheter.roller import Rattighet
from insatser.actions import KATEGORISERING
from insatser.models import (
    HOR_TILL,
    Deltagarregistrering,
    Inriktning,
    Insats,
    Malgrupp,
    PreciseradInriktning,
    Status,
)
from organisations.models import Samverkansorganisation
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.layout import Avsnitt, Hjalp
from sus.core.sortering import SvenskSortering

INRIKTNING_MED_FORKLARING = [
    (Inriktning.INDIVIDINRIKTAD, "Individinriktad: för personer som behöver rehabilitering för att närma sig arbete"),
    (Inriktning.STRUKTUROVERGRIPANDE, "Strukturövergripande: för de samverkande myndigheterna, eller för att lära känna gruppers behov"),
]
PRECISERADE = [(inriktning.label, [(p.value, p.label) for p in preciserade]) for inriktning, preciserade in HOR_TILL.items()]
REGISTRERING_MED_FORKLARING = [
    (Deltagarregistrering.PERSONUPPGIFTER, "Med personuppgifter/anonym: varje deltagare registreras in och ut"),
    (Deltagarregistrering.VOLYM, "Endast antal (volyminsats): bara hur många som deltar räknas"),
]
KATEGORISERINGSAVSNITT = Avsnitt(
    "Kategorisering av insats",
    "inriktning",
    "preciserad_inriktning",
    Hjalp("Vad betyder de preciserade inriktningarna?", "insatser/hjalp_inriktning.html"),
    "deltagarregistrering",
    Hjalp("Hur väljer jag deltagarregistrering?", "insatser/hjalp_deltagarregistrering.html"),
    "malgrupper",
    Hjalp("Hur väljer jag målgrupp?", "insatser/hjalp_malgrupper.html"),
    css_id="kategorisering",
)
ARTAL = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class InsatsForm(KravtextMixin, forms.ModelForm):
    # The field that a broken constraint is shown at.
    villkorens_falt = {
        "insats_unikt_namn": "namn",
        "insats_slutar_inte_fore_start": "slutdatum",
        "insats_preciserad_hor_till_inriktning": "preciserad_inriktning",
    }

    class Meta:
        model = Insats
        fields = ["samverkansorganisation", "namn", "beskrivning", "startdatum", "slutdatum", *KATEGORISERING]
        field_classes = {"namn": RenTextField, "beskrivning": RenTextField, "startdatum": DatumField, "slutdatum": DatumField}
        widgets = {
            "beskrivning": forms.Textarea(attrs={"rows": 4}),
            "inriktning": forms.RadioSelect,
            "deltagarregistrering": forms.RadioSelect(attrs={"data-frivillig": "nej"}),
            "malgrupper": forms.CheckboxSelectMultiple(attrs={"data-ensam": Malgrupp.EJ_TILLAMPLIGA}),
        }
        help_texts = {
            "namn": "Högst 100 tecken. En insats som fortsätter registreras inte på nytt varje år.",
            "slutdatum": "ÅÅÅÅ-MM-DD. Fyll i när insatsen avslutas.",
            "deltagarregistrering": "För en strukturövergripande insats gäller Endast antal om du inte väljer.",
            "malgrupper": "Kryssa för en eller flera.",
        }
        error_messages = {"malgrupper": {"required": "Ange minst en målgrupp.", "invalid_choice": "Målgruppen %(value)s finns inte."}}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.ar_last = bool(self.instance.pk) and self.instance.har_registrerade
        self._begransa_organisationerna(anvandare)
        self._begransa_malgrupperna()
        self.fields["inriktning"].choices = INRIKTNING_MED_FORKLARING
        self.fields["preciserad_inriktning"].widget.choices = [("", "Välj preciserad inriktning"), *PRECISERADE]
        self.fields["deltagarregistrering"].choices = REGISTRERING_MED_FORKLARING
        self.fields["deltagarregistrering"].required = False
        if self.ar_last:
            self._las_kategoriseringen()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Avsnitt("Insatsinformation", "samverkansorganisation", "namn", "beskrivning", "startdatum", "slutdatum", css_id="information"),
            *([] if self.visar_lasning else [KATEGORISERINGSAVSNITT]),
        )

    @property
    def visar_lasning(self):
        """The page tells the locked categorisation in words instead of fields."""
        return self.ar_last and all(self.fields[namn].disabled for namn in KATEGORISERING)

    def _begransa_organisationerna(self, anvandare):
        """The ones where the user is insatsansvarig (None: the system, for imports). An insats never moves to another."""
        falt = self.fields["samverkansorganisation"]
        alla = Samverkansorganisation.objects.order_by(SvenskSortering("namn"))
        falt.queryset = alla if anvandare is None else alla.tillatna_for(anvandare, Rattighet.INSATS_ANDRA)
        falt.empty_label = "Välj samverkansorganisation"
        if self.instance.pk:
            falt.disabled = True
        elif not self.is_bound and falt.queryset.count() == 1:
            falt.initial = falt.queryset.get()

    def _begransa_malgrupperna(self):
        """Those valid today, and those that the insats already has."""
        egna = self.instance.malgrupper.values("pk") if self.instance.pk else []
        giltiga = Malgrupp.objects.giltiga(timezone.localdate()).values("pk")
        self.fields["malgrupper"].queryset = Malgrupp.objects.filter(Q(pk__in=giltiga) | Q(pk__in=egna))

    def _las_kategoriseringen(self):
        """Not editable. What is sent nevertheless, from a page opened before the lock, is kept and refused by the action."""
        for namn in KATEGORISERING:
            self.fields[namn].disabled = self.add_prefix(namn) not in self.data

    def clean_deltagarregistrering(self):
        """No answer means Endast antal for a strukturövergripande insats, which the sources have preselected (docs/regler.md 5.2)."""
        varde = self.cleaned_data["deltagarregistrering"]
        if not varde and self.cleaned_data.get("inriktning") == Inriktning.STRUKTUROVERGRIPANDE:
            return Deltagarregistrering.VOLYM.value
        if not varde:
            raise ValidationError("Välj deltagarregistrering.")
        return varde

    def clean_malgrupper(self):
        malgrupper = self.cleaned_data["malgrupper"]
        if len(malgrupper) > 1 and any(malgrupp.pk == Malgrupp.EJ_TILLAMPLIGA for malgrupp in malgrupper):
            raise ValidationError("Ej tillämpliga målgrupper kan inte kombineras med andra målgrupper.")
        return malgrupper

    def _post_clean(self):
        """As Django does it, with the sentence of a broken constraint at the field that it is about."""
        super()._post_clean()
        falt = {str(villkor.violation_error_message): self.villkorens_falt.get(villkor.name) for villkor in Insats._meta.constraints}
        for mening in map(str, self.errors.pop(NON_FIELD_ERRORS, [])):
            self.add_error(falt.get(mening), mening)

    def varningar(self):
        """(code, sentence) of what is unusual but allowed, for what has been changed."""
        varningar = [self._varning_om_start(), self._varning_om_namn(), self._varning_om_registrering()]
        return [varning for varning in varningar if varning]

    def _varning_om_start(self):
        organisation = self.cleaned_data["samverkansorganisation"]
        if "startdatum" in self.changed_data and self.cleaned_data["startdatum"] < organisation.startdatum:
            return (
                "start",
                f"Insatsen börjar före samverkansorganisationens startdatum ({organisation.startdatum}). "
                "Budget och deltagare kan inte registreras före det datumet.",
            )
        return None

    def _varning_om_namn(self):
        """An insats that goes on is not registered anew each year: a name that another one has but for the year."""
        if "namn" not in self.changed_data:
            return None
        for namn in self.cleaned_data["samverkansorganisation"].insatser.exclude(pk=self.instance.pk).values_list("namn", flat=True):
            if _utan_ar(namn) == _utan_ar(self.cleaned_data["namn"]):
                return (
                    "namn",
                    f"Det finns redan en insats som heter {namn}. En insats som fortsätter ska inte registreras på nytt varje år.",
                )
        return None

    def _varning_om_registrering(self):
        valt = (self.cleaned_data["inriktning"], self.cleaned_data["deltagarregistrering"])
        if "deltagarregistrering" in self.changed_data and valt == (Inriktning.STRUKTUROVERGRIPANDE, Deltagarregistrering.PERSONUPPGIFTER):
            return (
                "registrering",
                "En strukturövergripande insats följs vanligen upp med endast antal. "
                "Välj personuppgifter bara om varje deltagare ska registreras in och ut.",
            )
        return None


def _utan_ar(namn):
    return " ".join(ARTAL.sub(" ", namn).split()).casefold()


class InsatsTaBortForm(forms.Form):
    """Nothing to fill in: the page asks whether the insats is to be removed."""

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)


class InsatsSokForm(forms.Form):
    samverkansorganisation = forms.ModelChoiceField(label="Samverkansorganisation", queryset=None, required=False, empty_label="Alla")
    namn = RenTextField(label="Insatsnamn", required=False, max_length=100, help_text="* står för vad som helst: Sam*")
    inriktning = forms.ChoiceField(label="Inriktning", choices=[("", "Alla"), *Inriktning.choices], required=False)
    preciserad_inriktning = forms.ChoiceField(
        label="Preciserad inriktning", choices=[("", "Alla"), *PreciseradInriktning.choices], required=False
    )
    malgrupp = forms.ModelChoiceField(label="Målgrupp", queryset=Malgrupp.objects.all(), required=False, empty_label="Alla")
    status = forms.ChoiceField(label="Status", choices=[("", "Alla"), *Status.choices], required=False)

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        organisationer = Samverkansorganisation.objects.tillatna_for(anvandare, Rattighet.SAMVERKANSORGANISATION_SE)
        self.fields["samverkansorganisation"].queryset = organisationer.order_by(SvenskSortering("namn"))
        self.fields["preciserad_inriktning"].widget.choices = [("", "Alla"), *PRECISERADE]

    def filtrera(self, insatser):
        """The insatser that match; none when something cannot be understood."""
        if not self.is_valid():
            return insatser.none()
        val = self.cleaned_data
        for falt in ("samverkansorganisation", "inriktning", "preciserad_inriktning"):
            if val[falt]:
                insatser = insatser.filter(**{falt: val[falt]})
        if val["malgrupp"]:
            insatser = insatser.filter(pk__in=val["malgrupp"].insatser.values("pk"))
        if val["namn"]:
            insatser = insatser.med_namn_som(val["namn"])
        return insatser.med_status(val["status"]) if val["status"] else insatser
