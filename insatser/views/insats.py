"""Sök insatser, the page of an insats, and the forms that make, change and remove it."""

from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.actions import KATEGORISERING_LAST, andra_insats, hinder_for_borttagning, skapa_insats, ta_bort_insats
from insatser.forms.insats import InsatsForm, InsatsSokForm, InsatsTaBortForm
from insatser.models import Insats
from insatser.sidor import arsrader, fakta, kategorisering, smulor, undermeny
from sus.core.sortering import SvenskSortering

SORTERING = {
    "namn": SvenskSortering("namn").asc(),
    "-namn": SvenskSortering("namn").desc(),
    "samverkansorganisation": SvenskSortering("samverkansorganisation__namn").asc(),
    "-samverkansorganisation": SvenskSortering("samverkansorganisation__namn").desc(),
    "startdatum": "startdatum",
    "-startdatum": "-startdatum",
    "slutdatum": "slutdatum",
    "-slutdatum": "-slutdatum",
}


class InsatsList(TillatnaMixin, ListView):
    """Sök insatser, open to every role. One's own come first until another order is chosen."""

    rattighet = Rattighet.INSATS_SE
    model = Insats
    paginate_by = 20
    page_kwarg = "sida"

    def get_queryset(self):
        self.sokformular = InsatsSokForm(self.request.GET, anvandare=self.request.user)
        insatser = super().get_queryset().with_ar_egen(self.request.user).select_related("samverkansorganisation")
        ordning = SORTERING.get(self.sortering(), "-ar_egen")
        return self.sokformular.filtrera(insatser).order_by(ordning, SORTERING["namn"], "pk")

    def sortering(self):
        vald = self.request.GET.get("sortera", "")
        return vald if vald in SORTERING else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            formular=self.sokformular,
            sortering=self.sortering(),
            har_sokt=any(self.request.GET.get(namn) for namn in self.sokformular.fields),
            kan_registrera=self.request.user.har_roll_med(Rattighet.INSATS_ANDRA),
            smulor=smulor(),
            **kwargs,
        )


class InsatsDetail(TillatnaMixin, DetailView):
    rattighet = Rattighet.INSATS_SE
    model = Insats

    def get_queryset(self):
        insatser = super().get_queryset().select_related("samverkansorganisation").prefetch_related("malgrupper")
        return insatser.with_ar_egen(self.request.user).with_kan_andra(self.request.user)

    def get_context_data(self, **kwargs):
        insats = self.object
        return super().get_context_data(
            fakta=fakta(insats),
            arsrader=arsrader(insats),
            uppdrag=insats.uppdrag.aktuella().select_related("anvandare__arbetsgivare").order_by("anvandare") if insats.ar_egen else None,
            kan_ta_bort=insats.kan_andra and not hinder_for_borttagning(insats),
            undermeny=undermeny(insats, "detail") if insats.kan_andra else [],
            smulor=smulor(insats),
            **kwargs,
        )


class Insatsformular(Formularvy):
    """What the form pages of an insats share: the section menu and the breadcrumbs."""

    model = Insats
    aktiv = "detail"

    def get_queryset(self):
        return super().get_queryset().select_related("samverkansorganisation")

    def get_smulor(self):
        return smulor(self.object, self.get_rubrik())

    def get_context_data(self, **kwargs):
        meny = undermeny(self.object, self.aktiv) if self.object else []
        return super().get_context_data(**{"undermeny": meny, "insats": self.object} | kwargs)


class InsatsCreate(Insatsformular):
    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsForm
    rubrik = "Registrera ny insats"
    ingress = "Budget, planerat antal och deltagaransvariga lägger du till när insatsen är sparad."
    template_name = "insatser/insats_form.html"
    meddelande = "Insatsen är registrerad. Lägg till budget och deltagaransvariga i menyn ovanför."

    def utfor(self, form):
        return skapa_insats(insats=form.instance, malgrupper=form.cleaned_data["malgrupper"], by=self.request.user)

    def get_avbryt_url(self):
        return reverse("insatser:list")


class InsatsUpdate(Insatsformular):
    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsForm
    rubrik = "Ändra insats"
    template_name = "insatser/insats_form.html"

    def utfor(self, form):
        return andra_insats(insats=self.object, by=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not context["form"].ar_last:
            return context
        return context | {"last": KATEGORISERING_LAST, "kategorisering": kategorisering(self.object)}


class InsatsDelete(Insatsformular):
    """Asks before an empty insats is removed; one that is in use says why it stays."""

    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsTaBortForm
    rubrik = "Ta bort insats"
    knapptext = "Ta bort insatsen"
    template_name = "insatser/insats_ta_bort.html"
    meddelande = "Insatsen är borttagen."

    def utfor(self, form):
        ta_bort_insats(insats=self.object, by=self.request.user)
        return reverse("insatser:list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=hinder_for_borttagning(self.object), **kwargs)
