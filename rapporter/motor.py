"""The engine: selections into counts and sums, in SQL. Nothing else in this app knows the database but svar.py, brister.py and forbund.py,
which ask through it.

Everything runs under rapportroll(), which reads facts, counts and money and nothing about persons. What lies in the SQL text are
constants of these modules, of dimensioner.py and of matt.py; what the user chose goes as parameters.
"""
# ruff: noqa: S608

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connections
from django.utils import timezone

from behorigheter.vaggar import rapportroll
from organisations.models import EGET_KAPITAL
from rapporter.dimensioner import DIMENSIONER
from rapporter.matt import RORDE_PERIODEN, Matt
from rapporter.urval import Aldersband, Urval

PERSONFILTER = {
    "kon": "kon = %(p_kon)s",
    "alder": "alder_vid_start BETWEEN %(p_alder_fran)s AND %(p_alder_till)s",
    "utbildning": "utbildning = %(p_utbildning)s",
    "tid_forsorjning": "tid_forsorjning = %(p_tid_forsorjning)s",
    "forsorjning_fore": "(forsorjning_fore & %(p_forsorjning_fore)s) <> 0",
    "avslutningsanledning": "avslutningsanledning = %(p_avslutningsanledning)s",
    "kommun": "kommun_id = %(p_kommun)s",
}
STATUSFILTER = {
    "pagaende": "(slutdatum IS NULL OR slutdatum > %(till)s)",
    "avslutade": "slutdatum <= %(till)s",
}
INSATSFILTER = {
    "lan": "s.lan_id = %(lan)s",
    "organisation": "s.id = %(organisation)s",
    "insats": "i.id = %(insats)s",
    "samverkansform": "s.samverkansform = %(samverkansform)s",
    "inriktning": "i.inriktning = %(inriktning)s",
    "preciserad_inriktning": "i.preciserad_inriktning = %(preciserad_inriktning)s",
    "malgrupp": "EXISTS (SELECT FROM insatser_insats_malgrupper m WHERE m.insats_id = i.id AND m.malgrupp_id = %(malgrupp)s)",
}
ORGANISATIONSFILTER = ("lan", "organisation", "samverkansform")
ARETS = "a.insats_id = i.id AND a.ar = ANY(%(ar)s)"
ARSVARDEN = {
    "planerat_antal": f"(SELECT sum(planerat_antal) FROM insatser_insatsar a WHERE {ARETS})",
    "anonyma": f"(SELECT coalesce(sum(antal), 0) FROM deltagare_anonympost a WHERE {ARETS} AND a.slag = 'anonym')",
    "aterkallade": f"(SELECT coalesce(sum(antal), 0) FROM deltagare_anonympost a WHERE {ARETS} AND a.slag = 'atertaget')",
    "antal_volym": f"(SELECT coalesce(sum(antal), 0) FROM insatser_volympost a WHERE {ARETS})",
    **{
        f"{prefix}{kolumn}": f"(SELECT sum(b.{kolumn}) FROM insatser_insatsbudget b JOIN insatser_insatsar a ON a.id = b.insatsar_id"
        f" WHERE {ARETS} AND b.budgettyp = '{budgettyp}')"
        for prefix, budgettyp in (("", "insatskostnad"), ("esf_", "esf_insatskostnad"))
        for kolumn in ("budget", "utfall")
    },
}
RAKNADE = ("anonyma", "aterkallade", "antal_volym")  # counted, so never unknown: where there is nothing they are 0
HAR_BUDGET = f"EXISTS (SELECT FROM insatser_insatsar a JOIN insatser_insatsbudget b ON b.insatsar_id = a.id WHERE {ARETS})"

# The name under which a samverkansorganisation is printed: the legal one of its samordningsförbund in the register.
LAGNAMN = (
    "(SELECT min(org.namn) FROM organisations_ingaendeorganisation del JOIN organisations_organisation org ON org.id = del.organisation_id"
    " WHERE del.samverkansorganisation_id = s.id AND org.typ = 'samordningsforbund' HAVING count(*) = 1)"
)


# Nothing when the data are not those of a replica, or when it has all that it has been sent.
REPLIKENS_TID = (
    "SELECT CASE WHEN pg_is_in_recovery() AND pg_last_wal_replay_lsn() IS DISTINCT FROM pg_last_wal_receive_lsn()"
    " THEN pg_last_xact_replay_timestamp() END"
)


