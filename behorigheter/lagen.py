"""What the database tells of an insats's deltaganden to those who may not see them (behorigheter/vaggar/35_lagen.sql)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection


@dataclass(frozen=True)
class Utanfor:
    """`fore`: one begins before the first day. `efter`: one begins or ends after the last day. `oppna`: how many go on."""

    fore: bool
    efter: bool
    oppna: int


@dataclass(frozen=True)
class Anonyma:
    """The sum of a year's journal, which may be 0. `slag`: anonym or atertaget."""

    insats: int
    ar: int
    slag: str
    antal: int


class Antal(NamedTuple):
    """Deltaganden that go on some day of a period, and how many of them begin and end in it."""

    antal: int = 0
    nya: int = 0
    avslutade: int = 0


def anonyma_per_ar(insats_ids: list[int]) -> list[Anonyma]:
    """Of those insatser that the acting user runs or registers in."""
    with connection.cursor() as c:
        c.execute("SELECT insats_id, ar, slag, antal FROM vagg.anonyma_per_ar(%s::bigint[]) ORDER BY 1, 2, 3", [insats_ids])
        return [Anonyma(insats, ar, slag, int(antal)) for insats, ar, slag, antal in c.fetchall()]


def antal_deltaganden(insats_ids: list[int], fran: date, till: date) -> dict[int, Antal]:
    """{insats: number}, of those that the acting user runs or registers in; none is no key. Counted as in the reports."""
    with connection.cursor() as c:
        c.execute("SELECT insats_id, antal, nya, avslutade FROM vagg.antal_deltaganden(%s::bigint[], %s, %s)", [insats_ids, fran, till])
        return {insats: Antal(*tal) for insats, *tal in c.fetchall()}


def har_deltaganden(insats_id: int) -> bool:
    with connection.cursor() as c:
        c.execute("SELECT vagg.har_deltaganden(%s)", [insats_id])
        return c.fetchone()[0]


def deltaganden_utanfor(insats_ids: list[int], *, fran: date | None = None, till: date | None = None) -> Utanfor:
    """Only for insatser that the acting user runs; for others the database refuses."""
    with connection.cursor() as c:
        c.execute("SELECT * FROM vagg.deltaganden_utanfor(%s::bigint[], %s, %s)", [insats_ids, fran, till])
        return Utanfor(*c.fetchone())


def oppna_deltaganden(insats_ids: list[int]) -> dict[int, int]:
    """{insats: how many deltaganden go on in it}, none is no key. For insatser that the acting user runs, as deltaganden_utanfor."""
    with connection.cursor() as c:
        c.execute(
            "SELECT insats, oppna FROM unnest(%s::bigint[]) AS insats, vagg.deltaganden_utanfor(ARRAY[insats], NULL, NULL) WHERE oppna > 0",
            [insats_ids],
        )
        return dict(c.fetchall())
