"""Local accounts through allauth: accounts are ordered, never signed up for. Every login and change of password is logged."""

from functools import wraps

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from crispy_forms.helper import FormHelper
from django.conf import settings
from django.contrib.auth import password_validation
from django.http import Http404
from django.urls import reverse

from behorigheter.andra_faktor import saknar_andra_faktor
from behorigheter.behallet import ANDRA_FAKTOR_SAKNAS
from behorigheter.bekrafta import nyligen_bekraftad
from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse

FEL_INLOGGNING = "Användarnamnet eller lösenordet stämmer inte."
FEL_FOR_MANGA = "Du har försökt för många gånger. Vänta fem minuter och försök igen."


class LokalaKonton(AuthenticationBackend):
    """Passwords, where the setting allows them."""

    def authenticate(self, request, **credentials):
        return super().authenticate(request, **credentials) if settings.LOKALA_KONTON else None


def bara_lokala_konton(vy):
    """A page that does not exist where everybody logs in through the issuer."""

    @wraps(vy)
    def inre(request, *args, **kwargs):
        if not settings.LOKALA_KONTON:
            raise Http404
        return vy(request, *args, **kwargs)

    return inre


class KontoAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": FEL_INLOGGNING,
        "email_password_mismatch": FEL_INLOGGNING,
        "too_many_login_attempts": FEL_FOR_MANGA,
        "rate_limited": FEL_FOR_MANGA,
        "incorrect_password": "Lösenordet stämmer inte.",
        "enter_current_password": "Det nuvarande lösenordet stämmer inte.",
        "invalid_password_reset": "Länken gäller inte längre.",
    }

    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        super().login(request, user)
        request.session.anteckna(ip=self.get_client_ip(request), webblasare=self.get_http_user_agent(request))
        logga(Handelse.Typ.INLOGGAD, by=user)

    def post_login(self, request, user, **kwargs):
        if saknar_andra_faktor(request, user):
            request.session[ANDRA_FAKTOR_SAKNAS] = True
        return super().post_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app, **kwargs):
        return not nyligen_bekraftad(self.request)

    def get_reauthentication_methods(self, user):
        return [{"id": "bekrafta", "description": "Bekräfta att det är du", "url": reverse("konto_bekrafta")}]

    def logout(self, request):
        logga(Handelse.Typ.UTLOGGAD, by=request.user)
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        """What was typed is not logged: it may be a password in the wrong field."""
        anvandare = Anvandare.objects.filter(anvandarnamn__iexact=credentials.get("username", "")).first()
        logga(Handelse.Typ.INLOGGNING_MISSLYCKAD, by=None, pa=anvandare)

    def set_password(self, user, password):
        user.set_password(password)
        user.save(update_fields=["password"])  # the web role may change nothing else of a user
        logga(Handelse.Typ.LOSENORD_ANDRAT, by=user, pa=user)

    def get_password_change_redirect_url(self, request):
        return reverse("start:start")


class FormularMixin:
    """allauth's form with our labels, looks and messages: {field: (label, message when it is empty)}."""

    texter: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for namn, (etikett, tomt) in self.texter.items():
            falt = self.fields[namn]
            falt.label, falt.help_text = etikett, ""
            falt.error_messages["required"] = tomt
            falt.widget.attrs.pop("placeholder", None)
            falt.widget.attrs["data-bredd"] = "l"
        self.helper = FormHelper()
        self.helper.form_tag = False


class LoggaInForm(FormularMixin, forms.LoginForm):
    texter = {"login": ("Användarnamn", "Skriv ditt användarnamn."), "password": ("Lösenord", "Skriv ditt lösenord.")}


class NyttLosenordMixin(FormularMixin):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(password_validation.password_validators_help_texts())


class BytLosenordForm(NyttLosenordMixin, forms.ChangePasswordForm):
    texter = {
        "oldpassword": ("Nuvarande lösenord", "Skriv ditt nuvarande lösenord."),
        "password1": ("Nytt lösenord", "Skriv ett nytt lösenord."),
        "password2": ("Nytt lösenord igen", "Skriv det nya lösenordet en gång till."),
    }


class GlomtLosenordForm(FormularMixin, forms.ResetPasswordForm):
    users: list[Anvandare]
    texter = {"email": ("E-post", "Skriv din e-postadress.")}

    def clean_email(self):
        """Who is bound to the issuer proves there who it is: access to a mailbox is no way past it."""
        epost = super().clean_email()
        self.users = [anvandare for anvandare in self.users if not anvandare.amne]
        return epost


class ValjLosenordForm(NyttLosenordMixin, forms.ResetPasswordKeyForm):
    texter = {
        "password1": ("Nytt lösenord", "Skriv ett nytt lösenord."),
        "password2": ("Nytt lösenord igen", "Skriv det nya lösenordet en gång till."),
    }
