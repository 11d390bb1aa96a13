"""The only way to a person's identity. Every call is a log row; no other module of the project touches Person."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.roller import Rattighet
from deltagare.models import Deltagande, Person
from sus.core.kryptering import dekryptera, kryptera, uppslag
from sus.core.personnummer import Personnummer, tolka


class Andamal(StrEnum):
    """Why identities are shown; stands in the log."""

    SOK = "sok"
    DELTAGANDE = "deltagande"
    UTREGISTRERING = "utregistrering"
    RATTNING = "rattning"
    PERSONNUMMER = "personnummer"
    KONTROLL = "kontroll"


@dataclass(frozen=True, repr=False)
class Identitet:
    """A decrypted identity. Its repr tells nothing."""

    personnummer: Personnummer
    namn: str

    def __repr__(self) -> str:
        return "Identitet(…)"


def sla_upp(*, insats, personnummer: Personnummer, by) -> uuid.UUID | None:
    """The person's id when the person has a deltagande in this insats. None says nothing of other insatser."""
    person = Person.objects.filter(uppslag=uppslag(personnummer.tolv_siffror), deltaganden__insats=insats).first()
    logga(Handelse.Typ.PERSON_HAMTAD, pa=insats, personer=[person.logg_id] if person else [], by=by)
    return person.pk if person else None


def registrera(*, insats, personnummer: Personnummer, namn: str, by) -> uuid.UUID:
    """The person's id, new or known. Who is known gets the name given now: an older one would tell of another insats."""
    siffror, ny = personnummer.tolv_siffror, uuid.uuid4()
    _las(uppslag(siffror))
    Person.objects.bulk_create(
        [
            Person(
                id=ny,
                uppslag=uppslag(siffror),
                personnummer=kryptera(siffror, plats=_plats("personnummer", ny)),
                namn=kryptera(namn, plats=_plats("namn", ny)),
                fodelsear=personnummer.fodelsedatum.year,
            )
        ],
        ignore_conflicts=True,
    )
    person = Person.objects.get(uppslag=uppslag(siffror))
    andrat = {"falt": ["namn"]} if _byt_namn(person, namn) else {}
    logga(Handelse.Typ.PERSON_HAMTAD, pa=insats, personer=[person.logg_id], by=by, **andrat)
    return person.pk


def visa(person_ids: Iterable[uuid.UUID], *, andamal: Andamal, by) -> dict[uuid.UUID, Identitet]:
    """{person id: identity} of those with a deltagande that the user may see (None: the system, which may see all).

    Call it once per page with the whole list: one log row holds everybody shown.
    """
    personer = list(_synliga(by).filter(pk__in=set(person_ids)))
    if not personer:
        return {}
    typ = Handelse.Typ.PERSONNUMMER_VISAT if andamal == Andamal.PERSONNUMMER else Handelse.Typ.DELTAGARE_VISADE
    logga(typ, personer=sorted(person.logg_id for person in personer), by=by, andamal=str(andamal), antal=len(personer))
    idag = timezone.localdate()
    return {person.pk: _identitet(person, idag) for person in personer}


def logg_id(person_id: uuid.UUID) -> uuid.UUID:
    """The random id by which the log knows the person."""
    return Person.objects.values_list("logg_id", flat=True).get(pk=person_id)


def glom(person_id: uuid.UUID) -> bool:
    """Delete the person when no deltagande remains. The caller logs why."""
    person = Person.objects.get(pk=person_id)
    _las(bytes(person.uppslag))
    if Deltagande.objects.filter(person_id=person_id).exists():
        return False
    person.delete()
    return True


def _synliga(by):
    if by is None:
        return Person.objects.all()
    return Person.objects.filter(pk__in=Deltagande.objects.tillatna_for(by, Rattighet.DELTAGARE_SE).values("person"))


def _identitet(person, idag) -> Identitet:
    return Identitet(
        personnummer=tolka(dekryptera(person.personnummer, plats=_plats("personnummer", person.pk)), idag=idag),
        namn=dekryptera(person.namn, plats=_plats("namn", person.pk)),
    )


def _byt_namn(person, namn: str) -> bool:
    if dekryptera(person.namn, plats=_plats("namn", person.pk)) == namn:
        return False
    person.namn = kryptera(namn, plats=_plats("namn", person.pk))
    person.save(update_fields=["namn"])
    return True


def _plats(kolumn: str, person_id: uuid.UUID) -> str:
    return f"person|{kolumn}|{person_id}"


def _las(uppslagsvarde: bytes) -> None:
    """One transaction at a time for a person: registering meets neither another registering nor the deletion."""
    with connection.cursor() as c:
        c.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(uppslagsvarde[:8], "big", signed=True)])
