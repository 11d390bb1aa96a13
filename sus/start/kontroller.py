"""Checks of the settings, run by `check --deploy`."""

from django.conf import settings
from django.core.checks import Warning


def demon_ar_avslagen(app_configs, **kwargs):
    if not settings.DEMO:
        return []
    return [
        Warning("DEMO är på: vem som helst kan logga in som en påhittad användare.", hint="Ta bort miljövariabeln DEMO.", id="sus.W001")
    ]
