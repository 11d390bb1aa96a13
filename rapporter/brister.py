"""The engine's questions about what is missing in the budget years (docs/regler.md 10.4 and 10.8), asked through Motor."""

from dataclasses import dataclass

from django.utils import timezone

from rapporter.motor import Motor, Resultat

SLUGAR = ("saknar_budget", "saknar_utfall", "saknar_planerat")
# One row per insats and budget year in which it runs. Utfall is not expected until the year has ended.
SQL = (
    "SELECT i.id, GROUPING(i.id), i.samverkansorganisation_id, GROUPING(i.samverkansorganisation_id),"
    " count(*) FILTER (WHERE b.rader = 0),"
    " count(*) FILTER (WHERE b.utan_utfall > 0 AND ar.ar < %(i_ar)s),"
    " count(*) FILTER (WHERE a.planerat_antal IS NULL)"
    " FROM insatser_insats i JOIN unnest(%(ar)s::int[]) AS ar(ar)"
    " ON ar.ar BETWEEN extract(year FROM i.startdatum) AND extract(year FROM coalesce(i.slutdatum, 'infinity'))"
    " LEFT JOIN insatser_insatsar a ON a.insats_id = i.id AND a.ar = ar.ar"
    " CROSS JOIN LATERAL (SELECT count(*) AS rader, count(*) FILTER (WHERE r.utfall IS NULL) AS utan_utfall"
    " FROM insatser_insatsbudget r WHERE r.insatsar_id = a.id) b"
    " WHERE i.id = ANY(%(insatser)s)"
    " GROUP BY GROUPING SETS ((i.id), (i.samverkansorganisation_id), ())"
)
# Every amount that the sums of Kostnadsrapport add up: the budget rows of insatser, and administrativa kostnader, which have no insats.
UTFALL = (
    "SELECT count(insats) FILTER (WHERE utfall IS NULL), count(DISTINCT insats) FILTER (WHERE utfall IS NULL), count(DISTINCT insats),"
    " count(*) FILTER (WHERE utfall IS NULL AND insats IS NULL), array_agg(DISTINCT ar ORDER BY ar) FILTER (WHERE utfall IS NULL)"
    " FROM (SELECT a.ar, a.insats_id AS insats, r.utfall FROM insatser_insatsbudget r JOIN insatser_insatsar a ON a.id = r.insatsar_id"
    " JOIN insatser_insats i ON i.id = a.insats_id JOIN ({0}) s ON s.id = i.samverkansorganisation_id WHERE a.ar = ANY(%(ar)s)"
    " UNION ALL SELECT b.ar, NULL, k.utfall FROM organisations_administrativkostnad k"
    " JOIN organisations_budgetar b ON b.id = k.budgetar_id JOIN ({0}) s ON s.id = b.samverkansorganisation_id"
    " WHERE b.ar = ANY(%(ar)s)) belopp"
)


@dataclass(frozen=True)
class OkantUtfall:
    """What the sums of utfall leave out: budget rows, the insatser that have such, of all with a budget, and administrativa kostnader.

    `ar` are the years in which any of it is missing.
    """

    poster: int
    insatser: int
    med_budget: int
    administrativa: int
    ar: tuple[int, ...]


def okant_utfall(motor: Motor) -> OkantUtfall:
    """Of both budgettyper, in the same organisationer and years as the sums of Kostnadsrapport; also of years that have not ended."""
    poster, insatser, med_budget, administrativa, ar = motor.fraga(UTFALL.format(motor.organisationer()))[0]
    return OkantUtfall(poster, insatser, med_budget, administrativa, tuple(ar or ()))


def brister(motor: Motor) -> Resultat:
    """Budget years without budget, with unknown utfall, and without planned number: per insats, samverkansorganisation and in all."""
    return motor.sammanstall(SQL, ["insats", "samverkansorganisation"], SLUGAR, i_ar=timezone.localdate().year)
