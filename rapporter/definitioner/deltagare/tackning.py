"""How much of all participation a report about deltagare rests on (docs/regler.md 10.2)."""

from collections.abc import Mapping

from rapporter.definitioner.deltagare.delar import heltal, i_ord
from rapporter.matt import ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, UNIKA
from rapporter.motor import Motor
from rapporter.tabell import Kolumn, Rad, Tabell, Tackning, Typ
from sus.core.formatering import andel, antal, procent

TACKNING = "tackning"
UNDERLAG = "underlag"
FA = 30  # of fewer, a share says little
KOLUMNER = (
    Kolumn("personuppgifter", "Med personuppgifter", Typ.ANTAL),
    Kolumn("anonyma", "Anonyma", Typ.ANTAL),
    Kolumn("aterkallade", "Återtagna samtycken", Typ.ANTAL),
    Kolumn("antal_volym", "I volyminsatser", Typ.ANTAL),
    Kolumn("andel", "Täckning", Typ.ANDEL),
    Kolumn("unika", "Unika personer", Typ.ANTAL),
)
UNDERLAGSKOLUMNER = (
    Kolumn("avslutade", AVSLUTADE_MATT.rubrik, Typ.ANTAL),
    Kolumn("avslutade_med_matning", AVSLUTADE_MED_MATNING.rubrik, Typ.ANTAL),
    Kolumn("andel", "Andel med mätning", Typ.ANDEL),
)


def tackningstabell(motor: Motor) -> Tabell:
    """Deltaganden with personuppgifter beside those that have none. Its share: personuppgifter of all but volym."""
    matt, ar = motor.rakna([ANTAL, UNIKA], [()]).rad(), motor.arsvarden().rad()
    deltaganden, anonyma, aterkallade, volym, unika = map(
        heltal, (matt["antal"], ar["anonyma"], ar["aterkallade"], ar["antal_volym"], matt["unika"])
    )
    celler = (deltaganden, anonyma, aterkallade, volym, andel(deltaganden, deltaganden + anonyma + aterkallade), unika)
    return Tabell(TACKNING, "Täckning", KOLUMNER, (Rad(celler),))


def underlagstabell(motor: Motor) -> Tabell:
    """How many of those who ended were measured a second time."""
    rad = motor.rakna([AVSLUTADE_MATT, AVSLUTADE_MED_MATNING], [()]).rad()
    avslutade, matta = rad["avslutade"], rad["avslutade_med_matning"]
    return Tabell(UNDERLAG, "Underlag för före och efter", UNDERLAGSKOLUMNER, (Rad((avslutade, matta, andel(matta, avslutade))),))


def tackning(tabeller: Mapping[str, Tabell]) -> Tackning | None:
    """The sentence about it. A report of before and after rests on even fewer, and says that first."""
    personuppgifter, anonyma, aterkallade, volym, del_, _ = tabeller[TACKNING].rader[0].celler
    if del_ is None:
        return None
    delar = [
        f"{i_ord(personuppgifter)} deltagare är registrerade med personuppgifter{_procent(del_)}, {i_ord(anonyma)} är anonyma och "
        f"{i_ord(aterkallade)} har återtagit samtycket."
    ]
    if volym:
        delar.append(f"I volyminsatser räknades {i_ord(volym)}.")
    if UNDERLAG not in tabeller:
        return Tackning(" ".join(delar), del_ if isinstance(del_, int) else None)
    avslutade, matta, andel_matta = tabeller[UNDERLAG].rader[0].celler
    delar.insert(0, f"Före och efter bygger på {i_ord(matta)} av {i_ord(avslutade)} avslutade deltagare.")
    return Tackning(" ".join(delar), andel_matta if isinstance(andel_matta, int) else None)


def forsiktighet(tabell: Tabell, underlag: Tabell | None) -> tuple[str, ...]:
    """A caution under a table whose shares are of few: of those measured twice, or of the table's own total."""
    if tabell.kolumner[0].ar_tal or not any(kolumn.nyckel in ("andel", "fore_andel") for kolumn in tabell.kolumner):
        return ()
    alla = underlag.rader[0].celler[1] if underlag else tabell.summa and tabell.summa.celler[3]
    if not isinstance(alla, int) or not 0 < alla < FA:
        return ()
    return (f"Andelarna bygger på bara {antal(alla)} deltagare. Tolka dem försiktigt.",)


def _procent(del_: object) -> str:
    return f" ({procent(del_)})" if isinstance(del_, int) else ""
