"""Sök insatser: the filter of the list, sent with GET."""

from datetime import date

from django import forms

from behorigheter.roller import Rattighet
from insatser.models import HOR_TILL, Deltagarregistrering, Inriktning, Malgrupp, PreciseradInriktning, Status
from organisations.models import Lan, Samverkansorganisation
from sus.core.falt import ArField, RenTextField

VYER = {"lista": "Lista", "kort": "Kort"}
PRECISERADE = [(inriktning.label, [(p.value, p.label) for p in preciserade]) for inriktning, preciserade in HOR_TILL.items()]


def _val(alla, valbara):
    return [("", alla), *valbara]


class InsatsSokForm(forms.Form):
    text = RenTextField(
        label="Ord i namn, beskrivning eller mål", required=False, max_length=100, help_text="* står för resten av ett ord: arbets*"
    )
    samverkansorganisation = forms.ModelChoiceField(label="Samverkansorganisation", queryset=None, required=False, empty_label="Alla")
    lan = forms.ModelChoiceField(label="Län", queryset=Lan.objects.all(), required=False, empty_label="Alla")
    inriktning = forms.ChoiceField(label="Inriktning", choices=_val("Alla", Inriktning.choices), required=False)
    preciserad_inriktning = forms.ChoiceField(
        label="Preciserad inriktning", choices=_val("Alla", PreciseradInriktning.choices), required=False
    )
    deltagarregistrering = forms.ChoiceField(
        label="Deltagarregistrering", choices=_val("Alla", Deltagarregistrering.choices), required=False
    )
    malgrupp = forms.ModelChoiceField(label="Målgrupp", queryset=Malgrupp.objects.all(), required=False, empty_label="Alla")
    status = forms.ChoiceField(label="Status", choices=_val("Alla", Status.choices), required=False)
    ar = ArField(label="År då insatsen pågick", required=False)
    vy = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        organisationer = Samverkansorganisation.objects.tillatna_for(anvandare, Rattighet.SAMVERKANSORGANISATION_SE)
        self.fields["samverkansorganisation"].queryset = organisationer
        self.fields["preciserad_inriktning"].widget.choices = [("", "Alla"), *PRECISERADE]

    @property
    def har_urval(self):
        return any(self.data.get(namn) for namn in self.fields if namn != "vy")

    @property
    def vald_vy(self):
        vy = self.data.get("vy", "")
        return vy if vy in VYER else "lista"

    def filtrera(self, insatser):
        """The insatser that match; none when something cannot be understood."""
        if not self.is_valid():
            return insatser.none()
        val = self.cleaned_data
        for falt in ("samverkansorganisation", "inriktning", "preciserad_inriktning", "deltagarregistrering"):
            if val[falt]:
                insatser = insatser.filter(**{falt: val[falt]})
        if val["lan"]:
            insatser = insatser.filter(samverkansorganisation__lan=val["lan"])
        if val["malgrupp"]:
            insatser = insatser.filter(pk__in=val["malgrupp"].insatser.values("pk"))
        if val["text"]:
            insatser = insatser.med_ord_som(val["text"])
        if val["ar"]:
            insatser = insatser.som_pagar_nagon_gang(date(val["ar"], 1, 1), date(val["ar"], 12, 31))
        return insatser.med_status(val["status"]) if val["status"] else insatser
