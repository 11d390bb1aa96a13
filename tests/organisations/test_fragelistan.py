"""The list of kompletterande frågor: their order by buttons, and who sees what."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import KompletterandeFragaFactory, SamverkansorganisationFactory, SvarFactory
from tests.organisations.conftest import SA
from tests.organisations.fragor import adress, ordningen, post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("namn", "riktning", "ordning"),
    [("B", "upp", "BAC"), ("B", "ner", "ACB"), ("A", "upp", "ABC"), ("C", "ner", "ABC"), ("A", "ner", "BAC")],
)
def test_the_questions_are_ordered_by_buttons(administrator, forbund, namn, riktning, ordning):
    for en in "ABC":
        KompletterandeFragaFactory(samverkansorganisation=forbund, namn=en, ordning=3)
    fraga = forbund.fragor.get(namn=namn)

    svar = post(administrator, "fraga_flytta", fraga, riktning=riktning)

    assert "".join(ordningen(forbund)) == ordning
    assert svar.url == f"{adress('fragor', forbund)}#fraga-{fraga.pk}"


def test_an_answered_question_can_still_be_moved(administrator, forbund):
    forst = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Först")
    besvarad = SvarFactory(fraga__samverkansorganisation=forbund, fraga__namn="Besvarad").fraga

    post(administrator, "fraga_flytta", besvarad, riktning="upp")

    assert ordningen(forbund) == ["Besvarad", str(forst)]


def test_a_button_pressed_twice_moves_once(administrator, forbund):
    for en in "ABC":
        KompletterandeFragaFactory(samverkansorganisation=forbund, namn=en)
    dolda = dict(re.findall('<input type="hidden" name="(.+?)" value="(.*?)">', administrator.get(adress("fragor", forbund)).text))

    for _ in range(2):
        administrator.post(adress("fraga_flytta", forbund.fragor.get(namn="C")), dolda | {"riktning": "upp"})

    assert ordningen(forbund) == ["A", "C", "B"]


# Who sees what


def test_others_see_the_published_questions_and_no_drafts(inloggad, administrator, forbund):
    publicerad = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Publicerad")
    utkast = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Utkast", utkast=True)
    granne = inloggad(SA, SamverkansorganisationFactory())

    egna, grannens = (client.get(adress("fragor", forbund)) for client in (administrator, granne))

    assert [list(svar.context["fragor"]) for svar in (egna, grannens)] == [[publicerad, utkast], [publicerad]]
    assert ["Flytta" in svar.text for svar in (egna, grannens)] == [True, False]
    assert [client.get(adress("fraga", utkast)).status_code for client in (administrator, granne)] == [200, 404]
    assert "Publicera" not in granne.get(adress("fraga", publicerad)).context["smulor"]


def test_the_list_asks_no_more_for_more_questions(administrator, forbund, antal_fragor):
    SvarFactory(fraga__samverkansorganisation=forbund, fraga__mattillfalle="bada")
    fore = [antal_fragor(lambda sida=sida: administrator.get(adress(sida, forbund))) for sida in ("fragor", "frageformular")]
    KompletterandeFragaFactory.create_batch(15, samverkansorganisation=forbund, mattillfalle="bada")

    assert [antal_fragor(lambda sida=sida: administrator.get(adress(sida, forbund))) for sida in ("fragor", "frageformular")] == fore


def test_the_form_of_questions_shows_those_of_each_mattillfalle_that_have_not_ended(administrator, forbund):
    for namn, mattillfalle in (("in", "in"), ("ut", "ut"), ("både", "bada")):
        KompletterandeFragaFactory(samverkansorganisation=forbund, fragetext=f"Fråga {namn}?", mattillfalle=mattillfalle)
    KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True)
    KompletterandeFragaFactory(samverkansorganisation=forbund, till=date(2012, 1, 1))

    svar = administrator.get(adress("frageformular", forbund))

    assert [[falt.label for falt in form.fields.values()] for _, _, form in svar.context["delar"]] == [
        ["Fråga in?", "Fråga både?"],
        ["Fråga ut?", "Fråga både?"],
    ]


def test_the_statuses_follow_from_publishing_and_period():
    idag = timezone.localdate()
    fragor = [
        KompletterandeFragaFactory(**val)
        for val in ({"utkast": True}, {"fran": idag + timedelta(days=1)}, {"till": idag}, {"till": idag - timedelta(days=1)})
    ]

    assert [fraga.status for fraga in fragor] == ["Utkast", "Kommande", "Ställs nu", "Avslutad"]
