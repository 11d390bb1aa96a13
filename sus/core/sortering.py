"""Swedish alphabetical order, the same in Python and in every build of PostgreSQL.

Not the database's own collation: it depends on what the operating system has installed, and a
text compared by two different ones lands in two different places. Every letter is instead
replaced by one that sorts rightly by its code: å, ä and ö come after z, capitals count as small
letters, é as e and ü as y (Svenska Akademiens ordlista).
"""

import unicodedata

from django.db.models import Func, TextField

# { | } are the three characters after z.
_BOKSTAVER = {
    "å": "{",
    "ä": "|",
    "ö": "}",
    "æ": "|",
    "ø": "}",
    "œ": "}",
    "ő": "}",
    "ü": "y",
    "ű": "y",
    "ð": "d",
    "đ": "d",
    "þ": "t",
    "ł": "l",
    "ß": "s",
}


def _ersattningar() -> dict[str, str]:
    """A to Z and the letters of Latin-1 and Latin Extended-A, each with its replacement."""
    ersattningar = {}
    for tecken in map(chr, [*range(ord("A"), ord("Z") + 1), *range(0xC0, 0x180)]):
        gemen = tecken.lower()[0]
        grund = unicodedata.normalize("NFD", gemen)[0]
        ersattning = _BOKSTAVER.get(gemen, grund)
        if ersattning.isascii():
            ersattningar[tecken] = ersattning
    return ersattningar


_ERSATTNINGAR = _ersattningar()
_TABELL = str.maketrans(_ERSATTNINGAR)
# PostgreSQL looks for a letter from the left until it is found, or through the whole list: the usual ones first, also those that stay.
_VANLIGAST_FORST = {tecken: _ERSATTNINGAR.get(tecken, tecken) for tecken in "eanrtsildomkg väåöfhupbcyjxwzq-0123456789"} | _ERSATTNINGAR
_FRAN = "".join(_VANLIGAST_FORST)
_TILL = "".join(_VANLIGAST_FORST.values())


def sortnyckel(text: str) -> str:
    """sorted(namn, key=sortnyckel)"""
    return text.translate(_TABELL)


class SvenskSortering(Func):
    """order_by(SvenskSortering("namn")). Immutable, so that it can also be a generated column or an index."""

    arity = 1
    template = f"translate(%(expressions)s, '{_FRAN}', '{_TILL}') COLLATE \"C\""
    output_field = TextField()
