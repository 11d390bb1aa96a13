"""What the second wall costs a request: ./run bench vaggarna [requests per page and way, 300 unless said] [other deltaganden, 200000].

The same pages are asked for with the wall and without it, turn by turn. Without: the owner's connection, no role and no scope.
"""

import os
import statistics
import sys
import time
from contextlib import contextmanager

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sus.settings.test"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from behorigheter import middleware, vaggar  # noqa: E402
from behorigheter.roller import Roll  # noqa: E402
from tests.factories import DeltagandeFactory, InsatsFactory, SamtyckeFactory, UppdragFactory  # noqa: E402

KRAV_MS = 1.0
UPPVARMNING = 20
ANDRA = """
WITH person AS (
  INSERT INTO deltagare_person (id, logg_id, uppslag, personnummer, namn, fodelsear)
  SELECT gen_random_uuid(), gen_random_uuid(), sha256(n::text::bytea), '\\x00', '\\x00', 1980
  FROM generate_series(1, %(antal)s) AS n RETURNING id
), deltagande AS (
  INSERT INTO deltagare_deltagande (id, version, insats_id, person_id, kommun_id, startdatum, kon, alder_vid_start, utbildning,
                                    tid_forsorjning, inregistrerad)
  SELECT gen_random_uuid(), 1, (%(insatser)s::bigint[])[1 + mod(row_number() OVER (), cardinality(%(insatser)s::bigint[]))], id, '1488',
         date '2011-01-10', 1, 30, 2, 2, now() FROM person RETURNING id, insats_id
)
INSERT INTO deltagare_mattillfalle (deltagande_id, insats_id, typ, forsorjning, arbetssokande)
SELECT id, insats_id, 'in', 1, false FROM deltagande
"""


def forbered(andra):
    """A deltagaransvarig with an insats of fifty, among many others. Returns the user and the pages."""
    call_command("migrate", verbosity=0)
    insats = InsatsFactory()
    deltaganden = [SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats)).deltagande for _ in range(50)]
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    frammande = [InsatsFactory().pk for _ in range(200)]
    with connection.cursor() as c:
        c.execute(ANDRA, {"antal": andra, "insatser": frammande})
        c.execute("ANALYZE")
    return anvandare, {
        "startsidan": reverse("start:start"),
        "sök deltagare, 50 identiteter": f"{reverse('deltagare:sok')}?insats={insats.pk}",
        "ett deltagande": reverse("deltagare:detail", args=[deltaganden[0].pk]),
        "insatser": reverse("insatser:list"),
    }


@contextmanager
def utan_vaggen():
    """The middlewares open the transaction and do nothing more."""
    borja, ta_roll, forsta = vaggar.borja, vaggar.ta_roll, middleware._borja_som_konto
    vaggar.borja = vaggar.ta_roll = middleware._borja_som_konto = lambda *args, **kwargs: None
    try:
        yield
    finally:
        vaggar.borja, vaggar.ta_roll, middleware._borja_som_konto = borja, ta_roll, forsta


def tid(klient, adress):
    start = time.perf_counter()
    svar = klient.get(adress)
    ms = (time.perf_counter() - start) * 1000
    assert svar.status_code == 200, (adress, svar.status_code)
    return ms


def mat(klient, adress, antal):
    med, utan = [], []
    for _ in range(antal + UPPVARMNING):
        med.append(tid(klient, adress))
        with utan_vaggen():
            utan.append(tid(klient, adress))
    return med[UPPVARMNING:], utan[UPPVARMNING:]


def main():
    antal, andra = (int(text) for text in (*sys.argv[1:], *("300", "200000")[len(sys.argv) - 1 :]))
    anvandare, sidor = forbered(andra)
    klient = Client()
    klient.force_login(anvandare)
    storsta = 0.0
    print(f"{'sida':<32}{'utan, ms':>10}{'med, ms':>10}{'median +':>10}{'snabbast +':>12}")
    for namn, adress in sidor.items():
        med, utan = mat(klient, adress, antal)
        skillnad = statistics.median(med) - statistics.median(utan)
        storsta = max(storsta, skillnad)
        print(f"{namn:<32}{statistics.median(utan):>10.2f}{statistics.median(med):>10.2f}{skillnad:>10.2f}{min(med) - min(utan):>12.2f}")
    print(f"Kravet är {KRAV_MS:.1f} ms vid medianen: {'uppfyllt' if storsta <= KRAV_MS else 'inte uppfyllt'}.")
    sys.exit(storsta > KRAV_MS)


if __name__ == "__main__":
    main()
