"""The only way to a person's identity. Every call is a log row, written by the database; no other module touches Person.

A change of keys and a check of everybody are logged once by their commands.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import connection
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Rattighet
from deltagare.models import Deltagande, Person
from sus.core.kryptering import ar_ny, dekryptera, kryptera, uppslag, uppslagsvarden
from sus.core.nyckelbyte import Slag, i_taget
from sus.core.personnummer import Personnummer, tolka


class Andamal(StrEnum):
    """Why identities are shown; stands in the log."""

    SOK = "sok"
    DELTAGANDE = "deltagande"
    UTREGISTRERING = "utregistrering"
    RATTNING = "rattning"
    PERSONNUMMER = "personnummer"
    KONTROLL = "kontroll"
    ARBETSLISTA = "arbetslista"
    KVITTO = "kvitto"
    BLANKETT = "blankett"


@dataclass(frozen=True, repr=False)
class Identitet:
    """A decrypted identity. Its repr tells nothing."""

    personnummer: Personnummer
    namn: str

    def __repr__(self) -> str:
        return "Identitet(…)"


def sla_upp(*, insats, personnummer: Personnummer, by) -> uuid.UUID | None:
    """The person's id when the person has a deltagande in this insats. None says nothing of other insatser."""
    return _svar("vagg.sla_upp", insats.pk, uppslagsvarden(personnummer.tolv_siffror), _pk(by))


def registrera(*, insats, personnummer: Personnummer, namn: str, by) -> uuid.UUID:
    """The person's id, new or known. Who is known gets the name given now: an older one would tell of another insats."""
    siffror, ny = personnummer.tolv_siffror, uuid.uuid4()
    krypterat = [kryptera(siffror, plats=_plats("personnummer", ny)), kryptera(namn, plats=_plats("namn", ny))]
    person_id = _svar("vagg.registrera", insats.pk, ny, uppslagsvarden(siffror), *krypterat, personnummer.fodelsedatum.year, _pk(by))
    if person_id != ny:
        _svar("vagg.byt_namn", person_id, kryptera(namn, plats=_plats("namn", person_id)))
    return person_id


def visa(person_ids: Iterable[uuid.UUID], *, andamal: Andamal, by) -> dict[uuid.UUID, Identitet]:
    """{person id: identity} of those with a deltagande that the user may see (None: the system, which may see all).

    Call it once per page with the whole list: one log row holds everybody shown.
    """
    typ = Handelse.Typ.PERSONNUMMER_VISAT if andamal == Andamal.PERSONNUMMER else Handelse.Typ.DELTAGARE_VISADE
    rader = _rader("vagg.visa", _tillatna(set(person_ids), by), str(typ), str(andamal), _pk(by))
    idag = timezone.localdate()
    return {person_id: _identitet(person_id, personnummer, namn, idag) for person_id, personnummer, namn in rader}


def alla(antal: int) -> Iterator[dict[uuid.UUID, Personnummer]]:
    """Everybody's personnummer, so many at a time: for the system alone, which shows nobody and logs what it asked for.

    The web has no right to the table.
    """
    idag = timezone.localdate()
    for grupp in i_taget(Person.objects.only("personnummer"), antal):
        yield {rad.id: tolka(dekryptera(rad.personnummer, plats=_plats("personnummer", rad.id)), idag=idag) for rad in grupp}


def logg_id(person_id: uuid.UUID) -> uuid.UUID:
    """The random id by which the log knows the person."""
    return _svar("vagg.logg_id", person_id)


def glom_utkast(*, insats_id: int, person_id: uuid.UUID) -> None:
    """Delete every user's unfinished registration of the person in the insats.

    While the look-up key is being changed nobody can tell which they are: then all of the insats that name a person.
    """
    _svar("vagg.glom_utkast", insats_id, person_id, len(settings.SUS_UPPSLAGSNYCKLAR) > 1)


def glom(person_id: uuid.UUID) -> bool:
    """Delete the person when no deltagande remains. The caller logs why."""
    return _svar("vagg.glom", person_id)


def kryptera_om(person: Person) -> bool:
    """The identity with the first of the keys. Whether it was not already."""
    siffror = dekryptera(person.personnummer, plats=_plats("personnummer", person.id))
    if ar_ny(person.personnummer) and ar_ny(person.namn) and bytes(person.uppslag) == uppslag(siffror):
        return False
    namn = dekryptera(person.namn, plats=_plats("namn", person.id))
    person.uppslag = uppslag(siffror)
    person.personnummer = kryptera(siffror, plats=_plats("personnummer", person.id))
    person.namn = kryptera(namn, plats=_plats("namn", person.id))
    return True


def stammer(person: Person) -> bool:
    """Whether namn and personnummer can be read and the look-up value belongs to them. Raises Nyckelfel."""
    dekryptera(person.namn, plats=_plats("namn", person.id))
    return bytes(person.uppslag) in uppslagsvarden(dekryptera(person.personnummer, plats=_plats("personnummer", person.id)))


PERSONER = Slag("personer", Person.objects.all(), ("uppslag", "personnummer", "namn"), kryptera_om, stammer)


KOLUMNER = ("id", "logg_id", "uppslag", "personnummer", "namn", "fodelsear")


def rad_att_lasa_in(person_id: uuid.UUID, logg_id: uuid.UUID, siffror: str, namn: str) -> tuple[str, str, bytes, bytes, bytes, int]:
    """A made-up person's row for COPY, in the order of KOLUMNER."""
    krypterat = [kryptera(text, plats=_plats(kolumn, person_id)) for kolumn, text in (("personnummer", siffror), ("namn", namn))]
    return str(person_id), str(logg_id), uppslag(siffror), krypterat[0], krypterat[1], int(siffror[:4])


def utan_deltagande() -> list[uuid.UUID]:
    """Persons that should have left with their last deltagande."""
    return list(Person.objects.filter(deltaganden=None).order_by("pk").values_list("pk", flat=True))


def _tillatna(person_ids: set[uuid.UUID], by) -> list[uuid.UUID]:
    """Wall 1; vagg.visa is wall 2."""
    if by is None:
        return list(person_ids)
    return list(
        Deltagande.objects.tillatna_for(by, Rattighet.DELTAGARE_SE).filter(person__in=person_ids).values_list("person_id", flat=True)
    )


def _identitet(person_id, personnummer: bytes, namn: bytes, idag) -> Identitet:
    return Identitet(
        personnummer=tolka(dekryptera(personnummer, plats=_plats("personnummer", person_id)), idag=idag),
        namn=dekryptera(namn, plats=_plats("namn", person_id)),
    )


def _plats(kolumn: str, person_id: uuid.UUID) -> str:
    return f"person|{kolumn}|{person_id}"


def _pk(by) -> int | None:
    return by.pk if by else None


def _rader(funktion: str, *argument) -> list[tuple]:
    """Call a function of schema vagg (behorigheter/vaggar/30_identitet.sql)."""
    with connection.cursor() as c:
        c.execute(f"SELECT * FROM {funktion}({', '.join(['%s'] * len(argument))})", argument)  # noqa: S608
        return c.fetchall()


def _svar(funktion: str, *argument):
    return _rader(funktion, *argument)[0][0]
