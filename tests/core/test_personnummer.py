import random
from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.se import personnummer as orakel

from sus.core.personnummer import FEL_FORM, FEL_NUMMER, TIDIGASTE_FODELSEAR, tolka
from sus.core.regelbrott import Regelbrott
from tests.factories import PersonFactory

IDAG = date(2012, 1, 10)

# (what is typed, the twelve digits it means)
GILTIGA = [
    ("199001019802", "199001019802"),
    ("19900101-9802", "199001019802"),
    ("19900101+9802", "199001019802"),
    ("19900101 9802", "199001019802"),
    ("19900101 - 9802", "199001019802"),
    ("  199001019802\n", "199001019802"),
    ("9001019802", "199001019802"),
    ("900101-9802", "199001019802"),
    ("900101 9802", "199001019802"),
    ("900101+9802", "189001019802"),
    ("19900101\u20139802", "199001019802"),
    ("19900101\u22129802", "199001019802"),
    ("19900101\u20119802", "199001019802"),
    ("19900101\u00a09802", "199001019802"),
    ("19900101\u202f9802", "199001019802"),
    ("199001619882", "199001619882"),
    ("900161-9882", "199001619882"),
    ("20000229-9808", "200002299808"),
    ("000229-9808", "200002299808"),
    ("120110-9806", "201201109806"),
    ("120111-9805", "191201119805"),
    ("120111+9805", "191201119805"),
    ("120110+9806", "191201109806"),
]

FEL_FORM_FALL = [
    "",
    " ",
    "-",
    "19900101",
    "199001019",
    "19900101980",
    "1990010198022",
    "1990-01-01-9802",
    "90-01-01-9802",
    "1990 0101 9802",
    "199001-019802",
    "19900101--9802",
    "19900101_9802",
    "19900101/9802",
    "19900101.9802",
    "1_9_9_0_0_1_0_1_9_8_0_2",
    "-199001019802",
    "199001019802-",
    "'199001019802",
    "199001019802.0",
    "1.99001E+11",
    "901019802",
    "900101-980A",
    "900101-T980",
    "900101-98O2",
    "19900101-TF02",
    "\u0661\u0669\u0669\u0660\u0660\u0661\u0660\u0661\u0669\u0668\u0660\u0662",
    "\uff11\uff19\uff19\uff10\uff10\uff11\uff10\uff11\uff19\uff18\uff10\uff12",
    "19900101980\u0662",
    "\u0661\u0669900101-9802",
    "199001019802\x00",
    "19900101\u200b9802",
    "\u202e199001019802",
    "1\ud800",
    "Anna Testsson",
    "' OR 1=1 --",
    "9" * 400,
    "19900101-9802" * 31,
]

FEL_NUMMER_FALL = [
    ("wrong check digit", "199001019803"),
    ("wrong check digit in ten digits", "900101-9803"),
    ("two digits changed places", "199010019802"),
    ("month 00", "199000019803"),
    ("month 13", "199013019808"),
    ("day 00", "199001009803"),
    ("day 32", "199001329805"),
    ("30 February", "199002309806"),
    ("29 February in a common year", "199002299809"),
    ("29 February in 1900", "190002299808"),
    ("samordningsnummer with day 92", "199001929802"),
    ("samordningsnummer with day 60", "199001609800"),
    ("tomorrow", "201201119805"),
    ("next century", "209001019802"),
    ("long before there were personnummer", "109001019802"),
    ("year 0000", "000001019801"),
    ("birth number 000", "199001010009"),
    ("organisationsnummer", "556036-0793"),
    ("organisationsnummer with 16", "165560360793"),
]


@pytest.mark.parametrize(("text", "tolv_siffror"), GILTIGA)
def test_number_is_read_with_10_or_12_digits_and_any_usual_separator(text, tolv_siffror):
    assert tolka(text, idag=IDAG).tolv_siffror == tolv_siffror


