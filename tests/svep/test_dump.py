"""Who has the database, or a copy of it, has nobody's personnummer or name: they stand in no dump, however they are written."""

import base64
import csv
import os
import re
import subprocess
import uuid

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from behorigheter.models import Inskickat
from behorigheter.roller import Roll
from deltagare.models import Person
from sus.core.kryptering import uppslag
from sus.lokalpg import hitta_binarer
from sus.start.importslag import SLAG
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.deltagare.conftest import ALMA, inregistrering
from tests.deltagare.test_import import RAD
from tests.factories import AnvandareFactory, InsatsFactory, UppdragFactory
from tests.factories.personnummer import provpersonnummer
from tests.svep.spar import skrivsatt

pytestmark = med_riktiga_transaktioner

ANTAL = 10_000 if os.environ.get("SUS_ALLT") else 200
I_EN_FIL = 500
AV_EN_SLUMP = ANTAL // 5_000  # ten digits of some among ten thousand stand in the ciphers of all once in ten dumps
NAMN = "Kvistpöys"  # nobody else is called so
SIFFROR = re.compile(r"\d{10,}")
I_HEX = re.compile(r"(?=((?:3[0-9]){10,12}))")
I_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{14,}")
AVSKILJARE = str.maketrans("", "", "-+ ")


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen", startdatum="2010-01-01")


@pytest.fixture
def kanarier(insats, tmp_path):
    """Registered from files, as an employer does with many; and one through the page. Returns their personnummer."""
    personnummer = [provpersonnummer(nr) for nr in range(ANTAL)]
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    for borjan in range(0, ANTAL, I_EN_FIL):
        fil = _fil(tmp_path, insats, personnummer[borjan : borjan + I_EN_FIL])
        call_command("importera", "deltaganden", str(fil), som=anvandare.anvandarnamn)
    klient = WebClient()
    klient.force_login(anvandare)
    klient.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", inregistrering())
    klient.post(f"{reverse('deltagare:sok')}?insats={insats.pk}", {"visa": str(Person.objects.first().deltaganden.get().pk)})
    assert Person.objects.count() == ANTAL + 1
    return {*personnummer, ALMA}


def _fil(mapp, insats, personnummer):
    fil = mapp / "deltaganden.csv"
    with fil.open("w", encoding="utf-8-sig", newline="") as oppen:
        skrivare = csv.DictWriter(oppen, SLAG["deltaganden"].kolumner, delimiter=";")
        skrivare.writeheader()
        plats = {"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn}
        skrivare.writerows(RAD | plats | {"personnummer": ett, "namn": f"Anna {NAMN}"} for ett in personnummer)
    return fil


def dumpa() -> str:
    """The whole database as its owner's pg_dump writes it."""
    val = connection.get_connection_params()
    adress = {"PGHOST": val.get("host", ""), "PGPORT": str(val.get("port", "")), "PGUSER": val["user"], "PGDATABASE": val["dbname"]}
    kommando = [hitta_binarer() / "pg_dump", "--enable-row-security", "--no-owner"]
    utfall = subprocess.run(kommando, env=os.environ | {n: v for n, v in adress.items() if v}, capture_output=True, text=True, check=True)
    return utfall.stdout


def funna(dump: str, personnummer: set[str]) -> set[str]:
    """The personnummer that the dump holds: with ten or twelve digits, however parted, backwards, in hex or in base64."""
    korta = {ett[2:] for ett in personnummer}
    sokta = korta | {ett[::-1] for ett in korta}
    texter = [dump.translate(AVSKILJARE), *map(_ur_hex, (dump, dump.translate(AVSKILJARE))), _ur_base64(dump)]
    return {bit for text in texter for bit in _bitar(text) if bit in sokta}


def _bitar(text):
    """Every ten digits in a row."""
    for traff in SIFFROR.finditer(text):
        siffror = traff[0]
        yield from (siffror[borjan : borjan + 10] for borjan in range(len(siffror) - 9))


def _ur_hex(text):
    return " ".join(bytes.fromhex(traff[1]).decode() for traff in I_HEX.finditer(text))


def _ur_base64(text):
    delar = []
    for traff in I_BASE64.finditer(text):
        kodat = traff[0].replace("-", "+").replace("_", "/")
        for borjan in range(4):
            helt = kodat[borjan:-1] if len(kodat[borjan:]) % 4 == 1 else kodat[borjan:]
            delar.append(base64.b64decode(helt + "=" * (-len(helt) % 4)).decode("latin-1").translate(AVSKILJARE))
    return " ".join(delar)


def test_a_dump_holds_no_personnummer_and_no_name(kanarier):
    dump = dumpa()

    uppslagsvarden = {uppslag(ett).hex() for ett in kanarier}
    assert all(varde in dump for varde in uppslagsvarden), "the dump must hold the persons, in cipher"
    assert funna(dump, {ALMA}) == set()
    assert len(funna(dump, kanarier)) <= AV_EN_SLUMP
    assert not [form for namn in (NAMN, "Testsson") for form in skrivsatt(namn) if form in dump]


def test_a_dump_holds_no_key():
    dump = dumpa()

    nycklar = [*settings.SUS_NYCKLAR.values(), *settings.SUS_UPPSLAGSNYCKLAR, settings.OMFANG_NYCKEL, settings.SECRET_KEY]
    assert not [form for nyckel in nycklar for form in skrivsatt(nyckel) if form in dump]


@pytest.mark.parametrize(
    "skriv",
    [
        lambda nummer: nummer,
        lambda nummer: f"{nummer[2:8]}-{nummer[8:]}",
        lambda nummer: nummer[::-1],
        lambda nummer: nummer.encode().hex(),
        lambda nummer: f"a{nummer[2:].encode().hex()}",
        lambda nummer: base64.b64encode(f"x{nummer}".encode()).decode(),
        lambda nummer: base64.urlsafe_b64encode(f"ab{nummer[2:8]}-{nummer[8:]}?".encode()).decode(),
    ],
    ids=["plain", "parted", "reversed", "hex", "hex inside hex", "base64", "base64 of a parted one"],
)
def test_the_search_would_find_one(skriv):
    nummer = provpersonnummer(0)
    Inskickat.objects.create(nyckel=uuid.uuid4(), anvandare=AnvandareFactory(), lank=f"/x/{skriv(nummer)}/")

    assert funna(dumpa(), {nummer})
