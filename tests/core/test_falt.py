from datetime import date

import pytest
import time_machine
from django import forms
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from sus.core.falt import (
    AntalField,
    ArField,
    DatumField,
    JaNejField,
    KravtextMixin,
    KronorField,
    ManadField,
    PersonnummerField,
    ProcentField,
    RenTextField,
    kravtext,
)

NBSP, SMALT = "\u00a0", "\u202f"
ANDRA_SIFFROR = ["\u0661\u0662", "\uff11\uff12", "\u0967\u0968", "1\u0662"]

pytestmark = pytest.mark.usefixtures("_i_januari_2012")


@pytest.fixture
def _i_januari_2012():
    with time_machine.travel("2012-01-10 12:00+01:00", tick=False):
        yield


def fel(falt, text):
    with pytest.raises(forms.ValidationError) as brott:
        falt.clean(text)
    return " ".join(brott.value.messages)


@pytest.mark.parametrize(
    ("text", "belopp"),
    [
        ("0", 0),
        ("1360000", 1360000),
        ("1 360 000", 1360000),
        (f"1{NBSP}360{NBSP}000", 1360000),
        (f"1{SMALT}360{SMALT}000", 1360000),
        ("1360 000", 1360000),
        ("  500\n", 500),
        ("007", 7),
        ("999999999999", 999_999_999_999),
        ("000000000000000001", 1),
    ],
)
def test_kronor_are_read_with_or_without_spaces_between_thousands(text, belopp):
    assert KronorField().clean(text) == belopp


@pytest.mark.parametrize("text", ["1360,50", "1 360,50", "1360.5", "-1,5", "0.0"])
def test_kronor_with_ore_are_refused(text):
    assert fel(KronorField(), text) == "Skriv beloppet i hela kronor, utan ören."


@pytest.mark.parametrize(
    "text",
    [
        *ANDRA_SIFFROR,
        "1_000",
        "1e3",
        "1E+1000",
        "0x1f",
        "tolv",
        "5 kr",
        "10 20",
        "1 36",
        "1  000",
        "+5",
        "--5",
        "NaN",
        "inf",
        "=1+1",
        "1.360.000",
        "1\x00",
    ],
)
def test_kronor_in_other_forms_are_refused_with_an_example(text):
    assert fel(KronorField(), text) == "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."


@pytest.mark.parametrize("text", ["1000000000000", "1 000 000 000 000", "9" * 400])
def test_kronor_of_more_than_12_digits_are_refused(text):
    assert fel(KronorField(), text) == fel(KronorField(negativ=True), f"-{text}") == "Beloppet får ha högst 12 siffror."


@pytest.mark.parametrize("text", ["-5000", "\u22125 000", "- 5000", "\u20135000"])
def test_kronor_below_zero_are_read_only_where_they_make_sense(text):
    assert KronorField(negativ=True).clean(text) == -5000
    assert fel(KronorField(), text) == "Beloppet får inte vara negativt."


def test_kronor_are_shown_with_spaces_and_what_was_typed_wrong_is_kept():
    class Formular(forms.Form):
        belopp = KronorField()

    assert f'value="1{SMALT}360{SMALT}000"' in str(Formular(initial={"belopp": 1360000})["belopp"])
    assert 'value="13,5"' in str(Formular({"belopp": "13,5"})["belopp"])


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_kronor_that_are_shown_are_read_back(belopp):
    falt = KronorField(negativ=True)

    assert falt.clean(falt.prepare_value(belopp)) == belopp
    assert not falt.has_changed(belopp, falt.prepare_value(belopp))


def test_model_fields_can_be_typed_in_these_fields():
    belopp = models.BigIntegerField("belopp").formfield(form_class=KronorField)
    ar = models.PositiveSmallIntegerField("budgetår").formfield(form_class=ArField)
    startdatum = models.DateField("startdatum", null=True, blank=True).formfield(form_class=DatumField)
    namn = models.CharField("namn", max_length=50).formfield(form_class=RenTextField)
    beskrivning = models.TextField("beskrivning", blank=True).formfield(form_class=RenTextField)
    arbetar = models.BooleanField("arbetar").formfield(form_class=JaNejField, required=True)

    assert (belopp.clean("1 360 000"), ar.clean("2011"), startdatum.clean(""), arbetar.clean("nej")) == (1360000, 2011, None, False)
    assert fel(namn, "") == "Fyll i namn."
    assert beskrivning.clean("Ett\r\ntvå") == "Ett\ntvå"


