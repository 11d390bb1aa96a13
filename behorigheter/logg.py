"""The event log's only entrance. A change and its row stand or fall together: call it in the change's transaction."""

from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from sus.core.loggning import utan_personnummer


def logga(typ, *, by, pa=None, personer=(), **detaljer):
    """Write one event; the database fills in when, the employer and roles of `by`, and where the request came from.

    `by` is the acting Anvandare, or None for the system. `pa` is the row it concerns, `personer` the logg_id of every
    person shown or changed. `detaljer` never holds personal data: names of fields, numbers and dates of rows without persons.
    """
    objekt = f"{pa._meta.label}:{pa.pk}" if pa else ""
    logg_id = [str(person) for person in personer]
    varden: list[Any] = [str(typ), objekt, Jsonb(logg_id), Jsonb(_rena(detaljer)), by.pk if by else None]
    with connection.cursor() as c:
        c.execute("SELECT vagg.logga(%s, %s, %s, %s, %s)", varden)


def _rena(varde):
    """A purpose or a reason is free text."""
    match varde:
        case str():
            return utan_personnummer(varde)
        case dict():
            return {namn: _rena(del_) for namn, del_ in varde.items()}
        case list() | tuple():
            return [_rena(del_) for del_ in varde]
        case _:
            return varde
