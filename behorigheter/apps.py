from django.apps import AppConfig


class BehorigheterConfig(AppConfig):
    name = "behorigheter"
