from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, ListView

from behorigheter.formularvy import Formularvy, Konfliktrad, falttext
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet, Roll
from behorigheter.valj import UppdragAvsluta, UppdragGe
from insatser.actions import (
    KATEGORISERING_LAST,
    andra_insats,
    hinder_for_borttagning,
    krav_pa_personuppgifter,
    registrera_volym,
    skapa_insats,
    spara_insatsbudget,
    ta_bort_insats,
)
from insatser.forms import BUDGETFALT, InsatsbudgetForm, InsatsForm, InsatsSokForm, InsatsTaBortForm, VolymForm, budgetrad_i_ord
from insatser.models import Insats
from insatser.sidor import arsrader, budgetjamforelse, fakta, smulor, undermeny
from sus.core.sortering import SvenskSortering

FLEST_BUDGETRADER = 200
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
        return context | {"last": KATEGORISERING_LAST if context["form"].ar_last else ""}


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


class InsatsBudgetUpdate(Insatsformular):
    """The budget of one year: ?ar= chooses which. Rows are added and taken away without being saved."""

    rattighet = Rattighet.INSATS_ANDRA
    form_class = InsatsbudgetForm
    aktiv = "budget"
    template_name = "insatser/insats_budget.html"
    konflikt_template_name = "insatser/insats_budget_konflikt.html"
    knappar = {"lagg-till": "lagg_till", "ta-bort": "ta_bort"}

    def hamta_objekt(self, las=False):
        insats = super().hamta_objekt(las)
        self.arval = sorted({*insats.budgetar_som_kan_andras, *insats.insatsar.values_list("ar", flat=True)}, reverse=True)
        self.ar = self._valt_ar()
        self.insatsar = insats.insatsar.filter(ar=self.ar).first()
        return insats

    def _valt_ar(self):
        valt = self.request.GET.get("ar", "")
        arval = {str(ar): ar for ar in self.arval}
        if valt and valt not in arval:
            raise Http404
        return arval.get(valt) or arval.get(str(timezone.localdate().year)) or next(iter(self.arval), timezone.localdate().year)

    def versionerat(self):
        return self.insatsar

    def utfor(self, form):
        spara_insatsbudget(
            insats=self.object,
            ar=self.ar,
            planerat_antal=form.cleaned_data["planerat_antal"],
            rader=form.budgetrader(),
            by=self.request.user,
        )
        return self.get_avbryt_url()

    def get_initial(self):
        return {"planerat_antal": self.insatsar.planerat_antal if self.insatsar else None}

    def get_form_kwargs(self):
        rader = self.insatsar.rader.values(*BUDGETFALT) if self.insatsar else []
        return super().get_form_kwargs() | {"insats": self.object, "rader": list(rader)}

    def lagg_till(self):
        return self._visa_osparat([*self._inskickade_rader(), {}], ny_rad=True)

    def ta_bort(self):
        bort = self.request.POST["ta-bort"]
        return self._visa_osparat([rad for nr, rad in enumerate(self._inskickade_rader()) if str(nr) != bort])

    def _inskickade_rader(self):
        """The rows as typed, right or wrong."""
        text = self.request.POST.get("rad-TOTAL_FORMS", "")
        antal = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
        return [
            {falt: self.request.POST.get(f"rad-{nr}-{falt}", "") for falt in BUDGETFALT} for nr in range(min(antal, FLEST_BUDGETRADER - 1))
        ]

    def _visa_osparat(self, rader, ny_rad=False):
        initial = {"planerat_antal": self.request.POST.get("planerat_antal", "")}
        form = InsatsbudgetForm(anvandare=self.request.user, insats=self.object, initial=initial, rader=rader)
        if ny_rad:
            next(iter(form.rader.forms[-1].fields.values())).widget.attrs["autofocus"] = True
        version = self.inskickad_version()
        return self.render_to_response(self.get_context_data(form=form, osparat=True, version=version))

    def konfliktrader(self, form):
        sparad = InsatsbudgetForm(
            anvandare=self.request.user, insats=self.object, initial=self.get_initial(), rader=self.get_form_kwargs()["rader"]
        )
        planerat = Konfliktrad("Planerat antal", falttext(sparad["planerat_antal"]), falttext(form["planerat_antal"]))
        rader = self.insatsar.rader.select_related("part__organisation") if self.insatsar else []
        budget = Konfliktrad("Budgetrader", *("\n".join(map(budgetrad_i_ord, ena)) for ena in (rader, form.budgetrader())))
        return [rad for rad in (planerat, budget) if rad.sparat != rad.ditt]

    def get_rubrik(self):
        return f"Insatsbudget {self.ar}"

    def get_smulor(self):
        return smulor(self.object, f"Budget {self.ar}")

    def get_avbryt_url(self):
        return f"{self.request.path}?ar={self.ar}"

    def get_context_data(self, **kwargs):
        standard = {
            "ar": self.ar,
            "ifjol": self.ar - 1,
            "arval": self.arval,
            "jamforelse": budgetjamforelse(self.object, self.ar),
            "ingress": f"{self.object} i {self.object.samverkansorganisation}. Belopp i hela kronor.",
            "osparat": False,
        }
        if "antal_falt" in kwargs:
            kwargs["antal_falt"] = 2  # what is compared: planerat antal, and the rows together
        context = super().get_context_data(**standard | kwargs)
        return context | {"formset": context["form"].rader}


