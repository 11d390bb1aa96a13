"""allauth's forms of the second factor and of the renewed proof of who it is, with our labels, looks and messages."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm

from behorigheter.konto import FormularMixin
from behorigheter.logg import logga
from behorigheter.models import Handelse


class KodfaltMixin(FormularMixin):
    texter = {"code": ("Kod", "Skriv koden.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"data-bredd": "s", "inputmode": "numeric"}


class KodForm(KodfaltMixin, AuthenticateForm):
    """The second step of the login. What was typed is not logged, as with the password."""

    def _emit_authentication_failed(self, authenticator):
        logga(Handelse.Typ.INLOGGNING_MISSLYCKAD, by=None, pa=self.user, slag=authenticator.type)


class NyckelForm(AuthenticateWebAuthnForm):
    pass


class AppForm(KodfaltMixin, ActivateTOTPForm):
    texter = {"code": ("Kod som appen visar", "Skriv koden som appen visar.")}


class NyNyckelForm(FormularMixin, AddWebAuthnForm):
    texter = {"name": ("Namn på nyckeln", "Skriv ett namn."), "credential": ("", "Säkerhetsnyckeln svarade inte. Försök igen.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Så att du känner igen den, till exempel Nyckel på kontoret."
        self.fields["name"].max_length = 100


class BekraftaLosenordForm(FormularMixin, ReauthenticateForm):
    texter = {"password": ("Lösenord", "Skriv ditt lösenord.")}


class BekraftaKodForm(KodfaltMixin, ReauthenticateCodeForm):
    texter = {"code": ("Kod från appen, eller en reservkod", "Skriv koden.")}

    def _emit_authentication_failed(self, authenticator):
        logga(Handelse.Typ.INLOGGNING_MISSLYCKAD, by=None, pa=self.user, slag=authenticator.type)


class BekraftaNyckelForm(ReauthenticateWebAuthnForm):
    pass
