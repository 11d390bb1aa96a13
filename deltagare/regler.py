"""Rules of dates and places at registration (docs/regler.md 6.3, 6.4 and Annex B). The forms ask them; they say no with a sentence."""

from django.db.models import Q
from django.utils import timezone

from sus.core.formatering import antal_i_ord
from sus.core.regelbrott import Regelbrott

V18 = "Deltagaren är under 15 år. Kontrollera att samtycket är giltigt."
V19 = "Startdag måste ligga inom insatsens period och får inte vara i framtiden."
V22 = "Deltagarens kommun ingår inte i samverkansorganisationens område."
V27 = "Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden."
V29 = "Deltagaren varken arbetar, studerar eller är aktivt arbetssökande. Kontrollera avslutningsanledningen."
FLYTT_FOR_ARBETE = (
    "Deltagaren förvärvsarbetar efter insatsen. Är flytten för arbetet ska anledningen vara till arbete, studier eller arbetssökande."
)
V30 = "Uppgifterna om deltagaren tas bort ur SUS och kan inte återskapas. Vill du fortsätta?"
V31 = "Deltagarens uppgifter tas bort ur SUS och kan inte återskapas. Deltagaren ska inte registreras som anonym."
V33 = "Insatsen är en volyminsats. Deltagare registreras endast som antal."

ORIGINAL_SKICKAT = "Originalet kan inte ha skickats före underskriften eller i framtiden. Kontrollera datumet."

SJALV_OM_SAMTYCKE = 15  # rule of thumb (docs/regler.md 7.2)
VUXEN = 18
VANLIG_ALDER = range(16, 65)
MOJLIG_ALDER = range(121)


def granska_startdag(insats, startdatum) -> None:
    if startdatum < insats.samverkansorganisation.startdatum:
        raise Regelbrott(insats.samverkansorganisation.fore_start, falt="startdatum")
    utanfor = startdatum < insats.startdatum or (insats.slutdatum is not None and startdatum > insats.slutdatum)
    if utanfor or startdatum > timezone.localdate():
        raise Regelbrott(V19, falt="startdatum")


def granska_avslutningsdatum(insats, startdatum, slutdatum) -> None:
    if slutdatum < startdatum or slutdatum > timezone.localdate():
        raise Regelbrott(V27, falt="slutdatum")
    if insats.slutdatum is not None and slutdatum > insats.slutdatum:
        raise Regelbrott(f"Avslutningsdatum får inte vara efter insatsens slutdatum ({insats.slutdatum}).", falt="slutdatum")


def granska_samtycke(uppgifter, text, registrerad) -> None:
    """`text` is the version of form 9443 in force on the day of the signature, or None; `registrerad` the day of the registration."""
    if uppgifter.datum > timezone.localdate():
        raise Regelbrott("Datum för underskriften får inte vara i framtiden.", falt="samtycke_datum")
    if uppgifter.datum > registrerad:
        raise Regelbrott(f"Samtycket måste ha skrivits under senast {registrerad}, då deltagaren registrerades.", falt="samtycke_datum")
    if text is None:
        raise Regelbrott("Blankett 9443 fanns inte den dagen. Kontrollera datumet.", falt="samtycke_datum")
    granska_originalet(uppgifter)


def granska_original_skickat(underskrifter, skickat) -> None:
    """One day for several originals: not before any of their signatures, and not in the future."""
    idag = timezone.localdate()
    senare = [dag for dag in underskrifter if dag > skickat]
    if senare:
        vilka = antal_i_ord(len(senare), "samtycke skrevs", "samtycken skrevs")
        raise Regelbrott(f"{vilka} under efter {skickat}. Ange ett senare datum, eller ta bort krysset för dem.", falt="datum")
    if skickat > idag:
        raise Regelbrott("Originalet kan inte ha skickats i framtiden. Kontrollera datumet.", falt="datum")


def granska_originalet(uppgifter) -> None:
    """Signed, sent and come, in that order and not in the future."""
    idag, skickat, mottaget = timezone.localdate(), uppgifter.original_skickat, uppgifter.original_mottaget
    if skickat is not None and not uppgifter.datum <= skickat <= idag:
        raise Regelbrott(ORIGINAL_SKICKAT, falt="samtycke_original")
    if mottaget is not None and skickat is None:
        raise Regelbrott("Fyll också i när originalet skickades.", falt="samtycke_original")
    if mottaget is not None and not skickat <= mottaget <= idag:
        raise Regelbrott("Originalet kan inte ha kommit fram innan det skickades eller i framtiden.", falt="samtycke_mottaget")


def ligger_i_omradet(samverkansorganisation, kommun, stadsdel) -> bool:
    """Whether a kommun or stadsdel belongs to the area. Without a registered area nothing lies outside."""
    omraden = samverkansorganisation.omraden
    inom = Q(kommun=kommun) | (Q(stadsdel=stadsdel) if stadsdel else Q(pk__in=[]))
    return omraden.filter(inom).exists() or not omraden.exists()


def granska_alder(alder: int) -> int:
    """The age, when a person can have it. Unusual ones are asked about before saving; these cannot be."""
    if alder not in MOJLIG_ALDER:
        raise Regelbrott(alderstext(alder), falt="startdatum")
    return alder


def alderstext(alder: int) -> str:
    return f"Deltagaren är {alder} år på startdagen. Kontrollera personnumret och startdagen."


def anonyma_ar(insats) -> range:
    """The years in which anonyma may have started: from the insats' start to its end, or to this year."""
    idag = timezone.localdate()
    return range(insats.startdatum.year, min(idag, insats.slutdatum or idag).year + 1)
