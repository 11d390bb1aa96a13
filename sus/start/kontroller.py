"""Checks of the settings."""

from django.conf import settings
from django.core.checks import Error, Warning


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
