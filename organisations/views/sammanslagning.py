"""Slå ihop samverkansorganisationer."""

from behorigheter.roller import Rattighet
from organisations.actions.sammanslagning import sla_ihop
from organisations.forms.sammanslagning import SammanslagningForm
from organisations.views.samverkansorganisation import HinderMixin, SamverkansorganisationCreate


class SammanslagningCreate(HinderMixin, SamverkansorganisationCreate):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SKAPA
    form_class = SammanslagningForm
    template_name = "organisations/andra.html"
    rubrik = "Slå ihop samverkansorganisationer"
    ingress = "De valda avslutas och blir tillsammans en ny. Historiken ligger kvar hos dem."
    knapptext = "Slå ihop"
    meddelande = "Samverkansorganisationerna är ihopslagna. Det här är den nya."

    def get_initial(self):
        return super().get_initial() | {"slas_ihop": self.request.GET.getlist("slas_ihop")}

    def spara(self, form):
        val = form.cleaned_data
        return sla_ihop(
            samverkansorganisationer=val["slas_ihop"],
            sista_dag=val["sista_dag"],
            uppgifter=form.uppgifter(),
            administrator=val["administrator"],
            by=self.request.user,
        )
