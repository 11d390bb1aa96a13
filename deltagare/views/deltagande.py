"""Pages about one deltagande: its page, utregistrering, rättning and återöppning. Every showing of the person is logged."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import DetailView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare import blanketter, fragor, identitet, visning
from deltagare.actions.deltagande import ateroppna, ratta, registrera_ut
from deltagare.forms.delar import BaraKnappForm
from deltagare.forms.rattning import RattaForm
from deltagare.forms.utregistrering import UtForm
from deltagare.historik import historik
from deltagare.identitet import Andamal
from deltagare.koder import Avslutningsanledning
from deltagare.models import Deltagande, Mattillfalle, Utkast
from deltagare.smulor import smulor
from deltagare.uppgifter import Inregistrering, Situation
from deltagare.views.utkast import Utkastformular

PERSONSIDA = sensitive_post_parameters()
BEGARAN = "felregistreringsbegaran__begard_av"
SAMTYCKET = ("samtycke__text", "samtycke__registrerat_av")


class Deltagandevy:
    """Mixin of the pages about one deltagande."""

    model = Deltagande
    andamal = Andamal.DELTAGANDE
    rubrik = "Deltagare"

    def get_queryset(self):
        return super().get_queryset().select_related("insats__samverkansorganisation", "kommun", "stadsdel", *SAMTYCKET, BEGARAN)

    @cached_property
    def identitet(self):
        person_id = self.object.person_id
        return identitet.visa([person_id], andamal=self.andamal, by=self.request.user)[person_id]

    def get_smulor(self):
        return smulor((self.object.insats.namn, sokadress(self.object.insats_id)), (self.rubrik, None))

    def get_context_data(self, **kwargs):
        standard = {"deltagande": self.object, "identitet": self.identitet, "plats": visning.plats(self.object), "visat": False}
        return super().get_context_data(**standard | kwargs)


class Deltagandeformular(Deltagandevy, Formularvy):
    """A form about one deltagande."""

    template_name = "deltagare/deltagandeformular.html"
    knappar = {"visa": "visa"}
    blankett = ""  # number of the paper form that the page is filled in from

    def get_blankett_url(self) -> str:
        return ""

    def visa(self):
        """The button Visa personnummer: what is typed stays."""
        person_id = self.object.person_id
        identitet.visa([person_id], andamal=Andamal.PERSONNUMMER, by=self.request.user)
        form = self.get_form()
        form.full_clean()
        form.behall_fel()
        return self.render_to_response(self.get_context_data(form=form, varningar=[], visat=True))

    def get_context_data(self, **kwargs):
        if "objekt" in kwargs:  # the conflict page says it aloud; a random id says nothing
            kwargs["objekt"] = "uppgifterna om deltagaren"
        return super().get_context_data(blankett=self.blankett, blankett_url=self.get_blankett_url(), **kwargs)


# The reasons that take the deltagande out of SUS, and the page that asks and does it.
BORTTAGNING = {
    Avslutningsanledning.FELREGISTRERING: "deltagare:felregistrera",
    Avslutningsanledning.MEDGIVANDE_ATERTAGET: "deltagare:aterta",
}


class Borttagning:
    """Mixin of the forms where an avslutningsanledning leads to a page of its own. Nothing else in the form stops the way there."""

    def till_borttagning(self, form):
        sida = BORTTAGNING.get(form.cleaned_data.get("avslutningsanledning"))
        if sida is None:
            return None
        self.kvitto.delete()
        return HttpResponseRedirect(reverse(sida, args=[self.object.pk]))

    def form_valid(self, form):
        return self.till_borttagning(form) or super().form_valid(form)

    def form_invalid(self, form):
        return self.till_borttagning(form) or super().form_invalid(form)

    def konflikt(self, form):
        return self.till_borttagning(form) or super().konflikt(form)


@method_decorator(PERSONSIDA, name="dispatch")
class Detail(Deltagandevy, TillatnaMixin, DetailView):
    rattighet = Rattighet.DELTAGARE_SE
    template_name = "deltagare/deltagande_detail.html"

    def get_context_data(self, **kwargs):
        deltagande = self.object
        matningar = {matning.typ: visning.situationsrader(matning) for matning in deltagande.mattillfallen.all()}
        samtycke = getattr(deltagande, "samtycke", None)
        return super().get_context_data(
            registrerad_i_dag=timezone.localdate(deltagande.inregistrerad) == timezone.localdate(),
            insatsrader=visning.insatsrader(deltagande.insats),
            inregistrering=visning.inregistreringsrader(deltagande),
            avslut=visning.avslutsrader(deltagande) if deltagande.ar_avslutat else [],
            fore=matningar.get(Mattillfalle.Typ.IN, []),
            efter=matningar.get(Mattillfalle.Typ.UT, []),
            samtycke=visning.samtyckesrader(samtycke) if samtycke else [],
            fragor=fragor.med_svar(deltagande),
            rattelser=historik(deltagande),
            kvar=self.get_queryset().att_registrera_ut(timezone.localdate()).count() if deltagande.ar_avslutat else 0,
            begaran=visning.begaran_i_ord(getattr(deltagande, "felregistreringsbegaran", None)),
            smulor=self.get_smulor(),
            **kwargs,
        )


@method_decorator(PERSONSIDA, name="dispatch")
class Visa(Detail):
    """The page of the deltagande with the whole personnummer, after a press on Visa."""

    rattighet = Rattighet.DELTAGARE_SE
    http_method_names = ["post"]
    andamal = Andamal.PERSONNUMMER

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(visat=True))


@method_decorator(PERSONSIDA, name="dispatch")
class Ut(Utkastformular, Borttagning, Deltagandeformular):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = UtForm
    utkast_sida = Utkast.Sida.UT
    knappar = Deltagandeformular.knappar | Utkastformular.utkastknappar
    andamal = Andamal.UTREGISTRERING
    blankett = "9449"
    rubrik = "Registrera ut deltagare"
    ingress = "Utregistrering, blankett 9449. Svara om situationen direkt efter insatsen."
    knapptext = "Registrera ut"

    def get(self, request, *args, **kwargs):
        self.object = self.hamta_objekt()
        if self.object.ar_avslutat:
            messages.info(request, "Deltagaren är redan utregistrerad. Här kan du rätta uppgifterna.")
            return self.till_rattning(self.object.pk)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        return self.till_rattning(form.tidigare) if form.tidigare else super().form_valid(form)

    def form_invalid(self, form):
        return self.till_rattning(form.tidigare) if form.tidigare else super().form_invalid(form)

    def till_rattning(self, pk):
        return HttpResponseRedirect(reverse("deltagare:ratta", args=[pk]))

    def utfor(self, form):
        if self.object.ar_avslutat:  # somebody else was first; the user has seen both texts on the conflict page
            return self.ratta_utregistrering(form)
        pappren = blanketter.efter_registrering("9449", self.request.user.arbetsgivare)
        self.meddelande = f"Deltagaren är utregistrerad. {pappren}"
        return registrera_ut(deltagande=self.object, uppgifter=form.utregistrering(), by=self.request.user)

    def get_blankett_url(self):
        return reverse("deltagare:blankett_ut", args=[self.object.pk])

    def ratta_utregistrering(self, form):
        fore = Situation.av(self.object.mattillfallen.get(typ=Mattillfalle.Typ.IN))
        return ratta(
            deltagande=self.object,
            personnummer=self.identitet.personnummer,
            inregistrering=Inregistrering.av(self.object, fore),
            utregistrering=form.utregistrering(),
            by=self.request.user,
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"deltagande": self.object}


@method_decorator(PERSONSIDA, name="dispatch")
class Ratta(Utkastformular, Borttagning, Deltagandeformular):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = RattaForm
    utkast_sida = Utkast.Sida.RATTA
    knappar = Deltagandeformular.knappar | Utkastformular.utkastknappar
    andamal = Andamal.RATTNING
    rubrik = "Rätta uppgifter om deltagare"
    ingress = "Ändra det som blev fel, eller svara på det som saknas. Deltagarens sida visar vad som har rättats, när och av vem."
    meddelande = "Uppgifterna har sparats."

    def utfor(self, form):
        return ratta(
            deltagande=self.object,
            personnummer=form.personnummer,
            inregistrering=form.inregistrering(),
            utregistrering=form.utregistrering() if self.object.ar_avslutat else None,
            by=self.request.user,
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"deltagande": self.object, "personnummer": self.identitet.personnummer}


@method_decorator(PERSONSIDA, name="dispatch")
class Ateroppna(Deltagandeformular):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = BaraKnappForm
    rubrik = "Öppna deltagandet igen"
    ingress = (
        "Gör så om deltagaren har registrerats ut av misstag. "
        "Har deltagaren kommit tillbaka ska du i stället registrera på nytt, med ett nytt samtycke."
    )
    knapptext = "Öppna igen"
    meddelande = "Deltagandet pågår igen."

    def utfor(self, form):
        return ateroppna(deltagande=self.object, by=self.request.user)


def sokadress(insats_id) -> str:
    return f"{reverse('deltagare:sok')}?insats={insats_id}"
