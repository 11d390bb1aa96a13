"""What SUS should hold after a row of steps, kept by hand in plain Python: no rule of the product is asked."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

UTAN_MATNING = 7
SJALV_PER_DAG = 5
INGET = (None, None, None, None, None)  # a mättillfälle that has not been


@dataclass
class Kand:
    """A deltagande. `fore` and `efter`: försörjning, arbetssökande, work in per cent, kind of work, studies in per cent."""

    insats: int
    person: str
    startdatum: date
    kommun: str
    utbildning: int
    tid: int
    fore: tuple
    slutdatum: date | None = None
    anledning: int | None = None
    efter: tuple = INGET
    att_kontrollera: bool = False
    original: date | None = None
    rattelser: int = 0

    @property
    def kon(self) -> int:
        return 1 if int(self.person[10]) % 2 == 0 else 2

    @property
    def alder(self) -> int:
        ar, manad, dag = int(self.person[:4]), int(self.person[4:6]), int(self.person[6:8]) % 60
        return self.startdatum.year - ar - ((self.startdatum.month, self.startdatum.day) < (manad, dag))

    @property
    def ar(self) -> tuple[int, int, int]:
        """What it counts as in the yearly totals."""
        return self.insats, self.startdatum.year, self.kon

    def faktum(self) -> tuple:
        egna = (self.insats, self.kommun, self.startdatum, self.slutdatum, self.anledning)
        return (*egna, self.kon, self.alder, self.utbildning, self.tid, *self.fore, *self.efter)


@dataclass
class Modell:
    deltaganden: dict = field(default_factory=dict)  # by primary key
    anonyma: Counter = field(default_factory=Counter)  # insats, year, kön
    atertagna: Counter = field(default_factory=Counter)
    vantade: Counter = field(default_factory=Counter)  # everybody who ever started and was no mistake
    begaran: dict = field(default_factory=dict)  # deltagande: who asked
    gjorda_idag: Counter = field(default_factory=Counter)  # felregistreringar that somebody has made alone today

    def mots(self, insats, person, fran, till, utom=None) -> bool:
        """Whether the person takes part in the insats on some day of the period."""
        return any(
            ett.startdatum <= (till or date.max) and fran <= (ett.slutdatum or date.max)
            for pk, ett in self.deltaganden.items()
            if pk != utom and (ett.insats, ett.person) == (insats, person)
        )

    def lagg_till(self, pk, kand):
        self.deltaganden[pk] = kand
        self.vantade[kand.ar] += 1

    def ratta(self, pk, kand):
        self.vantade[self.deltaganden[pk].ar] -= 1
        self.lagg_till(pk, kand)

    def aterta(self, pk):
        """The person is counted still."""
        self.atertagna[self._ta_bort(pk).ar] += 1

    def felregistrera(self, pk):
        self.vantade[self._ta_bort(pk).ar] -= 1

    def andra_anonyma(self, nyckel, antal):
        self.anonyma[nyckel] += antal
        self.vantade[nyckel] += antal

    def per_person(self) -> Counter:
        """The facts in groups, one for each person: which person it is cannot be told from a fact."""
        personer = defaultdict(list)
        for ett in self.deltaganden.values():
            personer[ett.person].append(ett.faktum())
        return grupper(personer)

    def _ta_bort(self, pk):
        self.begaran.pop(pk, None)
        return self.deltaganden.pop(pk)


def grupper(per_nummer) -> Counter:
    return Counter(frozenset(Counter(rader).items()) for rader in per_nummer.values())


def summor(raknare) -> dict:
    return {nyckel: antal for nyckel, antal in raknare.items() if antal}
