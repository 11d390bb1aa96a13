"""What sus.js adds to a form page, and that the page works without it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import InsatsFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

SPARA = "#formular button[data-vantar]"


@pytest.fixture
def formulardel(fonster):
    """formulardel(**context options) → the window, its page with the form of an insats, the insats, and the POSTs that leave it."""

    def _formulardel(**kwargs):
        insats = InsatsFactory(namn="Hjortmossen")
        uppdrag = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation)
        webb = fonster(uppdrag.anvandare, **kwargs)
        sida = webb.oppna(reverse("insatser:update", args=[insats.pk]))
        poster = []
        sida.on("request", lambda forfragan: poster.append(forfragan) if forfragan.method == "POST" else None)
        return webb, sida, insats, poster

    return _formulardel


def skriv_i_namn(sida, text):
    sida.fill("#id_namn", text)


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_in_a_field_saves(formulardel, javascript):
    _, sida, insats, _ = formulardel(java_script_enabled=javascript)

    skriv_i_namn(sida, "Trampolin")
    sida.press("#id_namn", "Enter")
    sida.wait_for_selector("text=Uppgifterna har sparats.")

    insats.refresh_from_db()
    assert insats.namn == "Trampolin"


def test_ctrl_s_saves_wherever_one_is(formulardel):
    webb, sida, insats, _ = formulardel()

    skriv_i_namn(sida, "Trampolin")
    sida.focus("text=Avbryt")
    webb.tangenter("Control+s")
    sida.wait_for_selector("text=Uppgifterna har sparats.")

    insats.refresh_from_db()
    assert insats.namn == "Trampolin"


@pytest.mark.parametrize(
    ("skrivet", "star"),
    [
        ("110131", "2011-01-31"),
        ("20110131 ", "2011-01-31"),
        ("991231", "1999-12-31"),
        ("2011-1-31", "2011-1-31"),
        ("31012011", "31012011"),
        ("110100", "110100"),
        ("31 jan", "31 jan"),
    ],
)
def test_a_date_without_hyphens_is_shown_in_full(formulardel, skrivet, star):
    _, sida, _, _ = formulardel()

    sida.fill("#id_startdatum", skrivet)
    sida.press("#id_startdatum", "Tab")

    expect(sida.locator("#id_startdatum")).to_have_value(star)
    sida.goto("about:blank")


def test_pressed_button_says_so_and_is_not_pressed_twice(formulardel):
    _, sida, _, poster = formulardel()
    sida.evaluate(
        "selektor => addEventListener('pagehide', () => sessionStorage.setItem('knapp', document.querySelector(selektor).textContent))",
        SPARA,
    )

    sida.dblclick(SPARA)
    sida.wait_for_selector("text=Uppgifterna har sparats.")

    assert len(poster) == 1
    assert sida.evaluate("sessionStorage.getItem('knapp')") == "Sparar …"


def test_leaving_what_is_not_saved_is_asked_about(formulardel):
    _, sida, _, _ = formulardel()
    fragor = []
    sida.on("dialog", lambda ruta: (fragor.append(ruta.type), ruta.accept()))

    skriv_i_namn(sida, "Trampolin")
    sida.click("text=Avbryt")
    sida.wait_for_url("**" + reverse("insatser:list").rstrip("/") + "/**")

    assert fragor == ["beforeunload"]


def test_leaving_an_untouched_form_is_not_asked_about(formulardel):
    _, sida, _, _ = formulardel()
    fragor = []
    sida.on("dialog", lambda ruta: (fragor.append(ruta.type), ruta.accept()))

    sida.click("text=Avbryt")
    sida.wait_for_url("**" + reverse("insatser:list").rstrip("/") + "/**")

    assert fragor == []


def test_focus_is_on_the_first_field_and_on_the_summary_after_errors(formulardel):
    _, sida, _, _ = formulardel(java_script_enabled=False)
    forst = sida.evaluate("document.activeElement.id")

    skriv_i_namn(sida, "")
    sida.press("#id_namn", "Enter")
    sida.wait_for_selector("#felrubrik")

    assert forst.startswith("id_")
    assert sida.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "felrubrik"
    expect(sida).to_have_title(re.compile("^Fel: "))
