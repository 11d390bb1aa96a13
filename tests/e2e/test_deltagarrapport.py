"""Deltagarrapport in a browser: every type, at both widths, with its diagrams and its tables."""

import pytest

from behorigheter.roller import Roll
from rapporter.definitioner.deltagare.typer import TYPER
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, UppdragFactory
from tests.rapporter import trollhattan

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


def test_every_type_can_be_read_at_both_widths(fonster):
    forbund = trollhattan.lagg_upp()
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)

    for typ in TYPER:
        webb.oppna(f"/rapporter/deltagare/?typ={typ}&fran=2011-01&till=2011-12&niva=organisation&organisation={forbund.pk}&jamfor=")
        assert webb.sida.locator("svg[role=img]").count() > 0, typ
        webb.granska(f"deltagarrapport-{typ}")


def test_the_type_is_chosen_and_what_cannot_be_compared_is_told(fonster):
    forbund = trollhattan.lagg_upp()
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare)
    webb.oppna("/rapporter/deltagare/?typ=tid&fran=2011-01&till=2011-12&niva=riket&jamfor=riket")

    webb.granska_fel("deltagarrapport-fel", "Välj något som är större än urvalet att jämföra med.")
    webb.sida.get_by_label("Rapporttyp").select_option("forsorjningsgrupp")
    webb.sida.get_by_label("Jämför med").select_option("")
    webb.sida.get_by_role("button", name="Skapa rapport").click()

    assert webb.tabell("Underlag för före och efter") == [["67", "63", "94 %"]]
    webb.granska("deltagarrapport-vald")


def test_who_has_no_uppdrag_reads_protected_figures_and_is_told_what_they_are(fonster):
    forbund = trollhattan.lagg_upp()
    webb = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)
    urval = f"fran=2011-01&till=2011-12&niva=organisation&organisation={forbund.pk}"

    webb.oppna(f"/rapporter/deltagare/?typ=avslutningsanledning&{urval}")
    assert webb.sida.get_by_text("0–4 eller avrundas till närmaste femtal").is_visible()
    webb.granska("deltagarrapport-skyddad")

    insats = forbund.insatser.get(namn="Trampolin")
    webb.oppna(f"/rapporter/deltagare/?typ=bakgrund&{urval.replace('niva=organisation', 'niva=insats')}&insats={insats.pk}")
    assert webb.sida.get_by_text("Färre än 10 deltagare: visas inte.").count() == 4
    webb.granska("deltagarrapport-skyddad-insats")
