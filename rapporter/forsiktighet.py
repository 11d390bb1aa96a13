"""Cautions under tables whose shares, means or medians rest on few. They are made of protected cells, so they tell nothing hidden."""

from collections.abc import Collection, Iterable, Sequence

from rapporter.omrakning import DOLT_TAL, Given
from rapporter.tabell import Cell, Tabell, Typ, heltal
from sus.core.formatering import antal

UNDERLAG = "underlag"
ANDELAR = ("andel", "fore_andel", "efter_andel")
FA = 30  # of fewer, a share or a mean says little
MEDEL = {Typ.ANDEL: "Medelvärden", Typ.DAGAR: "Medelvärden och medianer"}


def forsiktighet(tabell: Tabell, underlag: Tabell | None, *, bland_flera: bool = False) -> tuple[str, ...]:
    """The cautions under a table whose täckning, shares, means or medians are of few.

    `bland_flera`: the table will stand beside those of other selections, and one sentence shall do for all that it holds for.
    """
    medel = next((MEDEL[kolumn.typ] for kolumn in tabell.kolumner if kolumn.medel_av), "")
    if tabell.nyckel == UNDERLAG:
        return rad_for_rad(tabell, "Andelar", av=("avslutade",))
    return (
        *om_given(tabell),
        *om_andelarna("Andelarna", tabell, underlag, bland_flera=bland_flera),
        *rad_for_rad(tabell, medel),
    )


def om_given(tabell: Tabell) -> tuple[str, ...]:
    """Of a share that is made of more than its row. Where it is printed, so are the head counts that it is made of."""
    given = [(nr, kolumn.raknas_om.av) for nr, kolumn in enumerate(tabell.kolumner) if isinstance(kolumn.raknas_om, Given)]
    return om_tackning_av_fa((rad.celler[nr], av) for rad in tabell.rader for nr, av in given)


def om_tackning_av_fa(tackningar: Iterable[tuple[Cell, int]]) -> tuple[str, ...]:
    """`tackningar`: each as it is printed, and of how many."""
    return _om_fa("Täckning", any(isinstance(tackning, int) and _ar_fa(av) for tackning, av in tackningar))


def om_andelarna(andelarna: str, tabell: Tabell, underlag: Tabell | None, *, bland_flera: bool = False) -> tuple[str, ...]:
    """Of shares that all rest on as many: the table's own total, or else those measured twice. `andelarna`: what to call them."""
    platser = [nr for nr, kolumn in enumerate(tabell.kolumner) if kolumn.nyckel in ANDELAR]
    if tabell.kolumner[0].ar_tal or not any(isinstance(rad.celler[nr], int) for rad in tabell.rader for nr in platser):
        return ()
    alla = tabell.summa.celler[3] if tabell.summa else matta(underlag) if underlag else None
    if not _ar_fa(alla):
        return ()
    return (f"{andelarna} bygger på {f'färre än {FA}' if bland_flera else f'bara {antal(heltal(alla))}'} deltagare. Tolka dem försiktigt.",)


def rad_for_rad(
    tabell: Tabell, vad: str, *, andelar: Collection[str] = ANDELAR, av: Sequence[str] = (), bland: str = "deltagare"
) -> tuple[str, ...]:
    """Of figures that each rest on counts in their own row: means and medians, or shares of the columns `av` together.

    `vad` is what to call them and `bland` whom they are about.
    """
    platser = {kolumn.nyckel: nr for nr, kolumn in enumerate(tabell.kolumner)}
    bygger_pa = {nr: [platser[kolumn.medel_av]] for nr, kolumn in enumerate(tabell.kolumner) if kolumn.medel_av}
    if av:
        bygger_pa |= {platser[nyckel]: [platser[del_] for del_ in av] for nyckel in andelar if nyckel in platser}
    rader = [*(rad.celler for rad, _ in tabell.med_delsummor()), *([tabell.summa.celler] if tabell.summa else [])]
    fa = any(
        isinstance(celler[nr], int) and _ar_fa(sum(heltal(celler[bas]) for bas in baser))
        for celler in rader
        for nr, baser in bygger_pa.items()
    )
    return _om_fa(vad, fa, bland)


def _om_fa(vad: str, fa: bool, bland: str = "deltagare") -> tuple[str, ...]:
    return (f"{vad} som bygger på färre än {FA} {bland} ska tolkas försiktigt.",) if fa else ()


def matta(underlag: Tabell) -> Cell:
    """How many were measured twice, as the protected table says it."""
    return underlag.rader[0].celler[1] if underlag.rader else DOLT_TAL


def _ar_fa(cell: Cell) -> bool:
    return isinstance(cell, int) and 0 < cell < FA
