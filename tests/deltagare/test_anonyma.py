"""Registrera anonyma: a journal of counts that never falls below zero (V32)."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import AnonymPost
from tests.factories import InsatsFactory


@pytest.fixture
def andra(klient_da, insats):
    def _andra(**falt):
        data = {"ar": "2011", "nyckel": str(uuid.uuid4()), "version": "0", **falt}
        return klient_da.post(f"{reverse('deltagare:anonyma')}?insats={insats.pk}", data)

    return _andra


def test_counts_are_added_and_taken_away(andra):
    assert andra(kvinnor="3", man="1").status_code == 302
    assert andra(kvinnor="1", ta_bort="ja").status_code == 302

    assert AnonymPost.objects.anonyma().summor() == {2011: {1: 2, 2: 1}}
    assert [rad.detaljer for rad in Handelse.objects.filter(typ=Handelse.Typ.ANONYMA_ANDRADE)] == [
        {"ar": 2011, "kvinnor": 3, "man": 1},
        {"ar": 2011, "kvinnor": -1, "man": 0},
    ]


def test_no_more_than_there_are_can_be_taken_away(andra, fel):
    andra(kvinnor="3")

    assert fel(andra(kvinnor="3", man="1", ta_bort="ja")) == {
        "man": ["Antalet som tas bort kan inte vara större än det registrerade antalet."]
    }
    assert AnonymPost.objects.anonyma().summor() == {2011: {1: 3}}


def test_each_year_has_its_own_count(andra, fel):
    andra(kvinnor="3")

    assert list(fel(andra(ar="2012", kvinnor="1", ta_bort="ja"))) == ["kvinnor"]


@pytest.mark.parametrize(
    ("falt", "fel_i"),
    [
        ({}, "kvinnor"),
        ({"kvinnor": "0"}, "kvinnor"),
        ({"kvinnor": "-1"}, "kvinnor"),
        ({"man": "många"}, "man"),
        ({"man": "10001"}, "man"),
        ({"kvinnor": "1", "ar": "2009"}, "ar"),
        ({"kvinnor": "1", "ar": str(timezone.localdate().year + 1)}, "ar"),
        ({"kvinnor": "1", "ar": ""}, "ar"),
    ],
)
def test_impossible_counts_are_refused_at_their_field(andra, fel, falt, fel_i):
    assert list(fel(andra(**falt))) == [fel_i]
    assert not AnonymPost.objects.exists()


def test_the_years_end_with_the_insats(klient_da, insats):
    insats.slutdatum = insats.startdatum.replace(year=2012)
    insats.save()

    form = klient_da.get(f"{reverse('deltagare:anonyma')}?insats={insats.pk}").context["form"]

    assert [ar for ar, _ in form.fields["ar"].choices] == ["", 2012, 2011, 2010]


def test_withdrawn_consents_are_not_among_the_anonyma(klient_da, insats):
    AnonymPost.objects.create(insats=insats, ar=2011, kon=1, slag="atertaget", antal=1, tid=None)

    sida = klient_da.get(f"{reverse('deltagare:anonyma')}?insats={insats.pk}").content.decode()

    assert "Inga anonyma deltagare är registrerade" in sida


def test_a_volyminsats_has_no_anonyma(inloggad):
    volym = InsatsFactory(volym=True)
    client = inloggad(Roll.DELTAGARANSVARIG, volym)

    svar = client.post(f"{reverse('deltagare:anonyma')}?insats={volym.pk}", {"ar": "2011", "kvinnor": "1"})

    assert "Insatsen är en volyminsats." in svar.content.decode()
    assert not AnonymPost.objects.exists()


def test_the_database_itself_refuses_a_negative_sum_and_changes(insats):
    post = AnonymPost.objects.create(insats=insats, ar=2011, kon=1, slag="anonym", antal=2)

    with pytest.raises(IntegrityError, match="anonym") as fel, transaction.atomic():
        AnonymPost.objects.create(insats=insats, ar=2011, kon=1, slag="anonym", antal=-3)
    assert fel.value.__cause__.diag.constraint_name == "anonympost_aldrig_negativ"
    with pytest.raises(DatabaseError, match="journal"), transaction.atomic():
        AnonymPost.objects.filter(pk=post.pk).update(antal=5)
