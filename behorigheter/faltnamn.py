"""The fields that the log names, in words."""

from django.apps import apps

MATTILLFALLE = {"in": "före insatsen", "ut": "efter insatsen"}
FALTORD = {"svar": "svar på kompletterande frågor"}


def faltnamn(modell: str, falt: str) -> str:
    """The field in words; "in." and "ut." before its name mean the mättillfälle it belongs to."""
    del_, _, namn = falt.rpartition(".")
    return f"{_verbose_name(modell, namn, bland_delar=bool(del_))} {MATTILLFALLE.get(del_, '')}".strip()


def _verbose_name(modell: str, namn: str, *, bland_delar: bool) -> str:
    """What the model calls its field, or the model of what it has one of, or several of when asked for."""
    try:
        egen = apps.get_model(modell)
    except (LookupError, ValueError):
        return namn.replace("_", " ")
    delar = [rel.related_model for rel in egen._meta.related_objects if rel.one_to_one or bland_delar]
    for ett in (egen, *delar):
        for falt in [*ett._meta.fields, *ett._meta.many_to_many]:
            if falt.name == namn:
                return str(falt.verbose_name)
    return FALTORD.get(namn, namn.replace("_", " "))
