"""Kompletterande frågor in a browser: from the empty page to a published question, by keyboard; axe and the widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from organisations.models import KompletterandeFraga
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory, KompletterandeFragaFactory, SamverkansorganisationFactory, SvarFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory(namn="Provbygden")


@pytest.fixture
def webb(fonster, forbund):
    return fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)


def adress(namn, rad):
    return reverse(f"organisations:{namn}", args=[rad.pk])


def spara(sida):
    with sida.expect_navigation():
        sida.keyboard.press("Control+s")


def test_a_question_goes_from_empty_page_to_published(webb, forbund):
    sida = webb.oppna(adress("fragor", forbund))
    webb.granska("fragor-tomt")
    sida.get_by_role("link", name="Registrera kompletterande fråga").click()
    webb.granska("fragor-ny")
    spara(sida)
    webb.granska_fel("fragor-ny-fel", "Fyll i frågans namn.", "Skriv minst 2 alternativ.")

    sida.get_by_label("Frågans namn").fill("Initiativ")
    sida.get_by_label("Från och med").fill("2012-01-01")
    sida.get_by_label("Vid båda").press("Space")
    sida.get_by_label("Fråga", exact=True).fill("Vem tog initiativ till insatsen?")
    sida.get_by_label("Hjälptext").fill("Den som först förde insatsen på tal.")
    sida.get_by_label("Ett alternativ").press("Space")
    for nr, text in enumerate(("Deltagaren", "Läkaren", "Handläggare på Försäkringskassan"), 1):
        sida.get_by_label(f"Alternativ {nr}", exact=True).fill(text)
    sida.get_by_role("button", name="Lägg till alternativ").click()
    expect(sida.get_by_label("Alternativ 4", exact=True)).to_be_focused()
    webb.skriv("Arbetsförmedlingen")
    sida.get_by_role("button", name="Flytta upp Alternativ 4").click()
    expect(sida.get_by_label("Alternativ 3", exact=True)).to_be_focused()
    spara(sida)
    expect(sida.locator("[role=alert]")).to_contain_text("”Läkaren” kan handla om hälsa.", use_inner_text=True)
    webb.granska("fragor-varning")
    with sida.expect_navigation():
        sida.get_by_role("button", name="Spara ändå").click()
    webb.har_kvittot("Frågan är sparad som utkast.")
    assert [rad[0] for rad in webb.tabell("Initiativ")] == [
        *("Deltagaren", "Läkaren", "Arbetsförmedlingen", "Handläggare på Försäkringskassan"),
    ]
    webb.granska("fragor-utkast")

    sida.get_by_role("link", name="Publicera frågan").click()
    webb.granska("fragor-publicera")
    spara(sida)
    webb.granska_fel("fragor-publicera-fel", "Kryssa för att frågan inte gäller känsliga personuppgifter.")
    sida.get_by_label("Frågan och alternativen gäller inte ras").press("Space")
    spara(sida)
    webb.har_kvittot("Frågan är publicerad.")
    assert KompletterandeFraga.objects.get().publicerad


def test_a_yes_or_no_question_asks_for_no_alternatives(webb, forbund):
    sida = webb.oppna(adress("fraga_create", forbund))

    sida.get_by_label("Ja eller nej").press("Space")

    assert not sida.get_by_label("Alternativ 1", exact=True).is_visible()


def test_the_list_the_form_of_questions_and_the_locked_question(webb, forbund):
    insats = InsatsFactory(samverkansorganisation=forbund)
    fragor = {"Samordnare": "ja_nej", "Initiativ": "ett", "Stöd under insatsen": "flera"}
    for ordning, (namn, slag) in enumerate(fragor.items(), 1):
        KompletterandeFragaFactory(
            samverkansorganisation=forbund,
            namn=namn,
            slag=slag,
            ordning=ordning,
            fragetext=f"Hur är det med {namn.lower()} för deltagaren i insatsen just nu?",
            hjalptext="Svara för tiden fram till i dag.",
            alternativ=["Ja", "Nej"] if slag == "ja_nej" else ["Deltagaren själv", "Handläggaren", "Någon annan"],
            mattillfalle="in" if slag == "ett" else "bada",
        )
    besvarad = forbund.fragor.get(namn="Initiativ")
    SvarFactory(fraga=besvarad, deltagande__insats=insats)
    sida = webb.oppna(adress("fragor", forbund))

    with sida.expect_navigation():
        sida.get_by_role("button", name="Flytta upp Initiativ").click()

    webb.har_kvittot("Ordningen är ändrad.")
    assert [rad[0].split()[0] for rad in webb.tabell("Frågor i den ordning de ställs")] == ["Initiativ", "Samordnare", "Stöd"]
    webb.granska("fragor-lista")
    sida.get_by_role("link", name="Visa frågeformulär").click()
    webb.granska("fragor-formular")
    webb.oppna(adress("fraga", besvarad))
    webb.granska("fragor-besvarad")
    webb.oppna(adress("fraga_update", besvarad))
    webb.granska("fragor-sista-dag")
    webb.oppna(adress("fraga_delete", besvarad))
    webb.granska("fragor-ta-bort-hinder")
    webb.oppna(adress("fraga_delete", forbund.fragor.get(namn="Samordnare")))
    webb.granska("fragor-ta-bort")
    webb.oppna(adress("fraga_flytta", besvarad))
    webb.granska("fragor-flytta")


def test_a_conflict_shows_both_questions(webb, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)
    sida = webb.oppna(adress("fraga_update", fraga))
    KompletterandeFraga.objects.update(fragetext="Vem föreslog insatsen?", version=2)

    sida.get_by_label("Fråga", exact=True).fill("Vem ville ha insatsen?")
    sida.get_by_label("Frågan och alternativen gäller inte ras").press("Space")
    spara(sida)

    assert [rad[1:] for rad in webb.tabell("Det som skiljer")] == [["Vem föreslog insatsen?", "Vem ville ha insatsen?"]]
    webb.granska("fragor-konflikt")
