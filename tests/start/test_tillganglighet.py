"""The accessibility statement: every criterion, honest about how it was found out."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from sus.start.kriterium import Kriterium, Lage, resultat
from sus.start.wcag import KRITERIER, SENAST_PROVAT

ROT = Path(__file__).resolve().parent.parent.parent


def test_all_criteria_of_the_two_levels_stand_once_and_in_order():
    nummer = [tuple(map(int, ett.nummer.split("."))) for ett in KRITERIER]

    assert nummer == sorted(set(nummer))
    assert [[ett.niva for ett in KRITERIER].count(niva) for niva in ("A", "AA")] == [31, 24]
    assert len({ett.namn for ett in KRITERIER}) == 55


def test_an_automatic_test_that_is_named_exists():
    namngivna = {prov for ett in KRITERIER for prov in ett.tester}
    saknas = [
        prov for prov in namngivna if not re.search(rf"^def {prov.split('::')[1]}\(", (ROT / prov.split("::")[0]).read_text(), flags=re.M)
    ]

    assert len(namngivna) > 15
    assert saknas == []


def test_what_does_not_apply_has_no_test_and_everything_says_why():
    assert [ett.nummer for ett in KRITERIER if ett.lage is Lage.INTE_TILLAMPLIGT and ett.tester] == []
    assert [ett.nummer for ett in KRITERIER if not ett.prov.endswith(".")] == []


def test_the_score_counts_what_is_not_tested_with_users_as_not_met():
    lagen = [Lage.UPPFYLLT, Lage.UPPFYLLT, Lage.INTE_PROVAT, Lage.BRIST, Lage.INTE_TILLAMPLIGT]

    utfall = resultat(Kriterium("1.1.1", "Prov", "A", lage, "Prov.") for lage in lagen)

    assert (utfall.antal, utfall.tillampliga, utfall.uppfyllda, utfall.procent) == (5, 4, 2, 50)


@pytest.mark.django_db
def test_the_page_shows_the_score_the_date_and_every_criterion(klient):
    text = klient.get(reverse("start:tillganglighet")).content.decode()

    utfall = resultat(KRITERIER)
    assert f"SUS uppfyller {utfall.uppfyllda} av de {utfall.tillampliga} krav" in text
    assert f"Senast prövat {SENAST_PROVAT:%Y-%m-%d}" in text
    assert [ett.nummer for ett in KRITERIER if f">{ett.nummer} {ett.namn}<" not in text] == []


def test_who_is_logged_in_comes_to_the_form_with_the_kind_chosen(inloggad):
    client = inloggad(Roll.RAPPORT)
    lank = re.search(r'href="(/forslag/nytt/\?slag=[a-z]+)"', client.get(reverse("start:tillganglighet")).content.decode())[1]

    form = client.get(lank).context["form"]

    assert form["slag"].value() == "tillganglighet"
