"""Login through an OpenID Connect issuer: authorisation code with PKCE, state and nonce (docs/beslut/inloggning-oidc.md).

allauth speaks the protocol. What comes back is believed only after `las_intyg`, and who it is decides `anvandare_for`:
issuer and subject, nothing else, once the first login has bound them.
"""

import time
from collections.abc import Callable
from enum import StrEnum

import jwt
from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.socialaccount.adapter import get_adapter as get_protokolladapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.decorators import method_decorator
from django.views.generic import View
from requests import RequestException

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from behorigheter.nekande import ny_referens
from sus.core.kryptering import uppslagsvarden
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott

ALGORITMER = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KRAVDA_UPPGIFTER = ["iss", "sub", "aud", "exp", "iat", "nonce", "auth_time"]
KLOCKORNA_FAR_SKILJA = 60  # seconds
LANGSTA_AMNE = Anvandare._meta.get_field("amne").max_length or 0


class Orsak(StrEnum):
    """Why a login is refused: in the log exactly, on the page no more than the person may know."""

    OGILTIGT_SVAR = "ogiltigt_svar"  # state, code, signature, issuer, audience, time or nonce
    LAG_TILLITSNIVA = "lag_tillitsniva"
    UTAN_PERSONNUMMER = "utan_personnummer"
    OKAND = "okand"
    ANNAN_INLOGGNING = "annan_inloggning"
    AVSTANGD = "avstangd"
    ANNAN_PERSON = "annan_person"  # somebody else confirmed than who is logged in


class Nekad(Exception):
    def __init__(self, orsak: Orsak, pa: Anvandare | None = None):
        super().__init__(orsak)
        self.orsak, self.pa = orsak, pa


def ar_pa() -> bool:
    return bool(settings.OIDC_UTGIVARE)


def anvandare_for(amne: str, personnummer: Callable[[], str]) -> Anvandare:
    """Who logs in with this subject at the issuer. At the first login, and only then, the personnummer is asked for and decides."""
    with transaction.atomic():
        anvandare = Anvandare.objects.filter(utgivare=settings.OIDC_UTGIVARE, amne=amne).first() or _bind(amne, personnummer())
    if not anvandare.is_active:
        raise Nekad(Orsak.AVSTANGD, anvandare)
    return anvandare


def _bind(amne: str, personnummer: str) -> Anvandare:
    try:
        siffror = tolka(personnummer, idag=timezone.localdate()).tolv_siffror
    except Regelbrott:
        raise Nekad(Orsak.UTAN_PERSONNUMMER) from None
    anvandare = Anvandare.objects.select_for_update(of=["self"]).filter(uppslag__in=uppslagsvarden(siffror)).first()
    if anvandare is None:
        raise Nekad(Orsak.OKAND)
    if anvandare.amne:
        raise Nekad(Orsak.ANNAN_INLOGGNING, anvandare)
    if not anvandare.is_active:
        raise Nekad(Orsak.AVSTANGD, anvandare)
    anvandare.utgivare, anvandare.amne = settings.OIDC_UTGIVARE, amne
    anvandare.save(update_fields=["utgivare", "amne"])
    logga(Handelse.Typ.INLOGGNING_BUNDEN, by=anvandare, pa=anvandare)
    return anvandare


class Protokoll(OpenIDConnectOAuth2Adapter):
    """allauth's side of the conversation with the issuer, whose answers nobody but us keeps."""

    def __init__(self, request, leverantor):
        super().__init__(request, leverantor.app.provider_id)
        self._leverantor = leverantor

    def get_provider(self):
        return self._leverantor

    def get_callback_url(self, request, app):
        return build_absolute_uri(request, reverse("oidc_svar"))

    @property
    def openid_config(self):
        config = super().openid_config
        if config.get("issuer") != settings.OIDC_UTGIVARE:
            raise ImproperlyConfigured("OIDC_UTGIVARE är inte den utgivare som utgivarens egna uppgifter anger.")
        return config

    def hamta(self, adress, **rubriker):
        with get_protokolladapter().get_requests_session() as session:
            svar = session.get(adress, headers=rubriker)
            svar.raise_for_status()
            return svar.json()

    def vaxla_in(self, kod, pkce_code_verifier):
        """The code for tokens. Raises OAuth2Error when the issuer refuses it."""
        klient = self.get_client(self.request, self._leverantor.app)
        return klient.get_access_token(kod, pkce_code_verifier=pkce_code_verifier)


