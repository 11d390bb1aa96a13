"""The table of facts follows its source whatever writes there, and in whatever order."""

import threading
import uuid
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction

from behorigheter import vaggar
from deltagare.models import Deltagande, Faktum, Mattillfalle
from sus.start.personkontroller import fakta_som_inte_ar_kallrader
from tests.conftest import med_riktiga_transaktioner
from tests.factories import DeltagandeFactory

VAD = ("nytt", "nytt", "slut", "ut", "in", "ut_bort", "manga", "bort", "rullas_tillbaka")


def _slumpat(slump):
    return slump.choice(list(Deltagande.objects.order_by("startdatum", "pk")))


def ett_steg(vad, slump):
    """A change as no action makes it: straight in the tables, one row or many."""
    if vad == "nytt" or not Deltagande.objects.exists():
        DeltagandeFactory(startdatum=date(2011, 1, 1 + slump.randrange(28)))
        return
    d = _slumpat(slump)
    matt = Mattillfalle.objects.filter(deltagande=d)
    match vad:
        case "slut":
            Deltagande.objects.filter(pk=d.pk).update(slutdatum=date(2012, 3, 4), avslutningsanledning=slump.choice([1, 2, 7]))
        case "ut":
            Mattillfalle.objects.get_or_create(
                deltagande=d, typ="ut", defaults={"insats": d.insats, "forsorjning": slump.choice([1, 32, 256]), "arbetssokande": True}
            )
        case "in":
            matt.filter(typ="in").update(forsorjning=slump.choice([2, 8, 48]), arbete_procent=50, arbetstyp=slump.choice([1, 2, 3]))
        case "ut_bort":
            matt.filter(typ="ut").delete()
        case "manga":
            Deltagande.objects.update(utbildning=slump.randrange(1, 8))
            Mattillfalle.objects.update(studier_procent=slump.choice([None, 25, 100]))
        case "bort":
            d.delete()
        case "rullas_tillbaka":
            with transaction.atomic():
                d.delete()
                transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("fro", range(3))
def test_the_facts_never_differ_from_the_source(fro):
    slump = Random(fro)
    for _ in range(40):
        ett_steg(slump.choice(VAD), slump)

        assert list(fakta_som_inte_ar_kallrader()) == []

    assert Faktum.objects.count() == Deltagande.objects.count() > 0


@pytest.mark.django_db
def test_a_deltagande_that_leaves_takes_its_fact_along():
    d, annat = DeltagandeFactory(), DeltagandeFactory()

    d.delete()

    assert list(Faktum.objects.values_list("deltagande_id", flat=True)) == [annat.pk]


@med_riktiga_transaktioner
def test_two_who_change_the_same_deltagande_at_once_leave_the_facts_of_both():
    d = DeltagandeFactory()
    forst, sedan = threading.Event(), threading.Event()
    utfall = []

    def andra_deltagandet():
        with transaction.atomic():
            Deltagande.objects.filter(pk=d.pk).update(utbildning=7)
            forst.set()
            sedan.wait(5)
        utfall.append("deltagandet")
        connection.close()

    trad = threading.Thread(target=andra_deltagandet)
    trad.start()
    forst.wait(5)
    threading.Timer(0.3, sedan.set).start()
    Mattillfalle.objects.filter(deltagande=d).update(forsorjning=64)  # waits for the other, which it began before
    trad.join()

    assert utfall == ["deltagandet"]
    assert Faktum.objects.values_list("utbildning", "forsorjning_fore").get() == (7, 64)


def bygg_om_vaggarna():
    """As at the end of every migrate."""
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")
    vaggar.tillampa()


@pytest.mark.django_db
def test_facts_from_before_there_were_any_are_made_by_migrate():
    DeltagandeFactory.create_batch(3)
    Faktum.objects.all().delete()

    bygg_om_vaggarna()

    assert Faktum.objects.count() == 3
    assert list(fakta_som_inte_ar_kallrader()) == []


@pytest.mark.django_db
def test_a_new_key_of_the_pseudonyms_makes_them_anew(settings):
    DeltagandeFactory.create_batch(2)
    fore = set(Faktum.objects.values_list("person_nr", flat=True))
    settings.OMFANG_NYCKEL = uuid.uuid4().bytes * 2

    bygg_om_vaggarna()

    assert list(fakta_som_inte_ar_kallrader()) == []
    assert not fore & set(Faktum.objects.values_list("person_nr", flat=True))
