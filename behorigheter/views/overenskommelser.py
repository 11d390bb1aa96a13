"""Överenskommelser: the list, one, and the forms."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, ListView

from behorigheter.actions.overenskommelse import andra_overenskommelse, registrera_overenskommelse
from behorigheter.forms.overenskommelse import NyOverenskommelseForm, OverenskommelseForm, SokOverenskommelseForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Overenskommelse
from behorigheter.roller import Rattighet, Roll
from sus.core.formatering import antal, datum
from sus.core.smulor import STARTSIDA


def smulor(*vidare):
    return [STARTSIDA, ("Överenskommelser", reverse("behorigheter:overenskommelser")), *vidare]


class OverenskommelseList(TillatnaMixin, ListView):
    rattighet = Rattighet.OVERENSKOMMELSE_ANDRA
    model = Overenskommelse
    template_name = "behorigheter/overenskommelser.html"
    paginate_by = 50
    page_kwarg = "sida"

    def formular(self):
        return SokOverenskommelseForm(self.request.GET)

    def get_queryset(self):
        return self.formular().filtrera(super().get_queryset()).select_related("organisation")

    def get_context_data(self, **kwargs):
        return super().get_context_data(formular=self.formular(), smulor=[STARTSIDA, ("Överenskommelser", None)], **kwargs)


class OverenskommelseDetail(TillatnaMixin, DetailView):
    rattighet = Rattighet.OVERENSKOMMELSE_ANDRA
    model = Overenskommelse
    template_name = "behorigheter/overenskommelse.html"

    def get_context_data(self, **kwargs):
        rad = self.object
        giltiga = rad.organisation.behorigheter.giltiga()
        return super().get_context_data(
            smulor=smulor((str(rad.organisation), None)),
            fakta=[
                ("Referens", rad.referens),
                ("Första dag", datum(rad.fran)),
                ("Sista dag", datum(rad.till) if rad.till else "Tills vidare"),
                ("Status", rad.lage),
                ("Användare med gällande behörighet", antal(giltiga.values("anvandare").distinct().count())),
            ],
            bestallare=giltiga.filter(roll=Roll.BESTALLARE).select_related("anvandare").order_by("anvandare"),
            **kwargs,
        )


class OverenskommelseCreate(Formularvy):
    rattighet = Rattighet.OVERENSKOMMELSE_ANDRA
    model = Overenskommelse
    form_class = NyOverenskommelseForm
    kraver_bekraftelse = True
    rubrik = "Registrera överenskommelse"
    ingress = "Utan en gällande överenskommelse kan ingen i organisationen ha behörighet till SUS."
    knapptext = "Registrera överenskommelsen"
    meddelande = "Överenskommelsen är registrerad. Utse nu organisationens beställare."

    def utfor(self, form):
        return registrera_overenskommelse(**form.uppgifter(), by=self.request.user)

    def get_smulor(self):
        return smulor((self.rubrik, None))

    def get_avbryt_url(self):
        return reverse("behorigheter:overenskommelser")


class OverenskommelseUpdate(Formularvy):
    rattighet = Rattighet.OVERENSKOMMELSE_ANDRA
    model = Overenskommelse
    form_class = OverenskommelseForm
    kraver_bekraftelse = True
    rubrik = "Ändra eller avsluta överenskommelsen"
    meddelande = "Överenskommelsen är ändrad."

    def utfor(self, form):
        return andra_overenskommelse(overenskommelse=self.object, **form.uppgifter(), by=self.request.user)

    def varningar(self, form):
        """Whoever has a behörighet at the organisation is without it before the first day, and after a last day that becomes earlier."""
        fran, till, fore = form.cleaned_data["fran"], form.cleaned_data["till"], self.object.till
        tal = self.object.organisation.behorigheter.giltiga().values("anvandare").distinct().count()
        if not tal:
            return []
        vilka = f"{antal(tal)} användare har behörighet genom {self.object.organisation}."
        varningar = []
        if fran > max(self.object.fran, timezone.localdate()):
            varningar.append(("BORJAN", f"{vilka} Den gäller inte före {datum(fran)}."))
        if till and not (fore and till >= fore):
            varningar.append(("SLUT", f"{vilka} Den slutar att gälla efter {datum(till)}."))
        return varningar

    def get_smulor(self):
        return smulor((str(self.object.organisation), self.object.get_absolute_url()), (self.rubrik, None))
