"""Form fields that read what people type and answer in Swedish at the field.

The widget attributes tell the template pack (templates/fkui/field.html) how wide the input is and
which unit stands after it. All are text inputs: browsers differ in what their
number and date inputs accept, silently drop what they do not understand and follow the
browser's language.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from sus.core import personnummer
from sus.core.formatering import antal
from sus.core.regelbrott import Regelbrott
from sus.core.rentext import ren_text

TIDIGASTE_DATUM = date(1990, 1, 1)
SENASTE_DATUM = date(2100, 1, 1)
MAX_SIFFROR_I_BELOPP = 12

_BLANKSTEG = "[ \u00a0\u2009\u202f]"
_STRECK = "[-\u2010\u2011\u2013\u2212]"
# [0-9] throughout: \d and int() also take Arabic and full-width digits.
_HELTAL = re.compile(f"(?P<minus>{_STRECK})?{_BLANKSTEG}?(?P<siffror>[0-9]+(?:{_BLANKSTEG}[0-9]{{3}})*)")
_DECIMALTAL = re.compile(f"{_STRECK}?[0-9]+(?:{_BLANKSTEG}[0-9]{{3}})*[,.][0-9]+")
_DATUM = re.compile(f"([0-9]{{4}})({_STRECK}?)([0-9]{{2}})\\2([0-9]{{2}})|([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})")
_MANAD = re.compile(f"([0-9]{{4}}){_STRECK}?([0-9]{{2}})")


def kravtext(label: object, val: bool = False) -> str:
    """What a required field says when it is empty: "Fyll i namn.", "Välj kommun." or the question itself."""
    verb = "Välj" if val else "Fyll i"
    if not label:
        return f"{verb} uppgiften."
    if str(label).endswith("?"):
        return f"Svara på frågan: {label}"
    ord_ = str(label).rstrip(":?. ")
    ar_forkortning = ord_[:2].isalpha() and ord_[:2].isupper()
    return f"{verb} {ord_ if ar_forkortning else ord_[:1].lower() + ord_[1:]}."


class KravtextMixin:
    """Gives the fields of a form that still have Django's own text for empty fields one that names the field."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for falt in self.fields.values():
            if falt.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                falt.error_messages["required"] = kravtext(falt.label, val=isinstance(falt, forms.ChoiceField))


class _Falt(forms.Field):
    """Own width and help; texts for empty fields that name the field."""

    attribut: dict[str, str] = {}
    hjalp = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or self.hjalp
        super().__init__(**kwargs)
        if self.error_messages["required"] == forms.Field.default_error_messages["required"]:
            self.error_messages["required"] = kravtext(self.label)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {namn: varde for namn, varde in self.attribut.items() if namn not in widget.attrs}

    def fel(self, kod: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[kod], code=kod)


class _RenText(_Falt, forms.CharField):
    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return self.empty_value
        try:
            return ren_text(str(value), flera_rader=isinstance(self.widget, forms.Textarea)) or self.empty_value
        except Regelbrott as brott:
            raise forms.ValidationError(brott.text, code="invalid") from None


class RenTextField(_RenText):
    """Text that can be stored, printed and trusted to look like what it is (see ren_text).

    No `maxlength` on the input: the browser would cut pasted text without a word.
    """

    attribut = {"data-bredd": "l", "autocomplete": "off"}
    default_error_messages = {
        "max_length": "Skriv högst %(limit_value)d tecken. Du har skrivit %(show_value)d.",
        "min_length": "Skriv minst %(limit_value)d tecken.",
    }


class EpostField(_RenText, forms.EmailField):
    """An e-mail address without characters that are left out or shown elsewhere than they stand (see ren_text)."""


class DatumField(_Falt, forms.DateField):
    """A day. Reads ÅÅÅÅ-MM-DD, ÅÅÅÅMMDD and ÅÅMMDD, where two digits mean the latest such
    date that is at most a year ahead.
    """

    widget = forms.TextInput
    hjalp = "ÅÅÅÅ-MM-DD"
    attribut = {"data-bredd": "s", "data-datum": "", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "invalid": "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2011-01-31.",
        "finns_inte": "Datumet finns inte. Kontrollera månad och dag.",
    }

    def __init__(self, *, tidigast: date = TIDIGASTE_DATUM, senast: date = SENASTE_DATUM, **kwargs: Any) -> None:
        self.tidigast = tidigast
        self.senast = senast
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        traff = _DATUM.fullmatch(str(value).strip())
        if traff is None:
            raise self.fel("invalid")
        ar, _, manad, dag, kort_ar, kort_manad, kort_dag = traff.groups()
        if kort_ar:
            return self._inom_tiden(_fullt_ar(int(kort_ar), int(kort_manad), int(kort_dag)), int(kort_manad), int(kort_dag))
        return self._inom_tiden(int(ar), int(manad), int(dag))

    def _inom_tiden(self, ar: int, manad: int, dag: int) -> date:
        try:
            datum = date(ar, manad, dag)
        except ValueError:
            raise self.fel("finns_inte") from None
        if not self.tidigast <= datum <= self.senast:
            raise forms.ValidationError(f"Ange ett datum mellan {self.tidigast} och {self.senast}.", code="utanfor")
        return datum


def _fullt_ar(tvasiffrigt_ar: int, manad: int, dag: int) -> int:
    grans = timezone.localdate()
    ar = grans.year + 1 - (grans.year + 1 - tvasiffrigt_ar) % 100
    return ar if (ar, manad, dag) <= (grans.year + 1, grans.month, grans.day) else ar - 100


