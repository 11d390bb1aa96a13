"""The registration page at the keyboard: where focus begins and goes, that it is seen, what Enter and Ctrl+S do, and how far Spara is."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

ORDNING = [
    "Deltagaren har skrivit under samtycket",
    "Datum för underskriften",
    "Språk som informationen lästes på",
    "Originalet skickat",
    "Om deltagaren säger nej",
    "Personnummer",
    "Hämta",
    "Måttillfälle",
    "Startdag",
    "Utbildningsnivå",
    "Hur länge har deltagaren",
    "Sjukpenning",
    "Aktivitetsersättning",
    "Sjukersättning",
    "A-kassa",
    "Aktivitetsstöd",
    "Försörjningsstöd",
    "Studiestöd",
    "Annan offentlig försörjning",
    "Ingen offentlig försörjning",
    "Vad räknas som offentlig försörjning?",
    "Ja",
    "Ja",
    "Ja",
    "Spara",
]
# The outline or shadow of what has focus; a hidden check box or radio button shows it on its label.
SYNS = """() => {
  const e = document.activeElement, stilar = [e, e.nextElementSibling].filter(Boolean).flatMap(
    nod => ["", "::before", "::after"].map(del => getComputedStyle(nod, del)));
  return stilar.some(s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
}"""


@pytest.fixture
def registrera(fonster):
    insats = InsatsFactory(namn="Hjortmossen")
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    return webb


def fyll_i_allt(webb):
    webb.hand.kryssa("Deltagaren har skrivit under samtycket")
    webb.hand.fyll("Datum för underskriften", "2011-01-15")
    webb.hand.fyll("Personnummer", "196209019808")
    webb.hand.fyll("Startdag", "2011-02-01")
    webb.hand.valj("Utbildningsnivå", "Gymnasium")
    webb.hand.valj("Hur länge har deltagaren", "Upp till 1 år")
    webb.hand.kryssa("Sjukpenning")
    for fraga in ("Är deltagaren inskriven", "Förvärvsarbetar", "Studerar"):
        webb.hand.svara(fraga, "Nej")


def test_tab_goes_through_the_form_in_its_order_and_focus_is_seen(registrera):
    ordning = []
    for _ in ORDNING:
        ordning.append(registrera.hand.fokus()["namn"])
        assert registrera.sida.evaluate(SYNS), f"fokus syns inte på {ordning[-1]}"
        registrera.hand.tryck_ned("Tab")

    assert [namn for namn, vantat in zip(ordning, ORDNING, strict=True) if not namn.startswith(vantat)] == []


def test_a_whole_registration_takes_few_keys(registrera):
    fyll_i_allt(registrera)
    registrera.hand.enter()

    registrera.har_kvittot("Deltagaren är registrerad.")
    assert registrera.hand.antal <= 45


@pytest.mark.parametrize("falt", ["Personnummer", "Startdag"])
def test_enter_in_a_field_saves_and_does_not_press_hamta(registrera, falt):
    fyll_i_allt(registrera)
    registrera.hand.till(falt, falt=True)
    registrera.hand.enter()

    registrera.har_kvittot("Deltagaren är registrerad.")
    assert Deltagande.objects.count() == 1


def test_ctrl_s_saves(registrera):
    fyll_i_allt(registrera)
    with registrera.sida.expect_navigation():
        registrera.tangenter("Control+s")

    registrera.har_kvittot("Deltagaren är registrerad.")


def test_the_link_of_an_error_leads_to_its_field(registrera):
    registrera.hand.till("Spara")
    registrera.hand.enter()
    registrera.hand.till("Välj utbildningsnivå.")
    registrera.tangenter("Enter")

    assert registrera.hand.fokus()["namn"] == "Utbildningsnivå"
