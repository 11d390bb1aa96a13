"""The kompletterande frågor at inregistrering: which are put on the day, and what their answers become (docs/regler.md 8)."""

from datetime import date

import pytest
from django.urls import reverse

from deltagare.models import Deltagande
from tests.deltagare.conftest import situation
from tests.deltagare.fragor import sparat, svar_pa, val
from tests.factories import KompletterandeFragaFactory


@pytest.mark.parametrize(
    ("slag", "alternativ", "valda", "vantat"),
    [
        ("ett", None, [1], ["Handläggaren"]),
        ("flera", ["Vården", "Skolan", "Föreningen"], [2, 0], ["Vården", "Föreningen"]),
        ("ja_nej", ["Ja", "Nej"], [1], ["Nej"]),
    ],
)
def test_every_kind_of_answer_is_kept(registrera, fraga, slag, alternativ, valda, vantat):
    en = fraga(namn="Initiativ", slag=slag, alternativ=alternativ)

    assert registrera(**svar_pa(en, *valda)).status_code == 302

    assert sparat() == {("in", "Initiativ"): vantat}


def test_what_must_be_answered_stops_the_saving_and_the_text_names_the_question(registrera, fraga, fel):
    en = fraga(obligatorisk=True, fragetext="Vem föreslog insatsen?")

    svar = registrera()

    assert fel(svar) == {f"fraga_{en.pk}_fore": ["Svara på frågan ”Vem föreslog insatsen?”. Välj ett alternativ."]}
    assert "Svara på frågan ”Vem föreslog insatsen?”" in svar.content.decode()
    assert not Deltagande.objects.exists()


def test_what_may_be_left_is_left(registrera, fraga):
    fraga()

    assert registrera().status_code == 302

    assert sparat() == {}


@pytest.mark.parametrize(
    "falt",
    [
        {"utkast": True},
        {"mattillfalle": "ut"},
        {"fran": date(2011, 12, 6)},
        {"till": date(2011, 12, 4)},
    ],
    ids=str,
)
def test_a_question_that_is_not_put_that_day_is_neither_asked_nor_required(registrera, fraga, falt):
    fraga(obligatorisk=True, **falt)

    assert registrera().status_code == 302


def test_another_forbunds_question_is_not_put(registrera, klient_da, insats):
    en = KompletterandeFragaFactory(obligatorisk=True)
    sida = klient_da.get(f"{reverse('deltagare:registrera')}?insats={insats.pk}")

    assert f"fraga_{en.pk}" not in sida.content.decode()
    assert registrera(**svar_pa(en, 0)).status_code == 302
    assert sparat() == {}


@pytest.mark.parametrize("vardet", ["0", "x", "99999999999999999999"])
def test_an_answer_that_is_none_of_the_questions_is_refused(registrera, fraga, fel, vardet):
    en = fraga()

    assert fel(registrera(**{f"fraga_{en.pk}_fore": vardet})) == {f"fraga_{en.pk}_fore": ["Välj ett alternativ."]}


def test_the_alternative_of_another_question_is_refused(registrera, fraga, fel):
    en, annan = fraga(), fraga()

    assert list(fel(registrera(**{f"fraga_{en.pk}_fore": val(annan, 0)}))) == [f"fraga_{en.pk}_fore"]


# The day decides


def test_the_page_opens_with_the_questions_of_today(klient_da, insats, fraga):
    nu, da = fraga(), fraga(till=date(2011, 12, 31))

    sida = klient_da.get(f"{reverse('deltagare:registrera')}?insats={insats.pk}")

    assert f"fraga_{nu.pk}_fore" in sida.context["form"].fields
    assert f"fraga_{da.pk}_fore" not in sida.context["form"].fields


def test_a_day_that_puts_more_questions_brings_the_form_back_with_them_and_nothing_is_lost(registrera, fraga):
    en, ny = fraga(), fraga(fragetext="Har deltagaren en samordnare?", till=date(2011, 12, 31))

    svar = registrera(**svar_pa(en, 1), fragor_fore=str(en.pk))

    assert not Deltagande.objects.exists()
    [(_, text)] = svar.context["varningar"]
    assert text == "På startdagen ställs också frågan ”Har deltagaren en samordnare?”. Svara under Kompletterande frågor."
    form = svar.context["form"]
    assert form[f"fraga_{en.pk}_fore"].value() == val(en, 1)
    assert form["startdatum"].value() == "2011-12-05"
    assert f"fraga_{ny.pk}_fore" in form.fields

    assert registrera(**svar_pa(en, 1), fragor_fore=f"{en.pk},{ny.pk}").status_code == 302


def test_a_new_question_that_is_answered_already_is_not_asked_about(registrera, fraga):
    ny = fraga(namn="Ny", till=date(2011, 12, 31))

    assert registrera(**svar_pa(ny, 0), fragor_fore="").status_code == 302

    assert sparat() == {("in", "Ny"): ["Deltagaren"]}


def test_an_answer_that_the_day_puts_away_is_told_of_and_comes_back_with_the_day(registrera, fraga):
    sen = fraga(namn="Sen", fragetext="Vem följer upp?", fran=date(2012, 1, 1), slag="flera", alternativ=["A", "B", "C"])
    skickat = svar_pa(sen, 0, 2) | {"fragor_fore": str(sen.pk)}

    svar = registrera(**skickat)

    [(_, text)] = svar.context["varningar"]
    assert text == "Svaret på frågan ”Vem följer upp?” sparas inte, för frågan ställs inte på startdagen."
    html = svar.content.decode()
    for pk in val(sen, 0, 2):
        assert f'<input type="hidden" name="fraga_{sen.pk}_fore" value="{pk}">' in html
    assert registrera(**skickat, startdatum="2012-01-02", samtycke_datum="2012-01-02").status_code == 302
    assert sparat() == {("in", "Sen"): ["A", "C"]}


def test_spara_anda_saves_without_the_answer_that_was_put_away(registrera, fraga):
    sen = fraga(fran=date(2012, 1, 1))
    skickat = svar_pa(sen, 0) | {"fragor_fore": str(sen.pk)}
    kod = registrera(**skickat).context["bekrafta"]

    assert registrera(**skickat, bekraftade=kod).status_code == 302

    assert sparat() == {}


def test_the_situation_is_asked_beside_the_questions(registrera, fraga, fel):
    en = fraga(obligatorisk=True)

    assert set(fel(registrera(**situation("fore", forsorjning=None)))) == {"forsorjning_fore", f"fraga_{en.pk}_fore"}
