"""The one base class of every form that changes something.

A POST goes: lock the row → idempotency key → form → version → warnings → action → receipt. Everything happens in the
transaction of the request, so that the change, its log row and its receipt stand or fall together.
"""

import uuid
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseModelForm
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.edit import FormView

from behorigheter.behallet import avsandare
from behorigheter.bekrafta import BekraftaMixin
from behorigheter.inskickat import lamna_in, tidigare_inlamnat
from behorigheter.logg import logga
from behorigheter.mixins import TillatnaMixin
from behorigheter.models import Handelse
from sus.core.adress import heltal
from sus.core.databasfel import regelbrott_av
from sus.core.regelbrott import Regelbrott


@dataclass(frozen=True)
class Konfliktrad:
    """One field that differs between what is saved and what the user wrote."""

    falt: str
    sparat: str
    ditt: str


class Formularvy(TillatnaMixin, BekraftaMixin, SingleObjectMixin, FormView):
    """A form page.

    Subclasses say `rattighet`, `model` (of the row that is changed or under which something is made), `form_class` and
    `utfor(form)`, which calls the action and returns the row whose page is the receipt, or an address. With `pk` in the
    address the row is fetched through tillatna_for and locked. `versionerad` False: the row is only the parent.
    `kraver_bekraftelse` True: rights are changed, so the user must have shown lately who it is.
    """

    http_method_names: ClassVar = ["get", "head", "post", "options"]  # Django's FormView takes PUT as POST
    template_name = "formular.html"
    konflikt_template_name = "konflikt.html"
    versionerad = True
    rubrik: str = ""
    ingress: str = ""
    knapptext: str = "Spara"
    meddelande: str = "Uppgifterna har sparats."
    knappar: ClassVar[dict[str, str]] = {}  # name of another submit button → method that answers it without saving

    def utfor(self, form) -> Any:
        raise NotImplementedError

    def hamta_objekt(self, las=False):
        """The row of the address, locked when the form has been sent, or None for a form that makes the row."""
        if "pk" not in self.kwargs:
            return None
        rader = self.get_queryset()
        return get_object_or_404(rader.select_for_update(of=("self",)) if las else rader, pk=self.kwargs["pk"])

    def versionerat(self):
        """The row whose version the form carries, or None when it does not exist yet."""
        return self.object if self.versionerad else None

    def varningar(self, form) -> list[tuple[str, str]]:
        """(code, sentence) of each warning that the user must see before saving."""
        return form.varningar() if hasattr(form, "varningar") else []

    def get(self, request, *args, **kwargs):
        self.object = self.hamta_objekt()
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        try:
            self.object = self.hamta_objekt(las=True)
        except Http404:  # what a form has deleted is gone when the form comes a second time
            return self.redan_sparat(tidigare_inlamnat(nyckel=self.nyckel(), by=request.user))
        for namn, metod in self.knappar.items():
            if namn in request.POST:
                return getattr(self, metod)()
        self.kvitto, ny = lamna_in(nyckel=self.nyckel(), by=request.user)
        if not ny:
            return self.redan_sparat(self.kvitto)
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        if self.nuvarande_version() != self.inskickad_version():
            return self.konflikt(form)
        if self.obekraftade(form):
            return self.form_invalid(form)
        return self.form_valid(form)

    def redan_sparat(self, kvitto):
        if kvitto is None:
            raise Http404
        messages.info(self.request, "Uppgifterna är redan sparade.")
        return HttpResponseRedirect(kvitto.lank)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                resultat = self.utfor(form)
        except Regelbrott as brott:
            form.add_error(brott.falt if brott.falt in form.fields else None, str(brott))
            return self.form_invalid(form)
        except IntegrityError as fel:
            brott = regelbrott_av(fel)
            if brott is None:
                raise
            form.add_error(None, str(brott))
            return self.form_invalid(form)
        self.kvitto.lank = resultat if isinstance(resultat, str) else resultat.get_absolute_url()
        self.kvitto.save(update_fields=["lank"])
        messages.success(self.request, self.meddelande)
        return HttpResponseRedirect(self.kvitto.lank)

    def form_invalid(self, form):
        self.kvitto.delete()
        return super().form_invalid(form)

    def konflikt(self, form):
        """Somebody else saved meanwhile: both texts, the own one kept in the fields. A mere question is asked once more."""
        logga(Handelse.Typ.KONFLIKT, by=self.request.user, pa=self.versionerat() or self.object)
        if not form.fields:
            form.add_error(None, "Någon annan har ändrat uppgifterna medan du hade sidan öppen. Läs dem igen innan du går vidare.")
            return self.form_invalid(form)
        self.kvitto.delete()
        rader = self.konfliktrader(form)
        context = self.get_context_data(
            form=form,
            rubrik="Någon annan har ändrat uppgifterna",
            konfliktrader=rader,
            antal_falt=len(form.fields),
            sparad_av=getattr(self.versionerat(), "andrad_av", None),
            sparad_tid=getattr(self.versionerat(), "andrad_tid", None),
            objekt=str(self.object or ""),
            behall_url=self.request.get_full_path(),
        )
        return TemplateResponse(self.request, self.konflikt_template_name, context, status=409)

    def konfliktrader(self, form) -> list[Konfliktrad]:
        sparad = self.get_form_class()(**self.kwargs_utan_inskickat())
        par = [
            (form[namn], sparad[namn] if namn in sparad.fields else None) for namn in form.fields
        ]  # what is asked may follow from an answer
        rader = [Konfliktrad(str(ditt.label), falttext(sparat) if sparat else "", falttext(ditt)) for ditt, sparat in par]
        return [rad for rad in rader if rad.sparat != rad.ditt]

    def nyckel(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.request.POST.get("nyckel", ""))
        except ValueError:
            return uuid.uuid4()

    def nuvarande_version(self) -> int:
        rad = self.versionerat()
        return rad.version if rad else 0

    def inskickad_version(self) -> int:
        version = heltal(self.request.POST.get("version", ""), 9)
        return -1 if version is None else version

    def obekraftade(self, form) -> set[str]:
        """Codes of the warnings that the user has not yet said yes to."""
        return {kod for kod, _ in self.varningar(form)} - set(self.request.POST.get("bekraftade", "").split(","))

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"anvandare": self.request.user}
        if issubclass(self.get_form_class(), BaseModelForm):
            # A ModelForm writes into its instance when it validates; the saved values must remain to compare with.
            kwargs["instance"] = copy(self.object)
        return kwargs

    def kwargs_utan_inskickat(self) -> dict[str, Any]:
        """The arguments of a form that holds what is saved, or what the view puts there, and not what was sent."""
        return {namn: varde for namn, varde in self.get_form_kwargs().items() if namn not in {"data", "files"}}

    def get_rubrik(self) -> str:
        return self.rubrik

    def get_smulor(self) -> list[tuple[str, str | None]]:
        return []

    def get_avbryt_url(self) -> str:
        return self.object.get_absolute_url() if self.object else "/"

    def get_context_data(self, **kwargs):
        form = kwargs.setdefault("form", self.get_form())
        varningar = self.varningar(form) if form.is_bound and form.is_valid() else []
        standard = {
            "rubrik": self.get_rubrik(),
            "ingress": self.ingress,
            "knapptext": self.knapptext,
            "fler_knappar": [],
            "nyckel": self.nyckel(),
            "avsandare": avsandare(self.request.user),
            "version": self.nuvarande_version(),
            "varningar": varningar,
            "bekrafta": ",".join(kod for kod, _ in varningar),
            "avbryt_url": self.get_avbryt_url(),
            "smulor": self.get_smulor(),
        }
        return super().get_context_data(**standard | kwargs)


def falttext(falt) -> str:
    """What a bound field holds, as a person reads it."""
    varde = falt.value()
    val = {str(kod): str(text) for kod, text in getattr(falt.field, "choices", [])}
    if isinstance(varde, list | tuple):
        return ", ".join(val.get(str(v), str(v)) for v in varde)
    if varde is None or varde == "":
        return ""
    if isinstance(varde, bool):
        return "Ja" if varde else "Nej"
    return val.get(str(varde), str(varde))
