"""What the address of a page, or a field that nobody types in, says beside its path."""

import re
from collections.abc import Container, Mapping

from django.http import Http404

RADNUMMER = 17  # digits of a row's number at most


def heltal(text: str, siffror: int) -> int | None:
    """The whole number that the text is, of at most so many digits. None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= siffror else None


def valt_ar(fraga: Mapping[str, str], arval: Container[int] | None = None) -> int | None:
    """The year of ?ar=, None without one. Raises Http404 for what is no year, or not one of those to choose from."""
    text = fraga.get("ar", "")
    if not text:
        return None
    if not re.fullmatch("[12][0-9]{3}", text) or (arval is not None and int(text) not in arval):
        raise Http404
    return int(text)
