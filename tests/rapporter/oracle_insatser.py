"""Insatser and money computed a second time: plain Python over plain rows, as in oracle.py.

Insatsrapport, Kostnadsrapport, and what Nationell rapport and Regeringsunderlag sum up themselves.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tests.rapporter.oracle import Post, gor_nagot, hel_procent, med_matning, uppdelad

INRIKTNINGAR = {"individinriktad": "Individinriktad", "strukturovergripande": "Strukturövergripande"}
PRECISERADE = {
    "forebyggande": "Förebyggande",
    "forberedande": "Förberedande",
    "kartlaggning_individer": "Kartläggning av individer",
    "rehabilitering": "Rehabilitering till arbete eller utbildning",
    "dialog_kommunikation": "Dialog & kommunikation",
    "kartlaggning": "Kartläggning",
    "utbildning": "Utbildning",
    "annan": "Annan inriktning",
}
BUDGETTYPER = {"insatskostnad": "Insatskostnad", "esf_insatskostnad": "ESF Insatskostnad"}
KOSTNADSTYPER = {"kring": "Kring", "personal": "Personal", "ovrig": "Övrig", "ej_uppdelad": "Ej uppdelad"}
FINANSIARER = {
    "Stat": ("fk", "af"),
    "Region (landsting)": ("region",),
    "Kommuner": ("kommun",),
    "Samordningsförbund": ("samordningsforbund",),
    "ESF-medel": ("esf",),
    "Övriga": ("ovrig",),
}
ALFABET = " (),-0123456789abcdefghijklmnopqrstuvwxyzåäö"


@dataclass
class Forbund:
    organisation: int
    namn: str
    juridiskt: str  # the name of its samordningsförbund, or its own
    lan: str
    lansnamn: str
    samverkansform: str
    kommuner: set[str] = field(default_factory=set)
    finansiering: list[tuple[int, str, str, int]] = field(default_factory=list)  # year, kind of financier, its name, kronor
    administration: list[tuple[int, str, int, int | None]] = field(default_factory=list)  # year, kind of cost, budget, utfall


@dataclass
class Rad:
    """A row of an insats's budget."""

    budgettyp: str
    konsument: str
    budget: int
    utfall: int | None


@dataclass
class Ar:
    """What is registered of an insats for a calendar year."""

    planerat: int | None = None
    rader: list[Rad] = field(default_factory=list)
    anonyma: int = 0
    aterkallade: int = 0
    antal_volym: int = 0


@dataclass
class Insats:
    insats: int
    namn: str
    forbund: Forbund
    start: date
    slut: date | None
    inriktning: str
    preciserad_inriktning: str
    malgrupper: list[str]  # names, in their order
    volym: bool
    beskrivning: str = ""
    ar: dict[int, Ar] = field(default_factory=dict)

    @property
    def organisation(self):
        return self.forbund.organisation

    @property
    def lan(self):
        return self.forbund.lan

    def pagar_i(self, fran, till):
        return self.start <= till and (self.slut is None or fran <= self.slut)

    def har_budget(self, aren):
        return any(self.ar[ar].rader for ar in aren if ar in self.ar)


@dataclass
class Land:
    poster: list[Post]
    insatser: list[Insats]
    forbund: list[Forbund]

    def i_forbund(self, hor_till):
        """Only the förbund that a condition picks out, with all their insatser and posts."""
        forbund = [ett for ett in self.forbund if hor_till(ett)]
        return self._med([insats for insats in self.insatser if insats.forbund in forbund], forbund)

    def i_insatser(self, hor_till):
        """Only the insatser that a condition picks out, with their posts."""
        return self._med([insats for insats in self.insatser if hor_till(insats)], self.forbund)

    def _med(self, insatser, forbund):
        valda = {insats.insats for insats in insatser}
        return Land([post for post in self.poster if post.insats in valda], insatser, forbund)

    def som_pagar(self, fran, till, aven_med_budget=False):
        aren = _aren(fran, till) if aven_med_budget else ()
        return self.i_insatser(lambda insats: insats.pagar_i(fran, till) or insats.har_budget(aren))


def svensk(text):
    return [ALFABET.index(tecken) for tecken in text.lower()]


