"""How an adversary of the röjandekontroll reads one table: its cells as bounds of sums, and what is hidden as sums of which one is small.

The rules are those that everybody knows (docs/regler.md): which counts are printed as what, and why a table, a column or a cell is not.
"""

from dataclasses import dataclass
from itertools import product
from math import inf

from rapporter.motor import FLEST_DELAR
from rapporter.rojande import DELARNAS_SPELRUM
from tests.rapporter.angrepp import EJ, KON, SMA, Motstandare
from tests.rapporter.attribut import MATTA, STATUS, Filter
from tests.rapporter.oracle import ANLEDNINGAR, UTAN_MATNING

DOLT, DOLT_FOR_LITET = "–", "0–4"


def spann(cell):
    """What a printed count says, or None."""
    if cell == DOLT_FOR_LITET:
        return 0, SMA
    if not isinstance(cell, int):
        return None
    return (5, 7) if cell == 5 else (cell - 2, cell + 2)


@dataclass(frozen=True)
class Sedd:
    """A table as it was found: of whom, and which attribute its rows are about."""

    innehall: dict
    insatser: tuple
    delar: tuple
    matt: object  # who is in the table, of those who the filter picks out: antal, or avslutade
    attribut: str
    rader: dict
    filter: Filter
    totalt: tuple = ()  # what its sum row counts, and its shares are of
    n: tuple = ()  # whom it is about

    @property
    def klasser(self):
        return STATUS.get(self.filter.status, self.matt)(self.delar)

    @property
    def skrivna(self):
        """By its text; the sum row is Totalt here, whatever it is called."""
        summa = self.innehall["summa"]
        return {rad[0]: rad for rad in self.innehall["rader"]} | ({"Totalt": summa} if summa else {})

    @property
    def ar_alltid_tom(self):
        """Who ended without mätning has given no answers."""
        return self.attribut.startswith(MATTA) and self.filter.attribut.get("avslutningsanledning") == (ANLEDNINGAR[UTAN_MATNING],)

    @property
    def visar_inget_tal(self):
        return self.innehall.get("visas_inte", "").startswith("Inget tal visas")

    def cell(self, text, kolumn):
        """What is printed there. Where every row is hidden for the sake of rule 4 a sentence says so."""
        if self.visar_inget_tal:
            return DOLT
        nycklar = [kolumn["nyckel"] for kolumn in self.innehall["kolumner"]]
        return self.skrivna[text][nycklar.index(kolumn)] if text in self.skrivna else None

    def ar_oppen(self, kolumn):
        """Whether what is hidden in the column of a count is so for the sake of rule 4, and not the column as a whole."""
        if self.visar_inget_tal:
            return not set(MATTA) <= {kolumn["nyckel"] for kolumn in self.innehall["kolumner"]}  # the only column of counts
        return any(self.cell(text, kolumn) != DOLT for text in self.skrivna)


