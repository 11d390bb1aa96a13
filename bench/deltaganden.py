"""Registering and finding with a million deltaganden: ./run bench deltaganden [requests per page, 100 unless said] [deltaganden, 1000000].

The pages are first asked for with a tenth of the deltaganden, and Sök deltagare with a tenth of the insats: the number of questions to the
database must be the same. Whole requests are measured in the server, with the walls, the log and its chain; folkbokföringen is a file.
"""

import gc
import itertools
import os
import statistics
import sys
import tempfile
import time
import uuid
from datetime import date
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sus.settings.test"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from behorigheter import vaggar  # noqa: E402
from behorigheter.roller import Roll  # noqa: E402
from deltagare import identitet  # noqa: E402
from deltagare.models import Deltagande, Mattillfalle, Person, Samtycke, Samtyckestext  # noqa: E402
from sus.core.kryptering import kryptera, uppslag  # noqa: E402
from sus.core.personnummer import tolka  # noqa: E402
from tests.factories import InsatsFactory, UppdragFactory  # noqa: E402
from tests.factories.personnummer import provpersonnummer  # noqa: E402

KRAV_MS = {"uppslag": 50, "lista": 150, "registrering": 250}
I_INSATSEN, INSATSER, UPPVARMNING, PER_ANVANDARE = 500, 2000, 5, 20
START = date(2011, 1, 10)
ANDRA = [
    """
    INSERT INTO deltagare_person (id, logg_id, uppslag, personnummer, namn, fodelsear)
    SELECT md5('person' || n)::uuid, gen_random_uuid(), sha256(n::text::bytea), '\\x00', '\\x00', 1980
    FROM generate_series(%(fran)s, %(till)s) AS n
    """,
    """
    INSERT INTO deltagare_deltagande (id, version, insats_id, person_id, kommun_id, startdatum, slutdatum, avslutningsanledning, kon,
                                      alder_vid_start, utbildning, tid_forsorjning, inregistrerad, utregistrerad)
    SELECT md5('deltagande' || n)::uuid, 1, (%(insatser)s::bigint[])[1 + mod(n, cardinality(%(insatser)s::bigint[]))],
           md5('person' || n)::uuid, '1488', date '2011-01-10' + mod(n, 3000),
           CASE WHEN mod(n, 3) > 0 THEN date '2011-06-30' + mod(n, 3000) END, CASE WHEN mod(n, 3) > 0 THEN 2 END,
           1 + mod(n, 2), 30, 2, 2, now(), now()
    FROM generate_series(%(fran)s, %(till)s) AS n
    """,
    """
    INSERT INTO deltagare_mattillfalle (deltagande_id, insats_id, typ, forsorjning, arbetssokande)
    SELECT d.id, d.insats_id, typ, 1, false FROM generate_series(%(fran)s, %(till)s) AS n
    JOIN deltagare_deltagande d ON d.id = md5('deltagande' || n)::uuid
    JOIN (VALUES ('in'), ('ut')) AS matt (typ) ON typ = 'in' OR d.slutdatum IS NOT NULL
    """,
    """
    INSERT INTO deltagare_samtycke (deltagande_id, insats_id, text_id, datum, sprak, vardnadshavare, registrerat)
    SELECT d.id, d.insats_id, %(text)s, d.startdatum, 'sv', false, now() FROM generate_series(%(fran)s, %(till)s) AS n
    JOIN deltagare_deltagande d ON d.id = md5('deltagande' || n)::uuid
    """,
]


def fyll_pa(fran, till, insatser):
    """Other people's deltaganden with these numbers: nobody decrypts them."""
    with connection.cursor() as c:
        for sats in ANDRA:
            c.execute(sats, {"fran": fran, "till": till, "insatser": insatser, "text": _text().pk})
        c.execute("VACUUM ANALYZE")


