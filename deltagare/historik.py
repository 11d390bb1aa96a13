"""The history of a deltagande in words: what each rättelse changed, as its codes are understood today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Field, Model

from deltagare.koder import Forsorjning
from deltagare.models import Deltagande, Mattillfalle, Rattelse, Samtycke
from organisations.models import KompletterandeFraga, Svarsalternativ
from sus.core.formatering import lista_i_ord

DELAR: dict[str, tuple[type[Model], str]] = {
    "": (Deltagande, ""),
    "in": (Mattillfalle, " före insatsen"),
    "ut": (Mattillfalle, " efter insatsen"),
    "samtycke": (Samtycke, ", samtycke"),
}
GOR_INTE = {"arbete_procent", "studier_procent"}  # None in a mättillfälle that has been: Nej


@dataclass(frozen=True)
class Andring:
    """One thing that was changed. Empty text: nothing was registered."""

    uppgift: str
    fore: str
    efter: str


@dataclass(frozen=True)
class Rad:
    tid: datetime
    av: str
    andringar: list[Andring]


def historik(deltagande) -> list[Rad]:
    """The latest first."""
    rattelser = list(deltagande.rattelser.select_related("av"))
    texter = Texter.av(rattelser)
    return [Rad(r.tid, str(r.av or "SUS"), [_andring(namn, r.andringar, texter) for namn in _i_ordning(r, texter)]) for r in rattelser]


@dataclass(frozen=True)
class Texter:
    """The rows that some rättelser name, in words: questions as they are put, their alternatives, and of other models by model and key."""

    fragor: dict[int, str]
    alternativ: dict[int, str]
    ovriga: dict[type[Model], dict[Any, Model]]

    @classmethod
    def av(cls, rattelser: list[Rattelse]) -> "Texter":
        andringar = [andring for r in rattelser for andring in r.andringar.items()]
        fragor = KompletterandeFraga.objects.filter(pk__in=filter(None, (_fraga(namn) for namn, _ in andringar)))
        alternativ = Svarsalternativ.objects.filter(fraga__in=fragor)
        koder: dict[type[Model], set[Any]] = {}
        for namn, varden in andringar:
            modell = None if _fraga(namn) else _falt(namn).related_model
            if modell:
                koder.setdefault(modell, set()).update(varden)
        ovriga = {modell: modell._default_manager.in_bulk(nycklar - {None}) for modell, nycklar in koder.items()}
        return cls(dict(fragor.values_list("pk", "fragetext")), dict(alternativ.values_list("pk", "text")), ovriga)


def _andring(namn: str, andringar: dict[str, list[Any]], texter: Texter) -> Andring:
    fore, efter = andringar[namn]
    if fraga := _fraga(namn):
        svar = [lista_i_ord([texter.alternativ.get(pk, "Borttaget svar") for pk in koder or []]) for koder in (fore, efter)]
        return Andring(texter.fragor.get(fraga, "Borttagen fråga"), *svar)
    del_, falt = namn.rpartition(".")[0], _falt(namn)
    ord_ = str(falt.verbose_name)
    uppgift = ord_[:1].upper() + ord_[1:] + DELAR[del_][1]
    matning = andringar.get(f"{del_}.forsorjning", ("", ""))  # None: the mättillfälle itself was not there
    par = zip((fore, efter), matning, strict=True)
    return Andring(uppgift, *(_text(falt, kod, texter, finns=matt is not None) for kod, matt in par))


def _text(falt: Field, kod: Any, texter: Texter, *, finns: bool) -> str:
    if kod is None:
        return "Nej" if finns and falt.name in GOR_INTE else ""
    if falt.name == "forsorjning":
        return lista_i_ord([str(ett.label) for ett in Forsorjning.i_mask(kod)])
    if falt.choices:
        return str(dict(falt.flatchoices).get(kod, kod))
    if falt.related_model:
        return str(texter.ovriga[falt.related_model].get(kod, ""))
    if isinstance(kod, bool):
        return "Ja" if kod else "Nej"
    return str(kod)


def _i_ordning(rattelse: Rattelse, texter: Texter) -> list[str]:
    """The deltagande first, then before and after the insats, then the samtycke.

    Inside each: as the model has its fields, then its questions as they are put, then those that have been removed, by number as the
    database keeps them.
    """
    fragor = list(texter.fragor)
    return sorted(rattelse.andringar, key=lambda namn: _ordning(namn, fragor))


def _ordning(namn: str, fragor: list[int]) -> tuple[int, bool, int]:
    del_, _, falt = namn.rpartition(".")
    if fraga := _fraga(namn):
        plats = fragor.index(fraga) if fraga in fragor else len(fragor)
    else:
        plats = [ett.name for ett in DELAR[del_][0]._meta.fields].index(falt)
    return list(DELAR).index(del_), bool(fraga), plats


def _falt(namn: str) -> Field:
    del_, _, faltnamn = namn.rpartition(".")
    return next(falt for falt in DELAR[del_][0]._meta.fields if falt.name == faltnamn)


def _fraga(namn: str) -> int | None:
    """The number of the question that the name is of, None for what is no question."""
    return int(namn.rpartition("_")[2]) if ".fraga_" in namn else None
