"""The same day for several originals of form 9443."""

from django import forms
from django.utils import timezone

from sus.core.falt import DatumField, KravtextMixin

INGEN_VALD = "Kryssa för minst en deltagare."


class OriginalForm(KravtextMixin, forms.Form):
    """One check box per deltagande, named after it."""

    datum = DatumField(label="Originalen skickade till Försäkringskassan")

    def __init__(self, *args, anvandare, deltaganden, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltaganden = deltaganden
        self.fields["datum"].initial = timezone.localdate()
        for deltagande in deltaganden:
            self.fields[faltnamn(deltagande)] = forms.BooleanField(required=False)

    def clean(self):
        super().clean()
        if not self.valda():
            self.add_error(None, INGEN_VALD)
        return self.cleaned_data

    def valda(self):
        return [deltagande for deltagande in self.deltaganden if self.cleaned_data.get(faltnamn(deltagande))]

    def rutor(self):
        """(deltagande, its check box)"""
        return [(deltagande, self[faltnamn(deltagande)]) for deltagande in self.deltaganden]


def faltnamn(deltagande) -> str:
    return f"original_{deltagande.pk.hex}"


def deltaganden_i(inskickat) -> list[str]:
    """The ids of those who have been ticked, as they were sent."""
    return [namn.removeprefix("original_") for namn in inskickat if namn.startswith("original_")]
