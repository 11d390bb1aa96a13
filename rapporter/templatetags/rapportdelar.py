"""What a report has much of, written without a template for each: cells by the thousand, and the bars of its diagrams."""

from collections.abc import Iterable

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rapporter.bild import Grupp, Stapel
from rapporter.renderare.utskrift import UtskrivenCell

register = template.Library()


@register.filter
def som_celler(celler: Iterable[UtskrivenCell]) -> SafeString:
    """A row of a table on the page."""
    return format_html_join("", "{}", ((_rubrik(cell) if cell.rubrik else _cell(cell),) for cell in celler))


@register.filter
def som_staplar(grupper: Iterable[Grupp]) -> SafeString:
    """Horizontal bars inside an SVG: each group with its label above and its axis beside."""
    return format_html_join("", "{}", ((_grupp(grupp),) for grupp in grupper))


def _rubrik(cell: UtskrivenCell) -> SafeString:
    innehall = format_html('<a href="{}">{}</a>', cell.lank, cell.text) if cell.lank else cell.text
    return format_html('<th scope="row"{}>{}</th>', flatatt({"id": cell.id or None, "class": _klass(cell)}), innehall)


def _cell(cell: UtskrivenCell) -> SafeString:
    attrs = {"headers": cell.huvuden or None, "class": f"{_klass(cell)} sus-kant" if cell.kant else _klass(cell)}
    return format_html("<td{}>{}</td>", flatatt(attrs), cell.text)


def _klass(cell: UtskrivenCell) -> str:
    return f"table__column table__column--{cell.slag}"


def _grupp(grupp: Grupp) -> SafeString:
    return format_html(
        '<text class="dia-text" x="0" y="{}">{}</text>\n{}'
        '<line class="dia-axel" x1="0.5" y1="{}" x2="0.5" y2="{}" stroke="#8d8e91" stroke-width="1"/>\n',
        grupp.y,
        grupp.etikett,
        format_html_join("", "{}", ((_stapel(stapel),) for stapel in grupp.staplar)),
        grupp.axel_y1,
        grupp.axel_y2,
    )


def _stapel(stapel: Stapel) -> SafeString:
    """A value that is hidden, unknown or zero has a text and no bar."""
    ruta = '<rect class="dia-{}" x="1" y="{}" width="{}" height="15" fill="{}" stroke="#116a3e" stroke-width="1"/>\n'
    fyllning = "#116a3e" if stapel.stil == 1 else "#dbe9e2"
    return format_html(
        '{}<text class="dia-text dia-varde" x="{}" dx="9" y="{}" font-weight="600">{}</text>\n',
        format_html(ruta, stapel.stil, stapel.y, stapel.bredd, fyllning) if stapel.bredd else "",
        stapel.text_x,
        stapel.text_y,
        stapel.text,
    )
