"""Sök deltagare: the persons of one insats, fetched, decrypted and sorted here since the database cannot read them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.views.generic import ListView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare import identitet, visning
from deltagare.forms.sok import PersonForm, SokForm
from deltagare.identitet import Andamal, Identitet
from deltagare.models import Deltagande
from deltagare.smulor import smulor
from sus.core.sortering import sortnyckel


@dataclass(frozen=True)
class Rad:
    deltagande: Deltagande
    identitet: Identitet
    plats: str
    visat: bool = False


SORTERING: dict[str, Callable[[Rad], Any]] = {
    "personnummer": lambda rad: rad.identitet.personnummer.tolv_siffror,
    "namn": lambda rad: sortnyckel(rad.identitet.namn),
    "kommun": lambda rad: sortnyckel(rad.plats),
    "startdag": lambda rad: rad.deltagande.startdatum,
    "avslutningsdag": lambda rad: rad.deltagande.slutdatum or date.max,
    "manader": lambda rad: rad.deltagande.manader,
}


class Sok(TillatnaMixin, ListView):
    """POST with `visa`: the same list, with one row's whole personnummer. POST with `personnummer`: to that person of the insats."""

    rattighet = Rattighet.DELTAGARE_SE
    model = Deltagande
    template_name = "deltagare/sok.html"
    paginate_by = 20
    page_kwarg = "sida"
    visad = None
    personform = None

    def post(self, request, *args, **kwargs):
        return self.visa(request, *args, **kwargs) if "visa" in request.POST else self.hitta(request, *args, **kwargs)

    def visa(self, request, *args, **kwargs):
        self.visad = super().get_queryset().filter(pk__in=giltigt_id(request.POST.get("visa", ""))).first()
        if self.visad is None:
            raise Http404
        identitet.visa([self.visad.person_id], andamal=Andamal.PERSONNUMMER, by=request.user)
        return self.get(request, *args, **kwargs)

    def hitta(self, request, *args, **kwargs):
        self.get_queryset()  # reads the selection
        if self.insats is None:
            raise Http404
        self.personform = PersonForm(request.POST, anvandare=request.user, insats=self.insats)
        if not self.personform.is_valid() or not self.personform.deltaganden:
            return self.get(request, *args, **kwargs)
        traff, *fler = self.personform.deltaganden
        if fler:
            messages.info(request, f"Deltagaren har {len(fler) + 1} deltaganden i insatsen. Det här är det senaste.")
        return HttpResponseRedirect(traff.get_absolute_url())

    @property
    def insats(self):
        return self.form.cleaned_data.get("insats") if self.form.is_bound and self.form.is_valid() else None

    def get_queryset(self):
        self.form = SokForm(self.urval(), anvandare=self.request.user)
        if not self.form.is_valid():
            if self.request.GET.get("insats") and "insats" in self.form.errors:
                raise Http404  # somebody else's, or none at all
            return super().get_queryset().none()
        urval = self.form.cleaned_data
        rader = super().get_queryset().filter(insats=urval["insats"]).select_related("kommun", "stadsdel")
        if urval["in_ar"]:
            rader = rader.filter(startdatum__year=urval["in_ar"])
        if urval["ut_ar"]:
            rader = rader.filter(slutdatum__year=urval["ut_ar"])
        return {"aktiva": rader.pagaende, "inaktiva": rader.avslutade}.get(urval["status"], rader.all)()

    def urval(self):
        """What the address says; nothing said and only one insats to choose: that one."""
        if "insats" in self.request.GET:
            return self.request.GET
        insatser = SokForm(anvandare=self.request.user).insatser
        return {"insats": insatser[0].pk} if len(insatser) == 1 else None

    def paginate_queryset(self, queryset, page_size):
        return super().paginate_queryset(self.sorterade(queryset), page_size)

    def sorterade(self, deltaganden):
        identiteter = identitet.visa([d.person_id for d in deltaganden], andamal=Andamal.SOK, by=self.request.user)
        rader = [
            Rad(d, identiteter[d.person_id], plats=visning.plats(d), visat=d == self.visad)
            for d in deltaganden
            if d.person_id in identiteter
        ]
        rader.sort(key=SORTERING["personnummer"])
        return sorted(rader, key=SORTERING[self.sortering.removeprefix("-")], reverse=self.sortering.startswith("-"))

    @property
    def sortering(self) -> str:
        vald = self.request.GET.get("sortera", "")
        return vald if vald.removeprefix("-") in SORTERING else "personnummer"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        insats = self.insats
        return context | {
            "formular": self.form,
            "insats": insats,
            "personform": self.personform or PersonForm(anvandare=self.request.user, insats=insats),
            "period": visning.period(insats) if insats else "",
            "rader": context["page_obj"].object_list,
            "sortering": self.sortering,
            "urval": self.request.GET,
            "smulor": smulor(("Sök deltagare", None)),
        }


def giltigt_id(text: str) -> list[str]:
    try:
        return [str(uuid.UUID(text))]
    except ValueError:
        return []
