"""Visa användare in its two views, a user's page, who still has no uppdrag, and the end of an employment (docs/regler.md 3.5)."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, ListView

from behorigheter.actions import ge_flera_uppdrag
from behorigheter.actions.anstallning import avsluta_anstallning
from behorigheter.forms import UppdragTillForm
from behorigheter.forms.anvandare import AnvandareUrvalForm, AvslutaAnstallningForm, UppdragUrvalForm, UtanUppdragForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Anvandare, Behorighet, Uppdrag
from behorigheter.models.behorighet import FORNYAS_DAGAR_FORE
from behorigheter.models.uppdrag import ROLLER_MED_UPPDRAG, utan_uppdrag, with_behorigheter_och_uppdrag
from behorigheter.roller import GER_UPPDRAG, Rattighet, Roll
from behorigheter.valj import varning_om_tomma_insatser
from sus.core.smulor import STARTSIDA

PER_SIDA = 50


def smulor(*sidor):
    """Startsida › Användare › the page; each of the others as (text, address or None)."""
    return [STARTSIDA, *sidor]


def anvandarsmulor(*sidor):
    return smulor(("Användare", reverse("behorigheter:anvandare")), *sidor)


class UrvalMixin(TillatnaMixin):
    """A list with its search above it. Subclasses name `urvalsform`."""

    paginate_by = PER_SIDA
    page_kwarg = "sida"
    urvalsform: type

    def formular(self):
        return self.urvalsform(self.request.GET, anvandare=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(formular=self.formular(), **kwargs)


class AnvandareList(UrvalMixin, ListView):
    """En organisations alla användare."""

    rattighet = Rattighet.ANVANDARE_SE
    model = Anvandare
    urvalsform = AnvandareUrvalForm

    def get_queryset(self):
        rader = self.formular().filtrera(super().get_queryset().with_har_behorighet())
        return with_behorigheter_och_uppdrag(rader.select_related("arbetsgivare"))

    def get_context_data(self, **kwargs):
        far_se_uppdrag = self.request.user.har_roll_med(Rattighet.UPPDRAG_SE)
        return super().get_context_data(far_se_uppdrag=far_se_uppdrag, smulor=smulor(("Användare", None)), **kwargs)


class AnvandareUppdrag(UrvalMixin, ListView):
    """Uppdrag i samverkansorganisation: everybody with an uppdrag there or in its insatser."""

    rattighet = Rattighet.UPPDRAG_SE
    model = Uppdrag
    template_name = "behorigheter/anvandare_uppdrag.html"
    urvalsform = UppdragUrvalForm

    def get_queryset(self):
        rader = self.formular().filtrera(super().get_queryset().with_vilar())
        return rader.select_related("samverkansorganisation", "insats__samverkansorganisation").i_namnordning()

    def get_context_data(self, **kwargs):
        far_se_anvandare = self.request.user.har_roll_med(Rattighet.ANVANDARE_SE)
        return super().get_context_data(
            far_se_anvandare=far_se_anvandare, smulor=smulor(("Uppdrag i samverkansorganisation", None)), **kwargs
        )


class AnvandareDetalj(TillatnaMixin, DetailView):
    rattighet = Rattighet.ANVANDARE_SE
    model = Anvandare
    template_name = "behorigheter/anvandare_detalj.html"

    def get_queryset(self):
        return super().get_queryset().with_har_behorighet().select_related("arbetsgivare")

    def get_context_data(self, **kwargs):
        person, jag = self.object, self.request.user
        behorigheter = person.behorigheter.with_galler().select_related("arbetsgivare").order_by("-giltig_fran", "roll")
        fornybara = behorigheter.som_slutar_inom(FORNYAS_DAGAR_FORE).exclude(roll=Roll.BESTALLARE)
        inte_jag = person.pk != jag.pk
        return super().get_context_data(
            fakta=uppgifter(person),
            behorigheter=behorigheter,
            uppdrag=person.uppdrag.with_vilar().i_platsordning(),
            bestallningar=person.bestallningar.tillatna_for(jag, Rattighet.BESTALLNING_SE).select_related("organisation"),
            kan_aterkalla=_pk(behorigheter, jag, Rattighet.BEHORIGHET_ATERKALLA) if inte_jag else set(),
            kan_ge_uppdrag=_pk(behorigheter.filter(roll__in=roller_att_ge(jag)), jag, Rattighet.UPPDRAG_GE) if inte_jag else set(),
            kan_fornya=_pk(fornybara, jag, Rattighet.BESTALLNING_GORA) if inte_jag else set(),
            kan_avsluta=inte_jag and jag.har_roll_med(Rattighet.BEHORIGHET_ATERKALLA),
            smulor=anvandarsmulor((str(person), None)),
            **kwargs,
        )


def uppgifter(person):
    return [
        ("Arbetsgivare", person.arbetsgivare or "Ingen arbetsgivare"),
        ("E-post", person.epost or "Ingen e-post"),
        ("Telefon", person.telefon or "Ingen telefon"),
        ("Användarnamn", person.anvandarnamn),
        ("Status", "Har gällande behörighet" if person.har_behorighet else "Saknar gällande behörighet"),
    ]


def _pk(behorigheter, anvandare, rattighet):
    """Keys of the running and coming behörigheter that the user may do this with."""
    if not anvandare.har_roll_med(rattighet):
        return set()
    return {rad.pk for rad in behorigheter.tillatna_for(anvandare, rattighet) if not rad.ar_avslutad}


def roller_att_ge(anvandare):
    """The roles that the user gives uppdrag for."""
    return set().union(*(ger for roll, ger in GER_UPPDRAG.items() if roll in anvandare.gallande_roller))


class AnvandareSluta(Formularvy):
    """Byt arbetsgivare, or leave: everything a person holds ends in one step. Never one's own."""

    rattighet = Rattighet.BEHORIGHET_ATERKALLA
    model = Anvandare
    form_class = AvslutaAnstallningForm
    template_name = "behorigheter/anvandare_sluta.html"
    versionerad = False
    kraver_bekraftelse = True
    knapptext = "Avsluta"
    meddelande = "Behörigheter och uppdrag avslutas."

    def get_queryset(self):
        return super().get_queryset().exclude(pk=self.request.user.pk).select_related("arbetsgivare")

    def get_rubrik(self):
        return f"{self.object} slutar eller byter arbetsgivare"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.object}

    def varningar(self, form):
        return varning_om_tomma_insatser(self.object.uppdrag, form.sista_dag)

    def utfor(self, form):
        avsluta_anstallning(
            anvandare=self.object,
            sista_dag=form.sista_dag,
            ny_arbetsgivare=form.cleaned_data["ny_arbetsgivare"],
            by=self.request.user,
        )
        return reverse("behorigheter:anvandare")

    def get_smulor(self):
        return anvandarsmulor((str(self.object), self.object.get_absolute_url()), ("Slutar eller byter arbetsgivare", None))

    def get_context_data(self, **kwargs):
        person = self.object
        return super().get_context_data(
            behorigheter=person.behorigheter.inte_avslutade(timezone.localdate()).order_by("roll", "giltig_fran"),
            uppdrag=person.uppdrag.inte_avslutade().i_platsordning(),
            **kwargs,
        )