MED_PERSONER = (
    f"SELECT i.id, s.id, s.lan_id, EXISTS (SELECT FROM vagg.faktum f WHERE f.insats_id = i.id AND {RORDE_PERIODEN}) FROM insatser_insats i"
    " JOIN organisations_samverkansorganisation s ON s.id = i.samverkansorganisation_id"
    " LEFT JOIN LATERAL (SELECT true AS finns FROM vagg.faktum f WHERE f.insats_id = i.id"
    " AND i.deltagarregistrering <> 'personuppgifter' LIMIT 1) nagon ON true"
    " WHERE i.id = ANY(%(insatser)s) AND (i.deltagarregistrering = 'personuppgifter' OR nagon.finns) ORDER BY s.id, i.id"
)
FLEST_DELAR = 5  # that more parts are all as far from their printed figures as can be does hardly happen


class Personinsats(NamedTuple):
    """An insats med personuppgifter, where it is, and whether anybody is in it in the period."""

    insats: int
    samverkansorganisation: int
    lan: str | None
    har_nagon: bool


class Resultat:
    """Sums by group: resultat.rad(insats=5) → {slug: value}; a group without rows gives zeros for counts."""

    def __init__(self, rader: Iterable[tuple[dict[str, Any], dict[str, Any]]], slugar: Sequence[str]) -> None:
        self._rader = {frozenset(grupp.items()): varden for grupp, varden in rader}
        self._tom = dict.fromkeys(slugar, 0)

    def rad(self, **grupp: Any) -> dict[str, Any]:
        return self._rader.get(frozenset(grupp.items()), self._tom)

    def for_grupp(self, **grupp: Any) -> "Resultat":
        """What lies in one group: its own sum, and the groups that it is split into."""
        inom = set(grupp.items())
        return Resultat(((dict(nyckel - inom), varden) for nyckel, varden in self._rader.items() if inom <= nyckel), list(self._tom))

    def grupper(self, *dimensioner: str) -> list[dict[str, Any]]:
        """Every group of exactly these dimensions that has a row."""
        return [dict(grupp) for grupp in self._rader if {namn for namn, _ in grupp} == set(dimensioner)]


