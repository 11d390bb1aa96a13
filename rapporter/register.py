"""The reports, in the order of the menu."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rapportslag:
    nyckel: str
    titel: str
    ingress: str


RAPPORTER = {
    slag.nyckel: slag
    for slag in [
        Rapportslag("insats", "Insatsrapport", "Vilka insatser som pågår, för vilka, med hur många deltagare och till vilken kostnad."),
        Rapportslag("kostnad", "Kostnadsrapport", "Vilka pengar samverkan har, vad de är budgeterade till och hur de har använts."),
        Rapportslag("deltagare", "Deltagarrapport", "Vilka deltagarna är och varför de har avslutats. Bygger på deltagare med personuppgifter."),
    ]
}
