"""The import of samverkansorganisationer and their money, row by row."""

import csv
from pathlib import Path

import pytest

from behorigheter.models import Handelse
from organisations import importer
from organisations.models import AdministrativKostnad, Finansiering, IngaendeOrganisation, Organisation, Samverkansorganisation
from sus.core.csvfil import Radfel
from tests.factories import IngaendeOrganisationFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "sus" / "start" / "demo" / "data" / "trollhattan-2011"
SLAG = ["organisationer", "parter", "finansiering", "adminkostnader"]
FORBUNDET = "Trollhättan, Lilla Edet och Grästorp"


def las_in(slag):
    with (DATA / f"{slag}.csv").open(encoding="utf-8-sig", newline="") as fil:
        return [getattr(importer, slag)(rad, None) for rad in csv.DictReader(fil, delimiter=";")]


def las_in_alla():
    for slag in SLAG:
        las_in(slag)


def test_the_published_budget_is_loaded_to_the_krona():
    las_in_alla()

    forbundet = Samverkansorganisation.objects.get(namn=FORBUNDET)
    assert forbundet.lan_id == "15" or forbundet.lan.namn == "Västra Götalands län"
    assert [str(omrade) for omrade in forbundet.omraden.all()] == ["Trollhättan", "Lilla Edet", "Grästorp"]
    assert {str(rad.part): rad.belopp for rad in Finansiering.objects.all()} == {
        "Försäkringskassan": 5_030_000,
        "Västra Götalandsregionen": 2_515_000,
        "Grästorps kommun": 200_000,
        "Lilla Edets kommun": 437_000,
        "Trollhättans kommun": 1_878_000,
        f"Samordningsförbundet {FORBUNDET}": 2_260_000,
    }
    assert list(AdministrativKostnad.objects.values_list("kostnadstyp", "budget", "utfall")) == [
        ("kring", 50_000, 0),
        ("personal", 1_360_000, 0),
    ]


def test_the_same_files_twice_change_nothing():
    las_in_alla()
    handelser, version = Handelse.objects.count(), Samverkansorganisation.objects.get().version

    las_in_alla()

    assert Handelse.objects.count() == handelser
    assert Samverkansorganisation.objects.get().version == version
    assert Finansiering.objects.count() == 6


def test_a_changed_amount_is_changed_and_the_other_rows_stay():
    las_in_alla()
    rad = {"samverkansorganisation": FORBUNDET, "ar": "2011", "finansiar": "Försäkringskassan", "belopp": "5000000", "beskrivning": ""}

    importer.finansiering(rad, None)

    assert sum(rad.belopp for rad in Finansiering.objects.all()) == 12_290_000
    assert AdministrativKostnad.objects.count() == 2


def test_an_unknown_party_is_put_into_the_register_with_the_type_of_the_row():
    SamverkansorganisationFactory(namn="Provbygden")

    importer.parter(
        {
            "samverkansorganisation": "Provbygden",
            "organisation": "Arenan AB",
            "typ": "ovrig",
            "medlem": "nej",
            "finansiar": "ja",
            "konsument": "nej",
        },
        None,
    )

    assert Organisation.objects.get(namn="Arenan AB").typ == Organisation.Typ.OVRIG
    assert IngaendeOrganisation.objects.get().finansiar


def fel_av(slag, rad):
    with pytest.raises(Radfel) as fel:
        getattr(importer, slag)(rad, None)
    return fel.value.fel


def test_a_party_whose_type_differs_from_the_register_is_refused():
    SamverkansorganisationFactory(namn="Provbygden")

    fel = fel_av(
        "parter",
        {
            "samverkansorganisation": "Provbygden",
            "organisation": "Försäkringskassan",
            "typ": "af",
            "medlem": "ja",
            "finansiar": "nej",
            "konsument": "nej",
        },
    )

    assert fel == {"typ": ["Försäkringskassan finns i registret med typen fk."]}


def test_every_faulty_column_of_a_row_is_named():
    SamverkansorganisationFactory(namn="Provbygden")

    fel = fel_av(
        "adminkostnader", {"samverkansorganisation": "Provbygden", "ar": "11", "kostnadstyp": "kaffe", "budget": "-5", "utfall": "1,5"}
    )

    assert set(fel) == {"ar", "kostnadstyp", "budget", "utfall"}


@pytest.mark.parametrize(
    ("andring", "kolumn", "text"),
    [
        ({"namn": "x" * 51}, "namn", "Namnet får vara högst 50 tecken"),
        ({"namn": "Finsam Provbygden"}, "namn", "utan samverkansform"),
        ({"organisationsnummer": "212000-1234"}, "organisationsnummer", "inte giltigt"),
        ({"samverkansform": "trepart"}, "samverkansform", ""),
        ({"startdatum": "2009-13-01"}, "startdatum", "Datumet finns inte"),
        ({"slutdatum": "2008-12-31"}, "slutdatum", "Slutdatum kan inte vara tidigare än startdatum."),
        ({"kommuner": "1488,9999"}, "kommuner", "9999 finns inte"),
        ({"kommuner": ""}, "", "Välj minst en kommun"),
    ],
)
def test_a_faulty_samverkansorganisation_is_refused_at_its_column(andring, kolumn, text):
    rad = {
        "namn": "Provbygden", "organisationsnummer": "", "samverkansform": "finsam", "startdatum": "2009-01-01",
        "slutdatum": "", "kommuner": "1488",
    }  # fmt: skip

    fel = fel_av("organisationer", rad | andring)

    assert list(fel) == [kolumn]
    assert text in fel[kolumn][0]


def test_money_before_the_start_or_from_who_is_no_financier_is_refused():
    part = IngaendeOrganisationFactory(
        finansiar=False, samverkansorganisation__namn="Provbygden", samverkansorganisation__startdatum="2010-01-01"
    )
    rad = {"samverkansorganisation": "Provbygden", "ar": "2009", "finansiar": str(part.organisation), "belopp": "1", "beskrivning": ""}

    assert fel_av("finansiering", rad) == {"ar": ["Uppgifter kan inte registreras före samverkansorganisationens startdatum (2010-01-01)."]}
    assert fel_av("finansiering", rad | {"ar": "2010"}) == {"finansiar": ["Organisationen är inte markerad som finansiär."]}
