"""The pages of the event log in a browser: empty, filled, searched, with an error; axe and the widths."""

import uuid

import pytest
from playwright.sync_api import expect

from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, BehorighetFactory, InsatsFactory, OrganisationFactory, PersonFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
Typ = Handelse.Typ


@pytest.fixture
def kommun():
    return OrganisationFactory(namn="Provstads kommun", typ="kommun")


@pytest.fixture
def kollega(kommun):
    anvandare = AnvandareFactory(arbetsgivare=kommun, fornamn="Karin", efternamn="Provberg-Testfors")
    BehorighetFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG)
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    return anvandare


@pytest.fixture
def granskare(kommun):
    anvandare = AnvandareFactory(arbetsgivare=kommun, fornamn="Greta", efternamn="Granskare")
    BehorighetFactory(anvandare=anvandare, roll=Roll.LOGGRANSKARE)
    return anvandare


def en_dag(anvandare, personer):
    insats = InsatsFactory(namn="Arbetsträning i stall och verkstad, Hjortmossen")
    logga(Typ.INLOGGAD, by=anvandare, niva=3)
    logga(Typ.DELTAGARE_VISADE, by=anvandare, personer=personer, andamal="sok", antal=len(personer))
    logga(Typ.DELTAGANDE_INREGISTRERAT, by=anvandare, pa=insats, personer=personer[:1])
    logga(Typ.INSATS_ANDRAD, by=anvandare, pa=insats, falt=["slutdatum", "beskrivning"])
    logga(Typ.RAPPORT_SKAPAD, by=anvandare, rapport="insats", urval="fran=2011-01&till=2011-12", format="xlsx", skydd="exakt", rader=14)
    logga(Typ.NEKAD, by=anvandare, skal="rattighet", sida="/insats/7/andra/", metod="GET")


def test_own_activity(fonster, kollega):
    en_dag(kollega, [uuid.uuid4() for _ in range(4)])
    nytt = fonster(kollega)

    nytt.oppna("/administration/logg/")
    nytt.sida.locator("summary").nth(3).click()
    nytt.granska("logg-egen")

    nytt.sida.select_option("#id_slag", "lasning")
    nytt.sida.fill("#id_till", "2011-01-31")
    nytt.sida.click("button:has-text('Visa')")
    expect(nytt.sida.locator("main")).to_contain_text("stämmer med urvalet", use_inner_text=True)
    nytt.granska("logg-egen-tom")


def test_reviewing_without_javascript_finds_a_persons_events(fonster, granskare, kollega):
    nummer = provpersonnummer(7)
    person = PersonFactory(personnummer_klartext=nummer)
    en_dag(kollega, [person.logg_id, *(uuid.uuid4() for _ in range(40))])
    nytt = fonster(granskare, java_script_enabled=False)
    nytt.oppna("/administration/logg/granska/")

    nytt.sida.fill("#id_personnummer", nummer)
    nytt.sida.click("button:has-text('Visa händelser')")

    rader = nytt.tabell("2 händelser")
    assert [rad[2] for rad in rader] == ["Registrerade en deltagare, 1 person", "Såg uppgifter om deltagare, 41 personer"]
    assert nummer not in nytt.sida.url


def test_reviewing(fonster, granskare, kollega):
    en_dag(kollega, [uuid.uuid4() for _ in range(40)])
    for _ in range(50):
        logga(Typ.INLOGGAD, by=kollega)
    nytt = fonster(granskare)
    nytt.oppna("/administration/logg/granska/")
    nytt.granska("logg-granska-tom")

    nytt.sida.fill("#id_personnummer", "123")
    nytt.sida.click("button:has-text('Visa händelser')")
    nytt.granska_fel("logg-granska-fel", "Ange personnummer med 12 siffror.")

    nytt.sida.fill("#id_personnummer", "")
    nytt.sida.fill("#id_anvandare", "Karin*")
    nytt.sida.click("button:has-text('Visa händelser')")
    nytt.sida.click("button:has-text('Äldre händelser')")
    expect(nytt.sida.locator("main")).to_contain_text("Visar 51–56", use_inner_text=True)
    nytt.sida.locator("summary").nth(4).click()
    nytt.granska("logg-granska")
