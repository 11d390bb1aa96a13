"""What the forms above lists share."""

from django import forms


class Sokformular(forms.Form):
    """Filter of a list; sent with GET, unless it asks for a personnummer."""

    @property
    def har_urval(self) -> bool:
        """Whether anything is chosen, so that an empty list is no answer about all there is."""
        return any(self.data.get(namn) for namn in self.fields)
