from django.apps import AppConfig


class RapporterConfig(AppConfig):
    name = "rapporter"
