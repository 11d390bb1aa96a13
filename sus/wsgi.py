"""Entry point of the web server (gunicorn sus.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sus.settings.base")
application = get_wsgi_application()
