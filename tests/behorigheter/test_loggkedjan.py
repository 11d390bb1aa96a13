"""The chain over the event log: whatever somebody with all rights changes, deletes or moves is found."""

import os
import random

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from behorigheter import handelselogg
from behorigheter.logg import logga
from behorigheter.models import Handelse, Handelselank
from insatser.models import Insats
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, InsatsArFactory, InsatsFactory

pytestmark = pytest.mark.django_db

RADER, OMGANGAR = (10_000, 50) if os.environ.get("SUS_ALLT") else (2_000, 3)
FYLL = """
INSERT INTO behorigheter_handelse (tid, typ, anvandare_id, arbetsgivare_id, roller, objekt, logg_id, detaljer, ip, begaran)
SELECT timestamptz '2026-01-01' + n * interval '1 minute', 'deltagare_visade', mod(n, 50), mod(n, 7), 'deltagaransvarig,rapport',
       'insatser.Insats:' || mod(n, 100), jsonb_build_array(gen_random_uuid()), jsonb_build_object('antal', n),
       '10.0.0.1', gen_random_uuid()
FROM generate_series(1, %s) AS n
"""


def kor(sql, *varden):
    with connection.cursor() as c:
        c.execute(sql, varden)


def fyll(antal):
    """Events that have gone through COMMIT: inside a test the deferred triggers are told to run now."""
    kor(FYLL, antal)
    lanka()


