"""Bekräfta att det är du: a renewed proof, by what the user has to log in with."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.generic import TemplateView

from behorigheter.bekrafta import har_losenord, nyligen_bekraftad
from behorigheter.forms.andra_faktor import BekraftaKodForm, BekraftaLosenordForm, BekraftaNyckelForm
from behorigheter.logg import logga
from behorigheter.models import Handelse


class Bekrafta(TemplateView):
    """An issuer's user goes to the issuer; a local account gives its password, a code or a security key; in the demo a button is enough."""

    template_name = "behorigheter/bekrafta.html"

    def get(self, request, *args, **kwargs):
        if nyligen_bekraftad(request):
            return HttpResponseRedirect(self.sedan())
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        if self.bara_knapp():
            record_authentication(request, request.user, method="demo", reauthenticated=True)
            return self.bekraftad()
        for namn, form_class in self.formularklasser().items():
            if namn in request.POST:
                return self.prova(namn, form_class(request.POST, user=request.user))
        raise PermissionDenied

    def prova(self, namn, form):
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{namn: form}))
        if namn == "password":
            reauthenticate_by_password(self.request)
        else:
            form.save()
        return self.bekraftad()

    def bekraftad(self):
        self.request.session.pop(STATE_SESSION_KEY, None)
        self.request.session.cycle_key()
        logga(Handelse.Typ.BEKRAFTAD, by=self.request.user)
        return HttpResponseRedirect(self.sedan())

    def sedan(self) -> str:
        adress = self.request.GET.get(REDIRECT_FIELD_NAME, "")
        if url_has_allowed_host_and_scheme(adress, {self.request.get_host()}, require_https=self.request.is_secure()):
            return adress
        return reverse("start:start")

    def bara_knapp(self) -> bool:
        """Made-up users are stepped into: they have nothing to prove it with."""
        anvandare = self.request.user
        return settings.DEMO and not anvandare.amne and not har_losenord(anvandare)

    def formularklasser(self):
        """The proofs that the account has, by the name of their field."""
        slag = set(self.request.user.authenticator_set.values_list("type", flat=True))
        klasser = {}
        if har_losenord(self.request.user):
            klasser["password"] = BekraftaLosenordForm
        if slag & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
            klasser["code"] = BekraftaKodForm
        if Authenticator.Type.WEBAUTHN in slag:
            klasser["credential"] = BekraftaNyckelForm
        return klasser

    def get_context_data(self, **kwargs):
        formular = {namn: kwargs.get(namn) or klass(user=self.request.user) for namn, klass in self.formularklasser().items()}
        sedan = self.sedan()
        context = {
            "bara_knapp": self.bara_knapp(),
            "oidc_adress": f"{reverse('oidc_logga_in')}?{urlencode({'bekrafta': 1, 'next': sedan})}" if self.request.user.amne else "",
            "oidc_namn": settings.OIDC_NAMN,
            "losenord": formular.get("password"),
            "kod": formular.get("code"),
            "nyckel": formular.get("credential"),
            "fel": next((form for form in formular.values() if form.errors), None),
            "webauthn": begin_authentication(self.request.user) if "credential" in formular else None,
            "adress": self.request.get_full_path(),
        }
        return super().get_context_data(**context)
