"""Förbättringsförslag: what users tell Försäkringskassan, and what became of it."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from sus.core.formatering import datumtid
from sus.core.smulor import STARTSIDA
from sus.start.hjalp.actions import besvara_forslag, lamna_forslag
from sus.start.hjalp.forms import ForslagForm, SokForslagForm, SvaraForslagForm, utan_nycklar
from sus.start.models import Forbattringsforslag

EGNA = ("Mina förbättringsförslag", "start:forslag_egna")
LISTA = ("Förbättringsförslag", "register:forslag")


class EgnaForslag(TillatnaMixin, ListView):
    rattighet = Rattighet.FORSLAG_LAMNA
    model = Forbattringsforslag
    template_name = "start/forslag_egna.html"
    paginate_by = 20
    page_kwarg = "sida"

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=[STARTSIDA, (EGNA[0], None)], **kwargs)


class ForslagLamna(Formularvy):
    """From the footer of every page: the page one came from stands in the form, without the keys of persons."""

    rattighet = Rattighet.FORSLAG_LAMNA
    model = Forbattringsforslag
    form_class = ForslagForm
    template_name = "start/forslag_lamna.html"
    rubrik = "Lämna förbättringsförslag"
    ingress = "Berätta vad som kan bli bättre i SUS, vad som inte fungerar eller vad som hindrar dig. Försäkringskassan läser allt."
    knapptext = "Skicka"
    meddelande = "Tack! Försäkringskassan har fått det du skrev."

    def get_initial(self):
        return {"sida": utan_nycklar(self._sidan_fore())[:200], "slag": self.request.GET.get("slag", "")}

    def _sidan_fore(self):
        """The path of the page of SUS that one came from, else nothing."""
        try:
            adress = urlsplit(self.request.headers.get("Referer", ""))
        except ValueError:
            return ""
        fran_sus = adress.netloc == self.request.get_host() and adress.path != self.request.path
        return adress.path if fran_sus else ""

    def utfor(self, form):
        return lamna_forslag(**form.cleaned_data, by=self.request.user)

    def get_avbryt_url(self):
        return reverse(EGNA[1])

    def get_smulor(self):
        return [STARTSIDA, (EGNA[0], reverse(EGNA[1])), (self.rubrik, None)]


class ForslagDetail(TillatnaMixin, DetailView):
    """The sender's page of it."""

    rattighet = Rattighet.FORSLAG_LAMNA
    model = Forbattringsforslag
    template_name = "start/forslag.html"

    def get_context_data(self, **kwargs):
        rad = self.object
        uppgifter = [
            ("Status", rad.get_status_display()),
            ("Inskickat", datumtid(rad.inskickat)),
            ("Sida", rad.sida or "Hela SUS"),
        ]
        return super().get_context_data(uppgifter=uppgifter, smulor=[STARTSIDA, (EGNA[0], reverse(EGNA[1])), (str(rad), None)], **kwargs)


class ForslagList(TillatnaMixin, ListView):
    """Försäkringskassan's list: those that wait, unless another choice is made."""

    rattighet = Rattighet.FORSLAG_BESVARA
    model = Forbattringsforslag
    template_name = "start/forslag_list.html"
    paginate_by = 50
    page_kwarg = "sida"

    def formular(self):
        return SokForslagForm(self.request.GET)

    def get_queryset(self):
        return self.formular().filtrera(super().get_queryset()).select_related("avsandare__arbetsgivare")

    def get_context_data(self, **kwargs):
        return super().get_context_data(formular=self.formular(), urval=self.request.GET, smulor=[STARTSIDA, (LISTA[0], None)], **kwargs)


class ForslagSvara(Formularvy):
    rattighet = Rattighet.FORSLAG_BESVARA
    model = Forbattringsforslag
    form_class = SvaraForslagForm
    template_name = "start/forslag_svara.html"
    knapptext = "Spara"
    meddelande = "Svaret är sparat."

    def utfor(self, form):
        besvara_forslag(forslag=self.object, **form.cleaned_data, by=self.request.user)
        return reverse(LISTA[1])

    def get_rubrik(self):
        return str(self.object)

    def get_avbryt_url(self):
        return reverse(LISTA[1])

    def get_smulor(self):
        return [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(self.object), None)]

    def get_context_data(self, **kwargs):
        rad = self.object
        uppgifter = [
            ("Avsändare", f"{rad.avsandare}, {rad.avsandare.arbetsgivare or 'utan arbetsgivare'}"),
            ("Inskickat", datumtid(rad.inskickat)),
            ("Sida", rad.sida or "Hela SUS"),
        ]
        return super().get_context_data(uppgifter=uppgifter, forslag=rad, **kwargs)
