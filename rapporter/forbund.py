"""The engine's questions about the country itself: which samverkansorganisationer and målgrupper there were in the period."""

from dataclasses import dataclass, field

from rapporter.motor import Motor

SQL = (
    "SELECT s.id, s.namn, l.kod, coalesce(l.kortnamn, 'Utan län'), coalesce(o.kommun_id, d.kommun_id)"
    " FROM organisations_samverkansorganisation s"
    " LEFT JOIN organisations_lan l ON l.kod = s.lan_id"
    " LEFT JOIN organisations_omrade o ON o.samverkansorganisation_id = s.id LEFT JOIN organisations_stadsdel d ON d.id = o.stadsdel_id"
    " WHERE s.startdatum <= %(till)s AND (s.slutdatum IS NULL OR s.slutdatum >= %(fran)s)"
    " AND (%(lan)s::text IS NULL OR s.lan_id = %(lan)s) AND (%(samverkansform)s = '' OR s.samverkansform = %(samverkansform)s)"
)

MED_FINANSIERING = (
    "SELECT DISTINCT b.samverkansorganisation_id FROM organisations_finansiering f JOIN organisations_budgetar b ON b.id = f.budgetar_id"
    " WHERE b.ar = ANY(%(ar)s)"
)
MALGRUPPER = (
    "SELECT m.namn, im.insats_id FROM insatser_malgrupp m"
    " LEFT JOIN insatser_insats_malgrupper im ON im.malgrupp_id = m.kod AND im.insats_id = ANY(%(insatser)s)"
    " WHERE im.insats_id IS NOT NULL OR (m.giltig_fran <= %(till)s AND (m.giltig_till IS NULL OR m.giltig_till >= %(fran)s))"
    " ORDER BY m.ordning"
)


@dataclass(frozen=True)
class Forbund:
    """A samverkansorganisation, the county it is counted to if any, and the codes of the kommuner where it works."""

    id: int
    namn: str
    lan: str | None
    lansnamn: str
    kommuner: set[str] = field(default_factory=set)


def forbund(motor: Motor) -> list[Forbund]:
    """Those that there were in some part of the period, whether or not any insats ran."""
    alla: dict[int, Forbund] = {}
    for id_, namn, lan, lansnamn, kommun in motor.fraga(SQL):
        ett = alla.setdefault(id_, Forbund(id_, namn, lan, lansnamn))
        if kommun:
            ett.kommuner.add(kommun)
    return list(alla.values())


def med_finansiering(motor: Motor) -> set[int]:
    """Those that have registered some financing of the years."""
    return {id_ for (id_,) in motor.fraga(MED_FINANSIERING)}


def malgrupper(motor: Motor) -> dict[str, set[int]]:
    """{målgrupp: the selection's insatser that are for it}, in the order of the målgrupper; all that were valid in the period."""
    insatser: dict[str, set[int]] = {}
    for namn, insats in motor.fraga(MALGRUPPER):
        insatser.setdefault(namn, set()).update([insats] if insats else [])
    return insatser
