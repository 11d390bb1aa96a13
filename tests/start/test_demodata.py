"""The demo's data: made up, the same every time, and enough to try everything."""

from datetime import date

import pytest

from sus.core.csvfil import las
from sus.core.personnummer import tolka
from sus.start.demo.bestallningar import PERSONER
from sus.start.demo.exempelforbund import exempelrader
from sus.start.demo.skapa import TROLLHATTAN_2011, las_publicerat
from sus.start.demo.trollhattan import fortsattning
from sus.start.importslag import SLAG

IDAG = date(2026, 11, 21)


def test_the_same_day_gives_the_same_rows():
    assert exempelrader(IDAG) == exempelrader(IDAG)


def test_every_person_is_made_up():
    fil = las(TROLLHATTAN_2011 / "deltaganden.csv", SLAG["deltaganden"].kolumner)
    rader = [*(rad.varden() for rad in fil), *exempelrader(IDAG)["deltaganden"]]

    personnummer = [tolka(rad["personnummer"], IDAG).tolv_siffror for rad in rader]
    personnummer += [tolka(nummer, IDAG).tolv_siffror for nummer, _ in PERSONER.values()]

    assert len(rader) > 300
    assert {nummer[8:10] for nummer in personnummer} <= {"98", "99"}


@pytest.mark.parametrize("dag", [date(2026, 1, 1), date(2028, 2, 29), IDAG])
def test_nothing_in_the_rows_lies_after_the_day(dag):
    publicerat = {slag: [rad.varden() for rad in rader] for slag, rader in las_publicerat().items()}
    rader = [*exempelrader(dag)["deltaganden"], *fortsattning(dag, publicerat)["deltaganden"]]

    assert max(max(rad["startdatum"], rad.get("avslutningsdatum", "")) for rad in rader) <= dag.isoformat()
    assert any("avslutningsdatum" not in rad for rad in rader)
