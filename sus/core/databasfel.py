"""A database constraint that is broken says the same sentence as the form would have said."""

from functools import cache

from django.apps import apps
from django.db import IntegrityError

from sus.core.regelbrott import Regelbrott


@cache
def _meningar() -> dict[str, str]:
    return {
        villkor.name: str(villkor.violation_error_message)
        for modell in apps.get_models()
        for villkor in modell._meta.constraints
        if villkor.violation_error_message != villkor.default_violation_error_message
    }


def regelbrott_av(fel: IntegrityError) -> Regelbrott | None:
    """The Regelbrott that the broken constraint stands for, or None for one that no person can break."""
    orsak = fel.__cause__
    namn = getattr(getattr(orsak, "diag", None), "constraint_name", None)
    mening = _meningar().get(namn or "")
    return Regelbrott(mening) if mening else None
