"""Three made-up samverkansorganisationer with years up to now, as rows of import files. The same day gives the same rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sus.core.personnummer import kontrollsiffra
from sus.start.demo.anvandare import AF, FK, FYRSTAD, MALARDALEN, VASTERKUST

AR_TILLBAKA = 10
ENDA_FAR_SLUTA_EFTER = 60  # days
FORNAMN = {
    "kvinna": ["Alma", "Berit", "Ciwan", "Doris", "Elsa", "Fatima", "Greta", "Hanna", "Inger", "Jasmin", "Kaisa", "Lova", "Mona", "Olga"],
    "man": ["Arne", "Bo", "Cristian", "Dan", "Emil", "Farid", "Göran", "Hassan", "Ivar", "Jonas", "Kjell", "Lars", "Mehmet", "Åke"],
}
EFTERNAMN = ["Testsson", "Exempelgren", "Övningsdal", "Provström", "Påhittelin", "Låtsasberg", "Sagolind", "Diktman", "Fantasihed"]
UTBILDNING = ["grundskola"] * 4 + ["gymnasium"] * 4 + ["hogskola_1", "hogskola_3", "hogskola_mer", "annan_eftergymnasial", "okand"]
TID = ["1", "2", "2", "3", "3", "4", "5", "6", "8", "mer"]
FORSORJNING = [
    "sjukpenning",
    "aktivitetsersattning",
    "sjukersattning",
    "a_kassa",
    "aktivitetsstod",
    "forsorjningsstod",
    "studiestod",
    "annan",
]
ANLEDNING = ["1"] * 9 + ["2"] * 6 + ["3"] * 2 + ["4", "5", "7", "9"]
ARBETSTYP = ["ej_subventionerat", "subventionerat", "subventionerat", "eget_foretag"]


@dataclass(frozen=True)
class Exempelinsats:
    """`borjade` and `slutade`: so many years ago, with the first and the last day of that year. `deltagare`: in all its time."""

    namn: str
    preciserad: str
    malgrupper: str
    budget: int
    planerat: int
    deltagare: int = 0  # 0: a volyminsats
    borjade: int = AR_TILLBAKA
    slutade: int | None = None

    @property
    def ar_volyminsats(self):
        return not self.deltagare

    def sista_dag(self, idag: date) -> date | None:
        return None if self.slutade is None else date(idag.year - self.slutade, 12, 31)

    def ar(self, idag: date) -> range:
        return range(idag.year - self.borjade, idag.year - (self.slutade or 0) + 1)


@dataclass(frozen=True)
class Exempelforbund:
    namn: str
    form: str
    start: str
    kommuner: list[str]
    parter: list[tuple[str, str, int]]  # organisation, typ, kronor a year; 0: no financier
    insatser: list[Exempelinsats]


EXEMPEL = [
    Exempelforbund(
        FYRSTAD,
        "finsam",
        "2014-01-01",
        ["1487", "1485", "1484"],
        [
            (FK, "fk", 4_800_000),
            (AF, "af", 0),
            ("Västra Götalandsregionen", "region", 2_400_000),
            ("Vänersborgs kommun", "kommun", 1_000_000),
            ("Uddevalla kommun", "kommun", 1_100_000),
            ("Lysekils kommun", "kommun", 300_000),
        ],
        [
            Exempelinsats("Kajutan", "rehabilitering", "langtidssjukskrivna,psykisk_ohalsa", 2_600_000, 18, 96),
            Exempelinsats("Ungdomsspåret", "forberedande", "unga", 1_900_000, 10, 58, borjade=6),
            Exempelinsats("Ung framtid", "forberedande", "unga,langtidsarbetslosa", 1_700_000, 12, 44, slutade=7),
            Exempelinsats("Vägledning i samverkan", "kartlaggning_individer", "ej_tillampliga", 800_000, 8, 26, borjade=4),
            Exempelinsats("Gemensam kompetens", "utbildning", "myndighetspersonal", 250_000, 120),
        ],
    ),
    Exempelforbund(
        VASTERKUST,
        "finsam",
        "2011-07-01",
        ["1383", "1382"],
        [
            (FK, "fk", 3_000_000),
            (AF, "af", 0),
            ("Region Halland", "region", 1_500_000),
            ("Varbergs kommun", "kommun", 900_000),
            ("Falkenbergs kommun", "kommun", 600_000),
        ],
        [
            Exempelinsats("Havsbris", "forebyggande", "psykisk_ohalsa", 1_700_000, 16, 84),
            Exempelinsats("Nya steg", "rehabilitering", "nyanlanda,forsorjningsstod", 1_400_000, 12, 46, borjade=5),
            Exempelinsats("Klivet", "forberedande", "langtidsarbetslosa", 1_100_000, 10, 38, slutade=5),
            Exempelinsats("Frukostmöten", "dialog_kommunikation", "myndighetspersonal", 90_000, 200),
        ],
    ),
    Exempelforbund(
        MALARDALEN,
        "tvaparts",
        "2012-01-01",
        ["1980"],
        [(FK, "fk", 900_000), ("Region Västmanland", "region", 900_000)],
        [Exempelinsats("Åter i arbete", "rehabilitering", "langtidssjukskrivna", 1_500_000, 10, 52)],
    ),
]


def exempelrader(idag: date) -> dict[str, list[dict]]:
    """{SLAG: rows}, each row a dict of the file's columns that are not empty."""
    slump = Random(980)
    rader: dict[str, list[dict]] = {slag: [] for slag in ("organisationer", "parter", "finansiering", "adminkostnader")}
    rader |= {slag: [] for slag in ("insatser", "insatsbudget", "deltaganden", "anonyma", "volym")}
    for forbund in EXEMPEL:
        _organisation(forbund, rader)
        for ar in range(idag.year - AR_TILLBAKA, idag.year + 1):
            _budget(forbund, ar, idag, rader, slump)
        for insats in forbund.insatser:
            _insats(forbund, insats, idag, rader, slump)
    return rader | {"deltaganden": en_gang(rader["deltaganden"])}