@pytest.mark.parametrize("text", FEL_FORM_FALL, ids=range(len(FEL_FORM_FALL)))
def test_what_is_no_personnummer_is_answered_with_how_it_is_written(text):
    with pytest.raises(Regelbrott) as brott:
        tolka(text, idag=IDAG)

    assert brott.value.text == FEL_FORM == "Ange personnummer med 12 siffror."


@pytest.mark.parametrize("text", [text for _, text in FEL_NUMMER_FALL], ids=[namn for namn, _ in FEL_NUMMER_FALL])
def test_number_that_cannot_exist_is_not_valid(text):
    with pytest.raises(Regelbrott) as brott:
        tolka(text, idag=IDAG)

    assert brott.value.text == FEL_NUMMER == "Personnumret är inte giltigt."


@pytest.mark.parametrize("text", ["199001019802", "199001619882", "200002299808"])
def test_every_other_check_digit_is_refused(text):
    for siffra in set("0123456789") - {text[-1]}:
        with pytest.raises(Regelbrott, match="inte giltigt"):
            tolka(text[:-1] + siffra, idag=IDAG)


def test_person_born_today_has_a_personnummer_but_not_one_born_tomorrow():
    assert tolka("201201109806", idag=IDAG).alder(IDAG) == 0
    with pytest.raises(Regelbrott):
        tolka("201201109806", idag=date(2012, 1, 9))


@pytest.mark.parametrize(
    ("text", "kon"), [("199001019802", "kvinna"), ("199001019810", "man"), ("198504219869", "kvinna"), ("199112319976", "man")]
)
def test_the_last_digit_but_one_tells_kon(text, kon):
    assert tolka(text, idag=IDAG).kon == kon


def test_samordningsnummer_has_the_day_of_birth_plus_60():
    nummer = tolka("199001619882", idag=IDAG)

    assert nummer.ar_samordningsnummer
    assert nummer.fodelsedatum == date(1990, 1, 1)
    assert not tolka("199001019802", idag=IDAG).ar_samordningsnummer


@pytest.mark.parametrize(
    ("dag", "alder"),
    [(date(2016, 2, 28), 15), (date(2016, 2, 29), 16), (date(2017, 2, 28), 16), (date(2017, 3, 1), 17)],
)
def test_person_born_on_29_february_grows_older_on_1_march_in_common_years(dag, alder):
    assert tolka("200002299808", idag=IDAG).alder(dag) == alder


def test_number_is_printed_whole_or_masked_but_never_by_accident():
    nummer = tolka("900101-9802", idag=IDAG)

    assert (nummer.utskrivet, nummer.maskerat) == ("19900101-9802", "19900101-****")
    assert "1990" not in f"{nummer} {nummer!r} {[nummer]}"


@given(st.text(max_size=400) | st.from_regex(r"[0-9\-+ ]{9,16}"))
@example("٩٠٠١٠١٩٨٠٢")
def test_any_text_is_either_a_number_or_a_regelbrott(text):
    try:
        nummer = tolka(text, idag=IDAG)
    except Regelbrott as brott:
        assert brott.text in {FEL_FORM, FEL_NUMMER}
    else:
        assert nummer.tolv_siffror.isascii()
        assert nummer.fodelsedatum <= IDAG


def _med_kontrollsiffra(nio_siffror):
    return nio_siffror + orakel.luhn.calc_check_digit(nio_siffror)


@given(st.dates(date(TIDIGASTE_FODELSEAR, 1, 1), IDAG), st.integers(1, 999), st.booleans())
def test_every_number_that_can_be_given_out_is_read_back(fodelsedatum, fodelsenummer, samordning):
    dag = fodelsedatum.day + 60 * samordning
    siffror = f"{fodelsedatum:%Y}"[:2] + _med_kontrollsiffra(f"{fodelsedatum:%y%m}{dag:02}{fodelsenummer:03}")

    nummer = tolka(siffror, idag=IDAG)

    assert (nummer.tolv_siffror, nummer.fodelsedatum, nummer.ar_samordningsnummer) == (siffror, fodelsedatum, samordning)
    assert tolka(nummer.utskrivet, idag=IDAG) == nummer


