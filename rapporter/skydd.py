"""Röjandekontroll: what a reader may see, decided once, before any renderer.

Rule 7: head counts without attributes are exact at organisation level and above, per insats when they are at least 5, else "0–4",
zero included: that nobody came is also a disclosure. Kronor and volym are exact. Tables about attributes are shown only to those
who may see exact figures.
"""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet

from behorigheter.models import Anvandare
from behorigheter.roller import Rattighet, Roll
from insatser.models import Insats
from rapporter.tabell import Cell, Rad, Tabell

VERSION = 1
EXAKT = "exakt"
SKYDDAD = "skyddad"
GRANS = 5
DOLT = "0–4"
SPRIDNING = {EXAKT: "Arbetsmaterial med exakta tal – får inte spridas", SKYDDAD: "Får spridas"}
ROJANDEKONTROLL = {
    EXAKT: f"Inte tillämpad (regler version {VERSION} finns i den skyddade versionen)",
    SKYDDAD: f"Tillämpad, regler version {VERSION}: antal under {GRANS} i en insats skrivs {DOLT}",
}


def far_se_exakt(anvandare: Anvandare | None, insatser: Collection[int], andamal: str = "") -> bool:
    """True when the user holds the right to every insats with personuppgifter. None is the system.

    A volyminsats holds no persons, so nobody needs a right to it. A selection without persons gives nobody a right. FK analytiker
    have the whole country, but only for a stated purpose.
    """
    if anvandare is None:
        return True
    if Roll.FK_ANALYTIKER in anvandare.gallande_roller and not andamal:
        return False
    med_personer = med_personuppgifter(insatser)
    tillatna = Insats.objects.tillatna_for(anvandare, Rattighet.RAPPORT_EXAKT)
    return med_personer.exists() and not med_personer.exclude(pk__in=tillatna.values("pk")).exists()


def med_personuppgifter(insatser: Collection[int]) -> QuerySet[Insats]:
    return Insats.objects.filter(pk__in=insatser).med_personuppgifter()


def skydda(tabell: Tabell) -> Tabell:
    """The table as everyone may see it."""
    tabell = tabell.skyddad or tabell
    return replace(
        tabell,
        rader=tuple(_skyddad(tabell, rad) for rad in tabell.rader),
        delsummor=tuple((index, _skyddad(tabell, rad)) for index, rad in tabell.delsummor),
        summa=tabell.summa and _skyddad(tabell, tabell.summa),
    )


def _skyddad(tabell: Tabell, rad: Rad) -> Rad:
    par = zip(tabell.kolumner, rad.celler, strict=True)
    return replace(rad, celler=tuple(_skyddat_antal(cell, rad) if kolumn.personer else cell for kolumn, cell in par))


def _skyddat_antal(cell: Cell, rad: Rad) -> Cell:
    """A sum over one insats, or over insatser picked out by a filter, is protected like an insats."""
    organisationsniva = rad.hela and rad.insatser > 1
    utan_personer = rad.insatser == 0
    if not isinstance(cell, int) or organisationsniva or utan_personer or cell >= GRANS:
        return cell
    return DOLT
