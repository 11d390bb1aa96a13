"""Nationell rapport: län and förbund as rows, with head counts, täckning, results and money (docs/regler.md 10)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, ClassVar

from django import forms

from organisations.sammanstallning import summa_av_kanda
from rapporter import skydd
from rapporter.definition import Definition
from rapporter.definitioner.deltagare.fore_efter import SYSSELSATTNING, fore_efter_tabell
from rapporter.definitioner.deltagare.tackning import TACKNING_I_ORD, UNDERLAGSKOLUMNER, tackningens_andel, underlag_av
from rapporter.definitioner.standard.diagram import FORE_EFTER, andelar_i_ord, andelsrad
from rapporter.diagram import ritas
from rapporter.forbund import Forbund, forbund
from rapporter.forklaringar import ANTAL_VOLYM, ESF, UTAN_PERSONUPPGIFTER
from rapporter.forms import NIVAER, ManaderForm
from rapporter.forsiktighet import om_tackning_av_fa, rad_for_rad
from rapporter.helar import markta, not_om_helar
from rapporter.matt import ANTAL, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, NYA, PAGAENDE
from rapporter.motor import Motor, Personinsats, Resultat, uppdelningar
from rapporter.omrakning import DOLT_TAL
from rapporter.rojande import Urvalsdel
from rapporter.tabell import Cell, Diagram, Form, Kolumn, Rad, Tabell, Typ
from rapporter.urval import Niva, Urval
from sus.core.sortering import sortnyckel

HUVUDTAL = (ANTAL, NYA, AVSLUTADE_MATT, PAGAENDE)
RADEN = "Arbete och/eller studier"
PENGAR = ("budget", "utfall", "esf_budget", "esf_utfall")
RESULTAT = (
    Kolumn("avslutade_med_matning", "Avslutade med mätning", Typ.ANTAL),
    Kolumn("fore", "Arbete eller studier före", Typ.ANTAL),
    Kolumn("fore_andel", "Före, andel", Typ.ANDEL),
    Kolumn("efter", "Arbete eller studier efter", Typ.ANTAL),
    Kolumn("efter_andel", "Efter, andel", Typ.ANDEL),
)
KOLUMNER = (
    Kolumn("insatser", "Insatser", Typ.ANTAL),
    Kolumn("antal", "Antal", Typ.ANTAL, personer=True),
    Kolumn("nya", "Nya", Typ.ANTAL, personer=True),
    Kolumn("avslutade", "Avslutade", Typ.ANTAL, personer=True),
    Kolumn("pagaende", "Pågående", Typ.ANTAL, personer=True),
    Kolumn("anonyma", "Anonyma", Typ.ANTAL, personer=True),
    Kolumn("aterkallade", "Återtagna samtycken", Typ.ANTAL, personer=True),
    Kolumn("antal_volym", "I volyminsatser", Typ.ANTAL),
    Kolumn("tackning", "Täckning", Typ.ANDEL),
    *RESULTAT,
    Kolumn("budget", "Budget", Typ.KRONOR),
    Kolumn("utfall", "Utfall", Typ.KRONOR),
    Kolumn("esf_budget", "ESF, budget", Typ.KRONOR),
    Kolumn("esf_utfall", "ESF, utfall", Typ.KRONOR),
)
TACKNINGEN = [kolumn.nyckel for kolumn in KOLUMNER].index("tackning")
LAN = (Kolumn("lan", "Län"), Kolumn("forbund", "Förbund", Typ.ANTAL), *KOLUMNER)
FORBUND = (Kolumn("samverkansorganisation", "Samverkansorganisation"), Kolumn("lan", "Län"), *KOLUMNER)
EJ_VISADE = {"avslutade", "aterkallade", "antal_volym", "fore", "efter", "esf_budget", "esf_utfall"}
SORTERBARA = list(dict.fromkeys(kolumn.nyckel for kolumn in (*LAN, *FORBUND)))


class NationellForm(ManaderForm):
    """For riket or one län. `sortera` is a column, with "-" before it for the largest first."""

    huvudfalt: ClassVar[list[str]] = ["fran", "till", "niva", "lan"]
    nivaer: ClassVar = [val for val in NIVAER if val[0] in (Niva.RIKET, Niva.LAN)]

    sortera = forms.ChoiceField(
        required=False,
        help_text="Kolumnen som raderna ordnas efter, med minus före när det största ska stå först.",
        widget=forms.HiddenInput,
        choices=[(f"{tecken}{namn}", namn) for namn in SORTERBARA for tecken in ("", "-")],
        error_messages={"invalid_choice": "Tabellen kan inte sorteras på %(value)s."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]

    @staticmethod
    def forslag(anvandare) -> dict[str, Any]:
        return {**ManaderForm.forslag(anvandare), "niva": Niva.RIKET}


class Nationell(Definition):
    """Row: a län, or a samverkansorganisation that there was in the period. Deltaganden with personuppgifter, and money of whole years.

    Täckning: those with personuppgifter ÷ they, anonyma and återtagna samtycken, all of the whole calendar years. Results: those who
    work or study before and after ÷ avslutade med mätning of the period. Volym is in neither.
    """

    nyckel = "nationell"
    meny = "Nationell rapport"
    titel = "Nationell rapport"
    ingress = "Län och förbund rad för rad: deltagare, täckning, resultat och pengar. Tabellerna kan sorteras på varje kolumn."
    form_class = NationellForm

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        return nationella_tabeller(motor)

    def ordnade(self, tabeller: Sequence[Tabell], val: Mapping) -> list[Tabell]:
        return [sorterad(tabell, val.get("sortera") or "") for tabell in tabeller]

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        return om_fa_matta(tabeller)

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        """Shares before and after, län by län."""
        tabell = tabeller["lan"]
        namn, *andelar = (tabell.kolumn(nyckel) for nyckel in ("lan", "fore_andel", "efter_andel"))
        rader = tuple(andelsrad(str(lan), varden) for lan, varden in zip(namn, zip(*andelar, strict=True), strict=True))
        if not ritas(rader):
            return []
        titel, ingress = "Arbete eller studier före och efter", "Andel av avslutade med mätning, per län."
        return [Diagram(tabell.nyckel, titel, ingress, andelar_i_ord(rader), FORE_EFTER, rader, Form.PUNKTER)]

    def definitioner(self, val: Mapping, urval) -> list[tuple[str, str]]:
        return definitioner()


def definitioner() -> list[tuple[str, str]]:
    return [
        *((matt.rubrik, matt.forklaring) for matt in HUVUDTAL),
        *UTAN_PERSONUPPGIFTER,
        ("I volyminsatser", ANTAL_VOLYM),
        ("Län", "det län där samverkansorganisationen räknas. Den som arbetar i flera län räknas i ett av dem."),
        ("Täckning", TACKNING_I_ORD),
        (AVSLUTADE_MED_MATNING.rubrik, AVSLUTADE_MED_MATNING.forklaring),
        (
            "Före och efter",
            "andelen av avslutade med mätning som arbetar, studerar eller gör båda. Den som gör båda räknas en gång.",
        ),
        ("Budget och utfall", f"insatskostnader i kronor för hela de kalenderår som perioden rör. {ESF}"),
    ]


def nationella_tabeller(motor: Motor, ej_visade: Collection[str] = EJ_VISADE) -> list[Tabell]:
    """Län, then förbund, in the order of their names; both end with the whole selection. Files for programs have every column."""
    alla = sorted(forbund(motor), key=lambda ett: sortnyckel(ett.namn))
    tal, period = _Tal(motor), motor.urval.i_ord[0][1].lower()
    lan = sorted({(ett.lan, ett.lansnamn) for ett in alla}, key=lambda par: sortnyckel(par[1]))
    i_lan = {kod: [ett for ett in alla if ett.lan == kod] for kod, _ in lan}
    lansrader = [((namn, len(i_lan[kod])), tal.av(i_lan[kod], lan=kod)) for kod, namn in lan]
    rader = [((ett.namn, ett.lansnamn), tal.av([ett], samverkansorganisation=ett.id)) for ett in alla]
    hela = tal.av(alla)
    rubrik, urval = "Samverkansorganisationer", motor.urval
    return [
        _tabell("lan", f"Län {period}", "Län", LAN, lansrader, (("Totalt", len(alla)), hela), ej_visade, urval),
        _tabell("forbund", f"{rubrik} {period}", rubrik, FORBUND, rader, (("Totalt", None), hela), ej_visade, urval),
    ]


def om_fa_matta(tabeller: Mapping[str, Tabell]) -> dict[str, tuple[str, ...]]:
    """A caution under each of the two tables where the results of some row rest on few."""
    av, bland = (AVSLUTADE_MED_MATNING.slug,), "avslutade med mätning"
    return {nyckel: rad_for_rad(tabeller[nyckel], "Andelar", av=av, bland=bland) for nyckel in ("lan", "forbund")}


@dataclass(frozen=True)
class _Enhet:
    """A unit's exact cells, the ones to protect, and of how many its täckning is."""

    exakt: Rad
    att_skydda: Rad
    under_aren: int


