"""The example of docs/rapporter.md is a report as it stands there."""

import re
from types import ModuleType

import pytest
from django.conf import settings

from behorigheter.roller import Roll
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from tests.factories import BehorighetFactory
from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell

pytestmark = pytest.mark.django_db
URVAL = {"fran": "2011-01", "till": "2011-12", "niva": "riket"}


@pytest.fixture
def exemplet(monkeypatch):
    """The report, added to the register as the text says."""
    text = (settings.BASE_DIR / "docs" / "rapporter.md").read_text(encoding="utf-8")
    [kod] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    modul = ModuleType("rapporter.definitioner.kon")
    exec(kod, modul.__dict__)  # noqa: S102  # the project's own text
    monkeypatch.setitem(RAPPORTER, "kon", modul.Konsrapport())


def test_its_rows_and_total_are_those_of_the_insatsrapport(forbund, exemplet):
    poster = som_poster(tabell(som_json(gor_rapport("kon", **URVAL)), "kon"))
    insatser = som_poster(tabell(som_json(gor_rapport("insats", **URVAL)), "insatser"))

    assert {namn: rad["totalt"] for namn, rad in poster.items()} == {namn: rad["antal"] or 0 for namn, rad in insatser.items()}
    assert poster["Totalt"]["kvinna"] + poster["Totalt"]["man"] == poster["Totalt"]["totalt"] == 201


def test_it_is_protected_by_its_marks_and_made_in_every_format(forbund, exemplet):
    anvandare = BehorighetFactory(roll=Roll.RAPPORT).anvandare
    rapport = gor_rapport("kon", by=anvandare, **URVAL)

    antal = [cell for rad in rapport.tabeller[0].rader for cell in rad.celler[1:4]]
    assert {cell for cell in antal if isinstance(cell, str)} <= {"0–4", "–"}
    assert {cell % 5 for cell in antal if isinstance(cell, int)} == {0}
    assert all(format_.rendera(rapport) for nyckel, format_ in FORMAT.items() if nyckel != "svg")  # it draws nothing
