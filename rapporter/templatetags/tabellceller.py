"""The cells of a report's table on the page."""

from collections.abc import Iterable

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rapporter.renderare.utskrift import UtskrivenCell

register = template.Library()


@register.filter
def som_celler(celler: Iterable[UtskrivenCell]) -> SafeString:
    """A row of cells. Written here, since what a template does for each of some thousand cells was a tenth of the work of a page."""
    return format_html_join("", "{}", ((_rubrik(cell) if cell.rubrik else _tal(cell),) for cell in celler))


def _rubrik(cell: UtskrivenCell) -> SafeString:
    innehall = format_html('<a href="{}">{}</a>', cell.lank, cell.text) if cell.lank else cell.text
    return format_html('<th scope="row"{}>{}</th>', flatatt({"id": cell.id or None, "class": _klass(cell)}), innehall)


def _tal(cell: UtskrivenCell) -> SafeString:
    attrs = {"headers": cell.huvuden or None, "class": f"{_klass(cell)} sus-kant" if cell.kant else _klass(cell)}
    return format_html("<td{}>{}</td>", flatatt(attrs), cell.text)


def _klass(cell: UtskrivenCell) -> str:
    return f"table__column table__column--{cell.slag}"
