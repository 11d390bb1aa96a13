"""Deltagaransvariga."""

from django.urls import reverse

from behorigheter.forms import varning_om_medlem
from behorigheter.models.uppdrag import HAMTNINGAR_PER_TIMME
from behorigheter.roller import Rattighet, Roll
from behorigheter.valj import UppdragAndra, UppdragAvsluta, UppdragGe
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
        uppdrag = self.object.uppdrag.with_vilar().i_namnordning()
        meny = undermeny(self.object, "uppdrag_ge")
        return super().get_context_data(
            insats=self.object, uppdrag=uppdrag, hamtningar_per_timme=HAMTNINGAR_PER_TIMME, undermeny=meny, titelplats=self.object, **kwargs
        )


class Insatsuppdrag:
    """Mixin of the pages about one uppdrag in an insats. A subclass says where it stands, last in the breadcrumbs."""

    smula = ""

    def get_tillbaka(self):
        return reverse("insatser:uppdrag_ge", args=[self.object.insats_id])

    def get_smulor(self):
        *fore, sist = smulor(self.object.insats, "Deltagaransvariga", self.smula)
        return [*fore[:-1], ("Deltagaransvariga", self.get_tillbaka()), sist]

    def get_context_data(self, **kwargs):
        return super().get_context_data(undermeny=undermeny(self.object.insats, "uppdrag_ge"), **kwargs)


class InsatsUppdragAndra(Insatsuppdrag, UppdragAndra):
    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA
    smula = "Hämtningar per timme"


class InsatsUppdragAvsluta(Insatsuppdrag, UppdragAvsluta):
    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA
    smula = "Avsluta uppdraget"
