"""Nothing that has been typed is lost: drafts, an expired session and a network that is cut."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from deltagare import utkast
from deltagare.models import Deltagande, Utkast
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import inloggningskakor
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def insats(db):
    return InsatsFactory(namn="Hjortmossen")


@pytest.fixture
def anvandare(insats):
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare


@pytest.fixture
def sidan(insats):
    return f"{reverse('deltagare:registrera')}?insats={insats.pk}"


@pytest.fixture
def webb(fonster, anvandare, sidan):
    nytt = fonster(anvandare)
    nytt.oppna(sidan)
    nytt.sida.on("dialog", lambda ruta: ruta.accept())  # leave a page with something unsaved
    return nytt


def fyll_i(sida):
    sida.click("label[for=id_samtycke_finns]")
    sida.fill("#id_samtycke_datum", "2011-11-30")
    sida.fill("#id_personnummer", "196209019808")
    sida.click("button[name=hamta]")
    sida.wait_for_selector("#hamtat")
    sida.fill("#id_startdatum", "2011-12-05")
    sida.select_option("#id_utbildning", "gymnasium")
    sida.select_option("#id_tid_forsorjning", "3")
    for etikett in ("forsorjning_fore_0", "af_fore_1", "arbetar_fore_1"):
        sida.click(f"label[for=id_{etikett}]")


def vanta_pa_utkast(sida):
    sida.wait_for_selector("[data-utkast]:has-text('Utkast sparat kl. ')")


def test_a_draft_is_kept_while_one_writes_and_taken_up_the_next_time(webb, sidan):
    sida = webb.sida
    fyll_i(sida)
    vanta_pa_utkast(sida)
    webb.granska("registrera-utkast-sparat")

    webb.oppna(sidan)
    expect(sida.locator("#id_startdatum")).to_have_value("")
    webb.granska("registrera-utkast-finns")
    sida.click("button[name=fortsatt_utkast]")
    sida.wait_for_selector("#hamtat")
    webb.granska("registrera-ur-utkast")

    expect(sida.locator("#hamtat")).to_contain_text("Alma Testsson", use_inner_text=True)
    assert webb.hand.fokus()["grupp"] == "Studerar deltagaren?"
    webb.tangenter("ArrowRight", "Enter")
    sida.wait_for_selector("text=Deltagaren är registrerad.")
    assert Deltagande.objects.get().startdatum == date(2011, 12, 5)
    assert not Utkast.objects.exists()


def test_nothing_is_kept_before_the_samtycke_and_nothing_after_it_is_taken_back(webb):
    sida, poster = webb.sida, []
    sida.on("request", lambda forfragan: poster.append(forfragan) if forfragan.method == "POST" else None)
    sida.fill("#id_startdatum", "2011-12-05")
    sida.wait_for_timeout(3000)
    assert poster == []

    sida.click("label[for=id_samtycke_finns]")
    vanta_pa_utkast(sida)
    assert utkast.las(Utkast.objects.get())["startdatum"] == ["2011-12-05"]
    sida.click("label[for=id_samtycke_finns]")
    sida.wait_for_selector("[data-utkast]:has-text('Ett utkast kan sparas')")

    assert not Utkast.objects.exists()


def test_a_draft_survives_an_expired_session(webb, anvandare, settings, sidan):
    sida = webb.sida
    fyll_i(sida)
    vanta_pa_utkast(sida)
    webb.sammanhang.clear_cookies()
    webb.vantar_sig(403)
    sida.click("label[for=id_studerar_fore_1]")
    sida.wait_for_selector("text=Utkastet kunde inte sparas.")

    webb.sammanhang.add_cookies(inloggningskakor(anvandare, settings, webb.sammanhang))
    webb.oppna(sidan)
    sida.click("button[name=fortsatt_utkast]")
    sida.wait_for_selector("#hamtat")

    expect(sida.locator("#id_startdatum")).to_have_value("2011-12-05")


def test_without_a_network_nothing_is_lost_and_the_retry_makes_one_row(webb):
    sida = webb.sida
    webb.vantade |= {"ERR_INTERNET_DISCONNECTED"}
    fyll_i(sida)
    sida.click("label[for=id_studerar_fore_1]")

    webb.sammanhang.set_offline(True)
    sida.press("#id_startdatum", "Enter")
    sida.wait_for_selector("text=Datorn har ingen kontakt med nätet.")
    sida.wait_for_selector("text=Utkastet kunde inte sparas.")
    webb.granska("registrera-utan-nat")
    expect(sida.locator("#id_startdatum")).to_have_value("2011-12-05")
    webb.sammanhang.set_offline(False)
    sida.wait_for_selector("text=Nätet är tillbaka. Spara igen.")
    sida.press("#id_startdatum", "Enter")
    sida.wait_for_selector("text=Deltagaren är registrerad.")

    assert Deltagande.objects.count() == 1
    assert not Utkast.objects.exists()


def test_an_answer_that_never_came_makes_one_row(webb):
    """The server has saved, the browser does not know: the same form is sent once more."""
    sida = webb.sida
    fyll_i(sida)
    sida.click("label[for=id_studerar_fore_1]")
    kropp = sida.evaluate(
        "() => { const falt = new FormData(document.getElementById('formular')); falt.append('spara', ''); return fetch(location.href, "
        "{method: 'POST', body: falt, redirect: 'manual'}).then(svar => svar.type); }"
    )
    assert kropp == "opaqueredirect"

    sida.press("#id_startdatum", "Enter")
    sida.wait_for_selector("text=Uppgifterna är redan sparade.")

    assert Deltagande.objects.count() == 1


def test_utregistrering_has_drafts(webb, insats):
    rad = DeltagandeFactory(insats=insats, person=PersonFactory(namn_klartext="Elsa Testexempel"), startdatum=date(2011, 2, 1))
    SamtyckeFactory(deltagande=rad)
    adress = reverse("deltagare:ut", args=[rad.pk])
    sida = webb.oppna(adress)
    sida.fill("#id_slutdatum", "2011-11-30")
    vanta_pa_utkast(sida)

    webb.oppna(adress)
    webb.granska("ut-utkast-finns")
    sida.click("button[name=fortsatt_utkast]")
    sida.wait_for_selector("#id_slutdatum[value='2011-11-30']")
    webb.granska("ut-ur-utkast")


def test_drafts_work_without_javascript(fonster, anvandare, sidan):
    sida = fonster(anvandare, java_script_enabled=False).oppna(sidan)
    sida.fill("#id_startdatum", "2011-12-05")
    sida.click("button[name=spara_utkast]")
    expect(sida.locator("main")).to_contain_text("Samtycke (blankett 9443) måste finnas", use_inner_text=True)
    expect(sida.locator("#id_startdatum")).to_have_value("2011-12-05")
    sida.click("label[for=id_samtycke_finns]")
    sida.click("button[name=spara_utkast]")
    expect(sida.locator("main")).to_contain_text("Utkastet är sparat.", use_inner_text=True)

    sida.click("button[name=fortsatt_utkast]")
    expect(sida.locator("#id_startdatum")).to_have_value("2011-12-05")
    sida.goto(sidan)
    sida.click("button[name=ta_bort_utkast]")

    expect(sida.locator("main")).to_contain_text("Utkastet är borttaget.", use_inner_text=True)
    assert not Utkast.objects.exists()
