"""The five main flows by keyboard alone; on each page Tab goes round everything, as wide as a desk and at 400 per cent zoom."""

import pytest
from django.urls import reverse

from behorigheter.models import Bestallning
from behorigheter.roller import Roll
from deltagare.models import Deltagande
from organisations.models import Finansiering
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import ALLT, BRED
from tests.e2e.rundtur import ga_runt
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    DeltagandeFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OverenskommelseFactory,
    UppdragFactory,
)
from tests.factories.personnummer import provpersonnummer

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

ZOOM_400 = {"width": 320, "height": 256}  # what is left of 1280 × 1024 at 400 per cent


def rundtur(webb, *, zoom=ALLT):
    """Round the page at both sizes; then the window is as it was."""
    webb.sida.wait_for_load_state()
    for matt in (BRED, ZOOM_400) if zoom else (BRED,):
        webb.sida.set_viewport_size(matt)
        assert ga_runt(webb.sida) == [], f"{webb.sida.title()} {matt['width']} px"
    webb.sida.set_viewport_size(BRED)


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen", startdatum="2010-01-01")


def test_a_person_is_registered_in(fonster, insats):
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    webb.oppna("/")
    rundtur(webb)
    webb.hand.tryck("Registrera deltagare")
    rundtur(webb, zoom=True)
    webb.sida.reload()
    webb.hand.kryssa("Deltagaren har skrivit under samtycket")
    webb.hand.fyll("Datum för underskriften", "2011-01-15")
    webb.hand.fyll("Personnummer", "196209019808")
    webb.hand.fyll("Startdag", "2011-02-01")
    webb.hand.tryck("Spara")
    webb.granska_fel("vandring-registrera-fel", "Välj utbildningsnivå.")
    rundtur(webb)
    webb.hand.valj("Utbildningsnivå", "Gymnasium")
    webb.hand.valj("Hur länge har deltagaren", "Upp till 1 år")
    webb.hand.kryssa("Sjukpenning")
    for fraga in ("Är deltagaren inskriven", "Förvärvsarbetar", "Studerar"):
        webb.hand.svara(fraga, "Nej")
    webb.hand.enter()

    webb.har_kvittot("Deltagaren är registrerad.")
    rundtur(webb)


def test_a_person_is_registered_out(fonster, insats):
    deltagande = DeltagandeFactory(insats=insats)
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    webb.oppna(reverse("deltagare:sok"))
    rundtur(webb)
    webb.hand.tryck("Registrera ut")
    rundtur(webb)
    webb.sida.reload()
    webb.hand.fyll("Avslutningsdatum", "2011-11-30")
    webb.hand.valj("Avslutningsanledning", "Utskrivning – till arbete")
    webb.hand.kryssa("A-kassa")
    for fraga in ("Är deltagaren inskriven", "Förvärvsarbetar", "Studerar"):
        webb.hand.svara(fraga, "Nej")
    webb.hand.tryck("Registrera ut")
    rundtur(webb)  # the warning
    webb.hand.tryck("Spara ändå")

    webb.har_kvittot("Deltagaren är utregistrerad.")
    assert Deltagande.objects.get(pk=deltagande.pk).avslutningsanledning


def test_a_budget_is_entered(fonster, insats):
    forbund = insats.samverkansorganisation
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation__namn="Provkassan")
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)
    webb.oppna(f"{reverse('organisations:budget', args=[forbund.pk])}?ar=2011")
    rundtur(webb, zoom=True)
    webb.sida.reload()
    webb.hand.fyll("Finansiering 2011, Provkassan", "5 000 000")
    webb.hand.tryck("Lägg till kostnadstyp")
    webb.hand.valj("Kostnadstyp", "Personal")
    webb.hand.fyll("Budget 2011, ny kostnadstyp", "1 200 000")
    webb.hand.tryck("Spara")

    webb.har_kvittot("Budgeten har sparats.")
    rundtur(webb)
    assert Finansiering.objects.get().belopp == 5_000_000


def test_a_behorighet_is_ordered(fonster):
    kommun = OverenskommelseFactory(organisation__namn="Provköpings kommun").organisation
    webb = fonster(BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=kommun)).anvandare)
    webb.oppna(reverse("behorigheter:bestallningar"))
    webb.hand.tryck("Beställ behörighet")
    rundtur(webb)
    webb.sida.reload()
    webb.hand.fyll("Personnummer", provpersonnummer(701))
    webb.hand.fyll("Förnamn", "Karin")
    webb.hand.fyll("Efternamn", "Berg")
    webb.hand.fyll("E-post", "karin@example.com")
    webb.hand.fyll("Telefon", "070-000 00 02")
    webb.hand.kryssa("Insatsansvarig")
    webb.hand.enter()
    webb.har_kvittot("Beställningen är ifylld")
    rundtur(webb)
    webb.hand.till("Signera och skicka", falt=True)
    webb.hand.tryck_ned("Space")
    webb.hand.enter()

    webb.har_kvittot("Ditt beslut är sparat")
    assert Bestallning.objects.get().status == "signerad"


def test_a_report_is_made(fonster, insats):
    FinansieringFactory(budgetar__samverkansorganisation=insats.samverkansorganisation, budgetar__ar=2011)
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=insats.samverkansorganisation).anvandare)
    webb.oppna(reverse("rapporter:list"))
    rundtur(webb)
    webb.hand.tryck("Kostnad")
    rundtur(webb)
    webb.sida.reload()
    webb.hand.valj("Från budgetår", "2011")
    webb.hand.valj("Till budgetår", "2011")
    webb.hand.tryck("Skapa rapport")

    assert webb.tabell("Sammanställning")
    rundtur(webb)