def en_gang(deltaganden: list[dict]) -> list[dict]:
    """The rows without those who, by chance, would be the same person in the same insats."""
    return list({(rad["insats"], rad["personnummer"]): rad for rad in deltaganden}.values())


def _organisation(forbund, rader):
    rader["organisationer"].append(
        {"namn": forbund.namn, "samverkansform": forbund.form, "startdatum": forbund.start, "kommuner": ",".join(forbund.kommuner)}
    )
    for organisation, typ, kronor in forbund.parter:
        roller = {"medlem": "ja", "finansiar": "ja" if kronor else "nej", "konsument": "ja" if forbund.form == "tvaparts" else "nej"}
        rader["parter"].append({"samverkansorganisation": forbund.namn, "organisation": organisation, "typ": typ, **roller})


def _budget(forbund, ar, idag, rader, slump):
    """Contributions ½ – ¼ – ¼ with small yearly rises; what it has cost is known for the years that have ended."""
    gemensamt = {"samverkansorganisation": forbund.namn, "ar": str(ar)}
    okning = 1 + (ar - idag.year) * 0.02
    for organisation, _, kronor in forbund.parter:
        if kronor:
            rader["finansiering"].append(gemensamt | {"finansiar": organisation, "belopp": str(round(kronor * okning / 1000) * 1000)})
    if forbund.form == "finsam":
        for typ, budget in (("kring", 120_000), ("personal", 1_150_000)):
            utfall = str(omkring(budget, slump)) if ar < idag.year else ""
            rader["adminkostnader"].append(gemensamt | {"kostnadstyp": typ, "budget": str(budget), "utfall": utfall})