def lanka():
    kor("SET CONSTRAINTS ALL IMMEDIATE")
    kor("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def utan_vakter(db):
    """As a superuser who has turned the triggers off. The test's rollback sets them on again."""

    def _av():
        for tabell in ("behorigheter_handelse", "behorigheter_handelselank"):
            kor(f"ALTER TABLE {tabell} DISABLE TRIGGER USER")

    return _av


def test_each_event_is_linked_when_its_transaction_commits():
    anvandare = AnvandareFactory()

    logga(Handelse.Typ.UPPDRAG_GIVET, by=anvandare)
    logga(Handelse.Typ.UPPDRAG_AVSLUTAT, by=anvandare)
    fore = Handelselank.objects.count()
    lanka()

    assert fore == 0
    assert list(Handelselank.objects.values_list("lopnr", "handelse_id")) == list(
        enumerate(Handelse.objects.values_list("pk", flat=True), 1)
    )
    assert handelselogg.brister() == []


@pytest.mark.parametrize("tabell", ["behorigheter_handelse", "behorigheter_handelselank"])
@pytest.mark.parametrize("kommando", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_owner_too_can_only_add(tabell, kommando):
    kor("SET LOCAL sus.tillat_tomning = ''")
    kolumn = "typ" if tabell.endswith("handelse") else "hash"

    with pytest.raises(ProgrammingError, match="ändras aldrig"), transaction.atomic():
        kor(kommando.format(tabell, kolumn, kolumn))


@pytest.mark.parametrize("kolumn", [falt.attname for falt in Handelse._meta.concrete_fields])
def test_a_change_of_any_column_is_found(kolumn, utan_vakter):
    nytt = {
        "id": "id + 1000",
        "tid": "tid + interval '1 microsecond'",
        "typ": "'inloggad'",
        "roller": "'rapport'",
        "objekt": "''",
        "logg_id": "'[]'",
        "detaljer": "'{}'",
        "ip": "'10.0.0.2'",
        "begaran": "gen_random_uuid()",
    }
    fyll(3)
    utan_vakter()
    andra = Handelse.objects.order_by("pk")[1].pk

    kor(f"UPDATE behorigheter_handelse SET {kolumn} = {nytt.get(kolumn, '-1')} WHERE id = %s", andra)

    assert any(str(andra) in brist for brist in handelselogg.brister())


def andra_en(rader, slump):
    kor("UPDATE behorigheter_handelse SET detaljer = jsonb_set(detaljer, '{antal}', '-1') WHERE id = %s", slump.choice(rader))


def ta_bort_en(rader, slump):
    kor("DELETE FROM behorigheter_handelse WHERE id = %s", slump.choice(rader))


def ta_bort_en_med_lank(rader, slump):
    en = slump.choice(rader[:-1])
    kor("DELETE FROM behorigheter_handelse WHERE id = %s", en)
    kor("DELETE FROM behorigheter_handelselank WHERE handelse_id = %s", en)


def ta_bort_en_och_stang_luckan(rader, slump):
    """The later links get new numbers, so that none is missing."""
    en = slump.choice(rader[:-1])
    kor("DELETE FROM behorigheter_handelse WHERE id = %s", en)
    kor("DELETE FROM behorigheter_handelselank WHERE handelse_id = %s", en)
    kor("UPDATE behorigheter_handelselank SET lopnr = -lopnr + 1 WHERE handelse_id > %s", en)
    kor("UPDATE behorigheter_handelselank SET lopnr = -lopnr WHERE lopnr <= 0")


def byt_plats_pa_tva(rader, slump):
    """Two events change places in the chain."""
    en, annan = slump.sample(rader, 2)
    kor("UPDATE behorigheter_handelselank SET handelse_id = -handelse_id WHERE handelse_id IN (%s, %s)", en, annan)
    kor("UPDATE behorigheter_handelselank SET handelse_id = %s WHERE handelse_id = -%s::bigint", annan, en)
    kor("UPDATE behorigheter_handelselank SET handelse_id = %s WHERE handelse_id = -%s::bigint", en, annan)


def byt_lankar(rader, slump):
    """Two events change places together with their links."""
    byt_plats_pa_tva(rader, slump)
    kor("UPDATE behorigheter_handelselank SET hash = sha256(hash) WHERE handelse_id = %s", slump.choice(rader))


def skjut_in_en(rader, slump):
    kor("INSERT INTO behorigheter_handelse (tid, typ, roller, objekt, logg_id, detaljer) VALUES (now(), 'inloggad', '', '', '[]', '{}')")


BROTT = [andra_en, ta_bort_en, ta_bort_en_med_lank, ta_bort_en_och_stang_luckan, byt_plats_pa_tva, byt_lankar, skjut_in_en]


def test_of_thousands_of_events_any_one_that_is_changed_deleted_or_moved_is_found(utan_vakter):
    fyll(RADER)
    utan_vakter()
    rader = list(Handelse.objects.order_by("pk").values_list("pk", flat=True))
    slump = random.Random(5150)
    assert handelselogg.brister() == []

    for brott in BROTT * OMGANGAR:
        punkt = transaction.savepoint()
        brott(rader, slump)
        assert handelselogg.brister() != [], brott.__name__
        transaction.savepoint_rollback(punkt)

    assert handelselogg.brister() == []


def skar_av(antal):
    """The last events go, with their links: what is left hangs together."""
    sista = list(Handelselank.objects.order_by("-lopnr").values_list("handelse_id", flat=True)[:antal])
    kor("DELETE FROM behorigheter_handelselank WHERE handelse_id = ANY (%s)", sista)
    kor("DELETE FROM behorigheter_handelse WHERE id = ANY (%s)", sista)


@pytest.fixture
def ankare(tmp_path, settings):
    settings.LOGGANKARE = str(tmp_path / "ankare.txt")
    return settings.LOGGANKARE


def test_a_tail_that_has_been_cut_off_is_found_against_the_anchor_only(utan_vakter, ankare):
    fyll(RADER)
    handelselogg.ankra()
    lanka()
    utan_vakter()

    skar_av(2)

    assert handelselogg.brister() == []
    [brist] = handelselogg.ankarbrister(ankare)
    assert f"slutar före länk {RADER}" in brist


def test_a_chain_that_has_been_written_anew_is_found_against_the_anchor(utan_vakter, ankare):
    fyll(5)
    handelselogg.ankra()
    lanka()
    utan_vakter()
    kor("UPDATE behorigheter_handelse SET detaljer = '{}'")
    kor("DELETE FROM behorigheter_handelselank")
    kor("SELECT vagg.lanka(id) FROM behorigheter_handelse ORDER BY id")

    assert handelselogg.brister() == []
    assert "Länk 5 är inte den som fanns" in handelselogg.ankarbrister(ankare)[0]


def test_an_anchor_whose_line_has_been_changed_is_found(ankare):
    fyll(3)
    handelselogg.ankra()
    with open(ankare) as fil:
        rad = fil.read()
    with open(ankare, "w") as fil:
        fil.write(rad.replace(" 3 ", " 2 "))

    assert handelselogg.ankarbrister(ankare) == ["Ankarets rad 1 är ändrad."]


def test_each_anchor_is_a_line_more_and_an_event(ankare):
    fyll(3)

    forsta = handelselogg.ankra()
    lanka()
    andra = handelselogg.ankra()

    assert (forsta.lopnr, andra.lopnr) == (3, 4)
    assert [rad.detaljer for rad in Handelse.objects.filter(typ=Handelse.Typ.LOGG_ANKRAD)] == [{"lopnr": 3}, {"lopnr": 4}]
    lanka()
    assert handelselogg.ankarbrister(ankare) == []


def test_without_a_file_nothing_is_anchored(settings):
    settings.LOGGANKARE = ""
    fyll(1)

    assert handelselogg.ankra() is None


def test_a_missing_or_empty_anchor_is_an_error(tmp_path):
    tomt = tmp_path / "tomt.txt"
    tomt.touch()

    assert "kan inte läsas" in handelselogg.ankarbrister(str(tmp_path / "borta.txt"))[0]
    assert "är tomt" in handelselogg.ankarbrister(str(tomt))[0]


def test_kontrollera_tells_of_a_broken_chain(utan_vakter, capsys):
    fyll(3)
    utan_vakter()
    kor("UPDATE behorigheter_handelse SET typ = 'inloggad' WHERE id = (SELECT min(id) FROM behorigheter_handelse)")

    with pytest.raises(SystemExit):
        call_command("kontrollera")

    assert "K15" in capsys.readouterr().err


def test_kontrollera_compares_with_the_anchor_it_is_given(utan_vakter, ankare, settings, capsys):
    fyll(3)
    handelselogg.ankra()
    lanka()
    settings.LOGGANKARE = ""
    call_command("kontrollera", ankare=ankare)
    utan_vakter()
    skar_av(2)

    with pytest.raises(SystemExit):
        call_command("kontrollera", ankare=ankare)

    assert "K16" in capsys.readouterr().err


@med_riktiga_transaktioner
def test_simultaneous_transactions_make_one_whole_chain(samtidigt):
    anvandare = AnvandareFactory()

    def tva_handelser(nr):
        with transaction.atomic():
            logga(Handelse.Typ.INSATS_ANDRAD, by=anvandare, nr=nr)
            logga(Handelse.Typ.INSATS_ANDRAD, by=anvandare, nr=nr)

    for _ in range(5):
        samtidigt(tva_handelser, 8)

    assert Handelselank.objects.count() == 80
    assert handelselogg.brister() == []


@med_riktiga_transaktioner
def test_the_chain_waits_for_nobody_who_waits_for_the_chain(samtidigt):
    """One transaction logs first and then writes a row whose foreign key must wait for the other, which has locked the insats.
    Linked in the same round as the foreign keys are checked, the first would hold the chain while it waits: a deadlock.
    """
    insats, anvandare = InsatsFactory(), AnvandareFactory()

    def en(nr):
        with transaction.atomic():
            if nr == 0:
                Insats.objects.select_for_update(of=("self",)).get(pk=insats.pk)
                kor("SELECT pg_sleep(0.3)")
                logga(Handelse.Typ.INSATS_ANDRAD, by=anvandare)
            else:
                kor("SELECT pg_sleep(0.1)")
                logga(Handelse.Typ.INSATSBUDGET_ANDRAD, by=anvandare)
                InsatsArFactory(insats=insats)

    samtidigt(en, 2)

    assert Handelselank.objects.count() == 2
