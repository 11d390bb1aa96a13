"""News from Försäkringskassan to the users."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import ListView
from django.views.generic.detail import SingleObjectMixin, View

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from sus.core.smulor import STARTSIDA
from sus.start.hjalp.actions import markera_last
from sus.start.models import Hjalptext


class Nyheter(TillatnaMixin, ListView):
    rattighet = Rattighet.HJALP_LASA
    model = Hjalptext
    template_name = "start/nyheter.html"
    paginate_by = 20
    page_kwarg = "sida"

    def get_queryset(self):
        return super().get_queryset().nyheter()

    def get_context_data(self, **kwargs):
        olasta = set(self.get_queryset().olasta_av(self.request.user).values_list("pk", flat=True))
        return super().get_context_data(olasta=olasta, smulor=[STARTSIDA, ("Nyheter", None)], **kwargs)


class MarkeraLast(TillatnaMixin, SingleObjectMixin, View):
    """POST: the start page stops showing it. Back to where one was."""

    rattighet = Rattighet.HJALP_LASA
    http_method_names = ["post"]
    model = Hjalptext

    def get_queryset(self):
        return super().get_queryset().nyheter()

    def post(self, request, pk):
        markera_last(nyhet=self.get_object(), by=request.user)
        return HttpResponseRedirect(reverse("start:start" if "startsida" in request.POST else "start:nyheter"))
