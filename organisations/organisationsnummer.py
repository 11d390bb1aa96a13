"""Organisationsnummer: NNNNNN-NNNN with a check digit."""

import re

from sus.core.regelbrott import Regelbrott

FEL_FORM = "Skriv organisationsnumret som NNNNNN-NNNN."
FEL_SIFFRA = "Organisationsnumret är inte giltigt. Kontrollera siffrorna."


def tolka(text: str) -> str:
    """The number as NNNNNN-NNNN, from ten digits with or without hyphen. Empty stays empty. Raises Regelbrott."""
    if not text:
        return ""
    traff = re.fullmatch("([0-9]{6})[-–]?([0-9]{4})", text)
    if traff is None:
        raise Regelbrott(FEL_FORM)
    siffror = traff[1] + traff[2]
    # The third digit tells it from a personnummer, whose month is at most 12.
    if siffror[2] < "2" or _kontrollsumma(siffror) % 10:
        raise Regelbrott(FEL_SIFFRA)
    return f"{traff[1]}-{traff[2]}"


def _kontrollsumma(siffror: str) -> int:
    return sum(sum(divmod(int(siffra) * (2 - plats % 2), 10)) for plats, siffra in enumerate(siffror))
