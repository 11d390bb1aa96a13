"""The pages of the second factor: allauth's, at our addresses, with a row in the log for every change."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.views.generic import View

from behorigheter.andra_faktor import FAKTORER, SISTA, borttagen, tillagd
from behorigheter.behallet import ANDRA_FAKTOR_SAKNAS
from behorigheter.bekrafta import har_losenord
from sus.core.smulor import STARTSIDA


def smulor(*fler):
    return [STARTSIDA, ("Mitt konto", reverse("konto")), *fler]


def under_andra_faktor(rubrik):
    return smulor(("Andra faktor", reverse("mfa_index")), (rubrik, None))


class AndraFaktor(IndexView):
    """What the account has, and what it may add."""

    def get_context_data(self, **kwargs):
        faktorer = list(self.request.user.authenticator_set.order_by("created_at"))
        reserv = next((rad for rad in faktorer if rad.type == Authenticator.Type.RECOVERY_CODES), None)
        context = {
            "lokalt": har_losenord(self.request.user),
            "saknas": ANDRA_FAKTOR_SAKNAS in self.request.session,
            "app": next((rad for rad in faktorer if rad.type == Authenticator.Type.TOTP), None),
            "nycklar": [rad for rad in faktorer if rad.type == Authenticator.Type.WEBAUTHN],
            "har_faktor": any(rad.type in FAKTORER for rad in faktorer),
            "antal_reservkoder": len(reserv.wrap().get_unused_codes()) if reserv else 0,
            "smulor": smulor(("Andra faktor", None)),
        }
        return super().get_context_data(**context | kwargs)


class Kod(AuthenticateView):
    """The second step of the login: by what the account has."""

    def get_context_data(self, **kwargs):
        slag = set(self.stage.login.user.authenticator_set.values_list("type", flat=True))
        har = {"har_app": Authenticator.Type.TOTP in slag, "har_nyckel": Authenticator.Type.WEBAUTHN in slag}
        return super().get_context_data(**kwargs) | har


class AppLaggTill(ActivateTOTPView):
    def form_valid(self, form):
        svar = super().form_valid(form)
        tillagd(self.request, Authenticator.Type.TOTP)
        messages.success(self.request, "Appen är tillagd.")
        return svar

    def get_context_data(self, **kwargs):
        context = super().get_context_data(smulor=under_andra_faktor("Lägg till en app"), **kwargs)
        hemlighet = context["form"].secret
        return context | {"hemlighet": " ".join(hemlighet[i : i + 4] for i in range(0, len(hemlighet), 4))}


class AppBild(View):
    """The QR code of the secret that waits to be added; a picture of its own, since pages hold no data: images."""

    http_method_names = ["get"]

    def get(self, request):
        hemlighet = request.session.get(SECRET_SESSION_KEY)
        if not hemlighet:
            raise Http404
        adapter = get_adapter()
        return HttpResponse(adapter.build_totp_svg(adapter.build_totp_url(request.user, hemlighet)), content_type="image/svg+xml")


class AppTaBort(DeactivateTOTPView):
    def form_valid(self, form):
        svar = super().form_valid(form)
        borttagen(self.request, Authenticator.Type.TOTP)
        return svar

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=under_andra_faktor("Ta bort appen"), **kwargs)


class NyckelLaggTill(AddWebAuthnView):
    def form_valid(self, form):
        svar = super().form_valid(form)
        tillagd(self.request, Authenticator.Type.WEBAUTHN)
        return svar

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"smulor": under_andra_faktor("Lägg till en säkerhetsnyckel")}


class NyckelTaBort(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, SISTA)
            return HttpResponseRedirect(self.get_success_url())
        svar = super().form_valid(form)
        borttagen(self.request, Authenticator.Type.WEBAUTHN)
        return svar

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=under_andra_faktor("Ta bort säkerhetsnyckeln"), **kwargs)


class Reservkoder(ViewRecoveryCodesView):
    """Shown once."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=under_andra_faktor("Reservkoder"), **kwargs)


class ReservkoderNya(GenerateRecoveryCodesView):
    def form_valid(self, form):
        svar = super().form_valid(form)
        tillagd(self.request, Authenticator.Type.RECOVERY_CODES)
        return svar

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=under_andra_faktor("Nya reservkoder"), **kwargs)
