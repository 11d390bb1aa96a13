"""Standardrapport deltagare: one of six types, for one selection or for several beside each other."""

from collections.abc import Mapping
from dataclasses import replace

from rapporter.definitioner.deltagare.rapport import Deltagarrapport
from rapporter.definitioner.deltagare.tackning import TACKNING, UNDERLAG, tackning
from rapporter.definitioner.standard.form import StandardForm
from rapporter.definitioner.standard.typer import TYPER, Jamforda
from rapporter.enheter import ENHET
from rapporter.tabell import Diagram, Tabell, Tackning
from rapporter.urval import Urval


class Standardrapport(Deltagarrapport):
    """Deltaganden with personuppgifter, as in Deltagarrapport. The types say what is counted: standard/typer.py."""

    nyckel = "standard-deltagare"
    meny = "Standardrapport deltagare"
    titel = "Standardrapport deltagare"
    ingress = "Hur det går för deltagarna, jämfört mellan riket, län, samverkansorganisationer och insatser."
    form_class = StandardForm
    typer = TYPER
    sida_vid_sida = True

    def jamforelsediagram(self, enheter: Jamforda, val: Mapping) -> list[Diagram]:
        return TYPER[val["typ"]].jamforelse(enheter)

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        """That of the selection itself; those of the others stand in the table."""
        if tabeller[TACKNING].kolumner[0] != ENHET:
            return super().tackning(tabeller, urval)
        egen = {nyckel: _forsta(tabeller[nyckel]) for nyckel in (TACKNING, UNDERLAG) if nyckel in tabeller}
        svar = tackning(egen, urval)
        return svar and replace(svar, text=f"{tabeller[TACKNING].rader[0].celler[0]}: {svar.text}")

    def jamforelse_i_ord(self, mot: str) -> str:
        return "alla är räknade på samma sätt, med samma period och samma övriga urval."


def _forsta(tabell: Tabell) -> Tabell:
    """The first unit's row, as it stands in a report of that unit alone."""
    return replace(tabell, kolumner=tabell.kolumner[1:], rader=(replace(tabell.rader[0], celler=tabell.rader[0].celler[1:]),))
