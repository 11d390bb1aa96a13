"""Standardrapport deltagare in a browser: every type alone or compared, at both widths; what is chosen to compare with."""

import pytest
from playwright.sync_api import expect

from behorigheter.roller import Roll
from insatser.models import Insats
from rapporter.definitioner.standard.typer import TYPER
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.conftest import ALLT
from tests.factories import InsatsFactory, SamverkansorganisationFactory, UppdragFactory
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
    sa.sida.get_by_text("Fler urval", exact=True).click()
    sa.sida.locator("label", has_text="Trampolin").click()
    sa.sida.get_by_role("button", name="Skapa rapport").click()

    rader = sa.tabell("Medel och median")
    assert [rad[0] for rad in rader] == [str(sa.forbund), "Trampolin"]
    sa.granska("standard-valda")


def test_a_name_of_one_long_word_has_room_on_a_telephone(sa):
    """Also where it is ticked and where the selection names it."""
    Insats.objects.filter(namn="Trampolin").update(namn="Arbetsmarknadsrehabiliteringssamordningsverksamhetsutvecklingsstöd")

    sa.oppna(f"{ADRESS}&typ=sysselsattning&organisation={sa.forbund.pk}&jamfor=insats")
    sa.granska("standard-langt-namn")


def test_the_type_that_needs_a_forsorjning_asks_for_it(sa):
    sa.oppna(f"/rapporter/standard-deltagare/?typ=forsorjning-efter-given&fran=2011-01&till=2011-12&organisation={sa.forbund.pk}")

    sa.granska_fel("standard-fel", "Välj vilken försörjning deltagarna hade före insatsen.")


def test_units_to_compare_with_are_shown_when_their_level_is_chosen_and_follow_the_organisation(sa):
    InsatsFactory(namn="Bron", samverkansorganisation=SamverkansorganisationFactory(namn="Ånge"))
    sida = sa.oppna("/rapporter/standard-deltagare/")
    sida.get_by_text("Fler urval", exact=True).click()
    listor = {niva: sida.locator(f"#id_jamfor_{niva}") for niva in ("lan", "organisation", "insats")}
    assert [lista.is_visible() for lista in listor.values()] == [False, False, False]

    sida.get_by_label("Jämför med", exact=True).select_option("insats")
    listor["insats"].get_by_text("Trampolin").click()
    sida.get_by_label("Samverkansorganisation", exact=True).select_option(label="Ånge")

    listor["insats"].get_by_text("Bron").click()
    assert [lista.is_visible() for lista in listor.values()] == [False, False, True]
    assert listor["insats"].get_by_label("Trampolin").is_checked()
    sida.get_by_label("Jämför med", exact=True).select_option("lan")
    assert [lista.is_visible() for lista in listor.values()] == [True, False, False]
    sa.granska("standard-listor")


def test_without_javascript_every_list_is_there_and_only_the_one_that_matters_is_used(fonster):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=trollhattan.lagg_upp()).anvandare
    webb = fonster(anvandare, java_script_enabled=False)
    sida = webb.oppna(
        f"/rapporter/standard-deltagare/?osand=1&fran=2011-01&till=2011-12&typ=tid&niva=organisation&organisation={trollhattan.NAMN}"
    )
    assert sida.get_by_label("Försörjning före").is_visible()
    sida.get_by_text("Fler urval", exact=True).click()
    for lista, namn in (("lan", "Skåne län"), ("insats", "Trampolin")):
        sida.locator(f"#id_jamfor_{lista}").get_by_text(namn, exact=True).click()
    sida.get_by_label("Jämför med", exact=True).select_option("insats")
    sida.get_by_role("button", name="Skapa rapport").click()

    expect(sida.get_by_text("Jämför med är Insatser. Län att jämföra med har då ingen betydelse")).to_be_visible()
    assert len(webb.tabell("Medel och median")) == 2
