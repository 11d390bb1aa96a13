"""Kompletterande frågor past everything written in Python: what the database must refuse, and what it must not."""

from django.db import DatabaseError, transaction

from behorigheter import vaggar
from behorigheter.roller import Roll
from deltagare.models import Svar
from organisations.models import KompletterandeFraga, Svarsalternativ
from tests.factories import DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory, SvarFactory, UppdragFactory


class Fragevakter:
    """An answered question and open ones of two förbund, and who administers the first of them."""

    def __init__(self):
        self.oppen = KompletterandeFragaFactory()
        self.egen = self.oppen.samverkansorganisation
        self.svar = SvarFactory(fraga=KompletterandeFragaFactory(samverkansorganisation=self.egen))
        self.besvarad = self.svar.fraga
        self.utkast = KompletterandeFragaFactory(samverkansorganisation=self.egen, utkast=True)
        self.vid_utregistreringen = KompletterandeFragaFactory(samverkansorganisation=self.egen, mattillfalle="ut")
        self.frammande = KompletterandeFragaFactory()
        InsatsFactory(samverkansorganisation=self.frammande.samverkansorganisation)
        self.deltagande = DeltagandeFactory(insats=InsatsFactory(samverkansorganisation=self.egen))
        self.administrator = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=self.egen).anvandare

    def brister(self):
        """What the database let through though it must not, or refused though it may."""
        for namn, (anrop, rader) in self._prov().items():
            if self._rader(anrop) != rader:
                yield namn

    def _prov(self):
        """{what is tried: (call, how many rows it changes; None: refused)}"""
        return {
            "ändra en besvarad fråga": (lambda: _fraga(self.besvarad).update(fragetext="Ny"), None),
            "ta bort en besvarad fråga": (lambda: _fraga(self.besvarad)._raw_delete("default"), None),
            "ändra en besvarad frågas alternativ": (lambda: _alternativ(self.besvarad).update(text="Ny"), None),
            "ta bort en besvarad frågas alternativ": (lambda: _alternativ(self.besvarad)._raw_delete("default"), None),
            "ändra en öppen fråga": (lambda: _fraga(self.oppen).update(fragetext="Ny"), 1),
            "ta bort en öppen frågas alternativ": (lambda: _alternativ(self.oppen)._raw_delete("default"), 2),
            "ta bort en öppen fråga": (
                lambda: _alternativ(self.oppen)._raw_delete("default") and _fraga(self.oppen)._raw_delete("default"),
                1,
            ),
            "svara med en annan frågas alternativ": (lambda: self._svara(self.oppen, self.besvarad.alternativ.first()), None),
            "svara på ett utkast": (lambda: self._svara(self.utkast), None),
            "svara vid fel mättillfälle": (lambda: self._svara(self.vid_utregistreringen), None),
            "svara på ett annat förbunds fråga": (lambda: self._svara(self.frammande), None),
            "svara": (lambda: self._svara(self.oppen), 1),
            "ändra ett annat förbunds alternativ": (lambda: self._som_administrator(_alternativ(self.frammande)), 0),
            "ändra egna alternativ": (lambda: self._som_administrator(_alternativ(self.oppen).filter(ordning=1)), 1),
        }

    def _svara(self, fraga, alternativ=None):
        SvarFactory(deltagande=self.deltagande, fraga=fraga, alternativ=alternativ or fraga.alternativ.first())
        return Svar.objects.filter(deltagande=self.deltagande, fraga=fraga).count()

    def _som_administrator(self, rader):
        with vaggar.som(self.administrator):
            return rader.update(text="Ny")

    def _rader(self, anrop):
        punkt = transaction.savepoint()
        try:
            return anrop()
        except DatabaseError:
            return None
        finally:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(punkt)


def _fraga(fraga):
    return KompletterandeFraga.objects.filter(pk=fraga.pk)


def _alternativ(fraga):
    return Svarsalternativ.objects.filter(fraga=fraga)
