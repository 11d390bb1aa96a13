"""The second menu row of a samverkansorganisation's own pages."""

from dataclasses import dataclass

from django.urls import reverse

from behorigheter.roller import Rattighet


@dataclass(frozen=True)
class Menyval:
    text: str
    url: str
    aktiv: bool


def undermeny(samverkansorganisation, anvandare, aktiv) -> list[Menyval]:
    """`aktiv` is the address name of the page itself, or of the one it belongs to."""
    sidor = [("Samverkansorganisation", "detail"), ("Budget", "budget"), ("Kompletterande frågor", "fragor")]
    if samverkansorganisation.ar_tillaten_for(anvandare, Rattighet.UPPDRAG_SE):
        sidor.append(("Uppdrag", "uppdrag"))
    return [Menyval(text, reverse(f"organisations:{namn}", args=[samverkansorganisation.pk]), namn == aktiv) for text, namn in sidor]
