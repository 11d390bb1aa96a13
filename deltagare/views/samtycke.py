"""The samtycke of a deltagande: corrected, and printed for the deltagare."""

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare.actions.samtycke import andra_samtycke
from deltagare.forms.samtycke import SamtyckeForm
from deltagare.identitet import Andamal
from deltagare.utskrift import samtyckeskvitto
from deltagare.views.deltagande import PERSONSIDA, Deltagandeformular, Deltagandevy
from sus.core.pdf import pdfsvar


@method_decorator(PERSONSIDA, name="dispatch")
class Samtycke(Deltagandeformular):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = SamtyckeForm
    blankett = "9443"
    rubrik = "Samtycke"
    ingress = "Rätta uppgifterna om samtycket, eller skriv när originalet skickades till Försäkringskassan och kom fram."
    meddelande = "Uppgifterna om samtycket har sparats."

    def get_queryset(self):
        return super().get_queryset().filter(samtycke__isnull=False)

    def get_blankett_url(self):
        return reverse("start:blankett", args=[self.blankett])

    def utfor(self, form):
        return andra_samtycke(deltagande=self.object, uppgifter=form.samtyckesuppgifter(), by=self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"deltagande": self.object}

    def get_initial(self):
        samtycke = self.object.samtycke
        return {
            "samtycke_datum": samtycke.datum,
            "samtycke_sprak": samtycke.sprak,
            "samtycke_original": samtycke.original_skickat,
            "samtycke_mottaget": samtycke.original_mottaget,
            "vardnadshavare": samtycke.vardnadshavare,
        }


@method_decorator(PERSONSIDA, name="dispatch")
class Samtyckeskvitto(Deltagandevy, TillatnaMixin, DetailView):
    """The deltagare's own copy, as a PDF; the name of the file tells nothing."""

    rattighet = Rattighet.DELTAGARE_SE
    andamal = Andamal.KVITTO

    def get_queryset(self):
        return super().get_queryset().filter(samtycke__isnull=False)

    def render_to_response(self, context, **kwargs):
        return pdfsvar(samtyckeskvitto(self.object, self.identitet, self.request.user), "kvitto-samtycke")
