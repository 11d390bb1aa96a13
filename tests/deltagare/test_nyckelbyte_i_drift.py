"""The keys are changed while SUS is in use: web servers that log in as sus_login, requests all the time, and the command among them."""

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from base64 import b64encode
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare import identitet
from deltagare.models import Deltagande, Person
from sus.core.kryptering import kryptera, uppslag
from tests.conftest import med_riktiga_transaktioner
from tests.deltagare.conftest import inregistrering
from tests.factories import InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = med_riktiga_transaktioner
ROT = Path(__file__).resolve().parent.parent.parent
FULLT = bool(os.environ.get("SUS_ALLT"))
PER_SEKUND, SEKUNDER, ANDRA_PERSONER = (50, 8, 10_000) if FULLT else (6, 1, 400)
NY_NYCKEL, NY_UPPSLAGSNYCKEL = b"n" * 32, b"u" * 32
ANSVARIGA = 12
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Server:
    """gunicorn sus.wsgi with keys of its own, as on a machine of its own."""

    def __init__(self, nycklar, uppslagsnycklar, register):
        with closing(socket.socket()) as s:
            s.bind(("127.0.0.1", 0))
            self.adress = f"127.0.0.1:{s.getsockname()[1]}"
        db = connection.connection.info
        miljo = {
            "DJANGO_SETTINGS_MODULE": "sus.settings.dev",
            "DEMO": "0",
            "DATABASE_URL": f"postgresql://sus_login@/{db.dbname}?host={quote(db.host)}&port={db.port}",
            "SUS_NYCKLAR": ",".join(f"{version}:{b64encode(nyckel).decode()}" for version, nyckel in nycklar.items()),
            "SUS_UPPSLAGSNYCKEL": ",".join(b64encode(nyckel).decode() for nyckel in uppslagsnycklar),
            "FOLKBOKFORING": f"fil:{register}",
            "GUNICORN_BIND": self.adress,
            "WEB_CONCURRENCY": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "sus.wsgi", "--log-level", "error"], cwd=ROT, env=os.environ | miljo
        )

    def vanta(self):
        for _ in range(600):
            try:
                if requests.get(f"http://{self.adress}/halsa/redo", timeout=5).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                assert self.process.poll() is None, "the server did not start"
            time.sleep(0.1)
        raise AssertionError("the server is not ready")

    def stang(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class Trafik:
    """Requests at a steady pace, at most eight at a time; `svar` holds when, and what went wrong ("" for nothing)."""

    def __init__(self, fragor):
        self.fragor, self.servrar, self.svar, self.ute = fragor, [], [], Counter()
        self.las, self.slut, self.nasta = threading.Lock(), threading.Event(), time.monotonic()
        self.tradar = [threading.Thread(target=self._kor) for _ in range(8)]

    def borja(self):
        for trad in self.tradar:
            trad.start()

    def _kor(self):
        while not self.slut.is_set():
            with self.las:  # who has fallen behind does not catch up
                self.nasta = max(self.nasta + 1 / PER_SEKUND, time.monotonic())
                vanta, fraga = self.nasta - time.monotonic(), next(self.fragor)
            self.slut.wait(max(0, vanta))
            with self.las:
                server = self.servrar[len(self.svar) % len(self.servrar)]
                self.ute[server.adress] += 1
            fel = _fraga(fraga, server.adress)
            with self.las:
                self.ute[server.adress] -= 1
                self.svar.append((time.monotonic(), fel))

    def lamna(self, server):
        """The load balancer sends nothing more to the server, and lets it finish what it has."""
        with self.las:
            self.servrar = [annan for annan in self.servrar if annan is not server]
        while self.ute[server.adress]:
            time.sleep(0.05)

    def avsluta(self):
        self.slut.set()
        for trad in self.tradar:
            if trad.is_alive():
                trad.join()

    def hur_manga(self, fran, till):
        return sum(fran <= tid <= till for tid, _ in self.svar)


def _fraga(fraga, adress) -> str:
    try:
        return fraga(adress)
    except requests.RequestException as undantag:
        return repr(undantag)


class Ansvarig:
    """A deltagaransvarig with one known person in the insats, and the pages she asks for."""

    def __init__(self, nr):
        self.nr, self.insats = nr, InsatsFactory()
        SamtyckeFactory(deltagande__insats=self.insats, deltagande__person__personnummer_klartext=provpersonnummer(nr))
        anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=self.insats, hamtningar_per_timme=500).anvandare
        client = Client()
        client.force_login(anvandare)
        self.kakor = {"sus": client.cookies["sus"].value}

    def logga_in(self, adress):
        svar = requests.get(self._registrera(adress), cookies=self.kakor, timeout=30)
        self.kakor["sus-csrf"], self.bevis = svar.cookies["sus-csrf"], CSRF.search(svar.text)[1]

    def _registrera(self, adress):
        return f"http://{adress}{reverse('deltagare:registrera')}?insats={self.insats.pk}"

    def sok(self, adress):
        """Who is shown has been decrypted."""
        svar = requests.get(f"http://{adress}{reverse('deltagare:sok')}?insats={self.insats.pk}", cookies=self.kakor, timeout=30)
        return "" if "Alma Testsson" in svar.text else f"sök: {svar.status_code}"

    def hamta(self, adress):
        """Who is known has a startdag to choose."""
        svar = self._skicka(adress, self.nr, "hamta")
        return "" if "Startdag 2011-01-10" in svar.text else f"hämta: {svar.status_code}"

    def registrera(self, adress, nr):
        svar = self._skicka(adress, nr, "spara")
        return "" if svar.status_code == 302 else f"registrera: {svar.status_code}"

    def _skicka(self, adress, nr, knapp):
        falt = inregistrering(personnummer=provpersonnummer(nr), nyckel=str(uuid.uuid4()), spara=None)
        falt |= {"csrfmiddlewaretoken": self.bevis, knapp: ""}
        return requests.post(self._registrera(adress), data=falt, cookies=self.kakor, allow_redirects=False, timeout=30)


