"""From one level to another with one click: the same selection for a larger place, or for a part of this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from organisations.models import Lan
from rapporter.forms import PLATSFALT, UrvalForm
from rapporter.urval import Niva

UNDER = {Niva.RIKET: Niva.LAN, Niva.LAN: Niva.ORGANISATION, Niva.ORGANISATION: Niva.INSATS}
RUBRIKER = {Niva.LAN: "Län", Niva.ORGANISATION: "Samverkansorganisationer", Niva.INSATS: "Insatser"}


@dataclass(frozen=True)
class Lank:
    """A place and the query string of its report; empty for the one that is shown."""

    text: str
    adress: str = ""


@dataclass(frozen=True)
class Nivabyte:
    """Riket, län, samverkansorganisation and insats as far down as the selection goes, and the parts of the last."""

    steg: tuple[Lank, ...]
    rubrik: str = ""
    delar: tuple[Lank, ...] = ()

    @property
    def leder_nagonstans(self) -> bool:
        return bool(self.delar) or any(lank.adress for lank in self.steg)


def nivabyte(form: UrvalForm) -> Nivabyte:
    """Of a valid form. Levels that the report does not have are left out."""
    niva, resten = form.cleaned_data["niva"], _resten(form)
    finns = {val for val, _ in form.nivaer}
    steg = [Lank(text, "" if del_ == niva else _adress(form, resten, del_, plats)) for del_, text, plats in _platser(form) if del_ in finns]
    under = UNDER.get(niva)
    if under is None or under not in finns:
        return Nivabyte(tuple(steg))
    delar = _delar(form, niva)
    lankar = tuple(Lank(str(rad), _adress(form, resten, under, rad.pk, bland_flera=len(delar) > 1)) for rad in delar)
    return Nivabyte(tuple(steg), RUBRIKER[under], lankar)


def _platser(form: UrvalForm) -> Iterable[tuple[Niva, str, Any]]:
    """(level, name, key) from riket down to what is shown."""
    data, organisation = form.cleaned_data, form.vald_organisation()
    lan = organisation.lan if organisation else data.get("lan")
    yield Niva.RIKET, "Riket", None
    for niva, plats in ((Niva.LAN, lan), (Niva.ORGANISATION, organisation), (Niva.INSATS, data.get("insats"))):
        if plats:
            yield niva, str(plats), plats.pk


def _delar(form: UrvalForm, niva: Niva) -> list[Any]:
    """The places one level down, by name."""
    data = form.cleaned_data
    rader: Any
    if niva == Niva.RIKET:
        rader = Lan.objects.all()
    elif niva == Niva.LAN:
        rader = form.organisationer().filter(lan=data["lan"])
    else:
        rader = form.alla_insatser().filter(samverkansorganisation=data["organisation"])
    return list(rader)


def _resten(form: UrvalForm) -> list[tuple[str, str]]:
    """The selection but for its place."""
    return [(namn, varde) for namn, varde in parse_qsl(form.adress()) if namn not in (*PLATSFALT, "niva")]


def _adress(form: UrvalForm, resten: list[tuple[str, str]], niva: Niva, plats: Any, *, bland_flera: bool = False) -> str:
    """The selection at another level, without a comparison that cannot be made there. `bland_flera`: others are known to lie beside it."""
    mot = dict(resten).get("jamfor")
    if mot and not form.kan_jamforas(niva, mot, plats, bland_flera=bland_flera):
        resten = [(namn, varde) for namn, varde in resten if namn != "jamfor"]
    return urlencode([("niva", str(niva)), *([] if plats is None else [(str(niva), str(plats))]), *resten])
