"""What stands on paper stands inside the margins, and inside its own cell, however long the names and the sums are."""

import sys

import pytest

from insatser.models import Insats, InsatsBudget
from organisations.models import Finansiering
from rapporter.renderare import FORMAT
from sus.core.pdf import lagg_ut
from tests.rapporter.conftest import gor_rapport
from tests.rapporter.trollhattan import NAMN

LANGT = "Arbetsmarknadsrehabiliteringssamordningsverksamhetsutvecklingsstöd"  # one word, nearly as long as a line
UTAN_STAVELSER = "X" * 66
NARA = 1  # CSS pixel


@pytest.fixture
def utlagda(monkeypatch):
    """The documents as they were laid out, in order."""
    gjorda = []

    def lagg(*allt):
        gjorda.append(lagg_ut(*allt))
        return gjorda[-1]

    monkeypatch.setattr(sys.modules["rapporter.renderare.to_pdf"], "lagg_ut", lagg)
    return gjorda


def utanfor(dokument):
    """Every text that passes the margin of its page or the edge of its cell."""
    for sida in dokument.pages:
        ruta = sida._page_box
        yield from _utanfor(ruta, ruta.position_x + ruta.margin_left + ruta.width)


def _utanfor(ruta, kant):
    if ruta.element_tag in ("td", "th") and hasattr(ruta, "colspan"):
        kant = min(kant, ruta.position_x + ruta.border_width())
    if hasattr(ruta, "text") and ruta.position_x + ruta.width > kant + NARA:
        yield ruta.text
    for barn in getattr(ruta, "all_children", list)():
        yield from _utanfor(barn, kant)


def test_sums_of_the_whole_country_have_room(forbund, utlagda):
    InsatsBudget.objects.update(budget=1_234_567_890, utfall=1_234_567_890)
    Finansiering.objects.update(belopp=1_234_567_890)

    FORMAT["pdf"].rendera(gor_rapport("regeringsunderlag", ar=2011))

    assert [list(utanfor(ett)) for ett in utlagda] == [[]]


@pytest.mark.parametrize(
    ("nyckel", "namn", "val"),
    [
        ("insats", LANGT, {}),
        ("kostnad", UTAN_STAVELSER, {"rapportniva": "detaljerad"}),
        ("registrering", UTAN_STAVELSER, {}),
        ("paket", UTAN_STAVELSER, {"typ": "ar", "fran": "2011-01"}),
        ("standard-deltagare", LANGT, {"typ": "sysselsattning-uppdelad", "jamfor": "insats"}),
        ("standard-deltagare", UTAN_STAVELSER, {"typ": "forsorjning", "forsorjning_fore": "aktivitetsstod", "jamfor": "insats"}),
    ],
    ids=str,
)
def test_a_name_of_one_long_word_pushes_no_column_off_the_paper(forbund, utlagda, nyckel, namn, val):
    for nr, insats in enumerate(Insats.objects.all()):
        insats.namn = f"{namn}{nr}"
        insats.save()

    FORMAT["pdf"].rendera(gor_rapport(nyckel, **{"ar": 2011, "organisation": NAMN, **val}))

    assert [list(utanfor(ett)) for ett in utlagda] == [[]] * len(utlagda)


def test_terms_of_the_front_page_stand_in_one_line_each(forbund, utlagda):
    rapport = gor_rapport(
        "standard-deltagare", typ="sysselsattning-uppdelad", ar=2011, organisation=NAMN, preciserad_inriktning="rehabilitering"
    )
    FORMAT["pdf"].rendera(rapport)

    termer = [ruta.text for ruta in utlagda[0].pages[0]._page_box.descendants() if ruta.element_tag == "dt" and hasattr(ruta, "text")]
    assert {rubrik for rubrik, _ in rapport.urval} < set(termer)


def test_running_header_has_room_for_the_type_and_as_much_of_the_selection_as_is_left_of_the_line(forbund, utlagda):
    val = {"ar": 2011, "organisation": NAMN, "malgrupp": "unga", "preciserad_inriktning": "rehabilitering"}

    rapport = gor_rapport("standard-deltagare", typ="sysselsattning-uppdelad", jamfor="insats", **val)
    FORMAT["pdf"].rendera(rapport)

    sidhuvuden = [[ruta.text for ruta in _sidhuvud(sida)] for ett in utlagda for sida in ett.pages[1:]]
    for titel, urval in sidhuvuden:
        assert titel == f"SUS · {rapport.titel}"
        assert f"{NAMN} · januari–december 2011 · ".startswith(urval.removesuffix("…"))
        assert urval.startswith("Trollhättan")


def _sidhuvud(sida):
    """The texts above the page, one for each line."""
    return [ruta for ruta in sida._page_box.descendants() if hasattr(ruta, "text") and ruta.position_y < sida._page_box.margin_top / 2 + 10]
