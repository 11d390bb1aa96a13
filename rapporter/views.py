"""The list of reports, and one view for every report."""

from django.http import Http404
from django.views.generic import TemplateView

from behorigheter.mixins import RattighetMixin
from behorigheter.roller import Rattighet
from rapporter.register import RAPPORTER


class RapportList(RattighetMixin, TemplateView):
    rattighet = Rattighet.RAPPORT_SE
    template_name = "rapporter/rapport_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(rapporter=list(RAPPORTER.values()), smulor=[("Startsida", "/"), ("Rapporter", None)], **kwargs)


class RapportView(RattighetMixin, TemplateView):
    rattighet = Rattighet.RAPPORT_SE
    template_name = "rapporter/rapport.html"

    def get_context_data(self, **kwargs):
        if self.kwargs["nyckel"] not in RAPPORTER:
            raise Http404
        return super().get_context_data(rapport=RAPPORTER[self.kwargs["nyckel"]], **kwargs)
