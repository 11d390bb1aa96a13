"""The pages of insatser in a browser: empty, filled, with errors, with a conflict; axe and the widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from insatser.actions import registrera_volym
from insatser.models import Insats, InsatsAr
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def insats():
    return InsatsFactory(
        namn="Hjortmossen",
        beskrivning="Arbetsträning i stall och verkstad för den som varit borta länge från arbetslivet.",
        malgrupper=["unga", "psykisk_ohalsa", "langtidsarbetslosa"],
    )


@pytest.fixture
def ansvarig(fonster, insats):
    return fonster(UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare)


def adress(namn, insats):
    return reverse(f"insatser:{namn}", args=[insats.pk])


def spara(sida):
    sida.click("#formular button[data-vantar]")


def test_insatser_are_searched(ansvarig, insats):
    InsatsFactory.create_batch(25)

    ansvarig.oppna(reverse("insatser:list"))
    ansvarig.granska("insatser-sok")
    ansvarig.oppna(reverse("insatser:list") + "?text=Finns+inte")
    ansvarig.granska("insatser-sok-tomt")


def test_insatser_are_looked_at_as_cards(ansvarig, insats):
    Insats.objects.filter(pk=insats.pk).update(mal="Hälften av deltagarna arbetar eller studerar ett år efter insatsen.")
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), utfall=498_000)
    volyminsats = InsatsFactory(volym=True, volym_avser="tillfallen", namn="Nätverksträffar")
    registrera_volym(insats=volyminsats, ar=2011, antal=1250, by=None)
    InsatsFactory.create_batch(3, beskrivning="Vi möter deltagarna där de är, i grupp och var för sig. " * 12)

    sida = ansvarig.oppna(reverse("insatser:list"))
    sida.click("nav[aria-label='Visa som'] a:has-text('Kort')")
    sida.wait_for_selector("text=Antal tillfällen 2011")
    ansvarig.granska("insatser-kort")
    sida.fill("#id_text", "arbetsträning")
    sida.press("#id_text", "Enter")
    sida.wait_for_selector("h2:has-text('1 insats')")
    expect(sida.locator("text=Hälften av deltagarna")).to_be_visible()  # still as cards


def test_a_mixed_activity_is_registered_as_two(ansvarig, insats):
    sida = ansvarig.oppna(reverse("insatser:create"))
    sida.fill("#id_namn", "Språngbrädan")
    sida.fill("#id_startdatum", "2012-01-01")
    sida.click("label[for=id_inriktning_0]")
    sida.click("label:has-text('Verksamheten har båda slagen')")
    sida.click("label[for=id_preciserad_inriktning_1]")
    sida.click("label[for=id_deltagarregistrering_0]")
    sida.click("label:text-is('Unga')")
    spara(sida)
    sida.wait_for_selector("text=Fyll nu i den andra insatsen.")
    ansvarig.granska("insats-andra-halvan")
    sida.fill("#id_namn", "Samsyn")
    sida.click("label[for=id_preciserad_inriktning_4]")
    sida.click("label[for=id_volym_avser_1]")
    sida.click("label:has-text('Myndighetspersonal i samverkan')")
    spara(sida)
    sida.wait_for_selector("h2:has-text('Hör ihop med')")
    ansvarig.granska("insats-hor-ihop")


def test_an_insats_is_registered(ansvarig, insats):
    sida = ansvarig.oppna(reverse("insatser:create"))
    ansvarig.granska("insats-ny")
    spara(sida)
    sida.wait_for_selector("text=Ange minst en målgrupp.")
    ansvarig.granska("insats-ny-fel")
    sida.fill("#id_namn", "Hjortmossen 2012")
    sida.fill("#id_startdatum", "2012-01-01")
    sida.click("label[for=id_inriktning_1]")
    expect(sida.locator("#id_deltagarregistrering_1")).to_be_checked()  # preselected
    assert sida.is_hidden("text=Rehabilitering till arbete eller utbildning")  # of the other inriktning
    sida.click("label[for=id_preciserad_inriktning_6]")
    sida.click("label[for=id_volym_avser_0]")
    sida.click("label:has-text('Myndighetspersonal i samverkan')")
    spara(sida)
    sida.wait_for_selector("text=Det finns redan en insats som heter Hjortmossen.")
    ansvarig.granska("insats-ny-varning")
    sida.click("button:has-text('Spara ändå')")
    sida.wait_for_selector("text=Insatsen är registrerad.")
    ansvarig.granska("insats-registrerad")

    assert Insats.objects.get(namn="Hjortmossen 2012").ar_volyminsats


def test_an_insats_with_participants_shows_why_its_categorisation_is_locked(ansvarig, insats):
    DeltagandeFactory(insats=insats)

    sida = ansvarig.oppna(adress("update", insats))
    ansvarig.granska("insats-last")

    assert sida.locator("[name=inriktning]").count() == 0
    expect(sida.locator("text=Kategoriseringen kan inte ändras")).to_be_visible()


def test_the_budget_is_filled_in(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010), budget=450_000, utfall=431_200)

    sida = ansvarig.oppna(adress("budget", insats) + "?ar=2011")
    ansvarig.granska("insats-budget-tom")
    sida.fill("#id_planerat_antal", "40")
    sida.select_option("#id_rad-0-budgettyp", "insatskostnad")
    sida.fill("#id_rad-0-budget", "500 000")
    sida.click("text=Lägg till rad")
    sida.wait_for_selector("#id_rad-1-budgettyp")
    assert sida.evaluate("document.activeElement.id") == "id_rad-1-budgettyp"
    sida.select_option("#id_rad-1-budgettyp", "esf_insatskostnad")
    spara(sida)
    sida.wait_for_selector("text=Fyll i budget.")
    ansvarig.granska("insats-budget-fel")
    sida.fill("#id_rad-1-budget", "120000")
    spara(sida)
    sida.wait_for_selector("text=Uppgifterna har sparats.")
    ansvarig.granska("insats-budget")

    assert sorted(InsatsAr.objects.get(ar=2011).rader.values_list("budget", flat=True)) == [120_000, 500_000]


def test_two_who_change_the_budget_at_once_see_both_texts(ansvarig, insats):
    insatsar = InsatsArFactory(insats=insats, ar=2011)
    InsatsBudgetFactory(insatsar=insatsar)
    sida = ansvarig.oppna(adress("budget", insats) + "?ar=2011")
    InsatsAr.objects.filter(pk=insatsar.pk).update(version=2, planerat_antal=60)

    sida.fill("#id_rad-0-utfall", "498 000")
    spara(sida)
    sida.wait_for_selector("text=Någon annan har ändrat uppgifterna")
    ansvarig.granska("insats-budget-konflikt")


def test_volym_is_registered(ansvarig, insats):
    volyminsats = InsatsFactory(volym=True, samverkansorganisation=insats.samverkansorganisation, namn="Information")

    sida = ansvarig.oppna(adress("volym", volyminsats))
    ansvarig.granska("insats-volym-tom")
    sida.select_option("#id_ar", "2011")
    sida.fill("#id_antal", "25")
    sida.click("#formular button[value=ta-bort]")
    sida.wait_for_selector("text=Antalet som tas bort kan inte vara större")
    ansvarig.granska("insats-volym-fel")
    sida.click("#formular button[value=lagg-till]")
    sida.wait_for_selector("text=Antalet har sparats.")
    ansvarig.granska("insats-volym")
    ansvarig.oppna(adress("volym", insats))
    ansvarig.granska("insats-volym-fel-slag")

    assert volyminsats.volymposter.summa(2011) == 25


def test_deltagaransvariga_are_chosen_and_ended(ansvarig, insats):
    BehorighetFactory(roll=Roll.DELTAGARANSVARIG, anvandare__efternamn="Övningsdal")

    sida = ansvarig.oppna(adress("uppdrag_ge", insats))
    ansvarig.granska("insats-deltagaransvariga-tom")
    sida.click("label:has-text('Övningsdal')")
    spara(sida)
    sida.wait_for_selector("text=som inte är medlem i")
    ansvarig.granska("insats-deltagaransvariga-varning")
    sida.click("button:has-text('Spara ändå')")
    sida.wait_for_selector("text=Uppdraget har getts.")
    ansvarig.granska("insats-deltagaransvariga")
    sida.click("a:has-text('Avsluta')")
    ansvarig.granska("insats-uppdrag-avsluta")
    spara(sida)
    sida.wait_for_selector("text=blir utan deltagaransvarig")
    ansvarig.granska("insats-uppdrag-avsluta-varning")
    sida.click("button:has-text('Spara ändå')")
    sida.wait_for_selector("text=Uppdraget har avslutats.")


def test_an_insats_is_read_and_an_empty_one_removed(ansvarig, insats):
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats)
    tom = InsatsFactory(samverkansorganisation=insats.samverkansorganisation, namn="Felskriven")
    volyminsats = InsatsFactory(volym=True, samverkansorganisation=insats.samverkansorganisation)
    registrera_volym(insats=volyminsats, ar=2011, antal=25, by=None)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), utfall=0)

    ansvarig.oppna(insats.get_absolute_url())
    ansvarig.granska("insats")
    ansvarig.oppna(volyminsats.get_absolute_url())
    ansvarig.granska("insats-volyminsats")
    ansvarig.oppna(adress("delete", insats))
    ansvarig.granska("insats-ta-bort-hinder")
    sida = ansvarig.oppna(adress("delete", tom))
    ansvarig.granska("insats-ta-bort")
    spara(sida)
    sida.wait_for_selector("text=Insatsen är borttagen.")

    assert not Insats.objects.filter(pk=tom.pk).exists()
