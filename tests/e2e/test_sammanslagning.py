"""The end and the merger of samverkansorganisationer in a browser: empty, with errors, warned, done; axe and the widths."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    DeltagandeFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


def adress(namn, *argument):
    return reverse(f"organisations:{namn}", args=argument)


def spara(sida):
    sida.click("#formular button[data-vantar]")


@pytest.fixture
def forbunden():
    alven, kusten, *_ = [SamverkansorganisationFactory(namn=namn) for namn in ("Älven", "Kusten", "Ådalen", "Östra Östergötland")]
    alven.omraden.create(kommun_id="1488")
    kusten.omraden.create(kommun_id="1480")
    InsatsFactory(samverkansorganisation=alven, namn="Trampolin", slutdatum=None)
    DeltagandeFactory(insats__samverkansorganisation=kusten, insats__namn="Ängen", insats__slutdatum=date(2015, 1, 1))
    return alven, kusten


def test_two_become_one(fonster, forbunden):
    alven, kusten = forbunden
    BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR, anvandare=AnvandareFactory(fornamn="Lena", efternamn="Holm"))
    fk = fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare)

    sida = fk.oppna(adress("detail", alven.pk))
    fk.granska("organisation-hos-fk")
    sida.click("text=Slå ihop med en annan")
    expect(sida.locator(f"input[name=slas_ihop][value='{alven.pk}']")).to_be_checked()
    fk.granska("sla-ihop")
    spara(sida)
    fk.granska_fel("sla-ihop-fel", "Välj minst två samverkansorganisationer.", "Fyll i sista dag.")
    sida.click("label:has-text('Kusten')")
    sida.fill("#id_sista_dag", "2018-12-31")
    sida.fill("#id_namn", "Älv och Kust")
    sida.fill("#id_bestallare_epost", "bestallare@example.com")
    sida.click("text=Lena Holm")
    spara(sida)
    sida.click("button[name=bekraftade]")
    fk.granska_fel("sla-ihop-hinder", "Älven: 1 insats pågår efter 2018-12-31.", "Kusten: 1 deltagare är inte utregistrerad.")
    expect(sida.locator("section[aria-labelledby=hinder] a")).to_have_text(
        ["Älven: Trampolin: slutdatum saknas", "Kusten: Ängen: 1 deltagare är inte utregistrerad"],
        use_inner_text=True,
    )
    alven.insatser.update(slutdatum=date(2018, 6, 30))
    kusten.insatser.get().deltaganden.update(slutdatum=date(2014, 1, 1), avslutningsanledning=1)
    spara(sida)
    sida.wait_for_selector("text=Kontrollera innan du sparar")
    fk.granska("sla-ihop-varning")
    sida.click("button[name=bekraftade]")
    fk.har_kvittot("Samverkansorganisationerna är ihopslagna.")
    fk.granska("sla-ihop-klart")
    sida.click("a:has-text('Kusten')")
    sida.wait_for_selector("text=Uppgick i")
    fk.granska("organisation-uppgick")
    sida.click("text=Ändra grunduppgifter")
    fk.granska("grunduppgifter-avslutad")


def test_what_has_ended_is_read_only_to_its_administrator(fonster, forbunden):
    alven, _ = forbunden
    UppdragFactory(
        roll=Roll.SUS_STOD,
        samverkansorganisation=alven,
        anvandare=AnvandareFactory(fornamn="Stina", efternamn="Stöd", telefon="070-000 12 34"),
    )
    lena = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=alven).anvandare)

    sida = lena.oppna(adress("update", alven.pk))
    sida.fill("#id_slutdatum", "2018-12-31")
    spara(sida)
    lena.granska_fel("avsluta-hinder", "1 insats pågår efter 2018-12-31. Ange slutdatum för dem först.")
    alven.insatser.update(slutdatum=date(2018, 6, 30))
    spara(sida)
    sida.wait_for_selector("text=Avslutad 2018-12-31.")
    lena.granska("organisation-avslutad")
    lena.oppna(adress("omrade", alven.pk))
    lena.granska("omrade-avslutad")
    lena.oppna(adress("uppdrag", alven.pk))
    lena.granska("uppdrag-avslutad")
    sida = lena.oppna("/hjalp/")
    lena.granska("hjalp-med-stod")
    expect(sida.locator("main")).to_contain_text("Älven: Stina Stöd, telefon 070-000 12 34", use_inner_text=True)
