"""The kompletterande frågor answered at inregistrering and utregistrering, and completed later (docs/regler.md 8)."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from deltagare.actions import matning
from deltagare.fragor import sparade_svar
from deltagare.models import Deltagande, Svar
from deltagare.uppgifter import Matning, Situation
from organisations.models import KompletterandeFraga
from sus.core.regelbrott import Regelbrott
from tests.deltagare.conftest import situation, utregistrering
from tests.factories import DeltagandeFactory, KompletterandeFragaFactory, SvarFactory

FORE, EFTER = "fore", "efter"


@pytest.fixture
def fraga(insats):
    """fraga(**fields) → a question of the insats's förbund, put before the insats from 2011."""

    def _fraga(**falt):
        return KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, **falt)

    return _fraga


def val(fraga, *nummer):
    """The keys of the alternatives, by their place; one alone or a list."""
    pk = [str(alternativ.pk) for alternativ in fraga.alternativ.all()]
    return [pk[nr] for nr in nummer] if fraga.slag == "flera" else pk[nummer[0]]


def svar_pa(fraga, *nummer, nar=FORE):
    """The field of the question, answered."""
    return {f"fraga_{fraga.pk}_{nar}": val(fraga, *nummer)}


def sparat(deltagande=None):
    """{(kind of mättillfälle, question): [alternatives]}, in words."""
    rader = Svar.objects.filter(deltagande=deltagande or Deltagande.objects.get()).select_related("fraga", "alternativ")
    funna: dict = {}
    for rad in rader.order_by("alternativ__ordning"):
        funna.setdefault((rad.typ, rad.fraga.namn), []).append(rad.alternativ.text)
    return funna


def rattelse(sida_svar):
    """What the form of a rättning would send back unchanged."""
    form = sida_svar.context["form"]
    varden = {namn: form[namn].value() for namn in form.fields}
    text = {True: "ja", False: "nej", None: ""}
    falt = {namn: text.get(v, v) if isinstance(v, bool) or v is None else v for namn, v in varden.items()}
    return falt | {"version": str(sida_svar.context["version"])}


def ratta(klient, deltagande, **andra):
    adress = reverse("deltagare:ratta", args=[deltagande.pk])
    return klient.post(adress, {namn: v for namn, v in (rattelse(klient.get(adress)) | andra).items() if v is not None})


# Inregistrering


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


# Utregistrering


def test_the_questions_of_the_end_are_put_at_the_end(skicka, deltagande, fraga, klient_da):
    ut = fraga(namn="Ut", mattillfalle="ut", slag="ja_nej", alternativ=["Ja", "Nej"])
    fraga(namn="In", obligatorisk=True)

    assert skicka("ut", deltagande, **utregistrering(**svar_pa(ut, 0, nar=EFTER))).status_code == 302

    assert sparat() == {("ut", "Ut"): ["Ja"]}


def test_a_question_of_both_mattillfallen_has_an_answer_of_each(registrera, skicka, fraga):
    bada = fraga(namn="Båda", mattillfalle="bada")
    registrera(**svar_pa(bada, 0))
    deltagande = Deltagande.objects.get()

    assert skicka("ut", deltagande, **utregistrering(**svar_pa(bada, 1, nar=EFTER))).status_code == 302

    assert sparat() == {("in", "Båda"): ["Deltagaren"], ("ut", "Båda"): ["Handläggaren"]}


def test_the_avslutningsdatum_decides_which_questions_are_put_at_the_end(skicka, deltagande, fraga, fel):
    en = fraga(mattillfalle="ut", obligatorisk=True, till=date(2012, 1, 8))

    assert list(fel(skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-08")))) == [f"fraga_{en.pk}_efter"]
    assert skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-09")).status_code == 302


def test_without_measurement_no_question_is_put(skicka, deltagande, fraga):
    en = fraga(mattillfalle="ut", obligatorisk=True)

    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="7", forsorjning_efter=None), fragor_efter="")
    assert svar.status_code == 302

    assert sparat() == {}
    assert en not in [rad.fraga for rad in svar.client.get(deltagande.get_absolute_url()).context["fragor"]["ut"]]


# Later


def test_answers_are_completed_later_through_the_earlier_mattillfalle(klient_da, deltagande, fraga):
    en = fraga(namn="Initiativ", obligatorisk=True)
    assert [rad.saknas for rad in klient_da.get(deltagande.get_absolute_url()).context["fragor"]["in"]] == [True]

    assert ratta(klient_da, deltagande, **svar_pa(en, 1)).status_code == 302

    assert sparat() == {("in", "Initiativ"): ["Handläggaren"]}
    [rad] = klient_da.get(deltagande.get_absolute_url()).context["fragor"]["in"]
    assert (rad.svar, rad.saknas) == ("Handläggaren", False)


