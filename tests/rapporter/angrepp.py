"""An adversary who reads every protected report of a samverkansorganisation and solves for the small cells.

Unknown is how many deltaganden of each insats began and ended when, by kön and attribute, two attributes at a time. What the reports
print are bounds of sums of these, and what they hide tells that one of several sums is small: which, when the others cannot be.
A small cell is pinned when linear programming leaves it one whole number.
"""

from itertools import product
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

KON = ("kvinna", "man")
# When a deltagande began and ended: 0 is before the year, 1 its first tertial, 2 the rest of it, 3 later or not yet.
KLASSER = [(start, slut) for start in (0, 1, 2) for slut in (1, 2, 3) if start <= slut]
EJ = "-"  # no value: goes on, or not measured
SMA = 4  # the largest count that is hidden for its own sake
RYMS = 1e-6
TILLSAMMANS = 10


class Motstandare:
    """Gathers what the reports say as linear bounds over the unknown counts.

    `varden` are the values of each attribute. A unit is (insats, class, values by attribute, kön).
    """

    def __init__(self, insatser, varden):
        self.insatser, self.varden = insatser, varden
        self._nummer = {}
        self._likheter, self._granser = [], []
        self._uppdelade, self._alternativ = set(), set()
        self._familj(())

    def summa(self, insatser, klasser, attribut, kon=KON):
        """The unknowns of a cell: {attribute: values}, at most two, summed over the rest."""
        namn = tuple(sorted(attribut))
        if namn not in self._nummer:
            self._familj(namn)
        nummer = self._nummer[namn]
        return tuple(
            sorted(
                nummer[insats, klass, varden, k]
                for insats, klass, k in product(insatser, klasser, kon)
                for varden in product(*(attribut[n] for n in namn))
            )
        )

    def sag(self, summa, minst, mest):
        """The sum lies between the two."""
        self._granser.append((summa, minst, mest))

    def lika(self, summa, andra):
        """The two sums are of the same deltaganden, told by different attributes."""
        self._likheter.append((summa, andra))

    def bestar_av(self, hel, delar):
        """The sum is that of the parts: solved anyhow, and used to see which of several sums is small."""
        self._uppdelade.add((hel, tuple(delar)))

    def nagot_galler(self, alternativ):
        """At least one is true of (sum, least, most)."""
        self._alternativ.add(tuple(alternativ))

    def dra_slutsatser(self):
        """Says which alternative is true where what is known of the others tells that they are not. How many times it did."""
        spann, borjan = _Spann(self._granser), len(self._granser)
        spann.krymp(self._uppdelade)
        while nya := {kvar[0] for ett in self._alternativ if len(kvar := spann.kan_galla(ett)) == 1 and spann.sager_mer(*kvar[0])}:
            for sagt in sorted(nya):
                self.sag(*sagt)
                spann.satt(*sagt)
            spann.krymp(self._uppdelade)
        return len(self._granser) - borjan

    def _familj(self, namn):
        """Unknowns for these attributes, which add up to those of fewer."""
        for mindre in {tuple(n for n in namn if n != bort) for bort in namn} - set(self._nummer):
            self._familj(mindre)
        forsta = sum(map(len, self._nummer.values()))
        enheter = product(self.insatser, KLASSER, product(*(self.varden[n] for n in namn)), KON)
        nummer = {enhet: forsta + nr for nr, enhet in enumerate(enheter)}
        self._nummer[namn] = nummer
        for bort in namn:
            plats, mindre = namn.index(bort), tuple(n for n in namn if n != bort)
            delar = {}
            for (insats, klass, varden, k), nr in nummer.items():
                kvar = varden[:plats] + varden[plats + 1 :]
                delar.setdefault(self._nummer[mindre][insats, klass, kvar, k], []).append(nr)
            self._likheter += [((hel,), tuple(nummer)) for hel, nummer in delar.items()]

    def sanning(self, poster):
        """The true value of every unknown. `poster`: (insats, class, {attribute: value}, kön)."""
        svar = np.zeros(sum(map(len, self._nummer.values())))
        for insats, klass, attribut, kon in poster:
            for namn, nummer in self._nummer.items():
                svar[nummer[insats, klass, tuple(attribut[n] for n in namn), kon]] += 1
        return svar

    def motsagda(self, sanna):
        """What has been said that is not true: then the reports are wrong, or the adversary reads them wrong."""
        olika = [par for par in self._likheter if sanna[list(par[0])].sum() != sanna[list(par[1])].sum()]

        def ar_sant(summa, minst, mest):
            return minst <= sanna[list(summa)].sum() <= mest

        inget_galler = [ett for ett in self._alternativ if not any(ar_sant(*sagt) for sagt in ett)]
        return [*(sagt for sagt in self._granser if not ar_sant(*sagt)), *olika, *inget_galler]

    def hogst(self, summa):
        """The largest that the sum can be."""
        antal = sum(map(len, self._nummer.values()))
        return -_Losare(antal, self._likheter, self._granser).los(_riktning(antal, [summa], -1)).fun

    def bestammer(self, celler, sanna, slump):
        """The cells that can be one number only.

        A solution in which a cell is at least one off the truth frees it. A few cells at a time are driven up; those that no
        solution has freed are asked about one by one.
        """
        losare = _Losare(len(sanna), self._likheter, self._granser)
        kvar = set(celler)
        for _ in range(len(kvar) // TILLSAMMANS):
            losare.fria(kvar, _riktning(len(sanna), slump.sample(sorted(kvar), min(TILLSAMMANS, len(kvar))), -1), sanna)
        bestamda = set()
        while kvar:
            cell = min(kvar)
            minst = losare.fria(kvar, _riktning(len(sanna), [cell]), sanna)
            if cell in kvar and ceil(minst - RYMS) == floor(RYMS - losare.fria(kvar, _riktning(len(sanna), [cell], -1), sanna)):
                bestamda.add(cell)
            kvar.discard(cell)
        return bestamda


class _Spann:
    """The least and the most that each sum can be, as far as sums and their parts tell it."""

    def __init__(self, granser):
        self._spann = {}
        for sagt in granser:
            self.satt(*sagt)

    def satt(self, summa, minst, mest):
        """Whether it was narrower than what was known."""
        forut = self._spann.get(summa, (0, inf))
        self._spann[summa] = max(minst, forut[0]), min(mest, forut[1])
        return self._spann[summa] != forut

    def minst(self, summa):
        return self._spann.get(summa, (0, inf))[0]

    def mest(self, summa):
        return self._spann.get(summa, (0, inf))[1]

    def kan_galla(self, alternativ):
        return [(summa, minst, mest) for summa, minst, mest in alternativ if self.minst(summa) <= mest and minst <= self.mest(summa)]

    def sager_mer(self, summa, minst, mest):
        return minst > self.minst(summa) or mest < self.mest(summa)

    def krymp(self, uppdelade):
        while sum(self._krymp(hel, delar) for hel, delar in uppdelade):  # all of them each time
            pass

    def _krymp(self, hel, delar):
        lagst, hogst = sum(map(self.minst, delar)), sum(map(self.mest, delar))
        andrat = self.satt(hel, lagst, hogst)
        minst, mest = self.minst(hel), self.mest(hel)
        for del_ in delar:
            ovriga = hogst - self.mest(del_) if hogst < inf else sum(self.mest(annan) for annan in delar if annan != del_)
            andrat |= self.satt(del_, minst - ovriga, mest - (lagst - self.minst(del_)))
        return andrat


def _riktning(antal, celler, tecken=1):
    """The sum of the cells, to be made as small as it can be; as large, with the other sign."""
    mal = np.zeros(antal)
    for cell in celler:
        mal[list(cell)] += tecken
    return mal


class _Losare:
    def __init__(self, antal, likheter, granser):
        self._lika = _matris(antal, likheter)
        tak = [(summa, mest) for summa, _, mest in granser if mest < inf]
        golv = [(summa, minst) for summa, minst, _ in granser if minst]
        self._olika = _matris(antal, [((), summa) for summa, _ in tak] + [(summa, ()) for summa, _ in golv])
        self._tak = [mest for _, mest in tak] + [-minst for _, minst in golv]

    def los(self, mal):
        svar = linprog(
            mal,
            A_ub=self._olika,
            b_ub=self._tak,
            A_eq=self._lika,
            b_eq=np.zeros(self._lika.shape[0]),
            method="highs",
        )
        assert svar.status == 0, svar.message  # the truth is a solution, so there is one; sizes are bounded by exact head counts
        return svar

    def fria(self, celler, mal, sanna):
        """The least value of the direction. Takes away the cells that its solution leaves at least one off the truth."""
        svar = self.los(mal)
        celler -= {cell for cell in celler if abs(svar.x[list(cell)].sum() - sanna[list(cell)].sum()) >= 1 - RYMS}
        return svar.fun


def _matris(antal, rader):
    """One row per (minus, plus)."""
    data, rad, kolumn = [], [], []
    for nr, (minus, plus) in enumerate(rader):
        for tecken, nummer in ((-1, minus), (1, plus)):
            data += [tecken] * len(nummer)
            rad += [nr] * len(nummer)
            kolumn += nummer
    return csr_matrix((data, (rad, kolumn)), shape=(len(rader), antal))
