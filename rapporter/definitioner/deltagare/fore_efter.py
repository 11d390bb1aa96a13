"""Försörjning and sysselsättning before and after the insats. Base of every share: avslutade med mätning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from deltagare.koder import Forsorjning
from rapporter.definitioner.deltagare.delar import GRUND, Rapporttyp, per_kon, vittnen
from rapporter.diagram import etikett, i_ord
from rapporter.forsiktighet import UNDERLAG, matta
from rapporter.matt import (
    AKTIVT_ARBETSSOKANDE_EJ,
    ARBETAR,
    ARBETE_ELLER_STUDIER,
    ARBETSSOKANDE_AF,
    ARBETSTYPER,
    AVSLUTADE_MATT,
    AVSLUTADE_MED_MATNING,
    FORSORJNING,
    FORSORJNINGSGRUPP,
    FORSORJNINGSGRUPPER,
    MEDELARBETSTID,
    MEDELSTUDIETID,
    OVRIGA,
    STUDERAR,
    Matt,
)
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import DOLT_TAL, andel_av_alla, forandring, forandring_andel
from rapporter.tabell import Cell, Diagram, Kolumn, Rad, Serie, Stapelrad, Tabell, Typ, i_grupp
from sus.core.formatering import andel, andel_forandring, antal, lista_i_ord, procent

OBEKANT = DOLT_TAL  # a change in per cent of nothing
FORE = i_grupp(
    "Före",
    Kolumn("fore_kvinna", "Före, kvinna", Typ.ANTAL, del_av="fore"),
    Kolumn("fore_man", "Före, man", Typ.ANTAL, del_av="fore"),
    Kolumn("fore", "Före, totalt", Typ.ANTAL, egenskap=True),
    Kolumn("fore_andel", "Före, andel", Typ.ANDEL, raknas_om=andel_av_alla("fore")),
)
EFTER = i_grupp(
    "Efter",
    Kolumn("efter_kvinna", "Efter, kvinna", Typ.ANTAL, del_av="efter"),
    Kolumn("efter_man", "Efter, man", Typ.ANTAL, del_av="efter"),
    Kolumn("efter", "Efter, totalt", Typ.ANTAL, egenskap=True),
    Kolumn("efter_andel", "Efter, andel", Typ.ANDEL, raknas_om=andel_av_alla("efter")),
)
FORANDRING = i_grupp(
    "Förändring",
    Kolumn("forandring", "Förändring, antal", Typ.ANTAL, tecken=True, raknas_om=forandring("fore", "efter")),
    Kolumn("forandring_andel", "Förändring, procent", Typ.ANDEL, tecken=True, raknas_om=forandring_andel("fore", "efter")),
)
OMFATTNINGSKOLUMNER = (
    Kolumn("kategori", "Omfattning"),
    *i_grupp(
        "Före",
        Kolumn("fore_antal", "Före, antal", Typ.ANTAL, egenskap=True),
        Kolumn("fore", "Före, av heltid", Typ.ANDEL, medel_av="fore_antal"),
    ),
    *i_grupp(
        "Efter",
        Kolumn("efter_antal", "Efter, antal", Typ.ANTAL, egenskap=True),
        Kolumn("efter", "Efter, av heltid", Typ.ANDEL, medel_av="efter_antal"),
    ),
)
MATTA = UNDERLAG, 0, AVSLUTADE_MED_MATNING.slug  # where the base of every share is printed
FLERA = "En deltagare kan ha flera försörjningar. Andelarna kan därför bli mer än 100 procent tillsammans."
# The columns of the underlag, which the tables rest on.
MATTA_I_ORD = (
    (AVSLUTADE_MATT.rubrik, AVSLUTADE_MATT.forklaring),
    (AVSLUTADE_MED_MATNING.rubrik, AVSLUTADE_MED_MATNING.forklaring),
    ("Andel med mätning", "avslutade med mätning delat med alla avslutade, avrundat till hela procent."),
)
KORTA = {
    Forsorjning.SJUKPENNING: "Sjukpenning, rehabiliteringspenning",
    Forsorjning.STUDIESTOD: "Studiestöd, studiemedel",
}


@dataclass(frozen=True)
class Jamford:
    """A row: its text and its measure before and after. `inom`: those whom it counts stand in another too."""

    text: str
    fore: Matt
    efter: Matt
    kort: str = ""
    inom: bool = False


def jamford(text: str, par: Sequence[Matt], kort: str = "", *, inom: bool = False) -> Jamford:
    fore, efter = par
    return Jamford(text, fore, efter, kort, inom)


SYSSELSATTNING = (
    jamford("Arbetar", ARBETAR, inom=True),
    jamford("Studerar", STUDERAR, inom=True),
    jamford("Arbete och/eller studier", ARBETE_ELLER_STUDIER),
    jamford("Aktivt arbetssökande som varken arbetar eller studerar", AKTIVT_ARBETSSOKANDE_EJ, "Arbetssökande, ej arbete/studier"),
    jamford("Övriga", OVRIGA),
)


def rakna(motor: Motor, *grupper: Sequence[Jamford], extra: Sequence[Matt] = ()) -> Resultat:
    """Every measure of the rows, all together and by kön, and the base of their shares."""
    matt = [m for rader in grupper for rad in rader for m in (rad.fore, rad.efter)]
    return motor.rakna([AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, *matt, *extra], GRUND)


def fore_efter_tabell(
    utfall: Resultat, nyckel: str, titel: str, rubrik: str, rader: Sequence[Jamford], noter: tuple[str, ...] = ()
) -> Tabell:
    """Counts and shares before and after, and the change in number and in per cent of what was."""
    avslutade, underlag = (utfall.rad()[matt.slug] for matt in (AVSLUTADE_MATT, AVSLUTADE_MED_MATNING))
    skrivna = tuple(Rad((rad.text, *_celler(utfall, rad, underlag)), kort=rad.kort, inom=rad.inom) for rad in rader)
    kolumner = (Kolumn("kategori", rubrik), *FORE, *EFTER, *FORANDRING)
    fordelning = ("fore", "efter")
    return Tabell(
        nyckel, titel, kolumner, skrivna, noter=noter, underlag={"": underlag}, alla=avslutade, fordelning=fordelning, bas_i=MATTA
    )


def _celler(utfall: Resultat, rad: Jamford, underlag: int) -> list[Cell]:
    fore, efter = per_kon(utfall, rad.fore), per_kon(utfall, rad.efter)
    okning = andel_forandring(fore[2], efter[2])
    return [
        *fore,
        andel(fore[2], underlag),
        *efter,
        andel(efter[2], underlag),
        efter[2] - fore[2],
        OBEKANT if okning is None else okning,
    ]


def fore_efter_diagram(tabell: Tabell, underlag: Cell) -> Diagram:
    """Before and after beside each other, with number and share."""
    platser = {kolumn.nyckel: nr for nr, kolumn in enumerate(tabell.kolumner)}
    rader, stora = [], []
    for rad in tabell.rader:
        fore, fore_andel, efter, efter_andel = (rad.celler[platser[namn]] for namn in ("fore", "fore_andel", "efter", "efter_andel"))
        texter = (_med_andel(fore, fore_andel), _med_andel(efter, efter_andel))
        rader.append(Stapelrad(etikett(rad), (fore, efter), texter=texter))
        if isinstance(fore, int) and isinstance(efter, int) and fore != efter:
            stora.append((abs(efter - fore), str(rad.celler[0]), fore, efter))
    storst = sorted(stora, key=lambda del_: -del_[0])[:2]
    delar = [f"{text} {'ökar' if efter > fore else 'minskar'} från {antal(fore)} till {antal(efter)}" for _, text, fore, efter in storst]
    return Diagram(
        tabell.nyckel,
        tabell.titel,
        f"Antal deltagare och andel av {'' if underlag == DOLT_TAL else f'{i_ord(underlag)} '}avslutade med mätning",
        f"{lista_i_ord(delar)}." if delar else "Ingen förändring att visa.",
        (Serie("Före insatsen", 2), Serie("Efter insatsen", 1)),
        tuple(rader),
    )


def _med_andel(varde: Cell, del_: Cell) -> str:
    return f"{i_ord(varde)} ({procent(del_)})" if isinstance(varde, int) and isinstance(del_, int) else i_ord(varde)


def matten_i_ord(*matten: Sequence[Matt]) -> list[tuple[str, str]]:
    """Each measure with its explanation, once for before and after."""
    return [(fore.rubrik, fore.forklaring) for fore, _ in matten]


class ForeEfter(Rapporttyp):
    """What the types of before and after have in common."""

    fore_efter = bara_avslutade = True

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        tabell = tabeller[self.tabell]
        return [fore_efter_diagram(tabell, matta(tabeller[UNDERLAG]))] if tabell.rader else []

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            *MATTA_I_ORD,
            ("Före och efter", "före är direkt före insatsen och efter är direkt efter den, enligt svaren vid in- och utregistreringen."),
            ("Andel", "antalet delat med alla avslutade med mätning, avrundat till hela procent."),
            ("Förändring i procent", f"efter minus före, delat med före. När ingen fanns före skrivs {OBEKANT}."),
            *self.matt_i_ord(),
        ]

    def matt_i_ord(self) -> list[tuple[str, str]]:
        return []


class Forsorjningstyp(ForeEfter):
    """Each kind of försörjning: deltagare who have it ÷ avslutade med mätning. Who has two kinds counts in both."""

    nyckel = "forsorjning"
    rubrik = "Försörjning"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        rader = [jamford(str(kod.label), FORSORJNING[kod], KORTA.get(kod, "")) for kod in Forsorjning]
        titel = "Offentlig försörjning före och efter"
        return [fore_efter_tabell(rakna(motor, rader), self.nyckel, titel, "Försörjning", rader, (FLERA,))]

    def matt_i_ord(self) -> list[tuple[str, str]]:
        return [
            ("Försörjning", "deltagare som har försörjningen, ensam eller tillsammans med andra. Den som har flera räknas på varje rad.")
        ]


class Forsorjningsgrupptyp(ForeEfter):
    """Who pays: deltagare with any of the group's kinds ÷ avslutade med mätning. A union, so nobody counts twice in a group."""

    nyckel = "forsorjningsgrupp"
    rubrik = "Försörjning, grupperad"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        rader = [jamford(rubrik, FORSORJNINGSGRUPP[slug]) for slug, rubrik, _ in FORSORJNINGSGRUPPER]
        titel = "Försörjning per grupp före och efter"
        return [fore_efter_tabell(rakna(motor, rader), self.nyckel, titel, "Grupp", rader, (FLERA,))]

    def matt_i_ord(self) -> list[tuple[str, str]]:
        grupper = [
            f"{rubrik} är {lista_i_ord([str(kod.label).lower() if kod != Forsorjning.A_KASSA else 'a-kassa' for kod in koder])}"
            for _, rubrik, koder in FORSORJNINGSGRUPPER
            if len(koder) > 1
        ]
        kommun = "Kommun är försörjningsstöd"
        return [("Grupper", f"{'. '.join([*grupper, kommun])}. Den som har flera försörjningar i en grupp räknas en gång i den.")]