@dataclass(frozen=True)
class Motor:
    """Questions about one selection and its insatser. Made by `oppna`; holds while its role does."""

    using: str
    urval: Urval
    insatser: tuple[int, ...]

    @cached_property
    def personinsatser(self) -> list[Personinsats]:
        """Those of the selection's insatser that hold persons. A volyminsats should hold nobody, but no constraint says so."""
        return [Personinsats(*rad) for rad in self.fraga(MED_PERSONER)]

    @property
    def har_personer(self) -> bool:
        """Whether there is anybody to protect."""
        return bool(self.personinsatser)

    def uppdelningar(self) -> list[list["Motor"]]:
        """The same questions about the parts of the selection, for each way to part it (`uppdelningar`)."""
        return [[replace(self, insatser=insatser) for insatser in delar.values()] for delar in uppdelningar(self.personinsatser)]

    def hamtad(self) -> datetime:
        """The moment whose figures these are: a replica may be behind."""
        tid = _fraga(self.using, REPLIKENS_TID, {})[0][0] if self.using == "rapport" else None
        return tid or timezone.now()

    def rakna(self, matt: Sequence[Matt], grupperingar: Sequence[tuple[str, ...]]) -> Resultat:
        """Measures of the deltaganden in the selection's insatser, for several groupings in one question."""
        dimensioner = sorted({namn for gruppering in grupperingar for namn in gruppering})
        kolumner = [f"{DIMENSIONER[namn]} AS d_{namn}" for namn in dimensioner]
        villkor = " AND ".join([RORDE_PERIODEN, *self.personvillkor()])
        rader = f"SELECT {', '.join(['f.*', *kolumner])} FROM ({_fakta('lan' in dimensioner)}) f WHERE {villkor}"
        uttryck = [m.uttryck for m in matt]
        if len(grupperingar) > 1 and not any(m.aggregat for m in matt):
            rader, uttryck = _hopraknade(rader, dimensioner, uttryck)
        uppsattningar = ", ".join(f"({', '.join(f'd_{namn}' for namn in gruppering)})" for gruppering in grupperingar)
        valda = [*(f"d_{namn}, GROUPING(d_{namn})" for namn in dimensioner), *uttryck]
        sql = f"SELECT {', '.join(valda)} FROM ({rader}) f GROUP BY GROUPING SETS ({uppsattningar})"
        return self.sammanstall(sql, dimensioner, [m.slug for m in matt])

    def sammanstall(self, sql: str, dimensioner: Sequence[str], slugar: Sequence[str], **varden: Any) -> Resultat:
        """The answer to a question that selects each dimension with its GROUPING(), then the sums. `varden`: more parameters of it."""
        bredd = 2 * len(dimensioner)
        rader = self.fraga(sql, **varden)
        return Resultat(((_grupp(dimensioner, rad), _heltal(slugar, rad[bredd:])) for rad in rader), slugar)

    def arsvarden(self) -> Resultat:
        """Sums of the values that exist per full year: per insats, per samverkansorganisation and in all."""
        slugar = [*ARSVARDEN, "insatser", "med_personuppgifter"]
        uppslag = ", ".join(f"{sql} AS {namn}" for namn, sql in ARSVARDEN.items())
        summor = ", ".join(f"coalesce(sum({namn}), 0)" if namn in RAKNADE else f"sum({namn})" for namn in ARSVARDEN)
        sql = (
            f"SELECT insats, GROUPING(insats), samverkansorganisation, GROUPING(samverkansorganisation), {summor}, count(*),"
            " count(*) FILTER (WHERE deltagarregistrering = 'personuppgifter') FROM"
            f" (SELECT i.id AS insats, i.samverkansorganisation_id AS samverkansorganisation, i.deltagarregistrering, {uppslag}"
            " FROM insatser_insats i WHERE i.id = ANY(%(insatser)s)) v"
            " GROUP BY GROUPING SETS ((insats), (samverkansorganisation), ())"
        )
        return self.sammanstall(sql, ["insats", "samverkansorganisation"], slugar)

    def insatsuppgifter(self) -> list[dict[str, Any]]:
        """What is known of each insats in the selection, without persons."""
        sql = (
            "SELECT i.id, i.namn, i.beskrivning, i.startdatum, i.slutdatum, i.inriktning, i.preciserad_inriktning, i.deltagarregistrering,"
            " i.volym_avser, s.id, s.namn, coalesce((SELECT string_agg(m.namn, ', ' ORDER BY m.ordning) FROM insatser_insats_malgrupper im"
            " JOIN insatser_malgrupp m ON m.kod = im.malgrupp_id WHERE im.insats_id = i.id), '')"
            " FROM insatser_insats i JOIN organisations_samverkansorganisation s ON s.id = i.samverkansorganisation_id"
            " WHERE i.id = ANY(%(insatser)s)"
        )
        namn = [
            "id",
            "namn",
            "beskrivning",
            "startdatum",
            "slutdatum",
            "inriktning",
            "preciserad_inriktning",
            "deltagarregistrering",
            "volym_avser",
            "organisation_id",
            "organisation",
            "malgrupp",
        ]
        return [dict(zip(namn, rad, strict=True)) for rad in self.fraga(sql)]

    def finansiering(self) -> list[tuple[str, str, str, bool, int]]:
        """(grouping level, typ, organisation, only eget kapital, sum): level "organisation", "typ" or "alla"."""
        sql = (
            "SELECT CASE GROUPING(o.typ, o.namn) WHEN 0 THEN 'organisation' WHEN 1 THEN 'typ' ELSE 'alla' END,"
            " coalesce(o.typ, ''), coalesce(o.namn, ''), bool_and(f.beskrivning = %(eget_kapital)s), sum(f.belopp)"
            f" FROM organisations_finansiering f JOIN organisations_budgetar b ON b.id = f.budgetar_id JOIN ({self.organisationer()}) s"
            " ON s.id = b.samverkansorganisation_id JOIN organisations_ingaendeorganisation p ON p.id = f.part_id"
            " JOIN organisations_organisation o ON o.id = p.organisation_id WHERE b.ar = ANY(%(ar)s)"
            " GROUP BY GROUPING SETS ((o.typ, o.namn), (o.typ), ())"
        )
        rader = self.fraga(sql, eget_kapital=EGET_KAPITAL)
        return [(niva, typ, namn, bool(eget), int(summa or 0)) for niva, typ, namn, eget, summa in rader]

    def insatskostnader(self) -> list[tuple[str, str, int | None, int | None]]:
        """(konsument, budgettyp, budget, utfall) and last the sum of all, with empty names. The consumer's legal name is printed."""
        sql = (
            "SELECT coalesce(namn, ''), coalesce(budgettyp, ''), sum(budget), sum(utfall) FROM (SELECT"
            f" coalesce(o.namn, {LAGNAMN}, s.namn) AS namn, r.budgettyp, r.budget, r.utfall FROM insatser_insatsbudget r"
            " JOIN insatser_insatsar a ON a.id = r.insatsar_id JOIN insatser_insats i ON i.id = a.insats_id"
            f" JOIN ({self.organisationer()}) s ON s.id = i.samverkansorganisation_id"
            " LEFT JOIN organisations_ingaendeorganisation p ON p.id = r.part_id"
            " LEFT JOIN organisations_organisation o ON o.id = p.organisation_id"
            " WHERE a.ar = ANY(%(ar)s)) rader GROUP BY GROUPING SETS ((namn, budgettyp), ()) ORDER BY GROUPING(namn)"
        )
        return [(namn, typ, _tal(budget), _tal(utfall)) for namn, typ, budget, utfall in self.fraga(sql)]

    def administrativa_kostnader(self) -> list[tuple[str, str, int | None, int | None]]:
        """(organisation, kostnadstyp, budget, utfall); an empty kostnadstyp is the organisation's sum, both empty the sum of all."""
        sql = (
            "SELECT coalesce(namn, ''), coalesce(kostnadstyp, ''), sum(budget), sum(utfall) FROM (SELECT"
            f" coalesce({LAGNAMN}, s.namn) AS namn, k.kostnadstyp, k.budget, k.utfall FROM organisations_administrativkostnad k"
            " JOIN organisations_budgetar b ON b.id = k.budgetar_id"
            f" JOIN ({self.organisationer()}) s ON s.id = b.samverkansorganisation_id"
            " WHERE b.ar = ANY(%(ar)s)) rader GROUP BY GROUPING SETS ((namn, kostnadstyp), (namn), ())"
        )
        return [(namn, typ, _tal(budget), _tal(utfall)) for namn, typ, budget, utfall in self.fraga(sql)]

    def platser(self) -> dict[tuple[str, int | None], str]:
        """{(kommun, stadsdel): name} for printing."""
        sql = "SELECT k.kod, NULL, k.kortnamn FROM organisations_kommun k UNION ALL SELECT kommun_id, id, namn FROM organisations_stadsdel"
        return {(kommun, stadsdel): namn for kommun, stadsdel, namn in self.fraga(sql)}

    def personvillkor(self) -> list[str]:
        """The selection's filters on persons."""
        return [STATUSFILTER[str(val)] if namn == "status" else PERSONFILTER[namn] for namn, val in self.urval.personer.items()]

    def organisationer(self) -> str:
        """The question after the selection's samverkansorganisationer, for a part of another."""
        villkor = [INSATSFILTER[namn] for namn in ORGANISATIONSFILTER if getattr(self.urval, namn)]
        return f"SELECT s.id, s.namn FROM organisations_samverkansorganisation s WHERE {' AND '.join(villkor) or 'true'}"

    def fraga(self, sql: str, **varden: Any) -> list[tuple[Any, ...]]:
        """The rows of any question of constants; `varden` are parameters beside those of the selection."""
        return _fraga(self.using, sql, {**_parametrar(self.urval), "insatser": list(self.insatser), **varden})


