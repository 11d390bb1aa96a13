"""Registrera anonyma deltagare (docs/regler.md 6.7)."""

from dataclasses import dataclass

from django.urls import reverse

from behorigheter.formularvy import Formularvy
from behorigheter.roller import Rattighet
from deltagare.actions.anonyma import andra_anonyma
from deltagare.forms.anonyma import AnonymaForm
from deltagare.koder import Kon
from deltagare.views.insats import InsatsIAdressen
from deltagare.visning import insatsrader


@dataclass(frozen=True)
class Arsrad:
    ar: int
    kvinnor: int
    man: int

    @property
    def summa(self) -> int:
        return self.kvinnor + self.man


class Anonyma(InsatsIAdressen, Formularvy):
    rattighet = Rattighet.ANONYMA_ANDRA
    form_class = AnonymaForm
    template_name = "deltagare/anonyma.html"
    rubrik = "Registrera anonyma deltagare"
    ingress = (
        "För deltagare som inte vill eller inte får registreras med personuppgifter. Bara antalet sparas. "
        "Den som har tagit tillbaka sitt samtycke ska inte räknas här."
    )
    meddelande = "Antalet anonyma deltagare är ändrat."

    def utfor(self, form):
        andra_anonyma(insats=self.object, ar=form.cleaned_data["ar"], **form.andring(), by=self.request.user)
        return f"{reverse('deltagare:anonyma')}?insats={self.object.pk}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"insats": self.object}

    def get_avbryt_url(self):
        return "/"

    def get_smulor(self):
        return [("Startsida", "/"), ("Deltagande", reverse("deltagare:sok")), ("Registrera anonyma", None)]

    def get_context_data(self, **kwargs):
        summor = self.object.anonymposter.anonyma().summor()
        rader = [Arsrad(ar, summor[ar].get(Kon.KVINNA, 0), summor[ar].get(Kon.MAN, 0)) for ar in sorted(summor, reverse=True)]
        return super().get_context_data(insatsrader=insatsrader(self.object)[1:], arsrader=rader, **kwargs)