class Sysselsattning(ForeEfter):
    """Work, studies and job seeking ÷ avslutade med mätning, the kind of work of those who work, and how much they do."""

    nyckel = "sysselsattning"
    rubrik = "Sysselsättning"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        grupper = {
            (self.nyckel, "Sysselsättning före och efter", "Sysselsättning"): SYSSELSATTNING,
            ("arbetssokande", "Aktivt arbetssökande före och efter", "Arbetssökande"): [
                jamford("Aktivt arbetssökande hos Arbetsförmedlingen", ARBETSSOKANDE_AF)
            ],
            ("arbetstyp", "Typ av arbete före och efter", "Typ av arbete"): [
                jamford(str(kod.label), par) for kod, par in ARBETSTYPER.items()
            ],
        }
        utfall = rakna(motor, *grupper.values(), extra=[*MEDELARBETSTID, *MEDELSTUDIETID])
        sysselsattning, arbetssokande, arbetstyp = (fore_efter_tabell(utfall, *namn, rader) for namn, rader in grupper.items())
        arbetssokande, arbetstyp = _med_resten(arbetssokande, utfall, ARBETSSOKANDE_AF), _med_resten(arbetstyp, utfall, ARBETAR)
        return [sysselsattning, arbetssokande, arbetstyp, _omfattning(utfall)]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        underlag = matta(tabeller[UNDERLAG])
        egna = super().diagram(tabeller)
        return [*egna, fore_efter_diagram(tabeller["arbetstyp"], underlag)] if egna and tabeller["arbetstyp"].rader else egna

    def matt_i_ord(self) -> list[tuple[str, str]]:
        arbetstyp = (
            f"{lista_i_ord([str(kod.label) for kod in ARBETSTYPER])}: det slag som den som arbetar har angett. "
            "Var och en räknas på en rad, och andelen är av alla avslutade med mätning."
        )
        return [
            *matten_i_ord(ARBETAR, STUDERAR, ARBETE_ELLER_STUDIER, AKTIVT_ARBETSSOKANDE_EJ, OVRIGA, ARBETSSOKANDE_AF),
            ("Typ av arbete", arbetstyp),
            *matten_i_ord(MEDELARBETSTID, MEDELSTUDIETID),
        ]


