"""How fast the event log's chain is made and verified: ./run bench logg [number of events, 100000 unless said]."""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sus.settings.test"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from behorigheter import handelselogg  # noqa: E402

KRAV = 80_000
OMGANGAR = 5
FYLL = """
INSERT INTO behorigheter_handelse (tid, typ, anvandare_id, arbetsgivare_id, roller, objekt, logg_id, detaljer, ip, begaran)
SELECT now() - n * interval '1 minute', 'deltagare_visade', mod(n, 500), mod(n, 50), 'deltagaransvarig,rapport',
       'insatser.Insats:' || mod(n, 900), (SELECT jsonb_agg(gen_random_uuid()) FROM generate_series(1, 1 + mod(n, 20))),
       jsonb_build_object('andamal', 'sok', 'antal', n), '10.0.0.1', gen_random_uuid()
FROM generate_series(1, %s) AS n
"""


def tid(gor):
    start = time.perf_counter()
    gor()
    return time.perf_counter() - start


@transaction.atomic
def fyll(antal):
    with connection.cursor() as c:
        c.execute(FYLL, [antal])


def kontrollera():
    assert handelselogg.brister() == []


def main():
    antal = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    skrivet = tid(lambda: fyll(antal))
    print(f"Skrivna och länkade: {antal} händelser på {skrivet:.1f} s, {antal / skrivet:,.0f} i sekunden.")
    tider = sorted(tid(kontrollera) for _ in range(OMGANGAR))
    median, snabbast = tider[OMGANGAR // 2], tider[0]
    print(f"Kontrollerade: median {median:.2f} s, {antal / median:,.0f} i sekunden; snabbast {antal / snabbast:,.0f} i sekunden.")
    print(f"Kravet är {KRAV:,} i sekunden: {'uppfyllt' if antal / median >= KRAV else 'inte uppfyllt'}.")
    sys.exit(antal / median < KRAV)


if __name__ == "__main__":
    main()
