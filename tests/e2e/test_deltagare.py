"""The pages of deltagare in a browser: by keyboard, at both widths, with axe."""

from datetime import date

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande
from tests.conftest import med_riktiga_transaktioner
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def arbetsplats(fonster):
    """A deltagaransvarig's window, and the insats."""
    insats = InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Trollhättan, Lilla Edet och Grästorp")
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats)
    return fonster(uppdrag.anvandare), insats


def deltagande(insats, namn, **kwargs):
    rad = DeltagandeFactory(insats=insats, person=PersonFactory(namn_klartext=namn), **kwargs)
    SamtyckeFactory(deltagande=rad)
    return rad


def test_a_participant_is_registered_in_by_keyboard_alone(arbetsplats):
    webb, insats = arbetsplats
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    webb.granska("registrera-tom")

    webb.tangenter("Space", "Tab")
    webb.skriv("2011-11-30")
    webb.tangenter("Tab", "Tab", "Tab", "Tab")
    webb.skriv("196209019808")
    webb.tangenter("Tab", "Enter")
    sida.wait_for_selector("text=Alma Testsson")
    webb.granska("registrera-hamtat")  # focus is then on the startdag
    webb.skriv("2011-12-05")
    webb.tangenter("Tab")
    webb.skriv("Gym")
    webb.tangenter("Tab")
    webb.skriv("Upp till 3")
    webb.tangenter("Tab", "Space", *["Tab"] * 9, "Tab", "ArrowRight", "Tab", "ArrowRight", "Tab", "ArrowRight")
    webb.granska("registrera-ifylld")
    webb.tangenter("Enter")
    sida.wait_for_selector("text=Deltagaren är registrerad.")

    rad = Deltagande.objects.get()
    assert (rad.startdatum, rad.utbildning, rad.tid_forsorjning) == (date(2011, 12, 5), 2, 3)
    webb.granska("deltagare-registrerad")


def test_faults_are_shown_at_their_fields(arbetsplats):
    webb, insats = arbetsplats
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    sida.click("label[for=id_samtycke_finns]")
    sida.fill("#id_personnummer", "196209019809")
    sida.fill("#id_startdatum", "2009-02-01")
    for etikett in ("id_forsorjning_fore_0", "id_forsorjning_fore_8", "id_arbetar_fore_0"):
        sida.click(f"label[for={etikett}]")
    sida.press("#id_startdatum", "Enter")
    sida.wait_for_selector("text=Uppgifterna är inte sparade.")

    assert sida.evaluate("document.activeElement.getAttribute('role')") == "alert"
    webb.granska("registrera-fel")


def test_registering_out_and_searching(arbetsplats):
    webb, insats = arbetsplats
    elsa = deltagande(insats, "Elsa Testexempel", startdatum=date(2010, 11, 12))
    for nr in range(24):
        deltagande(insats, f"Prov{nr} Testsson", avslutat=bool(nr % 2))
    sida = webb.oppna(reverse("deltagare:ut", args=[elsa.pk]))
    webb.granska("ut-tom")
    sida.fill("#id_slutdatum", "2012-01-09")
    sida.select_option("#id_avslutningsanledning", "1")
    for etikett in ("id_forsorjning_efter_0", "id_af_efter_1", "id_arbetar_efter_1", "id_studerar_efter_1"):
        sida.click(f"label[for={etikett}]")
    sida.press("#id_slutdatum", "Enter")
    sida.wait_for_selector("text=Spara ändå")
    webb.granska("ut-varning")
    sida.select_option("#id_avslutningsanledning", "2")
    sida.press("#id_slutdatum", "Enter")
    sida.wait_for_selector("text=Deltagaren är utregistrerad.")
    webb.granska("deltagare-utregistrerad")
    for namn in ("ratta", "samtycke", "ateroppna"):
        webb.oppna(reverse(f"deltagare:{namn}", args=[elsa.pk]))
        webb.granska(f"deltagare-{namn}")
    webb.oppna(f"{reverse('deltagare:sok')}?insats={insats.pk}&sortera=namn")
    webb.granska("sok")
    sida.click("text=Visa personnummer för Elsa Testexempel")
    sida.wait_for_selector("text=Fet stil")
    assert sida.evaluate("document.activeElement.className") == "sus-pnr"
    webb.granska("sok-visat")


def test_anonyma(arbetsplats):
    webb, insats = arbetsplats
    sida = webb.oppna(f"{reverse('deltagare:anonyma')}?insats={insats.pk}")
    sida.select_option("#id_ar", "2011")
    sida.fill("#id_kvinnor", "3")
    sida.press("#id_kvinnor", "Enter")
    sida.wait_for_selector("text=Antalet anonyma deltagare är ändrat.")
    webb.granska("anonyma")
    sida.select_option("#id_ar", "2011")
    sida.fill("#id_man", "1")
    sida.click("button[name=ta_bort]")
    sida.wait_for_selector("text=Uppgifterna är inte sparade.")
    webb.granska("anonyma-fel")
