"""Original som inte har skickats: an insats' samtycken whose original is still there, several ticked at once."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.decorators import method_decorator

from behorigheter.formularvy import Formularvy
from behorigheter.roller import Rattighet
from deltagare import identitet
from deltagare.actions.samtycke import original_skickade
from deltagare.blanketter import DIARIET
from deltagare.forms.original import OriginalForm, deltaganden_i
from deltagare.identitet import Andamal, Identitet
from deltagare.models import Deltagande
from deltagare.smulor import smulor
from deltagare.views.deltagande import PERSONSIDA
from deltagare.views.insats import InsatsIAdressen
from deltagare.views.sok import giltigt_id
from sus.core.formatering import antal_i_ord

FLEST = 50


@dataclass(frozen=True)
class Rad:
    deltagande: Deltagande
    identitet: Identitet
    ruta: object


@method_decorator(PERSONSIDA, name="dispatch")
class Original(InsatsIAdressen, Formularvy):
    """The oldest signatures first, FLEST on the page; the next ones come when these have been sent."""

    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = OriginalForm
    template_name = "deltagare/original.html"
    rubrik = "Original som inte har skickats"
    ingress = "Kryssa för de samtycken som du har skickat i original till Försäkringskassan och ange datumet."

    def hamta_objekt(self, las=False):
        """Never locked: the action locks the deltaganden, and nothing here follows from the insats itself."""
        return super().hamta_objekt()

    def utfor(self, form):
        tal = original_skickade(insats=self.object, deltaganden=form.valda(), datum=form.cleaned_data["datum"], by=self.request.user)
        self.meddelande = f"Datumet är sparat för {antal_i_ord(tal, 'samtycke', 'samtycken')}."
        return f"{reverse('deltagare:original')}?insats={self.object.pk}"

    def osanda(self):
        rader = self.object.deltaganden.tillatna_for(self.request.user, self.rattighet).utan_skickat_original()
        return rader.select_related("samtycke").order_by("samtycke__datum", "pk")

    def get_form_kwargs(self):
        rader = self.osanda()
        visade = Q(pk__in=rader[:FLEST].values("pk"))
        ikryssade = [pk for text in deltaganden_i(self.request.POST)[: 2 * FLEST] for pk in giltigt_id(text)]
        return super().get_form_kwargs() | {"deltaganden": list(rader.filter(visade | Q(pk__in=ikryssade)))}

    def get_avbryt_url(self):
        return f"{reverse('deltagare:att_gora')}?visa=original"

    def get_smulor(self):
        return smulor(("Att göra", reverse("deltagare:att_gora")), (self.rubrik, None))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rutor = context["form"].rutor()
        identiteter = identitet.visa([rad.person_id for rad, _ in rutor], andamal=Andamal.ARBETSLISTA, by=self.request.user)
        rader = [Rad(rad, identiteter[rad.person_id], ruta) for rad, ruta in rutor if rad.person_id in identiteter]
        return context | {"rader": rader, "antal": self.osanda().count(), "diariet": DIARIET}
