"""Registering, changing and removing insatser."""

import re
from difflib import SequenceMatcher

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.utils import timezone

from behorigheter.roller import Rattighet
from insatser.actions import KATEGORISERING
from insatser.forms.kategorisering import INRIKTNINGAR, PRECISERADE, REGISTRERINGAR, VOLYM_AVSER, MalgrupperField
from insatser.models import Deltagarregistrering, Inriktning, Insats, Malgrupp
from sus.core.falt import DatumField, KravtextMixin, RenTextField
from sus.core.formatering import lista_i_ord
from sus.core.layout import Avsnitt
from sus.core.valkort import KryssKort, RadioKort

ARTAL = re.compile(r"\b(?:19|20)[0-9]{2}\b")
SA_LIKA = 0.85  # of two names without year: from here on they may be of the same insats


class InsatsForm(KravtextMixin, forms.ModelForm):
    """`anvandare` None is the system. `forsta`: the first half of an activity of both kinds.

    `fran_fil`: what a volym counts may be left out.
    """

    # The field that a broken constraint is shown at.
    villkorens_falt = {
        "insats_unikt_namn": "namn",
        "insats_slutar_inte_fore_start": "slutdatum",
        "insats_preciserad_hor_till_inriktning": "preciserad_inriktning",
    }

    bada_slagen = forms.BooleanField(
        label="Verksamheten har båda slagen av innehåll",
        required=False,
        help_text="En verksamhet som både riktar sig till individer och är strukturövergripande registreras som två insatser. "
        "Kryssa här, så får du registrera den andra när den här är sparad.",
    )

    class Meta:
        model = Insats
        fields = [
            *("samverkansorganisation", "namn", "beskrivning", "mal", "startdatum", "slutdatum"),
            *("inriktning", "preciserad_inriktning", "deltagarregistrering", "volym_avser", "malgrupper"),
        ]
        field_classes = {
            **{"namn": RenTextField, "beskrivning": RenTextField, "mal": RenTextField, "malgrupper": MalgrupperField},
            **{"startdatum": DatumField, "slutdatum": DatumField},
        }
        widgets = {
            "beskrivning": forms.Textarea(attrs={"rows": 4}),
            "mal": forms.Textarea(attrs={"rows": 3}),
            "inriktning": RadioKort,
            "preciserad_inriktning": RadioKort,
            "deltagarregistrering": RadioKort({"data-frivillig": "nej"}),
            "volym_avser": RadioKort({"data-frivillig": "nej"}),
            "malgrupper": KryssKort({"data-ensam": Malgrupp.EJ_TILLAMPLIGA}),
        }
        help_texts = {
            "samverkansorganisation": "Den som driver och betalar insatsen.",
            "namn": "Högst 100 tecken. En insats som fortsätter registreras inte på nytt varje år.",
            "beskrivning": "Vad ni gör, och hur. Alla som använder SUS kan läsa beskrivningen.",
            "mal": "Vad insatsen ska leda till. Högst 1\u00a0000 tecken.",
            "slutdatum": "ÅÅÅÅ-MM-DD. Fyll i när insatsen avslutas.",
            "inriktning": "Vem är insatsen till för?",
            "preciserad_inriktning": "Vad gör ni i första hand?",
            "deltagarregistrering": "Hur följs deltagarna upp? För en strukturövergripande insats gäller Endast antal om du inte väljer.",
            "volym_avser": "Vad är ett när ni räknar? Det visas överallt där antalet står.",
            "malgrupper": "Vilka vänder sig insatsen till? Kryssa för en eller flera. Målgruppen säger inget om en enskild deltagare.",
        }
        error_messages = {"malgrupper": {"required": "Ange minst en målgrupp.", "invalid_choice": "Målgruppen %(value)s finns inte."}}

    def __init__(self, *args, anvandare, forsta=None, fran_fil=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.forsta = forsta
        self.saknar_vad_som_raknas = bool(self.instance.pk) and self.instance.ar_volyminsats and not self.instance.volym_avser
        self.ar_last = bool(self.instance.pk) and self.instance.har_registrerade
        self.krav_pa_vad_som_raknas = not (fran_fil or self.saknar_vad_som_raknas or self.ar_last)
        self._begransa_organisationerna(anvandare)
        self._begransa_malgrupperna()
        self._satt_val()
        if self.instance.pk or forsta:
            del self.fields["bada_slagen"]
        if self.ar_last:
            self._las_kategoriseringen()
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _layout(self):
        falt = ["samverkansorganisation", "namn", "beskrivning", "mal", "startdatum", "slutdatum"]
        kategorisering = self._vad_som_raknas() if self.visar_lasning else self._kategorisering()
        return Layout(Avsnitt("Insatsinformation", *falt, css_id="information"), *kategorisering)

    def _kategorisering(self):
        bada = ["bada_slagen"] if "bada_slagen" in self.fields else []
        volym = Div("volym_avser", css_class="sus-foljd sus-foljd--volym")
        falt = ["inriktning", *bada, "preciserad_inriktning", "deltagarregistrering", volym, "malgrupper"]
        return [Avsnitt("Kategorisering av insats", *falt, css_id="kategorisering")]

    def _vad_som_raknas(self):
        """The only choice that may be made late: a volyminsats of before the question says what its number is."""
        return [] if self.fields["volym_avser"].disabled else [Avsnitt("Antal i volyminsats", "volym_avser", css_id="volym")]

    @property
    def visar_lasning(self):
        """The page tells the locked categorisation in words instead of fields."""
        return self.ar_last and all(self.fields[namn].disabled for namn in KATEGORISERING)

    def _begransa_organisationerna(self, anvandare):
        """The ones where the user is insatsansvarig. An insats never moves to another, and two halves have the same."""
        falt = self.fields["samverkansorganisation"]
        if anvandare is not None:
            falt.queryset = falt.queryset.tillatna_for(anvandare, Rattighet.INSATS_ANDRA)
        if anvandare and not (self.instance.pk or self.forsta):
            falt.queryset = falt.queryset.inte_avslutade()
        falt.empty_label = "Välj samverkansorganisation"
        if self.forsta:
            falt.initial = self.forsta.samverkansorganisation
            self.instance.hor_ihop_med = self.forsta
        if self.instance.pk or self.forsta:
            falt.disabled = True
        elif not self.is_bound and falt.queryset.count() == 1:
            falt.initial = falt.queryset.get()

    def _begransa_malgrupperna(self):
        """Those valid today, and those that the insats already has."""
        egna = self.instance.malgrupper.values("pk") if self.instance.pk else []
        giltiga = Malgrupp.objects.giltiga(timezone.localdate()).values("pk")
        self.fields["malgrupper"].queryset = Malgrupp.objects.filter(Q(pk__in=giltiga) | Q(pk__in=egna))

    def _satt_val(self):
        self.fields["inriktning"].choices = INRIKTNINGAR
        self.fields["preciserad_inriktning"].choices = PRECISERADE
        self.fields["deltagarregistrering"].choices = REGISTRERINGAR
        self.fields["deltagarregistrering"].required = False
        self.fields["volym_avser"].choices = VOLYM_AVSER
        self.fields["volym_avser"].disabled = self.ar_last and not self.saknar_vad_som_raknas

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

    def clean_volym_avser(self):
        """Only a volyminsats counts anything; what was chosen before another deltagarregistrering is left out."""
        varde = self.cleaned_data["volym_avser"]
        if self.cleaned_data.get("deltagarregistrering") != Deltagarregistrering.VOLYM:
            return ""
        if not varde and self.krav_pa_vad_som_raknas:
            raise ValidationError("Välj vad som räknas: personer eller tillfällen.")
        return varde

    def clean_malgrupper(self):
        malgrupper = self.cleaned_data["malgrupper"]
        if len(malgrupper) > 1 and any(malgrupp.pk == Malgrupp.EJ_TILLAMPLIGA for malgrupp in malgrupper):
            raise ValidationError("Ej tillämpliga målgrupper kan inte kombineras med andra målgrupper.")
        self._krav_pa_malgruppernas_tid(malgrupper)
        return malgrupper

    def _krav_pa_malgruppernas_tid(self, malgrupper):
        """An insats that starts after the last day of a målgrupp cannot get it; one that has it keeps it (docs/regler.md 5.2)."""
        startdatum = self.cleaned_data.get("startdatum")
        egna = set(self.instance.malgrupper.all()) if self.instance.pk else set()
        sena = [rad for rad in malgrupper if rad not in egna and startdatum and not rad.kan_valjas_for_start(startdatum)]
        if sena:
            text = "%s gäller till och med %s och kan inte väljas för en insats som börjar senare."
            raise ValidationError([text % (rad, rad.giltig_till) for rad in sena])

    def _post_clean(self):
        """As Django does it, with the sentence of a broken constraint at the field that it is about."""
        super()._post_clean()
        falt = {str(villkor.violation_error_message): self.villkorens_falt.get(villkor.name) for villkor in Insats._meta.constraints}
        for mening in map(str, self.errors.pop(NON_FIELD_ERRORS, [])):
            self.add_error(falt.get(mening), mening)

    def varningar(self):
        """(code, sentence) of what is unusual but allowed, for what has been changed."""
        varningar = [self._varning_om_start(), self._varning_om_namn(), self._varning_om_registrering(), self._varning_om_halvan()]
        return [varning for varning in varningar if varning]

    def liknande(self):
        """The samverkansorganisation's insatser of almost the same name: one of them may be the one that goes on."""
        andra = self.cleaned_data["samverkansorganisation"].insatser.exclude(pk=self.instance.pk)
        halvan = self.forsta.pk if self.forsta else None
        return [insats for insats in andra if insats.pk != halvan and _liknar(insats.namn, self.cleaned_data["namn"])]

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
        """An insats that goes on is not registered anew each year, whether its new name has the year or not."""
        if "namn" not in self.changed_data:
            return None
        regel = "En insats som fortsätter ska inte registreras på nytt varje år."
        if liknande := [insats.namn for insats in self.liknande()]:
            return "namn", f"Det finns redan en insats som heter {lista_i_ord(liknande)}. {regel} Fortsätt på den insatsen i stället?"
        if artal := ARTAL.search(self.cleaned_data["namn"]):
            return "namn", f"Namnet innehåller årtalet {artal[0]}. {regel} Ge den ett namn som gäller alla år."
        return None

    def _varning_om_registrering(self):
        valt = (self.cleaned_data["inriktning"], self.cleaned_data["deltagarregistrering"])
        ar_andrat = not self.ar_last and {"inriktning", "deltagarregistrering"} & set(self.changed_data)
        if ar_andrat and valt == (Inriktning.STRUKTUROVERGRIPANDE, Deltagarregistrering.PERSONUPPGIFTER):
            return (
                "registrering",
                "En strukturövergripande insats följs vanligen upp med endast antal. "
                "Välj personuppgifter bara om varje deltagare ska registreras in och ut.",
            )
        return None

    def _varning_om_halvan(self):
        if self.forsta and self.cleaned_data["inriktning"] == self.forsta.inriktning:
            return (
                "halvan",
                f"{self.forsta.namn} har också inriktningen {self.forsta.get_inriktning_display()}. "
                "Två insatser behövs bara när verksamheten har båda inriktningarna.",
            )
        return None


def _liknar(ena, andra):
    """Whether the names are the same but for a year and little else. Steg 1 and Steg 2 are two."""
    ena, andra = _utan_ar(ena), _utan_ar(andra)
    if re.findall("[0-9]+", ena) != re.findall("[0-9]+", andra):
        return False
    return ena == andra or SequenceMatcher(None, ena, andra, autojunk=False).ratio() >= SA_LIKA


def _utan_ar(namn):
    return " ".join(ARTAL.sub(" ", namn).split()).casefold()
