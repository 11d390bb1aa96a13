"""The published figures of 2011 (docs/regler.md 12.2) as everybody may read them, by hand."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, UppdragFactory
from tests.rapporter.conftest import AR, gor_rapport, som_json, som_poster, tabell
from tests.rapporter.trollhattan import NAMN

INSATSRAPPORT = {  # antal, pågående, anonyma, avslutade
    "Göra Skillnad": (46, 25, "0–4", 21),
    "Hjortmossen": (45, 30, "0–4", 15),
    "Samverkan Grästorp": (19, 12, "0–4", 7),
    "Samverkan Lilla Edet": (31, 22, "0–4", 9),
    "Samverkansteam": (52, 38, "0–4", 14),
    "Trampolin": (8, 7, "0–4", "0–4"),
    "Information": (0, 0, 0, 0),  # a volyminsats holds no persons
    "Totalt": (201, 134, 3, 67),
}


@pytest.fixture
def by(forbund):
    return BehorighetFactory(roll=Roll.RAPPORT).anvandare


def skyddad(by, nyckel, **val):
    rapport = gor_rapport(nyckel, by=by, ar=2011, organisation=NAMN, **val)
    assert rapport.skydd == "skyddad"
    return rapport


def test_insatsrapport_of_2011_hides_the_small_head_counts_of_insatser_only(by):
    poster = som_poster(tabell(som_json(skyddad(by, "insats")), "insatser"))

    assert {namn: tuple(poster[namn][k] for k in ("antal", "pagaende", "anonyma", "avslutade")) for namn in INSATSRAPPORT} == INSATSRAPPORT
    assert poster["Totalt"]["budget"] == 10_910_000


def test_deltagarrapport_of_2011_begins_with_exact_head_counts_and_rounds_the_rest(by):
    rapport = skyddad(by, "deltagare", typ="tid")

    assert som_json(rapport)["tabeller"][0]["rader"][0][:3] == [201, 3, 0]
    assert tabell(som_json(rapport), "tid")["summa"][3] == 65  # of 67
    assert tabell(som_json(rapport), "matt")["rader"][0][0] == 65


def test_a_report_of_one_kon_tells_no_more_than_the_columns_of_all(by):
    alla, kvinnor = (som_json(skyddad(by, "deltagare", typ="bakgrund", **val)) for val in ({}, {"kon": "kvinna"}))
    delade, egna = (
        {nyckel: som_poster(tabell(innehall, nyckel)) for nyckel in ("utbildning", "alder", "tid_forsorjning")}
        for innehall in (alla, kvinnor)
    )

    assert [nyckel for nyckel, poster in egna.items() if poster] == ["alder", "tid_forsorjning"]  # education says too much of the women
    for nyckel in ("alder", "tid_forsorjning"):
        assert [post["totalt"] for post in egna[nyckel].values()] == [post["kvinna"] for post in delade[nyckel].values()]
    assert "–" in {post["kvinna"] for post in delade["tid_forsorjning"].values()}


def test_a_diagram_with_nothing_but_hidden_cells_is_not_drawn(by):
    """Four began in each tertial."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    for nr in range(12):
        DeltagandeFactory(insats=insats, startdatum=date(2020, 1 + nr % 3 * 4, 1))

    rapport = gor_rapport("deltagare", by=by, typ="in-ut", organisation=insats.samverkansorganisation_id, **AR)

    assert {post["in"] for post in som_poster(tabell(som_json(rapport), "in_ut")).values()} == {"0–4", 10}
    assert rapport.diagram == ()


def test_a_diagram_of_chosen_deltagare_has_a_bar_for_all_of_them_in_place_of_kvinnor_and_man(by):
    (bild, *_), (alla, *_) = (skyddad(by, "deltagare", typ="bakgrund", **val).diagram for val in ({"kon": "kvinna"}, {}))

    assert ([serie.namn for serie in bild.serier], bild.ingress) == (["Alla"], "Antal, 100 deltagare")
    assert all(len(rad.varden) == 1 for rad in bild.rader)
    assert ([serie.namn for serie in alla.serier], alla.ingress) == (["Kvinna", "Man"], "Antal kvinnor och män, 200 deltagare")


def test_an_insats_with_few_shows_sentences_in_place_of_tables(by):
    rapport = skyddad(by, "deltagare", typ="bakgrund", insats="Trampolin")

    assert {t["nyckel"]: t.get("visas_inte") for t in som_json(rapport)["tabeller"][1:]} == dict.fromkeys(
        ("utbildning", "alder", "tid_forsorjning", "kommun"), "Färre än 10 deltagare: visas inte."
    )
    assert rapport.diagram == ()


def test_who_may_see_exact_figures_can_ask_for_the_protected_version_of_every_report(forbund):
    egen = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare
    annan = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    for nyckel, val in (("insats", {}), ("deltagare", {"typ": "sysselsattning"}), ("deltagare", {"typ": "in-ut"})):
        assert gor_rapport(nyckel, by=egen, ar=2011, organisation=NAMN, **val).skydd == "exakt"
        assert skyddad(egen, nyckel, skydd="skyddad", **val).tabeller == skyddad(annan, nyckel, **val).tabeller
