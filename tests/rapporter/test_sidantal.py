"""Contents stand in a report of more than five pages. That is known when it is laid out, so it is guessed first: most are laid out once."""

import io
import sys
from dataclasses import replace

import pytest
from pypdf import PdfReader

from rapporter.renderare import FORMAT, sidantal
from rapporter.renderare.kapitel import i_kapitel
from rapporter.renderare.to_pdf import FLEST_UTAN_INNEHALL
from sus.core.pdf import lagg_ut
from tests.rapporter.conftest import gor_rapport
from tests.rapporter.trollhattan import NAMN


@pytest.fixture
def utlaggningar(monkeypatch):
    """What has been laid out, in order: with contents or without."""
    gjorda = []

    def lagg(mall, innehall, stil):
        gjorda.append(bool(innehall["kapitel"]))
        return lagg_ut(mall, innehall, stil)

    monkeypatch.setattr(sys.modules["rapporter.renderare.to_pdf"], "lagg_ut", lagg)
    return gjorda


def av_rader(nyckel, antal, **val):
    """The report with so many rows in its last table."""
    rapport = gor_rapport(nyckel, ar=2011, organisation=NAMN, **val)
    *forsta, tabell = rapport.tabeller
    rader = (tabell.rader * antal)[:antal]
    return replace(rapport, tabeller=(*forsta, replace(tabell, rader=rader, delsummor=())))


def sidor(rapport):
    return PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages


def har_innehall(sidorna):
    return "Innehåll" in sidorna[1].extract_text()


@pytest.mark.parametrize(
    ("nyckel", "antal", "val"),
    [
        ("insats", 12, {}),
        ("insats", 75, {}),
        ("registrering", 20, {}),
        ("registrering", 200, {}),
        ("kostnad", 6, {}),
        ("kostnad", 250, {}),
        ("deltagare", 4, {"typ": "bakgrund", "jamfor": "riket"}),
    ],
)
def test_short_and_long_reports_are_laid_out_once(forbund, utlaggningar, nyckel, antal, val):
    sidorna = sidor(av_rader(nyckel, antal, **val))

    assert utlaggningar == [har_innehall(sidorna)] == [len(sidorna) - har_innehall(sidorna) > FLEST_UTAN_INNEHALL]


@pytest.mark.parametrize(("nyckel", "val"), [("insats", {}), ("kostnad", {"rapportniva": "detaljerad"})])
def test_the_least_number_of_pages_is_near_what_there_are_and_never_more(forbund, nyckel, val):
    """By it a report is refused before its layout, which takes long when it is long."""
    rapport = av_rader(nyckel, 150, **val)

    minst = 1 + sidantal.minsta_antal_sidor(i_kapitel(rapport, papper=True))

    verkligt = len(sidor(rapport))
    assert 0.6 * verkligt < minst <= verkligt


def test_a_report_that_was_guessed_short_gets_its_contents(forbund, utlaggningar, monkeypatch):
    monkeypatch.setattr(sidantal, "BREDA_RADER_PER_SIDA", {False: 10_000, True: 10_000})

    sidorna = sidor(av_rader("insats", 75))

    assert har_innehall(sidorna)
    assert utlaggningar == [False, True]


def test_a_report_that_was_guessed_long_has_no_contents(forbund, utlaggningar, monkeypatch):
    monkeypatch.setattr(sidantal, "BREDA_RADER_PER_SIDA", {False: 1, True: 1})

    sidorna = sidor(av_rader("insats", 12))

    assert not har_innehall(sidorna)
    assert utlaggningar == [True, False]


def test_five_pages_have_no_contents_and_six_have(forbund):
    """Whatever was guessed: with the page of the contents there are seven."""
    langder = {len(sidor(av_rader("insats", antal))) for antal in range(24, 52, 4)}

    assert langder >= {FLEST_UTAN_INNEHALL, FLEST_UTAN_INNEHALL + 2}
    assert FLEST_UTAN_INNEHALL + 1 not in langder
