"""Insatsrapport: which insatser run, for whom, how many take part and at what cost (docs/regler.md 10.3)."""

from collections.abc import Mapping

from django import forms

from rapporter.definition import Definition
from rapporter.definitioner.insatstabell import KOLUMNER, insatstabell
from rapporter.diagram import i_ord, kortad, ritas
from rapporter.forklaringar import ANTAL_VOLYM, ESF, PLANERAT_ANTAL, UTAN_PERSONUPPGIFTER
from rapporter.forms import PeriodForm
from rapporter.matt import ANTAL, AVSLUTADE_MATT, NYA, PAGAENDE
from rapporter.motor import Motor
from rapporter.tabell import Diagram, Serie, Stapelrad, Tabell, heltal
from rapporter.urval import Urval
from sus.core.formatering import antal, datum


class KolumnerField(forms.MultipleChoiceField):
    """Columns to print. The first is no choice, and may be named."""

    def valid_value(self, value: str) -> bool:
        return value == KOLUMNER[0].nyckel or super().valid_value(value)


class InsatsrapportForm(PeriodForm):
    """Which columns are printed; the insats's name always is (docs/regler.md 10.3)."""

    kolumner = KolumnerField(
        label="Kolumner",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kolumn.nyckel, kolumn.rubrik) for kolumn in KOLUMNER[1:]],
        error_messages={"invalid_choice": "Kolumnen %(value)s finns inte."},
    )


class Insatsrapport(Definition):
    """Row: an insats that runs in any part of the period. Head counts have no denominator; anonyma and volym stand apart."""

    nyckel = "insats"
    meny = "Insats"
    titel = "Insatsrapport"
    ingress = "Vilka insatser som pågår, för vilka, med hur många deltagare och till vilken kostnad."
    form_class = InsatsrapportForm

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        return [insatstabell(motor, val.get("kolumner") or ())]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        """Planned and registered, insats by insats; left out when no insats registers persons, or too many to read."""
        tabell = tabeller["insatser"]
        kolumner = (tabell.kolumn(nyckel) for nyckel in ("insats", "planerat_antal", "antal", "volyminsats"))
        staplar = tuple(
            Stapelrad(kortad(str(namn)), (planerat, antal_))
            for namn, planerat, antal_, volyminsats in zip(*kolumner, strict=True)
            if volyminsats == "Nej"
        )
        if not ritas(staplar):
            return []
        summa = dict(zip((k.nyckel for k in tabell.kolumner), tabell.summa.celler, strict=True)) if tabell.summa else {}
        planerade = sum(heltal(rad.varden[0]) for rad in staplar)
        rubrik = next(kolumn.rubrik for kolumn in tabell.kolumner if kolumn.nyckel == "planerat_antal")
        fynd = f"Totalt {antal(planerade)} planerade platser och {i_ord(summa.get('antal'))} deltagare med personuppgifter."
        return [
            Diagram(
                "insatser",
                "Planerat antal och deltagare",
                f"Antal per insats, utan volyminsatser.{_om_planerat(urval)}",
                fynd,
                (Serie(rubrik, 2), Serie("Deltagare", 1)),
                staplar,
            )
        ]

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        flera_ar = f" Här är åren {urval.ar_i_ord} hoplagda." if len(urval.ar) > 1 else ""
        return [
            *((matt.rubrik, matt.forklaring) for matt in (ANTAL, NYA, AVSLUTADE_MATT)),
            (PAGAENDE.rubrik, f"deltagare som inte är utregistrerade {datum(urval.till)}."),
            ("Planerat antal", f"{PLANERAT_ANTAL}{flera_ar}"),
            *UTAN_PERSONUPPGIFTER,
            ("Volyminsats", "en insats som räknar antal utan personuppgifter. Den har ingen i Antal, Pågående, Nya och Avslutade."),
            ("Antal i volyminsats", ANTAL_VOLYM),
            ("Budget och Utfall", f"insatskostnader i kronor. {ESF}"),
            ("Insatser i rapporten", "alla som pågår någon del av perioden."),
        ]


def _om_planerat(urval: Urval) -> str:
    """Which years the planned numbers are of, where it is not the period."""
    if len(urval.ar) > 1:
        return f" Planerat antal är summan för hela {urval.ar_i_ord}."
    return "" if urval.hela_ar else f" Planerat antal gäller hela {urval.ar_i_ord}."
