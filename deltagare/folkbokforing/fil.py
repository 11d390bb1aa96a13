"""The adapter that reads a file: personnummer;namn;kommun;skyddad."""

import csv
from functools import lru_cache
from pathlib import Path

from deltagare.folkbokforing.svar import SKYDDAD, Folkbokford, RegistretSvararInte


def fraga(plats: str, siffror: list[str]) -> dict[str, Folkbokford | None]:
    try:
        register = _las(plats)
    except (OSError, KeyError, csv.Error):
        raise RegistretSvararInte from None
    return {ett: register.get(ett) for ett in siffror}


@lru_cache(maxsize=4)
def _las(plats: str) -> dict[str, Folkbokford]:
    with Path(plats).open(encoding="utf-8", newline="") as fil:
        return {rad["personnummer"]: _folkbokford(rad) for rad in csv.DictReader(fil, delimiter=";")}


def _folkbokford(rad: dict[str, str]) -> Folkbokford:
    return SKYDDAD if rad["skyddad"] == "ja" else Folkbokford(namn=rad["namn"], kommun_kod=rad["kommun"])
