"""Kompletterande frågor at a mättillfälle: which are put, and what has been answered (docs/regler.md 8)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from deltagare.koder import UTAN_ANDRA_MATNING
from deltagare.models import Mattillfalle, Svar
from deltagare.uppgifter import Svaren, behover_matning
from organisations.models import KompletterandeFraga
from sus.core.formatering import lista_i_ord


@dataclass(frozen=True)
class Besvarad:
    """A question of a mättillfälle with the answer in words, empty when there is none."""

    fraga: KompletterandeFraga
    svar: str

    @property
    def saknas(self) -> bool:
        return self.fraga.obligatorisk and not self.svar


def som_stalls(insats, typ, dag, aven=()) -> list[KompletterandeFraga]:
    """The questions of a mättillfälle on the day, in order. `aven`: questions that stand there anyhow, since they have been answered."""
    fragor = KompletterandeFraga.objects.filter(samverkansorganisation=insats.samverkansorganisation_id)
    return list((fragor.som_stalls(dag).med_typ(typ) | fragor.filter(pk__in=aven)).prefetch_related("alternativ"))


def sparade_svar(deltagande) -> dict[str, Svaren]:
    """{kind of mättillfälle: {question: its alternatives}}"""
    svar: dict[str, Svaren] = {typ: {} for typ in Mattillfalle.Typ.values}
    for rad in Svar.objects.filter(deltagande=deltagande).order_by("alternativ_id"):
        svar[rad.typ].setdefault(rad.fraga_id, []).append(rad.alternativ_id)
    return svar


def med_svar(deltagande) -> dict[str, list[Besvarad]]:
    """{kind of mättillfälle: its questions}; after the insats none, while the deltagande goes on or when it ended without measurement."""
    svar = sparade_svar(deltagande)
    har_matts = deltagande.ar_avslutat and behover_matning(deltagande.avslutningsanledning)
    dagar = {Mattillfalle.Typ.IN: deltagande.startdatum, Mattillfalle.Typ.UT: deltagande.slutdatum if har_matts else None}
    return {typ: _besvarade(deltagande.insats, typ, dag, svar[typ]) if dag else [] for typ, dag in dagar.items()}


def har_obesvarade_fragor() -> Q:
    """Deltaganden where an obligatorisk question that is put at a mättillfälle has no answer."""
    return Q(_obesvarad("in", "startdatum")) | Q(_obesvarad("ut", "slutdatum")) & ~Q(avslutningsanledning__in=UTAN_ANDRA_MATNING)


def _obesvarad(typ, dag) -> Exists:
    forbund = OuterRef("insats__samverkansorganisation")
    fragor = KompletterandeFraga.objects.filter(samverkansorganisation=forbund, obligatorisk=True).som_stalls(OuterRef(dag)).med_typ(typ)
    return Exists(fragor.exclude(Exists(Svar.objects.filter(deltagande=OuterRef(OuterRef("pk")), typ=typ, fraga=OuterRef("pk")))))


def _besvarade(insats, typ, dag, svar: Svaren) -> list[Besvarad]:
    return [_besvarad(fraga, svar.get(fraga.pk, [])) for fraga in som_stalls(insats, typ, dag, aven=svar)]


def _besvarad(fraga, valda: list[int]) -> Besvarad:
    return Besvarad(fraga, lista_i_ord([alternativ.text for alternativ in fraga.alternativ.all() if alternativ.pk in valda]))
