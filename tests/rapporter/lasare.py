"""What an adversary of the röjandekontroll reads: the reports that anybody may see, and what everybody knows of their attributes.

The reports are those of every level, of a year and a part of it, with one filter on persons at a time: insatser, bakgrund,
avslutningsanledning, tid, sysselsättning with omfattning, uppdelad and resultat, försörjning (some kinds), and one kompletterande fråga
at the end. Left out are grouped försörjning, aktivt arbetssökande, typ av arbete, unika personer, in- och utregistrering per month, and
means. A row of Nationell rapport is the cells of the unit's own report.
"""

from dataclasses import replace
from itertools import product

from behorigheter.roller import Roll
from insatser.models import Insats
from tests.factories import BehorighetFactory
from tests.rapporter.angrepp import EJ, KLASSER, KON, SMA
from tests.rapporter.attribut import (
    AVSLUTADE,
    BAKGRUND,
    FILTER,
    FORSORJNINGSVARDEN,
    FRAGA,
    KOMMUNER,
    LANGD,
    MATT,
    MATTA,
    NAGOT,
    OMFATTNING,
    OVRIGA,
    OVRIGA_KOMMUNER,
    RESULTAT,
    SOKER,
    SYSSELSATTNING,
    UPPDELAD,
    UTAN,
    VARDEN,
    antal,
    avslutade,
    huvudperioder,
    perioder,
)
from tests.rapporter.conftest import gor_rapport, som_json, tabell
from tests.rapporter.oracle import ANLEDNINGAR, UTAN_MATNING
from tests.rapporter.tabellasare import Sedd, Tabellasare


