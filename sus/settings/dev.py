"""./run app and ./run manage: production settings over plain http on this machine."""

from sus.settings.base import *  # noqa: F403
from sus.settings.base import BASE_DIR, DEMO, STORAGES, env

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_NAME = "sus"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "sus-csrf"
CSRF_COOKIE_SECURE = False
LOKALA_KONTON = env.bool("LOKALA_KONTON", default=True)
OIDC_UTAN_TLS = True  # an issuer on this machine
if not env.bool("SAMLADE_FILER", default=False):  # ./run app collects the static files, as in production
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / ".sus" / "post"
FOLKBOKFORING = env.str("FOLKBOKFORING", default=f"fil:{BASE_DIR / 'deltagare' / 'data' / 'testregister.csv'}" if DEMO else "")
