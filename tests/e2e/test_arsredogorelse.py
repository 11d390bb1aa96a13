"""Årsredogörelser in a browser: empty, written, counted, too long, in conflict, final, opened again; axe and the widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from insatser.models import Arsredogorelse
from tests.conftest import med_riktiga_transaktioner
from tests.factories import ArsredogorelseFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

TEXT = """Elva ungdomar har deltagit i grupper om fyra, i stall och verkstad.

# Så gick det
Sju av elva gick vidare till arbete eller studier."""


@pytest.fixture
def insats():
    insats = InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Älvdalsförbundet")
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), budget=1_360_000, utfall=1_298_400)
    return insats


@pytest.fixture
def ansvarig(fonster, insats):
    return fonster(UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare)


def skriv_adress(insats):
    return f"{reverse('insatser:arsredogorelse_skriv', args=[insats.pk])}?ar=2011"


def test_a_year_is_told_from_draft_to_final_and_opened_again(ansvarig, insats):
    sida = ansvarig.oppna(reverse("insatser:arsredogorelser", args=[insats.pk]))
    ansvarig.granska("arsredogorelser-insats-tomt")
    sida.click("a:has-text('Skriv årsredogörelse för 2011')")
    ansvarig.hand.tryck("Spara utkast")
    ansvarig.granska_fel("arsredogorelse-fel", "Fyll i rubrik.", "Fyll i text.")
    ansvarig.hand.fyll("Rubrik", "Fler unga i arbete")
    sida.fill("#id_text", TEXT)
    expect(sida.get_by_text(f"{6000 - len(TEXT):,} tecken kvar".replace(",", "\u00a0"))).to_be_visible()
    ansvarig.granska("arsredogorelse-skriv")
    ansvarig.hand.tryck("Spara utkast")
    ansvarig.har_kvittot("Utkastet är sparat.")
    ansvarig.granska("arsredogorelse-utkast")
    ansvarig.oppna(Arsredogorelse.objects.get().get_absolute_url())
    ansvarig.granska("arsredogorelse-las-utkast")
    ansvarig.oppna(skriv_adress(insats))
    ansvarig.hand.tryck("Spara och markera som klar")
    ansvarig.har_kvittot("Årsredogörelsen är klar.")
    assert sida.inner_text("main h2").startswith("Så gick det")
    ansvarig.granska("arsredogorelse-klar")
    sida.click("a:has-text('Öppna igen')")
    ansvarig.granska("arsredogorelse-oppna")
    ansvarig.hand.tryck("Öppna igen")
    ansvarig.har_kvittot("Årsredogörelsen är öppnad")
    expect(sida.locator("#id_text")).to_have_value(TEXT)


def test_a_draft_is_thrown_away(ansvarig, insats):
    sida = ansvarig.oppna(ArsredogorelseFactory(insats=insats).get_absolute_url())

    sida.click("a:has-text('Ta bort utkastet')")
    ansvarig.granska("arsredogorelse-ta-bort")
    ansvarig.hand.tryck("Ta bort utkastet")
    ansvarig.har_kvittot("Utkastet är borttaget.")
    assert "Saknas" in ansvarig.tabell("År då insatsen har pågått")[-1]
    ansvarig.granska("arsredogorelse-borttagen")


def test_a_text_that_is_too_long_says_so_while_it_is_written_and_when_it_is_laid_out(ansvarig, insats):
    sida = ansvarig.oppna(skriv_adress(insats))
    sida.fill("#id_rubrik", "Fler unga i arbete")
    sida.fill("#id_text", "å" * 6012)
    expect(sida.locator("text=12 tecken för mycket")).to_be_visible()
    sida.fill("#id_text", "Ja.\n" * 140)
    ansvarig.hand.tryck("Spara och markera som klar")
    ansvarig.granska_fel("arsredogorelse-for-lang", "Texten tar 3 sidor på papper.")


def test_two_authors_at_once_see_both_texts_in_the_browser(ansvarig, insats):
    ansvarig.oppna(skriv_adress(insats))
    ansvarig.sida.fill("#id_rubrik", "Fler unga i arbete")
    ansvarig.sida.fill("#id_text", "Min text om året.")
    ArsredogorelseFactory(insats=insats, text="Någon annans text om året.")
    ansvarig.hand.tryck("Spara utkast")

    ansvarig.sida.wait_for_selector("text=Någon annan har ändrat uppgifterna")
    ansvarig.granska("arsredogorelse-konflikt")


def test_the_forbund_sees_how_far_its_insatser_have_come_and_takes_them_home(ansvarig, insats):
    forbund = insats.samverkansorganisation
    ArsredogorelseFactory(insats=insats, klar=True)
    ArsredogorelseFactory(insats=InsatsFactory(namn="Ålidhem", samverkansorganisation=forbund))
    InsatsFactory(namn="Zebran", samverkansorganisation=forbund)

    sida = ansvarig.oppna(f"{reverse('insatser:arsredogorelser_samlade', args=[forbund.pk])}?ar=2011")
    ansvarig.granska("arsredogorelser-samlade")
    with sida.expect_download() as nedladdning:
        sida.click("a:has-text('Hämta alla klara')")

    assert nedladdning.value.suggested_filename == "arsredogorelser-alvdalsforbundet-2011.pdf"