def summa(tal):
    """Of what is known; None when nothing is."""
    kanda = [ett for ett in tal if ett is not None]
    return sum(kanda) if kanda else None


def _aren(fran, till):
    return range(fran.year, till.year + 1)


def tal(land, fran, till):
    """The figures of all insatser of the land together."""
    poster = land.poster
    aren = [insats.ar[ar] for insats in land.insatser for ar in _aren(fran, till) if ar in insats.ar]

    def kronor(budgettyp, vad):
        return summa(getattr(rad, vad) for ar in aren for rad in ar.rader if rad.budgettyp == budgettyp)

    return {
        "insatser": len(land.insatser),
        "planerat_antal": summa(ar.planerat for ar in aren),
        "antal": sum(p.med_i(fran, till) for p in poster),
        "nya": sum(fran <= p.start <= till for p in poster),
        "avslutade": sum(p.avslutad_i(fran, till) for p in poster),
        "pagaende": sum(p.start <= till and (p.slut is None or till < p.slut) for p in poster),
        "anonyma": sum(ar.anonyma for ar in aren),
        "aterkallade": sum(ar.aterkallade for ar in aren),
        "antal_volym": sum(ar.antal_volym for ar in aren),
        "budget": kronor("insatskostnad", "budget"),
        "utfall": kronor("insatskostnad", "utfall"),
        "esf_budget": kronor("esf_insatskostnad", "budget"),
        "esf_utfall": kronor("esf_insatskostnad", "utfall"),
    }


def insatstabell(land, fran, till, delsummor):
    """Rows, subtotals and sum of the insatser of the land."""
    i_ordning = sorted(land.insatser, key=lambda insats: (svensk(insats.forbund.namn), svensk(insats.namn)))
    rader = [_insatsrad(land, insats, fran, till) for insats in i_ordning]
    sista = {insats.organisation: (nr, insats.forbund.namn) for nr, insats in enumerate(i_ordning)}
    per_forbund = [
        [nr, _summarad(f"Summa {namn}", land.i_insatser(lambda i, pk=pk: i.organisation == pk), fran, till)]
        for pk, (nr, namn) in sista.items()
    ]
    return {"rader": rader, "delsummor": per_forbund if delsummor else [], "summa": _summarad("Totalt", land, fran, till)}


def _insatsrad(land, insats, fran, till):
    om_insatsen = [
        insats.namn,
        insats.forbund.namn,
        insats.beskrivning or None,
        insats.start.isoformat(),
        insats.slut and insats.slut.isoformat(),
        INRIKTNINGAR[insats.inriktning],
        PRECISERADE[insats.preciserad_inriktning],
        ", ".join(insats.malgrupper),
    ]
    egna = tal(land.i_insatser(lambda annan: annan is insats), fran, till)
    return [*om_insatsen, *_i_ordning(egna, "Ja" if insats.volym else "Nej")]


def _summarad(rubrik, land, fran, till):
    return [rubrik, *[None] * 7, *_i_ordning(tal(land, fran, till), None)]


def _i_ordning(tal_, volyminsats):
    forst = ("planerat_antal", "antal", "pagaende", "anonyma", "budget", "utfall")
    sist = ("nya", "avslutade", "antal_volym", "esf_budget", "esf_utfall", "aterkallade")
    return [*(tal_[namn] for namn in forst), volyminsats, *(tal_[namn] for namn in sist)]


def kostnadstabeller(land, aren, detaljerad):
    """The four tables about the money of the land's förbund and of all their insatser; each with its sum last."""
    medel = _medelstillgangar(land.forbund, aren, detaljerad)
    kostnader = _per_namn_och_typ(_insatskostnader(land, aren), BUDGETTYPER)
    administration = _per_namn_och_typ(_administration(land, aren), KOSTNADSTYPER)
    return {
        "medelstillgangar": medel,
        "insatskostnader": kostnader,
        "administrativa_kostnader": administration,
        "sammanstallning": _sammanstallning(medel[-1], kostnader[-1], administration[-1]),
    }


def kostnader_per_typ(land, aren):
    """Regeringsunderlag's two tables of costs, each with its sum last."""
    return {
        "insatskostnader": _per_typ(_insatskostnader(land, aren), BUDGETTYPER),
        "administrativa_kostnader": _per_typ(_administration(land, aren), KOSTNADSTYPER),
    }


