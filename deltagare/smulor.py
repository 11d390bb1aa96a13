"""Where the breadcrumbs of the pages about deltagare begin."""

from django.urls import reverse

from sus.core.smulor import STARTSIDA


def smulor(*sist: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [STARTSIDA, ("Deltagande", reverse("deltagare:sok")), *sist]
