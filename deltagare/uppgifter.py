"""What a person fills in on forms 9443, 9448 and 9449, checked and ready for the actions."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from deltagare.koder import UTAN_ANDRA_MATNING, Arbetstyp, Avslutningsanledning, Forsorjning, TidForsorjning, Utbildning
from organisations.models import Kommun, Stadsdel


@dataclass(frozen=True)
class Situation:
    """Questions 10–13: försörjning as a bit mask, work and studies in percent of full time (None: does not)."""

    forsorjning: int
    arbetssokande: bool
    arbete_procent: int | None = None
    arbetstyp: Arbetstyp | None = None
    studier_procent: int | None = None

    @property
    def arbetar_studerar_eller_soker(self) -> bool:
        return self.arbetssokande or self.arbete_procent is not None or self.studier_procent is not None

    def falt(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def av(cls, mattillfalle) -> "Situation":
        return cls(**{falt.name: getattr(mattillfalle, falt.name) for falt in fields(cls)})


Svaren = dict[int, list[int]]  # kompletterande frågor: {question: the alternatives chosen}


@dataclass(frozen=True)
class Matning:
    """A mättillfälle: questions 10–13, None when they are not asked, and the answers to the kompletterande frågor."""

    situation: Situation | None
    svar: Svaren

    def med(self, situation: Situation | None, svar: Svaren | None) -> "Matning":
        """As it shall be. Answers that were not asked for (None) stay, unless nothing is measured at all."""
        if situation is None:
            return Matning(None, {})
        return Matning(situation, self.svar if svar is None else svar)


@dataclass(frozen=True)
class Samtyckesuppgifter:
    """The signed form 9443."""

    datum: date
    sprak: str
    vardnadshavare: bool = False
    original_skickat: date | None = None
    original_mottaget: date | None = None


@dataclass(frozen=True)
class Inregistrering:
    """Form 9448, without the identity. `svar` is None where the kompletterande frågor are not put, as in a file."""

    startdatum: date
    kommun: Kommun
    stadsdel: Stadsdel | None
    utbildning: Utbildning
    tid_forsorjning: TidForsorjning
    fore: Situation
    svar: Svaren | None = None

    @classmethod
    def av(cls, deltagande, fore: Situation) -> "Inregistrering":
        """What is already registered."""
        egna = ("startdatum", "kommun", "stadsdel", "utbildning", "tid_forsorjning")
        return cls(**{namn: getattr(deltagande, namn) for namn in egna}, fore=fore)


@dataclass(frozen=True)
class Utregistrering:
    """Form 9449. `efter` is None for the reasons without a second measurement. `svar` as in Inregistrering."""

    slutdatum: date
    avslutningsanledning: Avslutningsanledning
    efter: Situation | None
    svar: Svaren | None = None


def behover_matning(anledning: Avslutningsanledning) -> bool:
    return anledning not in UTAN_ANDRA_MATNING


def forsorjningsmask(koder: list[Forsorjning]) -> int:
    return sum(set(koder))