@pytest.mark.parametrize(("ar", "godtas"), [(TIDIGASTE_FODELSEAR - 1, False), (TIDIGASTE_FODELSEAR, True)])
def test_nobody_is_read_whom_the_register_of_persons_refuses(db, ar, godtas):
    siffror = f"{ar}"[:2] + _med_kontrollsiffra(f"{ar}"[2:] + "0101980")

    if godtas:
        assert PersonFactory(fodelsear=tolka(siffror, idag=IDAG).fodelsedatum.year)
    else:
        with pytest.raises(Regelbrott, match=FEL_NUMMER):
            tolka(siffror, idag=IDAG)
        with pytest.raises(IntegrityError, match="person_rimligt_fodelsear"):
            PersonFactory(fodelsear=ar)


@given(st.dates(date(1913, 1, 1), IDAG), st.integers(1, 999))
def test_two_digits_mean_the_latest_year_that_is_not_in_the_future(fodelsedatum, fodelsenummer):
    tio_siffror = _med_kontrollsiffra(f"{fodelsedatum:%y%m%d}{fodelsenummer:03}")

    assert tolka(tio_siffror, idag=IDAG).fodelsedatum == fodelsedatum


def _slumpade(antal):
    """Numbers by a generator that always starts alike: some are wrong in date, birth number or check digit.

    None lies in the future, which the oracle allows.
    """
    slump = random.Random(9449)
    for _ in range(antal):
        ar, manad, dag = slump.randint(1850, 2025), slump.randint(0, 13), slump.choice([*range(33), *range(60, 93)])
        nio = f"{ar % 100:02}{manad:02}{dag:02}{slump.randint(0, 999):03}"
        sista = orakel.luhn.calc_check_digit(nio) if slump.random() < 0.9 else str(slump.randint(0, 9))
        yield f"{ar // 100}{nio}{sista}"


def _enligt_orakel(siffror):
    """The answer of python-stdnum to what it knows: it takes birth number 000, and a day as it stands."""
    try:
        orakel.validate(siffror)
    except ValidationError:
        return False
    return siffror[8:11] != "000"


def test_20_000_numbers_are_judged_as_by_an_independent_implementation():
    giltiga = 0
    for siffror in _slumpade(20_000):
        dag = int(siffror[6:8])
        # A samordningsnummer, which the oracle does not know, is right when that of the birthday is, with the check digit of its own.
        fodelsedag = _med_kontrollsiffra(f"{siffror[2:6]}{dag - 60:02}{siffror[8:11]}") if dag > 60 else siffror[2:]
        ratt_slut = orakel.luhn.is_valid(siffror[2:])
        vantat = ratt_slut and _enligt_orakel(siffror[:2] + fodelsedag)

        try:
            nummer = tolka(siffror, idag=date.today())
        except Regelbrott as brott:
            assert not vantat, siffror
            assert brott.text == FEL_NUMMER
        else:
            assert vantat, siffror
            assert (nummer.ar_samordningsnummer, nummer.kon) == (dag > 60, "man" if int(siffror[10]) % 2 else "kvinna")
            giltiga += 1
    assert 5_000 < giltiga < 15_000


@given(st.from_regex(r"(18[5-9]|19[0-9]|20[01])[0-9][0-9]{8}", fullmatch=True))
def test_an_independent_implementation_agrees(siffror):
    # The oracle knows neither samordningsnummer nor birth number 000, and compares with the real today.
    try:
        orakel.validate(siffror)
        enligt_orakel = True
    except ValidationError:
        enligt_orakel = False
    try:
        nummer = tolka(siffror, idag=date.today())
    except Regelbrott:
        assert not enligt_orakel or siffror[8:11] == "000"
    else:
        assert enligt_orakel or nummer.ar_samordningsnummer


def test_it_is_shown_masked_or_in_full():
    nummer = tolka("199001019802", IDAG)

    assert (nummer.maskerat, nummer.utskrivet) == ("19900101-****", "19900101-9802")
