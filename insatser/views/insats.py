"""Sök insatser, the page of an insats, and the forms that make, change and remove it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, ListView

from behorigheter.forms import BaraFragaForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from insatser.actions import KATEGORISERING_LAST, andra_insats, hinder_for_borttagning, skapa_insats, ta_bort_insats
from insatser.forms.insats import InsatsForm
from insatser.forms.sok import VYER, InsatsSokForm
from insatser.models import Inriktning, Insats
from insatser.sidor import arsrader, fakta, kategorisering, kort, registrerat, smulor, undermeny
from sus.core.adress import RADNUMMER, heltal
from sus.core.sortering import SvenskSortering

SORTERING = {
    "namn": SvenskSortering("namn").asc(),
    "-namn": SvenskSortering("namn").desc(),
    "samverkansorganisation": "samverkansorganisation",
    "-samverkansorganisation": "-samverkansorganisation",
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
        if self.sokformular.vald_vy == "kort":
            insatser = insatser.prefetch_related("malgrupper")
        return self.sokformular.filtrera(insatser).order_by(ordning, SORTERING["namn"], "pk")

    def sortering(self):
        vald = self.request.GET.get("sortera", "")
        return vald if vald in SORTERING else ""

    def get_context_data(self, **kwargs):
        vy = self.sokformular.vald_vy
        context = super().get_context_data(
            formular=self.sokformular,
            sortering=self.sortering(),
            har_sokt=self.sokformular.har_urval,
            kan_registrera=self.request.user.har_roll_med(Rattighet.INSATS_ANDRA),
            vyer=[(kod, text, kod == vy) for kod, text in VYER.items()],
            smulor=smulor(),
            **kwargs,
        )
        return context | {"kort": kort(context["object_list"]) if vy == "kort" else []}


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
            hor_ihop=super().get_queryset().som_hor_ihop_med(insats),
            arsrader=arsrader(insats),
            uppdrag=insats.uppdrag.aktuella().i_namnordning() if insats.ar_egen else None,
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
        return super().get_context_data(**{"undermeny": meny, "insats": self.object, "titelplats": self.object} | kwargs)


class InsatsCreate(Insatsformular):
    """Registrera ny insats. With ?hor_ihop_med= it is the other half of an activity that is registered as two."""

    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsForm
    rubrik = "Registrera ny insats"
    ingress = "Budget, planerat antal och deltagaransvariga lägger du till när insatsen är sparad."
    forsta = None  # the half that was registered first
    template_name = "insatser/insats_form.html"

    def hamta_objekt(self, las=False):
        if text := self.request.GET.get("hor_ihop_med"):
            rader = self.get_queryset()
            self.forsta = get_object_or_404(rader.select_for_update(of=("self",)) if las else rader, pk=heltal(text, RADNUMMER))
        return None

    def utfor(self, form):
        insats = skapa_insats(insats=form.instance, malgrupper=form.cleaned_data["malgrupper"], by=self.request.user)
        nasta = "budget" if insats.ar_volyminsats else "budget och deltagaransvariga"
        self.meddelande = f"Insatsen är registrerad. Lägg till {nasta} i menyn ovanför."
        if not form.cleaned_data.get("bada_slagen"):
            return insats
        self.meddelande = f"{insats.namn} är registrerad. Fyll nu i den andra insatsen."
        return f"{reverse('insatser:create')}?hor_ihop_med={insats.pk}"

    def get_initial(self):
        """The other half begins as the first, with the other inriktning and without name and målgrupper."""
        if self.forsta is None:
            return {}
        ovriga = [inriktning for inriktning in Inriktning if inriktning != self.forsta.inriktning]
        return {falt: getattr(self.forsta, falt) for falt in ("beskrivning", "mal", "startdatum", "slutdatum")} | {"inriktning": ovriga[0]}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"forsta": self.forsta}

    def get_avbryt_url(self):
        return self.forsta.get_absolute_url() if self.forsta else reverse("insatser:list")

    def get_context_data(self, **kwargs):
        return _med_liknande(super().get_context_data(forsta=self.forsta, **kwargs))


class InsatsUpdate(Insatsformular):
    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsForm
    rubrik = "Ändra insats"
    template_name = "insatser/insats_form.html"

    def utfor(self, form):
        return andra_insats(insats=self.object, by=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        context = _med_liknande(super().get_context_data(**kwargs))
        if not context["form"].ar_last:
            return context
        las = {"last": KATEGORISERING_LAST, "kategorisering": kategorisering(self.object), "registrerat": registrerat(self.object)}
        return context | las


def _med_liknande(context):
    """With the insatser that the warning of the name is about, to go to instead."""
    varnad = any(kod == "namn" for kod, _ in context["varningar"])
    return context | {"liknande": context["form"].liknande() if varnad else []}


class InsatsDelete(Insatsformular):
    """Asks before an empty insats is removed; one that is in use says why it stays."""

    rattighet = Rattighet.INSATS_ANDRA
    form_class = BaraFragaForm
    rubrik = "Ta bort insats"
    knapptext = "Ta bort insatsen"
    template_name = "insatser/insats_ta_bort.html"
    meddelande = "Insatsen är borttagen."

    def utfor(self, form):
        ta_bort_insats(insats=self.object, by=self.request.user)
        return reverse("insatser:list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=hinder_for_borttagning(self.object), **kwargs)
