"""Felregistrering: the typed confirmation, and the second person's answer."""

from django import forms

from deltagare.forms.delar import DeltagandeForm
from sus.core.falt import RenTextField
from sus.core.layout import Avsnitt

BEKRAFTELSE = "ta bort"
GODKANN, AVSLA = "godkann", "avsla"


class FelregistreraForm(DeltagandeForm):
    bekraftelse = RenTextField(
        label=f"Skriv ”{BEKRAFTELSE}” för att bekräfta",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-bredd": "s"}),
        error_messages={"required": f"Skriv ”{BEKRAFTELSE}” för att bekräfta."},
    )

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def clean_bekraftelse(self) -> str:
        text = " ".join(self.cleaned_data["bekraftelse"].split())
        if text.casefold() != BEKRAFTELSE:
            raise forms.ValidationError(f"Skriv orden ”{BEKRAFTELSE}”, inget annat.")
        return text

    def avsnitten(self) -> list:
        return [Avsnitt("Bekräfta", "bekraftelse", css_id="bekrafta")]


class AvgorForm(DeltagandeForm):
    """Who asked can only take the begäran back; the others say yes or no."""

    beslut = forms.ChoiceField(label="Vad ska hända?", widget=forms.RadioSelect, error_messages={"required": "Välj vad som ska hända."})

    def __init__(self, *args, anvandare, begaran, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["beslut"].choices = (
            [(AVSLA, "Dra tillbaka begäran. Uppgifterna är kvar i SUS.")]
            if begaran and begaran.begard_av_id == anvandare.pk
            else [(GODKANN, "Ta bort uppgifterna ur SUS. De kan inte återskapas."), (AVSLA, "Avslå begäran. Uppgifterna är kvar i SUS.")]
        )

    def avsnitten(self) -> list:
        return [Avsnitt("Beslut", "beslut", css_id="beslut")]
