"""What components and the form templates need beyond Django's own tags."""

import difflib
import re
from collections import Counter

from django import template
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from sus.core import lopande
from sus.core.layout import Avsnitt

register = template.Library()
register.filter(lopande.stycken)

# Longer texts than this are shown as wholly different: the comparison's cost grows with the square.
LANGSTA_JAMFORELSE = 3000
ORD = re.compile(r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+\b|\d{4}-\d{2}-\d{2}|\w+|[^\w\s]+)\s*|^\s+")


@register.simple_tag
def inmatning(falt, klass, etikett=None):
    """The field's widget with the design system's class. `etikett` names it where no label is printed, as in a table."""
    egen = falt.field.widget.attrs.get("class", "")
    attrs = {"class": f"{klass} {egen}".strip()}
    if etikett:
        attrs["aria-label"] = etikett
    return falt.as_widget(attrs=attrs)


@register.filter
def utseende(falt, namn):
    """The widget's attribute data-`namn`, by which a field says how it wants to look; see fkui/field.html."""
    return falt.field.widget.attrs.get(f"data-{namn}", "")


@register.filter
def ar_frivilligt(falt):
    return not (falt.field.required or falt.field.disabled or utseende(falt, "frivillig") == "nej")


@register.filter
def alternativ(falt, klass):
    """The radio buttons or check boxes of a group, ready to print with their labels.

    What is said of the group is not said of each one: only the first may have autofocus, and the group's message tells
    that the answer is wrong.
    """
    for nummer, val in enumerate(falt.subwidgets):
        attrs = {namn: varde for namn, varde in val.data["attrs"].items() if namn != "aria-invalid" and not namn.startswith("data-")}
        if nummer:
            attrs.pop("autofocus", None)
        val.data["attrs"] = {**attrs, "class": klass}
    return falt.subwidgets


@register.filter
def som_input(val):
    """A radio button or check box as Django writes it, but without a template for each: a list to tick can have hundreds."""
    data = val.data
    return format_html('<input type="{}" name="{}" value="{}"{}>', data["type"], data["name"], data["value"], flatatt(data["attrs"]))


@register.simple_tag
def fokusera_forsta(formular):
    """Focus on the first field when the page opens, in the order of the layout. Nothing is printed.

    A form that is shown again without having been saved (Hämta) says in `fokus` which field comes next.
    """
    fokus = getattr(formular, "fokus", None)
    namn = fokus or next((namn for namn in _i_ordning(formular) if _kan_fa_fokus(formular[namn])), None)
    if namn:
        formular.fields[namn].widget.attrs["autofocus"] = True
    return ""


def _i_ordning(formular):
    hjalpare = getattr(formular, "helper", None)
    if hjalpare and hjalpare.layout:
        return [pekare.name for pekare in hjalpare.layout.get_field_names()]
    return list(formular.fields)


def _kan_fa_fokus(falt):
    return not (falt.is_hidden or falt.field.disabled)


@register.filter
def avsnitt(formular):
    """The layout's sections that have an address: (id, heading), for the page's list of contents."""
    hjalpare = getattr(formular, "helper", None)
    if not (hjalpare and hjalpare.layout):
        return []
    return [(del_.css_id, del_.rubrik) for del_ in hjalpare.layout.fields if isinstance(del_, Avsnitt) and del_.css_id]


@register.simple_tag
def felrader(*formular):
    """(id, message) of every error, those without a field first. The id is where the link leads: in a group its first option.

    What several fields say ("Välj Ja eller Nej.") follows after the name of the field.
    """
    allmanna: list[tuple[str, str]] = []
    falt: list[tuple[str, str, str]] = []
    for del_ in _enskilda(formular):
        if isinstance(del_, BaseFormSet):
            allmanna += [("", str(text)) for text in del_.non_form_errors()]
            continue
        allmanna += [("", text) for text in del_.non_field_errors()]
        for bundet in del_:
            if bundet.is_hidden:
                allmanna += [("", text) for text in bundet.errors]
            else:
                falt += [(_fokus_id(bundet), str(bundet.label), str(text)) for text in bundet.errors]
    antal = Counter(text for _, _, text in falt)
    return allmanna + [(id_, text if antal[text] == 1 else _med_namn(namn, text)) for id_, namn, text in falt]


def _med_namn(namn, text):
    return f"{namn} {text}" if namn.endswith("?") else f"{namn}: {text}"


def _enskilda(formular):
    """The forms, and every formset followed by its forms."""
    for del_ in formular:
        yield del_
        if isinstance(del_, BaseFormSet):
            yield from del_.forms


def _fokus_id(falt):
    if falt.id_for_label:
        return falt.id_for_label
    return f"{falt.auto_id}_0" if falt.subwidgets else falt.auto_id


@register.filter
def sidnummer(sida):
    """Page numbers round the present one, with ellipses: 1 … 4 5 6 7 8 … 20."""
    return list(sida.paginator.get_elided_page_range(sida.number, on_each_side=2, on_ends=1))


@register.filter
def skillnad(text, annan):
    """`text`, with the words that `annan` lacks underlined (<ins>)."""
    ord_, andra = _ord(text), _ord(annan)
    if len(ord_) > LANGSTA_JAMFORELSE or len(andra) > LANGSTA_JAMFORELSE:
        return format_html("<ins>{}</ins>", text)
    jamforelse = difflib.SequenceMatcher(None, [o.strip() for o in ord_], [o.strip() for o in andra], autojunk=False)
    delar = [("".join(ord_[i1:i2]), lika == "equal") for lika, i1, i2, _, _ in jamforelse.get_opcodes() if i1 != i2]
    return format_html_join("", "{}{}", ((_understruket(del_, lika), _slutblanka(del_)) for del_, lika in delar))


def _ord(text):
    """Words, amounts, dates and punctuation marks, each with the white space after it."""
    return ORD.findall(text)


def _understruket(del_, lika):
    return del_.rstrip() if lika else format_html("<ins>{}</ins>", del_.rstrip())


def _slutblanka(del_):
    return del_[len(del_.rstrip()) :]
