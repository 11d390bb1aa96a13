"""Five walks through the demo: whom to be, where to begin, and what to do there."""

from dataclasses import dataclass

from django.urls import reverse

from behorigheter.models import Anvandare
from sus.start.demo.anvandare import DEMOANVANDARE

NAMN = {person.anvandarnamn: person.namn for person in DEMOANVANDARE}


@dataclass(frozen=True)
class Demovandring:
    """`sida` is the name of the page where it begins, `fraga` its query string."""

    nyckel: str
    titel: str
    anvandarnamn: str
    steg: tuple[str, ...]
    sida: str = "start:start"
    argument: tuple[str, ...] = ()
    fraga: str = ""

    @property
    def namn(self) -> str:
        return NAMN[self.anvandarnamn]

    @property
    def adress(self) -> str:
        return reverse(self.sida, args=self.argument) + self.fraga


VANDRINGAR = [
    Demovandring(
        "registrera",
        "Registrera en deltagare på under en minut",
        "deltagaransvarig",
        (
            "Välj insatsen Hjortmossen. Kryssa för att samtycket är underskrivet och skriv dagens datum.",
            "Skriv personnumret 196202289812 och tryck på Hämta, så fylls namn och kommun i. Tabb går till nästa fält och piltangenterna "
            "väljer svar.",
            "Tryck på Spara. Sök sedan efter deltagaren: personnumret visas först när du ber om det, och det sparas i loggen.",
        ),
        "deltagare:registrera",
    ),
    Demovandring(
        "avsluta",
        "Registrera ut en deltagare som har slutat",
        "deltagaransvarig2",
        (
            "Sidan Att göra visar vilka som kanske ska registreras ut. Välj någon och tryck på Registrera ut.",
            "Svara om situationen efter insatsen. SUS varnar när svaren inte hänger ihop, och du kan spara ändå.",
            "Gå till startsidan: siffrorna för insatsen har ändrats.",
        ),
        "deltagare:att_gora",
        fraga="?visa=ut",
    ),
    Demovandring(
        "budget",
        "Följ pengarna i ett samordningsförbund",
        "samverkansadministrator",
        (
            "Öppna samverkansorganisationen och fliken Budget, och välj år 2011. Beloppen är förbundets egna, som de har publicerats.",
            "Ändra ett belopp. Summorna räknas om medan du skriver.",
            "Gå till Rapporter, välj Kostnad och skapa rapporten för 2011. Hämta den som PDF.",
        ),
        "organisations:list",
    ),
    Demovandring(
        "behorighet",
        "Beställ en behörighet, signera och utfärda den",
        "utan_behorighet",
        (
            f"{NAMN['utan_behorighet']} saknar behörighet. Beställ en på sidan som visas.",
            f"Logga ut. Logga in som kommunens beställare, {NAMN['bestallare']}, och signera beställningen.",
            f"Logga in som {NAMN['utfardare']} och utfärda den. Ingen kan utfärda sin egen behörighet, och allt syns i loggen.",
        ),
    ),
    Demovandring(
        "rapport",
        "Se samma rapport med och utan uppdrag",
        "rapport",
        (
            f"Skapa insatsrapporten för 2011. {NAMN['rapport']} har inget uppdrag, så små antal visas inte.",
            f"Logga in som {NAMN['samverkansadministrator']} och skapa samma rapport. Hon har uppdraget och ser exakta tal.",
            "Tryck på Visa skyddad version, så får du den som kan delas ut.",
        ),
        "rapporter:rapport",
        ("insats",),
        "?fran=2011-01&till=2011-12&niva=riket",
    ),
]


def vandring(nyckel: str, anvandare: Anvandare) -> Demovandring | None:
    """The walk of that name, when it begins as the user."""
    return next((en for en in VANDRINGAR if (en.nyckel, en.anvandarnamn) == (nyckel, anvandare.anvandarnamn)), None)


def som_kan_provas(anvandarnamn: set[str]) -> list[Demovandring]:
    """The walks whose users exist."""
    return [en for en in VANDRINGAR if en.anvandarnamn in anvandarnamn]
