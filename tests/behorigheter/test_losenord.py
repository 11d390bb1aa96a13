"""Passwords of local accounts in the database."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

LOSENORD = "korv-med-mos-1962"


@pytest.fixture(autouse=True)
def _som_i_drift(settings):
    settings.PASSWORD_HASHERS = ["behorigheter.losenord.NyckladArgon2", "django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_the_right_password_opens_and_another_does_not():
    hashat = make_password(LOSENORD)

    assert check_password(LOSENORD, hashat)
    assert not check_password("korv-med-mos-1963", hashat)


def test_the_hash_alone_cannot_be_tried_against_a_guessed_password(settings):
    hashat = make_password(LOSENORD)
    utan_nyckeln = hashat.replace("argon2nyckel", "argon2", 1)

    assert not Argon2PasswordHasher().verify(LOSENORD, utan_nyckeln)
    settings.SUS_UPPSLAGSNYCKLAR = [b"1" * 32]
    assert not check_password(LOSENORD, hashat)


def test_a_hash_without_key_is_made_anew_at_login():
    gammalt = make_password(LOSENORD, hasher="argon2")
    nya = []

    assert check_password(LOSENORD, gammalt, setter=nya.append)
    assert nya == [LOSENORD]


def test_a_password_opens_while_the_key_is_changed_and_is_then_made_with_the_new_one(settings):
    gammalt = make_password(LOSENORD)
    [gammal_nyckel] = settings.SUS_UPPSLAGSNYCKLAR
    settings.SUS_UPPSLAGSNYCKLAR = [b"1" * 32, gammal_nyckel]
    nya = []

    assert check_password(LOSENORD, gammalt, setter=nya.append)
    assert nya == [LOSENORD]
    assert not check_password("korv-med-mos-1963", gammalt)

    nytt = make_password(LOSENORD)
    settings.SUS_UPPSLAGSNYCKLAR = [b"1" * 32]

    assert check_password(LOSENORD, nytt, setter=nya.append)
    assert nya == [LOSENORD], "nothing is left to make anew"
    assert not check_password(LOSENORD, gammalt)
