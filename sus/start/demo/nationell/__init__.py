"""A whole country of made-up data: `manage.py demodata --storlek nationell`. The demo's own förbund and users are part of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import connection, transaction

from behorigheter.logg import logga
from behorigheter.models import Anvandare, Handelse
from deltagare.models import Deltagande
from insatser.models import Insats
from organisations.models import Samverkansorganisation
from sus.start.demo.nationell.anvandare import skapa_anvandare
from sus.start.demo.nationell.deltaganden import las_in_deltaganden
from sus.start.demo.nationell.forbund import skapa_forbund
from sus.start.demo.nationell.insatser import skapa_insatser
from sus.start.demo.skapa import skapa_demodata


@dataclass(frozen=True)
class Omfattning:
    """How much there shall be in all, the demo's own included. The same numbers, seed and day give the same rows."""

    forbund: int = 80
    insatser: int = 4_000
    personer: int = 400_000
    deltaganden: int = 1_000_000
    anvandare: int = 5_000
    ar: int = 10
    fro: int = 2004


def ar_tom() -> bool:
    """Nothing but the reference data of the migrations."""
    return not any(modell.objects.exists() for modell in (Anvandare, Samverkansorganisation, Insats, Deltagande))


@transaction.atomic
def skapa_nationell(idag: date, omfattning: Omfattning, skriv: Callable[[str], object] = lambda _: None) -> None:
    skapa_demodata(idag)
    fyll_pa(idag, omfattning, skriv)


@transaction.atomic
def fyll_pa(idag: date, omfattning: Omfattning, skriv: Callable[[str], object] = lambda _: None) -> None:
    """Whatever is missing to the whole."""
    slump = Random(omfattning.fro)
    start = time.monotonic()

    def sag(vad: str) -> None:
        skriv(f"{time.monotonic() - start:6.0f} s  {vad}")

    forsta = idag.year - omfattning.ar + 1
    forbund = skapa_forbund(omfattning.forbund - Samverkansorganisation.objects.count(), range(forsta, idag.year + 1), slump)
    platser = skapa_insatser(forbund, omfattning.insatser - Insats.objects.count(), forsta, idag, slump)
    skapa_anvandare(platser, omfattning.anvandare - Anvandare.objects.count(), idag, slump)
    sag(f"{len(forbund)} förbund till, med insatser, pengar och användare")
    personer, deltaganden = las_in_deltaganden(platser, omfattning, idag, slump, sag)
    logga(Handelse.Typ.IMPORT, by=None, slag="nationell", rader=personer + deltaganden)
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")
        c.execute("ANALYZE")
    sag(f"{personer} personer och {deltaganden} deltaganden till")
