"""From one level to another with one click: the same selection for a larger place, or for a part of this one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from insatser.models import Insats
from organisations.models import Lan
from rapporter import skydd
from rapporter.forms import PLATSFALT, UrvalForm
from rapporter.skyddat_urval import granska_urval
from rapporter.urval import Niva, Urval
from sus.core.regelbrott import Regelbrott

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


def nivabyte(form: UrvalForm, *, om_egenskaper: bool = True) -> Nivabyte:
    """Of a valid form. Levels that the report does not have are left out. `om_egenskaper`: it has tables about attributes, which are
    protected in some selections only.
    """
    niva, resten = form.cleaned_data["niva"], _resten(form)
    finns = {val for val, _ in form.nivaer}
    visas = not om_egenskaper or _kan_skyddas(form.urval())
    lankar_upp = (_steg(form, resten, *plats, visas_overallt=visas) for plats in _platser(form) if plats[0] in finns)
    steg = tuple(lank for lank in lankar_upp if lank)
    under = UNDER.get(niva)
    if under is None or under not in finns:
        return Nivabyte(steg)
    delar = _delar(form, niva)
    lankar = tuple(Lank(str(rad), _adress(form, resten, under, rad.pk, bland_flera=len(delar) > 1)) for rad in delar)
    return Nivabyte(steg, RUBRIKER[under], lankar)


def _platser(form: UrvalForm) -> Iterable[tuple[Niva, str, Any]]:
    """(level, name, key) from riket down to what is shown."""
    data, organisation = form.cleaned_data, form.vald_organisation()
    lan = organisation.lan if organisation else data.get("lan")
    yield Niva.RIKET, "Riket", None
    for niva, plats in ((Niva.LAN, lan), (Niva.ORGANISATION, organisation), (Niva.INSATS, data.get("insats"))):
        if plats:
            yield niva, str(plats), plats.pk


def _steg(form: UrvalForm, resten: list[tuple[str, str]], niva: Niva, text: str, plats: Any, *, visas_overallt: bool) -> Lank | None:
    """The same selection at the level; where it can be neither protected nor seen exactly its whole years, or nothing."""
    if niva == form.cleaned_data["niva"]:
        return Lank(text)
    if visas_overallt or _far_se_exakt(form, niva, plats):
        return Lank(text, _adress(form, resten, niva, plats))
    urval = form.urval()
    helar = replace(urval, fran=date(urval.fran.year, 1, 1), till=date(urval.till.year, 12, 31))
    if not _kan_skyddas(helar):
        return None
    period = {"fran": f"{helar.fran:%Y-%m}", "till": f"{helar.till:%Y-%m}"}
    return Lank(f"{text}, hela {urval.ar_i_ord}", _adress(form, [(namn, period.get(namn, varde)) for namn, varde in resten], niva, plats))


def _kan_skyddas(urval: Urval) -> bool:
    try:
        granska_urval(urval)
    except Regelbrott:
        return False
    return True


def _far_se_exakt(form: UrvalForm, niva: Niva, plats: Any) -> bool:
    """Whether the reader has the right to all that the place has ever had."""
    i_platsen = {Niva.LAN: "samverkansorganisation__lan", Niva.ORGANISATION: "samverkansorganisation", Niva.INSATS: "pk"}
    insatser = Insats.objects.filter(**({i_platsen[niva]: plats} if niva in i_platsen else {}))
    return skydd.far_se_exakt(form.anvandare, insatser.values_list("pk", flat=True), form.cleaned_data.get("andamal") or "")


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
    """The selection but for its place. Exact figures are not demanded elsewhere: without that they are shown where the right reaches."""
    return [par for par in parse_qsl(form.adress()) if par[0] not in (*PLATSFALT, "niva") and par != ("skydd", skydd.EXAKT)]


def _adress(form: UrvalForm, resten: list[tuple[str, str]], niva: Niva, plats: Any, *, bland_flera: bool = False) -> str:
    """The selection at another level, without a comparison that cannot be made there. `bland_flera`: others are known to lie beside it."""
    mot = dict(resten).get("jamfor")
    if mot and not form.kan_jamforas(niva, mot, plats, bland_flera=bland_flera):
        resten = [(namn, varde) for namn, varde in resten if not namn.startswith("jamfor")]
    return urlencode([("niva", str(niva)), *([] if plats is None else [(str(niva), str(plats))]), *resten])