class ManadField(_Falt, forms.DateField):
    """A month, as its first day. Reads ÅÅÅÅ-MM and ÅÅÅÅMM."""

    widget = forms.TextInput
    hjalp = "ÅÅÅÅ-MM"
    attribut = {"data-bredd": "xs", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "invalid": "Skriv månaden som ÅÅÅÅ-MM, till exempel 2011-01.",
        "utanfor": f"Ange en månad mellan {TIDIGASTE_DATUM:%Y-%m} och {SENASTE_DATUM:%Y-%m}.",
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        traff = _MANAD.fullmatch(str(value).strip())
        if traff is None or not 1 <= int(traff[2]) <= 12:
            raise self.fel("invalid")
        if not (TIDIGASTE_DATUM.year, TIDIGASTE_DATUM.month) <= (int(traff[1]), int(traff[2])) <= (SENASTE_DATUM.year, SENASTE_DATUM.month):
            raise self.fel("utanfor")
        return date(int(traff[1]), int(traff[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class _HeltalField(_Falt, forms.IntegerField):
    """A whole number between two limits, with or without spaces between thousands; below zero only with negativ=True."""

    widget = forms.TextInput
    attribut = {"data-bredd": "xs", "inputmode": "numeric", "autocomplete": "off"}
    minst = 0
    hogst = 10**MAX_SIFFROR_I_BELOPP - 1
    default_error_messages = {
        "invalid": "Skriv ett helt tal med siffror, till exempel 25.",
        "decimaler": "Skriv ett helt tal, utan decimaler.",
    }

    def __init__(self, *, negativ: bool = False, **kwargs: Any) -> None:
        # A model field hands down what its column can hold, which is never narrower than what makes sense.
        lagst = -self.hogst if negativ else self.minst
        minst, hogst = kwargs.pop("min_value", None), kwargs.pop("max_value", None)
        minst = lagst if minst is None else max(lagst, minst)
        hogst = self.hogst if hogst is None else min(self.hogst, hogst)
        super().__init__(min_value=minst, max_value=hogst, **kwargs)
        for kod in ("min_value", "max_value"):
            self.error_messages.setdefault(kod, f"Ange ett tal mellan {antal(minst)} och {antal(hogst)}.")

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = str(value).strip()
        traff = _HELTAL.fullmatch(text)
        if traff is None:
            raise self.fel("decimaler" if _DECIMALTAL.fullmatch(text) else "invalid")
        siffror = re.sub(_BLANKSTEG, "", traff["siffror"]).lstrip("0") or "0"
        if len(siffror) > MAX_SIFFROR_I_BELOPP:
            raise self.fel("max_value")
        return -int(siffror) if traff["minus"] else int(siffror)

    def prepare_value(self, value: Any) -> Any:
        return antal(value) if isinstance(value, int) else value


class AntalField(_HeltalField):
    """A count of people or things: 0 to 1 000 000 unless told narrower."""

    hogst = 1_000_000


class KronorField(_HeltalField):
    """Whole kronor, at most 12 digits."""

    attribut = {"data-bredd": "s", "data-enhet": "kr", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "invalid": "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000.",
        "decimaler": "Skriv beloppet i hela kronor, utan ören.",
        "min_value": "Beloppet får inte vara negativt.",
        "max_value": f"Beloppet får ha högst {MAX_SIFFROR_I_BELOPP} siffror.",
    }


def kronor_i(falt: BoundField) -> int | None:
    """The kronor that stand in the field, typed or saved; None when it is empty or cannot be read."""
    try:
        return falt.field.clean(falt.value())
    except forms.ValidationError:
        return None


class ProcentField(_HeltalField):
    """Per cent of full time, 1 to 100 (V25)."""

    minst = 1
    hogst = 100
    hjalp = "1–100"
    attribut = {"data-bredd": "xs", "data-enhet": "procent", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = dict.fromkeys(
        ["required", "invalid", "decimaler", "min_value", "max_value"], "Ange omfattning mellan 1 och 100 procent."
    )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.removesuffix("%") if isinstance(value, str) else value)


class ArField(_HeltalField):
    """A calendar year with four digits."""

    minst = TIDIGASTE_DATUM.year
    hogst = SENASTE_DATUM.year
    hjalp = "ÅÅÅÅ"
    attribut = {"data-bredd": "xs", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {
        "invalid": "Skriv året med fyra siffror, till exempel 2011.",
        "decimaler": "Skriv året med fyra siffror, till exempel 2011.",
        "min_value": f"Ange ett år mellan {TIDIGASTE_DATUM.year} och {SENASTE_DATUM.year}.",
        "max_value": f"Ange ett år mellan {TIDIGASTE_DATUM.year} och {SENASTE_DATUM.year}.",
    }

    def prepare_value(self, value: Any) -> Any:
        return value


class JaNejField(_Falt, forms.TypedChoiceField):
    """A question answered Ja or Nej; nothing is chosen from the start. Empty is None."""

    widget = forms.RadioSelect
    default_error_messages = {"required": "Välj Ja eller Nej.", "invalid_choice": "Välj Ja eller Nej."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("ja", "Ja"), ("nej", "Nej")], coerce=lambda varde: varde == "ja", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nej"}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PersonnummerField(_Falt):
    """A valid personnummer or samordningsnummer (V13, V14)."""

    widget = forms.TextInput
    hjalp = "12 siffror, ÅÅÅÅMMDDNNNN"
    attribut = {"data-bredd": "s", "inputmode": "numeric", "autocomplete": "off"}
    default_error_messages = {"required": personnummer.FEL_FORM}

    def to_python(self, value: Any) -> personnummer.Personnummer | None:
        if value in self.empty_values:
            return None
        if isinstance(value, personnummer.Personnummer):
            return value
        try:
            return personnummer.tolka(str(value), idag=timezone.localdate())
        except Regelbrott as brott:
            raise forms.ValidationError(brott.text, code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return value.utskrivet if isinstance(value, personnummer.Personnummer) else value
