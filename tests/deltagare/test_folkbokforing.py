"""Folkbokföringen over HTTP, against a server that answers well, badly or not at all."""

import logging
import time
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from deltagare.folkbokforing import Folkbokford, RegistretSvararInte, hamta, hamta_flera, http
from deltagare.folkbokforing.http import TALAMOD, VILA
from sus.core.personnummer import tolka
from sus.start import kontroller
from tests.deltagare.conftest import ALMA, ELSA

SKYDDAD = "196606069810"
OKAND = "197001019806"


def nummer(siffror):
    return tolka(siffror, idag=date(2026, 1, 1))


def test_who_is_in_the_register_comes_with_namn_and_kommun(register):
    assert hamta(nummer(ALMA)) == Folkbokford(namn="Alma Testsson", kommun_kod="1488")


def test_who_is_not_in_the_register_is_nobody(register):
    assert hamta(nummer(OKAND)) is None


def test_of_who_is_protected_nothing_else_is_known(register):
    register.personer[SKYDDAD] = {"status": "skyddad", "namn": "Skyddad Provperson", "kommun": "1488"}

    assert hamta(nummer(SKYDDAD)) == Folkbokford(namn="", kommun_kod="", skyddad=True)


def test_many_are_asked_for_in_one_question(register):
    svar = hamta_flera([nummer(ett) for ett in (ALMA, OKAND, SKYDDAD, ELSA)])

    assert [svar[nummer(ALMA)].namn, svar[nummer(OKAND)], svar[nummer(SKYDDAD)].skyddad] == ["Alma Testsson", None, True]
    assert register.antal == 1


def test_the_personnummer_stands_in_the_body_and_never_in_the_address(register):
    hamta(nummer(ALMA))

    assert register.begarda == [("/personer", None, {"personnummer": [ALMA]})]


def test_the_service_is_shown_the_key_when_there_is_one(register, settings):
    settings.FOLKBOKFORING_NYCKEL = "hemligheten-i-testerna"

    hamta(nummer(ALMA))

    assert register.begarda[0][1] == "Bearer hemligheten-i-testerna"


@pytest.mark.parametrize(
    ("satt", "fragor"),
    [("503", 2), ("404", 1), ("omdirigering", 1), ("strunt", 2), ("okand_status", 1), ("utan_namn", 1), ("tomt", 1)],
)
def test_an_answer_that_cannot_be_understood_is_no_answer(register, satt, fragor):
    register.satt = [satt]

    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ALMA))

    assert register.antal == fragor


def test_what_passes_is_asked_once_more(register):
    register.satt = ["503", "ratt"]

    assert hamta(nummer(ALMA)).namn == "Alma Testsson"
    assert register.antal == 2


def test_an_answer_that_comes_too_late_is_asked_once_more(register):
    register.satt = ["aldrig", "ratt"]

    assert hamta(nummer(ALMA)).namn == "Alma Testsson"


@pytest.mark.parametrize("satt", ["aldrig", "droppvis"])
def test_nobody_waits_longer_than_three_seconds(register, satt):
    register.satt = [satt]
    start = time.monotonic()

    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ALMA))

    assert time.monotonic() - start < TALAMOD + 2  # the socket itself would wait for ever


def test_a_register_that_has_fallen_silent_is_left_alone_for_a_while(register, monkeypatch):
    register.satt = ["aldrig", "aldrig", "ratt"]
    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ALMA))
    start = time.monotonic()

    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ELSA))

    assert (time.monotonic() - start < 1, register.antal) == (True, 2)
    monkeypatch.setattr(http, "_tyst_till", {adress: tid - VILA for adress, tid in http._tyst_till.items()})
    assert hamta(nummer(ELSA)).namn == "Elsa Testexempel"


def test_an_answer_that_is_wrong_silences_nobody(register):
    register.satt = ["503", "503", "ratt"]
    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ALMA))

    assert hamta(nummer(ELSA)).namn == "Elsa Testexempel"


def test_a_register_that_nobody_runs_is_away_at_once(settings):
    settings.FOLKBOKFORING = "http://127.0.0.1:9/personer"
    start = time.monotonic()

    with pytest.raises(RegistretSvararInte):
        hamta(nummer(ALMA))

    assert time.monotonic() - start < TALAMOD


@pytest.mark.parametrize("satt", ["ratt", "503", "404", "strunt", "okand_status"])
def test_nothing_of_the_person_is_in_the_log_or_in_the_exception(register, caplog, satt):
    register.satt = [satt]
    with caplog.at_level(logging.DEBUG):
        try:
            hamta(nummer(ALMA))
        except RegistretSvararInte as fel:
            sagt = f"{fel!r} {fel.__cause__!r}"
            assert fel.__suppress_context__
        else:
            sagt = ""

    assert caplog.messages  # urllib3 tells of the connection
    for hemligt in (ALMA, "Alma", "1488"):
        assert hemligt not in caplog.text + sagt


@pytest.mark.parametrize(
    ("adress", "koder"),
    [
        ("http://folkbokforing.example/personer", ["sus.E002"]),
        ("testregister.csv", ["sus.E002"]),
        ("https://folkbokforing.example/personer", []),
        ("http://localhost:8080/personer", []),
        ("fil:testregister.csv", []),
        ("", []),
    ],
)
def test_a_register_is_never_asked_over_an_open_line(settings, adress, koder):
    settings.FOLKBOKFORING = adress

    assert [fel.id for fel in kontroller.folkbokforingen_ar_skyddad(None)] == koder
    if koder:
        with pytest.raises(ImproperlyConfigured, match="https"):
            hamta(nummer(ALMA))
