"""Anonyma count in their own year only: the journal on the page, and in January a word about those who go on."""

from datetime import date

import pytest
from django.urls import reverse

from deltagare.anonyma import att_fora_over
from deltagare.models import AnonymPost
from insatser.models import Insats
from tests.factories import InsatsFactory


def anonyma(insats, ar, kvinnor=0, man=0):
    for kon, antal in ((1, kvinnor), (2, man)):
        if antal:
            AnonymPost.objects.create(insats=insats, ar=ar, kon=kon, slag="anonym", antal=antal)


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2012-01-10 10:00+01:00")


@pytest.fixture
def sidan(klient_da, insats):
    """sidan(**urval) → the page."""

    def _sidan(**urval):
        return klient_da.get(reverse("deltagare:anonyma"), {"insats": insats.pk, **urval})

    return _sidan


@pytest.mark.parametrize(
    ("fore", "i_ar", "slut", "fors_over"),
    [
        ({"kvinnor": 2}, {}, None, True),
        ({"kvinnor": 2}, {}, date(2012, 1, 1), True),
        ({"kvinnor": 2}, {}, date(2011, 12, 31), False),
        ({"kvinnor": 2}, {"man": 1}, None, False),
        ({}, {}, None, False),
    ],
)
def test_who_may_go_on_are_those_of_last_year_until_something_is_registered(insats, fore, i_ar, slut, fors_over):
    insats.slutdatum = slut
    insats.save()
    anonyma(insats, 2011, **fore)
    anonyma(insats, 2012, **i_ar)
    anonyma(InsatsFactory(), 2010, kvinnor=1)

    assert list(att_fora_over(Insats.objects.all(), 2012)) == ([insats] if fors_over else [])


def test_those_who_were_taken_away_again_do_not_go_on(insats):
    anonyma(insats, 2011, kvinnor=2)
    anonyma(insats, 2011, kvinnor=-2)

    assert not att_fora_over(Insats.objects.all(), 2012).exists()


def test_withdrawn_samtycken_do_not_go_on_as_anonyma(insats, sidan):
    AnonymPost.objects.create(insats=insats, ar=2011, kon=1, slag="atertaget", antal=3, tid=None)

    assert not att_fora_over(Insats.objects.all(), 2012).exists()
    sida = sidan().text
    assert "Den som har tagit tillbaka sitt samtycke ska inte räknas här." in sida
    assert "Senaste ändringar" not in sida


def test_in_january_the_page_says_how_many_there_were(insats, sidan):
    anonyma(insats, 2011, kvinnor=3, man=1)

    mening = "2011 hade insatsen 3 kvinnor och 1 man som anonyma deltagare. De som fortsätter 2012 registreras igen för 2012."
    assert mening in sidan().text
    anonyma(insats, 2012, kvinnor=1)
    assert mening not in sidan().text


def test_after_january_nothing_is_said(insats, klockan, klient_da, sidan):
    anonyma(insats, 2011, kvinnor=3)
    klockan("2012-02-01 10:00+01:00")
    klient_da.force_login(klient_da.anvandare)

    assert "registreras igen för 2012" not in sidan().text


@pytest.mark.parametrize(("ar", "valt"), [("2011", 2011), ("", None)])
def test_the_address_chooses_the_year(sidan, ar, valt):
    assert sidan(ar=ar).context["form"].initial["ar"] == valt


@pytest.mark.parametrize("ar", ["2009", "2013", "nu"])
def test_an_impossible_year_in_the_address_is_no_page(sidan, ar):
    assert "Sidan finns inte" in sidan(ar=ar).text


def test_the_journal_tells_who_changed_what_and_when(insats, klient_da, sidan):
    post = {"ar": "2011", "kvinnor": "3", "man": "1", "version": "0"}
    klient_da.post(f"{reverse('deltagare:anonyma')}?insats={insats.pk}", post)
    klient_da.post(f"{reverse('deltagare:anonyma')}?insats={insats.pk}", post | {"kvinnor": "2", "man": "", "ta_bort": "ja"})

    poster = sidan().context["poster"]

    assert [(str(rad.av), rad.ar, rad.get_kon_display(), rad.antal) for rad in poster] == [
        (str(klient_da.anvandare), 2011, "Kvinna", -2),
        (str(klient_da.anvandare), 2011, "Man", 1),
        (str(klient_da.anvandare), 2011, "Kvinna", 3),
    ]
    assert "2012-01-10 kl. 10.00" in sidan().text
    assert [(rad.ar, rad.kvinnor, rad.man, rad.summa) for rad in sidan().context["arsrader"]] == [(2011, 1, 1, 2)]
