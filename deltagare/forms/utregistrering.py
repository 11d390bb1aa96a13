"""Utregistrering: form 9449."""

from django import forms

from deltagare.forms.delar import NY, Utregistreringsdel
from deltagare.forms.fragor import Fragedel
from deltagare.forms.situation import EFTER
from deltagare.fragor import sparade_svar
from deltagare.models import Deltagande, Mattillfalle
from deltagare.uppgifter import Situation


class UtForm(Utregistreringsdel):
    """Ends an ongoing deltagande; another avslutningsdatum in Måttillfälle leads to its rättning."""

    mattillfalle = forms.ChoiceField(
        label="Måttillfälle",
        help_text="Ändra bara om du ska rätta en tidigare utregistrering.",
        choices=[(NY, "Nyutregistrering")],
        initial=NY,
        widget=forms.Select(attrs={"data-bredd": "m", "data-frivillig": "nej"}),
        required=False,
    )
    field_order = ["mattillfalle", "slutdatum", "avslutningsanledning"]

    def __init__(self, *args, anvandare, deltagande, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltagande = deltagande
        self.fields["slutdatum"].help_text = f"ÅÅÅÅ-MM-DD, tidigast {deltagande.startdatum}"
        tidigare = Deltagande.objects.filter(insats_id=deltagande.insats_id, person_id=deltagande.person_id).avslutade()
        val = [(str(annat.pk), f"Avslutningsdatum {annat.slutdatum}") for annat in tidigare.exclude(pk=deltagande.pk)]
        self.fields["mattillfalle"].choices = [(NY, "Nyutregistrering"), *val]
        self.initial = utregistrering_initial(deltagande) | self.initial
        svar = sparade_svar(deltagande)[Mattillfalle.Typ.UT]
        self.fragor_efter = Fragedel(self, "efter", insats=deltagande.insats, dagfalt="slutdatum", sparade=svar)
        self.initial = self.fragor_efter.initial() | self.initial

    def clean(self):
        super().clean()
        self.granska_utregistrering(self.deltagande.insats, self.deltagande.startdatum)
        return self.cleaned_data

    @property
    def tidigare(self) -> str | None:
        vald = self.cleaned_data.get("mattillfalle")
        return vald if vald and vald != NY else None

    def varningar(self) -> list[tuple[str, str]]:
        return self.anledningsvarningar()

    def avsnitten(self) -> list:
        return self.avslutsavsnitt("mattillfalle")


class AvslutForm(Utregistreringsdel):
    """The end of a deltagande that a file tells of; `startdatum` is None when it is missing."""

    def __init__(self, *args, insats, startdatum, **kwargs):
        super().__init__(*args, **kwargs)
        self.insats = insats
        self.startdatum = startdatum

    def clean(self):
        super().clean()
        self.granska_utregistrering(self.insats, self.startdatum)
        return self.cleaned_data


def utregistrering_initial(deltagande) -> dict:
    matning = Mattillfalle.objects.filter(deltagande=deltagande, typ=Mattillfalle.Typ.UT).first()
    return {
        "slutdatum": deltagande.slutdatum,
        "avslutningsanledning": deltagande.avslutningsanledning,
        **EFTER.initial(Situation.av(matning) if matning else None),
    }
