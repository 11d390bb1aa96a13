"""Ingående organisationer and their roles."""

from behorigheter.formularvy import Formularvy, Konfliktrad
from behorigheter.roller import Rattighet
from organisations.actions.parter import andra_parter
from organisations.forms.parter import ParterForm
from organisations.models import Samverkansorganisation
from organisations.views.samverkansorganisation import PagaendeMixin, SidaMixin


class ParterUpdate(PagaendeMixin, SidaMixin, Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_ANDRA
    model = Samverkansorganisation
    form_class = ParterForm
    template_name = "organisations/parter.html"
    konflikt_template_name = "organisations/parter_konflikt.html"
    rubrik = "Ingående organisationer"
    knappar = {"sok": "visa_igen", "lagg_till": "lagg_till", "lagg_till_ny": "lagg_till_ny", "ta_bort": "ta_bort"}

    def post(self, request, *args, **kwargs):
        """Enter in the search field means Sök: a text that has not been looked up is looked up before anything is saved."""
        if request.POST.get("sok_namn", "").strip() != request.POST.get("sokt", "").strip():
            self.knappar = {**self.knappar, "spara": "visa_igen"}
        return super().post(request, *args, **kwargs)

    def utfor(self, form):
        return andra_parter(samverkansorganisation=self.object, parter=form.parter(), by=self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"samverkansorganisation": self.object}

    def tomt_formular(self, utkast=None):
        return ParterForm(**self.kwargs_utan_inskickat() | {"utkast": utkast})

    def visa_igen(self, utkast=None, fokus="sok_namn"):
        """The page as it was typed. Nothing is saved."""
        utkast = utkast or self.request.POST
        form = self.tomt_formular(utkast)
        form.initial = {"sok_namn": utkast.get("sok_namn", ""), "ny_namn": utkast.get("ny_namn", ""), "ny_typ": utkast.get("ny_typ", "")}
        form.fokus = "traffar" if form.fields["traffar"].choices else fokus
        return self.render_to_response(self.get_context_data(form=form))

    def lagg_till(self):
        utkast = self.request.POST.copy()
        for pk in utkast.pop("traffar", []):
            utkast.appendlist("rad", f"o{pk}")
            utkast[f"o{pk}-ny"] = "1"
        utkast["sok_namn"] = ""
        return self.visa_igen(utkast)

    def lagg_till_ny(self):
        utkast = self.request.POST.copy()
        nyckel = f"ny{len(utkast.getlist('rad'))}"
        if not utkast.get("ny_namn", "").strip():
            return self.visa_igen(fokus="ny_namn")
        utkast.appendlist("rad", nyckel)
        utkast[f"{nyckel}-namn"], utkast[f"{nyckel}-typ"], utkast[f"{nyckel}-ny"] = utkast["ny_namn"].strip(), utkast["ny_typ"], "1"
        utkast["ny_namn"] = ""
        return self.visa_igen(utkast, fokus="ny_namn")

    def ta_bort(self):
        utkast = self.request.POST.copy()
        utkast.setlist("rad", [nyckel for nyckel in utkast.getlist("rad") if nyckel != utkast["ta_bort"]])
        return self.visa_igen(utkast)

    def konfliktrader(self, form):
        sparade, mina = (_roller(f) for f in (self.tomt_formular(), form))
        namn = list(dict.fromkeys([*sparade, *mina]))
        return [Konfliktrad(n, sparade.get(n, ""), mina.get(n, "")) for n in namn if sparade.get(n) != mina.get(n)]


def _roller(form):
    """{organisation: its roles in words}"""
    return {str(rad.organisation): ", ".join(roll for falt, roll in rad.falt if falt.value()) for rad in form.rader()}
