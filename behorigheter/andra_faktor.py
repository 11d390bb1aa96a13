"""The second factor of local accounts, through allauth.mfa: an app that shows codes, security keys, and codes to keep in reserve."""

from base64 import b64decode, b64encode
from io import BytesIO

import qrcode
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage

from behorigheter.behallet import ANDRA_FAKTOR_SAKNAS
from behorigheter.logg import logga
from behorigheter.models import Handelse
from sus.core.kryptering import ar_ny, dekryptera, kryptera

PLATS = "mfa_authenticator|data|hemlighet"
KRYPTERADE = ("secret", "seed")  # of an app, and of codes to keep in reserve
FAKTORER = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
SISTA = "Du måste ha minst en andra faktor. Lägg till en annan innan du tar bort den här."


class AndraFaktorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": SISTA,
        "cannot_generate_recovery_codes": "Lägg till en app eller en säkerhetsnyckel först.",
        "incorrect_code": "Det stämmer inte. Försök igen.",
    }

    def encrypt(self, text):
        return b64encode(kryptera(text, plats=PLATS)).decode()

    def decrypt(self, encrypted_text):
        return dekryptera(b64decode(encrypted_text), plats=PLATS)

    def get_totp_label(self, user):
        return user.anvandarnamn

    def build_totp_svg(self, url):
        """A picture with its own white ground, so that it can be read in dark mode too."""
        bild = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(bild)
        return bild.getvalue().decode()

    def can_delete_authenticator(self, authenticator):
        andra = authenticator.user.authenticator_set.filter(type__in=FAKTORER).exclude(pk=authenticator.pk)
        return not settings.KRAV_PA_ANDRA_FAKTOR or andra.exists()

    def generate_authenticator_name(self, user, type):
        antal = user.authenticator_set.filter(type=type).count()
        return f"Säkerhetsnyckel {antal + 1}" if antal else "Säkerhetsnyckel"

    def get_public_key_credential_rp_entity(self):
        return {"id": context.request.get_host().partition(":")[0], "name": "SUS"}


def saknar_andra_faktor(request, anvandare) -> bool:
    """Has come in with a password alone, which is not enough."""
    med_losenord = any(rad["method"] == "password" for rad in get_authentication_records(request, anvandare))
    return settings.KRAV_PA_ANDRA_FAKTOR and med_losenord and not anvandare.authenticator_set.filter(type__in=FAKTORER).exists()


def tillagd(request, slag: str):
    request.session.pop(ANDRA_FAKTOR_SAKNAS, None)
    logga(Handelse.Typ.ANDRA_FAKTOR_TILLAGD, by=request.user, pa=request.user, slag=slag)


def borttagen(request, slag: str):
    logga(Handelse.Typ.ANDRA_FAKTOR_BORTTAGEN, by=request.user, pa=request.user, slag=slag)


def kryptera_om(faktor: Authenticator) -> bool:
    """The secret with the first of the keys. Whether it was not already."""
    gamla = {namn: faktor.data[namn] for namn in KRYPTERADE if namn in faktor.data and not ar_ny(b64decode(faktor.data[namn]))}
    adapter = AndraFaktorAdapter()
    faktor.data |= {namn: adapter.encrypt(adapter.decrypt(text)) for namn, text in gamla.items()}
    return bool(gamla)


def stammer(faktor: Authenticator) -> bool:
    """Whether the secret can be read."""
    for namn in KRYPTERADE:
        if namn in faktor.data:
            AndraFaktorAdapter().decrypt(faktor.data[namn])
    return True
