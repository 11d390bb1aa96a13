"""What the address of a page says beside its path."""

import re
from collections.abc import Container, Mapping

from django.http import Http404


def valt_ar(fraga: Mapping[str, str], arval: Container[int] | None = None) -> int | None:
    """The year of ?ar=, None without one. Raises Http404 for what is no year, or not one of those to choose from."""
    text = fraga.get("ar", "")
    if not text:
        return None
    if not re.fullmatch("[12][0-9]{3}", text) or (arval is not None and int(text) not in arval):
        raise Http404
    return int(text)
