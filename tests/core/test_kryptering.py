import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sus.core.kryptering import (
    Nyckelfel,
    ar_ny,
    dekryptera,
    kryptera,
    las_nyckel,
    las_nycklar,
    las_uppslagsnycklar,
    uppslag,
    uppslagsvarden,
)

NYCKEL_1 = bytes(range(32))
NYCKEL_2 = bytes(range(32, 64))
PLATS = "person|personnummer|7d1f"


@pytest.fixture(autouse=True)
def _nycklar(settings):
    settings.SUS_NYCKLAR = {1: NYCKEL_1}
    settings.SUS_UPPSLAGSNYCKLAR = [b"uppslag"]


@pytest.mark.parametrize("text", ["199001019802", "", "Åsa Öström-Ærø", "नमस्ते 👩‍👩‍👧 محمد", "x" * 10_000])
def test_value_is_read_back_at_its_own_place(text):
    assert dekryptera(kryptera(text, PLATS), PLATS) == text


def test_value_is_read_back_from_a_memoryview_as_some_drivers_give_it():
    assert dekryptera(memoryview(kryptera("Alma", PLATS)), PLATS) == "Alma"


def test_the_same_value_is_never_stored_alike_and_never_shows():
    forsta, andra = kryptera("Alma Testsson", PLATS), kryptera("Alma Testsson", PLATS)

    assert forsta != andra
    assert b"Alma" not in forsta


@pytest.mark.parametrize("annan_plats", ["person|personnummer|7d20", "person|namn|7d1f", "anvandare|personnummer|7d1f", "", PLATS + "|"])
def test_value_moved_to_another_row_column_or_table_is_refused(annan_plats):
    krypterat = kryptera("199001019802", PLATS)

    with pytest.raises(Nyckelfel, match="flyttat"):
        dekryptera(krypterat, annan_plats)


def test_two_rows_that_have_changed_values_are_both_refused():
    forsta, andra = kryptera("199001019802", "person|personnummer|1"), kryptera("198504219869", "person|personnummer|2")

    for krypterat, plats in [(forsta, "person|personnummer|2"), (andra, "person|personnummer|1")]:
        with pytest.raises(Nyckelfel):
            dekryptera(krypterat, plats)


def test_a_change_of_any_single_byte_is_refused():
    krypterat = kryptera("199001019802", PLATS)

    for plats in range(len(krypterat)):
        andrat = krypterat[:plats] + bytes([krypterat[plats] ^ 1]) + krypterat[plats + 1 :]
        with pytest.raises(Nyckelfel):
            dekryptera(andrat, PLATS)


@given(st.binary(max_size=80))
def test_made_up_bytes_are_refused(skrap):
    with pytest.raises(Nyckelfel):
        dekryptera(skrap, PLATS)


def test_old_values_are_readable_after_a_new_key_and_new_ones_use_it(settings):
    gammalt = kryptera("Alma", PLATS)
    settings.SUS_NYCKLAR = {2: NYCKEL_2, 1: NYCKEL_1}

    nytt = kryptera("Alma", PLATS)

    assert (gammalt[0], nytt[0]) == (1, 2)
    assert (ar_ny(gammalt), ar_ny(nytt)) == (False, True)
    assert dekryptera(gammalt, PLATS) == dekryptera(nytt, PLATS) == "Alma"


def test_a_key_that_does_not_stand_first_is_only_read_with(settings):
    settings.SUS_NYCKLAR = {1: NYCKEL_1, 2: NYCKEL_2}

    assert kryptera("Alma", PLATS)[0] == 1


def test_relabelled_key_version_is_refused_even_when_both_versions_are_the_same_key(settings):
    settings.SUS_NYCKLAR = {2: NYCKEL_1, 1: NYCKEL_1}
    krypterat = kryptera("Alma", PLATS)

    with pytest.raises(Nyckelfel):
        dekryptera(b"\x01" + krypterat[1:], PLATS)


def test_value_whose_key_is_gone_says_which_version_is_missing(settings):
    krypterat = kryptera("Alma", PLATS)
    settings.SUS_NYCKLAR = {2: NYCKEL_2}

    with pytest.raises(Nyckelfel, match="version 1 saknas"):
        dekryptera(krypterat, PLATS)


