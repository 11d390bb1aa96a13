"""Årsredogörelser: written by the insatsansvarig, read and printed by all once they are final."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from behorigheter.forms import BaraFragaForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.arsredogorelser import (
    KLAR_TAS_INTE_BORT,
    arsfakta,
    arslagen,
    forvalt_ar,
    insatsens_lagen,
    oppna_arsredogorelse,
    skrivar,
    spara_arsredogorelse,
    ta_bort_utkast,
)
from insatser.forms.arsredogorelse import ArsredogorelseForm
from insatser.models import Arsredogorelse, Insats
from insatser.sidor import smulor, undermeny
from insatser.utskrift import Uppslag, arsredogorelse_pdf, delar, samlade_pdf
from insatser.views.insats import Insatsformular
from organisations.models import Samverkansorganisation
from sus.core.adress import valt_ar
from sus.core.pdf import pdfsvar
from sus.core.smulor import STARTSIDA

MENYVAL = "arsredogorelser"


class InsatsArsredogorelser(TillatnaMixin, DetailView):
    """The years of an insats."""

    rattighet = Rattighet.INSATS_SE
    model = Insats
    template_name = "insatser/arsredogorelser_insats.html"

    def get_queryset(self):
        return super().get_queryset().select_related("samverkansorganisation").with_kan_andra(self.request.user)

    def get_context_data(self, **kwargs):
        insats = self.object
        return super().get_context_data(
            lagen=insatsens_lagen(insats, insats.kan_andra),
            undermeny=undermeny(insats, MENYVAL) if insats.kan_andra else [],
            smulor=smulor(insats, "Årsredogörelser"),
            **kwargs,
        )


class ArsredogorelseSkriv(Insatsformular):
    """The text of one year, which ?ar= chooses. A final one is not written but read."""

    rattighet = Rattighet.INSATS_ANDRA
    form_class = ArsredogorelseForm
    aktiv = MENYVAL
    template_name = "insatser/arsredogorelse_skriv.html"
    knapptext = "Spara utkast"

    def hamta_objekt(self, las=False):
        insats = super().hamta_objekt(las)
        self.arval = sorted({*skrivar(insats), *insats.arsredogorelser.values_list("ar", flat=True)}, reverse=True)
        self.ar = valt_ar(self.request.GET, self.arval) or forvalt_ar(self.arval)
        self.arsredogorelse = insats.arsredogorelser.filter(ar=self.ar).first()
        return insats

    def get(self, request, *args, **kwargs):
        self.object = self.hamta_objekt()
        if self.arsredogorelse and self.arsredogorelse.ar_klar:
            return HttpResponseRedirect(self.arsredogorelse.get_absolute_url())
        return self.render_to_response(self.get_context_data())

    def versionerat(self):
        return self.arsredogorelse

    def utfor(self, form):
        klar = "klar" in self.request.POST
        rad = spara_arsredogorelse(insats=self.object, ar=self.ar, klar=klar, by=self.request.user, **form.cleaned_data)
        self.meddelande = "Årsredogörelsen är klar. Nu kan alla i SUS läsa den." if klar else "Utkastet är sparat."
        return rad if klar else self.adress()

    def adress(self):
        return f"{reverse('insatser:arsredogorelse_skriv', args=[self.object.pk])}?ar={self.ar}"

    def get_initial(self):
        rad = self.arsredogorelse
        return {"rubrik": rad.rubrik, "text": rad.text} if rad else {}

    def get_rubrik(self):
        return f"Årsredogörelse {self.ar}" if self.ar else "Årsredogörelse"

    def get_smulor(self):
        *fore, sist = smulor(self.object, "Årsredogörelser", self.get_rubrik())
        return [*fore[:-1], ("Årsredogörelser", self.get_avbryt_url()), sist]

    def get_avbryt_url(self):
        return reverse("insatser:arsredogorelser", args=[self.object.pk])

    def get_context_data(self, **kwargs):
        standard = {
            "ar": self.ar,
            "arval": self.arval,
            "arsredogorelse": self.arsredogorelse,
            "fakta": arsfakta([self.object], self.ar)[self.object.pk] if self.ar else [],
            "ingress": f"{self.object} i {self.object.samverkansorganisation}.",
        }
        if "konfliktrader" in kwargs:
            kwargs["objekt"] = f"årsredogörelsen för {self.ar}"
        return super().get_context_data(**standard | kwargs)


class ArsredogorelseDetail(TillatnaMixin, DetailView):
    """To read, or with ?format=pdf to print."""

    rattighet = Rattighet.INSATS_SE
    model = Arsredogorelse
    template_name = "insatser/arsredogorelse.html"

    def get_queryset(self):
        rader = super().get_queryset().synliga_for(self.request.user)
        return rader.select_related("insats__samverkansorganisation", "klar_av", "andrad_av")

    def render_to_response(self, context, **kwargs):
        if self.request.GET.get("format") != "pdf":
            return super().render_to_response(context, **kwargs)
        return pdfsvar(arsredogorelse_pdf(self.object, context["fakta"]), f"årsredogörelse {self.object.insats.namn} {self.object.ar}")

    def get_context_data(self, **kwargs):
        insats = self.object.insats
        kan_andra = insats.samverkansorganisation.ar_tillaten_for(self.request.user, Rattighet.INSATS_ANDRA)
        return super().get_context_data(
            fakta=arsfakta([insats], self.object.ar)[insats.pk],
            kan_andra=kan_andra,
            undermeny=undermeny(insats, MENYVAL) if kan_andra else [],
            smulor=_smulor(self.object),
            **kwargs,
        )


class Arsredogorelsefraga(Formularvy):
    """A page that asks before something happens to the whole text."""

    model = Arsredogorelse
    form_class = BaraFragaForm

    def get_queryset(self):
        return super().get_queryset().select_related("insats")

    def get_smulor(self):
        *fore, sist = _smulor(self.object)
        return [*fore, (sist[0], self.object.get_absolute_url()), (self.rubrik, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(undermeny=undermeny(self.object.insats, MENYVAL), **kwargs)


class ArsredogorelseOppna(Arsredogorelsefraga):
    """Asks before a final text becomes a draft again."""

    rattighet = Rattighet.INSATS_ANDRA
    rubrik = "Öppna årsredogörelsen igen"
    knapptext = "Öppna igen"
    template_name = "insatser/arsredogorelse_oppna.html"
    meddelande = "Årsredogörelsen är öppnad och är ett utkast igen."

    def utfor(self, form):
        rad = oppna_arsredogorelse(arsredogorelse=self.object, by=self.request.user)
        return f"{reverse('insatser:arsredogorelse_skriv', args=[rad.insats_id])}?ar={rad.ar}"


class ArsredogorelseTaBort(Arsredogorelsefraga):
    """Asks before a draft is thrown away; a final text says why it stays."""

    rattighet = Rattighet.INSATS_ANDRA
    rubrik = "Ta bort utkast"
    knapptext = "Ta bort utkastet"
    template_name = "insatser/arsredogorelse_ta_bort.html"
    meddelande = "Utkastet är borttaget."

    def utfor(self, form):
        ta_bort_utkast(arsredogorelse=self.object, by=self.request.user)
        return reverse("insatser:arsredogorelser", args=[self.object.insats_id])

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=KLAR_TAS_INTE_BORT if self.object.ar_klar else "", **kwargs)


class SamladeArsredogorelser(TillatnaMixin, DetailView):
    """How far the insatser of a samverkansorganisation have come with a year, which ?ar= chooses.

    With ?format=pdf the final texts; many of them are several files, of which ?del= chooses one.
    """

    rattighet = Rattighet.INSATS_SE
    model = Samverkansorganisation
    template_name = "insatser/arsredogorelser_samlade.html"

    def get_context_data(self, **kwargs):
        arval = [ar for ar in self.object.budgetar_att_valja() if ar <= timezone.localdate().year]
        ar = valt_ar(self.request.GET, arval) or forvalt_ar(arval)
        kan_andra = self.object.ar_tillaten_for(self.request.user, Rattighet.INSATS_ANDRA)
        lagen = arslagen(self.object, ar, kan_andra) if ar else []
        klara = [lage for lage in lagen if lage.ar_klar]
        return super().get_context_data(
            lagen=lagen,
            antal_klara=len(klara),
            delar=delar(klara),
            ar=ar,
            arval=arval,
            kan_andra=kan_andra,
            smulor=[STARTSIDA, (str(self.object), self.object.get_absolute_url()), ("Årsredogörelser", None)],
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        if self.request.GET.get("format") != "pdf":
            return super().render_to_response(context, **kwargs)
        vald = next((del_ for del_ in context["delar"] if str(del_.nummer) == self.request.GET.get("del", "1")), None)
        if vald is None:
            raise Http404
        return self._pdf(vald, **context)

    def _pdf(self, del_, ar, lagen, delar, **context):
        fakta = arsfakta([lage.insats for lage in del_.innehall], ar)
        uppslag = [Uppslag(lage.arsredogorelse, fakta[lage.insats.pk]) for lage in del_.innehall]
        rubrik = f"del {del_.nummer} av {len(delar)}" if len(delar) > 1 else ""
        saknas = [lage.insats for lage in lagen if not lage.ar_klar]
        return pdfsvar(samlade_pdf(self.object, ar, uppslag, saknas, rubrik), f"årsredogörelser {self.object} {ar} {rubrik}")


def _smulor(arsredogorelse):
    insats = arsredogorelse.insats
    *fore, _, sist = smulor(insats, "Årsredogörelser", f"Årsredogörelse {arsredogorelse.ar}")
    return [*fore, ("Årsredogörelser", reverse("insatser:arsredogorelser", args=[insats.pk])), sist]