class UtanUppdrag(UrvalMixin, ListView):
    """Who has a behörighet but no uppdrag, for those who give uppdrag."""

    rattighet = Rattighet.UPPDRAG_GE
    model = Behorighet
    template_name = "behorigheter/utan_uppdrag.html"
    urvalsform = UtanUppdragForm

    def get_queryset(self):
        rader = self.formular().filtrera(utan_uppdrag(super().get_queryset().giltiga()).exclude(anvandare=self.request.user))
        return rader.select_related("anvandare__arbetsgivare").order_by("anvandare", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            roller_att_ge=roller_att_ge(self.request.user), smulor=smulor(("Behörighet utan uppdrag", None)), **kwargs
        )


class UppdragTill(Formularvy):
    """Give the holder of a behörighet uppdrag in several places at once."""

    rattighet = Rattighet.UPPDRAG_GE
    model = Behorighet
    form_class = UppdragTillForm
    template_name = "behorigheter/valj_platser.html"
    versionerad = False
    kraver_bekraftelse = True
    knapptext = "Ge uppdrag"
    meddelande = "Uppdraget har getts."

    def hamta_objekt(self, las=False):
        """Never locked: who gives uppdrag may not change the behörighet. The database stops the same uppdrag twice."""
        return super().hamta_objekt()

    def get_queryset(self):
        rader = super().get_queryset().giltiga().filter(roll__in=ROLLER_MED_UPPDRAG).exclude(anvandare=self.request.user)
        return rader.select_related("anvandare__arbetsgivare")

    def get_rubrik(self):
        return f"Ge {self.object.anvandare} uppdrag som {self.object.get_roll_display()}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"behorighet": self.object}

    def get_avbryt_url(self):
        return reverse("behorigheter:utan_uppdrag")

    def get_smulor(self):
        return smulor(("Behörighet utan uppdrag", self.get_avbryt_url()), (self.get_rubrik(), None))

    def utfor(self, form):
        ge_flera_uppdrag(
            anvandare=self.object.anvandare,
            platser=form.valda(),
            roll=self.object.roll,
            fran=form.cleaned_data["fran"],
            till=form.cleaned_data["till"],
            hamtningar_per_timme=form.cleaned_data.get("hamtningar_per_timme"),
            by=self.request.user,
        )
        return self.get_avbryt_url()
