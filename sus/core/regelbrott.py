"""The one domain exception, and the one rule that every period shares."""

from datetime import date

FORE_FORSTA_DAGEN = "Sista dagen kan inte vara tidigare än första dagen."


class Regelbrott(Exception):
    """A rule refuses what the user asked for. The text is a sentence for the user.

    `falt` names the form field or import column that the sentence belongs to, when it
    belongs to one.
    """

    def __init__(self, text: str, falt: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.falt = falt


def krav_pa_ordning(fran: date, till: date | None, falt: str = "till") -> None:
    """Raise Regelbrott for a period that ends before it begins; without a last day it goes on until further notice."""
    if till and till < fran:
        raise Regelbrott(FORE_FORSTA_DAGEN, falt=falt)
