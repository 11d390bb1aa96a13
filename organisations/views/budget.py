"""The budget of a year: the five lines, what to notice, the rows and what the insatser have budgeted."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from behorigheter.formularvy import Formularvy, Konfliktrad, falttext
from behorigheter.roller import Rattighet
from organisations import budgetutkast
from organisations.actions.budget import spara_budget
from organisations.budgetbild import Budgetbild
from organisations.forms.budget import BudgetForm
from organisations.models import Organisation, Samverkansorganisation
from organisations.views.samverkansorganisation import SidaMixin
from sus.core.adress import valt_ar

RADFALT = {"fin": ("part", "belopp", "beskrivning", "forslag"), "adm": ("typ", "budget", "utfall")}


class Budget(SidaMixin, Formularvy):
    """Read by all who may see the samverkansorganisation; sending the form asks for BUDGET_ANDRA."""

    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation
    form_class = BudgetForm
    template_name = "organisations/budget.html"
    konflikt_template_name = "organisations/budget_konflikt.html"
    menyval = "budget"
    meddelande = "Budgeten har sparats."
    knappar = {"lagg_till": "lagg_till", "ta_bort": "ta_bort", "foresla": "foresla_eget_kapital", "kopiera": "kopiera_forra"}

    def post(self, request, *args, **kwargs):
        self.rattighet = Rattighet.BUDGET_ANDRA
        if not self.ar_oppen():
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    @cached_property
    def ar(self):
        """The year of the address, else this year or the nearest one that can have a budget."""
        arval = self.object.budgetar_att_valja()
        return valt_ar(self.request.GET) or min(max(timezone.localdate().year, arval[-1]), arval[0])

    @cached_property
    def bild(self):
        return Budgetbild(self.object, self.ar)

    @cached_property
    def kan_andra(self):
        return self.ar in self.object.budgetar_att_valja() and self.object.ar_tillaten_for(self.request.user, Rattighet.BUDGET_ANDRA)

    def versionerat(self):
        return self.bild.budgetar

    def utfor(self, form):
        spara_budget(
            samverkansorganisation=self.object,
            ar=self.ar,
            finansieringar=form.finansieringar,
            kostnader=form.kostnader,
            by=self.request.user,
            skal=form.cleaned_data["skal"],
            forklaring=form.cleaned_data.get("forklaring", ""),
        )
        return self.adress()

    def adress(self):
        return f"{reverse('organisations:budget', args=[self.object.pk])}?ar={self.ar}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"bild": self.bild, "foresla": self.kan_andra}

    def sparat_formular(self, utkast=None):
        return BudgetForm(**self.kwargs_utan_inskickat() | {"utkast": utkast})

    def visa_igen(self, utkast, fokus):
        """The page as it was typed, with a row more or less. Nothing is saved."""
        form = self.sparat_formular(utkast)
        form.fokus = fokus if fokus in form.fields else "ny-part"
        return self.render_to_response(self.get_context_data(form=form, ar_utkast=True))

    def lagg_till(self):
        utkast = self.request.POST.copy()
        if utkast["lagg_till"] == "kostnadstyp":
            return self.visa_igen(utkast, f"{budgetutkast.lagg_till_kostnad(utkast)}-typ")
        if utkast.get("ny-part"):
            budgetutkast.lagg_till_finansiar(utkast)
        return self.visa_igen(utkast, "ny-part")

    def ta_bort(self):
        utkast = self.request.POST.copy()
        nyckel = utkast["ta_bort"]
        for falt in RADFALT.get(nyckel.partition("-")[0], ()):
            utkast.pop(f"{nyckel}-{falt}", None)
        return self.visa_igen(utkast, "ny-part")

    def foresla_eget_kapital(self):
        """Fill in what was left after last year, on the row of eget kapital or on a new one."""
        utkast = self.request.POST.copy()
        part = self.object.parter.finansiarer().filter(organisation__typ=Organisation.Typ.SAMORDNINGSFORBUND).first()
        if part is None or self.bild.foreslaget_eget_kapital is None:
            return self.visa_igen(utkast, "ny-part")
        nyckel = budgetutkast.satt_eget_kapital(utkast, part, self.bild.foreslaget_eget_kapital)
        return self.visa_igen(utkast, f"{nyckel}-belopp")

    def kopiera_forra(self):
        utkast = self.request.POST.copy()
        if self.bild.kan_kopiera:
            budgetutkast.kopiera(utkast, self.bild)
        return self.visa_igen(utkast, "fin-0-belopp")

    def konfliktrader(self, form):
        sparade, mina = (_rader_i_ord(f) for f in (self.sparat_formular(), form))
        namn = list(dict.fromkeys([*sparade, *mina]))
        return [Konfliktrad(n, sparade.get(n, ""), mina.get(n, "")) for n in namn if sparade.get(n, "") != mina.get(n, "")]

    def get_rubrik(self):
        return f"Budget {self.ar}"

    def get_avbryt_url(self):
        return self.adress()

    def get_context_data(self, **kwargs):
        rad = self.object
        standard = {
            "bild": self.bild,
            "ar": self.ar,
            "arval": rad.budgetar_att_valja(),
            "kan_andra": self.kan_andra,
            "kan_andra_parter": rad.ar_tillaten_for(self.request.user, Rattighet.SAMVERKANSORGANISATION_ANDRA),
            "ar_utkast": False,
            "andringsadress": f"{reverse('organisations:budgetandringar', args=[rad.pk])}?ar={self.ar}",
            "fore_start": rad.fore_start if self.ar < rad.startdatum.year else "",
            "ingress": f"{rad}, {rad.get_samverkansform_display()}. Belopp i hela kronor.",
        }
        if "konfliktrader" in kwargs:
            form = kwargs["form"]
            antal_rader = len(form.finansieringsrader()) + len(form.kostnadsrader())
            kwargs |= {"objekt": f"budgeten för {self.ar}", "antal_falt": max(antal_rader, len(kwargs["konfliktrader"]))}
        return super().get_context_data(**standard | kwargs)


def _rader_i_ord(form):
    """{row: its amounts}, in the order of the page."""
    finansiering = {
        f"{rad.namn}, {falttext(rad.text)}".rstrip(", "): f"{falttext(rad.belopp)} kr"
        for rad in form.finansieringsrader()
        if falttext(rad.belopp)
    }
    kostnader = {
        rad.namn or falttext(rad.val): f"budget {falttext(rad.belopp)} kr"
        + (f", utfall {falttext(rad.text)} kr" if falttext(rad.text) else "")
        for rad in form.kostnadsrader()
    }
    return finansiering | kostnader
