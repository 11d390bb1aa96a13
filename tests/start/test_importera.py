"""`importera`: all rows or none, every fault named, the file of errors, rights of a user."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Person, Samtycke
from insatser.models import Insats, InsatsAr, InsatsBudget, VolymPost
from organisations.models import AdministrativKostnad, Finansiering, IngaendeOrganisation, Omrade, Samverkansorganisation
from sus.start.importslag import SLAG
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
TROLLHATTAN = Path(__file__).parents[2] / "sus" / "start" / "demo" / "data" / "trollhattan-2011"
MODELLER = [
    *(Samverkansorganisation, Omrade, IngaendeOrganisation, Finansiering, AdministrativKostnad),
    *(Insats, InsatsAr, InsatsBudget, VolymPost, Person, Deltagande, Mattillfalle, Samtycke, AnonymPost),
]


@pytest.fixture
def fil(tmp_path):
    """fil(slag, row, row …) → a file with the right header; a row is a dict of the cells that are not empty, or a raw line."""

    def _fil(slag, *rader):
        path = tmp_path / f"{slag}.csv"
        kolumner = SLAG[slag].kolumner
        text = [rad if isinstance(rad, str) else ";".join(rad.get(kolumn, "") for kolumn in kolumner) for rad in rader]
        path.write_text("\n".join([";".join(kolumner), *text]) + "\n", encoding="utf-8")
        return path

    return _fil


@pytest.fixture
def hjortmossen():
    return InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Älvdalen")


def importera(slag, path, **kwargs):
    """The exit code."""
    try:
        call_command("importera", slag, path, **kwargs)
    except SystemExit as slut:
        return slut.code
    return 0


def innehall():
    """Every row of every table that a file can change."""
    return {modell.__name__: sorted(map(str, modell.objects.values_list())) for modell in MODELLER}


def felfil(path):
    with path.with_name(f"{path.name}.fel.csv").open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


VOLYM = {"samverkansorganisation": "Älvdalen", "insats": "Information", "ar": "2011"}
DELTAGANDE = {
    "samverkansorganisation": "Älvdalen",
    "insats": "Hjortmossen",
    "personnummer": "198504219869",
    "namn": "Alma Testsson",
    "kommun": "1488",
    "startdatum": "2010-09-12",
    "utbildning": "grundskola",
    "tid_forsorjning": "2",
    "forsorjning_fore": "aktivitetsstod",
    "af_fore": "ja",
    "samtycke_datum": "2010-09-04",
}


def test_a_file_that_is_right_is_loaded_and_says_so(fil, hjortmossen, capsys):
    kod = importera("deltaganden", fil("deltaganden", DELTAGANDE))

    assert kod == 0
    assert Deltagande.objects.get().insats == hjortmossen
    assert "1 rader ur deltaganden.csv är inlästa." in capsys.readouterr().out


def test_one_wrong_row_stops_the_whole_file(fil, hjortmossen, capsys):
    path = fil("deltaganden", DELTAGANDE, DELTAGANDE | {"personnummer": "198504219860"})

    kod = importera("deltaganden", path)

    assert kod == 1
    assert not Person.objects.exists()
    assert not Handelse.objects.exists()
    assert "rad 3: personnummer: Personnumret är inte giltigt." in capsys.readouterr().err.splitlines()


def test_a_dry_run_tries_every_row_and_saves_nothing(fil, hjortmossen, capsys):
    kod = importera("deltaganden", fil("deltaganden", DELTAGANDE), torrkorning=True)

    assert kod == 0
    assert not Deltagande.objects.exists()
    assert not Handelse.objects.exists()
    assert "inget är sparat (torrkörning)" in capsys.readouterr().out


def test_the_same_file_twice_changes_nothing(tmp_path):
    for slag in SLAG:
        if (TROLLHATTAN / f"{slag}.csv").exists():
            shutil.copy(TROLLHATTAN / f"{slag}.csv", tmp_path)
            assert importera(slag, tmp_path / f"{slag}.csv") == 0
    fore = innehall()
    assert len(fore["Deltagande"]) == 201

    for path in sorted(tmp_path.iterdir()):
        assert importera(path.stem, path) == 0

    assert innehall() == fore


def test_a_row_that_is_about_the_same_thing_as_an_earlier_one_is_refused(fil, hjortmossen, capsys):
    importera("deltaganden", fil("deltaganden", DELTAGANDE, DELTAGANDE | {"namn": "Någon Annan"}))

    assert "rad 3: Raden gäller samma sak som rad 2. Behåll en av dem." in capsys.readouterr().err


def test_two_planned_numbers_for_a_year_are_refused(fil, hjortmossen, capsys):
    rad = {"samverkansorganisation": "Älvdalen", "insats": "Hjortmossen", "ar": "2011", "budget": "1", "planerat_antal": "40"}

    importera(
        "insatsbudget",
        fil("insatsbudget", rad | {"budgettyp": "insatskostnad"}, rad | {"budgettyp": "esf_insatskostnad", "planerat_antal": "41"}),
    )

    assert "rad 3: planerat_antal: Tidigare i filen är planerat antal 40" in capsys.readouterr().err
    assert not InsatsAr.objects.exists()


@pytest.mark.parametrize(
    ("innehall", "text"),
    [
        (b"", "Filen är tom."),
        (b"namn;ar\n", "Kolumner som saknas"),
        (b"namn\xff", "inte i UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_two(tmp_path, capsys, innehall, text):
    path = tmp_path / "volym.csv"
    path.write_bytes(innehall)

    assert importera("volym", path) == 2
    assert text in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_or_a_user_that_does_not_exist_ends_with_two(tmp_path, fil, capsys):
    assert importera("volym", tmp_path / "ingen.csv") == 2
    assert importera("volym", fil("volym"), som="ingen") == 2
    assert "Användaren ingen finns inte." in capsys.readouterr().err


def test_an_unknown_kind_of_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("importera", "pengar", tmp_path / "pengar.csv")


def test_the_log_tells_who_loaded_what(fil):
    organisation = SamverkansorganisationFactory(namn="Älvdalen")
    InsatsFactory(namn="Information", volym=True, samverkansorganisation=organisation)
    eva = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=organisation).anvandare

    importera("volym", fil("volym", VOLYM | {"antal": "5"}))
    importera("volym", fil("volym", VOLYM | {"antal": "6"}), som=eva.anvandarnamn)

    rader = Handelse.objects.filter(typ=Handelse.Typ.IMPORT).values_list("anvandare_id", "detaljer")
    assert list(rader) == [(None, {"slag": "volym", "rader": 1}), (eva.pk, {"slag": "volym", "rader": 1})]


def test_a_user_loads_only_within_the_own_uppdrag_and_as_the_web_role(fil, monkeypatch, capsys):
    egen = InsatsFactory(namn="Information", volym=True, samverkansorganisation__namn="Älvdalen")
    InsatsFactory(namn="Information", volym=True, samverkansorganisation__namn="Bortom")
    eva = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=egen.samverkansorganisation).anvandare
    path = fil("volym", VOLYM | {"antal": "5"}, VOLYM | {"samverkansorganisation": "Bortom", "antal": "5"})

    kod = importera("volym", path, som=eva.anvandarnamn)

    assert kod == 1
    assert "rad 3: samverkansorganisation: Du saknar uppdrag i samverkansorganisationen." in capsys.readouterr().err
    assert not VolymPost.objects.exists()

    roller = []
    egentlig = SLAG["volym"].rad

    def spana(rad, by):
        with connection.cursor() as c:
            c.execute("SELECT current_setting('role')")
            roller.append(c.fetchone()[0])
        return egentlig(rad, by)

    monkeypatch.setitem(SLAG, "volym", replace(SLAG["volym"], rad=spana))
    assert importera("volym", fil("volym", VOLYM | {"antal": "5"}), som=eva.anvandarnamn) == 0
    assert roller == ["sus_web"]
    assert VolymPost.objects.get().av == eva


def test_deltaganden_are_loaded_in_the_insats_of_the_uppdrag_and_in_no_other_of_the_same_organisation(fil, hjortmossen, capsys):
    InsatsFactory(namn="Grannen", samverkansorganisation=hjortmossen.samverkansorganisation)
    ada = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=hjortmossen).anvandare

    assert importera("deltaganden", fil("deltaganden", DELTAGANDE | {"insats": "Grannen"}), som=ada.anvandarnamn) == 1
    assert "rad 2: insats: Du saknar uppdrag i insatsen." in capsys.readouterr().err
    assert importera("deltaganden", fil("deltaganden", DELTAGANDE), som=ada.anvandarnamn) == 0
    assert Deltagande.objects.get().insats == hjortmossen


@pytest.mark.parametrize("slag", SLAG)
def test_a_role_that_may_only_read_loads_nothing_of_any_kind(fil, hjortmossen, slag, capsys):
    lasare = AnvandareFactory(anvandarnamn="lasare")
    BehorighetFactory(anvandare=lasare, roll=Roll.RAPPORT)
    fore = innehall()
    rad = {"samverkansorganisation": "Älvdalen", "insats": "Hjortmossen", "namn": "Nytt förbund"}

    kod = importera(slag, fil(slag, rad), som="lasare")

    assert kod == 1
    assert "Du saknar uppdrag" in (err := capsys.readouterr().err) or "får inte skapa" in err
    assert innehall() == fore


@pytest.mark.parametrize("slag", SLAG.values(), ids=lambda slag: slag.slag)
def test_the_key_of_a_file_is_some_of_its_columns(slag):
    assert set(slag.nyckel) < set(slag.kolumner)


FELAKTIGA = {
    "organisationer": [
        (
            {"namn": "x" * 51, "samverkansform": "finsam", "startdatum": "2010-01-01", "kommuner": "1488"},
            "namn: Namnet får vara högst 50 tecken",
        ),
        ({"namn": "A", "samverkansform": "trepart", "startdatum": "2010-01-01", "kommuner": "1488"}, "samverkansform:"),
        ({"namn": "B", "samverkansform": "finsam", "startdatum": "2010-13-01", "kommuner": "1488"}, "startdatum:"),
        (
            {"namn": "C", "samverkansform": "finsam", "startdatum": "2010-01-01", "slutdatum": "2009-01-01", "kommuner": "1488"},
            "slutdatum:",
        ),
        ({"namn": "D", "samverkansform": "finsam", "startdatum": "2010-01-01", "kommuner": "9999"}, "kommuner:"),
        ({"namn": "E", "organisationsnummer": "123", "samverkansform": "finsam", "startdatum": "2010-01-01"}, "organisationsnummer:"),
        ("F;finsam", "Raden har 2 celler men ska ha 6."),
    ],
    "finansiering": [
        ({"samverkansorganisation": "Okänd", "ar": "2011", "finansiar": "Försäkringskassan", "belopp": "1"}, "samverkansorganisation:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "tjugo", "finansiar": "Försäkringskassan", "belopp": "1"}, "ar:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "2011", "finansiar": "Ingen", "belopp": "1"}, "finansiar:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "2011", "finansiar": "Medlemmen", "belopp": "1"}, "finansiar:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "2011", "finansiar": "Försäkringskassan", "belopp": "1 000,50"}, "belopp:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "2012", "finansiar": "Försäkringskassan", "belopp": "-1"}, "belopp:"),
        ({"samverkansorganisation": "Älvdalen", "ar": "2013", "finansiar": "Försäkringskassan", "belopp": "1000000000000"}, "belopp:"),
    ],
    "deltaganden": [
        ({"insats": "Okänd"}, "insats:"),
        ({"personnummer": "198504219860"}, "personnummer: Personnumret är inte giltigt."),
        ({"personnummer": "١٩٨٥٠٤٢١٩٨٦٩"}, "personnummer: Ange personnummer med 12 siffror."),
        ({"personnummer": "299912319801"}, "personnummer:"),
        ({"startdatum": "2099-01-01"}, "startdatum:"),
        ({"startdatum": "2009-12-31", "samtycke_datum": "2009-12-30"}, "startdatum: Startdag måste ligga inom insatsens period"),
        ({"utbildning": "doktor", "startdatum": "2010-09-24"}, "utbildning:"),
        ({"tid_forsorjning": "12"}, "tid_forsorjning:"),
        ({"forsorjning_fore": "", "startdatum": "2010-09-13"}, "forsorjning_fore: Ange minst en försörjning"),
        (
            {"forsorjning_fore": "ingen,a_kassa", "startdatum": "2010-09-14"},
            "forsorjning_fore: Ingen offentlig försörjning kan inte kombineras",
        ),
        (
            {"arbete_fore": "101", "arbetstyp_fore": "subventionerat", "startdatum": "2010-09-15"},
            "arbete_fore: Ange omfattning mellan 1 och 100",
        ),
        ({"arbete_fore": "50", "startdatum": "2010-09-16"}, "arbetstyp_fore: Ange vilken typ av arbete det är."),
        ({"samtycke_datum": "", "startdatum": "2010-09-17"}, "samtycke_datum:"),
        ({"avslutningsdatum": "2010-09-01", "avslutningsanledning": "7", "startdatum": "2010-09-18"}, "avslutningsdatum:"),
        ({"avslutningsdatum": "2010-12-01", "avslutningsanledning": "6", "startdatum": "2010-09-19"}, "avslutningsanledning:"),
        ({"avslutningsdatum": "2010-12-01", "avslutningsanledning": "8", "startdatum": "2010-09-20"}, "avslutningsanledning:"),
        ({"avslutningsdatum": "2010-12-01", "startdatum": "2010-09-21"}, "avslutningsanledning: Välj avslutningsanledning."),
        ({"kommun": "0001", "startdatum": "2010-09-22"}, "kommun:"),
        ({"af_fore": "kanske", "startdatum": "2010-09-23"}, "af_fore:"),
    ],
    "volym": [
        (VOLYM | {"insats": "Hjortmossen", "antal": "5"}, ""),
        (VOLYM | {"antal": "-5"}, "antal:"),
        (VOLYM | {"ar": "2012", "antal": "fem"}, "antal:"),
    ],
}


@pytest.mark.parametrize("slag", FELAKTIGA)
def test_faulty_rows_of_every_kind_load_nothing_are_named_and_stand_in_the_error_file(fil, hjortmossen, capsys, slag):
    organisation = hjortmossen.samverkansorganisation
    InsatsFactory(namn="Information", volym=True, samverkansorganisation=organisation)
    fk = OrganisationFactory._meta.model.objects.get(namn="Försäkringskassan")
    IngaendeOrganisationFactory(samverkansorganisation=organisation, organisation=fk)
    IngaendeOrganisationFactory(samverkansorganisation=organisation, organisation__namn="Medlemmen", finansiar=False)
    grund = DELTAGANDE if slag == "deltaganden" else {}
    rader = [rad if isinstance(rad, str) else grund | rad for rad, _ in FELAKTIGA[slag]]
    path = fil(slag, *rader)
    fore = innehall()

    kod = importera(slag, path)

    err = capsys.readouterr().err.splitlines()
    assert kod == 1
    assert innehall() == fore
    for nummer, (_, text) in enumerate(FELAKTIGA[slag], start=2):
        [felrad] = [rad for rad in err if rad.startswith(f"rad {nummer}: ")]
        assert f"rad {nummer}: {text}" in felrad
    assert all(rad["fel"] for rad in felfil(path))
    assert len(felfil(path)) == len(rader)


def test_the_faulty_rows_are_many_and_of_different_kinds():
    assert sum(len(rader) for rader in FELAKTIGA.values()) >= 30


def test_the_mended_error_file_can_be_loaded_as_it_is(fil, hjortmossen):
    path = fil("deltaganden", DELTAGANDE, DELTAGANDE | {"personnummer": "198504219860"})
    importera("deltaganden", path)
    rattad = path.with_name("deltaganden.csv.fel.csv")
    assert [rad["fel"] for rad in felfil(path)] == ["", "personnummer: Personnumret är inte giltigt."]
    rattad.write_text(rattad.read_text(encoding="utf-8-sig").replace("198504219860", "199112319976"), encoding="utf-8")

    assert importera("deltaganden", rattad) == 0
    assert Deltagande.objects.count() == 2


@pytest.mark.parametrize("andring", [{"slutdatum": "2020-12-31"}, {"kommuner": "1488,1462"}], ids=lambda andring: next(iter(andring)))
def test_who_creates_an_organisation_does_not_set_its_end_or_area_afterwards(fil, andring, capsys):
    fk = BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare
    rad = {"namn": "Älvdalen", "samverkansform": "finsam", "startdatum": "2009-01-01", "kommuner": "1488"}
    assert importera("organisationer", fil("organisationer", rad), som=fk.anvandarnamn) == 0
    fore = innehall()

    assert importera("organisationer", fil("organisationer", rad), som=fk.anvandarnamn) == 0
    assert importera("organisationer", fil("organisationer", rad | andring), som=fk.anvandarnamn) == 1

    assert "Dess samverkansadministratör ändrar detta i SUS." in capsys.readouterr().err
    assert innehall() == fore
