"""What an adversary of the röjandekontroll reads: the reports that anybody may see, and the rules that everybody knows.

The reports are those of every level, of a year and its first tertial, with one filter on persons at a time. All of it is told to
Motstandare (angrepp.py) as bounds of sums, and as sums of which one is small.
"""

from dataclasses import dataclass
from itertools import product
from math import inf

from behorigheter.roller import Roll
from insatser.models import Insats
from tests.factories import BehorighetFactory
from tests.rapporter.angrepp import EJ, KLASSER, KON, SMA, Motstandare
from tests.rapporter.attribut import (
    AVSLUTADE,
    BAKGRUND,
    FILTER,
    FORSORJNINGSVARDEN,
    HUVUDPERIODER,
    LANGD,
    MATT,
    MATTA,
    PERIODER,
    RESULTAT,
    STATUS,
    SYSSELSATTNING,
    UPPDELAD,
    UTAN,
    VARDEN,
    Filter,
    antal,
    avslutade,
)
from tests.rapporter.conftest import gor_rapport, som_json, tabell
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

    @property
    def klasser(self):
        return STATUS.get(self.filter.status, self.matt)(self.delar)

    @property
    def skrivna(self):
        """By its text; the sum row is Totalt here, whatever it is called."""
        summa = self.innehall["summa"]
        return {rad[0]: rad for rad in self.innehall["rader"]} | ({"Totalt": summa} if summa else {})

    def cell(self, text, kolumn):
        """What is printed there. Where every row is hidden for the sake of rule 4 a sentence says so."""
        if self.innehall.get("visas_inte", "").startswith("Inget tal visas"):
            return DOLT
        nycklar = [kolumn["nyckel"] for kolumn in self.innehall["kolumner"]]
        return self.skrivna[text][nycklar.index(kolumn)] if text in self.skrivna else None

    def ar_oppen(self, kolumn):
        """Whether what is hidden in the column of a count is so for the sake of rule 4, and not the column as a whole."""
        if self.innehall.get("visas_inte", "").startswith("Inget tal visas"):
            return not set(MATTA) <= {kolumn["nyckel"] for kolumn in self.innehall["kolumner"]}  # the only column of counts
        return any(self.cell(text, kolumn) != DOLT for text in self.skrivna)