def _per_typ(poster, typer):
    *rader, (_, _, *totalt) = _per_namn_och_typ([("", *belopp) for _, *belopp in poster], typer)
    return [*(rad[1:] for rad in rader), ["Totalt", *totalt]]


def _insatskostnader(land, aren):
    arets = [insats.ar[ar] for insats in land.insatser for ar in aren if ar in insats.ar]
    return [(rad.konsument, rad.budgettyp, rad.budget, rad.utfall) for ar in arets for rad in ar.rader]


def _administration(land, aren):
    return [(ett.juridiskt, *rad[1:]) for ett in land.forbund for rad in ett.administration if rad[0] in aren]


def _medelstillgangar(forbund, aren, detaljerad):
    grupper = {typ: grupp for grupp, typer in FINANSIARER.items() for typ in typer}
    summor = defaultdict(int) if detaljerad else dict.fromkeys(((grupp, grupp) for grupp in FINANSIARER), 0)
    for ar, typ, namn, belopp in (rad for ett in forbund for rad in ett.finansiering):
        if ar in aren:
            summor[grupper[typ], namn if detaljerad else grupper[typ]] += belopp
    i_ordning = sorted(summor, key=lambda par: (list(FINANSIARER).index(par[0]), svensk(par[1])))
    return [*([par[1], summor[par]] for par in i_ordning), ["Totalt", sum(summor.values())]]


def _per_namn_och_typ(poster, typer):
    grupper = defaultdict(list)
    for namn, typ, *belopp in poster:
        grupper[namn, typ].append(belopp)
    i_ordning = sorted(grupper, key=lambda par: (svensk(par[0]), list(typer).index(par[1])))
    rader = [[namn, typer[typ], *map(summa, zip(*grupper[namn, typ], strict=True))] for namn, typ in i_ordning]
    return [*rader, ["Totalt", None, sum(post[2] for post in poster), summa(post[3] for post in poster)]]


def organisationssummor(rader):
    """The subtotal after each organisation's last row, when there are several."""
    namnen = list(dict.fromkeys(rad[0] for rad in rader))
    sista = {rad[0]: nr for nr, rad in enumerate(rader)}
    egna = {namn: [rad[2:] for rad in rader if rad[0] == namn] for namn in namnen}
    return [[sista[namn], [f"Summa {namn}", None, *map(summa, zip(*egna[namn], strict=True))]] for namn in namnen if len(namnen) > 1]


def _sammanstallning(medel, kostnader, administration):
    budget, forbrukat = ((kostnader[nr] or 0) + (administration[nr] or 0) for nr in (2, 3))
    return [
        ["Totala medelstillgångar", medel[1]],
        ["Totalt förbrukade medel", forbrukat],
        ["Kvar efter budgetåret", medel[1] - forbrukat],
        ["Totalt budgeterat", budget],
        ["Totalt budgeterat minus förbrukat", budget - forbrukat],
    ]


def nationellt(land, fran, till):
    """The rows of län and of förbund, each with the whole land last."""
    lan = {ett.lansnamn: ett.lan for ett in land.forbund}
    forbund = sorted(land.forbund, key=lambda ett: svensk(ett.namn))

    def lansrad(namn):
        lanets = land.i_forbund(lambda ett: ett.lan == lan[namn])
        return [namn, len(lanets.forbund), *_nationell_rad(lanets, fran, till)]

    hela = _nationell_rad(land, fran, till)
    return {
        "lan": [*map(lansrad, sorted(lan, key=svensk)), ["Totalt", len(land.forbund), *hela]],
        "forbund": [
            *(
                [ett.namn, ett.lansnamn, *_nationell_rad(land.i_forbund(lambda annat, ett=ett: annat is ett), fran, till)]
                for ett in forbund
            ),
            ["Totalt", None, *hela],
        ],
    }


