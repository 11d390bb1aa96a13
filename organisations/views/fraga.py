"""Kompletterande frågor: the list and the question itself for everybody, and the forms of the samverkansadministratör."""

import uuid

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import DetailView

from behorigheter.forms import BaraFragaForm
from behorigheter.formularvy import Formularvy
from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from organisations.actions.fraga import KVAR, V39, andra_fraga, flytta_fraga, publicera_fraga, skapa_fraga, ta_bort_fraga
from organisations.forms.fraga import FlyttaForm, FragaForm, PubliceraForm, SistaDagForm, ordvarningar
from organisations.forms.svar import SvarForm
from organisations.models import KompletterandeFraga, Samverkansorganisation
from organisations.views.samverkansorganisation import SidaMixin
from sus.core.adress import heltal
from sus.core.formatering import datum, datumtid
from sus.core.smulor import STARTSIDA

RUBRIK = "Kompletterande frågor"


class FragorMixin(SidaMixin):
    """A page below Kompletterande frågor: of one question, or of the samverkansorganisation whose questions they are."""

    menyval = "fragor"

    def get_samverkansorganisation(self):
        return self.object if isinstance(self.object, Samverkansorganisation) else self.object.samverkansorganisation

    def fragor_url(self):
        return reverse("organisations:fragor", args=[self.get_samverkansorganisation().pk])

    def get_smulor(self):
        forbund = self.get_samverkansorganisation()
        smulor = [STARTSIDA, (str(forbund), forbund.get_absolute_url()), (RUBRIK, self.fragor_url())]
        if isinstance(self.object, KompletterandeFraga):
            smulor.append((str(self.object), self.object.get_absolute_url()))
        return [*smulor, (self.get_rubrik(), None)]


class FragorVisa(TillatnaMixin, FragorMixin, DetailView):
    """The questions in order. Drafts are seen by those who may change them."""

    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation
    template_name = "organisations/fragor.html"

    def get_context_data(self, **kwargs):
        forbund, anvandare = self.object, self.request.user
        return super().get_context_data(
            fragor=forbund.fragor.som_far_ses(anvandare).with_besvarad(),
            kan_andra=forbund.ar_tillaten_for(anvandare, Rattighet.FRAGA_ANDRA),
            nyckel=uuid.uuid4(),
            smulor=[STARTSIDA, (str(forbund), forbund.get_absolute_url()), (RUBRIK, None)],
            **kwargs,
        )


class FrageformularVisa(TillatnaMixin, FragorMixin, DetailView):
    """All published questions as they stand in the forms of inregistrering and utregistrering."""

    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = Samverkansorganisation
    template_name = "organisations/frageformular.html"

    def get_rubrik(self):
        return "Frågeformulär"

    def get_context_data(self, **kwargs):
        delar = [(typ, text, self.fragor(typ)) for typ, text in (("in", "Vid inregistrering"), ("ut", "Vid utregistrering"))]
        return super().get_context_data(
            delar=[(typ, text, SvarForm(fragor=fragor, prefix=typ) if fragor else None) for typ, text, fragor in delar],
            smulor=self.get_smulor(),
            **kwargs,
        )

    def fragor(self, typ):
        fragor = self.object.fragor.publicerade().inte_avslutade(timezone.localdate()).med_typ(typ)
        return list(fragor.prefetch_related("alternativ"))


