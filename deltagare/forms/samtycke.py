"""The samtycke of forms 9443: its fields, and the form by which it is corrected."""

from django import forms

from deltagare.forms.delar import DeltagandeForm
from deltagare.models import Samtycke, Samtyckestext
from deltagare.regler import granska_samtycke
from deltagare.uppgifter import Samtyckesuppgifter
from sus.core.falt import DatumField
from sus.core.layout import Avsnitt


class Samtyckesdel(DeltagandeForm):
    samtycke_datum = DatumField(label="Datum för underskriften")
    samtycke_sprak = forms.ChoiceField(
        label="Språk som informationen lästes på",
        choices=Samtycke.Sprak.choices,
        initial=Samtycke.Sprak.SVENSKA,
        widget=forms.Select(attrs={"data-bredd": "m"}),
    )
    samtycke_original = DatumField(
        label="Originalet skickat till Försäkringskassan", help_text="ÅÅÅÅ-MM-DD. Kan fyllas i senare.", required=False
    )
    vardnadshavare = forms.BooleanField(label="Vårdnadshavare har också skrivit under", required=False)

    def granska_samtycket(self) -> None:
        """The dates of the samtycke, and that there was a form 9443 to sign that day."""
        if self.cleaned_data.get("samtycke_datum"):
            uppgifter = self.samtyckesuppgifter()
            self.prova(granska_samtycke, uppgifter, Samtyckestext.objects.giltig(uppgifter.datum))

    def samtyckesuppgifter(self) -> Samtyckesuppgifter:
        data = self.cleaned_data
        return Samtyckesuppgifter(
            datum=data["samtycke_datum"],
            sprak=data.get("samtycke_sprak", ""),
            vardnadshavare=bool(data.get("vardnadshavare")),
            original_skickat=data.get("samtycke_original"),
        )


class SamtyckeForm(Samtyckesdel):
    """Correct a samtycke, or note that the original has been sent."""

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def avsnitten(self) -> list:
        falt = ("samtycke_datum", "samtycke_sprak", "samtycke_original", "vardnadshavare")
        return [Avsnitt("Samtycke, blankett 9443", *falt, css_id="samtycke")]

    def clean(self):
        super().clean()
        self.granska_samtycket()
        return self.cleaned_data
