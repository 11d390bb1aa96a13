"""Insatsbudget."""

from django.http import Http404
from django.utils import timezone

from behorigheter.formularvy import Konfliktrad, falttext
from behorigheter.roller import Rattighet
from insatser.actions import spara_insatsbudget
from insatser.forms.budget import BUDGETFALT, BudgetarForm, InsatsbudgetForm, budgetrad_i_ord
from insatser.sidor import budgetjamforelse, smulor
from insatser.views.insats import Insatsformular

FLEST_BUDGETRADER = 200


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
            "arformular": BudgetarForm({"ar": self.ar}, arval=self.arval),
            "jamforelse": budgetjamforelse(self.object, self.ar),
            "ingress": f"{self.object} i {self.object.samverkansorganisation}. Belopp i hela kronor.",
            "osparat": False,
        }
        if "antal_falt" in kwargs:
            kwargs["antal_falt"] = 2  # what is compared: planerat antal, and the rows together
        context = super().get_context_data(**standard | kwargs)
        return context | {"formset": context["form"].rader}
