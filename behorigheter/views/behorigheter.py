"""What is done with a behörighet that exists: renewed before it ends, or revoked at once."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView

from behorigheter.actions.behorighet import aterkalla_behorighet
from behorigheter.actions.bestallning import fornya_behorigheter
from behorigheter.forms import BaraFragaForm
from behorigheter.forms.bestallning import FornyaForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Behorighet
from behorigheter.models.behorighet import FORNYAS_DAGAR_FORE
from behorigheter.roller import Rattighet, Roll
from sus.core.smulor import STARTSIDA


class FornyaList(TillatnaMixin, ListView):
    rattighet = Rattighet.BESTALLNING_GORA
    model = Behorighet
    template_name = "behorigheter/fornya_lista.html"
    paginate_by = 50
    page_kwarg = "sida"

    def get_queryset(self):
        rader = super().get_queryset().som_slutar_inom(FORNYAS_DAGAR_FORE).exclude(roll=Roll.BESTALLARE).select_related("anvandare")
        return rader.order_by("giltig_till", "anvandare", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            ingress=f"Behörigheter i din organisation som slutar inom {FORNYAS_DAGAR_FORE} dagar.",
            jag=self.request.user,
            smulor=[STARTSIDA, ("Beställningar", reverse("behorigheter:bestallningar")), ("Förnya behörigheter", None)],
            **kwargs,
        )


class Fornya(Formularvy):
    rattighet = Rattighet.BESTALLNING_GORA
    model = Behorighet
    form_class = FornyaForm
    versionerad = False
    kraver_bekraftelse = True
    ingress = "Den nya perioden börjar dagen efter den gamla. När du har skickat är beställningen signerad av dig."
    knapptext = "Signera och skicka till utfärdaren"
    meddelande = "Förnyelsen är signerad och skickad till utfärdaren."

    @cached_property
    def behorigheter(self):
        """What the person has that ends soon, the one of the address among them."""
        alla = self.get_queryset().som_slutar_inom(FORNYAS_DAGAR_FORE).exclude(roll=Roll.BESTALLARE)
        rader = list(alla.filter(anvandare=self.object.anvandare_id).select_related("anvandare").order_by("giltig_till", "roll"))
        if self.object not in rader:
            raise Http404
        return rader

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"behorigheter": self.behorigheter}

    def utfor(self, form):
        return fornya_behorigheter(anvandare=self.object.anvandare, **form.cleaned_data, by=self.request.user)

    def get_rubrik(self):
        return f"Förnya behörigheten för {self.object.anvandare}"

    def get_smulor(self):
        return [STARTSIDA, ("Förnya behörigheter", self.get_avbryt_url()), (str(self.object.anvandare), None)]

    def get_avbryt_url(self):
        return reverse("behorigheter:fornya_lista")


class BehorighetAterkalla(Formularvy):
    rattighet = Rattighet.BEHORIGHET_ATERKALLA
    model = Behorighet
    form_class = BaraFragaForm
    template_name = "behorigheter/behorighet_aterkalla.html"
    versionerad = False
    kraver_bekraftelse = True
    ingress = "Behörigheten slutar gälla genast. Uppdragen finns kvar men ger ingen åtkomst."
    knapptext = "Återkalla behörigheten"
    meddelande = "Behörigheten är återkallad."

    def utfor(self, form):
        aterkalla_behorighet(behorighet=self.object, by=self.request.user)
        return self.get_avbryt_url()

    def get_rubrik(self):
        return f"Återkalla behörigheten som {self.object.get_roll_display()} för {self.object.anvandare}"

    def get_smulor(self):
        return [STARTSIDA, (str(self.object.anvandare), self.get_avbryt_url()), ("Återkalla behörigheten", None)]

    def get_avbryt_url(self):
        return reverse("behorigheter:anvandare_detalj", args=[self.object.anvandare_id])
