"""Årsredogörelser on paper: one, or all of a samverkansorganisation's in a year. Each takes two pages at most."""

from dataclasses import dataclass

from insatser.models import Arsredogorelse
from sus.core.pdf import lagg_ut, skriv_ut

FLEST_SIDOR = 2
FLEST_I_EN_FIL = 30  # some seconds to lay out, if all of them fill their two pages


@dataclass(frozen=True)
class Uppslag:
    """A text and the facts that stand above it."""

    arsredogorelse: Arsredogorelse
    fakta: list[tuple[str, str]]


def arsredogorelse_pdf(arsredogorelse, fakta) -> bytes:
    return skriv_ut(_utlagd(arsredogorelse, fakta))


def antal_sidor(arsredogorelse, fakta) -> int:
    return len(_utlagd(arsredogorelse, fakta).pages)


def _utlagd(arsredogorelse, fakta):
    return lagg_ut("pdf/arsredogorelse.html", {"uppslag": Uppslag(arsredogorelse, fakta)})


@dataclass(frozen=True)
class Del:
    """One file of the gathered texts: those from number `fran` to `till`, counted from 1."""

    nummer: int
    fran: int
    till: int
    innehall: list


def delar(texter) -> list[Del]:
    """The texts file by file, in their order."""
    borjan = range(0, len(texter), FLEST_I_EN_FIL)
    bitar = [texter[fran : fran + FLEST_I_EN_FIL] for fran in borjan]
    return [Del(nummer, fran + 1, fran + len(bit), bit) for nummer, (fran, bit) in enumerate(zip(borjan, bitar, strict=True), start=1)]


def samlade_pdf(samverkansorganisation, ar, uppslag, saknas, del_i_ord="") -> bytes:
    """A front page with contents, then the texts in their order. `saknas` are the insatser that have none.

    `del_i_ord` says which part it is of several.
    """
    innehall = {"samverkansorganisation": samverkansorganisation, "ar": ar, "uppslag": uppslag, "saknas": saknas, "del_i_ord": del_i_ord}
    return skriv_ut(lagg_ut("pdf/arsredogorelser.html", innehall))
