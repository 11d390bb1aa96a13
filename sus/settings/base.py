"""Production settings. dev.py and test.py override; whatever is not overridden holds in production."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sus.core.kryptering import las_nyckel, las_nycklar, las_uppslagsnycklar

BASE_DIR = Path(__file__).resolve().parent.parent.parent
NODE_MODULES = BASE_DIR / "node_modules"

env = environ.Env()


def kravd(namn: str, ledtrad: str) -> str:
    """The environment variable, or an error that says how to set it."""
    varde: str = env.str(namn, default="")
    if not varde:
        raise ImproperlyConfigured(f"Miljövariabeln {namn} saknas. {ledtrad} Se docs/drift.md.")
    return varde


def tillitsnivaer(text: str) -> dict[str, int]:
    """ "acr=3,acr=4" to {acr: level of assurance}."""
    rader = [rad.strip().rpartition("=") for rad in text.split(",") if rad.strip()]
    if not all(acr and niva in {"1", "2", "3", "4"} for acr, _, niva in rader):
        raise ImproperlyConfigured("OIDC_LOA skrivs ACR=NIVÅ,ACR=NIVÅ där nivån är 1–4. Se docs/drift.md.")
    return {acr: int(niva) for acr, _, niva in rader}


DEBUG = False
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = kravd("SECRET_KEY", "Sätt den till minst 50 slumpade tecken.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Keys for personal data; they never lie in the database. The first of each makes new values, all read.
SUS_NYCKLAR = las_nycklar(kravd("SUS_NYCKLAR", "Sätt den till version:nyckel, med 32 slumpade byte i base64."))
SUS_UPPSLAGSNYCKLAR = las_uppslagsnycklar(kravd("SUS_UPPSLAGSNYCKEL", "Sätt den till 32 slumpade byte i base64."))
OMFANG_NYCKEL = las_nyckel(kravd("SUS_OMFANG_NYCKEL", "Sätt den till 32 slumpade byte i base64."))

# The event log's anchor: a file that other people keep, and the key of its signatures.
LOGGANKARE = env.str("LOGGANKARE", default="")
LOGGANKARE_NYCKEL = las_nyckel(env.str("LOGGANKARE_NYCKEL")) if "LOGGANKARE_NYCKEL" in env.ENVIRON else OMFANG_NYCKEL

INSTALLED_APPS = [
    "sus.start",
    "rapporter",
    "deltagare",
    "insatser",
    "organisations",
    "behorigheter",
    "sus.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # the protocol of OIDC; its tables stay empty
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "behorigheter.middleware.TransaktionMiddleware",  # before everything that touches the database
    "behorigheter.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "behorigheter.behallet.InloggningMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "behorigheter.middleware.OmfangMiddleware",  # after everything that reads sessions and users
]
UTAN_DATABAS = {"/halsa/lever"}
KONTOVAGAR = ("/logga-in/", "/logga-ut/", "/konto/", "/demo/")  # run as the account role, without rights to anything else

ROOT_URLCONF = "sus.urls"
WSGI_APPLICATION = "sus.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sus.start.meny.meny",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "fkui"
CRISPY_TEMPLATE_PACK = "fkui"
CRISPY_FAIL_SILENTLY = False  # a misspelt field in a layout is an error

# The role of the request is taken with SET LOCAL, so connections can be pooled and shared.
DATABASES = {"default": env.db_url_config(kravd("DATABASE_URL", "Exempel: postgresql://sus_login@db/sus."))}
# The engine of the reports reads through a connection of its own where there is one, for example to a replica (docs/drift.md 11).
if env.str("RAPPORT_DATABASE_URL", default=""):
    DATABASES["rapport"] = env.db_url_config(env.str("RAPPORT_DATABASE_URL"))
for _databas in DATABASES.values():
    _databas.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": env.int("DB_POOL", default=8), "timeout": 5}
    _databas["CONN_MAX_AGE"] = 0
    _databas["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "behorigheter.Anvandare"
AUTHENTICATION_BACKENDS = ["behorigheter.konto.LokalaKonton"]
PASSWORD_HASHERS = ["behorigheter.losenord.NyckladArgon2", "django.contrib.auth.hashers.Argon2PasswordHasher"]  # the second only reads
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("anvandarnamn", "fornamn", "efternamn", "epost")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Login by OIDC (docs/drift.md 4). Without an issuer there is none.
OIDC_UTGIVARE = env.str("OIDC_UTGIVARE", default="")
OIDC_KLIENT = kravd("OIDC_KLIENT", "Den hör till OIDC_UTGIVARE.") if OIDC_UTGIVARE else ""
OIDC_HEMLIGHET = kravd("OIDC_HEMLIGHET", "Den hör till OIDC_UTGIVARE.") if OIDC_UTGIVARE else ""
OIDC_NAMN = env.str("OIDC_NAMN", default="e-legitimation")
OIDC_OMFANG = env.str("OIDC_OMFANG", default="openid https://id.oidc.se/scope/naturalPersonNumber").split()
OIDC_PERSONNUMMER = env.str("OIDC_PERSONNUMMER", default="https://id.oidc.se/claim/personalIdentityNumber")
OIDC_LOA = tillitsnivaer(
    env.str("OIDC_LOA", default=",".join(f"http://id.elegnamnden.se/loa/1.0/loa{niva}={niva}" for niva in (1, 2, 3, 4)))
)
OIDC_LAGSTA_LOA = env.int("OIDC_LAGSTA_LOA", default=3)
OIDC_UTAN_TLS = False
LOKALA_KONTON = env.bool("LOKALA_KONTON", default=False)
SOCIALACCOUNT_REQUESTS_TIMEOUT = (1.5, 3)  # to connect, to answer: three calls take less than the database lets a transaction wait
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "anvandarnamn"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "epost"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "behorigheter.konto.KontoAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "SUS: "
# Django's own: allauth's writes rows about e-mail addresses when a link is opened.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "login": "behorigheter.konto.LoggaInForm",
    "change_password": "behorigheter.konto.BytLosenordForm",
    "reset_password": "behorigheter.konto.GlomtLosenordForm",
    "reset_password_from_key": "behorigheter.konto.ValjLosenordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BAKOM_PROXY", default=False) else 0

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # a mail server that is silent holds nobody up for long
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SUS <sus@localhost>")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sus_cache"}}

# Second factor of local accounts. Who logs in by OIDC has shown two already.
KRAV_PA_ANDRA_FAKTOR = env.bool("KRAV_PA_ANDRA_FAKTOR", default=True)
MFA_ADAPTER = "behorigheter.andra_faktor.AndraFaktorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SUS"
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before or after, for a telephone whose clock is wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the order of the behörighet; allauth keeps none
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "behorigheter.forms.andra_faktor.KodForm",
    "authenticate_webauthn": "behorigheter.forms.andra_faktor.NyckelForm",
    "activate_totp": "behorigheter.forms.andra_faktor.AppForm",
    "add_webauthn": "behorigheter.forms.andra_faktor.NyNyckelForm",
}

SESSION_ENGINE = "behorigheter.sessioner"
SESSION_COOKIE_NAME = "__Host-sus"
SUS_INAKTIV_MINUTER = env.int("SUS_INAKTIV_MINUTER", default=30)  # a login ends when it is not used
SUS_LANGSTA_TIMMAR = env.int("SUS_LANGSTA_TIMMAR", default=10)  # and at the latest this long after it began
SUS_EXAKT_BARA_DELTAGARANSVARIG = env.bool("SUS_EXAKT_BARA_DELTAGARANSVARIG", default=False)  # who sees exact reports, beside FK
SUS_BEKRAFTA_MINUTER = env.int("SUS_BEKRAFTA_MINUTER", default=15)  # changed rights and exports ask who it is when the login is older
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-sus-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sus.start.fel.csrf"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BAKOM_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".sus" / "static"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fkui", NODE_MODULES / "@fkui/design/lib"),
    ("fkui", NODE_MODULES / "@fkui/theme-default/dist"),
    ("fkui", NODE_MODULES / "@fkui/font-default/fonts"),
    ("fkui", NODE_MODULES / "@fkui/icon-lib-default/dist/f"),
    ("inter", NODE_MODULES / "@fontsource/inter/files"),
    *(("noto", NODE_MODULES / f"@fontsource/noto-sans-{skrift}/files") for skrift in ("arabic", "ethiopic", "thai")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Where Hämta asks: "https://…" is a service (docs/folkbokforing.md), "fil:<path>" a file-backed register.
FOLKBOKFORING = env.str("FOLKBOKFORING", default="")
FOLKBOKFORING_NYCKEL = env.str("FOLKBOKFORING_NYCKEL", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"rad": {"class": "sus.core.loggning.UtanRadinnehall", "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "rad"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
