"""What the second wall costs a request: ./run bench vaggarna [requests per page and way, 300 unless said] [other deltaganden, 200000].

The same pages are asked for with the wall and without it, turn by turn. Without: the owner's connection,
no role, no key and no scope.
"""

import gc
import os
import statistics
import sys
import time
import uuid
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
    """The middlewares open the transaction and tell the log of the request, and do nothing more."""

    def for_loggen(request):
        vaggar.fraga_dolt(
            "SELECT set_config('sus.ip', %s, true), set_config('sus.begaran', %s, true)", [middleware._ip(request), str(uuid.uuid4())]
        )

    borja, ta_roll, forsta = vaggar.borja, vaggar.ta_roll, middleware._borja_som_konto
    vaggar.borja = vaggar.ta_roll = lambda *args, **kwargs: None
    middleware._borja_som_konto = for_loggen
    try:
        yield
    finally:
        vaggar.borja, vaggar.ta_roll, middleware._borja_som_konto = borja, ta_roll, forsta


def tid(gor):
    start = time.perf_counter()
    gor()
    return (time.perf_counter() - start) * 1000


def hamta(klient, adress):
    svar = klient.get(adress)
    assert svar.status_code == 200, (adress, svar.status_code)


def mat(klient, adress, antal):
    """Pairs of times, with the wall and without; which of them comes first changes from pair to pair."""
    par = []
    gc.collect()
    gc.freeze()  # as sus/wsgi.py
    gc.disable()
    for nr in range(antal + UPPVARMNING):
        if nr % 2:
            med = tid(lambda: hamta(klient, adress))
        with utan_vaggen():
            utan = tid(lambda: hamta(klient, adress))
        if not nr % 2:
            med = tid(lambda: hamta(klient, adress))
        par.append((med, utan))
    gc.enable()
    return par[UPPVARMNING:]


def main():
    antal, andra = (int(text) for text in (*sys.argv[1:], *("300", "200000")[len(sys.argv) - 1 :]))
    anvandare, sidor = forbered(andra)
    klient = Client()
    klient.force_login(anvandare)
    storsta = 0.0
    with connection.cursor() as c:
        tom = statistics.median(tid(lambda: c.execute("SELECT 1")) for _ in range(500))
    print(f"En tom fråga tar {tom:.3f} ms här: så fort är datorn just nu.")
    print(f"{'sida':<32}{'utan, ms':>10}{'skillnad, ms: undre kvartil':>30}{'median':>9}{'övre kvartil':>15}")
    for namn, adress in sidor.items():
        par = mat(klient, adress, antal)
        undre, median, ovre = statistics.quantiles((med - utan for med, utan in par), n=4)
        storsta = max(storsta, median)
        print(f"{namn:<32}{statistics.median(utan for _, utan in par):>10.2f}{undre:>30.2f}{median:>9.2f}{ovre:>15.2f}")
    print(f"Kravet är {KRAV_MS:.1f} ms vid medianen: {'uppfyllt' if storsta <= KRAV_MS else 'inte uppfyllt'}.")
    sys.exit(storsta > KRAV_MS)


if __name__ == "__main__":
    main()
