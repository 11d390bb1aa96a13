"""What a hostile or unlucky user types, per kind of field, and whether the field must refuse it."""

from django import forms

from sus.core.falt import DatumField, ManadField, PersonnummerField, _HeltalField

MYCKET = "x" * 100_000
SKRIPT = "<script>alert(1)</script>"

# Refused by every text field: cannot be stored, printed or trusted to look like what it is.
TEXT_VAGRAS = [
    "\0",
    "Prov\0",
    "\u202ednäsrev",
    "Prov\u200f",
    "\u2066Prov\u2069",
    "\x1b[31mProv",
    "Prov\x7f",
    "\x80Prov",
    "Pr\u2028ov",
    "Prov\uffff",
]
# Text like other text, however it looks.
TEXT = [
    *(SKRIPT, '"><img src=x onerror=alert(1)>', "</textarea><script>alert(1)</script>", "' autofocus onfocus='alert(1)", "<!--", "]]>"),
    *("'; DROP TABLE insatser_insats; --", "' OR '1'='1", "1); DELETE FROM organisations_budgetar; --", "\\'; SELECT pg_sleep(9); --"),
    *("{{ 7*7 }}", "{% debug %}", "${7*7}", "#{7*7}", "%s%s%n%d", "%(x)s", "{0.__class__}", "{", "}", "%", "%%", "\\", "\\0", "\\u0000"),
    *(
        "=1+1",
        "+1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t=1+1",
        "a\r\nSet-Cookie: x=1",
        "a\nb",
        "\r",
        "../../etc/passwd",
        "file:///etc/passwd",
    ),
    *(
        " ",
        "   ",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u2060",
        "a\u030angstrom",
        "A\u030a",
        "ﬁ",
        "ſ",
        "İ",
        "ß",
        "Ǆ",
        "ｆｕｌｌ",
    ),
    *(
        "👩‍👩‍👧‍👦",
        "🇸🇪",
        "𝕊𝕌𝕊",
        "שלום",
        "السلام",
        "漢字",
        "\U0010ffff",
        "a" + "\u0301" * 300,
        "Z\u0489\u0489\u0489",
        "-",
        "*",
        "**",
        "%",
        "_",
    ),
    *(
        "null",
        "None",
        "undefined",
        "true",
        "NaN",
        "[]",
        "{}",
        "on",
        "0",
        "-1",
        "CON",
        "198001019808",
        "http://example.com",
        "javascript:alert(1)",
    ),
    *(b"\xed\xa0\x80", b"\xff\xfe", b"Prov\xc3", b"\xc0\xaf", b"\xf5\x80\x80\x80", MYCKET),
]
TAL_VAGRAS = [
    *("tre", "1,5", "1.5", "1.000", "1e5", "1E+1000", "NaN", "inf", "-inf", "Infinity", "0x10", "0b1", "1_000", "+5", "--1", "1-", "1 2"),
    *(
        "٣",
        "१२",
        "１２",
        "②",
        "²",
        "½",
        "Ⅻ",
        "一",
        "12 34",
        "1;2",
        "1'000",
        "1/2",
        "10%%",
        "1 000 000 000 000",
        "9" * 13,
        "9" * 19,
        "9" * 400,
    ),
    *("9" * 5_000, "0" * 13 + "x", "1\0", "\u202e12", "1\u200b2", "=1+1", SKRIPT, "' OR 1=1 --", "null", "True", "[]", b"\xff1", MYCKET),
]
TAL = [
    "-1",
    "-0",
    "0",
    "007",
    "2147483647",
    "2147483648",
    "999999999999",
    "−5",
    " 5 ",
    "1\u00a0000",
    "1\u202f000",
    "1 000",
    "0" * 50,
    "",
    " ",
]
DATUM_VAGRAS = [
    *("0000-00-00", "0001-01-01", "9999-12-31", "1000-01-01", "2011-02-29", "2100-02-29", "2011-13-01", "2011-00-10", "2011-01-00"),
    *(
        "2011-01-32",
        "20110132",
        "110230",
        "2011-1-1",
        "11/12/2011",
        "1.1.2011",
        "2011-W05-1",
        "2011-123",
        "2011-01-01T00:00",
        "2011-01-01 10:00",
    ),
    *("idag", "now", "2011--01-01", "-2011-01-01", "+2011-01-01", "2011-01", "2011", "99999999", "0", "-1", "1e10", "9" * 400, "9" * 5_000),
    *(
        "٢٠١١-٠١-٠١",
        "２０１１-０１-０１",
        "2011-01-01\0",
        "\u202e2011-01-01",
        "2011-01-0l",
        "2011-01-01;",
        "' OR 1=1 --",
        SKRIPT,
        b"2011-01-01\xff",
        MYCKET,
    ),
]
DATUM = ["2011-01-01", "20110101", "110101", "1990-01-01", "2100-01-01", "2012-02-29", "2011–01–01", " 2011-01-01 ", "1989-12-31", "", " "]
VAL_VAGRAS = [
    *("999999999", "-1", "-0", "1.0", "1e1", "2147483648", "9223372036854775808", "9" * 30, "9" * 400, "9" * 5_000, "1 OR 1=1"),
    *(
        "'; DROP TABLE insatser_insats; --",
        "../../etc/passwd",
        SKRIPT,
        "\0",
        "1\0",
        "\u202e1",
        "null",
        "__all__",
        "[]",
        "{{ 7*7 }}",
        "%s",
    ),
    *(b"\xff", b"\xed\xa0\x80", MYCKET),
]
VAL = ["", " ", "0", "٣", "１"]
PERSONNUMMER_VAGRAS = [
    *(
        "198013019802",
        "198001329807",
        "198001019800",
        "19800101-980",
        "8001019A02",
        "000000000000",
        "999999999999",
        "٨٠٠١٠١٩٨٠٢",
        "1,98E+11",
    ),
    *("198001019802.0", "'198001019802'", "198001019802\0", "\u202e198001019802", "tolv siffror", "9" * 400, SKRIPT, b"\xff", MYCKET),
]
EPOST_VAGRAS = [
    *(
        "prov",
        "prov@",
        "@example.com",
        "prov@@example.com",
        "prov@example",
        "a b@example.com",
        "prov@example.com\0",
        "prov@exa\u202emple.com",
    ),
    *(
        "prov@example.com\r\nBcc: alla@example.com",
        "<prov@example.com>",
        "prov@[127.0.0.1",
        "a" * 300 + "@example.com",
        SKRIPT,
        b"prov@\xff.com",
        MYCKET,
    ),
]
KRYSS = ["on", "1", "true", "nej", "\0", SKRIPT, "9" * 5_000, b"\xff"]
DOLD = [
    "",
    " ",
    "0",
    "-1",
    "٣",
    "1_0",
    "1.0",
    "99999999999",
    "9" * 400,
    "9" * 5_000,
    "abc",
    "\0",
    "\u202e1",
    SKRIPT,
    "' OR 1=1 --",
    "None",
    "1,2,3",
    b"\xff",
    MYCKET,
]
VERSION = [
    "-1",
    "9",
    "99999999999",
    "9" * 5_000,
    "abc",
    "",
    "٣",
    "１",
    "1.0",
    "\0",
    "None",
    b"\xff",
    "' OR 1=1 --",
]  # never a version that is saved

