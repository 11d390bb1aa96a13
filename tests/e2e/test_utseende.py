"""The look: every component and the pages that are open to everybody, in light and dark, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.conftest import med_riktiga_transaktioner

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

NUMRERA = """() => {
  const slag = new Map();
  for (const nod of document.querySelectorAll("main :is(button, input, select, textarea):enabled, main :is(a, summary)"))
    if (nod.checkVisibility()) slag.set(nod.tagName + nod.className + Boolean(nod.closest("tr")), nod);
  [...slag.values()].forEach((nod, nr) => { nod.dataset.prov = nr; });
  return slag.size;
}"""
SIDOR = {"galleri": "/galleri/", "hjalp": "/hjalp/", "tillganglighet": "/tillganglighet/", "logga-in": "/logga-in/"}


@pytest.mark.parametrize("farger", ["light", "dark"])
@pytest.mark.parametrize("namn", SIDOR)
def test_open_pages_have_no_accessibility_errors(fonster, namn, farger):
    webb = fonster(color_scheme=farger)

    webb.oppna(SIDOR[namn])

    webb.granska(f"{namn}-{farger}")


@pytest.mark.parametrize("farger", ["light", "dark"])
def test_what_the_mouse_or_the_focus_is_on_can_be_read(fonster, farger):
    """Each kind of link, button and field in the components' page, with the row that it stands in. The menu is not among them."""
    webb = fonster(color_scheme=farger)
    sida = webb.oppna("/galleri/")

    for nr in range(sida.evaluate(NUMRERA)):
        nod = sida.locator(f"[data-prov='{nr}']")
        omgivning = nod.evaluate_handle("nod => nod.closest('tr') || nod.parentElement")
        nod.focus()
        assert webb.axe(["color-contrast"], omgivning) == [], "i fokus"
        nod.blur()
        nod.hover(force=True)
        assert webb.axe(["color-contrast"], omgivning) == [], "under musen"
        sida.mouse.move(0, 0)


def test_menu_is_reached_on_a_phone_without_script(fonster):
    webb = fonster(java_script_enabled=False)
    webb.sida.set_viewport_size({"width": 320, "height": 700})
    sida = webb.oppna("/galleri/")

    assert not sida.is_visible("#huvudmeny")
    sida.click("text=Meny")

    expect(sida.locator("#huvudmeny")).to_be_visible()


def test_follow_up_of_a_question_shows_on_ja_by_keyboard_without_script(fonster):
    webb = fonster(java_script_enabled=False)
    sida = webb.oppna("/galleri/")

    sida.focus("#id_tomt-arbete_0")
    webb.tangenter("Space")
    syntes = sida.is_visible("#id_tomt-arbete_procent")
    webb.tangenter("ArrowRight")

    assert syntes
    assert not sida.is_visible("#id_tomt-arbete_procent")


def test_error_summary_leads_to_the_first_choice_of_a_group(fonster):
    sida = fonster().oppna("/galleri/")

    sida.click(".error-list__link a:has-text('minst en försörjning')")

    assert sida.evaluate("document.activeElement.id") == "id_fel-forsorjning_0"


def test_tick_of_a_check_box_is_drawn_without_a_data_image(fonster):
    """A data: mask would be blocked by the Content-Security-Policy and leave the box empty."""
    sida = fonster().oppna("/galleri/")

    mask = sida.evaluate("getComputedStyle(document.querySelector('#id_ifyllt-samtycke + label'), '::after').maskImage")

    assert mask == "none"