def uppdelningar(personinsatser: Sequence[Personinsats]) -> list[dict[tuple[str, Any], tuple[int, ...]]]:
    """Ways to part them in a few, each as {group: insatser}: by samverkansorganisation, by län, and insats by insats. Where nobody is,
    there is no part.

    Of as many län as samverkansorganisationer each län holds one, and is the same part; so with insatser.
    """
    delas = [rad for rad in personinsatser if rad.har_nagon]
    svar = [_delade(delas, dimension) for dimension in ("samverkansorganisation", "lan", "insats")]
    return [delar for nr, delar in enumerate(svar) if 1 < len(delar) <= FLEST_DELAR and len(delar) not in map(len, svar[:nr])]


def _delade(personinsatser: Sequence[Personinsats], dimension: str) -> dict[tuple[str, Any], tuple[int, ...]]:
    delar: dict[tuple[str, Any], tuple[int, ...]] = {}
    for rad in personinsatser:
        grupp = dimension, getattr(rad, dimension)
        delar[grupp] = (*delar.get(grupp, ()), rad.insats)
    return delar


@contextmanager
def oppna(urval: Urval, insatser: tuple[int, ...]) -> Iterator[Motor]:
    """The Motor of a selection, whose insatser are known (`insatser_i`)."""
    with rapportroll() as using:
        yield Motor(using, urval, insatser)


