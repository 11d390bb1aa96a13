"""The log of the process: what went wrong, never whose row it was."""

import logging
import re

from django.utils import timezone

from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott

# PostgreSQL prints the whole row, or the value of its key, after DETAIL. It ends where the next exception of the chain begins.
RADINNEHALL = re.compile(r"^(?:DETAIL|CONTEXT):.*?(?=^(?:The above exception was|During handling of)|\Z)", re.MULTILINE | re.DOTALL)

LIKNAR_PERSONNUMMER = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}(?![0-9])")


def utan_personnummer(text: str) -> str:
    """The text with every valid personnummer hidden: people write them where nobody has asked for any."""
    return LIKNAR_PERSONNUMMER.sub(_dolt, text)


def _dolt(traff: re.Match) -> str:
    try:
        tolka(traff[0].replace(" ", ""), idag=timezone.localdate())
    except Regelbrott:
        return traff[0]
    return "(personnummer)"


class UtanRadinnehall(logging.Formatter):
    """Tracebacks without what a database error tells of the row, and no personnummer anywhere."""

    def format(self, record):
        return utan_personnummer(super().format(record))

    def formatException(self, ei):
        return RADINNEHALL.sub("\n", super().formatException(ei)).rstrip()
