"""The förbund's users, employed by its kommuner, each with a behörighet of one year and uppdrag."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from behorigheter.models import Anvandare, Behorighet, Overenskommelse, Uppdrag
from behorigheter.roller import Roll
from organisations.models import IngaendeOrganisation, Organisation
from sus.start.demo.exempelforbund import EFTERNAMN, FORNAMN
from sus.start.demo.nationell.insatser import Plats
from sus.start.demo.skapa import OVERENSKOMMELSE_FRAN

ROLLER = [Roll.SAMVERKANSADMINISTRATOR] * 2 + [Roll.INSATSANSVARIG] * 4  # of each förbund; then one of ten reads, and the others register
LASARE = 10


def skapa_anvandare(platser: Sequence[Plats], antal: int, idag: date, slump: Random) -> None:
    arbetsgivare = _arbetsgivare()
    uppgifter = [_uppgift(nr // len(platser), platser[nr % len(platser)], nr) for nr in range(antal)]
    anvandare = Anvandare.objects.bulk_create(
        _anvandare(nr, slump.choice(arbetsgivare[plats.forbund.pk]), slump) for nr, (plats, _) in enumerate(uppgifter)
    )
    Behorighet.objects.bulk_create(
        Behorighet(
            anvandare=person,
            roll=roll,
            arbetsgivare=person.arbetsgivare,
            arbetsgivare_typ=person.arbetsgivare.typ,
            giltig_fran=idag,
            giltig_till=idag + timedelta(days=365),
        )
        for person, (_, roll) in zip(anvandare, uppgifter, strict=True)
    )
    Uppdrag.objects.bulk_create(
        Uppdrag(anvandare=person, roll=roll, fran=idag, **objekt)
        for person, (plats, roll) in zip(anvandare, uppgifter, strict=True)
        for objekt in _objekt(plats, roll, slump)
    )


def _arbetsgivare() -> dict[int, list[Organisation]]:
    """{samverkansorganisation: the kommuner, or where there is none the region}; all of them with a valid överenskommelse."""
    typer = [Organisation.Typ.KOMMUN, Organisation.Typ.REGION]
    per_forbund: dict[int, list[Organisation]] = {}
    for part in (
        IngaendeOrganisation.objects.filter(organisation__typ__in=typer).select_related("organisation").order_by("organisation__typ")
    ):
        per_forbund.setdefault(part.samverkansorganisation_id, []).append(part.organisation)
    utan = Organisation.objects.filter(typ__in=typer, overenskommelser=None)
    Overenskommelse.objects.bulk_create(
        Overenskommelse(organisation=rad, fran=OVERENSKOMMELSE_FRAN, referens=f"Demo {rad.pk}") for rad in utan
    )
    return {forbund: sorted(rader, key=lambda rad: rad.pk) for forbund, rader in per_forbund.items()}


def _uppgift(varv: int, plats: Plats, nr: int) -> tuple[Plats, Roll]:
    if varv < len(ROLLER):
        return plats, ROLLER[varv]
    return plats, Roll.RAPPORT if nr % LASARE == 0 else Roll.DELTAGARANSVARIG


def _anvandare(nr: int, arbetsgivare: Organisation, slump: Random) -> Anvandare:
    namn = f"nationell{nr + 1:04}"
    anvandare = Anvandare(
        anvandarnamn=namn,
        fornamn=slump.choice(FORNAMN[slump.choice(["kvinna", "man"])]),
        efternamn=slump.choice(EFTERNAMN),
        epost=f"{namn}@example.se",
        arbetsgivare=arbetsgivare,
    )
    anvandare.set_unusable_password()
    return anvandare


def _objekt(plats: Plats, roll: Roll, slump: Random) -> list[dict]:
    if roll == Roll.RAPPORT:
        return []
    if roll == Roll.DELTAGARANSVARIG:
        flest = min(len(plats.insatser), 4)
        return [{"insats_id": tid.insats_id} for tid in slump.sample(plats.insatser, slump.randint(1, flest))]
    return [{"samverkansorganisation": plats.forbund}]
