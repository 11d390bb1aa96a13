"""Forms 9448 and 9449 as PDF, for an insats or with what is registered of a deltagande. The name of the file tells nothing."""

from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare import pappersblanketter
from deltagare.identitet import Andamal
from deltagare.views.deltagande import PERSONSIDA, Deltagandevy
from insatser.models import Insats
from sus.core.blankett import blankettpdf
from sus.core.pdf import pdfsvar


def svar(blankett):
    return pdfsvar(blankettpdf(blankett), f"blankett-{blankett.nummer}")


class InsatsblankettIn(TillatnaMixin, DetailView):
    """Names the insats and asks its förbund's kompletterande frågor; nothing about persons."""

    rattighet = Rattighet.DELTAGARE_ANDRA
    model = Insats
    blankett = staticmethod(pappersblanketter.inregistrering)

    def get_queryset(self):
        return super().get_queryset().med_personuppgifter().select_related("samverkansorganisation")

    def render_to_response(self, context, **kwargs):
        return svar(self.blankett(insats=self.object))


class InsatsblankettUt(InsatsblankettIn):
    rattighet = Rattighet.DELTAGARE_ANDRA
    blankett = staticmethod(pappersblanketter.utregistrering)


@method_decorator(PERSONSIDA, name="dispatch")
class BlankettIn(Deltagandevy, TillatnaMixin, DetailView):
    """What the page of the deltagande shows, on paper; the personnummer stays masked."""

    rattighet = Rattighet.DELTAGARE_SE
    andamal = Andamal.BLANKETT
    blankett = staticmethod(pappersblanketter.inregistrering)

    def render_to_response(self, context, **kwargs):
        return svar(self.blankett(insats=self.object.insats, deltagande=self.object, identitet=self.identitet))


class BlankettUt(BlankettIn):
    rattighet = Rattighet.DELTAGARE_SE
    blankett = staticmethod(pappersblanketter.utregistrering)
