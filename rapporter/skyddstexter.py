"""The rules of the röjandekontroll as the reader of a report must know them."""

from collections.abc import Sequence

from rapporter.omrakning import DOLT_TAL
from rapporter.rojande import GRANS
from rapporter.skydd import DOLT, MINST, MINST_AV, MINST_AV_FINT, MINST_FINT, handlar_om_egenskaper
from rapporter.tabell import Tabell

OM_HUVUDTAL = (
    "Skyddade huvudtal",
    f"antal deltagare utan andra uppgifter visas exakt för hela samverkansorganisationer. I en insats, eller med ett urval av insatser, "
    f"skrivs färre än {GRANS} som {DOLT}, även när ingen finns. Kronor och volym visas exakt.",
)
OM_EGENSKAPER = (
    (
        "Skyddade tal",
        f"antal skrivs {DOLT} eller avrundas till närmaste femtal, summor också, så att inget kan räknas ut med subtraktion. Även noll "
        f"skrivs {DOLT}. När nästan alla räknas kan antalet vara upp till {GRANS - 1} från det sanna, så att inget kan räknas ut om "
        f"dem som fattas. Andelar och förändringar är räknade på de skyddade antalen. {DOLT_TAL} betyder att talet inte visas.",
    ),
    (
        "Vad som inte visas",
        f"uppgifter om färre än {MINST} deltagare, eller när färre än {MINST_FINT} eller nästan alla är utvalda, andelar av färre än "
        f"{MINST_FINT}, före och efter, och svar vid utregistrering, när färre än {MINST_AV} är avslutade, andelar av dem när färre än "
        f"{MINST_AV_FINT} är det, kvinnor och män när deltagare är utvalda, delar (kvinnor och män, pågående och avslutade) när någon av "
        f"dem är färre än {GRANS} eller när summan skulle visa dem exakt, summor av få insatser, samverkansorganisationer eller län som "
        f"skulle visa ett dolt tal i en av dem, och andelar av sådana summor, medelvärden av färre än {MINST} och fördelningar där någon "
        f"skulle kunna kännas igen, till exempel när nästan alla är lika.",
    ),
)


def forklaringar(tabeller: Sequence[Tabell]) -> list[tuple[str, str]]:
    """Of these protected tables: (term, explanation)."""
    huvudtal = any(kolumn.personer for tabell in tabeller for kolumn in tabell.kolumner)
    return [*([OM_HUVUDTAL] if huvudtal else []), *(OM_EGENSKAPER if any(map(handlar_om_egenskaper, tabeller)) else ())]
