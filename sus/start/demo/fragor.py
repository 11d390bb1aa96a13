"""The demo's kompletterande frågor, registered and published by the förbund's own samverkansadministratör."""

from datetime import date
from typing import Any

from behorigheter.models import Anvandare
from organisations.actions.fraga import publicera_fraga, skapa_fraga
from organisations.models import KompletterandeFraga

Mattillfalle, Slag = KompletterandeFraga.Mattillfalle, KompletterandeFraga.Slag

FRAGOR: list[tuple[dict[str, Any], list[str]]] = [
    (
        {
            "namn": "Vem föreslog insatsen?",
            "fragetext": "Vem föreslog att deltagaren skulle vara med i insatsen?",
            "mattillfalle": Mattillfalle.IN,
            "slag": Slag.ETT,
            "obligatorisk": True,
        },
        ["Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Regionen", "Deltagaren själv"],
    ),
    (
        {
            "namn": "Stöd som deltagaren har haft",
            "fragetext": "Vilket stöd har deltagaren haft under insatsen?",
            "hjalptext": "Kryssa för allt som deltagaren har haft minst en gång.",
            "mattillfalle": Mattillfalle.UT,
            "slag": Slag.FLERA,
        },
        ["Vägledning i grupp", "Enskild vägledning", "Besök på en arbetsplats", "Praktik"],
    ),
    (
        {
            "namn": "Nöjd med insatsen",
            "fragetext": "Skulle deltagaren rekommendera insatsen till andra?",
            "mattillfalle": Mattillfalle.UT,
            "slag": Slag.JA_NEJ,
        },
        [],
    ),
]


def skapa_fragor(idag: date) -> None:
    """Put from the first of the year: of earlier deltaganden nothing is asked afterwards."""
    administrator = Anvandare.objects.get(anvandarnamn="samverkansadministrator")
    [forbund] = {uppdrag.samverkansorganisation for uppdrag in administrator.uppdrag.all()}
    for uppgifter, alternativ in FRAGOR:
        fran = idag.replace(month=1, day=1)
        fraga = skapa_fraga(samverkansorganisation=forbund, uppgifter={**uppgifter, "fran": fran}, alternativ=alternativ, by=administrator)
        publicera_fraga(fraga=fraga, by=administrator)
