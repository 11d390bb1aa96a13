"""Paper forms to fetch, and the consent text to read: open to everybody, since neither asks who one is."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from behorigheter.pappersblanketter import bestallning
from deltagare.blanketter import DIARIET
from deltagare.models import Samtyckessprak, Samtyckestext
from deltagare.models.samtyckestext import utan_underskrift
from deltagare.pappersblanketter import inregistrering, utregistrering
from deltagare.utskrift import samtyckesblankett
from organisations.pappersblanketter import upplaggning
from sus.core.blankett import blankettpdf
from sus.core.pdf import pdfsvar
from sus.core.smulor import STARTSIDA

SAMTYCKE = "9443"
BLANKETTER = {"9445": bestallning, "9447": upplaggning, "9448": inregistrering, "9449": utregistrering}


def gallande_text() -> Samtyckestext | None:
    return Samtyckestext.objects.giltig(timezone.localdate())


def _spraket(kod: str) -> Samtyckessprak:
    if kod not in Samtyckessprak.values:
        raise Http404
    return Samtyckessprak(kod)


@method_decorator(login_not_required, name="dispatch")
class Blanketter(TemplateView):
    template_name = "start/blanketter.html"
    extra_context = {"smulor": [STARTSIDA, ("Blanketter", None)]}

    def get_context_data(self, **kwargs):
        text = gallande_text()
        return super().get_context_data(text=text, sprak=text.sprak[1:] if text else [], diariet=DIARIET, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Blankett(View):
    """A blank form as PDF. 9443 is the version in force; ?sprak= adds a translation to read."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, nummer):
        if nummer in BLANKETTER:
            return pdfsvar(_blank(nummer), f"blankett-{nummer}")
        text = gallande_text()
        if nummer != SAMTYCKE or text is None:
            raise Http404
        sprak = _spraket(request.GET.get("sprak", Samtyckessprak.SVENSKA))
        oversattning = text.pa(sprak)
        if oversattning is None:
            raise Http404
        if oversattning is text:
            return pdfsvar(_samtycke(text, None, text.text), f"blankett-{nummer}")
        return pdfsvar(_samtycke(text, oversattning, oversattning.text), f"blankett-{nummer}-{sprak}")


@method_decorator(login_not_required, name="dispatch")
class Samtyckesinformation(TemplateView):
    """The consent text on the screen, in the language that one reads: ?sprak="""

    template_name = "start/samtycke.html"

    def get_context_data(self, **kwargs):
        text, sprak = gallande_text(), _spraket(self.request.GET.get("sprak", Samtyckessprak.SVENSKA))
        last = text.pa(sprak) if text else None
        if text and last is None:
            raise Http404
        stycken = utan_underskrift(last.stycken) if last else []
        smulor = [STARTSIDA, ("Blanketter", reverse("start:blanketter")), ("Samtycke", None)]
        return super().get_context_data(text=text, stycken=stycken, sprak=sprak, smulor=smulor, **kwargs)


@lru_cache(maxsize=8)
def _blank(nummer: str) -> bytes:
    return blankettpdf(BLANKETTER[nummer]())


@lru_cache(maxsize=32)
def _samtycke(text: Samtyckestext, oversattning, innehall: str) -> bytes:
    """`innehall` makes the key that of what is printed and not only of a row."""
    return samtyckesblankett(text, oversattning)
