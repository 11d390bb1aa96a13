"""Orders: the list, one order, and what each one does with it."""

from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import DetailView, ListView

from behorigheter.actions.bestallning import (
    aterta_bestallning,
    avsla_bestallning,
    bestall_for_annan,
    bestall_for_sig_sjalv,
    hinder_mot_egen,
    signera_bestallning,
    utfarda_bestallning,
)
from behorigheter.forms import BaraFragaForm
from behorigheter.forms.bestallning import (
    AvgorForm,
    BestallningForm,
    EgenBestallningForm,
    SigneraForm,
    SokBestallningForm,
)
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Bestallning
from behorigheter.roller import Rattighet
from sus.core.formatering import datumtid, lista_i_ord
from sus.core.smulor import STARTSIDA

ATT_TA_STALLNING = {Rattighet.BESTALLNING_GORA, Rattighet.BESTALLNING_AVGORA}
Status = Bestallning.Status


def smulor(*vidare):
    return [STARTSIDA, ("Beställningar", reverse("behorigheter:bestallningar")), *vidare]


def fakta(rad, personnummer):
    """What the order asks for, as it stands on the form 9445."""
    uppgifter = [
        ("Namn", str(rad)),
        ("Personnummer", personnummer or "Saknas på kontot"),
        ("E-post", rad.epost),
        ("Telefon", rad.telefon),
        ("Arbetsgivare", str(rad.organisation)),
        ("Roller", capfirst(lista_i_ord(rad.rollnamn))),
        ("Period", f"{rad.fran} till och med {rad.till}"),
    ]
    return [(etikett, varde) for etikett, varde in uppgifter if varde]


def handelser(rad):
    """Who did what, and when."""
    steg = [("Ifylld", rad.ifylld_av, rad.ifylld_tid), ("Signerad", rad.signerad_av, rad.signerad_tid)]
    if rad.status == Status.ATERTAGEN:
        steg.append(("Återtagen", rad.andrad_av, rad.andrad_tid))
    else:
        steg.append((rad.get_status_display().capitalize(), rad.avgjord_av, rad.avgjord_tid))
    return [(vad, f"{datumtid(nar)} av {vem}") for vad, vem, nar in steg if vem]


class BestallningList(TillatnaMixin, ListView):
    rattighet = Rattighet.BESTALLNING_SE
    model = Bestallning
    template_name = "behorigheter/bestallningar.html"
    paginate_by = 50
    page_kwarg = "sida"

    def tar_stallning(self):
        return any(self.request.user.har_roll_med(rattighet) for rattighet in ATT_TA_STALLNING)

    def formular(self):
        return SokBestallningForm(self.request.GET, anvandare=self.request.user) if self.tar_stallning() else None

    def get_queryset(self):
        rader, formular = super().get_queryset().select_related("organisation"), self.formular()
        if formular is None:
            return rader.order_by("-ifylld_tid", "-pk")
        rader = formular.filtrera(rader)
        return rader.order_by("ifylld_tid", "pk") if formular.visar_vantande else rader.order_by("-ifylld_tid", "-pk")

    def get_context_data(self, **kwargs):
        jag = self.request.user
        return super().get_context_data(
            formular=self.formular(),
            kan_bestalla=jag.har_roll_med(Rattighet.BESTALLNING_GORA),
            kan_utse=jag.har_roll_med(Rattighet.BESTALLARE_UTSE),
            smulor=[STARTSIDA, ("Beställningar", None)],
            **kwargs,
        )


class BestallningDetail(TillatnaMixin, DetailView):
    rattighet = Rattighet.BESTALLNING_SE
    model = Bestallning
    template_name = "behorigheter/bestallning.html"

    def get_context_data(self, **kwargs):
        rad, anvandare = self.object, self.request.user
        pnr = rad.klartext
        rader = self.get_queryset().filter(pk=rad.pk)
        att_gora = rader.att_gora_for(anvandare).exists()
        egen = rader.tillatna_for(anvandare, Rattighet.BESTALLNING_EGEN).exists()
        return super().get_context_data(
            smulor=smulor((str(rad), None)),
            fakta=fakta(rad, pnr.maskerat if pnr else ""),
            handelser=handelser(rad),
            behorigheter=rad.behorigheter.order_by("roll", "giltig_fran"),
            kan_signera=att_gora and rad.status == Status.IFYLLD,
            kan_avgora=att_gora and rad.status == Status.SIGNERAD,
            kan_aterta=egen and rad.status in Bestallning.VANTANDE,
            **kwargs,
        )


