"""allauth's forms of the second factor and of the renewed proof of who it is, with our labels, looks and messages."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from behorigheter.konto import FormularMixin
from behorigheter.logg import logga
from behorigheter.models import Handelse

# What the library raises when somebody else than a key has made the answer, besides the errors that it takes care of itself.
PAHITTAT = (AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValueError)
FEL_NYCKEL = "Säkerhetsnyckelns svar stämmer inte. Försök igen."


class KodfaltMixin(FormularMixin):
    texter = {"code": ("Kod", "Skriv koden.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"data-bredd": "s", "inputmode": "numeric"}


def _logga_fel(anvandare, slag):
    """What was typed is not logged, as with the password."""
    logga(Handelse.Typ.INLOGGNING_MISSLYCKAD, by=None, pa=anvandare, slag=slag)


class ProvadKodMixin(KodfaltMixin):
    def _emit_authentication_failed(self, authenticator):
        _logga_fel(self.user, authenticator.type)


class KodForm(ProvadKodMixin, AuthenticateForm):
    """The second step of the login."""


class NyckelsvarMixin:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = FEL_NYCKEL

    def clean_credential(self):
        try:
            return super().clean_credential()
        except ValidationError as fel:
            if fel.code == "incorrect_code":
                _logga_fel(self.user, Authenticator.Type.WEBAUTHN)
            raise
        except PAHITTAT:
            _logga_fel(self.user, Authenticator.Type.WEBAUTHN)
            raise ValidationError(FEL_NYCKEL) from None


class NyckelForm(NyckelsvarMixin, AuthenticateWebAuthnForm):
    pass


class AppForm(KodfaltMixin, ActivateTOTPForm):
    texter = {"code": ("Kod som appen visar", "Skriv koden som appen visar.")}


class NyNyckelForm(FormularMixin, AddWebAuthnForm):
    texter = {"name": ("Namn på nyckeln", "Skriv ett namn."), "credential": ("", FEL_NYCKEL)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Så att du känner igen den, till exempel Nyckel på kontoret."
        self.fields["name"].validators.append(MaxLengthValidator(100))

    def clean(self):
        try:
            return super().clean()
        except PAHITTAT:
            raise ValidationError(FEL_NYCKEL) from None


class BekraftaLosenordForm(FormularMixin, ReauthenticateForm):
    texter = {"password": ("Lösenord", "Skriv ditt lösenord.")}


class BekraftaKodForm(ProvadKodMixin, ReauthenticateCodeForm):
    texter = {"code": ("Kod från appen, eller en reservkod", "Skriv koden.")}


class BekraftaNyckelForm(NyckelsvarMixin, ReauthenticateWebAuthnForm):
    pass
