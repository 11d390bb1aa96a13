"""The user behind an order: the one with the same personnummer, or a new one."""

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from behorigheter.logg import logga
from behorigheter.mejl import skicka
from behorigheter.models import Anvandare, Bestallning, Handelse
from sus.core.regelbrott import Regelbrott

ANNAN_ARBETSGIVARE = (
    "Personen har ett konto i SUS hos en annan arbetsgivare. Anställningen måste avslutas där innan behörigheten kan utfärdas. "
    "Avslå beställningen eller vänta tills det är gjort."
)
AVSTANGT = "Personens konto är avstängt. Behörigheten kan utfärdas först när kontot är öppnat igen."
UPPGIFTER = ("fornamn", "efternamn", "epost", "telefon")


@transaction.atomic
def ta_in_anvandare(*, person, organisation, by):
    """The user that `person` (an order, or a user not yet saved) is about, employed by the organisation.

    Name, e-post and telefon become those of `person`: a new number is ordered like everything else. Raises Regelbrott for
    oneself, for somebody who works elsewhere and for a closed account.
    """
    anvandare = kand_anvandare(person)
    if anvandare is None:
        return _skapa(person, organisation, by)
    if anvandare.pk == by.pk:
        raise Regelbrott("Du kan inte ge dig själv behörighet.")
    if anvandare.arbetsgivare_id not in (None, organisation.pk):
        raise Regelbrott(ANNAN_ARBETSGIVARE)
    if not anvandare.is_active:
        raise Regelbrott(AVSTANGT)
    return _uppdatera(anvandare, person, organisation, by)


def kand_anvandare(person):
    """The user with the personnummer, wherever employed, or None."""
    if isinstance(person, Bestallning) and person.anvandare_id:
        return person.anvandare
    return Anvandare.objects.filter(uppslag__in=person.uppslagsvarden).select_related("arbetsgivare").first()


def _skapa(person, organisation, by):
    anvandare = Anvandare(
        anvandarnamn=_anvandarnamn(person),
        arbetsgivare=organisation,
        uppslag=person.uppslag,
        personnummer=person.personnummer,
        **{falt: getattr(person, falt) for falt in UPPGIFTER},
    )
    anvandare.set_unusable_password()
    anvandare.save()
    logga(Handelse.Typ.ANVANDARE_SKAPAD, pa=anvandare, by=by, arbetsgivare=organisation.pk)
    return anvandare


def _uppdatera(anvandare, person, organisation, by):
    nya = {falt: getattr(person, falt) for falt in UPPGIFTER} | {"arbetsgivare": organisation}
    andrade = [falt for falt, varde in nya.items() if getattr(anvandare, falt) != varde]
    if "epost" in andrade:  # the new address can ask for a new password: the person must hear of it where it was heard of before
        skicka(
            "behorigheter/mejl_ny_epost.txt",
            amne="Din e-postadress i SUS är ändrad",
            till=[anvandare.epost],
            anvandare=anvandare,
            organisation=organisation,
        )
    if andrade:
        for falt in andrade:
            setattr(anvandare, falt, nya[falt])
        anvandare.save(update_fields=andrade)
        logga(Handelse.Typ.ANVANDARE_ANDRAD, pa=anvandare, by=by, falt=andrade)
    return anvandare


def _anvandarnamn(person):
    """The name and four digits, which say nothing of the person: karin-berg-4821."""
    stam = slugify(f"{person.fornamn} {person.efternamn}")[:100] or "anvandare"
    while True:
        namn = f"{stam}-{get_random_string(4, '0123456789')}"
        if not Anvandare.objects.filter(anvandarnamn=namn).exists():
            return namn