class FragaDetail(TillatnaMixin, FragorMixin, DetailView):
    rattighet = Rattighet.SAMVERKANSORGANISATION_SE
    model = KompletterandeFraga

    def get_queryset(self):
        return (
            super().get_queryset().som_far_ses(self.request.user).select_related("samverkansorganisation", "publicerad_av").with_besvarad()
        )

    def get_smulor(self):
        return [*super().get_smulor()[:-2], (str(self.object), None)]

    def get_rubrik(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        fraga = self.object
        return super().get_context_data(
            fakta=fakta(fraga),
            svarform=SvarForm(fragor=[fraga]),
            kan_andra=fraga.ar_tillaten_for(self.request.user, Rattighet.FRAGA_ANDRA),
            smulor=self.get_smulor(),
            **kwargs,
        )


def fakta(fraga):
    uppgifter = [
        ("Status", fraga.status),
        ("Mättillfälle", fraga.get_mattillfalle_display()),
        ("Från och med", datum(fraga.fran)),
        ("Till och med", datum(fraga.till) if fraga.till else "Tills vidare"),
        ("Sorts svar", fraga.get_slag_display()),
        ("Måste besvaras", "Ja" if fraga.obligatorisk else "Nej"),
        ("Besvarad", "Ja" if fraga.besvarad else "Nej"),
    ]
    if fraga.publicerad:
        av = f" av {fraga.publicerad_av}" if fraga.publicerad_av else ""
        uppgifter.append(("Publicerad", f"{datumtid(fraga.publicerad)}{av}"))
    return uppgifter


class Fragaformular(FragorMixin, Formularvy):
    """What the forms of one question share."""

    model = KompletterandeFraga

    def get_queryset(self):
        return super().get_queryset().select_related("samverkansorganisation")


class FragetextMixin:
    """The form with the alternatives: its buttons show the page as it was typed, with another list. Nothing is saved."""

    template_name = "organisations/fraga_form.html"
    knappar = {"lagg_till": "lagg_till", "upp": "flytta_upp", "ner": "flytta_ner", "ta_bort": "ta_bort"}

    def visa_igen(self, texter, fokus):
        kwargs = self.kwargs_utan_inskickat()
        typat = {falt: self.request.POST.get(falt, "") for falt in FragaForm(**kwargs).fields}
        listan = {falt: "" for falt in typat if falt.startswith("alternativ_")}
        listan |= {f"alternativ_{nr}": text for nr, text in enumerate(texter[: len(listan)], 1)}
        form = FragaForm(**kwargs | {"initial": typat | listan | {"antal": str(len(texter))}})
        form.fokus = f"alternativ_{min(max(fokus, 1), form.antal())}"
        return self.render_to_response(self.get_context_data(form=form))

    def typade(self):
        """The texts of the page, in order, the empty ones too."""
        return [field.value() or "" for field in FragaForm(**self.get_form_kwargs()).alternativfalt()]

    def vald(self, knapp):
        """The place of the alternative whose button was pressed; 0 for one that the page does not have."""
        nr = heltal(self.request.POST[knapp], 2) or 0
        return nr if nr <= len(self.typade()) else 0

    def lagg_till(self):
        texter = [*self.typade(), ""]
        return self.visa_igen(texter, len(texter))

    def flytta_upp(self):
        return self._flytta(self.vald("upp"), -1)

    def flytta_ner(self):
        return self._flytta(self.vald("ner"), 1)

    def _flytta(self, nr, steg):
        texter = self.typade()
        if nr and 1 <= nr + steg <= len(texter):
            texter.insert(nr + steg - 1, texter.pop(nr - 1))
            nr += steg
        return self.visa_igen(texter, nr)

    def ta_bort(self):
        texter, nr = self.typade(), self.vald("ta_bort")
        if nr:
            texter.pop(nr - 1)
        return self.visa_igen(texter, nr)


class FragaCreate(FragetextMixin, FragorMixin, Formularvy):
    rattighet = Rattighet.FRAGA_ANDRA
    model = Samverkansorganisation
    form_class = FragaForm
    versionerad = False
    rubrik = "Registrera kompletterande fråga"
    ingress = "Frågan sparas som utkast. Den ställs i alla insatser när du har publicerat den."
    meddelande = "Frågan är sparad som utkast. Se hur den ser ut och publicera den."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": KompletterandeFraga(samverkansorganisation=self.object)}

    def get_avbryt_url(self):
        return self.fragor_url()

    def utfor(self, form):
        return skapa_fraga(samverkansorganisation=self.object, uppgifter=form.uppgifter(), alternativ=form.texter, by=self.request.user)


class FragaUpdate(FragetextMixin, Fragaformular):
    """When the question has been answered only its last day is left to change."""

    rattighet = Rattighet.FRAGA_ANDRA
    konflikt_template_name = "organisations/fraga_konflikt.html"

    @cached_property
    def ar_last(self):
        """A page that was opened before the first answer still sends the whole question, and is told why it is too late."""
        return "fragetext" not in self.request.POST and self.object.ar_besvarad()

    def get_form_class(self):
        return SistaDagForm if self.ar_last else FragaForm

    def get_rubrik(self):
        return "Ändra sista dag" if self.ar_last else "Ändra kompletterande fråga"

    def utfor(self, form):
        return andra_fraga(fraga=self.object, uppgifter=form.uppgifter(), alternativ=form.texter, by=self.request.user)

    def konfliktrader(self, form):
        return [rad for rad in super().konfliktrader(form) if rad.falt != str(getattr(form.fields.get("inga_kansliga"), "label", ""))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(last=V39 if self.ar_last else "", fraga=self.object, **kwargs)


class FragaPublicera(Fragaformular):
    rattighet = Rattighet.FRAGA_ANDRA
    form_class = PubliceraForm
    template_name = "organisations/fraga_publicera.html"
    rubrik = "Publicera kompletterande fråga"
    knapptext = "Publicera frågan"
    meddelande = "Frågan är publicerad."

    def utfor(self, form):
        return publicera_fraga(fraga=self.object, by=self.request.user)

    def get_context_data(self, **kwargs):
        fraga = self.object
        texter = [fraga.namn, fraga.fragetext, fraga.hjalptext, *map(str, fraga.alternativ.all())]
        return super().get_context_data(
            fraga=fraga, svarform=SvarForm(fragor=[fraga]), ordvarningar=[text for _, text in ordvarningar(*texter)], **kwargs
        )


class FragaFlytta(Fragaformular):
    """Up or down in the order: by the buttons of the list, or here."""

    rattighet = Rattighet.FRAGA_ANDRA
    form_class = FlyttaForm
    versionerad = False
    rubrik = "Flytta frågan"
    knapptext = "Flytta"
    meddelande = "Ordningen är ändrad."

    def get_avbryt_url(self):
        return self.fragor_url()

    def utfor(self, form):
        flytta_fraga(fraga=self.object, steg=form.steg(), by=self.request.user)
        return f"{self.fragor_url()}#fraga-{self.object.pk}"


class FragaDelete(Fragaformular):
    """Asks before a question that nobody has answered is removed; one that has been answered says why it stays."""

    rattighet = Rattighet.FRAGA_ANDRA
    form_class = BaraFragaForm
    template_name = "organisations/fraga_ta_bort.html"
    rubrik = "Ta bort kompletterande fråga"
    knapptext = "Ta bort frågan"
    meddelande = "Frågan är borttagen."

    def utfor(self, form):
        ta_bort_fraga(fraga=self.object, by=self.request.user)
        return self.fragor_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(hinder=KVAR if self.object.ar_besvarad() else "", **kwargs)
