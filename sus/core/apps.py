from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sus.core"
    label = "core"
    verbose_name = "Gemensamt"
    default_auto_field = "django.db.models.BigAutoField"
