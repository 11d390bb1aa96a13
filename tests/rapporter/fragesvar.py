"""Two kompletterande frågor of the förbund of 2011, answered by most of those who got them, always the same."""

from datetime import date

from deltagare.models import Deltagande, Svar
from tests.factories import KompletterandeFragaFactory


def lagg_upp(forbund):
    """A question put before with one alternative, and one put after with several."""
    vem = KompletterandeFragaFactory(
        samverkansorganisation=forbund,
        namn="Vem föreslog insatsen?",
        fragetext="Vem föreslog att deltagaren skulle vara med i insatsen?",
        alternativ=["Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Deltagaren själv"],
        fran=date(2010, 1, 1),
        obligatorisk=True,
    )
    stod = KompletterandeFragaFactory(
        samverkansorganisation=forbund,
        namn="Stöd som deltagaren har haft",
        fragetext="Vilket stöd har deltagaren haft under insatsen?",
        alternativ=["Vägledning i grupp", "Enskild vägledning", "Praktik"],
        fran=date(2010, 1, 1),
        slag="flera",
        mattillfalle="ut",
    )
    rader = list(Deltagande.objects.filter(insats__samverkansorganisation=forbund).order_by("insats", "startdatum", "person__uppslag"))
    Svar.objects.bulk_create([*_svar(vem, "in", rader, 1), *_svar(stod, "ut", [rad for rad in rader if rad.slutdatum], 2)])
    return vem, stod


def _svar(fraga, typ, rader, flest):
    """Every ninth has not answered; where several can be chosen, every other chose two."""
    alternativ = list(fraga.alternativ.all())
    for nr, rad in enumerate(rader):
        for steg in range(0 if nr % 9 == 8 else 1 + nr % flest):
            val = alternativ[(nr // 2 + steg) % len(alternativ)]
            yield Svar(deltagande=rad, insats_id=rad.insats_id, typ=typ, fraga=fraga, alternativ=val)