class Leverantor(OpenIDConnectProvider):
    """The issuer of the settings. Nothing about it lies in the database."""

    def __init__(self, request):
        if not (settings.OIDC_UTGIVARE.startswith("https://") or settings.OIDC_UTAN_TLS):
            raise ImproperlyConfigured("OIDC_UTGIVARE måste börja med https://.")
        installningar = {"server_url": settings.OIDC_UTGIVARE.rstrip("/"), "scope": settings.OIDC_OMFANG, "oauth_pkce_enabled": True}
        super().__init__(
            request,
            app=SocialApp(
                provider=self.id,
                provider_id="oidc",
                name=settings.OIDC_NAMN,
                client_id=settings.OIDC_KLIENT,
                secret=settings.OIDC_HEMLIGHET,
                settings=installningar,
            ),
        )

    def get_oauth2_adapter(self, request):
        return Protokoll(request, self)


def las_intyg(protokoll: Protokoll, intyg: str, nonce: str) -> dict:
    """The claims of an ID token that the issuer signed, for us, now, as the answer to this very question."""
    try:
        nycklar = jwt.PyJWKSet.from_dict(protokoll.hamta(protokoll.openid_config["jwks_uri"]))
        uppgifter: dict = jwt.decode(
            intyg,
            nycklar[jwt.get_unverified_header(intyg).get("kid", "")],
            algorithms=ALGORITMER,
            issuer=settings.OIDC_UTGIVARE,
            audience=settings.OIDC_KLIENT,
            leeway=KLOCKORNA_FAR_SKILJA,
            options={"require": KRAVDA_UPPGIFTER},
        )
    except (jwt.PyJWTError, KeyError):
        raise Nekad(Orsak.OGILTIGT_SVAR) from None
    ratt_mottagare = uppgifter.get("azp", settings.OIDC_KLIENT) == settings.OIDC_KLIENT
    ratt_langd = 0 < len(uppgifter["sub"]) <= LANGSTA_AMNE
    if not (ratt_mottagare and ratt_langd and constant_time_compare(str(uppgifter["nonce"]), nonce)):
        raise Nekad(Orsak.OGILTIGT_SVAR)
    return uppgifter


def las_personnummer(protokoll: Protokoll, uppgifter: dict, access_token: str) -> str:
    """From the ID token, or else from the issuer's userinfo. Empty when neither has it."""
    if settings.OIDC_PERSONNUMMER not in uppgifter and "userinfo_endpoint" in protokoll.openid_config:
        userinfo = protokoll.hamta(protokoll.openid_config["userinfo_endpoint"], Authorization=f"Bearer {access_token}")
        if userinfo.get("sub") != uppgifter["sub"]:
            raise Nekad(Orsak.OGILTIGT_SVAR)
        uppgifter = userinfo
    return str(uppgifter.get(settings.OIDC_PERSONNUMMER, ""))


class Utgivarvy(View):
    """What both ends of the round trip share: no issuer, no page; an issuer that does not answer gets a page of its own."""

    http_method_names = ["get"]

    def get(self, request):
        if not ar_pa():
            raise Http404
        try:
            return self.svara(request)
        except RequestException:  # its text holds addresses with codes in them: never logged
            return render(request, "socialaccount/svarar_inte.html", status=503)

    def svara(self, request):
        raise NotImplementedError


@method_decorator(login_not_required, name="dispatch")
class TillUtgivaren(Utgivarvy):
    """To the issuer. With ?bekrafta=1 who is logged in already shows once more who it is."""

    def svara(self, request):
        bekraftar = "bekrafta" in request.GET and request.user.is_authenticated
        hogsta_alder = 0 if bekraftar else settings.SUS_LANGSTA_TIMMAR * 3600
        tillstand = {"nonce": get_random_string(32), "tidigast": time.time() - hogsta_alder - KLOCKORNA_FAR_SKILJA}
        parametrar = {"nonce": tillstand["nonce"], "acr_values": " ".join(godtagna_nivaer()), "max_age": str(hogsta_alder)}
        if bekraftar:
            tillstand["bekraftar"] = request.user.pk
            parametrar["prompt"] = "login"
        return Leverantor(request).redirect(
            request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request), auth_params=parametrar, **tillstand
        )


