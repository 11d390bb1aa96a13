"""Entry point of the web server (gunicorn sus.wsgi)."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sus.settings.base")
application = get_wsgi_application()
import_module("sus.urls")  # all views and forms: the first request does not wait for them
gc.collect()
gc.freeze()  # what all requests share is not looked through again: that stopped every tenth of the long lists for 0.2 s
