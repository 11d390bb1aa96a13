"""The kommuner and stadsdelar of a samverkansorganisation."""

from behorigheter.formularvy import Formularvy, Konfliktrad
from behorigheter.roller import Rattighet
from organisations.actions.omrade import andra_omrade
from organisations.forms.omrade import OmradeForm
from organisations.models import Samverkansorganisation
from organisations.views.samverkansorganisation import PagaendeMixin, SidaMixin


class OmradeUpdate(PagaendeMixin, SidaMixin, Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_ANDRA
    model = Samverkansorganisation
    form_class = OmradeForm
    template_name = "organisations/omrade.html"
    konflikt_template_name = "organisations/omrade_konflikt.html"
    rubrik = "Välj kommuner och stadsdelar"
    knappar = {"sok": "visa_igen", "lagg_till": "lagg_till", "ta_bort": "ta_bort"}

    def post(self, request, *args, **kwargs):
        """Enter in the search field means Sök: a text that has not been looked up is looked up before anything is saved."""
        if request.POST.get("kommunnamn", "").strip() != request.POST.get("sokt", "").strip():
            self.knappar = {**self.knappar, "spara": "visa_igen"}
        return super().post(request, *args, **kwargs)

    def utfor(self, form):
        kommuner, stadsdelar = form.omrade()
        return andra_omrade(samverkansorganisation=self.object, kommuner=kommuner, stadsdelar=stadsdelar, by=self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"samverkansorganisation": self.object}

    def visa_igen(self, tillagda=(), borttagen=None):
        """The page as it was typed, with another choice. Nothing is saved."""
        post = self.request.POST
        valda = [kod for kod in (*post.getlist("valda"), *tillagda) if kod != borttagen]
        initial = {"lan": post.get("lan", ""), "kommunnamn": post.get("kommunnamn", ""), "valda": list(dict.fromkeys(valda))}
        if not (tillagda or borttagen):
            initial["traffar"] = post.getlist("traffar")
        form = OmradeForm(**self.kwargs_utan_inskickat() | {"initial": initial})
        form.fokus = "traffar" if form.fields["traffar"].choices and not borttagen else "kommunnamn"
        return self.render_to_response(self.get_context_data(form=form))

    def lagg_till(self):
        return self.visa_igen(tillagda=self.request.POST.getlist("traffar"))

    def ta_bort(self):
        return self.visa_igen(borttagen=self.request.POST["ta_bort"])

    def konfliktrader(self, form):
        sparad = OmradeForm(**self.kwargs_utan_inskickat())
        sparade, mina = (", ".join(namn for _, namn in f.rader()) for f in (sparad, form))
        return [Konfliktrad("Valda kommuner och stadsdelar", sparade, mina)] if sparade != mina else []
