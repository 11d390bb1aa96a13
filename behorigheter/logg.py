"""The event log's only entrance. A change and its row stand or fall together: call it in the change's transaction."""

from behorigheter.models import Handelse


def logga(typ, *, by, pa=None, personer=(), **detaljer):
    """Write one event.

    `by` is the acting Anvandare, or None for the system. `pa` is the row it concerns, `personer` the logg_id of every
    person shown or changed. `detaljer` never holds personal data: names of fields, numbers and dates of rows without persons.
    """
    Handelse.objects.create(
        typ=typ,
        anvandare_id=by.pk if by else None,
        objekt=f"{pa._meta.label}:{pa.pk}" if pa else "",
        logg_id=[str(person) for person in personer],
        detaljer=detaljer,
    )
