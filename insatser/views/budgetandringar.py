"""What the amounts of an insatsbudget were before they were changed."""

from django.views.generic import DetailView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.models import Insats
from insatser.sidor import smulor, undermeny
from organisations.views.budgetandringar import AndringarMixin


class InsatsBudgetandringar(TillatnaMixin, AndringarMixin, DetailView):
    rattighet = Rattighet.INSATS_SE
    model = Insats
    budgetsida = "insatser:budget"

    @property
    def budgetar(self):
        return self.object.insatsar

    def get_context_data(self, **kwargs):
        insats = self.object
        kan_andra = insats.ar_tillaten_for(self.request.user, Rattighet.INSATS_ANDRA)
        return super().get_context_data(
            undermeny=undermeny(insats, "budget") if kan_andra else [],
            smulor=smulor(insats, f"Ändringar av budgeten för {self.ar}"),
            titelplats=insats,
            **kwargs,
        )