class Lasare(Tabellasare):
    """Reads the reports of places as anybody may, of a year and of its months until the `brytmanad`."""

    def __init__(self, platser, insatser, forsorjningar, brytmanad):
        har = {f"{nar}_{kod.slug}": FORSORJNINGSVARDEN[nar] for nar in MATTA for kod in forsorjningar}
        super().__init__(platser, insatser, VARDEN | har)
        self.forsorjningar, self.brytmanad, self.perioder = forsorjningar, brytmanad, perioder(brytmanad)
        self.by = BehorighetFactory(roll=Roll.RAPPORT).anvandare
        self.namn = {insats.namn: insats.pk for insats in Insats.objects.filter(pk__in=insatser)}
        self.vet({})

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
        if not valda:
            self.motstandare.sag(summa(self.insatser, slutat, {"efter_okat": ("ja",), "efter": (SOKER, OVRIGA)}), 0, 0)

    def rapport(self, nyckel, plats, perioden, **val):
        rapport = gor_rapport(nyckel, by=self.by, fran=perioden[0], till=perioden[1], **plats, **val)
        assert rapport.skydd == "skyddad"
        return som_json(rapport)

    def las_huvudtal(self):
        """The exact head counts, per insats and for each whole samverkansorganisation."""
        for plats, insatser in self.platser:
            if set(plats) == {"organisation"}:
                for delar, perioden in huvudperioder(self.brytmanad).items():
                    self.las_insatser(tabell(self.rapport("insats", plats, perioden), "insatser"), insatser, delar)

    def las_insatser(self, innehall, insatser, delar):
        nycklar = [kolumn["nyckel"] for kolumn in innehall["kolumner"]]
        for rad in [*innehall["rader"], innehall["summa"]]:
            dess = [self.namn[rad[0]]] if rad[0] in self.namn else insatser
            for namn, klasser in MATT.items():
                cell = rad[nycklar.index(namn)]
                minst, mest = (cell, cell) if isinstance(cell, int) else (0, SMA)
                if minst == mest:
                    self.exakta[namn, tuple(dess), delar] = cell
                for vem in (self.motstandare, self.huvudtal):
                    vem.sag(vem.summa(dess, klasser(delar), {}), minst, mest)

    def las_allt(self, filter_, filtrerade):
        """The reports without filter in all periods, and with each filter in those."""
        valda = [ett for namn in filter_ for ett in FILTER[namn] if set(ett.attribut) <= set(self.motstandare.varden)]
        for ett in valda:
            if ett.attribut:
                self.vet(ett.attribut)
        for plats, insatser in self.platser:
            for delar, ett in [*((delar, UTAN) for delar in self.perioder), *product(filtrerade, valda)]:
                for sedd in self.tabeller(plats, tuple(insatser), delar, ett):
                    if sedd.attribut not in ett.attribut:
                        self.las_tabell(sedd)

    def tabeller(self, plats, insatser, delar, ett):
        """The tables of a place and a period. The status is put aside where only those are counted who ended."""

        def las(nyckel, typ, tabeller, matt):
            rapport = self.rapport(nyckel, plats, self.perioder[delar], typ=typ, **ett.val)
            self.las_underlag(rapport, insatser, delar, ett)
            return [
                Sedd(tabell(rapport, namn), insatser, delar, matt, attribut, rader, ett, *(dessa or [self.varden(attribut)] * 2))
                for namn, attribut, rader, *dessa in tabeller
            ]

        bakgrund = las("deltagare", "bakgrund", [*BAKGRUND, ("kommun", "kommun", {})], antal)
        med_rader = {"kommun"} - set(ett.attribut)
        yield from (replace(sedd, rader=self.kommuner(sedd)) if sedd.attribut in med_rader else sedd for sedd in bakgrund)
        if ett.status:
            return
        for typ, tabeller in AVSLUTADE.items():
            yield from las("deltagare", typ, tabeller, avslutade)
        for nyckel, typ, tabellen, rader in (
            ("deltagare", "sysselsattning", "sysselsattning", SYSSELSATTNING),
            ("standard-deltagare", "sysselsattning-uppdelad", "sysselsattning_uppdelad", UPPDELAD),
        ):
            yield from las(nyckel, typ, [(tabellen, nar, rader) for nar in MATTA], avslutade)
        yield from las("deltagare", "sysselsattning", [("omfattning", nar, OMFATTNING) for nar in MATTA], avslutade)
        okning = [("okning", "efter", {}, NAGOT, NAGOT), ("okning", "efter_okat", {"Börjat eller ökat": ("ja",)}, (), ())]
        yield from las("standard-deltagare", "resultat", [("resultat", "efter", RESULTAT), *okning], avslutade)
        if set(plats) & {"organisation", "insats"} and set(ett.val) <= {"kon"}:
            yield from las("kompletterande-fragor", "", FRAGA, avslutade)
        forsorjningar = [("forsorjning", f"{nar}_{kod.slug}", {kod.label: ("ja",)}) for kod in self.forsorjningar for nar in MATTA]
        yield from las("deltagare", "forsorjning", forsorjningar, avslutade)

    def kommuner(self, sedd):
        """The rows of the table, which leaves out a kommun of fewer than five."""
        skrivna = {kod: namn for kod, namn in KOMMUNER.items() if namn in sedd.skrivna}
        ovriga = tuple(kod for kod in KOMMUNER if kod not in skrivna)
        for kod in ovriga if sedd.skrivna else ():
            self.motstandare.sag(self.summa(sedd, (kod,), sedd.klasser, sedd.filter.kon), 0, SMA)
        return {namn: (kod,) for kod, namn in skrivna.items()} | ({OVRIGA_KOMMUNER: ovriga} if ovriga else {})

    def las_underlag(self, rapport, insatser, delar, ett):
        """How many the reports of before and after rest on, when that stands there."""
        underlag = next((innehall for innehall in rapport["tabeller"] if innehall["nyckel"] == "underlag"), None)
        if underlag is None or not underlag["rader"] or "fore" in ett.attribut:
            return
        nycklar = [kolumn["nyckel"] for kolumn in underlag["kolumner"]]
        if ar := self.spann_av_alla(underlag["rader"][0][nycklar.index("avslutade_med_matning")], insatser, delar, ett):
            matta = {"fore": self.varden("fore"), **ett.attribut}
            self.motstandare.sag(self.motstandare.summa(insatser, avslutade(delar), matta, ett.kon), *ar)
