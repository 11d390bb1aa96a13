"""Choosing the insats in which one works with deltagare."""

from django.views.generic import ListView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.models import Insats


class ValjInsats(TillatnaMixin, ListView):
    rattighet = Rattighet.DELTAGARE_ANDRA
    model = Insats
    template_name = "deltagare/valj_insats.html"
    rubrik = "Registrera deltagare"

    def get_queryset(self):
        return super().get_queryset().med_personuppgifter().select_related("samverkansorganisation")

    def get_context_data(self, **kwargs):
        return super().get_context_data(rubrik=self.rubrik, smulor=[("Startsida", "/"), (self.rubrik, None)], **kwargs)
