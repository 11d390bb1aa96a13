"""The accessibility statement: open to everybody, since the footer of every page leads to it."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from sus.core.smulor import STARTSIDA
from sus.start.kriterium import Lage, resultat
from sus.start.wcag import KRITERIER, PRINCIPER, SENAST_PROVAT


@method_decorator(login_not_required, name="dispatch")
class Tillganglighet(TemplateView):
    template_name = "start/tillganglighet.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            smulor=[STARTSIDA, ("Tillgänglighetsredogörelse", None)],
            resultat=resultat(KRITERIER),
            brister=[ett for ett in KRITERIER if ett.lage is Lage.BRIST],
            principer=PRINCIPER.items(),
            senast=SENAST_PROVAT,
            inloggad=self.request.user.is_authenticated,
            **kwargs,
        )
