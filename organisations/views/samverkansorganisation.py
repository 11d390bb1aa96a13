"""The list, and the samverkansorganisation itself."""

from typing import ClassVar

from django.forms import ModelMultipleChoiceField
from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet, Roll
from organisations.actions.avslut import SlutHindras
from organisations.actions.samverkansorganisation import andra_samverkansorganisation, skapa_samverkansorganisation
from organisations.forms.samverkansorganisation import GrunduppgifterForm, SkapaForm, SokForm, UppgifterForm
from organisations.lagens_parter import saknade_parter
from organisations.models import Samverkansorganisation
from organisations.undermeny import undermeny
from sus.core.formatering import datum, lista_i_ord
from sus.core.smulor import STARTSIDA
from sus.core.sortering import SvenskSortering

SORTERING = {"namn": SvenskSortering("namn"), "lan": "lan", "startdatum": "startdatum"}


class SidaMixin:
    """A page of one samverkansorganisation: its breadcrumbs and second menu row. `menyval` is the address name of its entry there."""

    menyval = "detail"

    def get_samverkansorganisation(self):
        return self.object

    def get_smulor(self):
        samverkansorganisation = self.get_samverkansorganisation()
        return [STARTSIDA, (str(samverkansorganisation), samverkansorganisation.get_absolute_url()), (self.get_rubrik(), None)]

    def get_context_data(self, **kwargs):
        rad = self.get_samverkansorganisation()
        meny = undermeny(rad, self.request.user, self.menyval)
        return super().get_context_data(**{"undermeny": meny, "titelplats": rad} | kwargs)


class HinderMixin:
    """A form whose saving may end a samverkansorganisation: what is in the way is shown with links. Subclasses give `spara(form)`."""

    hinder: ClassVar[list] = []

    def utfor(self, form):
        try:
            return self.spara(form)
        except SlutHindras as brott:
            self.hinder = brott.hinder
            raise

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=self.hinder, **kwargs)


class PagaendeMixin:
    """A form of what does not change after the end: then a page says so in its place."""

    def get_template_names(self):
        return ["organisations/avslutad.html"] if self.object.ar_avslutad else super().get_template_names()


class SamverkansorganisationList(TillatnaMixin, ListView):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation
    paginate_by = 50
    page_kwarg = "sida"

    def get_queryset(self):
        rader = self.formular().filtrera(super().get_queryset()).with_egen(self.request.user).select_related("lan")
        return rader.order_by("-egen", *self._ordning(), "pk")

    def _ordning(self):
        nyckel = self.sortering()
        ordning = SORTERING[nyckel.removeprefix("-")]
        if nyckel.startswith("-"):
            ordning = f"-{ordning}" if isinstance(ordning, str) else ordning.desc()
        return [ordning, SORTERING["namn"]]

    def sortering(self):
        nyckel = self.request.GET.get("sortera", "namn")
        return nyckel if nyckel.removeprefix("-") in SORTERING else "namn"

    def formular(self):
        return SokForm(self.request.GET)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            formular=self.formular(),
            sortering=self.sortering(),
            kan_skapa=self.request.user.har_roll_med(Rattighet.SAMVERKANSORGANISATION_SKAPA),
            smulor=[STARTSIDA, ("Samverkansorganisationer", None)],
            **kwargs,
        )


