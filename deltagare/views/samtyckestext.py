"""The register of versions of form 9443, which Försäkringskassan keeps."""

from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.forms import BaraFragaForm
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare.actions.samtyckestext import GALLER_REDAN, lagg_till_oversattning, lagg_till_samtyckestext, ta_bort_samtyckestext
from deltagare.forms.samtyckestext import SamtyckesoversattningForm, SamtyckestextForm
from deltagare.models import Samtyckessprak, Samtyckestext
from organisations.views.register import Registervy
from sus.core.formatering import datum
from sus.core.smulor import STARTSIDA

LISTA = ("Samtyckestexter", "register:samtyckestexter")


class SamtyckestextList(TillatnaMixin, ListView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Samtyckestext

    def get_queryset(self):
        return super().get_queryset().order_by("-giltig_fran")

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=[STARTSIDA, (LISTA[0], None)], **kwargs)


class SamtyckestextDetail(TillatnaMixin, DetailView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Samtyckestext

    def get_context_data(self, **kwargs):
        rad = self.object
        uppgifter = [
            ("Första dag", datum(rad.giltig_fran)),
            ("Sista dag", datum(rad.giltig_till) or "Tills vidare"),
            ("Status", rad.lage),
        ]
        smulor = [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(rad), None)]
        oversattningar = rad.oversattningar.select_related("samtyckestext", "tillagd_av").senaste()
        saknas = [sprak for sprak in Samtyckessprak if sprak not in rad.sprak]
        context = {"uppgifter": uppgifter, "oversattningar": sorted(oversattningar, key=lambda ett: ett.spraket.label), "saknas": saknas}
        return super().get_context_data(**context, smulor=smulor, **kwargs)


class SamtyckestextCreate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Samtyckestext
    form_class = SamtyckestextForm
    lista = LISTA
    rubrik = "Lägg till samtyckestext"
    ingress = "Texten på blankett 9443. Den som redan har skrivit under har samtyckt till den text som gällde då."
    meddelande = "Samtyckestexten är tillagd."

    def utfor(self, form):
        return lagg_till_samtyckestext(**form.uppgifter(), by=self.request.user)


class SamtyckestextDelete(Registervy):
    """Asks before a version that is not in force yet is removed; one that has come into force says why it stays."""

    rattighet = Rattighet.REGISTER_ANDRA
    model = Samtyckestext
    form_class = BaraFragaForm
    template_name = "deltagare/samtyckestext_ta_bort.html"
    lista = LISTA
    rubrik = "Ta bort samtyckestext"
    knapptext = "Ta bort texten"
    meddelande = "Samtyckestexten är borttagen."

    def utfor(self, form):
        ta_bort_samtyckestext(samtyckestext=self.object, by=self.request.user)
        return reverse(LISTA[1])

    def get_avbryt_url(self):
        return self.object.get_absolute_url()

    def get_smulor(self):
        return [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(self.object), self.object.get_absolute_url()), (self.rubrik, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=GALLER_REDAN if self.object.har_borjat_galla else "", **kwargs)


class SamtyckesoversattningCreate(Registervy):
    """A translation of the version in the address; ?sprak= chooses the language and brings the text that is there, to be mended."""

    rattighet = Rattighet.REGISTER_ANDRA
    model = Samtyckestext
    form_class = SamtyckesoversattningForm
    lista = LISTA
    rubrik = "Lägg till översättning"
    ingress = "Översättningen är till för att läsas. Det är den svenska blanketten som skrivs under."
    meddelande = "Översättningen är tillagd."
    versionerad = False

    def get_queryset(self):
        return super().get_queryset().inte_avslutade()

    def hamta_objekt(self, las=False):
        """Never locked: the action locks it."""
        return super().hamta_objekt()

    def utfor(self, form):
        lagg_till_oversattning(samtyckestext=self.object, **form.uppgifter(), by=self.request.user)
        return self.object

    def get_initial(self):
        sprak = self.request.GET.get("sprak", "")
        fore = self.object.oversattningar.filter(sprak=sprak).senaste().first() if sprak in Samtyckessprak.values else None
        return {"sprak": sprak, "text": fore.text if fore else ""}

    def get_avbryt_url(self):
        return self.object.get_absolute_url()

    def get_smulor(self):
        return [STARTSIDA, (LISTA[0], reverse(LISTA[1])), (str(self.object), self.object.get_absolute_url()), (self.rubrik, None)]
