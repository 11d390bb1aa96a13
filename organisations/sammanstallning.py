"""The five lines under a samverkansorganisation's budget year, and what they lead one to notice (docs/regler.md 4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sus.core.formatering import andel

AVRUNDNING = 2  # kronor: contributions are whole kronor, so halves and quarters seldom come out exactly
LAGENS_ANDELAR = {"stat": Fraction(1, 2), "region": Fraction(1, 4), "kommuner": Fraction(1, 4)}  # 5 § lag 2003:1210


@dataclass(frozen=True)
class Sammanstallning:
    """Whole kronor. Utfall that is not known yet counts as 0."""

    medelstillgangar: int
    forbrukat: int
    budgeterat: int

    @property
    def kvar(self) -> int:
        return self.medelstillgangar - self.forbrukat

    @property
    def budgeterat_minus_forbrukat(self) -> int:
        return self.budgeterat - self.forbrukat

    @property
    def overskridande(self) -> int:
        """By how much what is budgeted exceeds the money there is (V11); 0 when it does not."""
        return max(0, self.budgeterat - self.medelstillgangar)


def sammanstall(*, finansiering, insatser_budget, insatser_utfall, administration_budget, administration_utfall) -> Sammanstallning:
    """The five lines from five sums in whole kronor (None: nothing registered), as the Kostnadsrapport of 2011 prints them (S4, U13).

    Totala medelstillgångar is every contribution including eget kapital and ESF; insatser hold both budgettyper.
    """
    return Sammanstallning(
        medelstillgangar=finansiering or 0,
        forbrukat=(insatser_utfall or 0) + (administration_utfall or 0),
        budgeterat=(insatser_budget or 0) + (administration_budget or 0),
    )


def summa_av_kanda(belopp: Iterable[int | None]) -> int | None:
    """The sum of what is known, in kronor or places; None when nothing is, which is not 0 (docs/regler.md 4.2)."""
    kanda = [ett for ett in belopp if ett is not None]
    return sum(kanda) if kanda else None


def budget_minus_utfall(budget: int | None, utfall: int | None, *, ar_komplett: bool = True) -> int | None:
    """What is left of the budget, in kronor; None until all its utfall is known, which is not 0 (docs/regler.md 4.2)."""
    return None if utfall is None or not ar_komplett else (budget or 0) - utfall


def andel_av_budget(budget: int | None, utfall: int | None, *, ar_komplett: bool = True) -> int | None:
    """Utfall in whole per cent of the budget; None until all utfall is known, and when nothing is budgeted."""
    return None if utfall is None or not ar_komplett else andel(utfall, budget or 0)


def avvikelser_fran_lagen(**bidrag: int) -> dict[str, int]:
    """{group: how far above the law's share of them all it contributes}, in whole kronor. Below is negative."""
    totalt = sum(bidrag.values())
    return {grupp: round(bidrag[grupp] - totalt * lagens) for grupp, lagens in LAGENS_ANDELAR.items()}


def avviker_fran_lagen(avvikelser: dict[str, int]) -> bool:
    """Whether contributions that lie so far above or below the law's shares are off by more than rounding makes (V12)."""
    return any(abs(avvikelse) > AVRUNDNING for avvikelse in avvikelser.values())