def test_field_is_no_wider_than_its_column_and_no_narrower_than_the_rule():
    assert fel(KronorField(min_value=-(2**63), max_value=2**63 - 1), "-1") == "Beloppet får inte vara negativt."
    assert fel(ProcentField(min_value=0, max_value=2**31 - 1), "101") == "Ange omfattning mellan 1 och 100 procent."
    assert fel(AntalField(min_value=0, max_value=100), "101") == "Ange ett tal mellan 0 och 100."


@pytest.mark.parametrize("text", ["0", "1", "1 000 000"])
def test_antal_is_read(text):
    assert AntalField().clean(text) == int(text.replace(" ", ""))


@pytest.mark.parametrize("text", ["-1", "1 000 001", "9" * 400])
def test_antal_outside_its_limits_is_refused_with_the_limits(text):
    assert fel(AntalField(), text) == f"Ange ett tal mellan 0 och 1{SMALT}000{SMALT}000."


def test_antal_may_be_negative_where_it_is_asked_for():
    assert AntalField(negativ=True).clean("-3") == -3


@pytest.mark.parametrize(
    ("text", "mening"), [("2,5", "Skriv ett helt tal, utan decimaler."), ("två", "Skriv ett helt tal med siffror, till exempel 25.")]
)
def test_antal_that_is_no_whole_number_is_refused(text, mening):
    assert fel(AntalField(), text) == mening


@pytest.mark.parametrize(("text", "procent"), [("1", 1), ("50", 50), ("100", 100), ("50%", 50), ("50 %", 50)])
def test_procent_is_read(text, procent):
    assert ProcentField().clean(text) == procent


@pytest.mark.parametrize("text", ["", "0", "101", "-5", "12,5", "halvtid", "%", "1_0", "9" * 400, *ANDRA_SIFFROR])
def test_procent_outside_1_to_100_is_refused(text):
    assert fel(ProcentField(), text) == "Ange omfattning mellan 1 och 100 procent."


@pytest.mark.parametrize("text", ["1990", "2011", "2100"])
def test_ar_is_read_and_shown_without_spaces(text):
    assert ArField().clean(text) == int(text)
    assert str(ArField().prepare_value(int(text))) == text


@pytest.mark.parametrize("text", ["11", "1989", "2101", "20111", "-2011"])
def test_ar_outside_1990_to_2100_is_refused(text):
    assert fel(ArField(), text) == "Ange ett år mellan 1990 och 2100."


@pytest.mark.parametrize("text", ["tjugohundraelva", "2011-01", "2011,0", "٢٠١١", "2_011"])
def test_ar_in_another_form_is_refused(text):
    assert fel(ArField(), text) == "Skriv året med fyra siffror, till exempel 2011."


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("2011-01-31", date(2011, 1, 31)),
        ("20110131", date(2011, 1, 31)),
        ("110131", date(2011, 1, 31)),
        (" 2011-01-31 ", date(2011, 1, 31)),
        ("2011\u201301\u201331", date(2011, 1, 31)),
        ("2012-02-29", date(2012, 2, 29)),
        ("120229", date(2012, 2, 29)),
        ("130110", date(2013, 1, 10)),
        ("1990-01-01", date(1990, 1, 1)),
        ("2100-01-01", date(2100, 1, 1)),
    ],
)
def test_datum_is_read_in_the_three_usual_forms(text, datum):
    assert DatumField().clean(text) == datum


@pytest.mark.parametrize(
    "text",
    [
        "2011-1-31",
        "2011-0131",
        "31/1 2011",
        "31-01-2011",
        "31-01-11",
        "2011-W05-1",
        "i dag",
        "2011-01-31T00:00",
        "1101311",
        "٢٠١١-٠١-٣١",
        "٢٠١١-01-31",
        "２０１１０１３１",
        "2011-01-31\x00",
        "-2011-01-31",
        "1" * 400,
    ],
)
def test_datum_in_another_form_is_refused_with_an_example(text):
    assert fel(DatumField(), text) == "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2011-01-31."


@pytest.mark.parametrize("text", ["2011-02-29", "20110229", "110229", "2011-13-01", "2011-00-10", "2011-04-31", "2011-01-00", "0000-01-01"])
def test_datum_that_does_not_exist_is_refused(text):
    assert fel(DatumField(), text) == "Datumet finns inte. Kontrollera månad och dag."


@pytest.mark.parametrize("text", ["1989-12-31", "2100-01-02", "0001-01-01", "9999-12-31", "130111"])
def test_datum_outside_the_time_of_the_system_is_refused(text):
    # With two digits, a date more than a year ahead is a hundred years back.
    assert fel(DatumField(), text) == "Ange ett datum mellan 1990-01-01 och 2100-01-01."


def test_datum_has_limits_of_its_own_where_they_are_given():
    falt = DatumField(tidigast=date(1900, 1, 1), senast=date(2012, 1, 10))

    assert falt.clean("130111") == date(1913, 1, 11)
    assert fel(falt, "2012-01-11") == "Ange ett datum mellan 1900-01-01 och 2012-01-10."


