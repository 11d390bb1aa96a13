"""The form of a page that only asks."""

from django import forms


class BaraFragaForm(forms.Form):
    """Nothing to fill in: the page asks, and the button is the answer."""

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)
