"""The national demo data, in a small scale."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from behorigheter.models import Anvandare, Handelse, Uppdrag
from deltagare import identitet
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Samtycke
from insatser.models import Insats, InsatsAr, VolymPost
from organisations.models import Samverkansorganisation
from sus.start.demo.nationell import Omfattning, fyll_pa
from sus.start.demo.nationell.personer import provpersoner
from tests.factories import SamverkansorganisationFactory
from tests.start.demon import granska_demon

IDAG = timezone.localdate()
FORSTA = date(IDAG.year - 9, 1, 1)
LITEN = Omfattning(forbund=9, insatser=90, personer=1_200, deltaganden=2_600, anvandare=120)


def rader():
    """Everything that can be told apart without keys, in no order."""
    deltaganden = Deltagande.objects.values_list(
        "insats__namn", "insats__samverkansorganisation__namn", "kommun", "startdatum", "slutdatum", "kon", "alder_vid_start"
    )
    return Counter(deltaganden), Counter(Mattillfalle.objects.values_list("typ", "forsorjning", "arbete_procent", "studier_procent"))


@pytest.mark.django_db
def test_the_country_is_as_large_as_was_asked_for_consistent_and_behind_the_wall_and_holds_the_whole_demo(monkeypatch, capsys, klient):
    monkeypatch.setattr("sus.start.management.commands.demodata.Omfattning", lambda: LITEN)

    call_command("demodata", storlek="nationell")

    assert "Demodata är skapade." in capsys.readouterr().out
    personer = {nummer.tolv_siffror for grupp in identitet.alla(500) for nummer in grupp.values()}
    assert (Samverkansorganisation.objects.count(), Insats.objects.count()) == (LITEN.forbund, LITEN.insatser)
    assert (len(personer), Deltagande.objects.count(), Anvandare.objects.count()) == (LITEN.personer, LITEN.deltaganden, LITEN.anvandare)
    assert {nummer[8:10] for nummer in personer} == {"98", "99"}
    assert Samtycke.objects.count() == LITEN.deltaganden
    assert Uppdrag.objects.aktuella().count() > LITEN.anvandare
    assert Handelse.objects.filter(typ=Handelse.Typ.IMPORT, detaljer__slag="nationell").count() == 1
    with connection.cursor() as c:
        c.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity AND relkind = 'r'")
        assert c.fetchall() == []  # COPY had them open
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the log is chained at COMMIT, which a test never reaches
    call_command("kontrollera")
    granska_demon(klient)
    call_command("demodata", storlek="liten")
    assert "Demodata finns redan. Inget är ändrat." in capsys.readouterr().out
    assert Deltagande.objects.count() == LITEN.deltaganden


@pytest.mark.django_db
def test_the_years_the_ages_and_the_sexes_are_those_of_a_country():
    fyll_pa(IDAG, LITEN)

    deltaganden = list(Deltagande.objects.values_list("startdatum", "kon", "alder_vid_start", "slutdatum"))
    assert {start.year for start, *_ in deltaganden} == set(range(IDAG.year - 9, IDAG.year + 1))
    assert max(start for start, *_ in deltaganden) <= IDAG
    assert 0.45 < sum(kon == 1 for _, kon, *_ in deltaganden) / len(deltaganden) < 0.6
    assert all(16 <= alder <= 66 for _, _, alder, _ in deltaganden)
    assert all(sum(fran <= alder <= till for _, _, alder, _ in deltaganden) > 100 for fran, till in ((0, 25), (26, 29), (30, 45), (46, 99)))
    assert 0.02 < sum(slut is None for *_, slut in deltaganden) / len(deltaganden) < 0.3
    assert InsatsAr.objects.filter(ar=IDAG.year - 6).exists()
    assert VolymPost.objects.exists()
    assert AnonymPost.objects.filter(slag="atertaget", av=None, tid=None).exists()


@pytest.mark.django_db
def test_the_same_day_and_seed_give_the_same_rows():
    svar = []
    for fro in (1, 1, 2):
        with transaction.atomic():
            fyll_pa(IDAG, replace(LITEN, fro=fro))
            svar.append(rader())
            transaction.set_rollback(True)

    assert svar[0] == svar[1]
    assert svar[0] != svar[2]


@pytest.mark.django_db
def test_a_person_is_made_up_and_comes_once():
    personer = list(provpersoner(5_000, FORSTA, IDAG, Random(1)))

    assert len({person.siffror for person in personer}) == len(personer)
    with pytest.raises(ValueError, match="Personnumren räcker inte"):
        list(provpersoner(500_000, FORSTA, IDAG, Random(1)))


@pytest.mark.django_db
def test_a_database_that_holds_something_is_refused():
    SamverkansorganisationFactory()

    with pytest.raises(CommandError, match="tom databas"):
        call_command("demodata", storlek="nationell")

    assert Samverkansorganisation.objects.count() == 1
