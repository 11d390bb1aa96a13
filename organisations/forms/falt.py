"""The fields that several forms of organisations share."""

from typing import Any

from django import forms

from organisations.organisationsnummer import tolka
from sus.core.falt import RenTextField
from sus.core.regelbrott import Regelbrott


class OrganisationsnummerField(RenTextField):
    """A valid organisationsnummer, kept as NNNNNN-NNNN."""

    attribut = RenTextField.attribut | {"data-bredd": "s"}

    def to_python(self, value: Any) -> Any:
        try:
            return tolka(super().to_python(value))
        except Regelbrott as brott:
            raise forms.ValidationError(brott.text, code="invalid") from None