def _insats(forbund, insats, idag, rader, slump):
    nyckel = {"samverkansorganisation": forbund.namn, "insats": insats.namn}
    kategori = {
        "inriktning": "strukturovergripande" if insats.ar_volyminsats else "individinriktad",
        "preciserad_inriktning": insats.preciserad,
        "deltagarregistrering": "volym" if insats.ar_volyminsats else "personuppgifter",
        "malgrupper": insats.malgrupper,
        "volym_avser": "personer" if insats.ar_volyminsats else "",
    }
    slut = insats.sista_dag(idag)
    period = {"startdatum": f"{insats.ar(idag)[0]}-01-01", "slutdatum": slut.isoformat() if slut else ""}
    rader["insatser"].append(nyckel | kategori | period)
    for ar in insats.ar(idag):
        saknas = ar == idag.year or (ar == idag.year - 1 and insats is forbund.insatser[0])
        pengar = {
            "budgettyp": "insatskostnad",
            "budget": str(insats.budget),
            "utfall": "" if saknas else str(omkring(insats.budget, slump)),
        }
        rader["insatsbudget"].append(nyckel | pengar | {"ar": str(ar), "planerat_antal": str(insats.planerat)})
        if insats.ar_volyminsats:
            rader["volym"].append(nyckel | {"ar": str(ar), "antal": str(omkring(insats.planerat, slump))})
        else:
            rader["anonyma"].append(nyckel | {"ar": str(ar), "kvinnor": str(slump.randrange(4)), "man": str(slump.randrange(4))})
    forsta = date(insats.ar(idag)[0], 1, 15)
    rader["deltaganden"] += [nyckel | deltagande(forbund.kommuner, forsta, slut, idag, slump) for _ in range(insats.deltagare)]


def deltagande(kommuner, forsta, sista, idag, slump):
    """One who begins between the first day and today. When the insats has a last day, everybody has ended then."""
    start = forsta + timedelta(days=slump.randrange(((sista - timedelta(days=ENDA_FAR_SLUTA_EFTER) if sista else idag) - forsta).days))
    kon = slump.choice(["kvinna", "man"])
    rad = {
        "personnummer": _personnummer(start, kon, slump),
        "namn": f"{slump.choice(FORNAMN[kon])} {slump.choice(EFTERNAMN)}",
        "kommun": slump.choice(kommuner),
        "startdatum": start.isoformat(),
        "utbildning": slump.choice(UTBILDNING),
        "tid_forsorjning": slump.choice(TID),
        "samtycke_datum": (start - timedelta(days=slump.randrange(1, 15))).isoformat(),
    } | _situation("fore", slump, arbetar=0.1, studerar=0.05)
    slut = min(start + timedelta(days=ENDA_FAR_SLUTA_EFTER + slump.randrange(400)), sista or date.max)
    return rad | avslut(slut, slump) if slut <= idag else rad


def avslut(slut, slump):
    anledning = slump.choice(ANLEDNING)
    rad = {"avslutningsdatum": slut.isoformat(), "avslutningsanledning": anledning}
    if anledning == "7":
        return rad
    if anledning == "1":
        return rad | _situation("efter", slump, arbetar=0.7, studerar=0.2) | {"af_efter": "ja"}
    return rad | _situation("efter", slump, arbetar=0.15, studerar=0.05)


def _situation(nar, slump, *, arbetar, studerar):
    """Questions 10–13, before or after the insats."""
    situation = {
        f"forsorjning_{nar}": ",".join(slump.sample(FORSORJNING, slump.choice([1, 1, 1, 2]))),
        f"af_{nar}": slump.choice(["ja", "nej"]),
    }
    if slump.random() < arbetar:
        situation |= {f"arbete_{nar}": slump.choice(["25", "50", "75", "100"]), f"arbetstyp_{nar}": slump.choice(ARBETSTYP)}
        situation[f"forsorjning_{nar}"] = slump.choice(["ingen", situation[f"forsorjning_{nar}"]])
    if slump.random() < studerar:
        situation[f"studier_{nar}"] = slump.choice(["50", "100"])
    return situation


def _personnummer(start, kon, slump):
    """Made up: birth numbers 980–999 are never given to anyone. 18–62 years old at the start."""
    fodd = start - timedelta(days=slump.randrange(18 * 366, 62 * 365))
    nummer = slump.randrange(980, 999, 2) + (kon == "man")
    return med_kontrollsiffra(f"{fodd:%Y%m%d}{nummer}")


def med_kontrollsiffra(siffror: str) -> str:
    """Eleven digits of a personnummer and the twelfth."""
    return f"{siffror}{kontrollsiffra(siffror[2:])}"


def omkring(tal: int, slump) -> int:
    """Within about ten per cent."""
    return round(tal * slump.uniform(0.88, 1.04))
