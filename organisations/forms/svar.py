"""How a kompletterande fråga is put in a form: the field that a deltagaransvarig answers in, and that its preview shows."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.text import Truncator

from organisations.models import KompletterandeFraga
from sus.core.layout import Fraga

SLAG = KompletterandeFraga.Slag
LANGST_I_TEXT = 80
SVARSTEXT = {
    SLAG.ETT: "Välj ett alternativ.",
    SLAG.FLERA: "Välj minst ett alternativ.",
    SLAG.JA_NEJ: "Välj Ja eller Nej.",
}


def svarsfalt(fraga) -> forms.TypedChoiceField | forms.TypedMultipleChoiceField:
    """One choice or several among the question's alternatives, as their keys. Nothing is chosen from the start."""
    typ, inmatning = (
        (forms.TypedMultipleChoiceField, forms.CheckboxSelectMultiple)
        if fraga.slag == SLAG.FLERA
        else (forms.TypedChoiceField, forms.RadioSelect)
    )
    return typ(
        choices=[(alternativ.pk, alternativ.text) for alternativ in fraga.alternativ.all()],
        coerce=int,
        widget=inmatning,
        label=fraga.fragetext,
        help_text=fraga.hjalptext,
        required=fraga.obligatorisk,
        error_messages={
            "required": f"Svara på {kort_fraga(fraga)}. {SVARSTEXT[fraga.slag]}",
            "invalid_choice": SVARSTEXT[fraga.slag],
        },
    )


def kort_fraga(fraga) -> str:
    """The question in a sentence about it."""
    return f"frågan ”{Truncator(fraga.fragetext).chars(LANGST_I_TEXT)}”"


def svarsnamn(fraga) -> str:
    return f"fraga_{fraga.pk}"


def i_layout(fraga, namn):
    """The place in a layout of the question's field: Ja and Nej on one line, as the other questions of the forms."""
    return Fraga(namn, kan_lamnas=True) if fraga.slag == SLAG.JA_NEJ else namn


class SvarForm(forms.Form):
    """The questions as they are put."""

    def __init__(self, *args, fragor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update({svarsnamn(fraga): svarsfalt(fraga) for fraga in fragor})
        self.helper = FormHelper()
        self.helper.layout = Layout(*(i_layout(fraga, svarsnamn(fraga)) for fraga in fragor))
