"""Registrering: how soon and how completely each insats is registered, never by whom (docs/regler.md 10.8)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from insatser.models import Deltagarregistrering
from rapporter.brister import brister
from rapporter.definition import Definition
from rapporter.definitioner.insatstabell import insatser_i_ordning, sista_i_organisationen
from rapporter.diagram import i_ord, kortad, ritas
from rapporter.forms import PeriodForm
from rapporter.forsiktighet import rad_for_rad
from rapporter.matt import AVSLUTADE_MATT, DAGAR_TILL_IN, DAGAR_TILL_UT, NYA, OPPNA_OVER_12_MANADER
from rapporter.motor import Motor
from rapporter.svar import obesvarade
from rapporter.tabell import Diagram, Kolumn, Rad, Serie, Stapelrad, Tabell, Typ
from rapporter.urval import Urval
from sus.core.formatering import datum

MATTEN = (NYA, AVSLUTADE_MATT, DAGAR_TILL_IN, DAGAR_TILL_UT, OPPNA_OVER_12_MANADER)
KOLUMNER = (
    Kolumn("insats", "Insats"),
    Kolumn("in", "In", Typ.ANTAL, personer=True),
    Kolumn("ut", "Ut", Typ.ANTAL, personer=True),
    Kolumn("dagar_till_in", DAGAR_TILL_IN.rubrik, Typ.DAGAR, medel_av="in"),
    Kolumn("dagar_till_ut", DAGAR_TILL_UT.rubrik, Typ.DAGAR, medel_av="ut"),
    Kolumn("oppna_over_12_manader", OPPNA_OVER_12_MANADER.rubrik, Typ.ANTAL, personer=True),
    Kolumn("saknar_budget", "Saknar budget", Typ.ANTAL),
    Kolumn("saknar_utfall", "Saknar utfall", Typ.ANTAL),
    Kolumn("saknar_planerat", "Saknar planerat antal", Typ.ANTAL),
    Kolumn("obesvarade_fragor", "Obesvarade frågor", Typ.ANTAL, personer=True),
)


class Registrering(Definition):
    """Row: an insats that runs in any part of the period. Medians: of those who began, and of those who ended, in the period."""

    nyckel = "registrering"
    meny = "Registrering"
    titel = "Registrering"
    ingress = "Hur snabbt deltagare registreras in och ut, och vilka uppgifter som saknas."
    form_class = PeriodForm

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        return [_tabell(motor)]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        """In and out, insats by insats with personuppgifter; left out when they are too many to read."""
        tabell = tabeller[self.nyckel]
        staplar = tuple(Stapelrad(kortad(str(rad.celler[0])), rad.celler[1:3]) for rad in tabell.rader if rad.insatser)
        if not ritas(staplar):
            return []
        summa = tabell.summa.celler if tabell.summa else ()
        fynd = f"Totalt {i_ord(summa[1])} in och {i_ord(summa[2])} ut." if summa else "Inga antal att visa."
        serier = (Serie("In", 1), Serie("Ut", 2))
        return [Diagram(self.nyckel, "In- och utregistrerade", "Deltagare med personuppgifter per insats.", fynd, serier, staplar)]

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        return {self.nyckel: rad_for_rad(tabeller[self.nyckel], "Medianer")}

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        oppna = f"deltagare som inte är utregistrerade {datum(urval.till)} och som började mer än 12 månader tidigare."
        saknas = f"antal budgetår, av {urval.ar_i_ord}, då insatsen pågår men uppgiften saknas. Utfall saknas först när året är slut."
        return [
            ("In", NYA.forklaring),
            ("Ut", AVSLUTADE_MATT.forklaring),
            (DAGAR_TILL_IN.rubrik, f"median: {DAGAR_TILL_IN.forklaring}"),
            (DAGAR_TILL_UT.rubrik, f"median: {DAGAR_TILL_UT.forklaring}"),
            (OPPNA_OVER_12_MANADER.rubrik, oppna),
            ("Saknar budget, utfall och planerat antal", saknas),
            ("Obesvarade frågor", "svar som saknas på kompletterande frågor som måste besvaras, från mättillfällen under perioden."),
        ]


def _tabell(motor: Motor) -> Tabell:
    """One row per insats, a subtotal per samverkansorganisation above that level, and Totalt."""
    urval, uppgifter = motor.urval, insatser_i_ordning(motor)
    resultat = (motor.rakna(MATTEN, [("insats",), ("samverkansorganisation",), ()]), brister(motor), obesvarade(motor))
    insatser = motor.arsvarden()

    def celler(rubrik: str, **grupp: int) -> tuple[Any, ...]:
        varden = {slug: varde for utfall in resultat for slug, varde in utfall.rad(**grupp).items()}
        varden |= {"insats": rubrik, "in": varden[NYA.slug], "ut": varden[AVSLUTADE_MATT.slug]}
        varden |= {f"dagar_till_{vad}": varden[f"dagar_till_{vad}"] if varden[vad] else None for vad in ("in", "ut")}
        return tuple(varden[kolumn.nyckel] for kolumn in KOLUMNER)

    def insatsrad(rad: dict[str, Any]) -> Rad:
        volym = rad["deltagarregistrering"] == Deltagarregistrering.VOLYM
        lank = reverse("insatser:detail", args=[rad["id"]])
        return Rad(celler(rad["namn"], insats=rad["id"]), insatser=0 if volym else 1, lank=lank)

    def summarad(rubrik: str, **grupp: int) -> Rad:
        antal_insatser = insatser.rad(**grupp)["med_personuppgifter"]
        return Rad(celler(rubrik, **grupp), insatser=antal_insatser, hela=urval.hela_organisationer)

    return Tabell(
        nyckel="registrering",
        titel=f"Registrering {urval.i_ord[0][1].lower()}",
        kolumner=KOLUMNER,
        rader=tuple(insatsrad(rad) for rad in uppgifter),
        delsummor=tuple(
            (index, summarad(f"Summa {rad['organisation']}", samverkansorganisation=rad["organisation_id"]))
            for index, rad in sista_i_organisationen(urval, uppgifter)
        ),
        summa=summarad("Totalt"),
        bred=True,
        rubrik="Registrering",
    )
