"""Antal i volyminsats: a journal whose sum is never negative (docs/regler.md 6.8, V32, V33)."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.actions import registrera_volym
from insatser.models import Insats, VolymPost
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def insats():
    return InsatsFactory(volym=True, namn="Information")


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


def skicka(klient, insats, antal, riktning, ar=2011, **kwargs):
    return klient.post(reverse("insatser:volym", args=[insats.pk]), {"ar": ar, "antal": antal, "riktning": riktning, "version": 0} | kwargs)


def test_count_is_added_and_taken_away_with_a_trace_of_each(ansvarig, insats):
    skicka(ansvarig, insats, "25", "lagg-till")
    skicka(ansvarig, insats, "5", "ta-bort")

    assert insats.volymposter.summa(2011) == 20
    assert list(insats.volymposter.values_list("antal", "av")) == [(25, ansvarig.anvandare.pk), (-5, ansvarig.anvandare.pk)]
    assert [handelse.detaljer for handelse in Handelse.objects.all()] == [{"ar": 2011, "antal": 25}, {"ar": 2011, "antal": -5}]


def test_enter_adds(ansvarig, insats):
    skicka(ansvarig, insats, "25", "")

    assert insats.volymposter.summa(2011) == 25


def test_more_than_there_is_cannot_be_taken_away(ansvarig, insats):
    skicka(ansvarig, insats, "25", "lagg-till", ar=2010)

    svar = skicka(ansvarig, insats, "1", "ta-bort", ar=2011)

    assert svar.context["form"].errors == {"antal": ["Antalet som tas bort kan inte vara större än det registrerade antalet."]}
    assert VolymPost.objects.count() == 1


@pytest.mark.parametrize("antal", ["", "0", "-5", "2,5", "många", "1000001"])
def test_only_whole_numbers_from_one_are_taken(ansvarig, insats, antal):
    svar = skicka(ansvarig, insats, antal, "lagg-till")

    assert list(svar.context["form"].errors) == ["antal"]
    assert not VolymPost.objects.exists()


@time_machine.travel(date(2012, 6, 1))
@pytest.mark.parametrize(
    ("slutdatum", "ar"),
    [(None, [2012, 2011, 2010]), (date(2011, 2, 1), [2011, 2010]), (date(2014, 2, 1), [2012, 2011, 2010])],
)
def test_years_run_from_the_start_to_this_year_or_the_end(insats, slutdatum, ar):
    insats.slutdatum = slutdatum

    assert list(reversed(insats.volymar)) == ar


def test_year_outside_the_insats_is_refused(ansvarig, insats):
    svar = skicka(ansvarig, insats, "5", "lagg-till", ar=2009)

    assert list(svar.context["form"].errors) == ["ar"]
    with pytest.raises(Regelbrott, match="Antal kan inte registreras för 2009"):
        registrera_volym(insats=insats, ar=2009, antal=5, by=None)


def test_insats_with_personuppgifter_takes_no_volym(inloggad):
    insats = InsatsFactory()
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)

    sida = klient.get(reverse("insatser:volym", args=[insats.pk]))
    svar = skicka(klient, insats, "5", "lagg-till")

    assert "Insatsen är ingen volyminsats" in sida.text
    assert 'name="antal"' not in sida.text
    assert "Insatsen är ingen volyminsats. Deltagare registreras med personuppgifter" in svar.text
    assert not VolymPost.objects.exists()


def test_insats_that_has_not_begun_takes_no_volym(ansvarig, insats):
    Insats.objects.update(startdatum=date(2099, 1, 1))

    sida = ansvarig.get(reverse("insatser:volym", args=[insats.pk]))

    assert "Insatsen har inte börjat" in sida.text
    with pytest.raises(Regelbrott, match="Insatsen har inte börjat"):
        registrera_volym(insats=insats, ar=2026, antal=1, by=None)


def test_page_shows_the_sums_and_who_changed_them(ansvarig, insats):
    registrera_volym(insats=insats, ar=2010, antal=7, by=None)
    skicka(ansvarig, insats, "1 200", "lagg-till")

    sida = ansvarig.get(reverse("insatser:volym", args=[insats.pk]))

    assert list(sida.context["summor"]) == [(2011, 1200), (2010, 7)]
    assert "Inläst från fil" in sida.text
    assert str(ansvarig.anvandare) in sida.text


def test_the_same_form_sent_twice_counts_once(ansvarig, insats):
    for _ in range(2):
        skicka(ansvarig, insats, "25", "lagg-till", nyckel="6f1c0a52-0c3c-4d5e-9a52-2f1f4a3f7d11")

    assert insats.volymposter.summa(2011) == 25


def test_the_database_itself_refuses_a_negative_sum(insats):
    with pytest.raises(IntegrityError, match="summan av volymposter kan inte bli negativ"), transaction.atomic():
        VolymPost.objects.create(insats=insats, ar=2011, antal=-1)


@pytest.mark.parametrize("andra", [lambda poster: poster.update(antal=5), lambda poster: poster.delete()])
def test_the_database_itself_refuses_to_change_the_journal(insats, andra):
    registrera_volym(insats=insats, ar=2011, antal=3, by=None)

    with pytest.raises(IntegrityError, match="journal"), transaction.atomic():
        andra(VolymPost.objects.all())


@med_riktiga_transaktioner
def test_many_who_take_away_at_once_never_make_it_negative(samtidigt):
    insats = InsatsFactory(volym=True)
    registrera_volym(insats=insats, ar=2011, antal=5, by=None)

    def ta_bort(nr):
        try:
            return registrera_volym(insats=insats, ar=2011, antal=-2, by=None)
        except Regelbrott:
            return None

    gjorda = [post for post in samtidigt(ta_bort, 6) if post]

    assert len(gjorda) == 2
    assert insats.volymposter.summa(2011) == 1


def test_volym_is_never_split_by_kon_and_no_deltagaransvarig_registers_it(inloggad, ansvarig, insats):
    """Acceptance test 8."""
    deltagaransvarig = inloggad(Roll.DELTAGARANSVARIG, insats)
    sida = ansvarig.get(reverse("insatser:volym", args=[insats.pk]))

    skicka(ansvarig, insats, "25", "lagg-till", kon="kvinna", kvinnor="10", man="15")
    nekad = skicka(deltagaransvarig, insats, "25", "lagg-till")

    assert set(sida.context["form"].fields) == {"ar", "antal", "riktning"}
    assert not {falt.name for falt in VolymPost._meta.get_fields()} & {"kon", "kvinnor", "man"}
    assert nekad.status_code == 403
    assert list(insats.volymposter.values_list("antal", "av")) == [(25, ansvarig.anvandare.pk)]


def test_the_field_asks_for_what_is_counted(ansvarig, insats):
    Insats.objects.update(volym_avser="tillfallen")

    assert "Ange antal tillfällen" in ansvarig.get(reverse("insatser:volym", args=[insats.pk])).text


def test_deltagare_and_anonyma_cannot_be_registered_in_a_volyminsats(inloggad, insats):
    """V33, at the pages of a deltagaransvarig whose insats is one."""
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)

    for namn in ("deltagare:registrera", "deltagare:anonyma"):
        adress = f"{reverse(namn)}?insats={insats.pk}"
        klient.post(adress, {"ar": "2011", "kvinnor": "1", "man": "1", "riktning": "lagg-till", "version": 0})
        assert "Insatsen är en volyminsats. Deltagare registreras endast som antal." in klient.get(adress).text
    assert not insats.anonymposter.exists()