class _Tal:
    """What the engine says of every län and samverkansorganisation, asked once."""

    def __init__(self, motor: Motor) -> None:
        matt = [*HUVUDTAL, AVSLUTADE_MED_MATNING, *(m for rad in SYSSELSATTNING for m in (rad.fore, rad.efter))]
        grupper: list[tuple[str, ...]] = [("lan",), ("samverkansorganisation",), ()]
        self.antal = motor.rakna(matt, _med_kon(grupper))
        self.personinsatser = _per("samverkansorganisation", motor.personinsatser)
        enheter = (*self.personinsatser.values(), *_per("lan", motor.personinsatser).values(), motor.personinsatser)
        delade = {nyckel for rader in enheter for delar in uppdelningar(rader) for dimension, nyckel in delar if dimension == "insats"}
        self.per_insats = replace(motor, insatser=tuple(sorted(delade))).rakna(matt, _med_kon([("insats",)]))
        self.ar = motor.arsvarden()
        aren = motor.urval.for_tackning
        self.under_aren = self.antal if aren == motor.urval else replace(motor, urval=aren).rakna([ANTAL], grupper)
        self.hela = motor.urval.hela_organisationer

    def av(self, alla: Sequence[Forbund], **grupp: Any) -> _Enhet:
        """Täckning and results are protected here, as in the unit's own Deltagarrapport.

        Where there are no persons there is nothing to protect.
        """
        delar = [rad for ett in alla if (rad := self.ar.rad(samverkansorganisation=ett.id))["insatser"]]
        inom = self.antal.for_grupp(**grupp)
        varden = {
            **{namn: summa_av_kanda(del_[namn] for del_ in delar) for namn in PENGAR},
            **{namn: sum(del_[namn] or 0 for del_ in delar) for namn in ("insatser", "anonyma", "aterkallade", "antal_volym")},
            **inom.rad(),
        }
        varden["med_personuppgifter"] = sum(del_["med_personuppgifter"] for del_ in delar)
        under_aren = self.under_aren.for_grupp(**grupp).rad()["antal"]
        tackning = tackningens_andel(under_aren, varden, hela=self.hela)
        exakta = {"tackning": tackning[0], **_resultat(*_resultattabeller(inom))}
        har_personer = any(ett.id in self.personinsatser for ett in alla)
        skyddade = {"tackning": tackning[1], **self._skyddat(inom, alla)} if har_personer else exakta

        def med(egna: dict[str, Cell]) -> Rad:
            celler = tuple((varden | egna)[kolumn.nyckel] for kolumn in KOLUMNER)
            return Rad(celler, insatser=varden["med_personuppgifter"], hela=self.hela)

        return _Enhet(med(exakta), med(skyddade), under_aren + varden["anonyma"] + varden["aterkallade"])

    def _skyddat(self, inom: Resultat, alla: Sequence[Forbund]) -> dict[str, Cell]:
        """The two tables, as they are protected in the unit's own report."""
        satt = uppdelningar([rad for ett in alla for rad in self.personinsatser.get(ett.id, ())])
        delar = [[_resultattabeller(self._del(*grupp)) for grupp in grupper] for grupper in satt]
        skyddade: dict[str, Tabell] = {}
        for nr, tabell in enumerate(_resultattabeller(inom)):
            delade = [[Urvalsdel(del_[nr]) for del_ in uppdelning] for uppdelning in delar]
            skyddade[tabell.nyckel] = skydd.skydda(tabell, uppdelningar=delade, bas=skydd.skriven_bas(tabell, skyddade))
        return _resultat(*skyddade.values())

    def _del(self, dimension: str, nyckel: Any) -> Resultat:
        return (self.per_insats if dimension == "insats" else self.antal).for_grupp(**{dimension: nyckel})


