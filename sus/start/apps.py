from django.apps import AppConfig
from django.core.checks import Tags, register

from sus.start import kontroller


class StartConfig(AppConfig):
    name = "sus.start"
    label = "start"
    verbose_name = "start"

    def ready(self):
        register(kontroller.demon_ar_avslagen, Tags.security, deploy=True)
        register(kontroller.utgivaren_har_tls, Tags.security)
        register(kontroller.folkbokforingen_ar_skyddad, Tags.security)
