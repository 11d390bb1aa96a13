"""The event log: everybody's own activity, and the employer's for who reviews it."""

from django.views.generic import ListView

from behorigheter.actions.logg import granska
from behorigheter.forms.logg import GranskaForm, LoggForm
from behorigheter.handelser_i_ord import i_ord
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Handelse
from behorigheter.roller import Rattighet
from sus.core.adress import heltal
from sus.core.smulor import STARTSIDA


class LoggEgen(ListView):
    """Open to everybody who is logged in, also without a behörighet: one's own events and nobody else's."""

    model = Handelse
    template_name = "behorigheter/logg_egen.html"
    paginate_by = 50
    page_kwarg = "sida"

    def get_queryset(self):
        self.form = LoggForm(self.request.GET)
        return self.form.filtrera(super().get_queryset().egna(self.request.user)).order_by("-tid", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "formular": self.form,
            "rader": i_ord(context["page_obj"].object_list),
            "smulor": [STARTSIDA, ("Min aktivitet", None)],
        }


class LoggGranska(TillatnaMixin, ListView):
    """The search is sent with POST, so that a personnummer never stands in an address. Each look is logged before it is answered."""

    rattighet = Rattighet.LOGG_GRANSKA
    model = Handelse
    template_name = "behorigheter/logg_granska.html"
    paginate_by = 50

    def post(self, request, *args, **kwargs):
        self.kwargs["page"] = heltal(request.POST.get("sida", ""), 7) or 1
        return self.get(request, *args, **kwargs)

    def get_queryset(self):
        self.form = GranskaForm(self.request.POST) if self.request.method == "POST" else GranskaForm()
        if not self.form.is_valid():
            return super().get_queryset().none()
        val = self.form.cleaned_data
        handelser = granska(
            handelser=self.form.filtrera(super().get_queryset()),
            namn=val["anvandare"],
            personnummer=val["personnummer"],
            by=self.request.user,
            **self.form.kriterier(),
            sida=self.kwargs["page"],
        )
        return handelser.order_by("-tid", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "formular": self.form,
            "har_sokt": self.form.is_bound and self.form.is_valid(),
            "rader": i_ord(context["page_obj"].object_list),
            "smulor": [STARTSIDA, ("Granska logg", None)],
        }
