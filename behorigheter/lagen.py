"""What the database tells of an insats's deltaganden to those who may not see them (behorigheter/vaggar/35_lagen.sql)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True)
class Utanfor:
    """`fore`: one begins before the first day. `efter`: one begins or ends after the last day. `oppna`: how many go on."""

    fore: bool
    efter: bool
    oppna: int


def har_deltaganden(insats_id: int) -> bool:
    with connection.cursor() as c:
        c.execute("SELECT vagg.har_deltaganden(%s)", [insats_id])
        return c.fetchone()[0]


def deltaganden_utanfor(insats_ids: list[int], *, fran: date | None = None, till: date | None = None) -> Utanfor:
    """Only for insatser that the acting user runs; for others the database refuses."""
    with connection.cursor() as c:
        c.execute("SELECT * FROM vagg.deltaganden_utanfor(%s::bigint[], %s, %s)", [insats_ids, fran, till])
        return Utanfor(*c.fetchone())
