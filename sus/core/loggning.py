"""The log of the process: what went wrong, never whose row it was."""

import logging
import re

# PostgreSQL prints the whole row, or the value of its key, after DETAIL. It ends where the next exception of the chain begins.
RADINNEHALL = re.compile(r"^(?:DETAIL|CONTEXT):.*?(?=^(?:The above exception was|During handling of)|\Z)", re.MULTILINE | re.DOTALL)


class UtanRadinnehall(logging.Formatter):
    """Tracebacks without what a database error tells of the row."""

    def formatException(self, ei):
        return RADINNEHALL.sub("\n", super().formatException(ei)).rstrip()