def fragor(ansvariga):
    """Eight searches, one look-up, one registering; everybody new is registered by two deltagaransvariga after each other."""
    nya = itertools.count(2 * ANSVARIGA)
    for nr in itertools.count():
        ansvarig = ansvariga[nr % ANSVARIGA]
        match nr % 10:
            case 3:
                yield ansvarig.hamta
            case 7:
                nummer = next(nya) // 2
                yield lambda adress, vem=ansvarig, nummer=nummer: vem.registrera(adress, nummer)
            case _:
                yield ansvarig.sok


@pytest.fixture
def register(tmp_path):
    fil = tmp_path / "register.csv"
    rader = [f"{provpersonnummer(nr)};Alma Testsson;1488;nej" for nr in range(3000)]
    fil.write_text("\n".join(["personnummer;namn;kommun;skyddad", *rader]), encoding="utf-8")
    return fil


def andra_personer():
    """So many more that the command has something to do."""
    nummer = range(5000, 5000 + ANDRA_PERSONER)
    personer = PersonFactory.build_batch(ANDRA_PERSONER)
    for nr, person in zip(nummer, personer, strict=True):
        siffror = provpersonnummer(nr)
        person.uppslag, person.personnummer = uppslag(siffror), kryptera(siffror, plats=f"person|personnummer|{person.id}")
    Person.objects.bulk_create(personer)


def test_nobody_notices_that_the_keys_are_changed(register, settings, capsys):
    gamla, gamla_uppslag = settings.SUS_NYCKLAR, settings.SUS_UPPSLAGSNYCKLAR
    nya, nya_uppslag = {2: NY_NYCKEL}, [NY_UPPSLAGSNYCKEL]
    ansvariga = [Ansvarig(nr) for nr in range(ANSVARIGA)]
    andra_personer()
    fore = Person.objects.count()
    trafik, servrar = Trafik(fragor(ansvariga)), []

    def starta(nycklar, uppslagsnycklar):
        servrar.append(Server(nycklar, uppslagsnycklar, register))
        servrar[-1].vanta()

    def byt_ut_servern(nycklar, uppslagsnycklar):
        """Start the next one, let both answer, close the earlier one."""
        starta(nycklar, uppslagsnycklar)
        trafik.servrar = servrar[-2:]
        time.sleep(SEKUNDER)
        trafik.lamna(servrar[-2])
        servrar[-2].stang()

    try:
        starta(gamla | nya, gamla_uppslag + nya_uppslag)
        trafik.servrar = servrar[:]
        for ansvarig in ansvariga:
            ansvarig.logga_in(servrar[0].adress)
        trafik.borja()
        byt_ut_servern(nya | gamla, nya_uppslag + gamla_uppslag)
        settings.SUS_NYCKLAR, settings.SUS_UPPSLAGSNYCKLAR = nya | gamla, nya_uppslag + gamla_uppslag
        borjan = time.monotonic()
        call_command("byt_nycklar")
        slutet = time.monotonic()
        byt_ut_servern(nya, nya_uppslag)
    finally:
        trafik.avsluta()
        for server in servrar:
            server.stang()

    sagt = capsys.readouterr().out
    registrerade = Deltagande.objects.exclude(startdatum="2011-01-10").values("person").distinct().count()
    settings.SUS_NYCKLAR, settings.SUS_UPPSLAGSNYCKLAR = nya, nya_uppslag
    assert [fel for _, fel in trafik.svar if fel] == []
    assert registrerade > 0
    assert Person.objects.count() == fore + registrerade, "nobody is there twice"
    assert all(identitet.stammer(person) for person in Person.objects.all()), "the new keys are enough"
    assert "Version 1 kan tas bort" in sagt
    under = trafik.hur_manga(borjan, slutet)
    print(f"{len(trafik.svar)} anrop, {under / (slutet - borjan):.0f} i sekunden under de {slutet - borjan:.1f} s som nycklarna byttes.")
    assert under > 0
