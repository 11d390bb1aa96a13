"""The look: every component and the pages that are open to everybody, in light and dark, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import AXE, FARDIGA_FARGER

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

NUMRERA = """() => {
  const slag = new Map();
  for (const nod of document.querySelectorAll("main :is(a, button, input, select, textarea, summary):enabled, main :is(a, summary)"))
    if (nod.checkVisibility()) slag.set(nod.tagName + nod.className + Boolean(nod.closest("tr")), nod);
  [...slag.values()].forEach((nod, nr) => { nod.dataset.prov = nr; });
  return slag.size;
}"""
OLASLIGT = """async nod => {
  const val = {runOnly: ["color-contrast"], preload: false, resultTypes: ["violations"]};
  const svar = await axe.run(nod.closest("tr") || nod.parentElement, val);
  return svar.violations.flatMap(fel => fel.nodes.map(nod => nod.html + JSON.stringify(nod.any[0].data)));
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
    """Each kind of link, button and field, with the row that it stands in."""
    sida = fonster(color_scheme=farger).oppna("/galleri/")
    sida.evaluate(AXE.read_text(encoding="utf-8"))

    for nr in range(sida.evaluate(NUMRERA)):
        nod = sida.locator(f"[data-prov='{nr}']")
        for pa in (lambda nod: nod.hover(force=True), lambda nod: nod.focus()):
            pa(nod)
            sida.evaluate(FARDIGA_FARGER)
            assert nod.evaluate(OLASLIGT) == []


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
