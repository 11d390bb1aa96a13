"""Units to compare side by side: riket, län, samverkansorganisationer, insatser. The same tables of each become one.

A table of categories gets a block of columns per unit; one of figures alone gets a row per unit. What comes here is protected already,
each unit by itself, so that the whole tells nothing that the parts do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Kolumn, Rad, Tabell, i_grupp
from rapporter.urval import Niva, Urval
from sus.core.formatering import gemen, lista_i_ord

# The columns of a block that people see, by how many units there are: the more, the fewer. Files for programs have them all.
FLEST_MED_ANTAL = 2
UTAN_KON = ("fore", "fore_andel", "efter", "efter_andel", "forandring", "forandring_andel", "totalt", "andel")
ANDELAR = ("fore_andel", "efter_andel", "totalt", "andel")
FLEST_STAENDE = 12  # columns on a page that stands
ALLA_TAL, AV_KON = "Alla tal{} finns i CSV och JSON.", ", också för kvinnor och män var för sig,"
ENHET = Kolumn("enhet", "Jämförelse")


@dataclass(frozen=True)
class Enhet:
    """A unit: the beginning of its columns' slugs, its name, and its selection."""

    nyckel: str
    rubrik: str
    urval: Urval


def enhet(urval: Urval, rubrik: str) -> Enhet:
    """The unit that a selection is about."""
    plats = {Niva.LAN: urval.lan, Niva.ORGANISATION: urval.organisation, Niva.INSATS: urval.insats}.get(urval.niva)
    return Enhet(f"{urval.niva}_{plats}" if plats else str(urval.niva), rubrik, urval)


def flyttat_urval(urval: Urval, niva: Niva, plats: str | int | None, rubrik: str) -> Urval:
    """The same period and filters somewhere else."""
    nyckel: dict[Niva, Any] = {niva: plats}
    return replace(
        urval, niva=niva, plats=rubrik, lan=nyckel.get(Niva.LAN), organisation=nyckel.get(Niva.ORGANISATION), insats=nyckel.get(Niva.INSATS)
    )


def sida_vid_sida(enheter: Sequence[tuple[Enhet, Sequence[Tabell]]]) -> list[Tabell]:
    """The tables of the units put together, table by table."""
    return [
        _ihop([(en, tabell) for (en, _), tabell in zip(enheter, samma, strict=True)])
        for samma in zip(*(tabeller for _, tabeller in enheter), strict=True)
    ]


def _ihop(delar: Sequence[tuple[Enhet, Tabell]]) -> Tabell:
    if delar[0][1].kolumner[0].ar_tal:
        return _rad_per_enhet(delar)
    if all(tabell.visas_inte for _, tabell in delar):
        return replace(delar[0][1], visas_inte=" ".join(f"{en.rubrik}: {tabell.visas_inte}" for en, tabell in delar))
    return _block_per_enhet(delar)


def _rad_per_enhet(delar: Sequence[tuple[Enhet, Tabell]]) -> Tabell:
    forsta = delar[0][1]
    dold = Rad((DOLT_TAL,) * len(forsta.kolumner))
    rader = tuple(replace(rad, celler=(en.rubrik, *rad.celler)) for en, tabell in delar for rad in (tabell.rader or (dold,)))
    return replace(forsta, kolumner=(ENHET, *forsta.kolumner), rader=rader, noter=_noter(delar), visas_inte="", bred=False)


def _block_per_enhet(delar: Sequence[tuple[Enhet, Tabell]]) -> Tabell:
    """A unit whose table is not shown has nothing but its heading, and the reason under the table."""
    mall = next(tabell for _, tabell in delar if not tabell.visas_inte)
    bredd = len(mall.kolumner) - 1

    def celler(nr: int | None) -> tuple:
        rader = [tabell.summa if nr is None else tabell.rader[nr] if tabell.rader else None for _, tabell in delar]
        return tuple(cell for rad in rader for cell in (rad.celler[1:] if rad else (DOLT_TAL,) * bredd))

    kolumner = (mall.kolumner[0], *(kolumn for en, _ in delar for kolumn in _block(en, mall.kolumner[1:])))
    visade = _visade(mall.kolumner[1:], len(delar))
    tabell = replace(
        mall,
        kolumner=kolumner,
        rader=tuple(replace(rad, celler=(rad.celler[0], *celler(nr))) for nr, rad in enumerate(mall.rader)),
        summa=mall.summa and replace(mall.summa, celler=(mall.summa.celler[0], *celler(None))),
        visade=(mall.kolumner[0].nyckel, *(f"{en.nyckel}_{namn}" for en, _ in delar for namn in visade)),
        noter=(*_noter(delar), ALLA_TAL.format(AV_KON if any(del_.visar_kon for _, del_ in delar) else "")),
        rubrik="Jämförelse",
    )
    return replace(tabell, bred=len(tabell.visad().kolumner) > FLEST_STAENDE)


def _block(en: Enhet, kolumner: Sequence[Kolumn]) -> tuple[Kolumn, ...]:
    return i_grupp(
        en.rubrik,
        *(
            replace(kolumn, nyckel=f"{en.nyckel}_{kolumn.nyckel}", rubrik=f"{en.rubrik}, {gemen(kolumn.rubrik)}", kort=kolumn.kort)
            for kolumn in kolumner
        ),
    )


def _visade(kolumner: Sequence[Kolumn], antal: int) -> list[str]:
    """Which of a block's columns people see."""
    visade = UTAN_KON if antal <= FLEST_MED_ANTAL else ANDELAR
    return [kolumn.nyckel for kolumn in kolumner if kolumn.nyckel in visade]


def _noter(delar: Sequence[tuple[Enhet, Tabell]]) -> tuple[str, ...]:
    """Each sentence once: one that not all have says whom it is about."""
    med: dict[str, list[str]] = {}
    for en, tabell in delar:
        for not_ in filter(None, (*tabell.noter, tabell.visas_inte)):
            med.setdefault(not_, []).append(en.rubrik)
    return tuple(not_ if len(namn) == len(delar) else f"{lista_i_ord(namn)}: {not_}" for not_, namn in med.items())
