"""The rows of the budget page as they are typed, with rows more or less. Nothing is saved."""

import re

from organisations.models import EGET_KAPITAL
from sus.core.formatering import kronor


def ledigt_nummer(utkast, tabell):
    return max(_nummer(utkast, tabell), default=-1) + 1


def lagg_till_kostnad(utkast):
    nyckel = f"adm-{ledigt_nummer(utkast, 'adm')}"
    utkast[f"{nyckel}-typ"] = ""
    return nyckel


def lagg_till_finansiar(utkast):
    """The last row of the table becomes one of its rows, and a new last row begins."""
    nyckel = f"fin-{ledigt_nummer(utkast, 'fin')}"
    for falt in ("part", "belopp", "beskrivning"):
        utkast[f"{nyckel}-{falt}"] = utkast.pop(f"ny-{falt}", [""])[-1]
    return nyckel


def satt_eget_kapital(utkast, part, belopp):
    """On the row of eget kapital, or on a new one."""
    nycklar = [namn.removesuffix("-beskrivning") for namn, text in utkast.items() if namn.endswith("-beskrivning") and text == EGET_KAPITAL]
    nyckel = next(iter(nycklar), None) or f"fin-{ledigt_nummer(utkast, 'fin')}"
    utkast[f"{nyckel}-part"], utkast[f"{nyckel}-beskrivning"] = str(part.pk), EGET_KAPITAL
    utkast[f"{nyckel}-belopp"] = kronor(belopp)
    return nyckel


def kopiera(utkast, bild):
    """Last year's rows and budgeted amounts, never utfall; what is typed stays.

    Eget kapital is the proposed one, or left to be typed: a row that is proposed and has no amount is left out when saved.
    """
    for rad in bild.finansieringar.get(bild.forra_aret, []):
        if rad.part.finansiar:
            belopp = bild.foreslaget_eget_kapital if rad.ar_eget_kapital else rad.belopp
            _fyll_i(utkast, "fin", {"part": str(rad.part_id), "beskrivning": rad.beskrivning}, "belopp", belopp, forslag="1")
    for rad in bild.kostnader.get(bild.forra_aret, []):
        _fyll_i(utkast, "adm", {"typ": rad.kostnadstyp}, "budget", rad.budget)


def _fyll_i(utkast, tabell, nyckelfalt, falt, belopp, **ovrigt):
    """The amount on the row that is told by the fields, or on a new one."""
    rader = {tuple(utkast.get(f"{tabell}-{nr}-{namn}", "") for namn in nyckelfalt): nr for nr in _nummer(utkast, tabell)}
    nr = rader.get(tuple(nyckelfalt.values()))
    if nr is None:
        nr = ledigt_nummer(utkast, tabell)
        for namn, text in (nyckelfalt | ovrigt).items():
            utkast[f"{tabell}-{nr}-{namn}"] = text
    if not utkast.get(f"{tabell}-{nr}-{falt}", "").strip():
        utkast[f"{tabell}-{nr}-{falt}"] = kronor(belopp)


def _nummer(utkast, tabell):
    return [int(traff[1]) for namn in utkast if (traff := re.match(rf"{tabell}-([0-9]{{1,6}})-", namn))]
