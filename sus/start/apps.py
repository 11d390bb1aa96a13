from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "sus.start"
    label = "start"
    verbose_name = "start"
