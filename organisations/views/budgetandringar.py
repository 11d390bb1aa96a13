"""What the amounts of a budget were before they were changed: who, when, from what, to what and why."""

from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from organisations.forms.budgetandringar import AndringarForm
from organisations.models import Samverkansorganisation
from organisations.views.samverkansorganisation import SidaMixin
from sus.core.adress import valt_ar

ANDRINGAR_PER_SIDA = 50


class AndringarMixin:
    """A page of one year's changes: ?ar=, ?rad= for one row's amounts only, ?sida=.

    Subclasses say `budgetar`, the object's years, each with its `andringar`, and `budgetsida`, the address name of the budget.
    """

    template_name = "organisations/budgetandringar.html"

    @cached_property
    def ar(self):
        """The year of the address, else this year."""
        return valt_ar(self.request.GET) or timezone.localdate().year

    @cached_property
    def andringar(self):
        budgetar = self.budgetar.filter(ar=self.ar).first()
        return budgetar.andringar.select_related("av") if budgetar else None

    def budgetadress(self):
        return f"{reverse(self.budgetsida, args=[self.object.pk])}?ar={self.ar}"

    def get_rubrik(self):
        return f"Ändringar av budgeten för {self.ar}"

    def get_context_data(self, **kwargs):
        andringar = self.andringar if self.andringar is not None else []
        rader = list(andringar.order_by("rad").values_list("rad", flat=True).distinct()) if andringar else []
        rad = self.request.GET.get("rad", "")
        if rad in rader:
            andringar = andringar.filter(rad=rad)
        arval = sorted({self.ar, *self.budgetar.values_list("ar", flat=True)}, reverse=True)
        standard = {
            "formular": AndringarForm({"ar": self.ar, "rad": rad if rad in rader else ""}, arval=arval, rader=rader),
            "sida": Paginator(andringar, ANDRINGAR_PER_SIDA).get_page(self.request.GET.get("sida")),
            "urval": self.request.GET,
            "ar": self.ar,
            "rubrik": self.get_rubrik(),
            "ingress": f"{self.object}. Belopp i hela kronor.",
            "budgetadress": self.budgetadress(),
        }
        return super().get_context_data(**standard | kwargs)


class Budgetandringar(TillatnaMixin, SidaMixin, AndringarMixin, DetailView):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation
    menyval = "budget"
    budgetsida = "organisations:budget"

    @property
    def budgetar(self):
        return self.object.budgetar

    def get_smulor(self):
        return [*super().get_smulor()[:-1], (f"Budget {self.ar}", self.budgetadress()), ("Ändringar", None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=self.get_smulor(), **kwargs)
