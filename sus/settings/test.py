"""pytest: fixed keys, fast hashes; everything else as in production."""

import os

os.environ.update(
    SECRET_KEY="test-nyckel-som-bara-finns-i-testerna-och-ingen-annanstans-0123456789",
    SUS_NYCKLAR="1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    SUS_UPPSLAGSNYCKEL="MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
    SUS_OMFANG_NYCKEL="MjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM=",
    DEMO="1",
)

from sus.settings.base import *  # noqa: F403
from sus.settings.base import BASE_DIR, DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS += ["django_migration_linter"]  # the command lintmigrations
ALLOWED_HOSTS = ["testserver", "localhost"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "sus"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "sus-csrf"
CSRF_COOKIE_SECURE = False
LOKALA_KONTON = True
OIDC_UTAN_TLS = True  # the issuer that the tests start
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES.pop("rapport", None)
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["OPTIONS"]["options"] = "-c sus.tillat_tomning=ja"  # tests with threads empty the event log too
FOLKBOKFORING = f"fil:{BASE_DIR / 'deltagare' / 'data' / 'testregister.csv'}"
