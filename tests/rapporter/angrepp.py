"""An adversary who reads every protected report of a samverkansorganisation and solves for the small cells.

Unknown is how many deltaganden of each insats began and ended when, by kön and attribute, two attributes at a time. What the reports
print are bounds of sums of these, and what they hide tells that one of several sums is small: which, when the others cannot be.
A small cell is pinned when linear programming leaves it one whole number.
"""

from itertools import product
from math import ceil, floor, inf

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat

KON = ("kvinna", "man")
# When a deltagande began and ended: 0 is before the year, 1 its first tertial, 2 the rest of it, 3 later or not yet.
KLASSER = [(start, slut) for start in (0, 1, 2) for slut in (1, 2, 3) if start <= slut]
EJ = "-"  # no value: goes on, or not measured
SMA = 4  # the largest count that is hidden for its own sake
RYMS = 1e-4  # what a solution may be off


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
        return -_Losare(antal, self._likheter, self._granser).los(_riktning(antal, [summa], -1))[1]

    def bestammer(self, celler, sanna, slump):
        """The cells that can be one number only.

        A solution in which a cell is at least one off the truth frees it. All of them together are driven up, each with a weight of its
        own, as long as that frees any; those that no solution has freed are asked about one by one.
        """
        losare = _Losare(len(sanna), self._likheter, self._granser)
        kvar, forut = set(celler), len(celler) + 1
        while 0 < len(kvar) < forut:
            forut = len(kvar)
            losare.fria(kvar, sum(_riktning(len(sanna), [cell], -slump.random()) for cell in sorted(kvar)), sanna)
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
        self.summor = {}
        for sagt in granser:
            self.satt(*sagt)

    def satt(self, summa, minst, mest):
        """Whether it was narrower than what was known."""
        forut = self.summor.get(summa, (0, inf))
        self.summor[summa] = max(minst, forut[0]), min(mest, forut[1])
        return self.summor[summa] != forut

    def minst(self, summa):
        return self.summor.get(summa, (0, inf))[0]

    def mest(self, summa):
        return self.summor.get(summa, (0, inf))[1]

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


def _riktning(antal, celler, vikt=1.0):
    """The sum of the cells, to be made as small as it can be; as large, with a weight below zero."""
    mal = np.zeros(antal)
    for cell in celler:
        mal[list(cell)] += vikt
    return mal


class _Losare:
    """One problem that is solved for many directions.

    The solution is a point in the middle of the best ones, and no corner: it is found sooner, and more cells are off the truth there.
    Where they have no middle, that is not exact enough, and a corner is found.
    """

    def __init__(self, antal, likheter, granser):
        spann = _Spann(granser)
        rader = [*likheter, *(((), summa) for summa in spann.summor)]
        self._highs = Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("solver", "ipm")
        self._highs.passModel(_modell(antal, rader, [(0, 0)] * len(likheter) + [*spann.summor.values()]))
        self._antal = antal

    def los(self, mal):
        """The unknowns and the least value of the direction."""
        self._highs.changeColsCost(self._antal, np.arange(self._antal, dtype=np.int32), mal)
        for till_ett_horn in ("off", "on"):
            self._highs.setOptionValue("run_crossover", till_ett_horn)
            self._highs.clearSolver()
            self._highs.run()
            if (status := self._highs.getModelStatus()) == HighsModelStatus.kOptimal:
                break
        assert status == HighsModelStatus.kOptimal, status  # the truth is a solution; sizes are bounded by exact head counts
        return np.array(self._highs.getSolution().col_value), self._highs.getObjectiveValue()

    def fria(self, celler, mal, sanna):
        """The least value of the direction. Takes away the cells that its solution leaves at least one off the truth."""
        x, minst = self.los(mal)
        celler -= {cell for cell in celler if abs(x[list(cell)].sum() - sanna[list(cell)].sum()) >= 1 - RYMS}
        return minst


def _modell(antal, rader, granser):
    """Unknowns of 0 or more. One row per (minus, plus), which lies between its bounds."""
    modell = HighsLp()
    modell.num_col_, modell.num_row_ = antal, len(rader)
    modell.col_cost_, modell.col_lower_, modell.col_upper_ = np.zeros(antal), np.zeros(antal), np.full(antal, inf)
    modell.row_lower_, modell.row_upper_ = np.array(granser, dtype=float).T
    modell.a_matrix_.format_ = MatrixFormat.kRowwise
    modell.a_matrix_.start_ = np.cumsum([0, *(len(minus) + len(plus) for minus, plus in rader)])
    modell.a_matrix_.index_ = np.array([nr for minus, plus in rader for nr in (*minus, *plus)])
    modell.a_matrix_.value_ = np.array([tecken for minus, plus in rader for tecken in (-1.0,) * len(minus) + (1.0,) * len(plus)])
    return modell
