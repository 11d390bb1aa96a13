"""The engine's question about what is missing in the budget years of each insats (docs/regler.md 10.8), asked through Motor."""

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


def brister(motor: Motor) -> Resultat:
    """Budget years without budget, with unknown utfall, and without planned number: per insats, samverkansorganisation and in all."""
    return motor.sammanstall(SQL, ["insats", "samverkansorganisation"], SLUGAR, i_ar=timezone.localdate().year)
