"""Visa användare, uppdrag in several places and the end of an employment in a browser: empty, filled, with errors; axe and the widths."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


def adress(namn, *argument):
    return reverse(f"behorigheter:{namn}", args=argument)


def spara(sida):
    sida.click("#formular button[data-vantar]")


@pytest.fixture
def kommunen():
    return OverenskommelseFactory(organisation=OrganisationFactory(namn="Provby kommun")).organisation


@pytest.fixture
def karin(kommunen):
    """Deltagaransvarig in one insats, insatsansvarig in days to come, and once SUSrapport; with an order."""
    idag = timezone.localdate()
    person = AnvandareFactory(fornamn="Karin", efternamn="Berg", telefon="070-000 00 00", arbetsgivare=kommunen)
    UppdragFactory(anvandare=person, roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(namn="Hjortmossen"))
    BehorighetFactory(anvandare=person, roll=Roll.INSATSANSVARIG, giltig_fran=idag + timedelta(days=20))
    BehorighetFactory(anvandare=person, roll=Roll.RAPPORT, aterkallad=timezone.now(), giltig_till=idag + timedelta(days=10))
    UppdragFactory(anvandare=person, roll=Roll.INSATSANSVARIG, till=idag - timedelta(days=1), behorighet=False)
    BestallningFactory(organisation=kommunen, anvandare=person)
    return person


def test_a_bestallare_finds_a_person_and_lets_the_person_go(fonster, kommunen, karin):
    for nummer in range(50):
        BehorighetFactory(anvandare=AnvandareFactory(fornamn="Per", efternamn=f"Provman {nummer}", arbetsgivare=kommunen))
    beda = BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(fornamn="Beda", efternamn="Ek", arbetsgivare=kommunen))
    fonstret = fonster(beda.anvandare)

    sida = fonstret.oppna("/")
    sida.click("#huvudmeny >> text=Administration")
    sida.wait_for_selector("h1:has-text('Användare')")
    fonstret.granska("anvandare")
    sida.fill("#id_efternamn", "Be*")
    sida.press("#id_efternamn", "Enter")
    sida.wait_for_url("**efternamn=Be**")
    sida.click("table >> text=Karin Berg")
    sida.wait_for_selector("h1:has-text('Karin Berg')")
    fonstret.granska("anvandare-detalj")
    sida.click("text=Slutar eller byter arbetsgivare")
    fonstret.granska("anvandare-slutar")
    sida.fill("#id_till", "")
    spara(sida)
    sida.wait_for_selector("[aria-labelledby=felrubrik]")
    fonstret.granska_fel("anvandare-slutar-fel", "Fyll i sista dag, eller kryssa för Avsluta genast.")
    sida.click("label:has-text('Avsluta genast')")
    spara(sida)
    sida.wait_for_selector("text=Hjortmossen blir utan deltagaransvarig")
    fonstret.granska("anvandare-slutar-varning")
    sida.click("button:has-text('Spara ändå')")
    fonstret.har_kvittot("Behörigheter och uppdrag avslutas.")

    assert not karin.behorigheter.giltiga().exists()
    fonstret.oppna(adress("anvandare") + "?efternamn=Finns+inte")
    fonstret.granska("anvandare-ingen-traff")


def test_a_person_goes_without_script(fonster, kommunen, karin):
    beda = BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=kommunen)).anvandare

    sida = fonster(beda, java_script_enabled=False).oppna(adress("anvandare_sluta", karin.pk))
    sida.click("label:has-text('Avsluta genast')")
    spara(sida)
    sida.click("button:has-text('Spara ändå')")

    expect(sida.locator("main")).to_contain_text("Behörigheter och uppdrag avslutas.", use_inner_text=True)
    assert not karin.uppdrag.filter(aterkallat=None, till=None).exists()


def test_uppdrag_of_a_forbund_are_looked_through(fonster):
    forbund = SamverkansorganisationFactory(namn="Provbygden")
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(samverkansorganisation=forbund), behorighet=False)
    UppdragFactory(samverkansorganisation=forbund, till=timezone.localdate() - timedelta(days=1))
    stod = UppdragFactory(roll=Roll.SUS_STOD, samverkansorganisation=forbund).anvandare
    fonstret = fonster(stod)

    sida = fonstret.oppna(reverse("organisations:uppdrag", args=[forbund.pk]))
    fonstret.granska("uppdrag-lasa")
    sida.click("text=Visa alla som har uppdrag här")
    sida.select_option("#id_visa", "alla")
    sida.press("#id_fornamn", "Enter")
    sida.wait_for_url("**visa=alla**")
    fonstret.granska("anvandare-uppdrag")

    assert sida.locator("tbody tr").count() == 3
    fonstret.oppna(adress("anvandare_uppdrag") + "?efternamn=Finns+inte")
    fonstret.granska("anvandare-uppdrag-ingen-traff")


def test_a_sus_stodjare_gets_a_whole_lan(fonster):
    for namn, lan in (("Provbygden", "14"), ("Dalboslätten", "14"), ("Söderslätt", "12")):
        SamverkansorganisationFactory(namn=namn, lan_id=lan)
    stod = BehorighetFactory(roll=Roll.SUS_STOD, anvandare=AnvandareFactory(fornamn="Siv", efternamn="Ståhl"))
    BehorighetFactory(roll=Roll.DELTAGARANSVARIG)
    fk = fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare)

    sida = fk.oppna(adress("utan_uppdrag"))
    fk.granska("utan-uppdrag")
    sida.click("a:has-text('Ge uppdrag till Siv Ståhl')")
    fk.granska("uppdrag-till")
    spara(sida)
    sida.wait_for_selector("[aria-labelledby=felrubrik]")
    fk.granska_fel("uppdrag-till-fel", "Kryssa för minst en, eller ett helt län.")
    sida.click("label:has-text('Västra Götalands län')")
    sida.click("label:has-text('Söderslätt')")
    spara(sida)
    fk.har_kvittot("Uppdraget har getts.")

    assert stod.anvandare.uppdrag.count() == 3
    sida.fill("#id_efternamn", "Finns inte")
    sida.press("#id_efternamn", "Enter")
    sida.wait_for_url("**Finns**")
    fk.granska("utan-uppdrag-ingen-traff")


def test_an_insatsansvarig_gives_an_uppdrag_to_who_waits_and_is_warned(fonster):
    insats = InsatsFactory(namn="Hjortmossen")
    insatsansvarig = UppdragFactory(samverkansorganisation=insats.samverkansorganisation).anvandare
    vantar = BehorighetFactory(roll=Roll.DELTAGARANSVARIG)
    IngaendeOrganisationFactory(
        samverkansorganisation=insats.samverkansorganisation, organisation=vantar.arbetsgivare, medlem=False, finansiar=True
    )
    fonstret = fonster(insatsansvarig)

    sida = fonstret.oppna("/")
    fonstret.granska("startsida-utan-uppdrag")
    sida.click("text=behörighet saknar uppdrag")
    sida.click("a:has-text('Ge uppdrag till')")
    sida.click("label:has-text('Hjortmossen')")
    spara(sida)
    sida.wait_for_selector("text=som inte är medlem i")
    fonstret.granska("uppdrag-till-varning")
    sida.click("button:has-text('Spara ändå')")
    fonstret.har_kvittot("Uppdraget har getts.")
    fonstret.granska("utan-uppdrag-tomt")

    assert vantar.anvandare.uppdrag.get().insats == insats