def _nationell_rad(land, fran, till):
    tal_ = tal(land, fran, till)
    under_aren = sum(p.med_i(date(fran.year, 1, 1), date(till.year, 12, 31)) for p in land.poster)
    tackning = hel_procent(under_aren, under_aren + tal_["anonyma"] + tal_["aterkallade"])
    matta = med_matning(land.poster, fran, till)
    fore, efter = (sum(gor_nagot(lage) for lage in lagen) for lagen in ([p.fore for p in matta], [p.efter for p in matta]))
    resultat = [len(matta), fore, hel_procent(fore, len(matta)), efter, hel_procent(efter, len(matta))]
    forst = ("insatser", "antal", "nya", "avslutade", "pagaende", "anonyma", "aterkallade", "antal_volym")
    pengar = ("budget", "utfall", "esf_budget", "esf_utfall")
    return [*(tal_[namn] for namn in forst), tackning, *resultat, *(tal_[namn] for namn in pengar)]


def grupper(land, fran, till, malgrupper):
    """Regeringsunderlag's tables of groups of insatser; `malgrupper` are the names of all, in their order."""

    def rad(namn, hor_till):
        tal_ = tal(land.i_insatser(hor_till), fran, till)
        kolumner = ("insatser", "planerat_antal", "antal", "anonyma", "antal_volym", "budget", "utfall", "esf_budget", "esf_utfall")
        return [namn, *(tal_[kolumn] for kolumn in kolumner)]

    totalt = rad("Totalt", lambda insats: True)
    return {
        "inriktning": [*(rad(namn, lambda i, kod=kod: i.inriktning == kod) for kod, namn in INRIKTNINGAR.items()), totalt],
        "preciserad_inriktning": [
            *(rad(namn, lambda i, kod=kod: i.preciserad_inriktning == kod) for kod, namn in PRECISERADE.items()),
            totalt,
        ],
        "malgrupp": [*(rad(namn, lambda i, namn=namn: namn in i.malgrupper) for namn in malgrupper), totalt],
    }


def omfattning(land):
    """Of the land whose insatser run in the period."""
    kommuner = set().union(*(ett.kommuner for ett in land.forbund))
    volym = sum(insats.volym for insats in land.insatser)
    alla = len(land.insatser)
    return [[len(land.forbund), len({ett.lan for ett in land.forbund}), len(kommuner), alla, alla - volym, volym]]


def kon(land, fran, till):
    return [["Alla", *uppdelad([p for p in land.poster if p.med_i(fran, till)])]]


def ofullstandiga(land, fran, till):
    """Each förbund of which something is missing in the calendar year, with what, in words. The year has ended."""
    rader = []
    for ett in sorted(land.forbund, key=lambda ett: svensk(ett.namn)):
        egna = land.i_forbund(lambda annat, ett=ett: annat is ett)
        texter = [*_saknade_pengar(egna, ett, fran.year), *_fa_deltagare(egna, fran, till)]
        rader += [[ett.namn, ett.lansnamn, " ".join(texter)]] if texter else []
    return rader


def _saknade_pengar(land, forbund, ar):
    aren = [insats.ar.get(ar, Ar()) for insats in land.insatser]
    saknas = {
        "Budget": sum(not ett.rader for ett in aren),
        "Utfall": sum(any(rad.utfall is None for rad in ett.rader) for ett in aren),
        "Planerat antal": sum(ett.planerat is None for ett in aren),
    }
    forst = [] if aren else ["Inga insatser pågick."]
    if ar not in {rad[0] for rad in forbund.finansiering}:
        forst.append("Medelstillgångar är inte registrerade.")
    return forst + [f"{vad} saknas i {tal} {'insats' if tal == 1 else 'insatser'} av {len(aren)}." for vad, tal in saknas.items() if tal]


def _fa_deltagare(land, fran, till):
    tal_, matta = tal(land, fran, till), len(med_matning(land.poster, fran, till))
    tackning = hel_procent(tal_["antal"], tal_["antal"] + tal_["anonyma"] + tal_["aterkallade"])
    matta = hel_procent(matta, tal_["avslutade"])
    if not tal_["antal"] and not all(insats.volym for insats in land.insatser):
        yield "Inga deltagare med personuppgifter är registrerade."
    elif tackning is not None and tackning < 50:
        yield f"Täckningen är {tackning}\u00a0%."
    if matta is not None and matta < 50:
        yield f"Bara {matta}\u00a0% av de avslutade har en mätning efter insatsen."
