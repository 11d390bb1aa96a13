"""What every report definition answers. One module per report in definitioner/; adding a report is that file and a line in register.py."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from behorigheter.models import Anvandare
from rapporter.enheter import Enhet
from rapporter.forms import UrvalForm
from rapporter.motor import Motor
from rapporter.tabell import Diagram, Redogorelse, Tabell, Tackning
from rapporter.urval import Urval
from sus.core.formatering import gemen, lista_i_ord


class Definition:
    """A report: its form, its tables and what explains them. `val` are the form's answers that are not part of the selection."""

    nyckel: ClassVar[str]
    meny: ClassVar[str]
    titel: ClassVar[str]
    ingress: ClassVar[str]
    form_class: ClassVar[type[UrvalForm]]
    aven_med_budget: ClassVar[bool] = False

    def slag(self, val: Mapping) -> str:
        """The report's own variant in words, for its heading and front page."""
        return self.titel

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        raise NotImplementedError

    def ordnade(self, tabeller: Sequence[Tabell], val: Mapping) -> Sequence[Tabell]:
        """The protected tables with their rows as the user wants them."""
        return tabeller

    def ar_oppen_for(self, anvandare: Anvandare | None) -> bool:
        """Most reports are for everyone who sees reports. None is the system."""
        return True

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        """Drawn from the protected tables."""
        return []

    def jamforelsediagram(self, enheter: Sequence[tuple[Enhet, Mapping[str, Tabell]]], val: Mapping) -> list[Diagram]:
        """Of units side by side, drawn from the protected tables of each."""
        return []

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        """More sentences under a table, by its key, made of the protected tables."""
        return {}

    def spridning(self, val: Mapping) -> str:
        """What more the reader of exact figures must know before spreading them."""
        return ""

    def notiser(self, tabeller: Mapping[str, Tabell], urval: Urval) -> list[str]:
        """Sentences that the reader must see before the figures."""
        return []

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        return None

    def redogorelser(self, urval: Urval, val: Mapping) -> list[Redogorelse]:
        """Texts that everybody may read, to stand after the tables."""
        return []

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        """Så räknas det: (term, explanation)."""
        return []


def samlade(delar: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> list[tuple[str, str]]:
    """The explanations of several parts of a report, each once. A word that they explain in different ways says in which parts."""
    texter: dict[str, dict[str, list[str]]] = {}
    for del_, definitioner in delar:
        for term, text in definitioner:
            texter.setdefault(term, {}).setdefault(text, []).append(gemen(del_.partition(",")[0]))
    return [
        (f"{term} ({lista_i_ord(list(dict.fromkeys(namn)))})" if len(olika) > 1 else term, text)
        for term, olika in texter.items()
        for text, namn in olika.items()
    ]
