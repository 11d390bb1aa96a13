"""Entry point of the web server (gunicorn sus.wsgi)."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from sus.core.skrapsamling import samla_sallan

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sus.settings.base")
application = get_wsgi_application()
import_module("sus.urls")  # all views and forms: the first request does not wait for them
samla_sallan()
