"""The glossary is the one place that says what a noun of the code means."""

import re

import pytest
from django.apps import apps
from django.conf import settings

EGNA_APPAR = ["behorigheter", "organisations", "insatser", "deltagare", "start"]
ORDLISTA = (settings.BASE_DIR / "docs" / "ordlista.md").read_text()
RADER = [rad for rad in ORDLISTA.splitlines() if rad.startswith("| `") or rad.startswith("| –")]


@pytest.mark.parametrize("modell", [modell.__name__ for app in EGNA_APPAR for modell in apps.get_app_config(app).get_models()])
def test_every_model_has_its_word_in_the_glossary(modell):
    assert [rad for rad in RADER if f"`{modell}`" in rad.split(" | ")[0]] != []


def test_no_name_is_explained_twice():
    namn = [namn for rad in RADER for namn in re.findall(r"`(\w+)`", rad.split(" | ")[0])]

    assert sorted(set(namn)) == sorted(namn)


def test_every_row_says_word_meaning_and_source():
    assert [rad for rad in RADER if len([cell for cell in rad.strip("| ").split(" | ") if cell.strip()]) != 4] == []
