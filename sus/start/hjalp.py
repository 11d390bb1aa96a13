"""Help and the accessibility statement: open to everybody, since the footer of every page leads to them."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from behorigheter.models.uppdrag import stod_for
from sus.core.smulor import STARTSIDA


@method_decorator(login_not_required, name="dispatch")
class Hjalpsida(TemplateView):
    template_name = "start/hjalp.html"
    extra_context = {"smulor": [STARTSIDA, ("Hjälp", None)]}

    def get_context_data(self, **kwargs):
        anvandare = self.request.user
        return super().get_context_data(stod=stod_for(anvandare) if anvandare.is_authenticated else None, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Tillganglighet(TemplateView):
    template_name = "start/tillganglighet.html"
    extra_context = {"smulor": [STARTSIDA, ("Tillgänglighetsredogörelse", None)]}
