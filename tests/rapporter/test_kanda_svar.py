"""Published figures of 2011 (docs/regler.md 12.1 and 12.2), cell by cell."""

import pytest

from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell
from tests.rapporter.trollhattan import NAMN

LAGNAMN = f"Samordningsförbundet {NAMN}"
FORVALDA = ("planerat_antal", "antal", "pagaende", "anonyma", "budget")
INSATSER = {
    "Göra Skillnad": (70, 46, 25, 0, 500_000),
    "Hjortmossen": (70, 45, 30, 1, 3_200_000),
    "Information": (50, 0, 0, 0, 50_000),
    "Kunskap och kompetensutveckling": (80, 0, 0, 0, 200_000),
    "Samverkan Grästorp": (80, 19, 12, 0, 740_000),
    "Samverkan Lilla Edet": (70, 31, 22, 0, 1_200_000),
    "Samverkansteam": (100, 52, 38, 2, 3_450_000),
    "Trampolin": (40, 8, 7, 0, 1_370_000),
    "Utvärdering": (60, 0, 0, 0, 200_000),
}
FILTRERADE = [
    ({"inriktning": "individinriktad"}, [430, 201, 134, 3, 10_460_000]),
    ({"inriktning": "strukturovergripande"}, [190, 0, 0, 0, 450_000]),
    ({"malgrupp": "unga"}, [110, 54, 32, 0, 1_870_000]),
    ({"preciserad_inriktning": "rehabilitering"}, [290, 110, 79, 2, 6_760_000]),
    ({"preciserad_inriktning": "forberedande"}, [140, 91, 55, 1, 3_700_000]),
]


@pytest.fixture
def detaljerad(forbund):
    return som_json(gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="detaljerad"))


def test_detailed_kostnadsrapport_lists_the_financiers_in_their_order(detaljerad):
    medel = tabell(detaljerad, "medelstillgangar")

    assert medel["rader"] == [
        ["Försäkringskassan", 5_030_000],
        ["Västra Götalandsregionen", 2_515_000],
        ["Grästorps kommun", 200_000],
        ["Lilla Edets kommun", 437_000],
        ["Trollhättans kommun", 1_878_000],
        [LAGNAMN, 2_260_000],
    ]
    assert medel["summa"] == ["Totalt", 12_320_000]


def test_insatskostnader_leave_unknown_utfall_empty(detaljerad):
    kostnader = tabell(detaljerad, "insatskostnader")

    assert kostnader["rader"] == [[LAGNAMN, "Insatskostnad", 10_910_000, None]]
    assert kostnader["summa"] == ["Totalt", None, 10_910_000, None]


def test_administrativa_kostnader_are_those_of_2011(detaljerad):
    kostnader = tabell(detaljerad, "administrativa_kostnader")

    assert kostnader["rader"] == [[LAGNAMN, "Kring", 50_000, 0], [LAGNAMN, "Personal", 1_360_000, 0]]
    assert kostnader["summa"] == ["Totalt", None, 1_410_000, 0]
    assert "delsummor" not in kostnader


def test_sammanstallning_has_the_five_lines(detaljerad):
    assert tabell(detaljerad, "sammanstallning")["rader"] == [
        ["Totala medelstillgångar", 12_320_000],
        ["Totalt förbrukade medel", 0],
        ["Kvar efter budgetåret", 12_320_000],
        ["Totalt budgeterat", 12_320_000],
        ["Totalt budgeterat minus förbrukat", 12_320_000],
    ]


def test_summerad_kostnadsrapport_always_has_the_six_groups(forbund):
    innehall = som_json(gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="summerad"))

    assert tabell(innehall, "medelstillgangar")["rader"] == [
        ["Stat", 5_030_000],
        ["Region (landsting)", 2_515_000],
        ["Kommuner", 2_515_000],
        ["Samordningsförbund", 2_260_000],
        ["ESF-medel", 0],
        ["Övriga", 0],
    ]
    assert [tabell["nyckel"] for tabell in innehall["tabeller"]][-1] == "sammanstallning"


@pytest.mark.parametrize(("nyckel", "extra"), [("insats", {}), ("kostnad", {"rapportniva": "detaljerad"})])
def test_table_of_insatser_is_the_published_one(forbund, nyckel, extra):
    poster = som_poster(tabell(som_json(gor_rapport(nyckel, ar=2011, organisation=NAMN, **extra)), "insatser"))

    totalt = poster.pop("Totalt")
    assert {namn: tuple(rad[slug] for slug in FORVALDA) for namn, rad in poster.items()} == INSATSER
    assert list(poster) == sorted(poster)
    assert [totalt[slug] for slug in FORVALDA] == [620, 201, 134, 3, 10_910_000]
    assert [totalt["avslutade"], totalt["nya"], totalt["utfall"]] == [67, totalt["nya"], None]
    assert [poster[namn]["avslutade"] for namn, rad in INSATSER.items() if rad[1]] == [21, 15, 7, 9, 14, 1]
    assert {namn for namn, rad in poster.items() if rad["volyminsats"] == "Ja"} == {namn for namn, rad in INSATSER.items() if not rad[1]}


@pytest.mark.parametrize(("urval", "svar"), FILTRERADE)
def test_filtered_totals_are_the_published_ones(forbund, urval, svar):
    poster = som_poster(tabell(som_json(gor_rapport("insats", ar=2011, organisation=NAMN, **urval)), "insatser"))

    assert [poster["Totalt"][slug] for slug in FORVALDA] == svar