def _per(dimension: str, personinsatser: Iterable[Personinsats]) -> dict[Any, list[Personinsats]]:
    grupper: dict[Any, list[Personinsats]] = {}
    for rad in personinsatser:
        grupper.setdefault(getattr(rad, dimension), []).append(rad)
    return grupper


def _med_kon(grupper: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [*grupper, *((*grupp, "kon") for grupp in grupper)]


def _resultattabeller(inom: Resultat) -> tuple[Tabell, Tabell]:
    """How many were measured twice, and the unit's own table about work and studies."""
    return underlag_av(inom, Rad(()), UNDERLAGSKOLUMNER), fore_efter_tabell(inom, "sysselsattning", "", "", SYSSELSATTNING)


def _resultat(underlag: Tabell, utfall: Tabell) -> dict[str, Cell]:
    """The cells of the two, exact or protected, that stand in the row of the unit."""
    platser = {kolumn.nyckel: nr for nr, kolumn in enumerate(utfall.kolumner)}
    egen = next((del_.celler for del_ in utfall.rader if del_.celler[0] == RADEN), ())
    celler: dict[str, Cell] = {namn: egen[platser[namn]] if egen else DOLT_TAL for namn in ("fore", "fore_andel", "efter", "efter_andel")}
    return {"avslutade_med_matning": underlag.rader[0].celler[1] if underlag.rader else DOLT_TAL, **celler}


def _tabell(
    nyckel: str, titel: str, rubrik: str, kolumner: Sequence[Kolumn], rader, summa, ej_visade: Collection[str], urval: Urval
) -> Tabell:
    """`rader`: each with its first cells, and the unit."""

    def bygg(version: Callable[[_Enhet], Rad]) -> Tabell:
        def med(forst: tuple[Cell, ...], en: _Enhet) -> Rad:
            return replace(version(en), celler=(*forst, *version(en).celler))

        tackningar = ((version(en).celler[TACKNINGEN], en.under_aren) for _, en in (*rader, summa))
        return Tabell(
            nyckel,
            titel,
            markta(kolumner, urval, "tackning"),
            tuple(med(*rad) for rad in rader),
            med(*summa),
            noter=(*not_om_helar(urval), *om_tackning_av_fa(tackningar)),
            bred=True,
            rubrik=rubrik,
            visade=tuple(kolumn.nyckel for kolumn in kolumner if kolumn.nyckel not in ej_visade),
            underlag={"resultat": 0},
        )

    return replace(bygg(attrgetter("exakt")), skyddad=bygg(attrgetter("att_skydda")))


def sorterad(tabell: Tabell, sortering: str) -> Tabell:
    """The printed rows in the order of their printed cells: a hidden one stands below every number, and equals by name."""
    nycklar = [kolumn.nyckel for kolumn in tabell.kolumner]
    tabell = replace(tabell, sorteras=True)
    if sortering.removeprefix("-") not in nycklar:
        return tabell
    plats = nycklar.index(sortering.removeprefix("-"))
    i_ordning = sorted(tabell.rader, key=lambda rad: _ordning(rad.celler[plats]), reverse=sortering.startswith("-"))
    return replace(tabell, rader=tuple(i_ordning), sortering=sortering)


def _ordning(cell: Cell) -> tuple[int, Any]:
    if isinstance(cell, int):
        return 2, cell
    if cell in (None, DOLT_TAL):
        return 0, 0
    return (1, 0) if cell == skydd.DOLT else (3, sortnyckel(str(cell)))
