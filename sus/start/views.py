"""The start page, the login page, and the demo's step-in page."""

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from behorigheter import oidc
from behorigheter.roller import Rattighet
from sus.start.att_gora import uppgifter
from sus.start.demo.anvandare import demokonton, som_finns
from sus.start.demo.vandringar import som_kan_provas, vandring
from sus.start.hjalp.sok import olasta_nyheter
from sus.start.meny import verb
from sus.start.mina import mina_insatser, mina_samverkansorganisationer, nyckeltalsar
from sus.start.resultat import mina_resultat


class Start(TemplateView):
    """Open to everybody who has any valid behörighet; what it shows follows from the roles."""

    template_name = "start/start.html"

    def get(self, request, *args, **kwargs):
        if not request.user.gallande_roller:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        idag = timezone.localdate()
        anvandare = self.request.user
        olasta = olasta_nyheter(anvandare)
        standard = {
            "idag": idag,
            "fornamn": anvandare.fornamn,
            "verb": verb(anvandare),
            "nyhet": olasta[0] if olasta else None,
            "olasta_nyheter": len(olasta),
            "uppgifter": uppgifter(anvandare, idag),
            "ar": nyckeltalsar(idag),
            "organisationer": mina_samverkansorganisationer(anvandare, idag),
            "insatser": mina_insatser(anvandare, idag),
            "resultat": mina_resultat(anvandare, nyckeltalsar(idag)),
            "registrerar": anvandare.har_roll_med(Rattighet.DELTAGARE_ANDRA),
            "far_andra_budget": anvandare.har_roll_med(Rattighet.BUDGET_ANDRA),
            "har_losenord": settings.LOKALA_KONTON and anvandare.has_usable_password(),
        }
        return super().get_context_data(**standard | kwargs)


class LoggaIn(LoginView):
    def get_context_data(self, **kwargs):
        val = {
            "demo_ar_pa": settings.DEMO,
            "lokala_konton": settings.LOKALA_KONTON,
            "oidc_namn": settings.OIDC_NAMN if oidc.ar_pa() else "",
        }
        return super().get_context_data(**val | kwargs)

    def post(self, request, *args, **kwargs):
        if not settings.LOKALA_KONTON:
            raise Http404
        return super().post(request, *args, **kwargs)


class LosenordSaknas(TemplateView):
    """Where allauth sends who wants to change a password without having one."""

    template_name = "account/password_set.html"


@method_decorator(login_not_required, name="dispatch")
class Demo(TemplateView):
    """Step in as a made-up user. Does not exist outside the demo."""

    template_name = "start/demo.html"

    def get_context_data(self, **kwargs):
        if not settings.DEMO:
            raise Http404
        demoanvandare = som_finns()
        vandringar = som_kan_provas({person.anvandarnamn for person in demoanvandare})
        return super().get_context_data(demoanvandare=demoanvandare, vandringar=vandringar, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class DemoLoggaIn(View):
    """POST: log in as the made-up user, and nobody else. `vandring`: go on where that walk begins."""

    http_method_names = ["post"]

    def post(self, request, anvandarnamn):
        if not settings.DEMO:
            raise Http404
        anvandare = get_object_or_404(demokonton(), anvandarnamn=anvandarnamn)
        get_adapter().login(request, anvandare)
        vald = vandring(request.POST.get("vandring", ""), anvandare)
        return HttpResponseRedirect(vald.adress if vald else reverse("start:start"))
