"""What of staff is encrypted, when the keys are changed."""

from allauth.mfa.models import Authenticator

from behorigheter import andra_faktor
from behorigheter.losenord import NyckladArgon2
from behorigheter.models import Anvandare, Bestallning
from behorigheter.models.personnummer import MedPersonnummer
from sus.core.nyckelbyte import Slag

MED_PERSONNUMMER = ("uppslag", "personnummer")
ANVANDARE = Slag("användare", Anvandare.objects.exclude(personnummer=None), MED_PERSONNUMMER, MedPersonnummer.kryptera_om)
BESTALLNINGAR = Slag("beställningar", Bestallning.objects.exclude(personnummer=None), MED_PERSONNUMMER, MedPersonnummer.kryptera_om)
ANDRA_FAKTORER = Slag("andra faktorer", Authenticator.objects.all(), ("data",), andra_faktor.kryptera_om)


def losenord_med_gammal_nyckel() -> int:
    """Local accounts whose password is hashed with an earlier look-up key: only their next login can change that."""
    hashar = Anvandare.objects.filter(password__startswith=f"{NyckladArgon2.algorithm}$").values_list("password", flat=True)
    return sum(NyckladArgon2().har_gammal_nyckel(hash_) for hash_ in hashar.iterator())
