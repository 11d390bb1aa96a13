"""The page as each eye has set it: 400 per cent zoom, wider text spacing, forced colours, less motion; edges, targets, the skip link."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import BRED
from tests.e2e.ogat import FOR_BRED, FORLORAT, KANTER, OKA_AVSTANDEN, RORELSE
from tests.e2e.rundtur import ga_runt
from tests.e2e.test_tangentbordsvandring import ZOOM_400
from tests.factories import DeltagandeFactory, IngaendeOrganisationFactory, InsatsFactory, UppdragFactory

MALSTORLEK = ["target-size"]
pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def insats():
    insats = InsatsFactory(namn="Hjortmossen")
    IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation)
    DeltagandeFactory(insats=insats)
    return insats


def sidor(insats, roll):
    """The most used pages of the role."""
    fragan = f"?insats={insats.pk}"
    return {
        Roll.DELTAGARANSVARIG: [
            "/",
            reverse("deltagare:registrera") + fragan,
            f"{reverse('deltagare:sok')}{fragan}",
            reverse("deltagare:att_gora"),
            reverse("start:hjalp"),
        ],
        Roll.SAMVERKANSADMINISTRATOR: [
            f"{reverse('organisations:budget', args=[insats.samverkansorganisation_id])}?ar=2011",
            insats.samverkansorganisation.get_absolute_url(),
            reverse("organisations:uppdrag", args=[insats.samverkansorganisation_id]),
            f"{reverse('rapporter:rapport', args=['kostnad'])}?niva=riket&ar=2011",
            reverse("start:galleri"),
            reverse("start:tillganglighet"),
        ],
    }[roll]


@pytest.mark.parametrize("roll", [Roll.DELTAGARANSVARIG, Roll.SAMVERKANSADMINISTRATOR])
def test_nothing_is_lost_at_400_per_cent_zoom_or_with_wider_spacing(fonster, insats, roll):
    objekt = {"insats": insats} if roll == Roll.DELTAGARANSVARIG else {"samverkansorganisation": insats.samverkansorganisation}
    webb = fonster(UppdragFactory(roll=roll, **objekt).anvandare)

    fynd = []
    for adress in sidor(insats, roll):
        sida = webb.oppna(adress)
        fynd += forlorat(sida, adress)
        sida.evaluate(OKA_AVSTANDEN)
        fynd += forlorat(sida, f"{adress} med större avstånd")

    assert fynd == []


def forlorat(sida, namn):
    for matt in (ZOOM_400, BRED):
        sida.set_viewport_size(matt)
        yield from (f"{namn}, {matt['width']} px: {rad}" for fraga in (FOR_BRED, FORLORAT) for rad in sida.evaluate(fraga))


def test_everything_is_seen_in_forced_colours(fonster, insats):
    """Shadows and backgrounds are gone: focus must be an outline, and what is ticked must differ from what is not."""
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare, forced_colors="active", reduced_motion="reduce")
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    assert ga_runt(sida) == []

    ruta = sida.locator("label[for=id_samtycke_finns]")
    fore = ruta.screenshot()
    ruta.click()
    sida.locator("h1").click()  # focus away
    expect(sida.locator("#id_samtycke_finns")).to_be_checked()
    assert ruta.screenshot() != fore


@pytest.mark.parametrize("farger", ["light", "dark"])
def test_edges_are_seen_targets_are_large_and_nothing_moves(fonster, farger):
    webb = fonster(color_scheme=farger, reduced_motion="reduce")
    sida = webb.oppna(reverse("start:galleri"))

    assert sida.evaluate(KANTER) == []
    assert sida.evaluate(RORELSE) == []
    assert webb.axe(MALSTORLEK) == []
    sida.evaluate("document.querySelectorAll('.paginator a').forEach(lank => lank.style.cssText = 'height: 12px; width: 12px; padding: 0')")
    assert webb.axe(MALSTORLEK)


def test_the_first_link_leads_past_the_menu(fonster, insats):
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)
    sida = webb.oppna("/")

    sida.keyboard.press("Tab")
    assert webb.hand.fokus()["namn"] == "Till innehållet"
    assert sida.locator(".iskiplink").bounding_box()["y"] >= 0
    sida.keyboard.press("Enter")
    sida.keyboard.press("Tab")

    assert sida.evaluate("document.activeElement.closest('main') !== null")
