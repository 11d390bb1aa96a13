"""The files of 2011, loaded by the command, give the published figures: import and report agree from end to end."""

from django.core.management import call_command

from tests.rapporter.conftest import gor_rapport, som_json
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
