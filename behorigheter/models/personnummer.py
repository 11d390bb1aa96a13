"""Personnummer of staff: encrypted, and found again through the look-up value."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from sus.core.kryptering import ar_ny, dekryptera, kryptera, uppslag, uppslagsvarden
from sus.core.personnummer import Personnummer, tolka


class MedPersonnummer(models.Model):
    """A row about a member of staff. The ciphertext is bound to the look-up value, so that it can follow from an order to a user."""

    uppslag = models.BinaryField("uppslagsvärde", max_length=32, null=True, editable=False)
    personnummer = models.BinaryField("personnummer (krypterat)", max_length=200, null=True, editable=False)

    class Meta:
        abstract = True

    def satt_personnummer(self, personnummer: Personnummer):
        siffror = personnummer.tolv_siffror
        self.uppslag = uppslag(siffror)
        self.personnummer = kryptera(siffror, plats=self._plats())

    @property
    def klartext(self) -> Personnummer | None:
        """The personnummer, or None for an account without one."""
        if not self.personnummer:
            return None
        return tolka(dekryptera(bytes(self.personnummer), plats=self._plats()), idag=timezone.localdate())

    @property
    def uppslagsvarden(self) -> list[bytes]:
        """The look-up values under which the person may stand in another row: more than one while a key is being changed."""
        if not self.uppslag:
            return []
        klartext = self.klartext if len(settings.SUS_UPPSLAGSNYCKLAR) > 1 else None
        return list({bytes(self.uppslag), *(uppslagsvarden(klartext.tolv_siffror) if klartext else [])})

    def ar_samma_person(self, annan: "MedPersonnummer") -> bool:
        return bool(annan.uppslag) and bytes(annan.uppslag or b"") in self.uppslagsvarden

    def _plats(self) -> str:
        return f"anvandare|personnummer|{bytes(self.uppslag or b'').hex()}"

    def kryptera_om(self) -> bool:
        """Look-up value and ciphertext with the first of the keys. Whether they were not already."""
        personnummer = self.klartext
        if personnummer is None or (
            bytes(self.uppslag or b"") == uppslag(personnummer.tolv_siffror) and ar_ny(bytes(self.personnummer or b""))
        ):
            return False
        self.satt_personnummer(personnummer)
        return True

    def stammer(self) -> bool:
        """Whether the personnummer can be read and the look-up value belongs to it. Raises Nyckelfel."""
        personnummer = self.klartext
        return personnummer is None or bytes(self.uppslag or b"") in uppslagsvarden(personnummer.tolv_siffror)
