"""Registrera deltagare: samtycke, Hämta and form 9448."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from behorigheter.formularvy import Formularvy
from behorigheter.roller import Rattighet
from deltagare import blanketter, utkast
from deltagare.actions.deltagande import inregistrera
from deltagare.forms.registrera import V17, RegistreraForm
from deltagare.models import Utkast
from deltagare.smulor import smulor
from deltagare.views.insats import InsatsIAdressen
from deltagare.views.sok import giltigt_id
from deltagare.views.utkast import Utkastformular
from deltagare.visning import insatsrader
from sus.core.kryptering import uppslag, uppslagsvarden
from sus.core.regelbrott import Regelbrott


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Registrera(Utkastformular, InsatsIAdressen, Formularvy):
    rattighet = Rattighet.DELTAGARE_ANDRA
    form_class = RegistreraForm
    template_name = "deltagare/registrera.html"
    rubrik = "Registrera deltagare"
    ingress = "Inregistrering, blankett 9448. Alla uppgifter behövs om det inte står frivilligt."
    knappar = {"hamta": "hamta"} | Utkastformular.utkastknappar
    utkast_sida = Utkast.Sida.REGISTRERA
    fel_ur_utkast = ("samtycke_finns", "personnummer")

    def hamta_objekt(self, las=False):
        """Never locked: nobody in the insats waits while folkbokföringen answers somebody. The action locks it."""
        return super().hamta_objekt()

    def hamta(self):
        """The button Hämta: what is typed stays."""
        form = self.get_form()
        form.full_clean()
        return self.till_rattning(form) if form.tidigare else self.visa_hamtat(form)

    def visa_hamtat(self, form):
        """Of the errors only those that stopped the fetching are shown."""
        form.behall_fel("samtycke_finns", "personnummer")
        if not form.errors:
            form.fokusera(form.nasta_falt)
        return self.render_to_response(self.get_context_data(form=form, varningar=[]))

    def form_valid(self, form):
        return self.till_rattning(form) if form.tidigare else super().form_valid(form)

    def form_invalid(self, form):
        if form.tidigare:
            return self.till_rattning(form)
        if self.request.POST.get("spara") == "enter" and form.bara_personen and not self.hamtad_person():
            self.kvitto.delete()
            return self.visa_hamtat(form)
        return super().form_invalid(form)

    def till_rattning(self, form):
        """An earlier startdag was chosen in Måttillfälle."""
        return HttpResponseRedirect(reverse("deltagare:ratta", args=[form.tidigare]))

    def utfor(self, form):
        deltagande = inregistrera(
            insats=self.object,
            personnummer=form.personnummer,
            namn=form.personnamn,
            uppgifter=form.inregistrering(),
            samtycke=form.samtyckesuppgifter(),
            att_kontrollera=form.att_kontrollera,
            by=self.request.user,
        )
        skickat = form.cleaned_data["samtycke_original"] is not None
        pappren = blanketter.efter_inregistrering(self.request.user.arbetsgivare, original_skickat=skickat)
        self.meddelande = f"Deltagaren är registrerad. {pappren}"
        if self.vill_registrera_nasta:
            return f"{reverse('deltagare:registrera')}?insats={self.object.pk}&registrerad={deltagande.pk}"
        return deltagande

    @property
    def vill_registrera_nasta(self) -> bool:
        """The button, or what the page remembers of it when the user has seen a warning."""
        return "nasta" in self.request.POST and "spara" not in self.request.POST

    def nyss_registrerad(self):
        """The deltagande that the page before has saved, or None."""
        rader = self.object.deltaganden.tillatna_for(self.request.user, Rattighet.DELTAGARE_SE)
        return rader.filter(pk__in=giltigt_id(self.request.GET.get("registrerad", ""))).first()

    def utkastets_plats(self):
        return {"insats": self.object, "sida": self.utkast_sida, "by": self.request.user}

    def utkastets_innehall(self):
        falt, _ = super().utkastets_innehall()
        if "samtycke_finns" not in falt:
            self.slang_utkastet()
            raise Regelbrott(V17, falt="samtycke_finns")
        person = self.hamtad_person()
        if person is None:
            return {namn: varden for namn, varden in falt.items() if namn not in {"personnummer", "namn", "hamtat"}}, None
        return falt, uppslag(person.tolv_siffror)

    def hamtad_person(self):
        """The personnummer in the field, if it is the one that folkbokföringen has answered about."""
        try:
            person = RegistreraForm.base_fields["personnummer"].clean(self.request.POST.get("personnummer", ""))
        except ValidationError:
            return None
        return person if utkast.ar_hamtad(person, self.request.POST.get("hamtat", ""), self.request.user) else None

    def handlar_om(self, sparat, form):
        return sparat.uppslag is not None and bytes(sparat.uppslag) in uppslagsvarden(form.personnummer.tolv_siffror)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"insats": self.object}

    def get_avbryt_url(self):
        return "/"

    def get_smulor(self):
        return smulor((self.rubrik, None))

    def get_context_data(self, **kwargs):
        context = {
            "insatsrader": insatsrader(self.object)[1:],
            "fler_knappar": [("nasta", "Spara och registrera nästa", "Sparar …"), *self.utkastknapp],
            "nasta": self.vill_registrera_nasta,
            "nyss_registrerad": self.nyss_registrerad(),
        }
        return super().get_context_data(**context | kwargs)
