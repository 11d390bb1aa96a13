"""Pages about deltagare in one insats, which stands in the address: ?insats=17."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from deltagare.regler import V33
from insatser.models import Insats
from sus.core.adress import RADNUMMER, heltal


class InsatsIAdressen:
    """Mixin of a Formularvy whose rows belong to an insats. Without one in the address the page lets the user choose."""

    model = Insats
    versionerad = False

    def hamta_objekt(self, las=False):
        rader = self.get_queryset().select_related("samverkansorganisation")
        nummer = heltal(self.request.GET.get("insats", ""), RADNUMMER)
        return get_object_or_404(rader.select_for_update(of=("self",)) if las else rader, pk=nummer)

    def get(self, request, *args, **kwargs):
        if "insats" not in request.GET:
            return self.valj()
        if self.hamta_objekt().ar_volyminsats:
            return self.valj(fel=V33)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.hamta_objekt().ar_volyminsats:
            return self.valj(fel=V33)
        return super().post(request, *args, **kwargs)

    def valj(self, fel=""):
        """The insatser that the user may choose among; a single one is chosen already."""
        rader = self.get_queryset().med_personuppgifter().select_related("samverkansorganisation")
        insatser = list(rader)
        if len(insatser) == 1 and not fel:
            return HttpResponseRedirect(f"?insats={insatser[0].pk}")
        context = {"insatser": insatser, "rubrik": self.rubrik, "fel": fel, "smulor": self.get_smulor()}
        return TemplateResponse(self.request, "deltagare/valj_insats.html", context, status=409 if fel else 200)
