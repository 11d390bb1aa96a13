"""Att göra: the work list of a deltagaransvarig, one list at a time."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import ListView

from behorigheter.mixins import TillatnaMixin
from behorigheter.roller import Rattighet
from deltagare import identitet
from deltagare.arbetslista import LISTOR, PER_NYCKEL, Lista, antal_per_lista
from deltagare.identitet import Andamal, Identitet
from deltagare.models import Deltagande
from deltagare.smulor import smulor


@dataclass(frozen=True)
class Listval:
    lista: Lista
    antal: int
    vald: bool


@dataclass(frozen=True)
class Rad:
    deltagande: Deltagande
    identitet: Identitet
    sedan: date
    skal: str
    url: str


class AttGora(TillatnaMixin, ListView):
    """?visa= chooses the list; without it the first that has rows. Only those on the page are shown, and so logged."""

    rattighet = Rattighet.DELTAGARE_SE
    model = Deltagande
    template_name = "deltagare/att_gora.html"
    paginate_by = 20
    page_kwarg = "sida"

    @cached_property
    def idag(self) -> date:
        return timezone.localdate()

    @cached_property
    def val(self) -> list[Listval]:
        egna = super().get_queryset()
        antal = egna.aggregate(**antal_per_lista(self.idag))
        vald = self.request.GET.get("visa") or next((nyckel for nyckel, tal in antal.items() if tal), LISTOR[0].nyckel)
        if vald not in PER_NYCKEL:
            raise Http404
        return [Listval(lista, antal[lista.nyckel], lista.nyckel == vald) for lista in LISTOR]

    @property
    def lista(self) -> Lista:
        return next(val.lista for val in self.val if val.vald)

    @property
    def fallande(self) -> bool:
        return self.request.GET.get("sortera") == "-dag"

    def get_queryset(self):
        rader = self.lista.rader(super().get_queryset(), self.idag)
        relaterade = ("insats", "samtycke", "felregistreringsbegaran__begard_av")
        return rader.select_related(*relaterade).order_by(f"-{self.lista.dag}" if self.fallande else self.lista.dag, "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "val": self.val,
            "lista": self.lista,
            "rader": self.rader(context["page_obj"].object_list),
            "sortering": "-dag" if self.fallande else "dag",
            "urval": self.request.GET,
            "smulor": smulor(("Att göra", None)),
        }

    def rader(self, deltaganden) -> list[Rad]:
        identiteter = identitet.visa([rad.person_id for rad in deltaganden], andamal=Andamal.ARBETSLISTA, by=self.request.user)
        lista = self.lista
        return [
            Rad(
                deltagande=rad,
                identitet=identiteter[rad.person_id],
                sedan=lista.vantar_sedan(rad),
                skal=lista.skal(rad, self.idag),
                url=reverse(lista.vy, args=[rad.pk]),
            )
            for rad in deltaganden
            if rad.person_id in identiteter
        ]
