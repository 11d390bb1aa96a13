"""Help, handbook and courses: open to everybody, since the footer of every page leads to them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from behorigheter.models.uppdrag import stod_for
from sus.core.smulor import STARTSIDA
from sus.start.hjalp import sok
from sus.start.hjalp.forms import KursfragaForm, SokHjalpForm
from sus.start.hjalp.handbok import for_rollerna, kapitel, kurser

HJALP = "Hjälp"


@method_decorator(login_not_required, name="dispatch")
class Hjalpsida(TemplateView):
    """What concerns the user's roles and employer first, everything else below. With ?sok= only what holds the words."""

    template_name = "start/hjalp.html"
    extra_context = {"smulor": [STARTSIDA, (HJALP, None)]}

    def get_context_data(self, **kwargs):
        anvandare = self.request.user
        formular = SokHjalpForm(self.request.GET)
        sokt = formular.cleaned_data["sok"] if formular.is_valid() else ""
        roller = anvandare.gallande_roller if anvandare.is_authenticated else set()
        arbetsgivare = anvandare.arbetsgivare if anvandare.is_authenticated else None
        return super().get_context_data(
            formular=formular,
            sokt=sokt,
            traffar=sok.traffar(sokt) if sokt else None,
            hjalp=sok.ordnad_hjalp(roller, arbetsgivare.typ if arbetsgivare else ""),
            kapitel=for_rollerna(kapitel(), roller),
            kurser=for_rollerna(kurser(), roller),
            stod=stod_for(anvandare) if anvandare.is_authenticated else None,
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class Handbokskapitel(TemplateView):
    template_name = "start/handbok.html"

    def get_context_data(self, **kwargs):
        alla = kapitel()
        ett = alla.get(self.kwargs["nyckel"])
        if ett is None:
            raise Http404
        smulor = [STARTSIDA, (HJALP, reverse("start:hjalp")), (ett.rubrik, None)]
        return super().get_context_data(kapitel=ett, alla=alla.values(), kurs=kurser().get(ett.nyckel), smulor=smulor, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Kurssida(TemplateView):
    """A page of a course. The answer stands in the address, and so does how far one has come: nothing is stored."""

    template_name = "start/kurs.html"

    def get_context_data(self, **kwargs):
        kurs, nummer = kurser().get(self.kwargs["nyckel"]), self.kwargs["nummer"]
        if kurs is None or not 1 <= nummer <= len(kurs.sidor):
            raise Http404
        sida = kurs.sidor[nummer - 1]
        formular = KursfragaForm(self.request.GET if "svar" in self.request.GET else None, sida=sida)
        smulor = [STARTSIDA, (HJALP, reverse("start:hjalp")), (kurs.rubrik, None)]
        return super().get_context_data(
            kurs=kurs,
            sida=sida,
            sidor=[{"nummer": nr, "rubrik": ett.rubrik, "url": kurs.url(nr)} for nr, ett in enumerate(kurs.sidor, start=1)],
            formular=formular,
            svar=formular.valt() if formular.is_bound and formular.is_valid() else None,
            forra=kurs.url(nummer - 1) if nummer > 1 else "",
            nasta=kurs.url(nummer + 1) if nummer < len(kurs.sidor) else "",
            prova=self._prova(kurs, sida),
            smulor=smulor,
            **kwargs,
        )

    def _prova(self, kurs, sida) -> str:
        """In the demo: the page itself for who has the role, else the page where one becomes somebody who has it."""
        if not settings.DEMO:
            return ""
        anvandare = self.request.user
        if anvandare.is_authenticated and kurs.nyckel in anvandare.gallande_roller:
            return sida.prova
        return f"{reverse('start:demo')}#vem-ar-vem"
