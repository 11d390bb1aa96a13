"""Persons and their deltaganden, in time and in shares as in life, loaded with COPY."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection
from psycopg import sql

from deltagare import identitet
from deltagare.koder import Avslutningsanledning, Kon
from deltagare.models import Deltagande, Mattillfalle, Samtyckessprak, Samtyckestext
from sus.core.personnummer import alder_av
from sus.start.demo.nationell.insatser import Insatstid, Plats
from sus.start.demo.nationell.personer import ALDST, YNGST, Provperson, provpersoner
from sus.start.demo.nationell.situation import ANLEDNINGAR, TIDER, UTBILDNINGAR, Situationer

PERSONER_I_TAGET = 20_000
FLEST = 6  # deltaganden of one person
KORTAST, MEDEL = 20, 250  # days
GLOMS_BORT = 0.004  # never registered out
TABELLER = {
    "deltagare_person": identitet.KOLUMNER,
    "deltagare_deltagande": (
        *("id", "version", "insats_id", "person_id", "kommun_id", "startdatum", "slutdatum", "avslutningsanledning", "kon"),
        *("alder_vid_start", "utbildning", "tid_forsorjning", "inregistrerad", "utregistrerad"),
    ),
    "deltagare_mattillfalle": (
        *("deltagande_id", "insats_id", "typ", "forsorjning", "arbetssokande", "arbete_procent", "arbetstyp", "studier_procent"),
    ),
    "deltagare_samtycke": ("deltagande_id", "insats_id", "text_id", "datum", "sprak", "vardnadshavare", "original_skickat", "registrerat"),
}
KODER = {"kvinna": Kon.KVINNA.value, "man": Kon.MAN.value}


@dataclass
class Hog:
    """Rows on their way to each table."""

    rader: dict[str, list[tuple]] = field(default_factory=lambda: {tabell: [] for tabell in TABELLER})

    def las_in(self) -> None:
        with connection.cursor() as c:
            for tabell, rader in self.rader.items():
                kolumner = sql.SQL(", ").join(map(sql.Identifier, TABELLER[tabell]))
                with c.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(tabell), kolumner)) as kopia:
                    for rad in rader:
                        kopia.write_row(rad)
                rader.clear()


def las_in_deltaganden(platser: Sequence[Plats], omfattning: Any, idag: date, slump: Random, sag: Callable[[str], None]) -> tuple[int, int]:
    """As many persons and deltaganden as are missing. Returns how many that was."""
    finns = Deltagande.objects.count()
    personer = omfattning.personer - Deltagande.objects.values("person").distinct().count()
    fabrik = _Fabrik(platser, date(idag.year - omfattning.ar + 1, 1, 1), idag, slump)
    antal = _antal_var(personer, omfattning.deltaganden - finns, slump)
    hog, gjorda = Hog(), 0
    _radskydd("NO FORCE")  # COPY does not know row-level security; the owner has it back before anybody sees the rows
    for nr, person in enumerate(provpersoner(personer, fabrik.forsta, idag, slump)):
        gjorda += fabrik.lagg_till(person, antal[nr], hog)
        if (nr + 1) % PERSONER_I_TAGET == 0:
            hog.las_in()
            sag(f"{nr + 1} personer, {gjorda} deltaganden")
    hog.las_in()
    _radskydd("FORCE")
    return personer, gjorda


def _radskydd(lage: str) -> None:
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for tabell in TABELLER:
            c.execute(f"ALTER TABLE {tabell} {lage} ROW LEVEL SECURITY")


def _antal_var(personer: int, deltaganden: int, slump: Random) -> list[int]:
    """How many deltaganden each person has: one to six, and exactly so many in all."""
    antal = slump.choices([1, 2, 3, 4, 5], [34, 24, 18, 12, 12], k=personer)
    saknas = deltaganden - sum(antal)
    while saknas:
        nr = slump.randrange(personer)
        steg = 1 if saknas > 0 else -1
        if 1 <= antal[nr] + steg <= FLEST:
            antal[nr] += steg
            saknas -= steg
    return antal


class _Fabrik:
    """Makes the rows of one person after another."""

    def __init__(self, platser: Sequence[Plats], forsta: date, idag: date, slump: Random):
        self.forsta, self.idag, self._slump = forsta, idag, slump
        self._platser = platser
        self._storlekar = [len(plats.kommuner) for plats in platser]
        self._situationer = Situationer(slump)
        self._text = Samtyckestext.objects.giltig(idag).pk
        self._fattas = 0

    def lagg_till(self, person: Provperson, antal: int, hog: Hog) -> int:
        """The person's rows. Who finds too few insatser leaves some deltaganden to the next."""
        [plats] = self._slump.choices(self._platser, self._storlekar)
        fran, till = max(self.forsta, _fyller(person.fodd, YNGST)), min(self.idag, _fyller(person.fodd, ALDST + 1))
        valda = self._insatser(plats, fran, till, min(antal + self._fattas, FLEST))
        self._fattas += antal - len(valda)
        hog.rader["deltagare_person"].append(identitet.rad_att_lasa_in(person.id, person.logg_id, person.siffror, person.namn))
        kommun = self._slump.choice(plats.kommuner)
        for tid in valda:
            self._deltagande(person, kommun, tid, max(fran, tid.forsta), min(till, tid.sista), hog)
        return len(valda)

    def _insatser(self, plats: Plats, fran: date, till: date, antal: int) -> list[Insatstid]:
        """Different ones, so that no deltagande meets another in the same insats; larger ones more often."""
        mojliga = [tid for tid in plats.insatser if tid.forsta < till and tid.sista > fran]
        vikter = [tid.vikt for tid in mojliga]
        valda: dict[int, Insatstid] = {}
        while len(valda) < min(antal, len(mojliga)):
            [tid] = self._slump.choices(mojliga, vikter)
            valda[tid.insats_id] = tid
        return list(valda.values())

    def _deltagande(self, person: Provperson, kommun: str, tid: Insatstid, fran: date, till: date, hog: Hog) -> None:
        slump = self._slump
        start = fran + timedelta(days=slump.randint(0, (till - fran).days))
        slut, anledning = self._avslut(start, tid)
        alder = alder_av(person.fodd, start)
        nyckel = f"{slump.getrandbits(128):032x}"
        inregistrerad = min(start + timedelta(days=int(slump.expovariate(0.15))), self.idag)
        utregistrerad = slut and min(slut + timedelta(days=int(slump.expovariate(0.08))), self.idag)
        hog.rader["deltagare_deltagande"].append(
            (
                *(nyckel, 1, tid.insats_id, person.id, kommun, start, slut, anledning, KODER[person.kon], alder),
                *(
                    slump.choice(UTBILDNINGAR).value,
                    slump.choice(TIDER).value,
                    _klockan(inregistrerad),
                    utregistrerad and _klockan(utregistrerad),
                ),
            )
        )
        matt = hog.rader["deltagare_mattillfalle"]
        matt.append((nyckel, tid.insats_id, Mattillfalle.Typ.IN.value, *self._situationer.fore(alder)))
        if anledning and anledning != Avslutningsanledning.UTAN_MATNING:
            matt.append((nyckel, tid.insats_id, Mattillfalle.Typ.UT.value, *self._situationer.efter(alder, anledning)))
        datum = start - timedelta(days=slump.randrange(15))
        skickat = min(datum + timedelta(days=20), self.idag) if slump.random() < 0.9 else None
        hog.rader["deltagare_samtycke"].append(
            (nyckel, tid.insats_id, self._text, datum, Samtyckessprak.SVENSKA.value, alder < 18, skickat, _klockan(inregistrerad))
        )

    def _avslut(self, start: date, tid: Insatstid) -> tuple[date | None, int | None]:
        """Last day and reason, or that it goes on: at the end of the insats it ends for all but who was forgotten."""
        slut = start + timedelta(days=KORTAST + int(self._slump.expovariate(1 / MEDEL)))
        if tid.sista < self.idag:
            slut = min(slut, tid.sista)
        if slut > self.idag or self._slump.random() < GLOMS_BORT:
            return None, None
        return slut, self._slump.choice(ANLEDNINGAR).value


def _fyller(fodd: date, ar: int) -> date:
    """The birthday; for 29 February the 1st of March."""
    return date(fodd.year + ar, 3, 1) if (fodd.month, fodd.day) == (2, 29) else fodd.replace(year=fodd.year + ar)


def _klockan(dag: date) -> str:
    return f"{dag} 00:30+00"
