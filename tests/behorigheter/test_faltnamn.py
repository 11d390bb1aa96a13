"""The fields that the log names, as the users read them."""

import pytest

from behorigheter.faltnamn import faltnamn


@pytest.mark.parametrize(
    ("modell", "falt", "ord_"),
    [
        ("insatser.Insats", "namn", "insatsnamn"),
        ("insatser.Insats", "malgrupper", "specifik målgrupp"),
        ("deltagare.Deltagande", "tid_forsorjning", "tid i offentlig försörjning"),
        ("deltagare.Deltagande", "in.arbetssokande", "aktivt arbetssökande före insatsen"),
        ("deltagare.Deltagande", "ut.forsorjning", "offentlig försörjning efter insatsen"),
        ("deltagare.Deltagande", "in.svar", "svar på kompletterande frågor före insatsen"),
        ("deltagare.Deltagande", "sprak", "språk som informationen lästes på"),
        ("organisations.KompletterandeFraga", "alternativ", "alternativ"),
        ("borttagen.Modell", "gammalt_falt", "gammalt falt"),
        ("", "ett_falt", "ett falt"),
    ],
)
def test_a_field_is_told_as_its_form_tells_it(modell, falt, ord_):
    assert faltnamn(modell, falt) == ord_
