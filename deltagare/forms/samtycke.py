"""The samtycke of form 9443: its fields, and the form by which it is corrected."""

from datetime import date

from django import forms
from django.utils import timezone

from deltagare.forms.delar import DeltagandeForm
from deltagare.models import Samtycke, Samtyckestext
from deltagare.regler import SJALV_OM_SAMTYCKE, V18, VUXEN, granska_samtycke
from deltagare.uppgifter import Samtyckesuppgifter
from sus.core.falt import DatumField
from sus.core.layout import Avsnitt


class Samtyckesdel(DeltagandeForm):
    samtycke_datum = DatumField(label="Datum för underskriften")
    samtycke_sprak = forms.ChoiceField(
        label="Språk som informationen lästes på",
        help_text="Det är alltid den svenska blanketten som skrivs under.",
        choices=Samtycke.Sprak.choices,
        initial=Samtycke.Sprak.SVENSKA,
        widget=forms.Select(attrs={"data-bredd": "m"}),
    )
    samtycke_original = DatumField(
        label="Originalet skickat till Försäkringskassan", help_text="ÅÅÅÅ-MM-DD. Kan fyllas i senare.", required=False
    )
    vardnadshavare = forms.BooleanField(
        label="Vårdnadshavare har också skrivit under", help_text="Behövs när deltagaren är under 15 år.", required=False
    )

    @property
    def registreringsdag(self) -> date:
        """The samtycke is signed by then at the latest."""
        return timezone.localdate()

    def granska_samtycket(self) -> None:
        """The dates of the samtycke, and that there was a form 9443 to sign that day."""
        if self.cleaned_data.get("samtycke_datum"):
            uppgifter = self.samtyckesuppgifter()
            self.prova(granska_samtycke, uppgifter, Samtyckestext.objects.giltig(uppgifter.datum), self.registreringsdag)

    def granska_vardnadshavare(self, alder: int | None) -> None:
        """V18."""
        if alder is not None and alder < SJALV_OM_SAMTYCKE and not self.cleaned_data.get("vardnadshavare"):
            self.add_error("vardnadshavare", f"{V18} Kryssa för att vårdnadshavare har skrivit under.")

    def samtyckesuppgifter(self) -> Samtyckesuppgifter:
        data = self.cleaned_data
        return Samtyckesuppgifter(
            datum=data["samtycke_datum"],
            sprak=data.get("samtycke_sprak", ""),
            vardnadshavare=bool(data.get("vardnadshavare")),
            original_skickat=data.get("samtycke_original"),
            original_mottaget=data.get("samtycke_mottaget"),
        )


class SamtyckeForm(Samtyckesdel):
    """Correct a samtycke, or note that the original has been sent or has come."""

    samtycke_mottaget = DatumField(
        label="Originalet mottaget av Försäkringskassan",
        help_text="ÅÅÅÅ-MM-DD. Fyll i om Försäkringskassan har meddelat att det har kommit.",
        required=False,
    )

    def __init__(self, *args, anvandare, deltagande, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltagande = deltagande
        if deltagande.alder_vid_start >= VUXEN and not deltagande.samtycke.vardnadshavare:
            del self.fields["vardnadshavare"]

    @property
    def registreringsdag(self) -> date:
        return timezone.localdate(self.deltagande.inregistrerad)

    def avsnitten(self) -> list:
        underskrift = [namn for namn in ("samtycke_datum", "samtycke_sprak", "vardnadshavare") if namn in self.fields]
        return [
            Avsnitt("Samtycke, blankett 9443", *underskrift, css_id="samtycke"),
            Avsnitt("Originalet", "samtycke_original", "samtycke_mottaget", css_id="originalet"),
        ]

    def clean(self):
        super().clean()
        self.granska_samtycket()
        self.granska_vardnadshavare(self.deltagande.alder_vid_start)
        return self.cleaned_data
