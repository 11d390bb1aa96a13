"""Situations before and after an insats, in shares as those that are published: many alike are made once and drawn from."""

from random import Random

from deltagare.koder import Arbetstyp, Avslutningsanledning, Forsorjning, TidForsorjning, Utbildning

Situation = tuple[int, bool, int | None, int | None, int | None]  # försörjning, aktivt arbetssökande, arbete, arbetstyp, studier
SLAG = 500  # of each kind

ANLEDNINGAR = [
    *[Avslutningsanledning.TILL_ARBETE] * 42,
    *[Avslutningsanledning.FORTSATT_REHABILITERING] * 30,
    *[Avslutningsanledning.SJUKDOM] * 9,
    *[Avslutningsanledning.FORALDRALEDIGHET] * 2,
    *[Avslutningsanledning.FLYTT] * 4,
    *[Avslutningsanledning.UTAN_MATNING] * 6,
    *[Avslutningsanledning.OVRIGT] * 7,
]
UTBILDNINGAR = [
    *[Utbildning.GRUNDSKOLA] * 33,
    *[Utbildning.GYMNASIUM] * 44,
    *[Utbildning.HOGSKOLA_1] * 3,
    *[Utbildning.HOGSKOLA_3] * 6,
    *[Utbildning.HOGSKOLA_MER] * 6,
    *[Utbildning.ANNAN_EFTERGYMNASIAL] * 3,
    *[Utbildning.OKAND] * 5,
]
TIDER = [*[TidForsorjning.AR_1] * 25, *[TidForsorjning.AR_2] * 15, *TidForsorjning, *TidForsorjning, TidForsorjning.MER, TidForsorjning.EJ]
UNG = 30
BIDRAG = {
    True: [
        *[Forsorjning.FORSORJNINGSSTOD] * 38,
        *[Forsorjning.AKTIVITETSERSATTNING] * 22,
        *[Forsorjning.AKTIVITETSSTOD] * 12,
        *[Forsorjning.STUDIESTOD] * 5,
        *[Forsorjning.SJUKPENNING] * 5,
        *[Forsorjning.A_KASSA] * 2,
        *[Forsorjning.ANNAN] * 4,
        *[Forsorjning.INGEN] * 12,
    ],
    False: [
        *[Forsorjning.FORSORJNINGSSTOD] * 33,
        *[Forsorjning.SJUKPENNING] * 31,
        *[Forsorjning.AKTIVITETSSTOD] * 14,
        *[Forsorjning.A_KASSA] * 6,
        *[Forsorjning.SJUKERSATTNING] * 5,
        *[Forsorjning.STUDIESTOD] * 1,
        *[Forsorjning.ANNAN] * 4,
        *[Forsorjning.INGEN] * 6,
    ],
}


class Situationer:
    """Drawn situations: fore(age), efter(age, reason)."""

    def __init__(self, slump: Random):
        self._slump = slump
        self._fore = {ung: [self._gor(ung, arbetar=0.09, studerar=0.04, soker=0.35) for _ in range(SLAG)] for ung in BIDRAG}
        self._till_arbete = {ung: [self._gor(ung, arbetar=0.62, studerar=0.22, soker=0.4) for _ in range(SLAG)] for ung in BIDRAG}
        self._efter = {ung: [self._gor(ung, arbetar=0.14, studerar=0.06, soker=0.3) for _ in range(SLAG)] for ung in BIDRAG}

    def fore(self, alder: int) -> Situation:
        return self._slump.choice(self._fore[alder < UNG])

    def efter(self, alder: int, anledning: int) -> Situation:
        val = self._till_arbete if anledning == Avslutningsanledning.TILL_ARBETE else self._efter
        return self._slump.choice(val[alder < UNG])

    def _gor(self, ung: bool, *, arbetar: float, studerar: float, soker: float) -> Situation:
        slump = self._slump
        arbete = slump.choice([25, 50, 50, 75, 100, 100]) if slump.random() < arbetar else None
        studier = slump.choice([25, 50, 100, 100]) if slump.random() < studerar else None
        mask = int(Forsorjning.INGEN) if arbete == 100 and slump.random() < 0.8 else self._bidrag(ung)
        return mask, slump.random() < soker, arbete, slump.choice([*Arbetstyp, Arbetstyp.SUBVENTIONERAT]).value if arbete else None, studier

    def _bidrag(self, ung: bool) -> int:
        """One kind, or now and then two."""
        forsta = self._slump.choice(BIDRAG[ung])
        andra = self._slump.choice(BIDRAG[ung])
        if Forsorjning.INGEN in (forsta, andra) or self._slump.random() < 0.85:
            return int(forsta)
        return int(forsta) | int(andra)