class BestallningCreate(Formularvy):
    rattighet = Rattighet.BESTALLNING_GORA
    model = Bestallning
    form_class = BestallningForm
    template_name = "behorigheter/bestallning_ny.html"
    kraver_bekraftelse = True
    rubrik = "Beställ behörighet"
    knapptext = "Gå vidare till signering"
    meddelande = "Beställningen är ifylld. Kontrollera och signera den."

    def utfor(self, form):
        bestallning = bestall_for_annan(
            uppgifter=form.uppgifter(), personnummer=form.cleaned_data["personnummer"], **form.period_och_roller(), by=self.request.user
        )
        return reverse("behorigheter:bestallning_signera", args=[bestallning.pk])

    def get_context_data(self, **kwargs):
        arbetsgivare = self.request.user.arbetsgivare
        ingress = f"Enligt blankett 9445. Arbetsgivare är {arbetsgivare}: du beställer bara för din egen organisation."
        return super().get_context_data(ingress=ingress, **kwargs)

    def get_smulor(self):
        return smulor((self.rubrik, None))

    def get_avbryt_url(self):
        return reverse("behorigheter:bestallningar")


class BestallningEgen(Formularvy):
    rattighet = Rattighet.BESTALLNING_EGEN
    model = Bestallning
    form_class = EgenBestallningForm
    template_name = "behorigheter/bestallning_egen.html"
    rubrik = "Beställ behörighet åt mig själv"
    ingress = "Enligt blankett 9445. Din organisations beställare signerar beställningen, och sedan utfärdas behörigheten."
    knapptext = "Skicka beställningen"
    meddelande = "Beställningen är skickad till din organisations beställare. Du får besked med e-post när den är avgjord."
    vantar = (
        "Beställningen är sparad. Den väntar tills Försäkringskassan har utsett en beställare i din organisation. "
        "Du får besked med e-post när den är avgjord."
    )

    def utfor(self, form):
        if not self.request.user.har_bestallare:
            self.meddelande = self.vantar
        kontakt = {namn: form.cleaned_data[namn] for namn in ("epost", "telefon")}
        return bestall_for_sig_sjalv(**kontakt, **form.period_och_roller(), by=self.request.user)

    def get_context_data(self, **kwargs):
        anvandare = self.request.user
        pnr = anvandare.klartext
        uppgifter = [("Namn", str(anvandare)), ("Personnummer", pnr.maskerat if pnr else ""), ("Arbetsgivare", anvandare.arbetsgivare)]
        return super().get_context_data(
            fakta=[(etikett, varde) for etikett, varde in uppgifter if varde],
            hinder=hinder_mot_egen(anvandare),
            saknar_bestallare=not anvandare.har_bestallare,
            **kwargs,
        )

    def get_smulor(self):
        return smulor((self.rubrik, None))

    def get_avbryt_url(self):
        return reverse("behorigheter:bestallningar")


class _BestallningSteg(Formularvy):
    """A step of one order: its facts stand above the form, with the whole personnummer."""

    model = Bestallning
    template_name = "behorigheter/bestallning_steg.html"

    def get_context_data(self, **kwargs):
        rad = self.object
        pnr = rad.klartext
        return super().get_context_data(bestallning=rad, fakta=fakta(rad, pnr.utskrivet if pnr else ""), handelser=handelser(rad), **kwargs)

    def get_rubrik(self):
        return f"{self.rubrik} för {self.object}"

    def get_smulor(self):
        return smulor((str(self.object), self.object.get_absolute_url()), (self.rubrik, None))


class BestallningSignera(_BestallningSteg):
    rattighet = Rattighet.BESTALLNING_GORA
    form_class = SigneraForm
    kraver_bekraftelse = True
    rubrik = "Signera beställningen"
    ingress = "Kontrollera uppgifterna. Roller och period kan du ändra innan du signerar."
    knapptext = "Skicka beslutet"
    meddelande = "Ditt beslut är sparat."

    def get_initial(self):
        rad = self.object
        return {"roller": rad.roller, "fran": rad.fran, "till": rad.till}

    def utfor(self, form):
        if form.avslar:
            return avsla_bestallning(bestallning=self.object, lage=Status.IFYLLD, skal=form.cleaned_data["skal"], by=self.request.user)
        return signera_bestallning(bestallning=self.object, **form.period_och_roller(), by=self.request.user)


class BestallningAvgor(_BestallningSteg):
    rattighet = Rattighet.BESTALLNING_AVGORA
    form_class = AvgorForm
    kraver_bekraftelse = True
    rubrik = "Avgör beställningen"
    ingress = "Beställaren har signerat. Utfärda behörigheten eller avslå beställningen med ett skäl."
    knapptext = "Skicka beslutet"
    meddelande = "Ditt beslut är sparat. Användaren och beställaren får besked med e-post."

    def utfor(self, form):
        if form.avslar:
            return avsla_bestallning(bestallning=self.object, lage=Status.SIGNERAD, skal=form.cleaned_data["skal"], by=self.request.user)
        return utfarda_bestallning(bestallning=self.object, by=self.request.user)


class BestallningAterta(_BestallningSteg):
    rattighet = Rattighet.BESTALLNING_EGEN
    form_class = BaraFragaForm
    rubrik = "Ta tillbaka beställningen"
    ingress = "Beställningen går inte vidare. Du kan göra en ny när du vill."
    knapptext = "Ta tillbaka beställningen"
    meddelande = "Beställningen är återtagen."

    def utfor(self, form):
        return aterta_bestallning(bestallning=self.object, by=self.request.user)
