"""The register of help texts, which Försäkringskassan writes. A text is hidden and never removed, and every version of it stays."""

from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from sus.core.formatering import datum
from sus.core.smulor import STARTSIDA
from sus.start.hjalp.actions import andra_hjalptext, skriv_hjalptext
from sus.start.hjalp.forms import HjalptextForm
from sus.start.models import Hjalptext

LISTA = ("Hjälptexter", "register:hjalptexter")


class HjalptextList(TillatnaMixin, ListView):
    rattighet = Rattighet.HJALP_ANDRA
    model = Hjalptext

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=[STARTSIDA, (LISTA[0], None)], slag=Hjalptext.Slag, **kwargs)


class HjalptextDetail(TillatnaMixin, DetailView):
    """The text, and each utgåva with who saved it."""

    rattighet = Rattighet.HJALP_ANDRA
    model = Hjalptext

    def get_context_data(self, **kwargs):
        rad = self.object
        uppgifter = [
            ("Slag", rad.get_slag_display()),
            ("Läge", rad.lage),
            ("Visas från och med", datum(rad.dag)),
            ("För", rad.for_vem),
            ("Ordning", rad.ordning),
        ]
        smulor = [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(rad), None)]
        return super().get_context_data(uppgifter=uppgifter, utgavor=rad.utgavor.select_related("sparad_av"), smulor=smulor, **kwargs)


class HjalptextCreate(Formularvy):
    rattighet = Rattighet.HJALP_ANDRA
    model = Hjalptext
    form_class = HjalptextForm
    rubrik = "Skriv hjälptext"
    ingress = "Texten visas för alla som använder SUS, på sidan Hjälp eller bland nyheterna."
    meddelande = "Hjälptexten är sparad."

    def utfor(self, form):
        return skriv_hjalptext(slag=form.cleaned_data["slag"], innehall=form.innehall(), by=self.request.user)

    def get_avbryt_url(self):
        return reverse(LISTA[1])

    def get_smulor(self):
        return [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (self.rubrik, None)]


class HjalptextUpdate(Formularvy):
    rattighet = Rattighet.HJALP_ANDRA
    model = Hjalptext
    form_class = HjalptextForm
    rubrik = "Ändra hjälptext"
    ingress = "Den som står nu sparas som en tidigare utgåva."
    meddelande = "Hjälptexten är sparad."

    def utfor(self, form):
        return andra_hjalptext(hjalptext=self.object, innehall=form.innehall(), by=self.request.user)

    def get_smulor(self):
        return [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(self.object), self.object.get_absolute_url()), (self.rubrik, None)]
