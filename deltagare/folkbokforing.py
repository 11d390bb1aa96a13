"""The port to folkbokföringen (Hämta), and the adapter that reads a file.

Which register answers stands in settings.FOLKBOKFORING: "fil:<path>".
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sus.core.personnummer import Personnummer
from sus.core.regelbrott import Regelbrott


@dataclass(frozen=True, repr=False)
class Folkbokford:
    """What Hämta answers. Of who has skyddade personuppgifter nothing else is known. Its repr tells nothing."""

    namn: str
    kommun_kod: str
    skyddad: bool = False

    def __repr__(self) -> str:
        return "Folkbokford(…)"


class RegistretSvararInte(Regelbrott):
    """The register cannot be asked now."""

    def __init__(self) -> None:
        super().__init__(
            "Folkbokföringen svarar inte just nu. Det du har skrivit finns kvar. Försök igen om en stund.", falt="personnummer"
        )


def hamta(personnummer: Personnummer) -> Folkbokford | None:
    """The person in folkbokföringen, or None when there is none. Raises RegistretSvararInte."""
    slag, _, plats = settings.FOLKBOKFORING.partition(":")
    if slag != "fil":
        raise RegistretSvararInte
    try:
        return _las_fil(plats).get(personnummer.tolv_siffror)
    except (OSError, KeyError, csv.Error):
        raise RegistretSvararInte from None


@lru_cache(maxsize=4)
def _las_fil(plats: str) -> dict[str, Folkbokford]:
    with Path(plats).open(encoding="utf-8", newline="") as fil:
        return {rad["personnummer"]: _folkbokford(rad) for rad in csv.DictReader(fil, delimiter=";")}


def _folkbokford(rad: dict[str, str]) -> Folkbokford:
    if rad["skyddad"] == "ja":
        return Folkbokford(namn="", kommun_kod="", skyddad=True)
    return Folkbokford(namn=rad["namn"], kommun_kod=rad["kommun"])