class Lasare:
    """Reads the reports of places as anybody may, and tells the adversary what they print.

    `platser`: (what is chosen on the page, its insatser), the samverkansorganisationer among them.
    """

    def __init__(self, platser, insatser, forsorjningar):
        self.forsorjningar = forsorjningar
        self.by = BehorighetFactory(roll=Roll.RAPPORT).anvandare
        self.platser, self.insatser = platser, insatser
        self.namn = {insats.namn: insats.pk for insats in Insats.objects.filter(pk__in=insatser)}
        varden = VARDEN | {f"{nar}_{kod.slug}": FORSORJNINGSVARDEN[nar] for nar in MATTA for kod in forsorjningar}
        self.motstandare, self.huvudtal = Motstandare(insatser, varden), Motstandare(insatser, {})
        self.celler, self.exakta = {}, {}
        self.vet({})

    def varden(self, attribut):
        """The values that a table of the attribute counts."""
        alla = self.motstandare.varden[attribut]
        return tuple(varde for varde in alla if not (attribut.startswith(MATTA) and varde.endswith(EJ)))

    def vet(self, valda):
        """Who has ended has a reason and a length of time, and is measured twice for every attribute or for none."""
        summa, alla = self.motstandare.summa, self.motstandare.varden
        egna = [namn for namn in alla if namn not in valda]
        slutat, kvar = ([klass for klass in KLASSER if (klass[1] == KLASSER[-1][1]) == ar_kvar] for ar_kvar in (False, True))
        for namn, klasser, varden in (
            ("tid", slutat, (EJ,)),
            ("tid", kvar, LANGD),
            ("avslutningsanledning", slutat, (EJ,)),
            *((namn, kvar, self.varden(namn)) for namn in egna if namn.startswith(MATTA)),
        ):
            if namn in egna:
                self.motstandare.sag(summa(self.insatser, klasser, {namn: varden, **valda}), 0, 0)
        matta = {namn: self.varden(namn) for namn in egna if namn.startswith(MATTA)}
        if "avslutningsanledning" in egna:
            matta["avslutningsanledning"] = tuple(text for kod, text in ANLEDNINGAR.items() if kod != UTAN_MATNING)
        (forsta, dess), *andra = matta.items()
        for insats, klass, kon in product(self.insatser, slutat, KON):
            en = summa([insats], [klass], {forsta: dess, **valda}, (kon,))
            for namn, varden in andra:
                self.motstandare.lika(en, summa([insats], [klass], {namn: varden, **valda}, (kon,)))

    def rapport(self, nyckel, plats, perioden, **val):
        rapport = gor_rapport(nyckel, by=self.by, fran=perioden[0], till=perioden[1], **plats, **val)
        assert rapport.skydd == "skyddad"
        return som_json(rapport)

    def las_huvudtal(self):
        """The exact head counts, per insats and for each whole samverkansorganisation."""
        for plats, insatser in self.platser:
            if set(plats) == {"organisation"}:
                for delar, perioden in HUVUDPERIODER.items():
                    self.las_insatser(tabell(self.rapport("insats", plats, perioden), "insatser"), insatser, delar)

    def las_insatser(self, innehall, insatser, delar):
        nycklar = [kolumn["nyckel"] for kolumn in innehall["kolumner"]]
        for rad in [*innehall["rader"], innehall["summa"]]:
            dess = [self.namn[rad[0]]] if rad[0] in self.namn else insatser
            for namn, klasser in MATT.items():
                cell = rad[nycklar.index(namn)]
                minst, mest = (cell, cell) if isinstance(cell, int) else (0, SMA)
                if namn == "avslutade" and minst == mest:
                    self.exakta[tuple(dess), delar] = cell
                for vem in (self.motstandare, self.huvudtal):
                    vem.sag(vem.summa(dess, klasser(delar), {}), minst, mest)

    def las_allt(self, filter_, perioder):
        """Each filter in its periods, and the reports without any in all."""
        valda = [ett for namn in filter_ for ett in FILTER[namn] if set(ett.attribut) <= set(self.motstandare.varden)]
        for ett in valda:
            if ett.attribut:
                self.vet(ett.attribut)
        for plats, insatser in self.platser:
            for delar, ett in [*((delar, UTAN) for delar in PERIODER), *product(perioder, valda)]:
                for sedd in self.tabeller(plats, tuple(insatser), delar, ett):
                    if sedd.attribut not in ett.attribut:
                        self.las_tabell(sedd)

    def tabeller(self, plats, insatser, delar, ett):
        """The tables of a place and a period. The status is put aside where only those are counted who ended."""

        def las(nyckel, typ, tabeller, matt):
            rapport = self.rapport(nyckel, plats, PERIODER[delar], typ=typ, **ett.val)
            self.las_underlag(rapport, insatser, delar, ett)
            return [Sedd(tabell(rapport, namn), insatser, delar, matt, attribut, rader, ett) for namn, attribut, rader in tabeller]

        yield from las("deltagare", "bakgrund", BAKGRUND, antal)
        if ett.status:
            return
        for typ, tabeller in AVSLUTADE.items():
            yield from las("deltagare", typ, tabeller, avslutade)
        for nyckel, typ, tabellen, rader in (
            ("deltagare", "sysselsattning", "sysselsattning", SYSSELSATTNING),
            ("standard-deltagare", "sysselsattning-uppdelad", "sysselsattning_uppdelad", UPPDELAD),
        ):
            yield from las(nyckel, typ, [(tabellen, nar, rader) for nar in MATTA], avslutade)
        yield from las("standard-deltagare", "resultat", [("resultat", "efter", RESULTAT)], avslutade)
        forsorjningar = [("forsorjning", f"{nar}_{kod.slug}", {kod.label: ("ja",)}) for kod in self.forsorjningar for nar in MATTA]
        yield from las("deltagare", "forsorjning", forsorjningar, avslutade)

    def las_underlag(self, rapport, insatser, delar, ett):
        """How many the reports of before and after rest on, when that stands there."""
        underlag = next((innehall for innehall in rapport["tabeller"] if innehall["nyckel"] == "underlag"), None)
        if underlag is None or not underlag["rader"] or "fore" in ett.attribut:
            return
        nycklar = [kolumn["nyckel"] for kolumn in underlag["kolumner"]]
        if ar := self.spann_av_alla(underlag["rader"][0][nycklar.index("avslutade_med_matning")], insatser, delar, ett):
            matta = {"fore": self.varden("fore"), **ett.attribut}
            self.motstandare.sag(self.motstandare.summa(insatser, avslutade(delar), matta, ett.kon), *ar)

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
        if (insatser, delar) in self.exakta:
            return self.exakta[insatser, delar]
        organisationer = [tuple(dess) for plats, dess in self.platser if set(plats) == {"organisation"} and set(dess) <= set(insatser)]
        return sum(self.exakta[dess, delar] for dess in organisationer) if organisationer else None

    def las_tabell(self, sedd):
        nycklar = {kolumn["nyckel"] for kolumn in sedd.innehall["kolumner"]}
        hel = next(namn for namn in (sedd.attribut.split("_")[0], "totalt") if namn in nycklar)
        delar = {f"{hel}_{kon}" if hel != "totalt" else kon: (kon,) for kon in sedd.filter.kon}
        for text, varden in [*sedd.rader.items(), ("Totalt", self.varden(sedd.attribut))]:
            for kolumn, konen in [*delar.items(), (hel, sedd.filter.kon)]:
                summa = self.summa(sedd, varden, sedd.klasser, konen)
                if text in sedd.rader:
                    self.celler[summa] = self.motstandare.summa(sedd.insatser, sedd.klasser, {})
                if ar := self.spann(sedd, text, kolumn, hel):
                    self.motstandare.sag(summa, *ar)
                self.dela(sedd, varden, konen)
            self.las_regel_4(sedd, text, varden, hel, next(iter(delar)))
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
        if varden == self.varden(sedd.attribut):
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
        skriven, delad = sedd.cell(text, hel), sedd.cell(text, kon)
        for cell, delar, ar_oppen in (
            (skriven, self.delar_av_hel(sedd), sedd.ar_oppen(hel)),
            (delad, self.delar_av_kon(sedd), isinstance(skriven, int) and not self.kan_vara_nastan_alla(sedd, skriven)),
        ):
            summor = [self.summa(sedd, varden, klasser, konen) for klasser, konen in delar]
            if isinstance(cell, int):
                for summa in summor:
                    self.motstandare.sag(summa, SMA + 1, inf)
            elif cell == DOLT and ar_oppen and summor:
                self.motstandare.nagon_ar_liten(summor)

    def delar_av_hel(self, sedd):
        """(classes, kön) of the two parts that a filter has, or none."""
        if sedd.filter.status:
            return [(matt(sedd.delar), KON) for matt in STATUS.values()]
        return [(sedd.klasser, (kon,)) for kon in KON] if sedd.filter.kon != KON else []

    def delar_av_kon(self, sedd):
        """The same for the columns of kvinnor and män. In a report of one kön they are never shown."""
        if sedd.filter.kon != KON:
            return []
        statusar = [matt(sedd.delar) for matt in STATUS.values()] if sedd.filter.status else [sedd.klasser]
        return list(product(statusar, ((kon,) for kon in KON)))

    def las_regel_2(self, sedd):
        """How many there must be, or cannot be, for the table to stand there as it does."""
        alla = self.summa(sedd, self.varden(sedd.attribut), sedd.klasser, sedd.filter.kon)
        visas_inte = sedd.innehall.get("visas_inte", "")
        if visas_inte.startswith("Färre än"):
            self.motstandare.sag(alla, 0, int(visas_inte.split()[2]) - 1)
        else:
            self.motstandare.sag(alla, 20 if sedd.filter.val else 10, inf)
        andelar = [kolumn["nyckel"] for kolumn in sedd.innehall["kolumner"] if kolumn["typ"] == "andel"]
        if "Färre än 20 deltagare: andelar visas inte." in sedd.innehall.get("noter", ()):
            self.motstandare.sag(alla, 0, 19)
        elif any(sedd.cell(text, kolumn) != DOLT for text, kolumn in product(sedd.skrivna, andelar)):
            self.motstandare.sag(alla, 20, inf)
