"""The registers that Försäkringskassan keeps: organisations and stadsdelar."""

import zlib
from itertools import groupby

from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from organisations.actions.register import andra_organisation, avsluta_stadsdel, registrera_organisation, registrera_stadsdel
from organisations.anvandning import omraden_per_stadsdel
from organisations.forms.register import NyStadsdelForm, OrganisationAndraForm, OrganisationForm, SokOrganisationForm, StadsdelForm
from organisations.models import Organisation, Stadsdel
from sus.core.formatering import datum
from sus.core.smulor import STARTSIDA


class Registervy(Formularvy):
    """A form of a register whose rows carry no version: what the row holds is its version. `lista` is the address name of the list."""

    lista: tuple[str, str]

    def nuvarande_version(self) -> int:
        rad = self.versionerat()
        if rad is None:
            return 0
        varden = [str(getattr(rad, falt.attname)) for falt in rad._meta.concrete_fields]
        return zlib.crc32("\0".join(varden).encode()) % 10**9

    def get_smulor(self):
        return [STARTSIDA, (self.lista[0], self.get_avbryt_url()), (self.get_rubrik(), None)]

    def get_avbryt_url(self):
        return reverse(self.lista[1])


class OrganisationList(TillatnaMixin, ListView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Organisation
    template_name = "organisations/register_organisationer.html"
    paginate_by = 50
    page_kwarg = "sida"

    def formular(self):
        return SokOrganisationForm(self.request.GET)

    def get_queryset(self):
        return self.formular().filtrera(super().get_queryset())

    def get_context_data(self, **kwargs):
        return super().get_context_data(formular=self.formular(), smulor=[STARTSIDA, ("Organisationer", None)], **kwargs)


class OrganisationDetail(TillatnaMixin, DetailView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Organisation
    template_name = "organisations/register_organisation.html"

    def get_queryset(self):
        return super().get_queryset().with_delar_nummer().select_related("kommun", "lan")

    def get_context_data(self, **kwargs):
        rad = self.object
        uppgifter = [
            ("Typ", rad.get_typ_display()),
            ("Organisationsnummer", rad.organisationsnummer or "Saknas"),
            ("Kommun", rad.kommun),
            ("Län", rad.lan),
            ("Status", "Aktiv" if rad.aktiv else "Inaktiv: kan inte väljas på nya ställen"),
        ]
        return super().get_context_data(
            smulor=[STARTSIDA, ("Organisationer", reverse("register:organisationer")), (str(rad), None)],
            uppgifter=[(etikett, varde) for etikett, varde in uppgifter if varde],
            samverkansorganisationer=rad.parter.select_related("samverkansorganisation").order_by("samverkansorganisation"),
            overenskommelser=rad.overenskommelser.order_by("-fran"),
            antal_anvandare=rad.anstallda.filter(is_active=True).count(),
            **kwargs,
        )


class OrganisationCreate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Organisation
    form_class = OrganisationForm
    lista = ("Organisationer", "register:organisationer")
    rubrik = "Lägg till organisation"
    meddelande = "Organisationen är tillagd."

    def utfor(self, form):
        return registrera_organisation(uppgifter=form.uppgifter(), by=self.request.user)


class OrganisationUpdate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Organisation
    form_class = OrganisationAndraForm
    lista = ("Organisationer", "register:organisationer")
    rubrik = "Ändra organisation"
    meddelande = "Organisationen är ändrad."

    def utfor(self, form):
        return andra_organisation(organisation=self.object, uppgifter=form.uppgifter(), by=self.request.user)

    def get_smulor(self):
        hem, lista, sidan = super().get_smulor()
        return [hem, (lista[0], reverse(self.lista[1])), (str(self.object), self.object.get_absolute_url()), sidan]

    def get_avbryt_url(self):
        return self.object.get_absolute_url()


class StadsdelList(TillatnaMixin, ListView):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Stadsdel
    template_name = "organisations/register_stadsdelar.html"

    def get_queryset(self):
        return super().get_queryset().i_ordning()

    def get_context_data(self, **kwargs):
        antal = omraden_per_stadsdel()
        rader = [(rad, antal.get(rad.pk, 0)) for rad in self.object_list]
        return super().get_context_data(
            kommuner=[(kommun, list(grupp)) for kommun, grupp in groupby(rader, key=lambda par: par[0].kommun)],
            smulor=[STARTSIDA, ("Stadsdelar", None)],
            **kwargs,
        )


class StadsdelCreate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Stadsdel
    form_class = NyStadsdelForm
    lista = ("Stadsdelar", "register:stadsdelar")
    rubrik = "Lägg till stadsdel"
    meddelande = "Stadsdelen är tillagd."

    def utfor(self, form):
        registrera_stadsdel(uppgifter=form.uppgifter(), by=self.request.user)
        return self.get_avbryt_url()


class StadsdelUpdate(Registervy):
    rattighet = Rattighet.REGISTER_ANDRA
    model = Stadsdel
    form_class = StadsdelForm
    lista = ("Stadsdelar", "register:stadsdelar")
    meddelande = "Stadsdelen är ändrad."

    def get_rubrik(self):
        return f"Avsluta eller byt namn på {self.object}"

    def utfor(self, form):
        avsluta_stadsdel(stadsdel=self.object, **form.uppgifter(), by=self.request.user)
        return self.get_avbryt_url()

    def get_context_data(self, **kwargs):
        rad = self.object
        slut = f"till och med {datum(rad.giltig_till)}" if rad.giltig_till else "tills vidare"
        return super().get_context_data(**{"ingress": f"{rad.kommun}. Finns från och med {datum(rad.giltig_fran)} {slut}."} | kwargs)
