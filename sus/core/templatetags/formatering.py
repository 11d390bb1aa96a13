"""The formats of sus.core.formatering as template filters. A variable that is missing is written as nothing."""

from collections.abc import Callable

from django import template

from sus.core import formatering

register = template.Library()


def _tom_som_tom(funktion: Callable[..., str]) -> Callable[..., str]:
    return lambda varde: "" if varde is None or varde == "" else funktion(varde)


for _funktion in (
    formatering.antal,
    formatering.avstavad,
    formatering.kronor,
    formatering.forandring,
    formatering.procent,
    formatering.datum,
    formatering.datumtid,
    formatering.lista_i_ord,
):
    register.filter(_funktion.__name__, _tom_som_tom(_funktion))
