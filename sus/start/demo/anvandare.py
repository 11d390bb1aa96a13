"""The made-up users of the demo: the step-in page lists them and `demodata` makes them. Nobody else can be stepped into."""

from dataclasses import dataclass

from behorigheter.models import Anvandare
from behorigheter.roller import Roll

FK = "Försäkringskassan"
AF = "Arbetsförmedlingen"
TROLLHATTAN = "Trollhättan, Lilla Edet och Grästorp"
FYRSTAD = "Vänersborg, Uddevalla och Lysekil"
VASTERKUST = "Varberg och Falkenberg"
MALARDALEN = "LFC Västerås och Region Västmanland"


@dataclass(frozen=True)
class Demoanvandare:
    anvandarnamn: str
    fornamn: str
    efternamn: str
    arbetsgivare: str
    roll: Roll | None
    prova: str
    samverkansorganisation: str = ""  # where the uppdrag is; a deltagaransvarig has one in every insats there
    slutade_galla: bool = False

    @property
    def namn(self) -> str:
        return f"{self.fornamn} {self.efternamn}"


DEMOANVANDARE = [
    Demoanvandare(
        "fk_administrator",
        *("Gunilla", "Åkesson", FK, Roll.FK_ADMINISTRATOR),
        "Registrera en överenskommelse, utse en beställare, skapa en samverkansorganisation.",
    ),
    Demoanvandare(
        "samverkansadministrator",
        *("Birgitta", "Lundqvist", "Samordningsförbundet Trollhättan, Lilla Edet och Grästorp", Roll.SAMVERKANSADMINISTRATOR),
        "Registrera förbundets budget och ingående organisationer, utse en insatsansvarig.",
        TROLLHATTAN,
    ),
    Demoanvandare(
        "insatsansvarig",
        *("Anders", "Norén", "Trollhättans kommun", Roll.INSATSANSVARIG),
        "Skapa en insats, ange budget och planerat antal, utse deltagaransvariga.",
        TROLLHATTAN,
    ),
    Demoanvandare(
        "deltagaransvarig",
        *("Karin", "Berg", "Trollhättans kommun", Roll.DELTAGARANSVARIG),
        "Registrera en deltagare in och ut, sök deltagare, registrera anonyma.",
        TROLLHATTAN,
    ),
    Demoanvandare(
        "rapport", "Per", "Sandström", "Lilla Edets kommun", Roll.RAPPORT, "Skapa Kostnadsrapporten och Insatsrapporten för 2011."
    ),
    Demoanvandare(
        "fk_analytiker", "Maria", "Öhman", FK, Roll.FK_ANALYTIKER, "Skapa rapporter för hela landet, med exakta tal i Deltagarrapporten."
    ),
    Demoanvandare(
        "sus_stod",
        *("Lena", "Hallgren", FK, Roll.SUS_STOD),
        "Läs om organisationer, budgetar och insatser. Personuppgifter syns aldrig.",
        TROLLHATTAN,
    ),
    Demoanvandare(
        "bestallare",
        "Ulf",
        "Wikström",
        "Trollhättans kommun",
        Roll.BESTALLARE,
        "Signera en beställning, beställ åt en kollega, förnya en behörighet.",
    ),
    Demoanvandare("utfardare", "Sofia", "Ekdahl", FK, Roll.UTFARDARE, "Utfärda eller avslå en beställning som beställaren har signerat."),
    Demoanvandare("loggranskare", "Håkan", "Ström", FK, Roll.LOGGRANSKARE, "Granska i loggen vad arbetsgivarens personal har gjort."),
    Demoanvandare(
        "samverkansadministrator2",
        *("Johan", "Björk", "Vänersborgs kommun", Roll.SAMVERKANSADMINISTRATOR),
        "Se att du bara kan ändra i ditt eget förbund.",
        FYRSTAD,
    ),
    Demoanvandare(
        "insatsansvarig2", "Eva", "Sjögren", "Uddevalla kommun", Roll.INSATSANSVARIG, "Ange utfall för förra årets insatser.", FYRSTAD
    ),
    Demoanvandare(
        "deltagaransvarig2",
        "Amina",
        "Haddad",
        "Vänersborgs kommun",
        Roll.DELTAGARANSVARIG,
        "Registrera ut deltagare som har slutat.",
        FYRSTAD,
    ),
    Demoanvandare(
        "samverkansadministrator3",
        *("Kerstin", "Holm", "Varbergs kommun", Roll.SAMVERKANSADMINISTRATOR),
        "Jämför budgeten med förra årets.",
        VASTERKUST,
    ),
    Demoanvandare("insatsansvarig3", "Tomas", "Falk", "Falkenbergs kommun", Roll.INSATSANSVARIG, "Avsluta en insats.", VASTERKUST),
    Demoanvandare(
        "deltagaransvarig3",
        *("Linnea", "Dahl", "Varbergs kommun", Roll.DELTAGARANSVARIG),
        "Sök deltagare och rätta en uppgift.",
        VASTERKUST,
    ),
    Demoanvandare(
        "samverkansadministrator4",
        *("Mikael", "Åström", "Region Västmanland", Roll.SAMVERKANSADMINISTRATOR),
        "Se hur Tvåpartsfinsam skiljer sig: ingen administrativ kostnad.",
        MALARDALEN,
    ),
    Demoanvandare("insatsansvarig4", "Ingrid", "Palm", FK, Roll.INSATSANSVARIG, "Skapa en insats för två parter.", MALARDALEN),
    Demoanvandare(
        "deltagaransvarig4", "David", "Lindh", "Region Västmanland", Roll.DELTAGARANSVARIG, "Registrera en deltagare.", MALARDALEN
    ),
    Demoanvandare(
        "utan_behorighet", "Nils", "Edlund", "Trollhättans kommun", None, "Se sidan som visas när behörighet saknas, och beställ en."
    ),
    Demoanvandare(
        "utgangen_behorighet",
        *("Rut", "Almgren", "Grästorps kommun", Roll.INSATSANSVARIG),
        "Se sidan som visas när behörigheten har gått ut.",
        TROLLHATTAN,
        slutade_galla=True,
    ),
]


def demokonton():
    """The accounts that may be stepped into."""
    return Anvandare.objects.filter(anvandarnamn__in=[person.anvandarnamn for person in DEMOANVANDARE], is_active=True)


def som_finns() -> list[Demoanvandare]:
    namn = set(demokonton().values_list("anvandarnamn", flat=True))
    return [person for person in DEMOANVANDARE if person.anvandarnamn in namn]
