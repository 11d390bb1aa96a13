"""Radio buttons and check boxes whose options explain themselves: what each means, with examples, beside the option."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Choices


@dataclass(frozen=True)
class Kort:
    """The label of an option. `grupp` is the choice of another question that the option belongs to, and its heading."""

    text: str
    forklaring: str = ""
    exempel: Sequence[str] = ()
    grupp: Choices | None = None

    def __str__(self) -> str:
        return self.text


class _MedForklaring(forms.widgets.ChoiceWidget):
    """Ties each option to its explanation, which the template prints after it (templates/fkui/_valkort.html)."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        val = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(label, Kort) and label.forklaring:
            val["attrs"]["aria-describedby"] = f"{val['attrs']['id']}_om"
        return val


class RadioKort(_MedForklaring, forms.RadioSelect):
    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-kort": "radio-button"} | (attrs or {}), choices)


class KryssKort(_MedForklaring, forms.CheckboxSelectMultiple):
    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-kort": "checkbox"} | (attrs or {}), choices)