def test_value_encrypted_with_another_key_of_the_same_version_is_refused(settings):
    krypterat = kryptera("Alma", PLATS)
    settings.SUS_NYCKLAR = {1: NYCKEL_2}

    with pytest.raises(Nyckelfel, match="annan nyckel"):
        dekryptera(krypterat, PLATS)


def test_errors_tell_neither_value_nor_key():
    with pytest.raises(Nyckelfel) as fel:
        dekryptera(kryptera("199001019802", PLATS), "annan|plats|1")

    assert "199001019802" not in repr(fel.value)
    assert fel.value.__cause__ is None


def test_stored_form_is_version_nonce_and_ciphertext_with_tag():
    assert len(kryptera("199001019802", PLATS)) == 1 + 12 + 12 + 16


def test_uppslag_is_hmac_sha_256_and_depends_on_the_key(settings):
    varde = uppslag("199001019802")
    settings.SUS_UPPSLAGSNYCKLAR = [b"annan"]

    assert varde == hmac.new(b"uppslag", b"199001019802", hashlib.sha256).digest()
    assert uppslag("199001019802") != varde


def test_uppslag_is_made_with_the_first_key_and_looked_for_with_all(settings):
    gammalt = uppslag("199001019802")
    settings.SUS_UPPSLAGSNYCKLAR = [b"ny", b"uppslag"]

    assert uppslagsvarden("199001019802") == [uppslag("199001019802"), gammalt]
    assert uppslag("199001019802") != gammalt


def _kodad(nyckel):
    return base64.b64encode(nyckel).decode()


def test_keys_are_read_from_the_environments_text():
    text = f"1:{_kodad(NYCKEL_1)}, 2:{_kodad(NYCKEL_2)},\n"

    assert las_nycklar(text) == {1: NYCKEL_1, 2: NYCKEL_2}


@pytest.mark.parametrize(
    ("text", "varfor"),
    [
        ("", "Minst en nyckel"),
        (" , ", "Minst en nyckel"),
        (_kodad(NYCKEL_1), "VERSION:BASE64"),
        (f"0:{_kodad(NYCKEL_1)}", "mellan 1 och 255"),
        (f"256:{_kodad(NYCKEL_1)}", "mellan 1 och 255"),
        (f"-1:{_kodad(NYCKEL_1)}", "mellan 1 och 255"),
        (f"\u0661:{_kodad(NYCKEL_1)}", "mellan 1 och 255"),
        (f"1:{_kodad(NYCKEL_1)},1:{_kodad(NYCKEL_2)}", "två gånger"),
        (f"1:{_kodad(NYCKEL_1)},01:{_kodad(NYCKEL_2)}", "två gånger"),
        (f"1:{_kodad(NYCKEL_1[:31])}", "32 byte men är 31"),
        ("1:", "32 byte men är 0"),
        ("1:hemligheten!", "base64"),
        ("1:åäö", "base64"),
        (f"1:{_kodad(NYCKEL_1)[:10]}!{_kodad(NYCKEL_1)[10:]}", "base64"),
    ],
)
def test_unusable_key_text_is_refused_with_the_reason_and_without_the_key(text, varfor):
    with pytest.raises(Nyckelfel, match=varfor) as fel:
        las_nycklar(text)

    assert _kodad(NYCKEL_1) not in str(fel.value)
    assert "hemligheten" not in str(fel.value)


def test_one_key_may_have_white_space_around_it_as_in_a_file():
    assert las_nyckel(f"{_kodad(NYCKEL_1)}\n") == NYCKEL_1


def test_uppslagsnycklar_are_read_in_their_order_and_never_twice():
    assert las_uppslagsnycklar(f"{_kodad(NYCKEL_2)}, {_kodad(NYCKEL_1)}\n") == [NYCKEL_2, NYCKEL_1]
    for text in ["", f"{_kodad(NYCKEL_1)},", f"{_kodad(NYCKEL_1)},{_kodad(NYCKEL_1)}"]:
        with pytest.raises(Nyckelfel):
            las_uppslagsnycklar(text)
