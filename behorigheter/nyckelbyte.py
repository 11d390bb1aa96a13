"""What of staff is encrypted, when the keys are changed."""

from allauth.mfa.models import Authenticator

from behorigheter import andra_faktor
from behorigheter.losenord import NyckladArgon2
from behorigheter.models import Anvandare, Bestallning
from behorigheter.models.personnummer import MedPersonnummer
from sus.core.nyckelbyte import Slag


def _med_personnummer(namn: str, modell: type[MedPersonnummer]) -> Slag:
    rader = modell._default_manager.exclude(personnummer=None)
    return Slag(namn, rader, ("uppslag", "personnummer"), modell.kryptera_om, modell.stammer)


ANVANDARE = _med_personnummer("användare", Anvandare)
BESTALLNINGAR = _med_personnummer("beställningar", Bestallning)
ANDRA_FAKTORER = Slag("andra faktorer", Authenticator.objects.all(), ("data",), andra_faktor.kryptera_om, andra_faktor.stammer)


def losenord_med_gammal_nyckel() -> int:
    """Local accounts whose password is hashed with an earlier look-up key: only their next login can change that."""
    hashar = Anvandare.objects.filter(password__startswith=f"{NyckladArgon2.algorithm}$").values_list("password", flat=True)
    return sum(NyckladArgon2().har_gammal_nyckel(hash_) for hash_ in hashar.iterator())