class InsatsVolym(Insatsformular):
    rattighet = Rattighet.INSATS_ANDRA
    form_class = VolymForm
    aktiv = "volym"
    versionerad = False
    rubrik = "Antal i volyminsats"
    template_name = "insatser/insats_volym.html"
    meddelande = "Antalet har sparats."

    def utfor(self, form):
        registrera_volym(insats=self.object, ar=form.cleaned_data["ar"], antal=form.forandring(), by=self.request.user)
        return f"{self.request.path}?ar={form.cleaned_data['ar']}"

    def get_initial(self):
        return {"ar": self.request.GET.get("ar", timezone.localdate().year)}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"insats": self.object}

    def get_context_data(self, **kwargs):
        poster = self.object.volymposter
        return super().get_context_data(summor=poster.summor(), poster=poster.select_related("av").order_by("-tid", "-pk")[:50], **kwargs)


class InsatsUppdragGe(UppdragGe):
    """The deltagaransvariga of an insats, and Välj användare below them."""

    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA
    model = Insats
    rubrik = "Deltagaransvariga"
    template_name = "insatser/insats_deltagaransvariga.html"

    def utfor(self, form):
        krav_pa_personuppgifter(self.object)
        return super().utfor(form)

    def get_roll(self):
        return Roll.DELTAGARANSVARIG

    def get_tillbaka(self):
        return reverse("insatser:uppdrag_ge", args=[self.object.pk])

    def get_smulor(self):
        return smulor(self.object, self.rubrik)

    def get_context_data(self, **kwargs):
        uppdrag = self.object.uppdrag.select_related("anvandare__arbetsgivare").order_by("-fran", "-pk")
        meny = undermeny(self.object, "uppdrag_ge")
        return super().get_context_data(insats=self.object, uppdrag=uppdrag, idag=timezone.localdate(), undermeny=meny, **kwargs)


class InsatsUppdragAvsluta(UppdragAvsluta):
    rattighet = Rattighet.UPPDRAG_INSATS_ANDRA

    def get_tillbaka(self):
        return reverse("insatser:uppdrag_ge", args=[self.object.insats_id])

    def get_smulor(self):
        *fore, sist = smulor(self.object.insats, "Deltagaransvariga", "Avsluta uppdraget")
        return [*fore[:-1], ("Deltagaransvariga", self.get_tillbaka()), sist]

    def get_context_data(self, **kwargs):
        return super().get_context_data(undermeny=undermeny(self.object.insats, "uppdrag_ge"), **kwargs)
