"""Insatsbudget."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from behorigheter.formularvy import Konfliktrad, falttext
from behorigheter.roller import Rattighet
from insatser.actions import spara_insatsbudget
from insatser.forms.budget import BUDGETFALT, InsatsbudgetForm, budgetrad_i_ord
from insatser.sidor import budgetjamforelse, budgetrader, smulor
from insatser.views.insats import Insatsformular
from sus.core.adress import heltal, valt_ar

FLEST_BUDGETRADER = 200


class InsatsBudgetUpdate(Insatsformular):
    """The budget of one year: ?ar= chooses which. Rows are added and taken away without being saved.

    Read by all who may see the insats; sending the form asks for INSATS_ANDRA.
    """

    rattighet = Rattighet.INSATS_SE
    form_class = InsatsbudgetForm
    aktiv = "budget"
    template_name = "insatser/insats_budget.html"
    konflikt_template_name = "insatser/insats_budget_konflikt.html"
    knappar = {"lagg-till": "lagg_till", "ta-bort": "ta_bort", "kopiera": "kopiera_forra"}

    def post(self, request, *args, **kwargs):
        self.rattighet = Rattighet.INSATS_ANDRA
        if not self.ar_oppen():
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    @cached_property
    def kan_andra(self):
        return self.object.ar_tillaten_for(self.request.user, Rattighet.INSATS_ANDRA)

    def hamta_objekt(self, las=False):
        insats = super().hamta_objekt(las)
        self.arval = sorted({*insats.budgetar_som_kan_andras, *insats.insatsar.values_list("ar", flat=True)}, reverse=True)
        self.ar = self._valt_ar()
        self.insatsar = insats.insatsar.filter(ar=self.ar).first()
        return insats

    def _valt_ar(self):
        """The year of the address, else this year or the latest one that can have a budget."""
        i_ar = timezone.localdate().year
        return valt_ar(self.request.GET, self.arval) or (i_ar if i_ar in self.arval else max(self.arval, default=i_ar))

    def versionerat(self):
        return self.insatsar

    def utfor(self, form):
        spara_insatsbudget(
            insats=self.object,
            ar=self.ar,
            planerat_antal=form.cleaned_data["planerat_antal"],
            rader=form.budgetrader(),
            by=self.request.user,
            skal=form.cleaned_data["skal"],
        )
        return self.get_avbryt_url()

    def get_initial(self):
        return {"planerat_antal": self.insatsar.planerat_antal if self.insatsar else None}

    def get_form_kwargs(self):
        rader = self.insatsar.rader.values(*BUDGETFALT) if self.insatsar else []
        return super().get_form_kwargs() | {"insats": self.object, "rader": list(rader)}

    def lagg_till(self):
        return self._visa_osparat([*self._inskickade_rader().values(), {}], ny_rad=True)

    def ta_bort(self):
        bort = self.request.POST["ta-bort"]
        return self._visa_osparat([rad for nr, rad in self._inskickade_rader().items() if str(nr) != bort])

    def kopiera_forra(self):
        """Last year's rows with what was budgeted, never utfall, below what is typed. One that is typed already only gets an amount."""
        rader = [rad for rad in self._inskickade_rader().values() if any(rad.values())]
        skrivna = {_radnyckel(rad): rad for rad in rader}
        kopior = self._forra_rader().values(*(falt for falt in BUDGETFALT if falt != "utfall")) if self.kan_kopiera() else []
        for kopia in kopior:
            skriven = skrivna.get(_radnyckel(kopia))
            if skriven is None:
                rader.append(kopia)
            elif not skriven["budget"].strip():
                skriven["budget"] = kopia["budget"]
        return self._visa_osparat(rader)

    def kan_kopiera(self):
        """Whether the year is empty and last year has rows to begin with."""
        tomt = self.insatsar is None or not self.insatsar.rader.exists()
        return tomt and self._forra_rader().exists()

    def _forra_rader(self):
        return self.object.budgetrader(self.ar - 1)

    def _inskickade_rader(self):
        """{number: the row as typed, right or wrong}."""
        antal = heltal(self.request.POST.get("rad-TOTAL_FORMS", ""), 4) or 0
        return {
            nr: {falt: self.request.POST.get(f"rad-{nr}-{falt}", "") for falt in BUDGETFALT}
            for nr in range(min(antal, FLEST_BUDGETRADER - 1))
            if f"rad-{nr}-budgettyp" in self.request.POST
        }

    def _visa_osparat(self, rader, ny_rad=False):
        initial = {falt: self.request.POST.get(falt, "") for falt in ("planerat_antal", "skal")}
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
            "kan_andra": self.kan_andra,
            "kan_kopiera": self.kan_andra and self.kan_kopiera(),
            "insatsar": self.insatsar,
            "budgetrader": [] if self.kan_andra else budgetrader(self.object, self.ar),
            "andringsadress": f"{reverse('insatser:budgetandringar', args=[self.object.pk])}?ar={self.ar}",
        }
        if "antal_falt" in kwargs:
            kwargs["antal_falt"] = 2  # what is compared: planerat antal, and the rows together
        if not self.kan_andra:
            kwargs["undermeny"] = []
        context = super().get_context_data(**standard | kwargs)
        return context | {"formset": context["form"].rader}


def _radnyckel(rad):
    """What tells a row of a year from the others, typed or saved."""
    return tuple(str(rad[falt] or "").strip() for falt in ("part", "budgettyp", "beskrivning"))
