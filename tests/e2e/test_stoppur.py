"""How long a registration takes a person at the keyboard: 80 ms for every key, from the open page to the receipt."""

import time
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from deltagare.models import Deltagande, Mattillfalle
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.hand import Hand
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

PER_TANGENT = 80  # ms
HOGST_IN, HOGST_UT = 60, 40  # seconds


class Skrivhand(Hand):
    """Every key takes its time. A choice of a list is found by its letters."""

    def tryck_ned(self, *tangenter):
        for tangent in tangenter:
            super().tryck_ned(tangent)
            self.sida.wait_for_timeout(PER_TANGENT)

    def fyll(self, namn, text):
        self.till(namn, falt=True)
        self.sida.keyboard.type(text, delay=PER_TANGENT)
        self.antal += len(text)

    def valj(self, namn, bokstaver):
        self.fyll(namn, bokstaver)
        valt = self.sida.evaluate("() => document.activeElement.selectedOptions[0].text")
        assert valt.startswith(bokstaver), valt


@pytest.fixture(params=[True, False], ids=["med JavaScript", "utan JavaScript"])
def webb(fonster, request):
    insats = InsatsFactory(namn="Hjortmossen")
    nytt = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare, java_script_enabled=request.param)
    nytt.hand, nytt.insats, nytt.har_javascript = Skrivhand(nytt.sida), insats, request.param
    return nytt


@pytest.fixture
def stoppur(webb, request):
    """stoppur(text, most) → seconds since the last time, printed; never more than `most`."""

    class Stoppur:
        def starta(self):
            self.start, webb.hand.antal = time.monotonic(), 0

        def stoppa(self, namn, hogst):
            sekunder = time.monotonic() - self.start
            print(f"{namn} {request.node.callspec.id}: {sekunder:.1f} s, {webb.hand.antal} tangenter (högst {hogst} s)")
            assert sekunder <= hogst

    return Stoppur()


def situation(hand):
    hand.kryssa("Sjukpenning")
    hand.svara("Är deltagaren inskriven", "Nej")
    hand.svara("Förvärvsarbetar", "Ja")
    hand.fyll("Omfattning av heltid", "50")
    hand.svara("Vilken typ av arbete", "Subventionerat")
    hand.svara("Studerar", "Nej")


def test_a_registration_takes_less_than_a_minute(webb, stoppur):
    webb.oppna(f"{reverse('deltagare:registrera')}?insats={webb.insats.pk}")
    hand = webb.hand

    stoppur.starta()
    hand.kryssa("Deltagaren har skrivit under samtycket")
    hand.fyll("Datum för underskriften", "111130")
    hand.fyll("Personnummer", "196209019808")
    hand.enter()
    expect(webb.sida.locator("#hamtat")).to_contain_text("Alma Testsson", use_inner_text=True)
    hand.fyll("Startdag", "20111205")
    hand.valj("Utbildningsnivå", "Gym")
    hand.valj("Hur länge har deltagaren", "Upp till 3")
    situation(hand)
    hand.enter()
    webb.har_kvittot("Deltagaren är registrerad.")
    stoppur.stoppa("In", HOGST_IN)

    rad = Deltagande.objects.get()
    matning = Mattillfalle.objects.get()
    assert (rad.startdatum, rad.utbildning, rad.tid_forsorjning) == (date(2011, 12, 5), 2, 3)
    assert (matning.arbete_procent, matning.arbetstyp, matning.studier_procent) == (50, 2, None)
    assert rad.samtycke.datum == date(2011, 11, 30)


def test_registering_out_takes_less_than_forty_seconds(webb, stoppur):
    rad = DeltagandeFactory(insats=webb.insats, person=PersonFactory(namn_klartext="Elsa Testexempel"), startdatum=date(2011, 2, 1))
    SamtyckeFactory(deltagande=rad)
    webb.oppna(reverse("deltagare:ut", args=[rad.pk]))
    hand = webb.hand

    stoppur.starta()
    hand.fyll("Avslutningsdatum", "2011-11-30")
    hand.valj("Avslutningsanledning", "Utskrivning")
    situation(hand)
    hand.enter()
    webb.har_kvittot("Deltagaren är utregistrerad.")
    stoppur.stoppa("Ut", HOGST_UT)

    rad.refresh_from_db()
    assert (rad.slutdatum, rad.avslutningsanledning) == (date(2011, 11, 30), 1)


def test_the_next_one_is_begun_by_three_more_keys(webb):
    webb.oppna(f"{reverse('deltagare:registrera')}?insats={webb.insats.pk}")
    hand = webb.hand
    hand.kryssa("Deltagaren har skrivit under samtycket")
    hand.fyll("Datum för underskriften", "111130")
    hand.fyll("Personnummer", "196209019808")
    hand.fyll("Startdag", "111205")
    hand.valj("Utbildningsnivå", "Gym")
    hand.valj("Hur länge har deltagaren", "Upp till 3")
    situation(hand)
    hand.antal = 0
    hand.tryck("Spara och registrera nästa")

    assert hand.antal <= 3
    webb.har_kvittot("Deltagaren är registrerad.")
    assert hand.fokus()["namn"].startswith("Deltagaren har skrivit under samtycket")
    assert not hand.fokus()["vald"]
    expect(webb.sida.locator("#id_samtycke_datum")).to_have_value("")
    if webb.har_javascript:  # axe needs it
        webb.granska("registrera-nasta")
