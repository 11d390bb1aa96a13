"""What people and the night do to the deltaganden of test_tillstand.py: each step is done in SUS and, when it may be, in the model.

Here through the actions; sidsteg.py goes through the pages.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from behorigheter.logg import logga
from behorigheter.models import Handelse
from deltagare.actions.anonyma import andra_anonyma
from deltagare.actions.borttagning import aterta_samtycke, avsla_felregistrering, felregistrera, godkann_felregistrering
from deltagare.actions.deltagande import ateroppna, inregistrera, ratta, registrera_ut
from deltagare.actions.kontroll import kontrollera_alla
from deltagare.actions.samtycke import original_skickade
from deltagare.models import Deltagande
from deltagare.uppgifter import Inregistrering, Situation
from tests.deltagare.modell import INGET, SJALV_PER_DAG, UTAN_MATNING, Kand
from tests.deltagare.varld import (
    PERSONER,
    SAMORDNING,
    TROLLHATTAN,
    UDDEVALLA,
    nagon_inregistrering,
    nagon_utregistrering,
    personnummer,
    samtycke,
    skriv_register,
)

Typ = Handelse.Typ
FORSTA_DAG, SISTA_DAG = date(2022, 1, 10), date(2025, 12, 15)


def som_tupel(lage) -> tuple:
    return INGET if lage is None else tuple(lage.falt().values())


class Steg:
    """`varld`, `modell` and `slump` are the machine's; `dag` its today; `loggade` what the log should say of a step."""

    def in_(self, person=None, startdatum=None, insats=None):
        insats, person = insats or self.nagon_insats(), person or self.slump.choice([*PERSONER, SAMORDNING])
        by, fran = self.nagon(insats), startdatum or self.nagon_dag()
        for_hand = person != SAMORDNING and self.slump.random() < 0.2
        uppgifter = nagon_inregistrering(self.slump, fran, self.varld.kommuner[UDDEVALLA if for_hand else TROLLHATTAN])

        def registrera():
            self.svar = inregistrera(
                insats=insats,
                personnummer=personnummer(person),
                namn="Prov Provsson",
                uppgifter=uppgifter,
                samtycke=samtycke(fran),
                att_kontrollera=for_hand,
                by=by,
            )

        if self.prova(by, insats, registrera, far=not self.modell.mots(insats.pk, person, fran, None), typ=Typ.DELTAGANDE_INREGISTRERAT):
            kand = Kand(
                *(insats.pk, person, fran, uppgifter.kommun.pk, uppgifter.utbildning, uppgifter.tid_forsorjning),
                fore=som_tupel(uppgifter.fore),
                att_kontrollera=for_hand,
            )
            self.modell.lagg_till(self.svar.pk, kand)

    def igen(self):
        """Comes back some time after the end, or too soon."""
        if valt := self.nagot(lambda ett: ett.slutdatum):
            deltagande, kand = valt
            fran = kand.slutdatum + timedelta(days=self.slump.choice([0, 1, 30]))
            if fran <= SISTA_DAG:
                self.in_(kand.person, fran, deltagande.insats)

    def ut(self):
        if valt := self.nagot(lambda ett: not ett.slutdatum or self.slump.random() < 0.1):
            deltagande, kand = valt
            uppgifter = nagon_utregistrering(self.slump, self.nagot_slut(kand))
            by = self.nagon(deltagande.insats)
            far = kand.slutdatum is None and self.slut_gar(deltagande.insats, kand.startdatum, uppgifter.slutdatum)
            if self.prova(
                by,
                deltagande.insats,
                lambda: registrera_ut(deltagande=deltagande, uppgifter=uppgifter, by=by),
                deltagande,
                far=far,
                typ=Typ.DELTAGANDE_UTREGISTRERAT,
            ):
                self.avslutat(kand, uppgifter)

    def ratta(self):
        if not (valt := self.nagot()):
            return
        deltagande, kand = valt
        by, fran = self.nagon(deltagande.insats), kand.startdatum if self.slump.random() < 0.5 else self.nagon_dag()
        nya = nagon_inregistrering(self.slump, fran, self.varld.kommuner[kand.kommun])
        ut = nagon_utregistrering(self.slump, self.nagot_slut(kand)) if bool(kand.slutdatum) != (self.slump.random() < 0.05) else None
        ny = replace(kand, startdatum=fran, utbildning=nya.utbildning, tid=nya.tid_forsorjning, fore=som_tupel(nya.fore))
        far = (ut is not None) == (kand.slutdatum is not None)
        if far and ut:
            far = self.slut_gar(deltagande.insats, fran, ut.slutdatum)
            self.avslutat(ny, ut)
        andrar = ny.faktum() != kand.faktum()
        if andrar:
            far = far and not self.modell.mots(kand.insats, kand.person, fran, ny.slutdatum, utom=deltagande.pk)
            ny.rattelser += 1
        nummer = personnummer(kand.person)
        if self.prova(
            by,
            deltagande.insats,
            lambda: ratta(deltagande=deltagande, personnummer=nummer, inregistrering=nya, utregistrering=ut, by=by),
            deltagande,
            far=far,
            typ=Typ.DELTAGANDE_RATTAT if andrar else None,
        ):
            self.modell.ratta(deltagande.pk, ny)

    def ratta_ingenting(self):
        if valt := self.nagot(lambda ett: not ett.slutdatum):
            deltagande, kand = valt
            by = self.varld.deltagaransvarig(deltagande.insats, self.slump)
            samma = Inregistrering.av(deltagande, Situation(*kand.fore))
            nummer = personnummer(kand.person)

            def ratta_inget():
                ratta(deltagande=deltagande, personnummer=nummer, inregistrering=samma, utregistrering=None, by=by)

            self.prova(by, deltagande.insats, ratta_inget, deltagande)

    def ateroppna(self):
        if valt := self.nagot(lambda ett: ett.slutdatum or self.slump.random() < 0.1):
            deltagande, kand = valt
            by = self.nagon(deltagande.insats)
            senare = self.modell.mots(kand.insats, kand.person, kand.startdatum, None, utom=deltagande.pk)
            far = kand.slutdatum is not None and deltagande.insats.slutdatum is None and not senare
            oppna = lambda: ateroppna(deltagande=deltagande, by=by)  # noqa: E731
            if self.prova(by, deltagande.insats, oppna, deltagande, far=far, typ=Typ.DELTAGANDE_ATEROPPNAT):
                kand.slutdatum = kand.anledning = None
                kand.efter, kand.rattelser = INGET, kand.rattelser + 1

    def aterta(self):
        if valt := self.nagot():
            deltagande, _ = valt
            by = self.nagon(deltagande.insats)
            ta_bort = lambda: aterta_samtycke(deltagande=deltagande, by=by)  # noqa: E731
            if self.prova(by, deltagande.insats, ta_bort, deltagande, typ=Typ.SAMTYCKE_ATERTAGET):
                self.modell.aterta(deltagande.pk)

    def felregistrera(self):
        """Mostly by who has made so many today that a second person must agree."""
        if valt := self.nagot():
            deltagande, _ = valt
            by = self.varld.flitig if self.slump.random() < 0.5 else self.nagon(deltagande.insats)
            ensam = self.modell.gjorda_idag[by] < SJALV_PER_DAG
            ta_bort = lambda: felregistrera(deltagande=deltagande, by=by)  # noqa: E731
            far = ensam or deltagande.pk not in self.modell.begaran
            typ = Typ.DELTAGANDE_FELREGISTRERAT if ensam else Typ.FELREGISTRERING_BEGARD
            if self.prova(by, deltagande.insats, ta_bort, deltagande, far=far, typ=typ):
                self.felregistrerad(deltagande, by, ensam)

    def avgor(self):
        """The second person agrees or not. Who asked cannot agree; often there is nothing to agree to."""
        if valt := self.nagot(lambda ett: True, helst=self.modell.begaran):
            deltagande, _ = valt
            begard_av = self.modell.begaran.get(deltagande.pk)
            by = begard_av if begard_av and self.slump.random() < 0.3 else self.nagon(deltagande.insats)
            godkann = self.slump.random() < 0.6
            far = begard_av is not None and not (godkann and by == begard_av)
            handling = godkann_felregistrering if godkann else avsla_felregistrering
            typ = Typ.DELTAGANDE_FELREGISTRERAT if godkann else Typ.FELREGISTRERING_BEGARD
            if self.prova(by, deltagande.insats, lambda: handling(deltagande=deltagande, by=by), deltagande, far=far, typ=typ):
                if godkann:
                    self.modell.felregistrera(deltagande.pk)
                else:
                    del self.modell.begaran[deltagande.pk]

    def anonyma(self):
        insats, ar = self.nagon_insats(), self.slump.randint(2022, 2025)
        by, kvinnor, man = self.nagon(insats), self.slump.randint(-4, 5), self.slump.randint(-4, 5)
        nycklar = {(insats.pk, ar, 1): kvinnor, (insats.pk, ar, 2): man}
        far = all(antal >= 0 or self.modell.anonyma[nyckel] + antal >= 0 for nyckel, antal in nycklar.items())
        andra = lambda: andra_anonyma(insats=insats, ar=ar, kvinnor=kvinnor, man=man, by=by)  # noqa: E731
        if (kvinnor or man) and self.prova(by, insats, andra, far=far, typ=Typ.ANONYMA_ANDRADE):
            for nyckel, antal in nycklar.items():
                self.modell.andra_anonyma(nyckel, antal)

    def original(self):
        """A day for several originals, some of them of other insatser: those stay as they are."""
        insats = self.nagon_insats()
        by, valda = self.nagon(insats), self.slump.sample(list(self.modell.deltaganden), k=min(4, len(self.modell.deltaganden)))
        osanda = [self.modell.deltaganden[pk] for pk in valda]
        osanda = [kand for kand in osanda if kand.insats == insats.pk and kand.original is None]
        rader = list(Deltagande.objects.filter(pk__in=valda))
        if insats.pk in self.varld.nar[by]:
            skicka = lambda: original_skickade(insats=insats, deltaganden=rader, datum=self.dag.date(), by=by)  # noqa: E731
            if self.prova(by, insats, skicka, typ=Typ.SAMTYCKE_ANDRAT if osanda else None):
                for kand in osanda:
                    kand.original, kand.rattelser = self.dag.date(), kand.rattelser + 1

    def natten(self):
        """Now and then somebody becomes protected, or is no more; then a new day."""
        if self.slump.random() < 0.5:
            self.skyddade ^= {self.slump.choice(PERSONER)}
        self.settings.FOLKBOKFORING = skriv_register(self.katalog, self.skyddade)
        kontrollera_alla()
        self.anteckna(Typ.DELTAGANDE_KONTROLLERAT)
        for pk, kand in list(self.modell.deltaganden.items()):
            if kand.person in self.skyddade:
                self.modell.aterta(pk)
                self.anteckna(Typ.DELTAGANDE_AVIDENTIFIERAT)
            elif kand.att_kontrollera:
                kand.rattelser += kand.kommun != TROLLHATTAN
                kand.kommun, kand.att_kontrollera = TROLLHATTAN, False
                self.anteckna(Typ.DELTAGANDE_KONTROLLERAT)
        self.dag += timedelta(days=1)
        self.ny_dag()

    def ny_dag(self):
        """One user has taken away as many as a day allows already, elsewhere."""
        self.klockan(self.dag.isoformat())
        for _ in range(SJALV_PER_DAG):
            logga(Typ.DELTAGANDE_FELREGISTRERAT, by=self.varld.flitig)
        self.loggade[Typ.DELTAGANDE_FELREGISTRERAT, self.varld.flitig.pk] += SJALV_PER_DAG
        self.modell.gjorda_idag = Counter({self.varld.flitig: SJALV_PER_DAG})

    # --- how it is done ---

    def prova(self, by, insats, handling, deltagande=None, *, far=True, typ=None) -> bool:
        """Whether it was done; it must be when, and only when, `by` has uppdrag in the insats and `far`."""
        nej = self.varld.forsok(by, insats, handling, deltagande)
        return self._gick(by, insats, typ, nej, vantat="" if far else "regel")

    def sand(self, by, insats, adress, falt, fel="", *, typ) -> bool:
        return self._gick(by, insats, typ, self.varld.skicka(by, adress, falt), vantat=fel)

    def _gick(self, by, insats, typ, nej, vantat) -> bool:
        if insats.pk not in self.varld.nar[by]:
            assert nej, f"{by} har inget uppdrag i insatsen men fick göra {typ}"
            self.nekat["vagg"] += 1
            return False
        assert nej == vantat, (typ, nej, vantat)
        if nej:
            self.nekat[typ] += 1
            return False
        self.anteckna(typ, by)
        return True

    def anteckna(self, typ, by=None):
        """What has been done, and is in the log unless it changed nothing."""
        self.gjort[typ] += 1
        if typ:
            self.loggade[typ, by.pk if by else None] += 1

    def nagon_insats(self):
        return self.slump.choice(self.varld.insatser)

    def nagon(self, insats):
        """Mostly somebody with uppdrag in the insats, now and then anybody at all."""
        return self.varld.deltagaransvarig(insats, self.slump) if self.slump.random() < 0.75 else self.slump.choice(list(self.varld.nar))

    def nagon_dag(self):
        return FORSTA_DAG + timedelta(days=30 * self.slump.randint(0, (SISTA_DAG - FORSTA_DAG).days // 30))

    def nagot_slut(self, kand):
        return kand.startdatum + timedelta(days=self.slump.randint(-3, 150))

    def slut_gar(self, insats, fran, till) -> bool:
        return fran <= till <= min(self.dag.date(), insats.slutdatum or date.max)

    def nagot(self, villkor=lambda ett: True, helst=(), inte=()):
        """(deltagande, what is known of it) of one that fulfils the condition, or None. `helst`: of these if there are any."""
        mojliga = [pk for pk, kand in self.modell.deltaganden.items() if pk not in inte and villkor(kand)]
        valbara = [pk for pk in mojliga if pk in helst] or mojliga
        if not valbara:
            return None
        pk = self.slump.choice(valbara)
        deltagande = Deltagande.objects.select_related("insats__samverkansorganisation", "kommun").get(pk=pk)
        return deltagande, self.modell.deltaganden[pk]

    def avslutat(self, kand, uppgifter):
        kand.slutdatum, kand.anledning = uppgifter.slutdatum, uppgifter.avslutningsanledning
        kand.efter = INGET if uppgifter.avslutningsanledning == UTAN_MATNING else som_tupel(uppgifter.efter)

    def felregistrerad(self, deltagande, by, ensam):
        if ensam:
            self.modell.gjorda_idag[by] += 1
            self.modell.felregistrera(deltagande.pk)
        else:
            self.modell.begaran[deltagande.pk] = by
