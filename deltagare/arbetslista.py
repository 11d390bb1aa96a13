"""What waits for a deltagaransvarig in the own insatser, list by list. The start page counts the lists, the page Att göra shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from deltagare.fragor import har_obesvarade_fragor
from deltagare.models import Deltagande
from deltagare.models.deltagande import att_registrera_ut, saknar_skickat_original
from sus.core.formatering import antal_i_ord, datum

ORIGINALET_SKICKAS_INOM = timedelta(days=14)


@dataclass(frozen=True)
class Lista:
    """`villkor` says on a day who is in it, `dag` is the path to the day since when it has waited, `vy` the page where it is done."""

    nyckel: str
    rubrik: str
    forklaring: str
    villkor: Callable[[date], Q]
    dag: str
    dagrubrik: str
    skal: Callable[[Deltagande, date], str]
    vy: str
    verb: str

    def rader(self, egna: QuerySet[Deltagande], idag: date) -> QuerySet[Deltagande]:
        return egna.filter(self.villkor(idag))

    def vantar_sedan(self, deltagande) -> date:
        varde = deltagande
        for del_ in self.dag.split("__"):
            varde = getattr(varde, del_)
        return timezone.localdate(varde) if isinstance(varde, datetime) else varde


def _skal_ut(deltagande, idag) -> str:
    slut = deltagande.insats.slutdatum
    if slut and slut < idag:
        return f"Insatsen slutade {datum(slut)}"
    return f"Inskriven i {antal_i_ord(deltagande.manader, 'månad', 'månader')}"


def _skal_original(deltagande, idag) -> str:
    dagar = (idag - deltagande.samtycke.datum).days
    sen = dagar > ORIGINALET_SKICKAS_INOM.days
    return f"Underskrivet för {dagar} dagar sedan" if sen else "Ska skickas efter registreringen"


def _skal_felregistrering(deltagande, idag) -> str:
    return f"Begärd av {deltagande.felregistreringsbegaran.begard_av}"


LISTOR = [
    Lista(
        nyckel="ut",
        rubrik="Att registrera ut",
        forklaring="Insatsen har slutat, eller deltagaren är inskriven sedan mer än 12 månader. Kontrollera om deltagaren har slutat.",
        villkor=att_registrera_ut,
        dag="startdatum",
        dagrubrik="Startdag",
        skal=_skal_ut,
        vy="deltagare:ut",
        verb="Registrera ut",
    ),
    Lista(
        nyckel="fragor",
        rubrik="Kompletterande frågor utan svar",
        forklaring="Minst en obligatorisk fråga saknar svar. Svara genom att rätta uppgifterna.",
        villkor=lambda idag: har_obesvarade_fragor(),
        dag="startdatum",
        dagrubrik="Startdag",
        skal=lambda deltagande, idag: "Obligatorisk fråga saknar svar",
        vy="deltagare:ratta",
        verb="Svara",
    ),
    Lista(
        nyckel="original",
        rubrik="Original som inte har skickats",
        forklaring="Samtyckets original, blankett 9443, skickas till Försäkringskassan när deltagaren är registrerad.",
        villkor=lambda idag: saknar_skickat_original(),
        dag="samtycke__datum",
        dagrubrik="Underskrivet",
        skal=_skal_original,
        vy="deltagare:samtycke",
        verb="Ange datum",
    ),
    Lista(
        nyckel="kontroll",
        rubrik="Att kontrollera mot folkbokföringen",
        forklaring=(
            "Namn och kommun skrevs för hand när folkbokföringen inte svarade. SUS frågar igen varje natt. "
            "Står deltagaren kvar här i flera dagar, kontrollera personnumret."
        ),
        villkor=lambda idag: Q(att_kontrollera=True),
        dag="inregistrerad",
        dagrubrik="Registrerad",
        skal=lambda deltagande, idag: "Inte bekräftad av folkbokföringen",
        vy="deltagare:detail",
        verb="Öppna",
    ),
    Lista(
        nyckel="felregistrering",
        rubrik="Felregistreringar att godkänna",
        forklaring="En annan deltagaransvarig än den som begärde det avgör om uppgifterna ska tas bort.",
        villkor=lambda idag: Q(felregistreringsbegaran__isnull=False),
        dag="felregistreringsbegaran__begard",
        dagrubrik="Begärd",
        skal=_skal_felregistrering,
        vy="deltagare:felregistrering_avgor",
        verb="Svara",
    ),
]
PER_NYCKEL = {lista.nyckel: lista for lista in LISTOR}


def antal_per_lista(idag: date) -> dict[str, Count]:
    """{list: how many are in it}, for one question about them all."""
    return {lista.nyckel: Count("pk", filter=lista.villkor(idag)) for lista in LISTOR}