class Tabellasare:
    """Tells the adversary what tables print.

    `platser`: (what is chosen on the page, its insatser), the samverkansorganisationer among them.
    """

    def __init__(self, platser, insatser, varden):
        self.platser, self.insatser = platser, insatser
        self.motstandare, self.huvudtal = Motstandare(insatser, varden), Motstandare(insatser, {})
        self.celler, self.exakta = {}, {}  # cells to ask about, with the head count that each is a part of; who ended, where it is exact
        self.skrivna, self.dolda = {}, []  # what is printed of each sum; hidden ones, with what the reason may be

    def varden(self, attribut):
        """The values that a table of the attribute counts."""
        alla = self.motstandare.varden[attribut]
        return tuple(varde for varde in alla if not (attribut.startswith(MATTA) and varde.endswith(EJ)))

    def spann(self, sedd, text, kolumn, hel):
        cell = sedd.cell(text, kolumn)
        if kolumn != hel or not sedd.attribut.startswith(MATTA):
            return spann(cell)
        return self.spann_av_alla(cell, sedd.insatser, sedd.delar, sedd.filter)

    def spann_av_alla(self, cell, insatser, delar, ett):
        """What a count tells that is a part of those who ended, an exact head count: all but a few of them are printed as one."""
        ar, alla = spann(cell), self.antal_avslutade(insatser, delar)
        if ar is None or ar[0] == 0 or ett.val or alla is None:
            return ar
        mojliga = [*range(ar[0], min(ar[1], alla - SMA - 1) + 1), *(range(alla - SMA, alla + 1) if cell == alla // 5 * 5 else ())]
        return min(mojliga), max(mojliga)

    def kan_vara_nastan_alla(self, sedd, cell):
        """Then kvinnor and män are hidden for that reason."""
        alla = self.antal_avslutade(sedd.insatser, sedd.delar)
        return sedd.attribut.startswith(MATTA) and not sedd.filter.val and alla is not None and cell == alla // 5 * 5

    def antal_avslutade(self, insatser, delar):
        return self.huvudtalet("avslutade", insatser, delar)

    def huvudtalet(self, namn, insatser, delar):
        """The exact head count, or None where it is not shown."""
        if (namn, insatser, delar) in self.exakta:
            return self.exakta[namn, insatser, delar]
        organisationer = [tuple(dess) for plats, dess in self.platser if set(plats) == {"organisation"} and set(dess) <= set(insatser)]
        return sum(self.exakta[namn, dess, delar] for dess in organisationer) if organisationer else None

    def las_tabell(self, sedd):
        nycklar, nar = {kolumn["nyckel"] for kolumn in sedd.innehall["kolumner"]}, sedd.attribut.split("_")[0]
        hel = next(namn for namn in (f"{nar}_antal", nar, "totalt", "svarade") if namn in nycklar)
        delar = {namn: (kon,) for kon in sedd.filter.kon if (namn := f"{hel}_{kon}" if hel != "totalt" else kon) in nycklar}
        for text, varden in [*sedd.rader.items(), *([("Totalt", sedd.totalt)] if sedd.totalt else [])]:
            for kolumn, konen in [*delar.items(), (hel, sedd.filter.kon)]:
                summa = self.summa(sedd, varden, sedd.klasser, konen)
                # a row of everybody is a head count
                if text in sedd.rader and varden != self.motstandare.varden[sedd.attribut] and not sedd.ar_alltid_tom:
                    self.celler[summa] = self.motstandare.summa(sedd.insatser, sedd.klasser, {})
                if ar := self.spann(sedd, text, kolumn, hel):
                    self.motstandare.sag(summa, *ar)
                    osaker = kolumn == hel and self.kan_vara_nastan_alla(sedd, sedd.cell(text, kolumn))
                    self.skrivna[summa] = (inf, 0) if osaker else ar  # nothing can be told of a sum that it is a part of
                self.dela(sedd, varden, konen)
            self.las_regel_4(sedd, text, varden, hel, next(iter(delar), None))
        if sedd.n:
            self.las_regel_2(sedd)

    def summa(self, sedd, varden, klasser, konen, insatser=None):
        return self.motstandare.summa(insatser or sedd.insatser, klasser, {sedd.attribut: varden, **sedd.filter.attribut}, konen)

    def dela(self, sedd, varden, konen):
        """A cell is its kvinnor and män, its pågående and avslutade, its insatser, its rows; and a total is a head count."""
        hel = self.summa(sedd, varden, sedd.klasser, konen)
        delningar = []
        if konen == KON:
            delningar.append([self.summa(sedd, varden, sedd.klasser, (kon,)) for kon in KON])
        if len(sedd.insatser) > 1:
            delningar.append([self.summa(sedd, varden, sedd.klasser, konen, [insats]) for insats in sedd.insatser])
        if varden == sedd.totalt:
            rader = [del_ for del_ in sedd.rader.values() if not any(set(del_) < set(annan) for annan in sedd.rader.values())]
            if sum(map(len, rader)) == len(set().union(*rader)) == len(varden):
                delningar.append([self.summa(sedd, del_, sedd.klasser, konen) for del_ in rader])
        if sedd.filter.status:
            self.motstandare.bestar_av(
                self.summa(sedd, varden, sedd.matt(sedd.delar), konen),
                [self.summa(sedd, varden, matt(sedd.delar), konen) for matt in STATUS.values()],
            )
        for delning in delningar:
            self.motstandare.bestar_av(hel, delning)
        if varden == self.motstandare.varden[sedd.attribut] and not sedd.filter.attribut:
            self.motstandare.bestar_av(self.motstandare.summa(sedd.insatser, sedd.klasser, {}, konen), [hel])

    def las_regel_4(self, sedd, text, varden, hel, kon):
        """A cell that must be shown together with its other part, and kvinnor and män: all are 5 or more, or one of them is not."""
        skriven, delad = sedd.cell(text, hel), kon and sedd.cell(text, kon)
        kon_visas = isinstance(skriven, int) and not sedd.filter.val and not self.kan_vara_nastan_alla(sedd, skriven)
        for cell, delar, konen, ar_oppen in (
            (skriven, self.delar_av_hel(sedd), [], sedd.ar_oppen(hel)),
            (delad, [(sedd.klasser, (kon,)) for kon in KON], [(kon,) for kon in KON], kon_visas),
        ):
            summor = [self.summa(sedd, varden, klasser, dessa) for klasser, dessa in delar]
            if isinstance(cell, int):
                for summa in summor:
                    self.motstandare.sag(summa, SMA + 1, inf)
            elif cell == DOLT and ar_oppen and summor and not self.kan_pekas_ut(sedd, text, skriven):
                self.dolda.append((sedd, varden, konen, [(summa, 0, SMA) for summa in summor]))
        if skriven == DOLT and sedd.ar_oppen(hel) and not self.delar_av_hel(sedd):
            self.dolda.append((sedd, varden, [], []))

    def las_regel_8(self):
        """What is hidden may be so for the sake of the parts of the place, of which everything is read by now."""
        for sedd, varden, kon, alternativ in self.dolda:
            uppdelningar = self.uppdelningar_av(sedd.insatser)
            if uppdelningar and (sedd.visar_inget_tal or (varden == sedd.totalt and sedd.attribut.startswith(MATTA))):
                continue  # for the sake of another row, or of another table
            for konen, delar in product((sedd.filter.kon, *kon), uppdelningar):
                alternativ += self.trangt(sedd, varden, konen, delar)
            if alternativ:
                self.motstandare.nagot_galler(alternativ)

    def trangt(self, sedd, varden, konen, delar):
        """That the sum leaves its hidden parts little room, up or down; of parts that nothing is known of it says nothing."""
        hel = self.summa(sedd, varden, sedd.klasser, konen)
        minst, mest = (sum(granser) for granser in zip(*(self.skrivet(sedd, varden, konen, del_) for del_ in delar), strict=True))
        return [(hel, 0, minst + DELARNAS_SPELRUM - 1), (hel, mest - DELARNAS_SPELRUM + 1, inf)]

    def skrivet(self, sedd, varden, konen, insatser):
        """What is printed of a part: a count, no more and no less than its kvinnor and män, or these, than it and the other leave."""
        hel, *kon = (self.skrivna.get(self.summa(sedd, varden, sedd.klasser, k, insatser)) for k in (KON, *((k,) for k in KON)))
        if sedd.filter.kon != KON:
            return kon[KON.index(*sedd.filter.kon)] or (0, 0)
        matt = varden == sedd.totalt and not sedd.filter.val and self.huvudtal_i(sedd)
        if matt and (antal := self.huvudtalet(matt, insatser, sedd.delar)):
            hel = antal, antal
        if hel is None or None in kon:
            return (konen == KON and hel) or (0, 0)
        minst, mest = (sum(granser) for granser in zip(*kon, strict=True))
        minst, mest = hel = max(hel[0], minst), min(hel[1], mest)
        if konen == KON:
            return hel
        (egen, andra) = kon if konen == KON[:1] else reversed(kon)
        return max(egen[0], minst - andra[1]), min(egen[1], mest - andra[0])

    def uppdelningar_av(self, insatser):
        """The ways to part a place: in its samverkansorganisationer, in its län, and in its insatser when they are few."""
        organisationer, lan = (
            [tuple(dess) for plats, dess in self.platser if set(plats) == {niva} and set(dess) <= set(insatser)]
            for niva in ("organisation", "lan")
        )
        per_insats = [(insats,) for insats in insatser]
        if len(organisationer) <= 1:
            return [per_insats] if len(insatser) > 1 else []
        utanfor = [dess for dess in organisationer if not any(set(dess) <= set(ett) for ett in lan)]
        return [organisationer, *([[*lan, *utanfor]] if utanfor and lan else []), *([per_insats] if len(insatser) <= FLEST_DELAR else [])]

    def huvudtal_i(self, sedd):
        """The head count that the sum row of a table is, or nothing."""
        return "" if sedd.attribut.startswith(MATTA) or sedd.filter.attribut else sedd.matt.__name__

    def kan_pekas_ut(self, sedd, text, skriven):
        """Parts that are as far from their figures as can be are hidden too: at least 7 and 7, of a sum that ends on 1, 4, 6 or 9."""
        if sedd.filter.status or not isinstance(skriven, int):
            return True
        matt = text == "Totalt" and self.huvudtal_i(sedd)
        summa = matt and self.huvudtalet(matt, sedd.insatser, sedd.delar)
        return summa % 5 in (1, 4) if summa else skriven > 10

    def delar_av_hel(self, sedd):
        """(classes, kön) of the two parts that a filter has, or none."""
        if sedd.filter.status:
            return [(matt(sedd.delar), KON) for matt in STATUS.values()]
        return [(sedd.klasser, (kon,)) for kon in KON] if sedd.filter.kon != KON else []

    def utanfor_filtret(self, sedd):
        """The others whom the table would be about without its filter."""
        attribut = {namn: self.motstandare.varden[namn] for namn in sedd.filter.attribut} | {sedd.attribut: sedd.n}
        alla = self.motstandare.summa(sedd.insatser, sedd.matt(sedd.delar), attribut, KON)
        return tuple(sorted(set(alla) - set(self.summa(sedd, sedd.n, sedd.klasser, sedd.filter.kon))))

    def las_regel_2(self, sedd):
        """How many there must be, or cannot be, for the table to stand there as it does."""
        alla, av = (self.summa(sedd, dessa, sedd.klasser, sedd.filter.kon) for dessa in (sedd.n, sedd.totalt))
        visas_inte = sedd.innehall.get("visas_inte", "")
        farre = int(visas_inte.split()[2]) - 1 if visas_inte.startswith("Färre än") else None
        if sedd.filter.val:
            utanfor = self.utanfor_filtret(sedd)
            if farre is not None:
                self.motstandare.nagot_galler([(alla, 0, farre), (utanfor, 0, SMA)])
            else:
                self.motstandare.sag(alla, 20, inf)
                self.motstandare.sag(utanfor, SMA + 1, inf)
        elif farre is not None:
            self.motstandare.sag(alla, 0, farre)
        else:
            self.motstandare.sag(alla, 10, inf)
        andelar = [kolumn["nyckel"] for kolumn in sedd.innehall["kolumner"] if kolumn["nyckel"].endswith("andel")]
        if "Färre än 20 deltagare: andelar visas inte." in sedd.innehall.get("noter", ()):
            self.motstandare.sag(av, 0, 19)
        elif any(sedd.cell(text, kolumn) != DOLT for text, kolumn in product(sedd.skrivna, andelar)):
            self.motstandare.sag(av, 20, inf)
