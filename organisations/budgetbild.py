"""A samverkansorganisation's money in one year against the year before: what the budget page shows and what it makes one notice."""

from dataclasses import dataclass, field
from functools import cached_property

from organisations.models import EGET_KAPITAL, AdministrativKostnad, Budgettyp, Organisation, Samverkansorganisation
from organisations.sammanstallning import (
    Sammanstallning,
    andel_av_budget,
    avvikelser_fran_lagen,
    avviker_fran_lagen,
    budget_minus_utfall,
    sammanstall,
    summa_av_kanda,
)
from sus.core.formatering import FAST_BLANKSTEG, antal, kronor, lista_i_ord

TALORD = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
TYP = Organisation.Typ
GRUPP = {TYP.FK: "stat", TYP.AF: "stat", TYP.REGION: "region", TYP.KOMMUN: "kommuner"}


@dataclass(frozen=True)
class Notis:
    slag: str
    text: str
    lank: str = ""
    lanktext: str = ""


@dataclass(frozen=True)
class Radsumma:
    """A row: what is budgeted and used in the year and the year before. None is nothing registered.

    `ar_komplett` False: some of its utfall is not known yet.
    """

    pk: int
    namn: str
    budget: int | None = None
    utfall: int | None = None
    forra: int | None = None
    ar_komplett: bool = True

    @property
    def forandring(self):
        """None while there is nothing to compare with."""
        return None if self.forra is None else (self.budget or 0) - self.forra

    @property
    def kvar(self):
        return budget_minus_utfall(self.budget, self.utfall, ar_komplett=self.ar_komplett)

    @property
    def forbrukat(self):
        return andel_av_budget(self.budget, self.utfall, ar_komplett=self.ar_komplett)


