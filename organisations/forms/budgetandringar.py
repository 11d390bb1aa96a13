"""Which changed amounts are shown."""

from django import forms


class AndringarForm(forms.Form):
    """Sent with GET. `rader` are the rows that have been changed in the year."""

    ar = forms.ChoiceField(label="Uppgifter för år", widget=forms.Select(attrs={"data-bredd": "xs"}))
    rad = forms.ChoiceField(label="Rad", required=False)

    def __init__(self, *args, arval, rader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [(ar, str(ar)) for ar in arval]
        self.fields["rad"].choices = [("", "Alla rader"), *((rad, rad) for rad in rader)]