def test_datum_is_shown_as_it_is_typed():
    class Formular(forms.Form):
        dag = DatumField()

    assert 'value="2011-01-31"' in str(Formular(initial={"dag": date(2011, 1, 31)})["dag"])


@pytest.mark.parametrize("text", ["2011-01", "201101", "2011\u201301"])
def test_manad_is_read_as_its_first_day(text):
    assert ManadField().clean(text) == date(2011, 1, 1)


@pytest.mark.parametrize("text", ["2011", "2011-1", "2011-13", "2011-00", "11-01", "januari 2011", "٢٠١١-٠١", "٢٠١١-01"])
def test_manad_in_another_form_is_refused(text):
    assert fel(ManadField(), text) == "Skriv månaden som ÅÅÅÅ-MM, till exempel 2011-01."


@pytest.mark.parametrize("text", ["1989-12", "2100-02", "0000-01"])
def test_manad_outside_the_time_of_the_system_is_refused(text):
    assert fel(ManadField(), text) == "Ange en månad mellan 1990-01 och 2100-01."


def test_manad_is_shown_as_it_is_typed_and_is_unchanged_when_nothing_is_typed():
    falt = ManadField()

    assert falt.prepare_value(date(2011, 1, 1)) == "2011-01"
    assert not falt.has_changed(date(2011, 1, 1), "2011-01")


@pytest.mark.parametrize(("text", "svar"), [("ja", True), ("nej", False)])
def test_ja_and_nej_are_answers(text, svar):
    assert JaNejField().clean(text) is svar


@pytest.mark.parametrize("text", ["", "kanske", "True", "JA"])
def test_no_answer_is_neither_ja_nor_nej(text):
    assert fel(JaNejField(), text) == "Välj Ja eller Nej."


def test_ja_nej_may_be_left_open_where_it_is_not_required():
    assert JaNejField(required=False).clean("") is None


@pytest.mark.parametrize(("sparat", "valt"), [(True, ["ja"]), (False, ["nej"]), (None, [])])
def test_ja_nej_shows_the_stored_answer_and_none_from_the_start(sparat, valt):
    class Formular(forms.Form):
        arbetar = JaNejField()

    formular = Formular(initial={"arbetar": sparat})

    assert [val.data["value"] for val in formular["arbetar"].subwidgets if val.data["selected"]] == valt
    assert not formular.fields["arbetar"].has_changed(sparat, valt[0] if valt else "")
    assert formular.fields["arbetar"].has_changed(sparat, "nej" if sparat else "ja")


def test_personnummer_becomes_a_personnummer_and_is_shown_whole_in_its_own_field():
    nummer = PersonnummerField().clean("900101-9802")

    assert nummer.tolv_siffror == "199001019802"
    assert PersonnummerField().prepare_value(nummer) == "19900101-9802"


@pytest.mark.parametrize(
    ("text", "mening"),
    [
        ("", "Ange personnummer med 12 siffror."),
        ("1990", "Ange personnummer med 12 siffror."),
        ("9" * 400, "Ange personnummer med 12 siffror."),
        ("١٩٩٠٠١٠١٩٨٠٢", "Ange personnummer med 12 siffror."),
        ("199001019803", "Personnumret är inte giltigt."),
        ("201201119805", "Personnumret är inte giltigt."),
    ],
)
def test_personnummer_that_cannot_be_is_refused(text, mening):
    assert fel(PersonnummerField(), text) == mening


@pytest.mark.parametrize(
    ("text", "rent"),
    [
        ("  Göra \t Skillnad\n", "Göra Skillnad"),
        (f"Göra{NBSP}Skillnad", "Göra Skillnad"),
        ("A\u030angermanland", "Ångermanland"),
        ("\ufeffHjort\u200bmos\u00adsen", "Hjortmossen"),
        ("Familj 👩\u200d👩\u200d👧", "Familj 👩\u200d👩\u200d👧"),
        ("<script>{{ 7*7 }}</script> ' OR 1=1", "<script>{{ 7*7 }}</script> ' OR 1=1"),
        ("میلاد", "میلاد"),
    ],
)
def test_text_is_stored_composed_and_without_what_cannot_be_seen(text, rent):
    assert RenTextField().clean(text) == rent


@pytest.mark.parametrize(
    "tecken",
    [
        "\x00",
        "\x07",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        "\ud800",
        "\u061c",
        "\u200e",
        "\u200f",
        "\u2028",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ufdd0",
        "\uffff",
        "\ufffd\ufffd",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea])
