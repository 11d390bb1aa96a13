"""The seven types of Deltagarrapport, in the order of the selection (docs/regler.md 10.5)."""

from rapporter.definitioner.deltagare.delar import Rapporttyp
from rapporter.definitioner.deltagare.fordelning import AvslutningsanledningTyp, Bakgrund, TidIInsats
from rapporter.definitioner.deltagare.fore_efter import Forsorjningsgrupptyp, Forsorjningstyp, Sysselsattning
from rapporter.definitioner.deltagare.in_ut import InUt

TYPER: dict[str, Rapporttyp] = {
    typ.nyckel: typ
    for typ in (Forsorjningstyp(), Forsorjningsgrupptyp(), Sysselsattning(), Bakgrund(), AvslutningsanledningTyp(), InUt(), TidIInsats())
}