def deltaganden_i(insats, nummer):
    """Real persons, who are decrypted when they are shown."""
    personer = [_person(nr) for nr in nummer]
    Person.objects.bulk_create(personer)
    deltaganden = Deltagande.objects.bulk_create(
        Deltagande(
            **{"insats": insats, "person": person, "kommun_id": "1488", "startdatum": START, "kon": 1 + nr % 2},
            **{"alder_vid_start": 40, "utbildning": 2, "tid_forsorjning": 2},
        )
        for nr, person in zip(nummer, personer, strict=True)
    )
    Mattillfalle.objects.bulk_create(
        Mattillfalle(deltagande=rad, insats=insats, typ="in", forsorjning=1, arbetssokande=False) for rad in deltaganden
    )
    Samtycke.objects.bulk_create(Samtycke(deltagande=rad, insats=insats, text=_text(), datum=START) for rad in deltaganden)


def _person(nr):
    siffror, ny = provpersonnummer(nr), uuid.uuid4()
    return Person(
        id=ny,
        uppslag=uppslag(siffror),
        personnummer=kryptera(siffror, plats=f"person|personnummer|{ny}"),
        namn=kryptera(f"Prov{nr:04} Testsson", plats=f"person|namn|{ny}"),
        fodelsear=int(siffror[:4]),
    )


def _text():
    return Samtyckestext.objects.giltig(START)


def skriv_register(mapp, nummer):
    rader = [f"{provpersonnummer(nr)};Prov{nr:04} Testsson;1488;nej" for nr in nummer]
    fil = Path(mapp) / "register.csv"
    fil.write_text("\n".join(["personnummer;namn;kommun;skyddad", *rader]), encoding="utf-8")
    settings.FOLKBOKFORING = f"fil:{fil}"


class Ansvariga:
    """Deltagaransvariga of the insats, each for so many requests that the limit of look-ups is never met."""

    def __init__(self, insats):
        self.insats, self.gjort = insats, 0

    def nasta(self):
        if self.gjort % PER_ANVANDARE == 0:
            self.anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=self.insats).anvandare
            self.klient = Client()
            self.klient.force_login(self.anvandare)
        self.gjort += 1
        return self


def formular(nr, knapp):
    situation = {"forsorjning_fore": "sjukpenning", "af_fore": "nej", "arbetar_fore": "nej", "studerar_fore": "nej"}
    return {
        **{"samtycke_finns": "on", "samtycke_datum": "2011-11-30", "samtycke_sprak": "sv", "personnummer": provpersonnummer(nr)},
        **{"mattillfalle": "ny", "startdatum": "2011-12-05", "utbildning": "gymnasium", "tid_forsorjning": "3"},
        **situation,
        **{"nyckel": str(uuid.uuid4()), "version": "0", knapp: ""},
    }


class Matningar:
    """What is measured: each prepares one time and returns the function that does it and checks the answer."""

    def __init__(self):
        self.insats, self.registreras_i = InsatsFactory(), InsatsFactory()
        self.ansvariga, self.registrerande = Ansvariga(self.insats), Ansvariga(self.registreras_i)
        self.visade = 0  # deltaganden in the insats
        self.kanda, self.nya = itertools.count(), itertools.count(I_INSATSEN)

    def fyll_insatsen(self, till):
        deltaganden_i(self.insats, range(self.visade, till))
        self.visade = till

    def alla(self):
        return {
            "uppslag i databasen": ("uppslag", self.sla_upp),
            "Hämta, hela sidan": ("lista", self.hamta),
            "Sök deltagare, hela insatsen": ("lista", self.sok),
            "Sök deltagare, sist efter namn": ("lista", self.sok_sist),
            "ett deltagande": ("lista", self.visa),
            "Registrera deltagare, Spara": ("registrering", self.registrera),
        }

    def sla_upp(self):
        by = self.ansvariga.nasta().anvandare
        personnummer = tolka(provpersonnummer(self._kand()), idag=date(2026, 1, 1))

        def gor():
            with vaggar.som(by):
                assert identitet.sla_upp(insats=self.insats, personnummer=personnummer, by=by)

        return gor

    def hamta(self):
        return self._skicka(self.ansvariga, formular(self._kand(), "hamta"), 200, "Startdag 2011-01-10")

    def registrera(self):
        return self._skicka(self.registrerande, formular(next(self.nya), "spara"), 302, "")

    def sok(self):
        return self._oppna(f"{reverse('deltagare:sok')}?insats={self.insats.pk}", f"{self.visade} deltagare")

    def sok_sist(self):
        return self._oppna(f"{reverse('deltagare:sok')}?insats={self.insats.pk}&sortera=-namn&sida=3", f"{self.visade} deltagare")

    def visa(self):
        return self._oppna(Deltagande.objects.filter(insats=self.insats).order_by("pk")[self._kand()].get_absolute_url(), "Testsson")

    def _kand(self):
        return next(self.kanda) % self.visade

    def _skicka(self, ansvariga, falt, status, text):
        klient, adress = ansvariga.nasta().klient, f"{reverse('deltagare:registrera')}?insats={ansvariga.insats.pk}"

        def gor():
            svar = klient.post(adress, falt)
            kontrollera(svar, status, text)

        return gor

    def _oppna(self, adress, text):
        klient = self.ansvariga.nasta().klient

        def gor():
            svar = klient.get(adress)
            kontrollera(svar, 200, text)

        return gor


