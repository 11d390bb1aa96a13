"""How much of all participation a report about deltagare rests on (docs/regler.md 10.2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapporter import skydd
from rapporter.definitioner.deltagare.delar import GRUND, per_kon, vittnen
from rapporter.diagram import av_hela, i_ord
from rapporter.forsiktighet import UNDERLAG
from rapporter.helar import markta
from rapporter.matt import ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, UNIKA
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import DOLT_TAL, Given, andel_av
from rapporter.tabell import Cell, Kolumn, Rad, Tabell, Tackning, Typ, heltal
from rapporter.urval import Urval
from sus.core.formatering import andel, procent

TACKNING = "tackning"
VALDA = "valda"  # the base of those whom a filter on persons picks out
TACKNING_I_ORD = (
    "deltagare med personuppgifter av alla, med anonyma och återtagna samtycken. Volyminsatser ingår inte. "
    "I de insatser som pågår under perioden räknas alla deltagare under hela kalenderår, också när perioden är kortare eller bara "
    "några deltagare är valda."
)
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
    Kolumn("avslutade_med_matning", AVSLUTADE_MED_MATNING.rubrik, Typ.ANTAL, egenskap=True, rest_av="avslutade"),
    Kolumn("andel", "Andel med mätning", Typ.ANDEL, raknas_om=andel_av("avslutade_med_matning", "avslutade")),
)
VITTNEN = (*vittnen("avslutade"), *vittnen("avslutade_med_matning"))


def tackningstabell(motor: Motor) -> Tabell:
    """Deltaganden with personuppgifter in the selection, beside those of the whole years that have none.

    Its share is that of all in the insatser during the whole years (`tackningens_andel`), whatever period and deltagare are selected.
    """
    urval, alla = motor.urval, motor.urval.for_tackning
    utfall, ar = motor.rakna([ANTAL, UNIKA], GRUND if urval.personer else [()]), motor.arsvarden().rad()
    matt = utfall.rad()
    deltaganden, anonyma, aterkallade, volym, unika = map(
        heltal, (matt["antal"], ar["anonyma"], ar["aterkallade"], ar["antal_volym"], matt["unika"])
    )
    under_aren = deltaganden if alla == urval else replace(motor, urval=alla).rakna([ANTAL], [()]).rad()["antal"]
    exakt, skyddad = tackningens_andel(under_aren, ar, hela=alla.hela_organisationer)
    given = Given(skyddad, under_aren + anonyma + aterkallade)
    rad = Rad(
        (deltaganden, anonyma, aterkallade, volym, exakt, unika), insatser=heltal(ar["med_personuppgifter"]), hela=urval.hela_organisationer
    )
    kolumner = (replace(kolumn, raknas_om=given) if kolumn.nyckel == "andel" else kolumn for kolumn in KOLUMNER)
    tabell = Tabell(
        TACKNING,
        "Täckning",
        markta(_utvalda(motor, tuple(kolumner), ("personuppgifter", "unika")), urval, "andel"),
        (rad,),
        noter=_om_andelen(urval),
        underlag={VALDA: deltaganden},
        alla=deltaganden,
    )
    if not urval.personer:
        return tabell
    vagda = tuple(replace(kolumn, bas=VALDA) for kolumn in vittnen("personuppgifter"))
    skyddade = (replace(rad, celler=(*rad.celler, *per_kon(utfall, ANTAL)[:2])),)
    return replace(tabell, skyddad=replace(tabell, kolumner=(*tabell.kolumner, *vagda), rader=skyddade))


def tackningens_andel(deltaganden: int, ar: Mapping[str, Any], *, hela: bool) -> tuple[Cell, Cell]:
    """Per cent with personuppgifter of all during whole years: exact, and of the protected head counts (rule 7).

    Numerator: `deltaganden`, all with personuppgifter in the years. Denominator: they, anonyma and återtagna. Volym is left out.
    """
    tal = (deltaganden, heltal(ar["anonyma"]), heltal(ar["aterkallade"]))
    rad = Rad((*tal, 0, andel(deltaganden, sum(tal)), 0), insatser=heltal(ar["med_personuppgifter"]), hela=hela)
    tabell = Tabell(TACKNING, "", KOLUMNER, (rad,))
    return tabell.kolumn("andel")[0], skydd.skydda(tabell).kolumn("andel")[0]


def _om_andelen(urval: Urval) -> tuple[str, ...]:
    """Whose share it is, when it is not that of the row."""
    if urval == urval.for_tackning:
        return ()
    vilka = _alla_under_aren(urval)
    if urval.personer:
        return (f"Täckningen är räknad på {vilka}, oavsett urvalet på deltagare, för att anonyma räknas per år och alla tillsammans.",)
    return (f"Täckningen är räknad på {vilka}, för att anonyma bara räknas per år.",)


def _alla_under_aren(urval: Urval) -> str:
    """Whom the share is of: an insats of the years that does not run in the period is left out."""
    insatser = "" if urval.hela_ar or urval.insats else " i de insatser som pågår under perioden"
    return f"alla deltagare under hela {urval.ar_i_ord}{insatser}"


def underlagstabell(motor: Motor, tackning: Tabell) -> Tabell:
    """How many of those who ended were measured a second time, in the insatser of the täckning."""
    utfall = motor.rakna([AVSLUTADE_MATT, AVSLUTADE_MED_MATNING], GRUND)
    return underlag_av(utfall, tackning.rader[0], _utvalda(motor, UNDERLAGSKOLUMNER, ("avslutade", "avslutade_med_matning", "andel")))


def underlag_av(utfall: Resultat, rad: Rad, kolumner: tuple[Kolumn, ...]) -> Tabell:
    """Avslutade med mätning ÷ avslutade in the period; who goes on is left out. `rad` tells whose head count it is.

    Protected with the kvinnor and män whom other tables print.
    """
    *avslutade_per_kon, avslutade = per_kon(utfall, AVSLUTADE_MATT)
    *matta_per_kon, matta = per_kon(utfall, AVSLUTADE_MED_MATNING)
    rad = replace(rad, celler=(avslutade, matta, andel(matta, avslutade)))
    exakt = Tabell(
        UNDERLAG, "Underlag för före och efter", kolumner, (rad,), underlag=dict.fromkeys(("", VALDA), avslutade), alla=avslutade
    )
    vagd = replace(rad, celler=(*rad.celler, *avslutade_per_kon, *matta_per_kon))
    return replace(exakt, skyddad=replace(exakt, kolumner=(*kolumner, *VITTNEN), rader=(vagd,)))


def _utvalda(motor: Motor, kolumner: Sequence[Kolumn], nycklar: Collection[str]) -> tuple[Kolumn, ...]:
    """Persons who are picked out by a filter are no longer a head count without attributes."""
    if not motor.urval.personer:
        return tuple(kolumner)
    return tuple(
        replace(kolumn, personer=False, egenskap=not kolumn.raknas_om, bas=VALDA) if kolumn.nyckel in nycklar else kolumn
        for kolumn in kolumner
    )


def tackning(tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
    """The sentence about it. A report of before and after rests on even fewer, and says that first."""
    del_ = tabeller[TACKNING].kolumn("andel")[0]
    if del_ is None:
        return None
    delar = _i_ord(tabeller[TACKNING].rader[0].celler, urval)
    if UNDERLAG not in tabeller:
        return Tackning(" ".join(delar), del_ if isinstance(del_, int) else None)
    avslutade, matta, andel_matta = tabeller[UNDERLAG].rader[0].celler if tabeller[UNDERLAG].rader else (DOLT_TAL,) * 3
    if matta == DOLT_TAL:
        delar.insert(0, "Hur många avslutade deltagare som före och efter bygger på visas inte.")
    else:
        delar.insert(0, f"Före och efter bygger på {av_hela(matta, avslutade)} avslutade deltagare.")
    return Tackning(" ".join(delar), andel_matta if isinstance(andel_matta, int) else None, rubrik="Underlag")


def _i_ord(celler: Sequence[Cell], urval: Urval) -> list[str]:
    """The cells of the täckning, and which of them are about more than the selection."""
    personuppgifter, anonyma, aterkallade, volym, del_, _ = celler
    med = f"{i_ord(personuppgifter)} deltagare är registrerade med personuppgifter"
    if personuppgifter == DOLT_TAL:
        med = "Hur många deltagare som är registrerade med personuppgifter visas inte"
    visad, aren = procent(del_) if isinstance(del_, int) else "", f"hela {urval.ar_i_ord}"
    if urval == urval.for_tackning:
        procent_ = f" ({visad})" if visad else ""
        delar = [f"{med}{procent_}, {i_ord(anonyma)} är anonyma och {i_ord(aterkallade)} har återtagit samtycket."]
    else:
        utan = f"{i_ord(anonyma)} anonyma och {i_ord(aterkallade)} har återtagit samtycket"
        delar = [f"{med}.", f"Av {_alla_under_aren(urval)} är {utan}."]
        delar += [f"Täckningen är {visad}, räknad på {aren}."] if visad else []
    return [*delar, *([f"I volyminsatser räknades {i_ord(volym)}."] if volym else [])]
