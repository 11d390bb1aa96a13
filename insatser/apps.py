from django.apps import AppConfig


class InsatserConfig(AppConfig):
    name = "insatser"