def insatser_i(urvalen: Iterable[Urval], *, aven_med_budget: bool = False) -> list[tuple[int, ...]]:
    """The insatser of each selection: those that run in any part of its period (docs/regler.md 10.3).

    `aven_med_budget`: also insatser that do not run but have budget rows in the years.
    """
    with rapportroll() as using:
        return [_insatser(using, urval, aven_med_budget) for urval in urvalen]


def _insatser(using: str, urval: Urval, aven_med_budget: bool) -> tuple[int, ...]:
    pagar = "(i.startdatum <= %(till)s AND (i.slutdatum IS NULL OR i.slutdatum >= %(fran)s))"
    villkor = [f"({pagar} OR {HAR_BUDGET})" if aven_med_budget else pagar]
    villkor += [sql for namn, sql in INSATSFILTER.items() if getattr(urval, namn)]
    sql = (
        "SELECT i.id FROM insatser_insats i JOIN organisations_samverkansorganisation s ON s.id = i.samverkansorganisation_id"
        f" WHERE {' AND '.join(villkor)} ORDER BY i.id"
    )
    return tuple(rad[0] for rad in _fraga(using, sql, _parametrar(urval)))


def _fakta(med_lan: bool) -> str:
    """The facts of the insatser, which are joined: of many the planner reads the whole table, of few their own rows."""
    lan = " JOIN organisations_samverkansorganisation s ON s.id = f.samverkansorganisation_id" if med_lan else ""
    return (
        f"SELECT f.*{', s.lan_id' if med_lan else ''} FROM vagg.faktum f"
        f" JOIN unnest(%(insatser)s::bigint[]) AS vald (id) ON vald.id = f.insats_id{lan}"
    )


def _hopraknade(rader: str, dimensioner: Sequence[str], uttryck: Sequence[str]) -> tuple[str, list[str]]:
    """The rows counted once in their smallest groups, and how the counts are added up: for many groupings that is less work."""
    namn = [f"d_{dimension}" for dimension in dimensioner]
    raknade = [f"{ett} AS m_{nr}" for nr, ett in enumerate(uttryck)]
    sql = f"SELECT {', '.join([*namn, *raknade])} FROM ({rader}) f GROUP BY {', '.join(namn)}"
    return sql, [f"coalesce(sum(m_{nr}), 0)" for nr in range(len(uttryck))]


def _parametrar(urval: Urval) -> dict[str, Any]:
    personer = {f"p_{namn}": varde for namn, varde in urval.personer.items()}
    if "alder" in urval.personer:
        personer["p_alder_fran"], personer["p_alder_till"] = Aldersband(str(urval.personer["alder"])).granser
    falt = {namn: getattr(urval, namn) for namn in INSATSFILTER}
    return {"fran": urval.fran, "till": urval.till, "ar": list(urval.ar), **falt, **personer}


def _fraga(using: str, sql: str, parametrar: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as c:
        c.execute(sql, parametrar)
        return list(c.fetchall())


def _grupp(dimensioner: Sequence[str], rad: Sequence[Any]) -> dict[str, Any]:
    """Which dimensions the row is grouped by, from its GROUPING() flags."""
    return {namn: rad[2 * nr] for nr, namn in enumerate(dimensioner) if rad[2 * nr + 1] == 0}


def _heltal(slugar: Sequence[str], varden: Sequence[Any]) -> dict[str, Any]:
    return {slug: _tal(varde) for slug, varde in zip(slugar, varden, strict=True)}


def _tal(varde: Any) -> int | None:
    """Sums come as Decimal."""
    return None if varde is None else int(varde)
