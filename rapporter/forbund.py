"""The engine's question about samverkansorganisationer themselves: which there were in the period, and where they work."""

from dataclasses import dataclass, field

from rapporter.motor import Motor

SQL = (
    "SELECT s.id, s.namn, l.kod, l.kortnamn, coalesce(o.kommun_id, d.kommun_id) FROM organisations_samverkansorganisation s"
    " JOIN organisations_lan l ON l.kod = s.lan_id"
    " LEFT JOIN organisations_omrade o ON o.samverkansorganisation_id = s.id LEFT JOIN organisations_stadsdel d ON d.id = o.stadsdel_id"
    " WHERE s.startdatum <= %(till)s AND (s.slutdatum IS NULL OR s.slutdatum >= %(fran)s)"
    " AND (%(lan)s::text IS NULL OR s.lan_id = %(lan)s) AND (%(samverkansform)s = '' OR s.samverkansform = %(samverkansform)s)"
)


@dataclass(frozen=True)
class Forbund:
    """A samverkansorganisation, the county it is counted to, and the codes of the kommuner where it works."""

    id: int
    namn: str
    lan: str
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