def test_text_that_cannot_be_stored_or_pretends_to_be_another_is_refused(tecken, widget):
    assert fel(RenTextField(widget=widget), f"Hjort{tecken}mossen").startswith("Texten innehåller tecken som inte kan användas.")


def test_text_of_several_lines_keeps_them():
    assert RenTextField(widget=forms.Textarea).clean("\r\nEtt  två\r\n\r\nTre\r") == "Ett  två\n\nTre"


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b", NBSP])
def test_text_of_nothing_but_spaces_is_empty(text):
    assert fel(RenTextField(label="Namn"), text) == "Fyll i namn."
    assert RenTextField(required=False).clean(text) == ""
    assert RenTextField(required=False, empty_value=None).clean(text) is None


def test_text_is_measured_after_it_is_cleaned_and_the_browser_cuts_nothing():
    falt = RenTextField(max_length=50)

    assert falt.clean("  " + "å" * 50 + "  ") == "å" * 50
    assert fel(falt, "x" * 51) == "Skriv högst 50 tecken. Du har skrivit 51."
    assert fel(falt, "x" * 1_000_000) == "Skriv högst 50 tecken. Du har skrivit 1000000."
    assert "maxlength" not in falt.widget.attrs


@given(st.text(max_size=40))
def test_cleaned_text_is_clean(text):
    try:
        rent = RenTextField(required=False).clean(text)
    except forms.ValidationError:
        return

    rent.encode()  # no lone surrogate is left
    assert RenTextField(required=False).clean(rent) == rent


@pytest.mark.parametrize(
    "falt", [KronorField, AntalField, DatumField, ManadField, ArField, RenTextField, PersonnummerField, ProcentField, JaNejField]
)
@pytest.mark.parametrize("text", ["", None])
def test_empty_field_that_is_not_required_is_unknown_and_never_zero(falt, text):
    assert falt(required=False).clean(text) in (None, "")


@pytest.mark.parametrize(
    ("label", "mening"),
    [
        ("Startdag", "Fyll i startdag."),
        ("Namn:", "Fyll i namn."),
        ("ESF-medel", "Fyll i ESF-medel."),
        ("E-post", "Fyll i e-post."),
        ("Vilken typ av arbete är det?", "Svara på frågan: Vilken typ av arbete är det?"),
        (None, "Fyll i uppgiften."),
    ],
)
def test_empty_required_field_says_its_name(label, mening):
    assert fel(DatumField(label=label), "") == kravtext(label) == mening


def test_own_text_for_an_empty_field_wins():
    assert fel(DatumField(label="Startdag", error_messages={"required": "Ange när insatsen börjar."}), "") == "Ange när insatsen börjar."


def test_fields_of_django_say_their_name_in_a_form_that_asks_for_it():
    class Formular(KravtextMixin, forms.Form):
        kommun = forms.ChoiceField(label="Kommun", choices=[("1488", "Trollhättan")])
        epost = forms.EmailField(label="E-post")
        svar = JaNejField(label="Arbetar")
        eget = forms.CharField(label="Eget", error_messages={"required": "Skriv något eget."})

    assert Formular({}).errors == {
        "kommun": ["Välj kommun."],
        "epost": ["Fyll i e-post."],
        "svar": ["Välj Ja eller Nej."],
        "eget": ["Skriv något eget."],
    }


@pytest.mark.parametrize(
    ("falt", "bredd", "enhet", "hjalp"),
    [
        (DatumField, "s", None, "ÅÅÅÅ-MM-DD"),
        (ManadField, "xs", None, "ÅÅÅÅ-MM"),
        (ArField, "xs", None, "ÅÅÅÅ"),
        (KronorField, "s", "kr", ""),
        (AntalField, "xs", None, ""),
        (ProcentField, "xs", "procent", "1–100"),
        (PersonnummerField, "s", None, "12 siffror, ÅÅÅÅMMDDNNNN"),
    ],
)
def test_field_tells_the_templates_how_it_looks(falt, bredd, enhet, hjalp):
    falt = falt()

    assert type(falt.widget) is forms.TextInput
    assert (falt.widget.attrs["data-bredd"], falt.widget.attrs.get("data-enhet"), falt.help_text) == (bredd, enhet, hjalp)
    assert (falt.widget.attrs["inputmode"], falt.widget.attrs["autocomplete"]) == ("numeric", "off")


def test_page_may_give_a_field_another_width_and_help():
    falt = DatumField(help_text="ÅÅÅÅ-MM-DD, den dag deltagaren börjar", widget=forms.TextInput({"data-bredd": "m"}))

    assert falt.help_text == "ÅÅÅÅ-MM-DD, den dag deltagaren börjar"
    assert falt.widget.attrs["data-bredd"] == "m"
