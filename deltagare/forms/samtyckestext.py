"""A new version of the text of form 9443, and its translations."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from deltagare.models import Samtyckessprak, Samtyckestext
from sus.core.falt import DatumField, KravtextMixin, RenTextField

MINSTA_TEXT = 200
# Marks that turn the direction of writing come along from a word processor. The page and the paper set the direction themselves.
RIKTNINGSTECKEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class SamtyckestextForm(KravtextMixin, forms.ModelForm):
    """`namn` is the version's name: every form has its own `version`, which says what the user has seen."""

    namn = RenTextField(
        label="Version", help_text="Till exempel blankettens nummer och utgåva. Kan inte ändras sedan.", min_length=3, max_length=40
    )
    text = RenTextField(
        label="Text",
        help_text="Hela texten på blanketten, ordagrant. Tom rad mellan stycken. Kan inte ändras sedan.",
        min_length=MINSTA_TEXT,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    field_order = ["namn", "giltig_fran", "text"]

    class Meta:
        model = Samtyckestext
        fields = ("giltig_fran", "text")
        field_classes = {"giltig_fran": DatumField}
        labels = {"giltig_fran": "Första dag"}
        help_texts = {"giltig_fran": "ÅÅÅÅ-MM-DD, i morgon eller senare. Versionen före gäller till och med dagen innan."}

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giltig_fran"].initial = timezone.localdate() + timedelta(days=1)

    def clean_namn(self):
        namn = self.cleaned_data["namn"]
        if Samtyckestext.objects.filter(version__iexact=namn).exists():
            raise ValidationError("Det finns redan en version med det namnet.")
        return namn

    def uppgifter(self):
        """{parameter of the action: value}"""
        return {"version": self.cleaned_data["namn"], "giltig_fran": self.cleaned_data["giltig_fran"], "text": self.cleaned_data["text"]}


class OversattningField(RenTextField):
    """Text in any language, also from right to left."""

    def to_python(self, value):
        return super().to_python(RIKTNINGSTECKEN.sub("", str(value)) if value else value)


class SamtyckesoversattningForm(KravtextMixin, forms.Form):
    sprak = forms.ChoiceField(
        label="Språk",
        choices=[("", "Välj språk"), *(val for val in Samtyckessprak.choices if val[0] != Samtyckessprak.SVENSKA)],
        widget=forms.Select(attrs={"data-bredd": "m"}),
    )
    text = OversattningField(
        label="Översättning",
        help_text="Hela texten på blanketten. Tom rad mellan stycken. Skrivriktningen följer språket.",
        min_length=MINSTA_TEXT,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 20, "dir": "auto"}),
    )

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def uppgifter(self):
        """{parameter of the action: value}"""
        return {"sprak": Samtyckessprak(self.cleaned_data["sprak"]), "text": self.cleaned_data["text"]}
