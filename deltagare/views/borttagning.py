"""Pages by which a deltagande leaves SUS: withdrawn samtycke with its receipt, and felregistrering, alone or by two."""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from behorigheter.mixins import RattighetMixin
from behorigheter.roller import Rattighet
from deltagare import kvitto
from deltagare.actions.borttagning import (
    INGEN_BEGARAN,
    SJALV_PER_DAG,
    aterta_samtycke,
    avsla_felregistrering,
    felregistrera,
    godkann_felregistrering,
    sjalv_idag,
)
from deltagare.forms.borttagning import GODKANN, AvgorForm, FelregistreraForm
from deltagare.forms.delar import BaraKnappForm
from deltagare.regler import V30, V31
from deltagare.smulor import smulor
from deltagare.utskrift import aterkallelsekvitto
from deltagare.views.deltagande import PERSONSIDA, Deltagandeformular, sokadress
from deltagare.visning import begaran_i_ord
from sus.core.formatering import datum
from sus.core.pdf import pdfsvar

BORTTAGET = "Uppgifterna om deltagaren är borttagna ur SUS."
FLER_AN_SJALV = (
    f"Du har redan tagit bort {SJALV_PER_DAG} felregistreringar i dag. "
    "En annan deltagaransvarig i insatsen behöver godkänna att du tar bort fler. I morgon kan du ta bort igen själv."
)


class Borttagningsformular(Deltagandeformular):
    """A form after which the deltagande may be gone. What somebody else has changed meanwhile makes no difference."""

    versionerad = False
    varningstext = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(varningstext=self.varningstext, **kwargs)


@method_decorator(PERSONSIDA, name="dispatch")
class Aterta(Borttagningsformular):
    """Withdrawal: at once, whether the deltagande goes on or has ended."""

    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = BaraKnappForm
    template_name = "deltagare/aterta.html"
    rubrik = "Deltagaren återtar sitt samtycke"
    varningstext = V31
    knapptext = "Ta bort uppgifterna"
    meddelande = f"Samtycket är återtaget. {BORTTAGET}"

    def utfor(self, form):
        anvandare = self.request.user
        aterkallelse = aterta_samtycke(deltagande=self.object, by=anvandare)
        return reverse("deltagare:kvitto", args=[kvitto.skriv_under(aterkallelse, anvandare)])


class Kvitto(RattighetMixin, TemplateView):
    """What the participant gets, on the page or with ?format=pdf. The address holds it all; SUS keeps no receipt."""

    rattighet = Rattighet.DELTAGARE_ANDRA
    template_name = "deltagare/kvitto.html"

    def get(self, request, *args, **kwargs):
        try:
            self.aterkallelse = kvitto.las(kwargs["kvitto"], request.user)
        except signing.SignatureExpired:
            return TemplateResponse(request, "deltagare/kvitto_slut.html", {"smulor": smulor(("Kvitto", None))}, status=410)
        except signing.BadSignature:
            raise Http404 from None
        if request.GET.get("format") == "pdf":
            return pdfsvar(aterkallelsekvitto(kvittorader(self.aterkallelse)), f"kvitto-{self.aterkallelse.nummer}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(rader=kvittorader(self.aterkallelse), smulor=smulor(("Kvitto", None)), **kwargs)


@method_decorator(PERSONSIDA, name="dispatch")
class Felregistrera(Borttagningsformular):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = FelregistreraForm
    template_name = "deltagare/felregistrera.html"
    rubrik = "Felregistrering"
    varningstext = V30

    @cached_property
    def ensam(self) -> bool:
        return sjalv_idag(self.request.user) < SJALV_PER_DAG

    def utfor(self, form):
        if felregistrera(deltagande=self.object, by=self.request.user):
            self.meddelande = "Begäran är sparad. En annan deltagaransvarig i insatsen behöver godkänna den."
            return self.object
        self.meddelande = BORTTAGET
        return sokadress(self.object.insats_id)

    def get_context_data(self, **kwargs):
        standard = {
            "ensam": self.ensam,
            "fler_text": FLER_AN_SJALV,
            "knapptext": "Ta bort uppgifterna" if self.ensam else "Begär att uppgifterna tas bort",
            "vantar": hasattr(self.object, "felregistreringsbegaran"),
        }
        return super().get_context_data(**standard | kwargs)


@method_decorator(PERSONSIDA, name="dispatch")
class FelregistreringAvgor(Borttagningsformular):
    """The second person's page; who asked can take the begäran back here."""

    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = AvgorForm
    template_name = "deltagare/felregistrering_avgor.html"
    rubrik = "Begäran om att ta bort en felregistrering"
    knapptext = "Svara"

    @property
    def begaran(self):
        return getattr(self.object, "felregistreringsbegaran", None)

    def get(self, request, *args, **kwargs):
        self.object = self.hamta_objekt()
        if self.begaran is None:
            messages.info(request, INGEN_BEGARAN)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data())

    def utfor(self, form):
        if form.cleaned_data["beslut"] == GODKANN:
            godkann_felregistrering(deltagande=self.object, by=self.request.user)
            self.meddelande = BORTTAGET
            return sokadress(self.object.insats_id)
        avsla_felregistrering(deltagande=self.object, by=self.request.user)
        self.meddelande = "Begäran är borttagen. Uppgifterna om deltagaren är kvar."
        return self.object

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"begaran": self.begaran}

    def get_context_data(self, **kwargs):
        egen = self.begaran is not None and self.begaran.begard_av_id == self.request.user.pk
        return super().get_context_data(begaran=begaran_i_ord(self.begaran), egen=egen, **kwargs)


def kvittorader(aterkallelse) -> list[tuple[str, str]]:
    return [
        ("Kvittonummer", aterkallelse.nummer),
        ("Samtycket återtogs", datum(aterkallelse.dag)),
        ("Blankett", aterkallelse.blankett),
    ]
