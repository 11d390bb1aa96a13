"""Årsredogörelser on paper: one, or all of a samverkansorganisation's in a year. Each takes two pages at most."""

from dataclasses import dataclass

from insatser.models import Arsredogorelse
from sus.core.pdf import lagg_ut, skriv_ut

FLEST_SIDOR = 2


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


def samlade_pdf(samverkansorganisation, ar, uppslag, saknas) -> bytes:
    """A front page with contents, then the texts in their order. `saknas` are the insatser that have none."""
    innehall = {"samverkansorganisation": samverkansorganisation, "ar": ar, "uppslag": uppslag, "saknas": saknas}
    return skriv_ut(lagg_ut("pdf/arsredogorelser.html", innehall))
