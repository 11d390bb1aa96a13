"""Made-up values that stand in one place only, so that finding one tells exactly which wall it came through."""

import re
from dataclasses import dataclass, field

from tests.svep.lasbart import utan_avskiljare

# With letters that neither a random id nor a signature can spell.
FORNAMN = ["Yrså", "Törkel", "Myrthlé", "Ylvång", "Hjörtrud", "Kvintås", "Ryslö", "Vättor", "Sixtänia", "Prytsö", "Zyriå", "Lövisa"]
EFTERNAMN = [
    *("Kvistpöys", "Tyrnglömt", "Wirsprött", "Ljunghösk", "Smultrös", "Prynskåll", "Vyxhölk", "Trollqvä", "Spjutläng", "Mjölkört"),
    *("Knöppwik", "Hylsträm"),
]
HELA_TAL = re.compile(r"(?<!\w)\d{5}(?!\w)")
PROCENT = [31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79]


@dataclass
class Kanarier:
    """The canaries of one insats or one employer."""

    nummer: set[str] = field(default_factory=set)  # ten digits: found anywhere
    antal: set[str] = field(default_factory=set)  # five digits: found as a number of its own, which no part of a random id is
    texter: set[str] = field(default_factory=set)

    def __or__(self, andra):
        return Kanarier(self.nummer | andra.nummer, self.antal | andra.antal, self.texter | andra.texter)

    @property
    def alla(self) -> set[str]:
        return self.nummer | self.antal | self.texter

    def hittade(self, text: str) -> set[str]:
        """Which of them stand in what was sent, however the digits are parted."""
        siffror = utan_avskiljare(text)
        tal = {antal for antal in self.antal if antal in siffror} and set(HELA_TAL.findall(siffror))
        return {nr for nr in self.nummer if nr in siffror} | self.antal & tal | {ord_ for ord_ in self.texter if ord_ in text}