class SamverkansorganisationDetail(TillatnaMixin, SidaMixin, DetailView):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation

    def get_rubrik(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        rad, anvandare = self.object, self.request.user
        parter = list(rad.parter.i_ordning())
        uppdrag = rad.uppdrag.aktuella().i_namnordning()
        return super().get_context_data(
            smulor=[STARTSIDA, ("Samverkansorganisationer", reverse("organisations:list")), (str(rad), None)],
            titelplats=None,
            parter=parter,
            saknas=text_om_parter(rad, parter),
            meddelande=text_om_slutet(rad),
            foregangare=rad.foregangare.all(),
            ingress=rad.get_samverkansform_display(),
            basuppgifter=basuppgifter(rad),
            adress=[del_ for del_ in (rad.co and f"c/o {rad.co}", rad.gatuadress, f"{rad.postnummer} {rad.postort}".strip()) if del_],
            kontakt=kontaktuppgifter(rad),
            omraden=rad.omraden.select_related("kommun", "stadsdel__kommun"),
            administratorer=uppdrag.filter(roll=Roll.SAMVERKANSADMINISTRATOR),
            insatsansvariga=uppdrag.filter(roll=Roll.INSATSANSVARIG),
            stod=uppdrag.filter(roll=Roll.SUS_STOD),
            insatser=rad.insatser.all(),
            kan_andra=not rad.ar_avslutad and rad.ar_tillaten_for(anvandare, Rattighet.SAMVERKANSORGANISATION_ANDRA),
            kan_andra_grunduppgifter=rad.ar_tillaten_for(anvandare, Rattighet.SAMVERKANSORGANISATION_SKAPA),
            kan_andra_uppdrag=rad.ar_tillaten_for(anvandare, Rattighet.UPPDRAG_SAMVERKAN_ANDRA),
            **kwargs,
        )


def text_om_slutet(rad):
    """What has come of it; ends where the name of the one it became follows as a link."""
    if rad.uppgick_i and not rad.ar_avslutad:
        return f"Avslutas {rad.slutdatum} och uppgår då i"
    if not rad.ar_avslutad:
        return ""
    kvar = "Uppgifterna kan läsas men inte ändras. Utfall och rättelser av budgeten kan fortfarande registreras."
    return f"Avslutad {rad.slutdatum}. {kvar}{' Uppgick i' if rad.uppgick_i else ''}"


def text_om_parter(rad, parter):
    """That the parties of 3 § are not all members, while it goes on."""
    saknade = [] if rad.ar_avslutad else saknade_parter(rad, parter)
    if not saknade:
        return ""
    if rad.ar_finsam:
        return f"Enligt lagen (2003:1210) ska fler vara medlemmar: {lista_i_ord(saknade)} saknas."
    return f"I Tvåpartsfinsam ska Försäkringskassan och en region vara medlemmar: {lista_i_ord(saknade)} saknas."


def basuppgifter(rad):
    uppgifter = [
        ("Organisationsnummer", rad.organisationsnummer),
        ("Beskrivning", rad.beskrivning),
        ("Län", rad.lan),
        ("Startdatum", datum(rad.startdatum)),
        ("Slutdatum", datum(rad.slutdatum)),
        ("Status", rad.status),
    ]
    return [(etikett, varde) for etikett, varde in uppgifter if varde]


def kontaktuppgifter(rad):
    uppgifter = [
        ("Namn", rad.kontakt_namn),
        ("Titel", rad.kontakt_titel),
        ("Telefon", rad.kontakt_telefon),
        ("E-post", rad.kontakt_epost),
    ]
    return [(etikett, varde) for etikett, varde in uppgifter if varde]


class SamverkansorganisationCreate(Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SKAPA
    kraver_bekraftelse = True  # it gives the first samverkansadministratör the uppdrag
    model = Samverkansorganisation
    form_class = SkapaForm
    template_name = "organisations/skapa.html"
    rubrik = "Skapa samverkansorganisation"
    ingress = "Enligt beställning på blankett 9447. En bekräftelse skickas med e-post till beställaren och till samverkansadministratören."
    knapptext = "Skapa samverkansorganisation"
    meddelande = "Samverkansorganisationen är skapad."
    knappar = {"sok": "sok_administrator"}

    def sok_administrator(self):
        """Show the form again as it was typed, with the users found."""
        form = self.form_class(**self.kwargs_utan_inskickat() | {"initial": self.typat()})
        form.fokus = "administrator" if form.fields["administrator"].choices else "sok_fornamn"
        return self.render_to_response(self.get_context_data(form=form))

    def typat(self):
        """{field: what was typed}, a list for a field of several choices."""
        flerval = [namn for namn, falt in self.form_class.base_fields.items() if isinstance(falt, ModelMultipleChoiceField)]
        return self.request.POST.dict() | {namn: self.request.POST.getlist(namn) for namn in flerval}

    def utfor(self, form):
        return self.spara(form)

    def spara(self, form):
        return skapa_samverkansorganisation(
            uppgifter=form.uppgifter(), administrator=form.cleaned_data["administrator"], by=self.request.user
        )

    def get_smulor(self):
        return [STARTSIDA, ("Samverkansorganisationer", reverse("organisations:list")), (self.rubrik, None)]

    def get_avbryt_url(self):
        return reverse("organisations:list")


class GrunduppgifterUpdate(HinderMixin, SidaMixin, Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SKAPA
    model = Samverkansorganisation
    form_class = GrunduppgifterForm
    template_name = "organisations/andra.html"
    rubrik = "Ändra grunduppgifter"

    def spara(self, form):
        return andra_samverkansorganisation(samverkansorganisation=self.object, uppgifter=form.uppgifter(), by=self.request.user)


class SamverkansorganisationUpdate(HinderMixin, PagaendeMixin, SidaMixin, Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_ANDRA
    model = Samverkansorganisation
    form_class = UppgifterForm
    template_name = "organisations/andra.html"
    rubrik = "Ändra samverkansorganisation"

    def spara(self, form):
        return andra_samverkansorganisation(samverkansorganisation=self.object, uppgifter=form.uppgifter(), by=self.request.user)
