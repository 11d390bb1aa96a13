"""The files of 2011, loaded by the command, give the published figures: import and report agree from end to end."""

from django.core.management import call_command

from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell
from tests.rapporter.test_kanda_svar import FILTRERADE, FORVALDA, INSATSER
from tests.rapporter.trollhattan import DATA, NAMN

ORDNING = ("organisationer", "parter", "finansiering", "adminkostnader", "insatser", "insatsbudget", "deltaganden", "anonyma")


def test_imported_files_give_the_published_figures(db):
    for slag in ORDNING:
        call_command("importera", slag, str(DATA / f"{slag}.csv"))

    tabeller = {
        tabell["nyckel"]: tabell
        for tabell in som_json(gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="detaljerad"))["tabeller"]
    }

    nycklar = [kolumn["nyckel"] for kolumn in tabeller["insatser"]["kolumner"]]
    totalt = dict(zip(nycklar, tabeller["insatser"]["summa"], strict=True))
    assert [totalt[slug] for slug in ("planerat_antal", "antal", "pagaende", "anonyma", "budget", "avslutade")] == [
        620,
        201,
        134,
        3,
        10_910_000,
        67,
    ]
    assert tabeller["medelstillgangar"]["summa"] == ["Totalt", 12_320_000]
    assert tabeller["insatskostnader"]["rader"] == [[f"Samordningsförbundet {NAMN}", "Insatskostnad", 10_910_000, None]]
    assert tabeller["sammanstallning"]["rader"][3] == ["Totalt budgeterat", 12_320_000]

    for nyckel, urval in (("insats", {}), ("kostnad", {"rapportniva": "detaljerad"})):
        poster = som_poster(tabell(som_json(gor_rapport(nyckel, ar=2011, organisation=NAMN, **urval)), "insatser"))
        assert {namn: tuple(poster[namn][slug] for slug in FORVALDA) for namn in INSATSER} == INSATSER
    for urval, svar in FILTRERADE:
        poster = som_poster(tabell(som_json(gor_rapport("insats", ar=2011, organisation=NAMN, **urval)), "insatser"))
        assert [poster["Totalt"][slug] for slug in FORVALDA] == svar
    summerad = som_json(gor_rapport("kostnad", ar=2011, organisation=NAMN, rapportniva="summerad"))
    assert [belopp for _, belopp in tabell(summerad, "medelstillgangar")["rader"]] == [5_030_000, 2_515_000, 2_515_000, 2_260_000, 0, 0]
    assert [rad[1] for rad in tabeller["medelstillgangar"]["rader"]] == [5_030_000, 2_515_000, 200_000, 437_000, 1_878_000, 2_260_000]
    assert [belopp for _, belopp in tabeller["sammanstallning"]["rader"]] == [12_320_000, 0, 12_320_000, 12_320_000, 12_320_000]
