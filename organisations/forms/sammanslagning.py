"""Slå ihop: which samverkansorganisationer, their last day, and what the new one is called."""

from django import forms
from django.core.exceptions import ValidationError

from behorigheter.roller import Rattighet
from organisations.actions.sammanslagning import VALJ_TVA
from organisations.forms.samverkansorganisation import SkapaForm
from organisations.models import Samverkansorganisation
from sus.core.falt import DatumField
from sus.core.formatering import lista_i_ord
from sus.core.layout import Avsnitt


class SamverkansorganisationFlervalField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return ", ".join(str(del_) for del_ in (obj, obj.lan, obj.get_samverkansform_display()) if del_)


class SammanslagningForm(SkapaForm):
    """The new samverkansorganisation and its first samverkansadministratör as in an order, and what it is made of."""

    slas_ihop = SamverkansorganisationFlervalField(
        label="Samverkansorganisationer som slås ihop",
        help_text="Kryssa för minst två med samma samverkansform. Avslutade visas inte.",
        queryset=Samverkansorganisation.objects.none(),
        error_messages={
            "required": VALJ_TVA,
            "invalid_choice": "En av samverkansorganisationerna är redan avslutad eller ihopslagen. Välj igen.",
        },
    )
    sista_dag = DatumField(
        label="Sista dag",
        help_text="ÅÅÅÅ-MM-DD. De valda slutar den dagen och den nya börjar dagen efter. Alla insatser ska ha slutat då, och alla "
        "deltagare vara utregistrerade.",
    )

    field_order = ("slas_ihop", "sista_dag")

    class Meta(SkapaForm.Meta):
        fields = ("namn", "organisationsnummer", "bestallare_namn", "bestallare_telefon", "bestallare_epost")

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, anvandare=anvandare, **kwargs)
        rader = Samverkansorganisation.objects.tillatna_for(anvandare, Rattighet.SAMVERKANSORGANISATION_SKAPA)
        rader = rader.inte_avslutade().filter(uppgick_i=None).select_related("lan")
        self.fields["slas_ihop"].queryset = rader
        self.fields["namn"].label = "Den nya samverkansorganisationens namn"
        self.fields["namn"].error_messages["required"] = "Fyll i namnet på den nya samverkansorganisationen."

    def avsnitt(self):
        _, *ovriga = super().avsnitt()
        return [
            Avsnitt("Slås ihop", "slas_ihop", "sista_dag", css_id="slas-ihop"),
            Avsnitt("Den nya samverkansorganisationen", "namn", "organisationsnummer", css_id="grund"),
            *ovriga,
        ]

    def clean_slas_ihop(self):
        valda = self.cleaned_data["slas_ihop"]
        if len(valda) < 2:
            raise ValidationError(VALJ_TVA)
        return valda

    def varningar(self):
        """What happens, before it does: it cannot be undone on a page."""
        gamla = lista_i_ord([str(rad) for rad in self.cleaned_data["slas_ihop"]])
        return [
            (
                "sla-ihop",
                f"{gamla} avslutas {self.cleaned_data['sista_dag']} och uppgår i {self.cleaned_data['namn']}. Deras insatser, deltagare "
                "och budget ligger kvar hos dem. Den nya får deras kommuner och ingående organisationer. Det går inte att ångra.",
            )
        ]
