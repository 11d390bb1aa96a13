import csv
from datetime import date

import pytest

from sus.core.csvfil import OlasbarFil, Radfel, las, las_datum, las_heltal, las_ja_nej, las_kommalista, skriv_felfil
from sus.core.regelbrott import Regelbrott

KOLUMNER = ("insats", "ar", "antal")
RUBRIK = "insats;ar;antal\n"


@pytest.fixture
def fil(tmp_path):
    def skriv(innehall):
        path = tmp_path / "volym.csv"
        path.write_bytes(innehall if isinstance(innehall, bytes) else innehall.encode())
        return path

    return skriv


def varden(path):
    return [(rad.nummer, rad.varden()) for rad in las(path, KOLUMNER)]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["without BOM", "with BOM"])
@pytest.mark.parametrize("radslut", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_rows_are_read_by_column_with_the_line_they_begin_on(fil, bom, radslut):
    path = fil(bom + f"insats;ar;antal{radslut}Göra Skillnad;2011;70{radslut} Information ; 2011 ;{radslut}".encode())

    assert varden(path) == [
        (2, {"insats": "Göra Skillnad", "ar": "2011", "antal": "70"}),
        (3, {"insats": "Information", "ar": "2011", "antal": ""}),
    ]


def test_an_optional_column_is_read_if_the_file_has_it_last(fil):
    med, utan = (
        las(fil(f"insats;ar{rubrik}\nHjortmossen;2011{cell}\n"), KOLUMNER[:2], "antal") for rubrik, cell in ((";antal", ";7"), ("", ""))
    )

    assert [rad.varden() for rad in med] == [{"insats": "Hjortmossen", "ar": "2011", "antal": "7"}]
    assert [rad.varden() for rad in utan] == [{"insats": "Hjortmossen", "ar": "2011"}]
    with pytest.raises(OlasbarFil, match="Kolumnerna står i fel ordning"):
        las(fil("antal;insats;ar\n"), KOLUMNER, "kon")
    with pytest.raises(OlasbarFil, match="Okända kolumner: antal"):
        las(fil("antal;insats;ar\n"), KOLUMNER[:2], "antal")


def test_row_number_is_the_line_in_the_file_also_after_blank_lines_and_cells_of_several_lines(fil):
    path = fil(RUBRIK + '\n"Två\nrader; och semikolon";2011;1\n;;\nSist;2011;2')

    assert varden(path) == [
        (3, {"insats": "Två\nrader; och semikolon", "ar": "2011", "antal": "1"}),
        (6, {"insats": "Sist", "ar": "2011", "antal": "2"}),
    ]


def test_file_with_nothing_but_its_header_has_no_rows(fil):
    assert las(fil(RUBRIK), KOLUMNER) == []


@pytest.mark.parametrize(("rad", "antal"), [("Hjortmossen;2011", 2), ("Hjortmossen;2011;1;2", 4), ("Hjortmossen", 1)])
def test_wrong_number_of_cells_is_the_error_of_that_row_alone(fil, rad, antal):
    ratt, fel = las(fil(f"{RUBRIK}Information;2011;1\n{rad}\n"), KOLUMNER)

    assert ratt.varden()["antal"] == "1"
    with pytest.raises(Radfel, match=f"Raden har {antal} celler men ska ha 3."):
        fel.varden()


@pytest.mark.parametrize(
    ("innehall", "mening"),
    [
        (b"", "Filen är tom."),
        (b"\xef\xbb\xbf \r\n", "Filen är tom."),
        ("insats;ar;antal\nÅ".encode("utf-16"), "UTF-16"),
        ("insats;ar;antal\nA;1;2\nGöra;2011;1\n".encode("latin-1"), r"inte i UTF-8 \(rad 3\)"),
        (b"insats;ar;antal\nA;2011;\x00\n", "NUL-tecken"),
        (b"PK\x03\x04\x00\x00", "NUL-tecken"),
        ('insats;ar;antal\nA;2011;1\n"B;2011;1\nC;2011;1\n', "Kontrollera citattecknen"),
        ('insats;ar;antal\n"B"x;2011;1\n', "rad 2"),
        (f"insats;ar;antal\n{'x' * 200_000};2011;1\n", "rad 2"),
        ("insats;ar\n", "Kolumner som saknas: antal."),
        ("insats;ar;antal;kon\n", "Okända kolumner: kon."),
        ("insats;ar;antal;\n", r"Okända kolumner: \(utan namn\)."),
        ("insats;ar;antal;ar\n", "Kolumner som finns flera gånger: ar."),
        ("insats;Ar;antal\n", "Kolumner som saknas: ar. Okända kolumner: Ar."),
        ("insats;antal;ar\n", "Kolumnerna står i fel ordning."),
        ("insats,ar,antal\n", "Första raden ska vara insats;ar;antal"),
        ("Information;2011;1\n", "Kolumner som saknas: insats, ar, antal."),
        ("fel\n", "Kolumner som saknas"),
    ],
)
def test_unusable_file_is_refused_with_what_is_wrong(fil, innehall, mening):
    with pytest.raises(OlasbarFil, match=mening):
        las(fil(innehall), KOLUMNER)


def test_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "finns-inte.csv", tmp_path):
        with pytest.raises(OlasbarFil, match="finns inte eller kan inte öppnas"):
            las(path, KOLUMNER)


