"""Tables that are wider than the paper: units side by side that have no room continue in tables of their own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapporter.renderare.rubriker import Grupprubrik, grupprader
from rapporter.tabell import Rad, Tabell

FLEST_KOLUMNER = 13  # on a page that lies down
FLEST_STAENDE = 11  # of what is parted for one that stands


def pa_papper(tabell: Tabell) -> list[Tabell]:
    """The table as it fits: whole, or in tables for a page that stands, as even as can be, each with the first column again."""
    tabell = tabell.visad()
    grupper = [grupp for rad in grupprader(tabell.kolumner)[:1] for grupp in rad if grupp.text]
    i_grupper = sum(grupp.spann for grupp in grupper)
    if len(tabell.kolumner) <= FLEST_KOLUMNER or i_grupper != len(tabell.kolumner) - 1:
        return [tabell]
    flest = max((FLEST_STAENDE - 1) // max(grupp.spann for grupp in grupper), 1)
    antal = -(-len(grupper) // flest)
    kanter = [len(grupper) * nr // antal for nr in range(antal + 1)]
    delar = [grupper[fran:till] for fran, till in pairwise(kanter)]
    return [_del(tabell, del_, nr, len(delar)) for nr, del_ in enumerate(delar, start=1)]


def _del(tabell: Tabell, grupper: Sequence[Grupprubrik], nr: int, antal: int) -> Tabell:
    """The first part keeps the key, by which its diagram finds it; the last has the notes."""
    platser = [0, *(plats for grupp in grupper for plats in range(grupp.fran, grupp.fran + grupp.spann))]

    def smal(rad: Rad) -> Rad:
        return replace(rad, celler=tuple(rad.celler[plats] for plats in platser))

    return replace(
        tabell,
        nyckel=tabell.nyckel if nr == 1 else f"{tabell.nyckel}-del{nr}",
        titel=f"{tabell.titel} ({nr} av {antal})",
        bred=False,
        kolumner=tuple(tabell.kolumner[plats] for plats in platser),
        rader=tuple(smal(rad) for rad in tabell.rader),
        delsummor=tuple((index, smal(rad)) for index, rad in tabell.delsummor),
        summa=tabell.summa and smal(tabell.summa),
        noter=tabell.noter if nr == antal else (),
    )
