"""Registrera antal i volyminsats."""

from django.utils import timezone

from behorigheter.roller import Rattighet
from insatser.actions import registrera_volym
from insatser.forms.volym import VolymForm
from insatser.views.insats import Insatsformular
from sus.core.adress import valt_ar


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
        return {"ar": valt_ar(self.request.GET, self.object.volymar) or timezone.localdate().year}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"insats": self.object}

    def get_context_data(self, **kwargs):
        poster = self.object.volymposter
        return super().get_context_data(summor=poster.summor(), poster=poster.select_related("av").order_by("-tid", "-pk")[:50], **kwargs)
