"""Registrera deltagare: samtycke, Hämta and form 9448."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from behorigheter.formularvy import Formularvy
from behorigheter.roller import Rattighet
from deltagare.actions.deltagande import inregistrera
from deltagare.forms.registrera import RegistreraForm
from deltagare.views.insats import InsatsIAdressen
from deltagare.visning import insatsrader


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Registrera(InsatsIAdressen, Formularvy):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = RegistreraForm
    template_name = "deltagare/registrera.html"
    rubrik = "Registrera deltagare"
    ingress = "Inregistrering, blankett 9448. Alla uppgifter behövs om det inte står frivilligt."
    meddelande = "Deltagaren är registrerad. Skicka originalet av samtycket till Försäkringskassan."
    knappar = {"hamta": "hamta"}

    def hamta(self):
        """The button Hämta: what is typed stays, and of the errors only those that stopped the fetching are shown."""
        form = self.get_form()
        form.full_clean()
        if form.tidigare:
            return self.till_rattning(form)
        form.behall_fel("samtycke_finns", "personnummer")
        if not form.errors:
            form.fokusera("namn" if form.ar_samordningsnummer else "mattillfalle")
        return self.render_to_response(self.get_context_data(form=form, varningar=[]))

    def form_valid(self, form):
        return self.till_rattning(form) if form.tidigare else super().form_valid(form)

    def form_invalid(self, form):
        return self.till_rattning(form) if form.tidigare else super().form_invalid(form)

    def till_rattning(self, form):
        """An earlier startdag was chosen in Måttillfälle."""
        return HttpResponseRedirect(reverse("deltagare:ratta", args=[form.tidigare]))

    def utfor(self, form):
        return inregistrera(
            insats=self.object,
            personnummer=form.personnummer,
            namn=form.personnamn,
            uppgifter=form.inregistrering(),
            samtycke=form.samtyckesuppgifter(),
            by=self.request.user,
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"insats": self.object}

    def get_avbryt_url(self):
        return "/"

    def get_smulor(self):
        return [("Startsida", "/"), ("Deltagande", reverse("deltagare:sok")), (self.rubrik, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(insatsrader=insatsrader(self.object)[1:], **kwargs)
