"""Form fields of the selection: they read what people write in an address or on the command line."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from organisations.models import SENASTE_AR, TIDIGASTE_AR
from rapporter.urval import Niva
from sus.core.adress import RADNUMMER, heltal
from sus.core.formatering import gemen

# How wide a list is, see fkui/field.html.
SMAL, BRED = {"data-bredd": "m"}, {"data-bredd": "l"}


def radnummer(varde: Any) -> int | None:
    """The number of a row, as in the page's own links. None for a name, and for more digits than a row can have."""
    return heltal(str(varde), RADNUMMER)


def fullstandig(data: QueryDict, falt: dict[str, forms.Field]) -> QueryDict:
    """The address with what it leaves unsaid: a field that is empty has its initial, `ar` is short for whole years, a comma separates
    kolumner, and without a level the narrowest place that is given tells it.
    """
    data = data.copy()
    for namn in falt:
        if falt[namn].initial and not data.get(namn):
            data[namn] = falt[namn].initial
    if not data.get("niva"):
        data["niva"] = next((str(niva) for niva in (Niva.INSATS, Niva.ORGANISATION, Niva.LAN) if data.get(niva)), str(Niva.RIKET))
    ar = sorted({text for text in data.getlist("ar") if text})
    if ar:
        data["fran"], data["till"] = f"{ar[0]}-01", f"{ar[-1]}-12"
    if "kolumner" in data:
        data.setlist("kolumner", [namn.strip() for del_ in data.getlist("kolumner") for namn in del_.split(",") if namn.strip()])
    return data


class Lista(forms.Select):
    """A select that writes its options itself: with Django's templates for each option they were a third of the work of a page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        valda = self.format_value(value)
        rader = "\n".join(_alternativ(str(val), str(namn), str(val) in valda) for val, namn in self.choices)
        return format_html('<select name="{}"{}>\n{}\n</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), SafeString(rader))


@lru_cache(maxsize=4096)
def _alternativ(val: str, namn: str, ar_vald: bool) -> SafeString:
    return format_html('  <option value="{}"{}>{}</option>', val, SafeString(" selected" if ar_vald else ""), escape(namn))


class Namnlista(forms.models.ModelChoiceIterator):
    """The numbers and names alone: rows made for nothing were some of the work of every page."""

    field: "NamnField"

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", self.field.namnkolumn)


class NamnField(forms.ModelChoiceField):
    """A row by its number, as in the page's own links, or by its name, as on the command line: the number, where both exist."""

    queryset: Any
    iterator = Namnlista

    def __init__(self, *, label: str, namnkolumn: str = "namn", **kwargs: Any) -> None:
        self.namnkolumn = namnkolumn
        self._hittade: dict[str, list[Any]] = {}
        kwargs.setdefault("error_messages", {"invalid_choice": f"Välj {gemen(label)} i listan. Det som är valt finns inte där."})
        kwargs.setdefault("widget", Lista(attrs=BRED))
        super().__init__(label=label, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        rader = self._rader(value)
        if len(rader) > 1:
            raise forms.ValidationError("Flera heter så. Välj också samverkansorganisation.", code="flera")
        if not rader:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return rader[0]

    def __deepcopy__(self, memo: dict[int, Any]) -> "NamnField":
        """Each form has its own, and finds its own rows."""
        ny = super().__deepcopy__(memo)
        ny._hittade = {}
        return ny

    def _rader(self, text: str) -> list[Any]:
        """The rows that the text means, two at most. A form, whose queryset is its own by then, asks before it is cleaned, when it is,
        and to show what is chosen.
        """
        if text not in self._hittade:
            self._hittade[text] = self._med_nummer(text) or list(self.sok(text)[:2])
        return self._hittade[text]

    def _med_nummer(self, text: str) -> list[Any]:
        nummer = radnummer(text)
        return list(self.queryset.filter(pk=nummer)) if nummer else []

    def sok(self, text: str) -> Any:
        """The rows that a text names. PostgreSQL takes no NUL, and nothing is called so."""
        return self.queryset.none() if "\0" in text else self.queryset.filter(self.villkor(text.strip()))

    def villkor(self, namn: str) -> Q:
        return Q(namn__iexact=namn)

    def prepare_value(self, value: Any) -> Any:
        """What the address says selects its row in the list."""
        rader = self._rader(value) if value and isinstance(value, str) else []
        return rader[0].pk if rader else super().prepare_value(value)


class KodField(NamnField):
    """A county or kommun by its code, 14 or 1488, or by its name."""

    def villkor(self, namn: str) -> Q:
        return Q(kod=namn) | Q(namn__iexact=namn) | Q(kortnamn__iexact=namn)

    def _med_nummer(self, text: str) -> list[Any]:
        return []


class FleraField(NamnField):
    """Several rows to tick, each by its name or number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        return list(dict.fromkeys(super(FleraField, self).clean(del_) for del_ in value or [] if del_))

    def prepare_value(self, value: Any) -> Any:
        """Of a row that can be ticked, or of those that are."""
        if isinstance(value, Model):
            return super().prepare_value(value)
        return [super(FleraField, self).prepare_value(del_) for del_ in value or []]


class FleraLanField(FleraField, KodField):
    """Several län, each by its code or name."""


class BudgetarField(forms.ChoiceField):
    """A budget year, as the month where it begins or ends: 2011-01, 2011-12 or just 2011."""

    default_error_messages = {"invalid_choice": "Välj ett budgetår. Rapporten omfattar hela år."}

    def __init__(self, *, manad: int, **kwargs: Any) -> None:
        self.manad = manad
        super().__init__(choices=self._val, widget=Lista(attrs=SMAL), **kwargs)

    def _val(self) -> list[tuple[str, str]]:
        """Next year first; asked for anew each time, so that a process that lives past New Year is right."""
        sista = min(timezone.localdate().year + 1, SENASTE_AR)
        return [(f"{ar}-{self.manad:02}", str(ar)) for ar in range(sista, TIDIGASTE_AR - 1, -1)]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return f"{text}-{self.manad:02}" if len(text) == 4 else text

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        return date(int(text[:4]), self.manad, 1) if text else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else self.to_python(value)
