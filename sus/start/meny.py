"""The menu: which pages there are, in which order, and who is shown them (docs/regler.md Annex C)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from behorigheter.models import Anvandare
from behorigheter.roller import Rattighet
from rapporter.register import RAPPORTER


@dataclass(frozen=True)
class Sida:
    """A page of the menu. `oppen_for`: what more than the right decides who may see it."""

    text: str
    vy: str
    rattighet: Rattighet | None = None
    args: tuple[str, ...] = ()
    oppen_for: Callable[[Anvandare], bool] = lambda anvandare: True

    @property
    def url(self) -> str:
        return reverse(self.vy, args=self.args)


@dataclass
class Menyval:
    text: str
    url: str
    aktiv: bool = False
    underpunkter: list["Menyval"] = field(default_factory=list)


MENY = [
    (Sida("Startsida", "start:start"), []),
    (
        Sida("Samverkansorganisation", "organisations:list", Rattighet.SAMVERKANSORGANISATION_SE),
        [
            Sida("Samverkansorganisationer", "organisations:list", Rattighet.SAMVERKANSORGANISATION_SE),
            Sida("Skapa samverkansorganisation", "organisations:create", Rattighet.SAMVERKANSORGANISATION_SKAPA),
            Sida("Slå ihop", "organisations:sla_ihop", Rattighet.SAMVERKANSORGANISATION_SKAPA),
        ],
    ),
    (
        Sida("Insats", "insatser:list", Rattighet.INSATS_SE),
        [
            Sida("Sök insatser", "insatser:list", Rattighet.INSATS_SE),
            Sida("Registrera ny insats", "insatser:create", Rattighet.INSATS_ANDRA),
        ],
    ),
    (
        Sida("Deltagande", "deltagare:registrera", Rattighet.DELTAGARE_ANDRA),
        [
            Sida("Registrera deltagare", "deltagare:registrera", Rattighet.DELTAGARE_ANDRA),
            Sida("Sök deltagare", "deltagare:sok", Rattighet.DELTAGARE_SE),
            Sida("Att göra", "deltagare:att_gora", Rattighet.DELTAGARE_SE),
            Sida("Registrera anonyma", "deltagare:anonyma", Rattighet.ANONYMA_ANDRA),
        ],
    ),
    (
        Sida("Rapporter", "rapporter:list", Rattighet.RAPPORT_SE),
        [
            Sida(rapport.meny, "rapporter:rapport", Rattighet.RAPPORT_SE, (rapport.nyckel,), rapport.ar_oppen_for)
            for rapport in RAPPORTER.values()
        ],
    ),
    (
        Sida("Administration", "", None),  # leads to the first of its pages that the user may see
        [
            Sida("Användare", "behorigheter:anvandare", Rattighet.ANVANDARE_SE),
            Sida("Uppdrag", "behorigheter:anvandare_uppdrag", Rattighet.UPPDRAG_SE),
            Sida("Utan uppdrag", "behorigheter:utan_uppdrag", Rattighet.UPPDRAG_GE),
            Sida("Beställningar", "behorigheter:bestallningar", Rattighet.BESTALLNING_SE),
            Sida("Förnya", "behorigheter:fornya_lista", Rattighet.BESTALLNING_GORA),
            Sida("Beställare", "behorigheter:bestallare", Rattighet.BESTALLARE_UTSE),
            Sida("Överenskommelser", "behorigheter:overenskommelser", Rattighet.OVERENSKOMMELSE_ANDRA),
            Sida("Organisationer", "register:organisationer", Rattighet.REGISTER_ANDRA),
            Sida("Målgrupper", "register:malgrupper", Rattighet.REGISTER_ANDRA),
            Sida("Stadsdelar", "register:stadsdelar", Rattighet.REGISTER_ANDRA),
            Sida("Samtyckestexter", "register:samtyckestexter", Rattighet.REGISTER_ANDRA),
            Sida("Hjälptexter", "register:hjalptexter", Rattighet.HJALP_ANDRA),
            Sida("Förbättringsförslag", "register:forslag", Rattighet.FORSLAG_BESVARA),
            Sida("Granska logg", "behorigheter:logg_granska", Rattighet.LOGG_GRANSKA),
            Sida("Min aktivitet", "behorigheter:logg_egen"),
        ],
    ),
]

# The buttons of the start page: what each role most often comes to do.
VERB = [
    Sida("Registrera deltagare", "deltagare:registrera", Rattighet.DELTAGARE_ANDRA),
    Sida("Sök deltagare", "deltagare:sok", Rattighet.DELTAGARE_SE),
    Sida("Registrera ny insats", "insatser:create", Rattighet.INSATS_ANDRA),
    Sida("Skapa samverkansorganisation", "organisations:create", Rattighet.SAMVERKANSORGANISATION_SKAPA),
    Sida("Beställ behörighet", "behorigheter:bestallning_ny", Rattighet.BESTALLNING_GORA),
    Sida("Sök insatser", "insatser:list", Rattighet.INSATS_SE),
    Sida("Skapa rapport", "rapporter:list", Rattighet.RAPPORT_SE),
]
FLEST_VERB = 3


def verb(anvandare) -> list[Menyval]:
    return [Menyval(sida.text, sida.url) for sida in VERB if _far_se(sida, anvandare)][:FLEST_VERB]


def meny(request):
    """Context processor: `meny` and `konto` of every page, and in how many seconds the login ends (`utloggas_om`)."""
    anvandare = getattr(request, "user", None)
    if anvandare is None or not anvandare.is_authenticated:
        return {"meny": [], "konto": None, "utloggas_om": 0}
    roller = ", ".join(sorted((str(roll.label) for roll in anvandare.gallande_roller), key=str.casefold))
    konto = {"namn": str(anvandare), "roller": roller[:1].upper() + roller[1:] if roller else "Ingen gällande behörighet"}
    hela_minuter = request.session.kvar // 60 * 60  # the use is written by the minute; an early warning does no harm
    return {"meny": _menyval(anvandare, request.path), "konto": konto, "utloggas_om": hela_minuter}


def _menyval(anvandare, adress):
    if not anvandare.gallande_roller:
        return []
    val = [_val(sida, undersidor, anvandare, adress) for sida, undersidor in MENY if _far_se(sida, anvandare)]
    return [ett for ett in val if ett.url]


def _far_se(sida, anvandare):
    return (sida.rattighet is None or anvandare.har_roll_med(sida.rattighet)) and sida.oppen_for(anvandare)


def _val(sida, undersidor, anvandare, adress):
    under = [Menyval(u.text, u.url, aktiv=adress == u.url) for u in undersidor if _far_se(u, anvandare)]
    url = sida.url if sida.vy else under[0].url if under else ""
    rot = "/" + url.strip("/").split("/")[0] + "/" if url != "/" else "/"
    aktiv = adress == "/" if rot == "/" else adress.startswith(rot)
    return Menyval(sida.text, url, aktiv=aktiv, underpunkter=under)
