"""Checks of the settings."""

from django.conf import settings
from django.core.checks import Error, Warning

from deltagare.folkbokforing import FIL
from deltagare.folkbokforing.http import ar_saker


def demon_ar_avslagen(app_configs, **kwargs):
    if not settings.DEMO:
        return []
    return [
        Warning("DEMO är på: vem som helst kan logga in som en påhittad användare.", hint="Ta bort miljövariabeln DEMO.", id="sus.W001")
    ]


def utgivaren_har_tls(app_configs, **kwargs):
    if not settings.OIDC_UTGIVARE or settings.OIDC_UTGIVARE.startswith("https://") or settings.OIDC_UTAN_TLS:
        return []
    return [Error("OIDC_UTGIVARE är inte en https-adress.", hint="Utan TLS kan vem som helst svara i utgivarens ställe.", id="sus.E001")]


def folkbokforingen_ar_skyddad(app_configs, **kwargs):
    register = settings.FOLKBOKFORING
    if not register or register.startswith(FIL) or ar_saker(register):
        return []
    return [
        Error(
            "FOLKBOKFORING är varken en https-adress eller en fil.",
            hint="Skriv https://…, eller fil: och var filen ligger. Utan TLS kan andra läsa personnumren på vägen.",
            id="sus.E002",
        )
    ]