@method_decorator(login_not_required, name="dispatch")
class FranUtgivaren(Utgivarvy):
    """Back from the issuer, once: the state is used up by the first answer to it."""

    def svara(self, request):
        leverantor = Leverantor(request)
        tillstand = statekit.unstash_state(request, provider_id=leverantor.sub_id, state_id=request.GET.get("state", ""))
        try:
            if tillstand is None or request.GET.get("iss", settings.OIDC_UTGIVARE) != settings.OIDC_UTGIVARE:
                raise Nekad(Orsak.OGILTIGT_SVAR)
            if request.GET.get("error") == "access_denied":
                return self.avbruten(request)
            return self.slapp_in(request, tillstand, *self.vem(Protokoll(request, leverantor), tillstand))
        except Nekad as nej:
            return self.neka(request, nej)

    def vem(self, protokoll, tillstand):
        """The Anvandare who logs in, and when the issuer last saw the person's e-legitimation."""
        try:
            svar = protokoll.vaxla_in(self.request.GET["code"], tillstand["pkce_code_verifier"])
        except (KeyError, OAuth2Error):
            raise Nekad(Orsak.OGILTIGT_SVAR) from None
        uppgifter = las_intyg(protokoll, svar.get("id_token", ""), tillstand["nonce"])
        if uppgifter["auth_time"] < tillstand["tidigast"]:
            raise Nekad(Orsak.OGILTIGT_SVAR)
        if settings.OIDC_LOA.get(str(uppgifter.get("acr")), 0) < settings.OIDC_LAGSTA_LOA:
            raise Nekad(Orsak.LAG_TILLITSNIVA)
        anvandare = anvandare_for(uppgifter["sub"], lambda: las_personnummer(protokoll, uppgifter, svar["access_token"]))
        return anvandare, uppgifter["auth_time"]

    def slapp_in(self, request, tillstand, anvandare, legitimerad):
        if "bekraftar" in tillstand:
            return self.bekrafta(request, tillstand, anvandare, legitimerad)
        if request.user.is_authenticated:
            get_adapter(request).logout(request)
        anteckna(request, anvandare, legitimerad)
        return perform_login(request, anvandare, redirect_url=tillstand.get("next"))

    def bekrafta(self, request, tillstand, anvandare, legitimerad):
        if not request.user.pk == anvandare.pk == tillstand["bekraftar"]:
            raise Nekad(Orsak.ANNAN_PERSON, anvandare)
        request.session.cycle_key()
        anteckna(request, anvandare, legitimerad, reauthenticated=True)
        logga(Handelse.Typ.BEKRAFTAD, by=anvandare)
        return HttpResponseRedirect(tillstand.get("next") or settings.LOGIN_REDIRECT_URL)

    def avbruten(self, request):
        messages.info(request, "Du avbröt inloggningen.")
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL if request.user.is_authenticated else reverse("account_login"))

    def neka(self, request, nej):
        referens = ny_referens("INL")
        logga(Handelse.Typ.INLOGGNING_NEKAD, by=None, pa=nej.pa, orsak=nej.orsak.value, referens=referens)
        context = {
            "ogiltigt_svar": nej.orsak == Orsak.OGILTIGT_SVAR,
            "lag_tillitsniva": nej.orsak == Orsak.LAG_TILLITSNIVA,
            "annan_person": nej.orsak == Orsak.ANNAN_PERSON,
            "lagsta_niva": settings.OIDC_LAGSTA_LOA,
            "referens": referens,
        }
        return render(request, "socialaccount/nekad.html", context, status=400 if context["ogiltigt_svar"] else 403)


def godtagna_nivaer() -> list[str]:
    return [acr for acr, niva in settings.OIDC_LOA.items() if niva >= settings.OIDC_LAGSTA_LOA]


def anteckna(request, anvandare, legitimerad, **mer):
    """In allauth's list of how the session was authenticated: at the issuer's time, without subject."""
    record_authentication(request, anvandare, "socialaccount", provider="oidc", **mer)
    anteckningar = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
    anteckningar[-1]["at"] = min(anteckningar[-1]["at"], legitimerad)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = anteckningar
