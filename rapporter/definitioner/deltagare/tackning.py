"""How much of all participation a report about deltagare rests on (docs/regler.md 10.2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rapporter.diagram import i_ord
from rapporter.matt import ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, UNIKA
from rapporter.motor import Motor
from rapporter.omrakning import DOLT_TAL, andel_av
from rapporter.tabell import Cell, Kolumn, Rad, Tabell, Tackning, Typ, heltal
from sus.core.formatering import andel, antal, procent

TACKNING = "tackning"
UNDERLAG = "underlag"
VALDA = "valda"  # the base of those whom a filter on persons picks out
FA = 30  # of fewer, a share says little
KOLUMNER = (
    Kolumn("personuppgifter", "Med personuppgifter", Typ.ANTAL, personer=True),
    Kolumn("anonyma", "Anonyma", Typ.ANTAL, personer=True),
    Kolumn("aterkallade", "Återtagna samtycken", Typ.ANTAL, personer=True),
    Kolumn("antal_volym", "I volyminsatser", Typ.ANTAL),
    Kolumn("andel", "Täckning", Typ.ANDEL, raknas_om=andel_av("personuppgifter", "personuppgifter", "anonyma", "aterkallade")),
    Kolumn("unika", "Unika personer", Typ.ANTAL, egenskap=True),
)
UNDERLAGSKOLUMNER = (
    Kolumn("avslutade", AVSLUTADE_MATT.rubrik, Typ.ANTAL, personer=True),
    Kolumn("avslutade_med_matning", AVSLUTADE_MED_MATNING.rubrik, Typ.ANTAL, egenskap=True),
    Kolumn("andel", "Andel med mätning", Typ.ANDEL, raknas_om=andel_av("avslutade_med_matning", "avslutade")),
)


def tackningstabell(motor: Motor) -> Tabell:
    """Deltaganden with personuppgifter beside those that have none. Its share: personuppgifter of all but volym."""
    matt, ar = motor.rakna([ANTAL, UNIKA], [()]).rad(), motor.arsvarden().rad()
    deltaganden, anonyma, aterkallade, volym, unika = map(
        heltal, (matt["antal"], ar["anonyma"], ar["aterkallade"], ar["antal_volym"], matt["unika"])
    )
    celler = (deltaganden, anonyma, aterkallade, volym, andel(deltaganden, deltaganden + anonyma + aterkallade), unika)
    rad = Rad(celler, insatser=heltal(ar["med_personuppgifter"]), hela=motor.urval.hela_organisationer)
    kolumner = _utvalda(motor, KOLUMNER, ("personuppgifter", "andel", "unika"))
    return Tabell(TACKNING, "Täckning", kolumner, (rad,), underlag={VALDA: deltaganden}, alla=deltaganden)


def underlagstabell(motor: Motor, tackning: Tabell) -> Tabell:
    """How many of those who ended were measured a second time, in the insatser of the täckning."""
    utfall = motor.rakna([AVSLUTADE_MATT, AVSLUTADE_MED_MATNING], [()]).rad()
    avslutade, matta = utfall["avslutade"], utfall["avslutade_med_matning"]
    rad = replace(tackning.rader[0], celler=(avslutade, matta, andel(matta, avslutade)))
    kolumner = _utvalda(motor, UNDERLAGSKOLUMNER, ("avslutade", "avslutade_med_matning", "andel"))
    return Tabell(UNDERLAG, "Underlag för före och efter", kolumner, (rad,), underlag=dict.fromkeys(("", VALDA), avslutade), alla=avslutade)


def _utvalda(motor: Motor, kolumner: Sequence[Kolumn], nycklar: Collection[str]) -> tuple[Kolumn, ...]:
    """Persons who are picked out by a filter are no longer a head count without attributes."""
    if not motor.urval.personer:
        return tuple(kolumner)
    return tuple(
        replace(kolumn, personer=False, egenskap=not kolumn.raknas_om, bas=VALDA) if kolumn.nyckel in nycklar else kolumn
        for kolumn in kolumner
    )


def tackning(tabeller: Mapping[str, Tabell]) -> Tackning | None:
    """The sentence about it. A report of before and after rests on even fewer, and says that first."""
    personuppgifter, anonyma, aterkallade, volym, del_, _ = tabeller[TACKNING].rader[0].celler
    if del_ is None:
        return None
    med = f"{i_ord(personuppgifter)} deltagare är registrerade med personuppgifter{_procent(del_)}"
    if personuppgifter == DOLT_TAL:
        med = "Hur många deltagare som är registrerade med personuppgifter visas inte"
    delar = [f"{med}, {i_ord(anonyma)} är anonyma och {i_ord(aterkallade)} har återtagit samtycket."]
    if volym:
        delar.append(f"I volyminsatser räknades {i_ord(volym)}.")
    if UNDERLAG not in tabeller:
        return Tackning(" ".join(delar), del_ if isinstance(del_, int) else None)
    avslutade, matta, andel_matta = tabeller[UNDERLAG].rader[0].celler if tabeller[UNDERLAG].rader else (DOLT_TAL,) * 3
    if matta == DOLT_TAL:
        delar.insert(0, "Hur många avslutade deltagare som före och efter bygger på visas inte.")
    else:
        delar.insert(0, f"Före och efter bygger på {i_ord(matta)} av {i_ord(avslutade)} avslutade deltagare.")
    return Tackning(" ".join(delar), andel_matta if isinstance(andel_matta, int) else None)


def forsiktighet(tabell: Tabell, underlag: Tabell | None, *, bland_flera: bool = False) -> tuple[str, ...]:
    """A caution under a table whose shares are of few: of the table's own total, or of those measured twice.

    `bland_flera`: the table will stand beside those of other selections, and one sentence shall do for all that it holds for.
    """
    andelar = [nr for nr, kolumn in enumerate(tabell.kolumner) if kolumn.nyckel in ("andel", "efter_andel")]
    if tabell.kolumner[0].ar_tal or not any(isinstance(rad.celler[nr], int) for rad in tabell.rader for nr in andelar):
        return ()
    alla = tabell.summa.celler[3] if tabell.summa else underlag and matta(underlag)
    if not isinstance(alla, int) or not 0 < alla < FA:
        return ()
    return (f"Andelarna bygger på {f'färre än {FA}' if bland_flera else f'bara {antal(alla)}'} deltagare. Tolka dem försiktigt.",)


def matta(underlag: Tabell) -> Cell:
    """How many were measured twice, as the protected table says it."""
    return underlag.rader[0].celler[1] if underlag.rader else DOLT_TAL


def _procent(del_: object) -> str:
    return f" ({procent(del_)})" if isinstance(del_, int) else ""
