"""Assume breach: any SQL at all, as the roles of the application, shows and changes no foreign row.

Each attack runs over a real connection as sus_login, in the middle of a legitimate request of a deltagaransvarig. What it got to see
is searched for everything that is not the user's own; what lies in the tables afterwards is compared with what lay there before.
"""

import re

import pytest
from django.db import connection, transaction

from behorigheter import vaggar
from behorigheter.models import Anvandare, Handelse
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory
from tests.svep.angripare import Angripare, anslutning
from tests.svep.attacker import LASANDE, SKRIVANDE, SOM_KONTO

pytestmark = med_riktiga_transaktioner


@pytest.mark.parametrize(
    ("roll", "attacker"), [("sus_web", LASANDE), ("sus_web", SKRIVANDE), ("sus_konto", SOM_KONTO)], ids=["read", "write", "account"]
)
def test_no_sql_shows_or_changes_a_foreign_row(roll, attacker):
    angripare = Angripare()

    genom = {namn: utfall for namn, sql in attacker.items() if any(utfall := angripare.prova(sql, roll))}

    assert genom == {}


def test_the_attacks_would_be_seen():
    """The negative control: the same search, as the owner of the tables."""
    angripare = Angripare()
    with connection.cursor() as c:
        c.execute("SELECT string_agg(d::text, ' ') FROM deltagare_deltagande d")
        text = c.fetchone()[0]
    assert any(hemlighet in text for hemlighet in angripare.hemligt)
    fore = angripare.avtryck()
    angripare.varld.frammande.deltagande.delete()
    Handelse.objects.create(typ="x", anvandare_id=angripare.kollega.pk)
    Anvandare.objects.filter(pk=angripare.kollega.pk).update(password="x")

    andrade = {namn for namn, avtryck in angripare.avtryck().items() if avtryck != fore[namn]}

    assert andrade >= {"deltagare_deltagande", "behorigheter_handelse", "behorigheter_anvandare"}


def test_the_proofs_of_others_requests_are_not_to_be_seen_in_the_server():
    """Whoever got hold of one could begin the request of its user within half a minute."""
    anvandare = AnvandareFactory()
    for gor in (lambda: vaggar.ta_roll("sus_konto"), lambda: vaggar.borja(anvandare.pk)):
        with transaction.atomic():
            gor()
            with anslutning("sus_owner") as annan:
                rader = annan.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [connection.connection.info.backend_pid])
                fraga = rader.fetchone()[0]
            vaggar.ta_roll("none")
        assert "vagg.borja" in fraga or "set_config" in fraga
        assert not re.search("[0-9a-f]{64}", fraga)


def test_there_are_many_attacks():
    assert len(LASANDE) + len(SKRIVANDE) >= 40
    assert len(SOM_KONTO) >= 10
