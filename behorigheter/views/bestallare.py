"""Beställare: the list, and the form that appoints one."""

from django.urls import reverse
from django.views.generic import ListView

from behorigheter.actions.bestallare import utse_bestallare
from behorigheter.forms.bestallare import SokBestallareForm, UtseBestallareForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Behorighet
from behorigheter.roller import Rattighet, Roll
from sus.core.smulor import STARTSIDA


class BestallareList(TillatnaMixin, ListView):
    rattighet = Rattighet.BESTALLARE_UTSE
    model = Behorighet
    template_name = "behorigheter/bestallare.html"
    paginate_by = 50
    page_kwarg = "sida"

    def formular(self):
        return SokBestallareForm(self.request.GET)

    def get_queryset(self):
        rader = self.formular().filtrera(super().get_queryset().filter(roll=Roll.BESTALLARE))
        rader = rader.with_galler().select_related("anvandare", "arbetsgivare")
        return rader.order_by("arbetsgivare", "anvandare", "-giltig_fran", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(formular=self.formular(), jag=self.request.user, smulor=[STARTSIDA, ("Beställare", None)], **kwargs)


class BestallareUtse(Formularvy):
    rattighet = Rattighet.BESTALLARE_UTSE
    model = Behorighet
    form_class = UtseBestallareForm
    template_name = "behorigheter/med_innehall.html"
    kraver_bekraftelse = True
    rubrik = "Utse beställare"
    ingress = (
        "Enligt blankett 9463. Beställaren beställer behörighet för sin organisation i högst två år. "
        "Utse samma person igen för att förlänga: den nya perioden börjar då när den gamla slutar."
    )
    knapptext = "Utse beställaren"
    meddelande = "Beställaren är utsedd och får besked med e-post."

    def utfor(self, form):
        utse_bestallare(
            organisation=form.cleaned_data["overenskommelse"].organisation,
            uppgifter=form.uppgifter(),
            personnummer=form.cleaned_data["personnummer"],
            fran=form.cleaned_data["fran"],
            till=form.cleaned_data["till"],
            by=self.request.user,
        )
        return reverse("behorigheter:bestallare")

    def get_smulor(self):
        return [STARTSIDA, ("Beställare", self.get_avbryt_url()), (self.rubrik, None)]

    def get_avbryt_url(self):
        return reverse("behorigheter:bestallare")
