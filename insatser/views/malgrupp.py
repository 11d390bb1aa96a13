"""The register of målgrupper, which Försäkringskassan keeps."""

from django.views.generic import ListView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.forms.malgrupp import MalgruppForm, NyMalgruppForm
from insatser.malgruppsregister import andra_malgrupp, registrera_malgrupp
from insatser.models import Malgrupp
from organisations.views.register import Registervy
from sus.core.formatering import datum
from sus.core.smulor import STARTSIDA

LISTA = ("Målgrupper", "register:malgrupper")


class MalgruppList(TillatnaMixin, ListView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Malgrupp

    def get_queryset(self):
        return super().get_queryset().with_antal_insatser()

    def get_context_data(self, **kwargs):
        return super().get_context_data(smulor=[STARTSIDA, (LISTA[0], None)], **kwargs)


class MalgruppCreate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Malgrupp
    form_class = NyMalgruppForm
    lista = LISTA
    rubrik = "Lägg till målgrupp"
    meddelande = "Målgruppen är tillagd."

    def utfor(self, form):
        registrera_malgrupp(**form.uppgifter(), by=self.request.user)
        return self.get_avbryt_url()


class MalgruppUpdate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Malgrupp
    form_class = MalgruppForm
    lista = LISTA
    rubrik = "Ändra målgrupp"
    meddelande = "Målgruppen är ändrad."

    def utfor(self, form):
        andra_malgrupp(malgrupp=self.object, **form.uppgifter(), by=self.request.user)
        return self.get_avbryt_url()

    def get_context_data(self, **kwargs):
        rad = self.object
        return super().get_context_data(**{"ingress": f"Kod {rad.pk}. Gäller från och med {datum(rad.giltig_fran)}."} | kwargs)
