"""Kompletterande frågor at a mättillfälle: which are put, and what has been answered (docs/regler.md 8)."""

from deltagare.models import Mattillfalle, Svar
from deltagare.uppgifter import Svaren
from organisations.models import KompletterandeFraga


def som_stalls(insats, typ, dag, aven=()) -> list[KompletterandeFraga]:
    """The questions of a mättillfälle on the day, in order. `aven`: questions that stand there anyhow, since they have been answered."""
    fragor = KompletterandeFraga.objects.filter(samverkansorganisation=insats.samverkansorganisation_id)
    return list((fragor.som_stalls(dag).med_typ(typ) | fragor.filter(pk__in=aven)).prefetch_related("alternativ"))


def sparade_svar(deltagande) -> dict[str, Svaren]:
    """{kind of mättillfälle: {question: its alternatives}}"""
    svar: dict[str, Svaren] = {typ: {} for typ in Mattillfalle.Typ.values}
    for rad in Svar.objects.filter(deltagande=deltagande).order_by("alternativ"):
        svar[rad.typ].setdefault(rad.fraga_id, []).append(rad.alternativ_id)
    return svar