@dataclass
class Budgetbild:
    samverkansorganisation: Samverkansorganisation
    ar: int
    _ar: dict = field(init=False)

    def __post_init__(self):
        rader = self.samverkansorganisation.budgetar.filter(ar__in=[self.ar, self.forra_aret]).select_related("andrad_av")
        self._ar = {rad.ar: rad for rad in rader}

    @property
    def forra_aret(self):
        return self.ar - 1

    @property
    def budgetar(self):
        return self._ar.get(self.ar)

    @cached_property
    def finansieringar(self):
        return {ar: list(rad.finansieringar.select_related("part__organisation")) for ar, rad in self._ar.items()}

    @cached_property
    def kostnader(self):
        return {ar: list(rad.administrativa_kostnader.all()) for ar, rad in self._ar.items()}

    @cached_property
    def insatsbudget(self):
        return list(self.samverkansorganisation.budget_i_insatserna(self.ar, self.forra_aret))

    def insatser(self):
        """What the insatser have budgeted and used in the year, both budgettyper; utfall that is not known counts as 0."""
        rader = [rad for rad in self.insatsbudget if rad["ar"] == self.ar]
        return Radsumma(0, "Totalt", sum(rad["budget"] for rad in rader), sum(rad["utfall"] or 0 for rad in rader))

    def sammanstallning(self, ar) -> Sammanstallning:
        insatser = [rad for rad in self.insatsbudget if rad["ar"] == ar]
        kostnader = self.kostnader.get(ar, [])
        return sammanstall(
            finansiering=sum(rad.belopp for rad in self.finansieringar.get(ar, [])),
            insatser_budget=sum(rad["budget"] for rad in insatser),
            insatser_utfall=sum(rad["utfall"] or 0 for rad in insatser),
            administration_budget=sum(rad.budget for rad in kostnader),
            administration_utfall=sum(rad.utfall or 0 for rad in kostnader),
        )

    @cached_property
    def nu(self):
        return self.sammanstallning(self.ar)

    @cached_property
    def forra(self):
        return self.sammanstallning(self.forra_aret)

    @property
    def har_forra(self):
        """Whether anything is registered for the year before."""
        return self.forra_aret in self._ar or any(rad["ar"] == self.forra_aret for rad in self.insatsbudget)

    def medel(self, finansiering):
        """The sum row of medelstillgångar, when this is what stands for the year."""
        return Radsumma(0, "Totalt", finansiering, forra=self.forra.medelstillgangar if self.har_forra else None)

    def administration(self, budget, utfall, ar_komplett):
        """The sum row of administrativa kostnader, when this is what stands for the year."""
        forra = sum(rad.budget for rad in self.kostnader.get(self.forra_aret, [])) if self.har_forra else None
        return Radsumma(0, "Totalt", budget, utfall, forra, ar_komplett)

    def poster(self):
        """(post, this year, year before, change) of the five lines; the last two are None when nothing stands for the year before."""
        poster = {
            "Totala medelstillgångar": "medelstillgangar",
            "Totalt förbrukade medel": "forbrukat",
            "Kvar efter budgetåret": "kvar",
            "Totalt budgeterat": "budgeterat",
            "Totalt budgeterat minus förbrukat": "budgeterat_minus_forbrukat",
        }
        par = [(post, getattr(self.nu, namn), getattr(self.forra, namn)) for post, namn in poster.items()]
        return [(post, nu, forra, nu - forra) if self.har_forra else (post, nu, None, None) for post, nu, forra in par]

    @property
    def har_utfall(self):
        rader = [rad["utfall"] for rad in self.insatsbudget if rad["ar"] == self.ar]
        return any(utfall is not None for utfall in (*rader, *(rad.utfall for rad in self.kostnader.get(self.ar, []))))

    def insatstabeller(self):
        """(budgettyp, rows, sum row) of each budgettyp that has any."""
        tabeller = []
        for typ, rubrik in Budgettyp.choices:
            rader = self._insatsrader([rad for rad in self.insatsbudget if rad["typ"] == typ])
            if rader:
                tabeller.append((typ, rubrik, rader, _summarad(rader)))
        return tabeller

    def _insatsrader(self, budget):
        namn = {rad["pk"]: rad["namn"] for rad in budget}
        nu = {rad["pk"]: rad for rad in budget if rad["ar"] == self.ar}
        forra = {rad["pk"]: rad["budget"] for rad in budget if rad["ar"] == self.forra_aret}
        tom = {"budget": None, "utfall": None, "utan_utfall": 0}
        arets = {pk: nu.get(pk, tom) for pk in namn}
        return [Radsumma(pk, namn[pk], rad["budget"], rad["utfall"], forra.get(pk), not rad["utan_utfall"]) for pk, rad in arets.items()]

    def notiser(self) -> list[Notis]:
        """Never errors: nothing here keeps anybody from saving (docs/regler.md 4.3)."""
        notiser = [self._overskridande(), self._andelar(), self._eget_kapital(), self._ej_uppdelad()]
        return [notis for notis in notiser if notis]

    def _overskridande(self):
        """V11"""
        if self.nu.overskridande:
            belopp = kronor(self.nu.overskridande)
            return Notis("warning", f"Budgeterade kostnader överstiger medelstillgångarna med {belopp} kr. Du kan spara ändå.")
        return None

    def _andelar(self):
        """V12: the members' own contributions, without eget kapital, ESF and others."""
        grupper = dict.fromkeys(("stat", "region", "kommuner"), 0)
        for rad in self.finansieringar.get(self.ar, []):
            grupp = GRUPP.get(rad.part.organisation.typ)
            if grupp:
                grupper[grupp] += rad.belopp
        totalt = sum(grupper.values())
        avvikelser = avvikelser_fran_lagen(**grupper)
        if not (self.samverkansorganisation.ar_finsam and totalt > 0 and avviker_fran_lagen(avvikelser)):
            return None
        stat, region, kommuner = (_andel_mot_lagen(belopp, totalt, avvikelser[grupp]) for grupp, belopp in grupper.items())
        return Notis(
            "info",
            "Parternas andelar avviker från lagens fördelning (hälften, en fjärdedel, en fjärdedel): "
            f"staten {stat}, regionen {region}, kommunerna {kommuner}.",
        )

    def _eget_kapital(self):
        """What was left after last year should be this year's eget kapital; nothing is posted by itself."""
        if not self.samverkansorganisation.ar_finsam or self.forra_aret not in self._ar:
            return None
        saknas = self._utan_utfall()
        if saknas:
            text = f"Eget kapital kan inte föreslås än, eftersom utfall för {self.forra_aret} saknas {lista_i_ord(saknas)}."
            return Notis("info", text, f"?ar={self.forra_aret}#insatserna", f"Visa budgeten för {self.forra_aret}")
        if self.eget_kapital == self.forra.kvar:
            return None
        skillnad = "" if self.eget_kapital is None else f", men {kronor(self.eget_kapital)} kr är registrerat"
        text = f"Eget kapital bör vara {kronor(self.forra.kvar)} kr, det som var kvar efter {self.forra_aret}{skillnad}."
        forklaring = self._forklaring()
        return Notis("info", f"{text} Förklaring: {forklaring}" if forklaring else text)

    def _forklaring(self):
        """What was said of the eget kapital when it was given the amount it has."""
        if self.eget_kapital is None:
            return ""
        andringar = self.budgetar.andringar.filter(rad__endswith=f": {EGET_KAPITAL}")
        return andringar.filter(efter=self.eget_kapital).values_list("skal", flat=True).first() or ""

    @cached_property
    def foreslaget_eget_kapital(self):
        """What was left after last year, when all its utfall is known; else None. Finsam only."""
        finsam = self.samverkansorganisation.ar_finsam and self.forra_aret in self._ar
        return self.forra.kvar if finsam and not self._utan_utfall() else None

    @property
    def kan_foresla_eget_kapital(self):
        return self.foreslaget_eget_kapital is not None and self.eget_kapital != self.foreslaget_eget_kapital

    @property
    def forra_hade_eget_kapital(self):
        """Whether eget kapital is among last year's rows that an empty year can begin with."""
        return any(rad.ar_eget_kapital and rad.part.finansiar for rad in self.finansieringar.get(self.forra_aret, []))

    @property
    def kan_kopiera(self):
        """Whether the year is empty and last year has rows to begin with."""
        tomt, finns = (any(rader.get(ar) for rader in (self.finansieringar, self.kostnader)) for ar in (self.ar, self.forra_aret))
        return finns and not tomt

    @property
    def eget_kapital(self):
        """The year's eget kapital in kronor, or None when it is not registered."""
        belopp = [rad.belopp for rad in self.finansieringar.get(self.ar, []) if rad.beskrivning == EGET_KAPITAL]
        return sum(belopp) if belopp else None

    def _utan_utfall(self):
        """Where utfall of the year before is unknown, in words."""
        insatser = {rad["pk"] for rad in self.insatsbudget if rad["ar"] == self.forra_aret and rad["utan_utfall"]}
        kostnader = [rad for rad in self.kostnader.get(self.forra_aret, []) if rad.utfall is None]
        delar = [f"i {_talord(len(insatser))} {'insats' if len(insatser) == 1 else 'insatser'}"] if insatser else []
        return [*delar, "för administrativa kostnader"] if kostnader else delar

    def _ej_uppdelad(self):
        typer = {rad.kostnadstyp for rad in self.kostnader.get(self.ar, [])}
        if AdministrativKostnad.Kostnadstyp.EJ_UPPDELAD in typer and len(typer) > 1:
            return Notis("warning", "Ej uppdelad är avsedd för kostnader som inte delas upp. Kontrollera att inget räknas två gånger.")
        return None


def _summarad(rader):
    budget, utfall, forra = (summa_av_kanda(getattr(rad, namn) for rad in rader) for namn in ("budget", "utfall", "forra"))
    return Radsumma(0, "Totalt", budget, utfall, forra, all(rad.ar_komplett for rad in rader))


def _andel(del_, totalt):
    """Share in per cent with one decimal, half rounded up: "50,1 %"."""
    tiondelar = (2000 * del_ + totalt) // (2 * totalt)
    return f"{antal(tiondelar // 10)},{tiondelar % 10}{FAST_BLANKSTEG}%"


def _andel_mot_lagen(del_, totalt, skillnad):
    """The share and how far it lies from the law's, in kronor: a small difference does not show in per cent."""
    if not skillnad:
        return _andel(del_, totalt)
    return f"{_andel(del_, totalt)} ({kronor(abs(skillnad))} kr {'över' if skillnad > 0 else 'under'})"


def _talord(tal):
    return TALORD[tal] if tal < len(TALORD) else str(tal)
