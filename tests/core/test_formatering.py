from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from sus.core.formatering import (
    andel,
    antal,
    antal_i_ord,
    avstavad,
    datum,
    datumtid,
    forandring,
    kronor,
    lista_i_ord,
    period_i_ord,
    procent,
)

VINTER = datetime(2012, 1, 10, 8, 14, tzinfo=UTC)
SOMMAR_STRAX_EFTER_MIDNATT = datetime(2011, 6, 30, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(("tal", "text"), [(0, "0 insatser"), (1, "1 insats"), (2, "2 insatser"), (1200, "1\u202f200 insatser")])
def test_a_number_has_the_form_of_the_noun_that_goes_with_it(tal, text):
    assert antal_i_ord(tal, "insats", "insatser") == text


@pytest.mark.parametrize(
    ("belopp", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (1360000, "1\u202f360\u202f000"),
        (-5000, "\u22125\u202f000"),
        (999999999999, "999\u202f999\u202f999\u202f999"),
        (None, ""),
    ],
)
def test_kronor_have_narrow_spaces_and_a_real_minus_and_unknown_is_blank(belopp, text):
    assert kronor(belopp) == antal(belopp) == text


@pytest.mark.parametrize(("tal", "text"), [(170000, "+170\u202f000"), (-170000, "\u2212170\u202f000"), (0, "0"), (None, "")])
def test_forandring_always_shows_its_sign(tal, text):
    assert forandring(tal) == text


@pytest.mark.parametrize(
    ("taljare", "namnare", "hela_procent"),
    [
        (1, 2, 50),
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (5, 200, 3),
        (201, 201, 100),
        (0, 7, 0),
        (3, 2, 150),
        (0, 0, None),
    ],
)
def test_andel_is_whole_per_cent_with_half_rounded_up(taljare, namnare, hela_procent):
    assert andel(taljare, namnare) == hela_procent


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_andel_is_exact_also_for_large_counts(taljare, namnare):
    avstand = andel(taljare, namnare) - Fraction(100 * taljare, namnare)

    assert Fraction(-1, 2) < avstand <= Fraction(1, 2)


def test_procent_does_not_break_between_figure_and_sign():
    assert procent(34) == "34\u00a0%"
    assert procent(None) == ""


def test_dates_are_written_with_the_year_first():
    assert datum(date(2011, 1, 31)) == "2011-01-31"
    assert datum(None) == ""


def test_times_are_written_in_swedish_time():
    assert datumtid(VINTER) == "2012-01-10 kl. 09.14"
    assert datumtid(SOMMAR_STRAX_EFTER_MIDNATT) == "2011-07-01 kl. 00.05"
    assert datum(SOMMAR_STRAX_EFTER_MIDNATT) == "2011-07-01"
    assert datumtid(None) == ""


@pytest.mark.parametrize(
    ("fran", "till", "i_ord"),
    [
        (date(2011, 1, 1), date(2011, 12, 31), "Januari–december 2011"),
        (date(2010, 12, 1), date(2011, 3, 31), "December 2010–mars 2011"),
        (date(2011, 3, 1), date(2011, 3, 31), "Mars 2011"),
        (date(2010, 3, 1), date(2011, 3, 31), "Mars 2010–mars 2011"),
    ],
)
def test_period_of_whole_months_is_written_in_words(fran, till, i_ord):
    assert period_i_ord(fran, till) == i_ord


@pytest.mark.parametrize(
    ("delar", "i_ord"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
        (["Ånge", "Svalöv, Burlöv och Vellinge"], "Ånge samt Svalöv, Burlöv och Vellinge"),
        (["Ånge", "Hjo och Skövde", "Tanum"], "Ånge; Hjo och Skövde samt Tanum"),
    ],
)
def test_list_is_written_in_words(delar, i_ord):
    assert lista_i_ord(delar) == i_ord


@pytest.mark.parametrize(
    ("mall", "utskrift"),
    [
        ("{{ belopp|kronor }}", "1\u202f360\u202f000"),
        ("{{ belopp|antal }}", "1\u202f360\u202f000"),
        ("{{ belopp|forandring }}", "+1\u202f360\u202f000"),
        ("{{ andel|procent }}", "34\u00a0%"),
        ("{{ tid|datum }} {{ tid|datumtid }}", "2012-01-10 2012-01-10 kl. 09.14"),
        ("{{ delar|lista_i_ord }}", "a, b och &lt;c&gt;"),
        ("{{ okant|kronor }}{{ okant|datum }}{{ okant|lista_i_ord }}", ""),
    ],
)
def test_templates_have_the_same_formats(mall, utskrift):
    kontext = {
        "belopp": 1360000,
        "andel": 34,
        "tid": VINTER,
        "delar": ["a", "b", "<c>"],
        "okant": None,
    }

    assert Template("{% load formatering %}" + mall).render(Context(kontext)) == utskrift


@pytest.mark.parametrize(
    ("rubrik", "text"),
    [
        ("Första samverkansadministratören", "Första samverkans\u00adadministratören"),
        ("Samverkansorganisationer", "Samverkans\u00adorganisationer"),
        ("Samordningsförbundet Provbygden", "Samordnings\u00adförbundet Provbygden"),
        ("Ge uppdrag som deltagaransvarig", "Ge uppdrag som deltagar\u00adansvarig"),
        ("Årsredogörelser", "Årsredogörelser"),
        (2011, "2011"),
        ("", ""),
    ],
)
def test_the_longest_words_of_a_heading_are_parted_at_their_joint_only(rubrik, text):
    assert avstavad(rubrik) == text
    assert Template("{% load formatering %}{{ rubrik|avstavad }}").render(Context({"rubrik": rubrik})) == text
