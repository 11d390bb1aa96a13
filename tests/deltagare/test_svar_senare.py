"""The kompletterande frågor at utregistrering, and answers completed, changed and taken back later (docs/regler.md 8)."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from deltagare.actions import matning
from deltagare.fragor import har_obesvarade_fragor, sparade_svar
from deltagare.importer import deltaganden
from deltagare.models import Deltagande
from deltagare.uppgifter import Matning, Situation
from organisations.models import KompletterandeFraga
from sus.core.regelbrott import Regelbrott
from tests.deltagare.conftest import utregistrering
from tests.deltagare.fragor import EFTER, ratta, sparat, svar_pa
from tests.deltagare.test_import import RAD
from tests.factories import DeltagandeFactory, KompletterandeFragaFactory, SvarFactory


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
    en = fraga(slag="flera", alternativ=["A", "B"])
    registrera(**svar_pa(en, 0, 1))
    deltagande = Deltagande.objects.get()

    ratta(klient_da, deltagande, **svar_pa(en, 1, 0))

    deltagande.refresh_from_db()
    assert (deltagande.version, deltagande.rattelser.count()) == (1, 0)


def test_an_answer_is_changed_and_taken_back(registrera, klient_da, fraga):
    en, flera = fraga(namn="En"), fraga(namn="Flera", slag="flera", alternativ=["A", "B"])
    registrera(**svar_pa(en, 1), **svar_pa(flera, 0))
    deltagande = Deltagande.objects.get()

    sida = klient_da.get(reverse("deltagare:ratta", args=[deltagande.pk])).content.decode()
    assert sida.count(">Inget svar</label>") == 1  # a radio button is not taken back in any other way; a check box is
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


# From a file


def test_a_file_has_no_answers_and_no_question_stops_it(insats, fraga):
    fraga(obligatorisk=True, mattillfalle="bada")

    deltaganden({"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn, **RAD}, None)

    assert list(Deltagande.objects.filter(har_obesvarade_fragor())) == [Deltagande.objects.get()]


def test_a_file_that_corrects_leaves_the_answers(insats, fraga):
    rad = {"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn, **RAD}
    en = fraga(namn="En", mattillfalle="bada")
    deltaganden(rad, None)
    deltagande = Deltagande.objects.get()
    for typ in ("in", "ut"):
        SvarFactory(deltagande=deltagande, fraga=en, typ=typ)

    deltaganden(rad | {"utbildning": "okand", "avslutningsdatum": "2011-09-01"}, None)

    assert sparat() == {("in", "En"): ["Deltagaren"], ("ut", "En"): ["Deltagaren"]}


# In a draft


def test_an_answer_stands_in_the_draft(klient_da, deltagande, skicka, fraga):
    ut = fraga(mattillfalle="ut", slag="flera", alternativ=["A", "B", "C"])

    skicka("ut", deltagande, **utregistrering(**svar_pa(ut, 0, 2, nar=EFTER), spara_utkast="ja"))
    form = skicka("ut", deltagande, fortsatt_utkast="ja").context["form"]

    assert form[f"fraga_{ut.pk}_efter"].value() == svar_pa(ut, 0, 2, nar=EFTER)[f"fraga_{ut.pk}_efter"]
