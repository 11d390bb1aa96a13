"""Mitt konto: one's own logins, and staying logged in. Open to everybody who has logged in, and only about oneself."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from behorigheter.actions.inloggningar import avsluta_inloggningar
from behorigheter.bekrafta import har_losenord
from behorigheter.sessioner import i_ord, levande
from sus.core.smulor import STARTSIDA


@dataclass(frozen=True)
class Inloggningsrad:
    nyckel: str
    webblasare: str
    ip: str | None
    skapad: datetime
    senast: datetime
    ar_denna: bool


class Konto(TemplateView):
    template_name = "behorigheter/konto.html"

    def get_context_data(self, **kwargs):
        lokalt = har_losenord(self.request.user)
        return super().get_context_data(lokalt=lokalt, smulor=[STARTSIDA, ("Mitt konto", None)], **kwargs)


class Inloggningar(TemplateView):
    template_name = "behorigheter/inloggningar.html"

    def get_context_data(self, **kwargs):
        denna = self.request.session.fingeravtryck
        rader = [
            Inloggningsrad(rad.pk, i_ord(rad.webblasare), rad.ip, rad.skapad, rad.senast, rad.pk == denna)
            for rad in self.request.user.sessioner.filter(levande()).order_by("-senast")
        ]
        rader.sort(key=lambda rad: not rad.ar_denna)
        smulor = [STARTSIDA, ("Mitt konto", reverse("konto")), ("Mina inloggningar", None)]
        return super().get_context_data(rader=rader, har_andra=len(rader) > 1, smulor=smulor, **kwargs)


class InloggningarAvslutaAndra(View):
    """POST: every login but this one."""

    http_method_names = ["post"]

    def post(self, request):
        antal = avsluta_inloggningar(anvandare=request.user, inloggningar=self.valda(), by=request.user)
        if antal:
            messages.success(request, "Inloggningen är avslutad." if antal == 1 else f"{antal} inloggningar är avslutade.")
        else:
            messages.info(request, "Inloggningen är redan avslutad.")
        return HttpResponseRedirect(reverse("konto_inloggningar"))

    def valda(self):
        return self.request.user.sessioner.exclude(pk=self.request.session.fingeravtryck)


class InloggningAvsluta(InloggningarAvslutaAndra):
    """POST: one other login."""

    def valda(self):
        return super().valda().filter(pk=self.request.POST.get("inloggning", ""))


@method_decorator(login_not_required, name="dispatch")
class Fortsatt(View):
    """How many seconds the login has left. To ask is to go on using it, so it is asked only when the user says so."""

    http_method_names = ["get"]

    def get(self, request):
        return JsonResponse({"kvar": request.session.kvar if request.user.is_authenticated else 0})


class Klart(TemplateView):
    """Where a login in a tab of its own ends, while what was typed waits in the first one."""

    template_name = "behorigheter/klart.html"
