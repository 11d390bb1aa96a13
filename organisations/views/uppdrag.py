"""Who works in the samverkansorganisation: its samverkansadministratörer, insatsansvariga and SUS-stödjare"""

from django.http import Http404
from django.urls import reverse
from django.views.generic import DetailView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet, Roll
from behorigheter.valj import UppdragAvsluta, UppdragGe
from organisations.models import Samverkansorganisation
from organisations.views.samverkansorganisation import SidaMixin

ROLLER = {
    Roll.SAMVERKANSADMINISTRATOR: "Samverkansadministratörer",
    Roll.INSATSANSVARIG: "Insatsansvariga",
    Roll.SUS_STOD: "SUS-stödjare",
}


class UppdragVisa(TillatnaMixin, SidaMixin, DetailView):
    rattighet = Rattighet.UPPDRAG_SE
    model = Samverkansorganisation
    template_name = "organisations/uppdrag.html"
    menyval = "uppdrag"

    def get_rubrik(self):
        return "Uppdrag"

    def get_context_data(self, **kwargs):
        alla = self.object.uppdrag.inte_avslutade().with_vilar().i_namnordning()
        grupper = [
            {"roll": roll, "rubrik": rubrik, "rader": alla.filter(roll=roll), "text": f"Ge uppdrag som {roll.label}"}
            for roll, rubrik in ROLLER.items()
        ]
        return super().get_context_data(
            grupper=grupper,
            kan_ge=self.kan_ge(),
            kan_andra=self.object.ar_tillaten_for(self.request.user, Rattighet.UPPDRAG_SAMVERKAN_ANDRA),
            smulor=self.get_smulor(),
            **kwargs,
        )

    def kan_ge(self):
        """After the end only Försäkringskassan gives new uppdrag there."""
        kraver = Rattighet.SAMVERKANSORGANISATION_SKAPA if self.object.ar_avslutad else Rattighet.UPPDRAG_SAMVERKAN_ANDRA
        return self.object.ar_tillaten_for(self.request.user, kraver)


class SamverkansuppdragGe(SidaMixin, UppdragGe):
    rattighet = Rattighet.UPPDRAG_SAMVERKAN_ANDRA
    model = Samverkansorganisation
    menyval = "uppdrag"

    def get_roll(self):
        if self.kwargs["roll"] not in ROLLER:
            raise Http404
        return Roll(self.kwargs["roll"])

    def get_rubrik(self):
        return f"Ge uppdrag som {self.get_roll().label}"

    def get_tillbaka(self):
        return reverse("organisations:uppdrag", args=[self.object.pk])


class SamverkansuppdragAvsluta(SidaMixin, UppdragAvsluta):
    rattighet = Rattighet.UPPDRAG_SAMVERKAN_ANDRA
    menyval = "uppdrag"

    def get_samverkansorganisation(self):
        return self.object.samverkansorganisation

    def get_tillbaka(self):
        return reverse("organisations:uppdrag", args=[self.object.samverkansorganisation_id])