def test_a_rattning_of_something_else_keeps_the_answers(registrera, klient_da, fraga):
    en, flera = fraga(namn="En"), fraga(namn="Flera", slag="flera", alternativ=["A", "B", "C"])
    registrera(**svar_pa(en, 1), **svar_pa(flera, 0, 2))
    fore = sparat()

    assert ratta(klient_da, Deltagande.objects.get(), utbildning="grundskola").status_code == 302

    assert sparat() == fore == {("in", "En"): ["Handläggaren"], ("in", "Flera"): ["A", "C"]}


def test_a_rattning_without_anything_new_writes_nothing(registrera, klient_da, fraga):
    registrera(**svar_pa(fraga(slag="flera", alternativ=["A", "B"]), 1, 0))
    deltagande = Deltagande.objects.get()

    ratta(klient_da, deltagande)

    deltagande.refresh_from_db()
    assert (deltagande.version, deltagande.rattelser.count()) == (1, 0)


def test_an_answer_is_changed_and_taken_back(registrera, klient_da, fraga):
    en, flera = fraga(namn="En"), fraga(namn="Flera", slag="flera", alternativ=["A", "B"])
    registrera(**svar_pa(en, 1), **svar_pa(flera, 0))
    deltagande = Deltagande.objects.get()

    ratta(klient_da, deltagande, **svar_pa(en, 0), **svar_pa(flera, 1))
    assert sparat() == {("in", "En"): ["Deltagaren"], ("in", "Flera"): ["B"]}

    ratta(klient_da, deltagande, **{f"fraga_{en.pk}_fore": "", f"fraga_{flera.pk}_fore": None})
    assert sparat() == {}


def test_an_answer_stays_when_the_question_is_ended_afterwards(registrera, klient_da, fraga):
    en = fraga(namn="En")
    registrera(**svar_pa(en, 1))
    KompletterandeFraga.objects.update(till=date(2011, 12, 1))
    deltagande = Deltagande.objects.get()

    ratta(klient_da, deltagande, utbildning="grundskola")

    assert sparat() == {("in", "En"): ["Handläggaren"]}
    assert [rad.svar for rad in klient_da.get(deltagande.get_absolute_url()).context["fragor"]["in"]] == ["Handläggaren"]


def test_reopening_takes_the_answers_of_the_end_and_no_others(registrera, skicka, fraga):
    bada = fraga(namn="Båda", mattillfalle="bada")
    registrera(**svar_pa(bada, 0))
    deltagande = Deltagande.objects.get()
    skicka("ut", deltagande, **utregistrering(**svar_pa(bada, 1, nar=EFTER)))

    assert skicka("ateroppna", deltagande, version="2").status_code == 302

    assert sparat() == {("in", "Båda"): ["Deltagaren"]}


def test_a_reason_without_measurement_takes_the_answers_of_the_end(registrera, skicka, klient_da, fraga):
    ut = fraga(mattillfalle="ut")
    registrera()
    deltagande = Deltagande.objects.get()
    skicka("ut", deltagande, **utregistrering(**svar_pa(ut, 0, nar=EFTER)))

    assert ratta(klient_da, deltagande, avslutningsanledning="7").status_code == 302

    assert sparat() == {}


def test_the_answers_of_somebody_elses_deltagande_are_out_of_reach(klient_da, fraga):
    frammande = SvarFactory()

    assert klient_da.get(reverse("deltagare:ratta", args=[frammande.deltagande_id])).status_code == 404


# What the form and the action hold together


def test_who_registers_out_meanwhile_is_shown_beside_the_own_answers(skicka, deltagande, fraga):
    ut = fraga(mattillfalle="ut", till=date(2012, 1, 8))
    skicka("ut", deltagande, **utregistrering())

    svar = skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-08", **svar_pa(ut, 1, nar=EFTER)))

    assert svar.status_code == 409
    assert ("Vem tog initiativ till insatsen?", "", "Handläggaren") in [
        (rad.falt, rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]
    ]


def test_a_question_that_was_taken_back_meanwhile_is_refused_in_words(db):
    deltagande = DeltagandeFactory()
    fraga = KompletterandeFragaFactory(samverkansorganisation=deltagande.insats.samverkansorganisation, utkast=True)
    svar = {fraga.pk: [fraga.alternativ.first().pk]}

    with pytest.raises(Regelbrott, match="ändrades medan du svarade"), transaction.atomic():
        matning.spara(deltagande, "in", Matning(Situation(1, False), svar))

    assert sparade_svar(deltagande) == {"in": {}, "ut": {}}


def test_the_database_takes_no_answer_that_is_not_the_questions(db):
    fraga = KompletterandeFragaFactory()

    with pytest.raises(ProgrammingError, match="svaret hör inte till frågan"), transaction.atomic():
        SvarFactory(fraga=fraga, alternativ=KompletterandeFragaFactory().alternativ.first())


def test_the_situation_is_asked_beside_the_questions(registrera, fraga, fel):
    en = fraga(obligatorisk=True)

    assert set(fel(registrera(**situation("fore", forsorjning=None)))) == {"forsorjning_fore", f"fraga_{en.pk}_fore"}
