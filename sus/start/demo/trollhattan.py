"""What may have happened in Trollhättan after the published year 2011: those who took part then ended, and the insatser went on.

Made up. Nothing of it touches the published figures of 2011.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from sus.start.demo.exempelforbund import AR_TILLBAKA, avslut, deltagande, en_gang, omkring

FORSTA_SLUT = date(2012, 1, 15)
KOMMUNER = ["1488", "1462", "1444"]
DELTAGARE = {
    "Hjortmossen": 34,
    "Samverkansteam": 38,
    "Göra Skillnad": 24,
    "Samverkan Lilla Edet": 22,
    "Samverkan Grästorp": 12,
    "Trampolin": 16,
}
AR_MED_DELTAGARE = 3  # the deltaganden begin in the last years only: before them there are money and anonyma
PLANERAT = 16


def fortsattning(idag: date, publicerat: dict[str, list[dict[str, str]]]) -> dict[str, list[dict]]:
    """{SLAG: rows} that follow on the rows of the published files, given in the same way. The same day gives the same rows."""
    slump = Random(981)
    ar = range(idag.year - AR_TILLBAKA, idag.year + 1)
    return {
        "finansiering": [rad for ett in ar for rad in _finansiering(publicerat["finansiering"], ett, idag)],
        "adminkostnader": [
            rad | {"ar": str(ett), "utfall": str(omkring(int(rad["budget"]), slump)) if ett < idag.year else ""}
            for ett in ar
            for rad in publicerat["adminkostnader"]
        ],
        "insatsbudget": [_insatsbudget(rad, ett, idag, slump) for ett in ar for rad in publicerat["insatsbudget"]],
        "deltaganden": [*_avslutade(publicerat["deltaganden"], slump), *_nya(publicerat["insatser"], idag, slump)],
        "anonyma": [
            rad | {"ar": str(ett), "kvinnor": str(slump.randrange(3)), "man": str(slump.randrange(3))}
            for ett in ar
            for rad in publicerat["anonyma"]
        ],
        "volym": [_volym(rad, ett, slump) for ett in ar for rad in publicerat["insatsbudget"] if rad["insats"] not in DELTAGARE],
    }


def _finansiering(rader: Iterable[dict[str, str]], ar: int, idag: date) -> list[dict]:
    """With a small rise a year, the förbund's eget kapital too."""
    okning = 1 + (ar - idag.year) * 0.02
    return [rad | {"ar": str(ar), "belopp": str(round(int(rad["belopp"]) * okning / 1000) * 1000)} for rad in rader]


def _insatsbudget(rad: dict[str, str], ar: int, idag: date, slump: Random) -> dict:
    """This year's utfall is not known, and one insats lacks last year's."""
    saknas = ar == idag.year or (ar == idag.year - 1 and rad["insats"] == "Trampolin")
    budget = int(rad["budget"])
    planerat = str(PLANERAT) if rad["insats"] in DELTAGARE else rad["planerat_antal"]
    return rad | {"ar": str(ar), "utfall": "" if saknas else str(omkring(budget, slump)), "planerat_antal": planerat}


def _volym(rad: dict[str, str], ar: int, slump: Random) -> dict:
    plats = {namn: rad[namn] for namn in ("samverkansorganisation", "insats")}
    return plats | {"ar": str(ar), "antal": str(omkring(int(rad["planerat_antal"]), slump))}


def _avslutade(rader: Iterable[dict[str, str]], slump: Random) -> list[dict]:
    """Those who took part at the end of 2011 ended within two years."""
    return [
        rad | avslut(max(FORSTA_SLUT, date.fromisoformat(rad["startdatum"]) + timedelta(days=400 + slump.randrange(300))), slump)
        for rad in rader
        if not rad["avslutningsdatum"]
    ]


def _nya(insatser: Iterable[dict[str, str]], idag: date, slump: Random) -> list[dict]:
    forsta = date(idag.year - AR_MED_DELTAGARE, 1, 15)
    rader = [
        {"samverkansorganisation": rad["samverkansorganisation"], "insats": rad["insats"]} | deltagande(KOMMUNER, forsta, None, idag, slump)
        for rad in insatser
        for _ in range(DELTAGARE.get(rad["insats"], 0))
    ]
    return en_gang(rader)