# {kind: (must be refused, may be refused)}
VARDEN = {
    "text": (TEXT_VAGRAS, TEXT),
    "tal": (TAL_VAGRAS, TAL),
    "datum": (DATUM_VAGRAS, DATUM),
    "manad": ([varde for varde in DATUM_VAGRAS if varde != "2011-01"], ["2011-01", "201101", "1990-01", ""]),
    "val": (VAL_VAGRAS, VAL),
    "personnummer": (PERSONNUMMER_VAGRAS, [""]),
    "epost": (EPOST_VAGRAS, ["", " ", "åäö@example.com", "prov@xn--sdra-5qa.se", "o'hara@example.com", "a+b@example.com"]),
    "kryss": ([], KRYSS),
    "version": (VERSION, []),
    "dold": ([], DOLD),
}
SLAG = [
    (DatumField, "datum"),
    (ManadField, "manad"),
    (_HeltalField, "tal"),
    (PersonnummerField, "personnummer"),
    (forms.EmailField, "epost"),
    (forms.BooleanField, "kryss"),
    (forms.ChoiceField, "val"),
    (forms.ModelChoiceField, "val"),
    (forms.CharField, "text"),
]


def slag(namn, falt):
    """The kind of a control with the name; `falt` is the form's field, None for what the page itself sends along."""
    if namn == "version":
        return "version"
    return next((slag_ for klass, slag_ in SLAG if isinstance(falt, klass)), "dold")