def test_file_above_50_mb_is_refused_before_it_is_read(fil):
    path = fil(RUBRIK)
    with path.open("r+b") as oppen:
        oppen.truncate(50 * 1024 * 1024 + 1)

    with pytest.raises(OlasbarFil, match="större än 50 MB"):
        las(path, KOLUMNER)


def test_error_file_holds_every_row_unchanged_and_what_is_wrong_with_it(fil):
    rader = las(fil(RUBRIK + ' Information ;2011;1\n"=SUMMA(A1)";20x1;""\nKort;2011\n'), KOLUMNER)

    felfil = skriv_felfil(fil(RUBRIK), KOLUMNER, zip(rader, ["", "ar: Skriv året.", "Raden har 2 celler."], strict=True))

    assert felfil.name == "volym.csv.fel.csv"
    assert felfil.read_bytes().startswith(b"\xef\xbb\xbfinsats;ar;antal;fel\r\n")
    assert list(csv.reader(felfil.read_text("utf-8-sig").splitlines(), delimiter=";"))[1:] == [
        [" Information ", "2011", "1", ""],
        ["=SUMMA(A1)", "20x1", "", "ar: Skriv året."],
        ["Kort", "2011", "", "Raden har 2 celler."],
    ]


def test_mended_error_file_can_be_loaded_as_it_is(fil):
    path = fil(RUBRIK + "Information;20x1;1\nHjortmossen;2011;2\n")
    felfil = skriv_felfil(path, KOLUMNER, [(rad, "ar: Skriv året.") for rad in las(path, KOLUMNER)])

    felfil.write_text(felfil.read_text("utf-8-sig").replace("20x1", "2011"), "utf-8")

    assert varden(felfil) == [
        (2, {"insats": "Information", "ar": "2011", "antal": "1"}),
        (3, {"insats": "Hjortmossen", "ar": "2011", "antal": "2"}),
    ]


def test_error_file_of_an_error_file_has_one_column_of_errors(fil):
    path = fil("insats;ar;antal;fel\nInformation;20x1;1;ar: Skriv året.\nFel bort;2011;1\n")

    felfil = skriv_felfil(path, KOLUMNER, [(rad, "nytt fel") for rad in las(path, KOLUMNER)])

    assert felfil.read_text("utf-8-sig").splitlines() == ["insats;ar;antal;fel", "Information;20x1;1;nytt fel", "Fel bort;2011;1;nytt fel"]


def test_row_error_is_printed_with_the_names_of_its_columns():
    fel = Radfel({"": ["Deltagaren är redan registrerad."], "ar": ["Skriv året.", "Välj ett år."]})

    assert str(fel) == "Deltagaren är redan registrerad. ar: Skriv året. ar: Välj ett år."


@pytest.mark.parametrize(("text", "varde"), [("ja", True), ("nej", False), ("", None)])
def test_ja_and_nej_are_read(text, varde):
    assert las_ja_nej(text) is varde


@pytest.mark.parametrize(("text", "varde"), [("0", 0), ("-5", -5), ("007", 7), ("999999999999", 999999999999), ("", None)])
def test_whole_numbers_are_read(text, varde):
    assert las_heltal(text) == varde


@pytest.mark.parametrize(("text", "varde"), [("2012-02-29", date(2012, 2, 29)), ("", None)])
def test_dates_are_read(text, varde):
    assert las_datum(text) == varde


@pytest.mark.parametrize(("text", "varde"), [("a,b", ["a", "b"]), (" b , a,b,", ["b", "a"]), ("", []), (" , ", [])])
def test_comma_separated_values_are_read_once_each_in_their_order(text, varde):
    assert las_kommalista(text) == varde


@pytest.mark.parametrize(
    ("lasare", "texter"),
    [
        (las_ja_nej, ["Ja", "yes", "1", "j", "ja ", "true"]),
        (las_heltal, ["1 000", "1,5", "1.0", "1_000", "+1", "1e3", "--1", "NaN", "٣", "３", "1\n", "9" * 13, "9" * 400, "tolv"]),
        (
            las_datum,
            [
                "20110131",
                "2011-1-31",
                "2011-W05-1",
                "2011-02-29",
                "2011-13-01",
                "0000-01-01",
                "31/1 2011",
                "٢٠١١-٠١-٠١",
                "٢٠١١-01-01",
                "2011-01-31\n",
            ],
        ),
    ],
)
def test_cells_of_another_form_are_refused_with_a_sentence(lasare, texter):
    for text in texter:
        with pytest.raises(Regelbrott, match=r"^[A-ZÅÄÖ].*\.$"):
            lasare(text)
