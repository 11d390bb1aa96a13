"""Standardrapport deltagare in a browser: every type alone or compared, at both widths; what is chosen to compare with."""

import pytest

from behorigheter.roller import Roll
from insatser.models import Insats
from rapporter.definitioner.standard.typer import TYPER
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import ALLT
from tests.factories import UppdragFactory
from tests.rapporter import trollhattan

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
ADRESS = "/rapporter/standard-deltagare/?fran=2011-01&till=2011-12&forsorjning_fore=aktivitetsstod"


@pytest.fixture
def sa(fonster):
    webb = fonster(UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=trollhattan.lagg_upp()).anvandare)
    webb.forbund = Insats.objects.get(namn="Trampolin").samverkansorganisation
    return webb


def test_every_type_can_be_read_alone_or_compared_at_both_widths(sa):
    """Every other type alone and every other compared; both with --allt."""
    for nr, typ in enumerate(TYPER):
        for jamfor in ("", "insats") if ALLT else ("", "insats")[nr % 2 :][:1]:
            sa.oppna(f"{ADRESS}&typ={typ}&organisation={sa.forbund.pk}&jamfor={jamfor}")
            assert sa.sida.locator("svg[role=img]").count() > 0, (typ, jamfor)
            sa.granska(f"standard-{typ}-{jamfor}")


def test_insatser_to_compare_are_ticked_in_a_list(sa):
    sa.oppna(f"{ADRESS}&typ=tid&organisation={sa.forbund.pk}&jamfor=insats")
    sa.sida.locator("label", has_text="Trampolin").click()
    sa.sida.get_by_role("button", name="Skapa rapport").click()

    rader = sa.tabell("Medel och median")
    assert [rad[0] for rad in rader] == [str(sa.forbund), "Trampolin"]
    sa.granska("standard-valda")


def test_the_type_that_needs_a_forsorjning_asks_for_it(sa):
    sa.oppna(f"/rapporter/standard-deltagare/?typ=forsorjning-efter-given&fran=2011-01&till=2011-12&organisation={sa.forbund.pk}")

    sa.granska_fel("standard-fel", "Välj vilken försörjning deltagarna hade före insatsen.")
