"""Deltagarrapport: one of seven types, the täckning it rests on, and riket or the län beside it."""

from collections.abc import Mapping
from typing import ClassVar

from rapporter.definition import Definition
from rapporter.definitioner.deltagare.delar import Rapporttyp
from rapporter.definitioner.deltagare.form import DeltagareForm
from rapporter.definitioner.deltagare.tackning import TACKNING_I_ORD, tackning, tackningstabell, underlagstabell
from rapporter.definitioner.deltagare.typer import TYPER
from rapporter.forms import UrvalForm
from rapporter.forsiktighet import UNDERLAG, forsiktighet
from rapporter.jamforelse import JAMFORELSER
from rapporter.matt import UNIKA
from rapporter.motor import Motor
from rapporter.tabell import Diagram, Tabell, Tackning
from rapporter.urval import Urval
from sus.core.formatering import gemen


class Deltagarrapport(Definition):
    """Deltaganden with personuppgifter. The types say what is counted: rapporter/definitioner/deltagare/typer.py."""

    nyckel = "deltagare"
    meny = "Deltagare"
    titel = "Deltagarrapport"
    ingress = "Vilka deltagarna är, hur det går för dem och varför de har avslutats. Bygger på deltagare med personuppgifter."
    form_class: ClassVar[type[UrvalForm]] = DeltagareForm
    typer: ClassVar[Mapping[str, Rapporttyp]] = TYPER
    sida_vid_sida: ClassVar[bool] = False  # a comparison has the tables of each selection, not shares beside the own ones

    def slag(self, val: Mapping) -> str:
        return f"{self.titel}, {gemen(self.typer[val['typ']].rubrik)}"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        typ = self.typer[val["typ"]]
        tackning_ = tackningstabell(motor)
        underlag = [underlagstabell(motor, tackning_)] if typ.fore_efter else []
        return [tackning_, *underlag, *typ.tabeller(motor, val)]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        return self.typer[val["typ"]].diagram(tabeller)

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        egna = self.typer[val["typ"]].noter(tabeller, urval)
        bland_flera = self.sida_vid_sida and bool(val.get("jamfor"))
        fa = {nyckel: forsiktighet(tabell, tabeller.get(UNDERLAG), bland_flera=bland_flera) for nyckel, tabell in tabeller.items()}
        return {nyckel: (*egna.get(nyckel, ()), *fa[nyckel]) for nyckel in tabeller}

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        return tackning(tabeller, urval)

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        allmant = om_tackningen(urval)
        if val.get("jamfor"):
            allmant.append(("Jämförelse", self.jamforelse_i_ord(val["jamfor"])))
        return [*self.typer[val["typ"]].definitioner(val), *allmant]

    def jamforelse_i_ord(self, mot: str) -> str:
        return f"andelarna i {JAMFORELSER[mot].lower()} är räknade på samma sätt, med samma period och samma övriga urval."


def om_tackningen(urval: Urval) -> list[tuple[str, str]]:
    """What the columns of the täckning mean."""
    return [
        ("Täckning", TACKNING_I_ORD),
        ("Anonyma och återtagna samtycken", f"räknas per kalenderår och gäller hela {urval.ar_i_ord}."),
        (UNIKA.rubrik, UNIKA.forklaring),
    ]
