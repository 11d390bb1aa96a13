"""Årsredogörelse."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from insatser.models import LANGSTA_TEXT
from sus.core.falt import KravtextMixin, RenTextField
from sus.core.layout import Hjalp


class ArsredogorelseForm(KravtextMixin, forms.Form):
    rubrik = RenTextField(label="Rubrik", max_length=150, help_text="Till exempel: Fler unga i arbete.")
    text = RenTextField(
        label="Text",
        max_length=LANGSTA_TEXT,
        help_text=f"Högst {LANGSTA_TEXT // 1000}\u00a0000 tecken, och högst två sidor på papper.",
        widget=forms.Textarea(attrs={"rows": 24, "data-hogst": LANGSTA_TEXT}),
    )

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("rubrik", "text", Hjalp("Så skriver du stycken och rubriker", "insatser/hjalp_arsredogorelse.html"))