def _med_resten(tabell: Tabell, utfall: Resultat, av: Sequence[Matt]) -> Tabell:
    """The table, whose rows are of those that `av` counts, to be weighed with the others who were measured: with them it is a
    distribution. Else a hidden row of one would say that it is nearly all, and hidden kinds of work have less room than they seem.
    """
    alla = per_kon(utfall, AVSLUTADE_MED_MATNING)
    fore, efter = ([antal - har for antal, har in zip(alla, per_kon(utfall, matt), strict=True)] for matt in av)
    return replace(tabell, skyddad=replace(tabell, andra_rader=(Rad(("Övriga", *fore, None, *efter, None, None, None)),)))


def _omfattning(utfall: Resultat) -> Tabell:
    """Mean per cent of full time among those who do it, and how many they are. Protected as sysselsättning, of which these are rows."""
    alla = utfall.rad()
    rader, skyddade = [], []
    for rubrik, gor, medel in (("Medelarbetstid", ARBETAR, MEDELARBETSTID), ("Medelstudietid", STUDERAR, MEDELSTUDIETID)):
        celler = tuple(cell for nr in (0, 1) for cell in (alla[gor[nr].slug], alla[medel[nr].slug]))
        rader.append(Rad((rubrik, *celler), inom=True))
        skyddade.append(Rad((rubrik, *celler, *(antal for matt in gor for antal in per_kon(utfall, matt)[:2])), inom=True))
    exakt = Tabell(
        "omfattning",
        "Omfattning före och efter",
        OMFATTNINGSKOLUMNER,
        tuple(rader),
        underlag={"": alla[AVSLUTADE_MED_MATNING.slug]},
        alla=alla[AVSLUTADE_MATT.slug],
        fordelning=("fore_antal", "efter_antal"),
    )
    andra = [(rad.text, per_kon(utfall, rad.fore), per_kon(utfall, rad.efter)) for rad in SYSSELSATTNING if not rad.inom]
    skyddad = replace(
        exakt,
        kolumner=(*OMFATTNINGSKOLUMNER, *vittnen("fore_antal"), *vittnen("efter_antal")),
        rader=tuple(skyddade),
        andra_rader=tuple(Rad((text, fore[2], None, efter[2], None, *fore[:2], *efter[:2])) for text, fore, efter in andra),
    )
    return replace(exakt, skyddad=skyddad)
