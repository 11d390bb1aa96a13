"""Paper forms: the fields of a page with room to write by hand, in the page's words. Which fields stand where is each app's matter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sus.core.falt import DatumField, JaNejField, PersonnummerField, ProcentField
from sus.core.formatering import datum
from sus.core.pdf import lagg_ut, skriv_ut
from sus.core.personnummer import Personnummer

FLEST_RUTOR = 12  # a longer list of choices is written by hand


@dataclass(frozen=True)
class Ruta:
    """A choice to tick."""

    etikett: str
    vald: bool = False


@dataclass(frozen=True)
class Falt:
    """What is asked, and the room for the answer: a line, so many boxes for characters, or boxes to tick.

    `namn` is that of the field on the page; fields that only paper has begin with "papper_". `foljd` is asked when the answer is Ja.
    """

    namn: str
    etikett: str
    hjalp: str = ""
    tecken: str = ""  # what goes into each box: ÅÅÅÅ-MM-DD
    rutor: tuple[Ruta, ...] = ()
    flera: bool = False  # more than one box may be ticked
    rader: int = 1
    enhet: str = ""
    varde: str = ""
    halv: bool = False  # two of them share the width
    foljd: tuple["Falt", ...] = ()

    @property
    def platser(self) -> list[tuple[str, bool]]:
        """Each box with what goes into it; a hyphen stands between boxes."""
        return [(tecken, tecken != "-") for tecken in self.tecken]

    @property
    def ligger(self) -> bool:
        """Few and short choices stand on one line."""
        return len(self.rutor) <= 3 and sum(len(ruta.etikett) for ruta in self.rutor) <= 60

    @property
    def tre_spalter(self) -> bool:
        return len(self.rutor) > 6 and all(len(ruta.etikett) <= 20 for ruta in self.rutor)

    @property
    def alla(self) -> list["Falt"]:
        return [self, *(ett for foljd in self.foljd for ett in foljd.alla)]


@dataclass(frozen=True)
class Del:
    """A section. `hjalp` is a template with what one needs to know when answering, `ny_sida` begins a page."""

    rubrik: str
    falt: tuple[Falt, ...]
    ingress: str = ""
    hjalprubrik: str = ""
    hjalp: str = ""
    ny_sida: bool = False

    @property
    def hjalptext(self) -> SafeString | str:
        return render_to_string(self.hjalp) if self.hjalp else ""


@dataclass(frozen=True)
class Blankett:
    """`utgava` is the edition, `sa_har` says what becomes of the paper."""

    nummer: str
    namn: str
    utgava: str
    ingress: str = ""
    sa_har: str = ""
    delar: tuple[Del, ...] = field(default=())

    @property
    def falt(self) -> list[Falt]:
        return [ett for del_ in self.delar for falt in del_.falt for ett in falt.alla]


def rad(namn: str, etikett: str, varde: str = "", **andra: Any) -> Falt:
    """A field that only paper has."""
    return Falt(f"papper_{namn}", etikett, varde=varde, **andra)


def ur_formularet(
    falten: Mapping[str, forms.Field], namn: str, *, varden: Mapping[str, Any] | None = None, foljd: Iterable[Falt] = (), **andra: Any
) -> Falt:
    """The page's field on paper, filled in with the value that the page would show. `andra` replaces what follows from the field."""
    falt, varde = falten[namn], (varden or {}).get(namn)
    pa_papper = Falt(namn, str(falt.label), hjalp=str(falt.help_text or ""), foljd=tuple(foljd))
    return replace(pa_papper, **_plats(falt, varde) | andra)


def _plats(falt: forms.Field, varde: Any) -> dict[str, Any]:
    """The room for the answer, and the answer."""
    match falt:
        case PersonnummerField():
            return {"tecken": "ÅÅÅÅMMDD-NNNN", "hjalp": "", "varde": varde.maskerat if isinstance(varde, Personnummer) else ""}
        case DatumField():
            return {"tecken": "ÅÅÅÅ-MM-DD", "hjalp": _utan_monster(str(falt.help_text or "")), "varde": datum(varde)}
        case ProcentField():
            return {"tecken": "   ", "enhet": "procent", "varde": "" if varde is None else str(varde)}
        case forms.BooleanField():
            return {"rutor": (Ruta("Ja", vald=bool(varde)),)}
        case forms.ModelChoiceField():
            return {"varde": str(varde or "")}
        case forms.ChoiceField():
            return _val(falt, varde)
        case _:
            return {"varde": str(varde or ""), "rader": 4 if isinstance(falt.widget, forms.Textarea) else 1}


def _val(falt: Any, varde: Any) -> dict[str, Any]:
    if isinstance(falt, JaNejField):
        varde = falt.prepare_value(varde)
    val = [(str(kod), str(etikett)) for kod, etikett in falt.choices if kod != ""]
    valda = {str(kod) for kod in varde} if isinstance(varde, list) else {str(varde)}
    if len(val) > FLEST_RUTOR:
        return {"varde": ", ".join(etikett for kod, etikett in val if kod in valda)}
    rutor = tuple(Ruta(etikett, vald=kod in valda) for kod, etikett in val)
    return {"rutor": rutor, "flera": isinstance(falt, forms.MultipleChoiceField)}


def _utan_monster(hjalp: str) -> str:
    """The pattern stands in the boxes."""
    kvar = hjalp.removeprefix("ÅÅÅÅ-MM-DD").lstrip("., ")
    return kvar[:1].upper() + kvar[1:]


def blankettpdf(blankett: Blankett, mall: str = "pdf/blankett.html", **mer: Any) -> bytes:
    """The form as a file; `mer` goes to a template that adds to it."""
    return skriv_ut(lagg_ut(mall, {"blankett": blankett} | mer))
