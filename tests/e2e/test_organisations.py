"""The pages of a samverkansorganisation in a browser: empty, filled, with errors, with a conflict; axe and the widths."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from organisations import importer
from organisations.actions.budget import satt_finansiering
from organisations.models import Finansiering, Organisation, Samverkansorganisation
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

DATA = Path(__file__).resolve().parents[2] / "sus" / "start" / "demo" / "data" / "trollhattan-2011"
NYTT = {
    "Försäkringskassan": 5_200_000,
    "Västra Götalandsregionen": 2_600_000,
    "Grästorps kommun": 205_000,
    "Lilla Edets kommun": 450_000,
    "Trollhättans kommun": 1_925_000,
}
INSATSER = {"Göra Skillnad": (500, 600), "Hjortmossen": (3200, 3300), "Samverkansteam": (6210, 6210), "Trampolin": (1000, 950)}


@pytest.fixture
def trollhattan():
    for slag in ("organisationer", "parter", "finansiering", "adminkostnader"):
        with (DATA / f"{slag}.csv").open(encoding="utf-8-sig", newline="") as fil:
            for rad in csv.DictReader(fil, delimiter=";"):
                getattr(importer, slag)(rad, None)
    forbundet = Samverkansorganisation.objects.get()
    for part in forbundet.parter.filter(organisation__namn__in=NYTT):
        rad = Finansiering(part=part, belopp=NYTT[part.organisation.namn])
        satt_finansiering(samverkansorganisation=forbundet, ar=2012, finansiering=rad, by=None)
    for namn, budgetar in INSATSER.items():
        insats = InsatsFactory(samverkansorganisation=forbundet, namn=namn)
        for ar, tusental in zip((2011, 2012), budgetar, strict=True):
            InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=ar), budget=tusental * 1000)
    return forbundet


def administrator(objekt):
    return UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=objekt).anvandare


def adress(namn, *argument):
    return reverse(f"organisations:{namn}", args=argument)


def spara(sida):
    sida.click("#formular button[data-vantar]")


def test_a_samverkansorganisation_is_created(fonster):
    BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR, anvandare=AnvandareFactory(fornamn="Lena", efternamn="Holm"))
    BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR, anvandare=AnvandareFactory(fornamn="Per", efternamn="Provman"))
    fk = fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare)

    sida = fk.oppna(adress("list"))
    fk.granska("organisationer-tomt")
    sida.click("main >> text=Skapa samverkansorganisation")
    fk.granska("organisation-ny")
    spara(sida)
    fk.granska("organisation-ny-fel")
    sida.fill("#id_namn", "Provbygden")
    sida.click("label[for=id_samverkansform_0]")
    sida.fill("#id_startdatum", "2012-01-01")
    sida.fill("#id_bestallare_epost", "bestallare@example.com")
    sida.fill("#id_sok_fornamn", "Le*")
    sida.click("button[name=sok]")
    fk.granska("organisation-ny-sokt")
    expect(sida.locator("#id_namn")).to_have_value("Provbygden")
    sida.click("text=Lena Holm")
    spara(sida)
    sida.wait_for_selector("text=Samverkansorganisationen är skapad.")
    fk.granska("organisation-tom")


def test_kommuner_are_chosen_without_script(fonster):
    forbundet = SamverkansorganisationFactory(lan_id=None)
    lena = fonster(administrator(forbundet), java_script_enabled=False)

    sida = lena.oppna(adress("omrade", forbundet.pk))
    sida.fill("#id_kommunnamn", "Karl*")
    sida.click("button[name=sok]")
    expect(sida.locator("label.checkbox__label")).to_have_text(
        ["Karlsborg", "Karlshamn", "Karlskoga", "Karlskrona", "Karlstad"], use_inner_text=True
    )
    sida.click("text=Karlstad")
    sida.click("text=Karlskoga")
    sida.click("button[name=lagg_till]")
    sida.click("button:has-text('Ta bort Karlskoga')")
    spara(sida)
    lena.har_kvittot("")

    assert [str(rad) for rad in forbundet.omraden.all()] == ["Karlstad"]


def test_the_area_is_checked_by_axe(fonster):
    forbundet = SamverkansorganisationFactory(lan_id=None)
    lena = fonster(administrator(forbundet))

    sida = lena.oppna(adress("omrade", forbundet.pk))
    lena.granska("omrade-tomt")
    spara(sida)
    lena.granska("omrade-fel")
    sida.fill("#id_kommunnamn", "G*")
    sida.press("#id_kommunnamn", "Enter")
    sida.click("label:text-is('Göteborg: Hisingen')")
    lena.granska("omrade-sokt")
    sida.click("button[name=lagg_till]")
    sida.wait_for_selector("th:has-text('Göteborg: Hisingen')")
    lena.granska("omrade-valt")


def test_parties_are_proposed_and_chosen(fonster):
    forbundet = SamverkansorganisationFactory(namn="Provbygden")
    Organisation.objects.create(namn="Samordningsförbundet Provbygden", typ="samordningsforbund")
    forbundet.omraden.create(kommun_id="1488")
    lena = fonster(administrator(forbundet))

    sida = lena.oppna(adress("parter", forbundet.pk))
    lena.granska("parter-forslag")
    sida.fill("#id_sok_namn", "*ESF*")
    sida.click("button[name=sok]")
    sida.click("text=Svenska ESF-rådet")
    sida.click("button[name=lagg_till]")
    sida.wait_for_selector("th:has-text('Svenska ESF-rådet')")
    sida.click("label:has-text('Trollhättans kommun, konsument')")
    spara(sida)
    sida.wait_for_selector("a:has-text('Bara samordningsförbundet kan vara konsument i Finsam.')")
    lena.granska("parter-fel")
    sida.click("label:has-text('Trollhättans kommun, konsument')")
    spara(sida)
    sida.wait_for_selector("text=Uppgifterna har sparats.")
    lena.granska("organisation-fylld")

    assert forbundet.parter.count() == 6


def test_the_budget_is_filled_in(fonster, trollhattan):
    lena = fonster(administrator(trollhattan))

    sida = lena.oppna(adress("budget", trollhattan.pk) + "?ar=2012")
    lena.granska("budget")
    sida.click("button[value=kostnadstyp]")
    sida.wait_for_selector("#id_adm-0-typ")
    lena.granska("budget-ny-rad")
    spara(sida)
    lena.granska("budget-fel")
    sida.select_option("#id_adm-0-typ", "kring")
    sida.fill("#id_adm-0-budget", "60 000")
    spara(sida)
    sida.wait_for_selector("text=Budgeten har sparats.")
    lena.granska("budget-sparad")


def test_two_who_change_the_budget_lose_nothing(fonster, trollhattan):
    lena, per = (fonster(administrator(trollhattan)) for _ in range(2))
    sidor = [person.oppna(adress("budget", trollhattan.pk) + "?ar=2012") for person in (lena, per)]
    for sida, belopp in zip(sidor, ("5 300 000", "5 100 000"), strict=True):
        sida.fill("#id_fin-0-belopp", belopp)
        spara(sida)

    sidor[1].wait_for_selector("h1:has-text('Någon annan har ändrat uppgifterna')")
    per.granska("budget-konflikt")
    assert sidor[1].input_value("#id_fin-0-belopp").replace("\u202f", " ") == "5 100 000"


def test_others_read_the_budget(fonster, trollhattan):
    annan = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)

    sida = annan.oppna(adress("budget", trollhattan.pk) + "?ar=2012")
    annan.granska("budget-lasa")

    assert not sida.locator("#formular").count()


def test_a_new_year_is_proposed_row_by_row(fonster, trollhattan):
    lena = fonster(administrator(trollhattan))

    lena.oppna(adress("budget", trollhattan.pk) + "?ar=2013")

    lena.granska("budget-nytt-ar")


def test_uppdrag_are_given_and_ended(fonster, trollhattan):
    BehorighetFactory(roll=Roll.INSATSANSVARIG, anvandare=AnvandareFactory(fornamn="Karl", efternamn="Provberg"))
    lena = fonster(administrator(trollhattan))

    sida = lena.oppna(adress("uppdrag", trollhattan.pk))
    lena.granska("uppdrag")
    sida.click("text=Ge uppdrag som insatsansvarig")
    sida.fill("#sok_fornamn", "Karl*")
    sida.press("#sok_fornamn", "Enter")
    sida.wait_for_url("**fornamn=Karl**")
    lena.granska("uppdrag-valj")
    spara(sida)
    lena.granska("uppdrag-valj-fel")
    sida.click("text=Karl Provberg")
    spara(sida)
    sida.wait_for_selector("text=Uppdraget har getts.")
    sida.click("a:has-text('Avsluta uppdraget för Karl Provberg')")
    lena.granska("uppdrag-avsluta")


def test_the_list_is_searched(fonster):
    SamverkansorganisationFactory.create_batch(60)
    forbundet = SamverkansorganisationFactory(namn="Östra Provbygden")
    lena = fonster(administrator(forbundet))

    lena.oppna(adress("list"))
    lena.granska("organisationer")
    lena.oppna(adress("list") + "?namn=Finns+inte")
    lena.granska("organisationer-ingen-traff")
