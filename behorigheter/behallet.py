"""What was typed is kept when a form comes after the login has ended, from an old page, or too late after the last proof of who it is.

A form says whom it was made for: `avsandare`, signed. Without it nothing is kept, and nobody else can send the form.
"""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

ANDRA_FAKTOR_SAKNAS = "andra_faktor_saknas"  # in the session of who must set up a second factor before anything else
SIGNERARE = Signer(salt="behorigheter.behallet")


def avsandare(anvandare) -> str:
    """The value of a form's hidden field `avsandare`."""
    return SIGNERARE.sign(str(anvandare.pk))


def avsandarens_pk(request) -> int | None:
    try:
        return int(SIGNERARE.unsign(request.POST.get("avsandare", "")))
    except BadSignature:
        return None


def behallna_falt(request) -> list[tuple[str, str]]:
    """Name and value of everything posted, but never a password."""
    return [(namn, varde) for namn, varden in request.POST.lists() if "password" not in namn for varde in varden]


def _att_skicka_igen(request) -> list[tuple[str, str]]:
    """With a new token: the old one may be why it must be sent again."""
    return [(namn, varde) for namn, varde in behallna_falt(request) if namn != "csrfmiddlewaretoken"]


def eget_formular(request) -> list[tuple[str, str]]:
    """What stands in a form that was made for the user, to be sent again with a new token; nothing of any other request."""
    if avsandarens_pk(request) != request.user.pk:
        return []
    return _att_skicka_igen(request)


def behall(request, *, orsak, lank=""):
    """The page that holds what was typed and offers to send it again. `orsak`: utloggad, gammal or bekrafta."""
    context = {"orsak": orsak, "falt": _att_skicka_igen(request), "adress": request.get_full_path(), "lank": lank}
    return TemplateResponse(request, "fel/behallet.html", context, status=403)


def skicka_igen(request):
    """The answer to a form that came without a valid CSRF token, mostly because its user has logged in again meanwhile; or None."""
    pk = avsandarens_pk(request)
    if pk is None:
        return None
    if not request.user.is_authenticated:
        return utloggad(request)
    return behall(request, orsak="gammal") if pk == request.user.pk else nagon_annans(request)


def utloggad(request):
    return behall(request, orsak="utloggad", lank=f"{reverse('account_login')}?{urlencode({'next': reverse('konto_klart')})}")


def nagon_annans(request):
    return TemplateResponse(request, "fel/nagon_annans.html", status=403)


class InloggningMiddleware(LoginRequiredMiddleware):
    """Every page but the open ones is for who has logged in, second factor included; a form only for whom it was made."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        if avsandarens_pk(request) not in {None, request.user.pk}:
            return nagon_annans(request)
        if ANDRA_FAKTOR_SAKNAS in request.session and not request.path.startswith(("/konto/", "/logga-ut/")):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None

    def handle_no_permission(self, request, view_func):
        return utloggad(request) if avsandarens_pk(request) else super().handle_no_permission(request, view_func)
