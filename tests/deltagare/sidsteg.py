"""The steps of test_tillstand.py that go through the pages."""

from datetime import timedelta

from deltagare.actions.deltagande import V20
from deltagare.forms.registrera import V16
from deltagare.koder import Utbildning
from deltagare.models import Deltagande
from tests.deltagare.conftest import inregistrering, utregistrering
from tests.deltagare.modell import SJALV_PER_DAG, Kand
from tests.deltagare.steg import Steg, Typ
from tests.deltagare.varld import PERSONER, TROLLHATTAN, sida

SJUKPENNING = (1, False, None, None, None)  # what the forms of the tests say


class Sidsteg(Steg):
    def sidan(self):
        getattr(self, self.slump.choice(["sidan_in", "sidan_in", "sidan_ut", "sidan_aterta", "sidan_felregistrera"]))()

    def sidan_in(self):
        insats, person, fran = self.nagon_insats(), self.slump.choice(PERSONER), self.nagon_dag()
        by = self.nagon(insats)
        fel = V16 if person in self.skyddade else V20 if self.modell.mots(insats.pk, person, fran, None) else ""
        falt = inregistrering(personnummer=person, startdatum=str(fran), samtycke_datum=str(fran))
        if self.sand(by, insats, sida("registrera", insats=insats), falt, fel, typ=Typ.DELTAGANDE_INREGISTRERAT):
            ny = Deltagande.objects.exclude(pk__in=self.modell.deltaganden).get()
            self.modell.lagg_till(ny.pk, Kand(insats.pk, person, fran, TROLLHATTAN, Utbildning.GYMNASIUM, 3, fore=SJUKPENNING))

    def sidan_ut(self):
        if valt := self.nagot(lambda ett: not ett.slutdatum):
            deltagande, kand = valt
            till = min(kand.startdatum + timedelta(days=self.slump.randint(0, 60)), deltagande.insats.slutdatum or self.dag.date())
            falt = utregistrering(slutdatum=str(till), version=str(deltagande.version))
            adress = sida("ut", deltagande)
            if self.sand(self.nagon(deltagande.insats), deltagande.insats, adress, falt, typ=Typ.DELTAGANDE_UTREGISTRERAT):
                kand.slutdatum, kand.anledning, kand.efter = till, 2, SJUKPENNING

    def sidan_aterta(self):
        if valt := self.nagot():
            deltagande, _ = valt
            by = self.nagon(deltagande.insats)
            if self.sand(by, deltagande.insats, sida("aterta", deltagande), {}, typ=Typ.SAMTYCKE_ATERTAGET):
                self.modell.aterta(deltagande.pk)

    def sidan_felregistrera(self):
        if valt := self.nagot(lambda ett: True, inte=self.modell.begaran):
            deltagande, _ = valt
            by = self.nagon(deltagande.insats)
            ensam = self.modell.gjorda_idag[by] < SJALV_PER_DAG
            typ = Typ.DELTAGANDE_FELREGISTRERAT if ensam else Typ.FELREGISTRERING_BEGARD
            if self.sand(by, deltagande.insats, sida("felregistrera", deltagande), {"bekraftelse": "ta bort"}, typ=typ):
                self.felregistrerad(deltagande, by, ensam)