def kontrollera(svar, status, text):
    assert (svar.status_code, text in svar.text) == (status, True), svar.text


def fragor(forbered):
    """The fewest of three: now and then a request also notes that its user is still there."""
    svar = []
    for gor in [forbered() for _ in range(3)]:
        with CaptureQueriesContext(connection) as matta:
            gor()
        svar.append(len(matta))
    return min(svar)


def tider(forbered, antal):
    gc.collect()
    gc.freeze()  # as sus/wsgi.py
    return [_tid(forbered()) for _ in range(antal + UPPVARMNING)][UPPVARMNING:]


def _tid(gor):
    start = time.perf_counter()
    gor()
    return (time.perf_counter() - start) * 1000


def main():
    antal, deltaganden = (int(text) for text in (*sys.argv[1:], *("100", "1000000")[len(sys.argv) - 1 :]))
    call_command("migrate", verbosity=0)
    matningar = Matningar()
    insatser = [InsatsFactory(samverkansorganisation=matningar.insats.samverkansorganisation).pk for _ in range(INSATSER)]
    with tempfile.TemporaryDirectory() as mapp:
        skriv_register(mapp, range(I_INSATSEN + antal + 3 * UPPVARMNING))
        matningar.fyll_insatsen(I_INSATSEN // 10)
        fyll_pa(1, deltaganden // 10, insatser)
        fore = {namn: fragor(forbered) for namn, (_, forbered) in matningar.alla().items()}
        matningar.fyll_insatsen(I_INSATSEN)
        fyll_pa(deltaganden // 10 + 1, deltaganden, insatser)
        redovisa(matningar, fore, antal)


def redovisa(matningar, fore, antal):
    with connection.cursor() as c:
        tom = statistics.median(_tid(lambda: c.execute("SELECT 1")) for _ in range(500))
    print(f"En tom fråga tar {tom:.3f} ms här: så fort är datorn just nu.")
    print(f"{Deltagande.objects.count()} deltaganden; {I_INSATSEN} i insatsen som visas.")
    print(f"{'':<34}{'frågor':>8}{'var':>6}{'snabbast, ms':>15}{'median':>9}{'95:e percentilen':>19}{'krav':>7}")
    brister = []
    for namn, (slag, forbered) in matningar.alla().items():
        antal_fragor, matta = fragor(forbered), tider(forbered, antal)
        p95 = statistics.quantiles(matta, n=20)[-1]
        tal = f"{min(matta):>15.1f}{statistics.median(matta):>9.1f}{p95:>19.1f}{KRAV_MS[slag]:>7}"
        print(f"{namn:<34}{antal_fragor:>8}{fore[namn]:>6}{tal}")
        brister += [f"{namn}: {p95:.0f} ms"] if p95 > KRAV_MS[slag] else []
        brister += [f"{namn}: {antal_fragor} frågor, {fore[namn]} med en tiondel"] if antal_fragor != fore[namn] else []
    print(f"Kraven är {'inte uppfyllda: ' + '; '.join(brister) if brister else 'uppfyllda, med lika många frågor'}.")
    sys.exit(bool(brister))


if __name__ == "__main__":
    main()
