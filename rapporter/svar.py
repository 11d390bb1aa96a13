"""The engine's questions about kompletterande frågor: what has been answered, and what has not (docs/regler.md 8).

They are asked through Motor, in the role of the reports, of the view vagg.svar: alternatives and kön, never who.
"""
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import dataclass

from rapporter.motor import Motor, Resultat

I_URVALET = "dag BETWEEN %(fran)s AND %(till)s AND insats_id = ANY(%(insatser)s)"
# A person begins in an insats once a day; who chose several alternatives has several rows.
DELTAGANDEN = "count(DISTINCT (insats_id, person_nr, startdatum))"
FORBUNDET = "coalesce(%(organisation)s, (SELECT samverkansorganisation_id FROM insatser_insats WHERE id = %(insats)s))"


@dataclass(frozen=True)
class Alternativ:
    id: int
    text: str


@dataclass(frozen=True)
class Fraga:
    """A published question, and at which mättillfällen it is put: in, ut or both."""

    id: int
    namn: str
    text: str
    slag: str
    mattillfallen: tuple[str, ...]
    alternativ: tuple[Alternativ, ...]


def fragor(motor: Motor, fraga: int | None = None) -> list[Fraga]:
    """The questions that the selection's samverkansorganisation has put in its period, in their order, or only the one.

    One that was answered then was put, whatever its own period has become since.
    """
    rader = motor.fraga(
        "SELECT f.id, f.namn, f.fragetext, f.slag, f.mattillfalle, a.id, a.text FROM organisations_kompletterandefraga f"
        " JOIN organisations_svarsalternativ a ON a.fraga_id = f.id WHERE f.publicerad IS NOT NULL"
        f" AND f.samverkansorganisation_id = {FORBUNDET} AND (f.fran <= %(till)s AND (f.till IS NULL OR f.till >= %(fran)s)"
        f" OR EXISTS (SELECT FROM vagg.svar v WHERE v.fraga_id = f.id AND v.alternativ_id IS NOT NULL AND {I_URVALET}))"
        " AND (%(fraga)s::bigint IS NULL OR f.id = %(fraga)s) ORDER BY f.ordning, f.id, a.ordning, a.id",
        fraga=fraga,
    )
    alternativ: dict[int, list[Alternativ]] = {}
    for id_, _, _, _, _, alternativ_id, text in rader:
        alternativ.setdefault(id_, []).append(Alternativ(alternativ_id, text))
    stallda = {rad[0]: rad[:5] for rad in rader}
    return [
        Fraga(id_, namn, text, slag, ("in", "ut") if mattillfalle == "bada" else (mattillfalle,), tuple(alternativ[id_]))
        for id_, namn, text, slag, mattillfalle in stallda.values()
    ]


def svar(motor: Motor, fragor: Sequence[Fraga]) -> Resultat:
    """Deltaganden by question, mättillfälle, alternative and kön: `stallda` got the question, `svarade` answered it.

    With an alternative in the group, `svarade` are those who chose it.
    """
    kolumner = {"fraga": "fraga_id", "typ": "typ", "alternativ": "alternativ_id", "kon": "kon"}
    sql = (
        f"SELECT {_med_grouping(kolumner.values())}, {DELTAGANDEN}, {DELTAGANDEN} FILTER (WHERE alternativ_id IS NOT NULL)"
        f" FROM vagg.svar WHERE {' AND '.join([I_URVALET, 'fraga_id = ANY(%(fragor)s)', *motor.personvillkor()])} GROUP BY GROUPING SETS"
        " ((fraga_id, typ), (fraga_id, typ, kon), (fraga_id, typ, alternativ_id), (fraga_id, typ, alternativ_id, kon))"
    )
    return motor.sammanstall(sql, list(kolumner), ["stallda", "svarade"], fragor=[fraga.id for fraga in fragor])


def obesvarade(motor: Motor) -> Resultat:
    """Answers that must be given and are missing: per insats, per samverkansorganisation and in all."""
    kolumner = {"insats": "insats_id", "samverkansorganisation": "samverkansorganisation_id"}
    sql = (
        f"SELECT {_med_grouping(kolumner.values())}, count(*) FROM vagg.svar WHERE {I_URVALET} AND obligatorisk AND alternativ_id IS NULL"
        " GROUP BY GROUPING SETS ((insats_id), (samverkansorganisation_id), ())"
    )
    return motor.sammanstall(sql, list(kolumner), ["obesvarade_fragor"])


def _med_grouping(kolumner) -> str:
    return ", ".join(f"{kolumn}, GROUPING({kolumn})" for kolumn in kolumner)
