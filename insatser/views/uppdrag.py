"""Deltagaransvariga."""

from django.urls import reverse

from behorigheter.forms import varning_om_medlem
from behorigheter.roller import Rattighet, Roll
from behorigheter.valj import UppdragAvsluta, UppdragGe
from insatser.actions import krav_pa_personuppgifter
from insatser.models import Insats
from insatser.sidor import smulor, undermeny


class InsatsUppdragGe(UppdragGe):
    """The deltagaransvariga of an insats, and Välj användare below them."""

    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA
    model = Insats
    rubrik = "Deltagaransvariga"
    template_name = "insatser/insats_deltagaransvariga.html"

    def varningar(self, form):
        return varning_om_medlem(form.cleaned_data["anvandare"], self.object.samverkansorganisation)

    def utfor(self, form):
        krav_pa_personuppgifter(self.object)
        return super().utfor(form)

    def get_roll(self):
        return Roll.DELTAGARANSVARIG

    def get_tillbaka(self):
        return reverse("insatser:uppdrag_ge", args=[self.object.pk])

    def get_smulor(self):
        return smulor(self.object, self.rubrik)

    def get_context_data(self, **kwargs):
        uppdrag = self.object.uppdrag.with_vilar().select_related("anvandare__arbetsgivare").order_by("-fran", "-pk")
        meny = undermeny(self.object, "uppdrag_ge")
        return super().get_context_data(insats=self.object, uppdrag=uppdrag, undermeny=meny, **kwargs)


class InsatsUppdragAvsluta(UppdragAvsluta):
    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA

    def get_tillbaka(self):
        return reverse("insatser:uppdrag_ge", args=[self.object.insats_id])

    def get_smulor(self):
        *fore, sist = smulor(self.object.insats, "Deltagaransvariga", "Avsluta uppdraget")
        return [*fore[:-1], ("Deltagaransvariga", self.get_tillbaka()), sist]

    def get_context_data(self, **kwargs):
        return super().get_context_data(undermeny=undermeny(self.object.insats, "uppdrag_ge"), **kwargs)
