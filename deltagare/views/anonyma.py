"""Registrera anonyma deltagare (docs/regler.md 6.7)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from behorigheter.formularvy import Formularvy
from behorigheter.roller import Rattighet
from deltagare.actions.anonyma import andra_anonyma
from deltagare.anonyma import att_fora_over
from deltagare.forms.anonyma import AnonymaForm
from deltagare.koder import Kon
from deltagare.regler import anonyma_ar
from deltagare.smulor import smulor
from deltagare.views.insats import InsatsIAdressen
from deltagare.visning import insatsrader
from sus.core.adress import valt_ar
from sus.core.formatering import antal_i_ord

FLEST_POSTER = 50


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
        return smulor(("Registrera anonyma", None))

    def get_initial(self):
        return {"ar": valt_ar(self.request.GET, anonyma_ar(self.object))}

    def get_context_data(self, **kwargs):
        poster = self.object.anonymposter.anonyma()
        summor = poster.summor()
        rader = [Arsrad(ar, summor[ar].get(Kon.KVINNA, 0), summor[ar].get(Kon.MAN, 0)) for ar in sorted(summor, reverse=True)]
        standard = {
            "insatsrader": insatsrader(self.object)[1:],
            "arsrader": rader,
            "poster": poster.select_related("av").order_by("-pk")[:FLEST_POSTER],
            "paminnelse": self.paminnelse(rader),
        }
        return super().get_context_data(**standard | kwargs)

    def paminnelse(self, rader) -> str:
        """In January: who was counted last year and may go on."""
        idag = timezone.localdate()
        insatser = self.get_queryset().filter(pk=self.object.pk)
        if idag.month != 1 or not att_fora_over(insatser, idag.year).exists():
            return ""
        i_fjol = next(rad for rad in rader if rad.ar == idag.year - 1)
        vilka = f"{antal_i_ord(i_fjol.kvinnor, 'kvinna', 'kvinnor')} och {antal_i_ord(i_fjol.man, 'man', 'män')}"
        return f"{i_fjol.ar} hade insatsen {vilka} som anonyma deltagare. De som fortsätter {idag.year} registreras igen för {idag.year}."
