from django.apps import AppConfig


class DeltagareConfig(AppConfig):
    name = "deltagare"
