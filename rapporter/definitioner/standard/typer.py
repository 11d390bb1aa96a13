"""The six types of Standardrapport deltagare, in the order of the selection (docs/regler.md 10.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from deltagare.koder import Forsorjning
from rapporter.definitioner.deltagare.delar import ANDEL, GRUND, KON, Rapporttyp, antal_kvinnor_och_man, kondiagram, per_kon
from rapporter.definitioner.deltagare.fordelning import TidIInsats
from rapporter.definitioner.deltagare.fore_efter import (
    EFTER,
    FLERA,
    MATTA,
    MATTA_I_ORD,
    SYSSELSATTNING,
    ForeEfter,
    Forsorjningstyp,
    fore_efter_tabell,
    matten_i_ord,
    rakna,
)
from rapporter.definitioner.standard.diagram import Jamforda, delar, punkter
from rapporter.diagram import av_hela, i_ord
from rapporter.matt import (
    AKTIVT_ARBETSSOKANDE_EJ,
    ARBETAR,
    ARBETE_ELLER_STUDIER,
    AVSLUTADE_MATT,
    AVSLUTADE_MED_MATNING,
    BORJAT_ELLER_OKAT,
    FORSORJNING,
    OVRIGA,
    STUDERAR,
    Matt,
)
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import FORDELAS, Diagram, Kolumn, Rad, Tabell
from sus.core.formatering import andel, gemen

GOR_NAGOT = "Arbetar och/eller studerar"


class Standardtyp(Rapporttyp):
    """One of the six types: it also draws its units beside each other."""

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        """Drawn from the protected tables of each unit."""
        raise NotImplementedError


class Sysselsattning(ForeEfter, Standardtyp):
    """Who does something: everybody is in one row ÷ avslutade med mätning. Reason 7 has no second measurement and is left out."""

    nyckel = "sysselsattning"
    rubrik = "Sysselsättning före och efter"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        rader = [rad for rad in SYSSELSATTNING if not rad.inom]
        return [fore_efter_tabell(rakna(motor, rader), self.nyckel, self.rubrik, "Sysselsättning", rader)]

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return delar(enheter, self.nyckel, {"fore_andel": "före", "efter_andel": "efter"})

    def matt_i_ord(self) -> list[tuple[str, str]]:
        return matten_i_ord(ARBETE_ELLER_STUDIER, AKTIVT_ARBETSSOKANDE_EJ, OVRIGA)


class UppdeladSysselsattning(ForeEfter, Standardtyp):
    """Work, studies, job seeking and the others ÷ avslutade med mätning. Who both works and studies counts in both rows."""

    nyckel = "sysselsattning-uppdelad"
    rubrik = "Sysselsättning före och efter, uppdelad"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        """Protected like the table where who works and who studies are one row."""
        noter = ("Den som både arbetar och studerar räknas på båda raderna.",)
        utfall = rakna(motor, SYSSELSATTNING)
        tabell = fore_efter_tabell(utfall, self.tabell, self.rubrik, "Sysselsättning", SYSSELSATTNING, noter)
        arbetar, studerar, nagot, *andra = tabell.rader
        return [replace(tabell, rader=(arbetar, studerar, *andra), andra_rader=(nagot,))]

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return punkter(enheter, (self.tabell,), ("fore_andel", "efter_andel"))

    def matt_i_ord(self) -> list[tuple[str, str]]:
        return matten_i_ord(ARBETAR, STUDERAR, AKTIVT_ARBETSSOKANDE_EJ, OVRIGA)


class Resultattyp(Standardtyp):
    """Who works or studies after ÷ avslutade med mätning; who does more of it than before ÷ those who work or study after."""

    nyckel = "resultat"
    rubrik = "Resultat"
    fore_efter = True

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        rader = (("Arbetar", ARBETAR[1], True), ("Studerar", STUDERAR[1], True), (GOR_NAGOT, ARBETE_ELLER_STUDIER[1]))
        varken = [AKTIVT_ARBETSSOKANDE_EJ[1], OVRIGA[1]]
        matten = [AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, BORJAT_ELLER_OKAT, *(matt for _, matt, *_ in rader), *varken]
        utfall = motor.rakna(matten, GRUND)
        okat = (("Börjat eller ökat", BORJAT_ELLER_OKAT, True),)
        resultat = ("resultat", "Arbete och studier efter insatsen", "Efter insatsen")
        okning = ("okning", "Börjat eller ökat arbete eller studier", "Bland dem som arbetar eller studerar")
        i_resultat = replace(_andelstabell(utfall, resultat, rader, AVSLUTADE_MED_MATNING, "Avslutade med mätning"), bas_i=MATTA)
        i_okning = _andelstabell(utfall, okning, okat, ARBETE_ELLER_STUDIER[1], GOR_NAGOT)
        return [_av_matta(utfall, i_resultat, varken), _av_matta(utfall, i_okning, [ARBETE_ELLER_STUDIER[1], *varken])]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        """Both tables in one."""
        resultat, okning = tabeller["resultat"], tabeller["okning"]
        if not resultat.rader:
            return []
        bada = replace(resultat, rader=(*resultat.rader, *okning.rader))
        alla = kondiagram(bada, antal_kvinnor_och_man(bada))
        gor_nagot, matta = (rad.celler[3] for rad in (resultat.rader[-1], resultat.summa) if rad)
        if gor_nagot == DOLT_TAL:
            return [alla]
        fynd = f"{av_hela(gor_nagot, matta)} avslutade med mätning arbetar eller studerar."
        if okning.rader and okning.rader[0].celler[3] != DOLT_TAL:
            fynd += f" {i_ord(okning.rader[0].celler[3])} av dem har börjat eller ökat."
        return [replace(alla, fynd=fynd)]

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return punkter(enheter, ("resultat", "okning"), ("andel",))

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            *MATTA_I_ORD,
            *matten_i_ord(ARBETAR, STUDERAR),
            (GOR_NAGOT, ARBETE_ELLER_STUDIER[1].forklaring),
            (
                BORJAT_ELLER_OKAT.rubrik,
                f"{BORJAT_ELLER_OKAT.forklaring} Den som inte arbetade eller studerade alls före räknas som 0 procent.",
            ),
            ("Andel", "antalet delat med sista raden i tabellen, avrundat till hela procent."),
        ]


class ForsorjningForeEfter(Forsorjningstyp, Standardtyp):
    """Each kind of försörjning before and after ÷ avslutade med mätning. Who has two kinds counts in both."""

    rubrik = "Försörjning före och efter"

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return punkter(enheter, (self.nyckel,), ("fore_andel", "efter_andel"))


class ForsorjningEfterGiven(Standardtyp):
    """What those live on after who had the chosen försörjning before ÷ those of them who ended with measurement."""

    nyckel = "forsorjning-efter-given"
    rubrik = "Försörjning efter, för dem med en viss försörjning före"
    fore_efter = True

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        """The filter on försörjning before has picked out whom the engine counts."""
        matt = {kod: FORSORJNING[kod][1] for kod in Forsorjning}
        utfall = motor.rakna([AVSLUTADE_MED_MATNING, *matt.values()], GRUND)
        given = next(kod for kod in Forsorjning if kod.slug == val["forsorjning_fore"])
        titel = f"Försörjning efter för dem som hade {gemen(given.label)} före"
        rader = [(str(kod.label), matt[kod]) for kod in Forsorjning]
        tabell = _andelstabell(utfall, (self.tabell, titel, "Försörjning"), rader, AVSLUTADE_MED_MATNING, "Avslutade med mätning")
        return [replace(tabell, kolumner=(tabell.kolumner[0], *EFTER), fordelning=("efter",), bas_i=MATTA, noter=(FLERA,))]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        tabell = tabeller[self.tabell]
        return [kondiagram(tabell, f"{antal_kvinnor_och_man(tabell)} efter insatsen")] if tabell.rader else []

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return punkter(enheter, (self.tabell,), ("efter_andel",))

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            *MATTA_I_ORD,
            ("Försörjning före", "bara de som hade den valda försörjningen direkt före insatsen räknas, också om de hade flera."),
            ("Andel", "antalet delat med dem som hade försörjningen före och är avslutade med mätning, avrundat till hela procent."),
        ]


class Tid(TidIInsats, Standardtyp):
    """Time from first to last day of those who ended, by length ÷ avslutade. Those who go on are left out."""

    def jamforelse(self, enheter: Jamforda) -> list[Diagram]:
        return delar(enheter, self.nyckel, {"andel": ""})


def _andelstabell(utfall: Resultat, rubriker: tuple[str, str, str], rader: Iterable[tuple], underlag: Matt, summa: str) -> Tabell:
    """Counts by kön with their share of the base, which stands last.

    `rubriker` are key, title and heading of the rows, `rader` text and measure, and True when another row counts them too.
    """
    nyckel, titel, kategori = rubriker
    n = utfall.rad()[underlag.slug]

    def rad(text: str, matt: Matt, inom: bool = False) -> Rad:
        celler = per_kon(utfall, matt)
        return Rad((text, *celler, andel(celler[2], n)), inom=inom)

    kolumner = (Kolumn("kategori", kategori), *KON, ANDEL)
    skrivna = tuple(rad(*del_) for del_ in rader)
    return Tabell(nyckel, titel, kolumner, skrivna, rad(summa, underlag), underlag={"": n}, fordelning=("totalt",))


def _av_matta(utfall: Resultat, tabell: Tabell, andra: Iterable[Matt]) -> Tabell:
    """Protected also as what those measured do after: `andra` are what the table does not say of it."""
    alla = utfall.rad()
    return replace(
        tabell,
        underlag={**tabell.underlag, FORDELAS: alla[AVSLUTADE_MED_MATNING.slug]},
        alla=alla[AVSLUTADE_MATT.slug],
        andra_rader=tuple(Rad((matt.rubrik, *per_kon(utfall, matt), None)) for matt in andra),
    )


TYPER: dict[str, Standardtyp] = {
    typ.nyckel: typ
    for typ in (Sysselsattning(), UppdeladSysselsattning(), Resultattyp(), ForsorjningForeEfter(), ForsorjningEfterGiven(), Tid())
}
