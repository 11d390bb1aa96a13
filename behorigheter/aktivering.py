"""How a new user of a local account gets in: a link, valid once, to the page where the password is chosen."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse


def aktiveringslank(anvandare, adress="") -> str:
    """Empty where there are no local accounts, and for who has a password or logs in at the issuer.

    `adress`: where SUS is reached, if it is said.
    """
    if not settings.LOKALA_KONTON or anvandare.has_usable_password() or anvandare.amne:
        return ""
    nyckel = default_token_generator.make_token(anvandare)
    vag = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(anvandare), nyckel])
    return (adress or webbadress()).rstrip("/") + vag


def webbadress() -> str:
    """Where SUS is reached, for links in letters: the first address that the settings name."""
    varden = [f"https://{vard}" for vard in settings.ALLOWED_HOSTS if vard.strip("*.") == vard]
    return (settings.CSRF_TRUSTED_ORIGINS + varden + ["https://sus.example.se"])[0]
