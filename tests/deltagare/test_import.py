"""Import of deltaganden and anonyma: the same checks as on the pages, and the same file twice changes nothing."""

import csv
from datetime import date

import pytest

from behorigheter.models import Handelse
from deltagare.importer import anonyma, deltaganden
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Person
from sus.core.csvfil import Radfel
from tests.factories import InsatsFactory

RAD = {
    "personnummer": "196209019808",
    "namn": "Alma Testsson",
    "kommun": "1488",
    "stadsdel": "",
    "startdatum": "2011-02-01",
    "utbildning": "gymnasium",
    "tid_forsorjning": "3",
    "forsorjning_fore": "sjukpenning,annan",
    "af_fore": "ja",
    "arbete_fore": "",
    "arbetstyp_fore": "",
    "studier_fore": "",
    "avslutningsdatum": "2011-08-31",
    "avslutningsanledning": "1",
    "forsorjning_efter": "ingen",
    "af_efter": "nej",
    "arbete_efter": "50",
    "arbetstyp_efter": "subventionerat",
    "studier_efter": "",
    "samtycke_datum": "2011-01-20",
}


@pytest.fixture
def las(insats):
    def _las(by=None, **andra):
        return deltaganden({"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn, **RAD, **andra}, by)

    return _las


def test_a_row_registers_in_and_out_as_the_pages_do(las):
    assert las() == []

    deltagande = Deltagande.objects.get()
    assert (deltagande.startdatum, deltagande.slutdatum) == (date(2011, 2, 1), date(2011, 8, 31))
    assert (deltagande.alder_vid_start, deltagande.get_kon_display()) == (48, "Kvinna")
    efter = Mattillfalle.objects.get(typ="ut")
    assert (efter.forsorjning, efter.arbete_procent, efter.get_arbetstyp_display()) == (256, 50, "Subventionerat arbete")
    assert deltagande.samtycke.datum == date(2011, 1, 20)


def test_the_same_row_twice_changes_nothing(las):
    las()
    fore = Deltagande.objects.get()
    rader = Handelse.objects.exclude(typ=Handelse.Typ.PERSON_HAMTAD).count()

    assert las() == []

    assert Deltagande.objects.get().version == fore.version
    assert Handelse.objects.exclude(typ=Handelse.Typ.PERSON_HAMTAD).count() == rader
    assert (Person.objects.count(), Mattillfalle.objects.count()) == (1, 2)


def test_a_changed_row_is_a_correction(las):
    las()

    las(utbildning="grundskola", avslutningsanledning="2", arbete_efter="", arbetstyp_efter="", samtycke_datum="2011-01-21")

    deltagande = Deltagande.objects.get()
    assert (deltagande.utbildning, deltagande.avslutningsanledning, deltagande.samtycke.datum) == (1, 2, date(2011, 1, 21))
    assert Mattillfalle.objects.get(typ="ut").arbete_procent is None
    rattad = Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_RATTAT)
    assert rattad.detaljer == {"falt": ["avslutningsanledning", "ut.arbete_procent", "ut.arbetstyp", "utbildning"]}


def test_a_row_that_has_lost_or_gained_its_end_opens_or_ends_the_deltagande(las):
    las(avslutningsdatum="", avslutningsanledning="")
    assert not Deltagande.objects.get().ar_avslutat

    las()
    assert Deltagande.objects.get().ar_avslutat

    las(avslutningsdatum="", avslutningsanledning="")
    assert not Deltagande.objects.get().ar_avslutat
    assert Mattillfalle.objects.count() == 1


@pytest.mark.parametrize(
    ("andra", "kolumn", "mening"),
    [
        ({"personnummer": "196209019809"}, "personnummer", "Personnumret är inte giltigt."),
        ({"namn": ""}, "namn", "Fyll i namn."),
        ({"kommun": "9999"}, "kommun", "Kommunen finns inte."),
        ({"kommun": "0180"}, "stadsdel", "Välj stadsdel."),
        ({"stadsdel": "Farsta"}, "stadsdel", "Stadsdelen fanns inte i kommunen på startdagen."),
        ({"startdatum": "2011-02-30"}, "startdatum", "Datumet finns inte."),
        ({"startdatum": "110201"}, "startdatum", "Skriv datumet som ÅÅÅÅ-MM-DD."),
        ({"startdatum": "2009-12-31"}, "startdatum", "Startdag måste ligga inom insatsens period"),
        ({"utbildning": "folkskola"}, "utbildning", ""),
        ({"tid_forsorjning": ""}, "tid_forsorjning", "Välj tid."),
        ({"forsorjning_fore": ""}, "forsorjning_fore", "Ange minst en försörjning"),
        ({"forsorjning_fore": "ingen,annan"}, "forsorjning_fore", "kan inte kombineras"),
        ({"af_fore": ""}, "af_fore", "Välj Ja eller Nej."),
        ({"arbete_fore": "50"}, "arbetstyp_fore", "Ange vilken typ av arbete det är."),
        ({"arbete_fore": "101", "arbetstyp_fore": "eget_foretag"}, "arbete_fore", "mellan 1 och 100"),
        ({"avslutningsdatum": "2011-01-31"}, "avslutningsdatum", "samma dag som startdagen eller senare"),
        ({"avslutningsdatum": ""}, "avslutningsdatum", "Fyll i avslutningsdatum."),
        ({"avslutningsanledning": ""}, "avslutningsanledning", "Välj avslutningsanledning."),
        ({"avslutningsanledning": "6"}, "avslutningsanledning", "kan inte läsas in från fil"),
        ({"avslutningsanledning": "8"}, "avslutningsanledning", "kan inte läsas in från fil"),
        ({"samtycke_datum": ""}, "samtycke_datum", "Samtycke (blankett 9443) måste finnas"),
        ({"personnummer": "201201159801", "startdatum": "2024-01-10", "avslutningsdatum": "2024-02-10"}, "personnummer", "under 15 år"),
        ({"insats": "Finns inte"}, "insats", "Insatsen finns inte"),
    ],
)
def test_a_wrong_row_is_refused_at_its_column(las, andra, kolumn, mening):
    with pytest.raises(Radfel) as fel:
        las(**andra)

    assert mening in " ".join(fel.value.fel[kolumn])
    assert not Deltagande.objects.exists()


def test_warnings_are_told_and_refuse_nothing(las):
    varningar = las(arbete_efter="", arbetstyp_efter="")

    assert varningar == ["Deltagaren varken arbetar, studerar eller är aktivt arbetssökande. Kontrollera avslutningsanledningen."]
    assert Deltagande.objects.count() == 1


def test_an_overlap_is_refused(las):
    las()

    with pytest.raises(Radfel, match="redan registrerad i insatsen"):
        las(startdatum="2011-05-01", avslutningsdatum="2011-09-01")


def test_a_volyminsats_takes_no_persons(las, insats):
    volym = InsatsFactory(samverkansorganisation=insats.samverkansorganisation, volym=True)

    with pytest.raises(Radfel, match="Insatsen är en volyminsats"):
        las(insats=volym.namn)


def test_anonyma_of_a_file_are_the_sums(insats):
    rad = {"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn, "ar": "2011", "kvinnor": "3", "man": "1"}

    anonyma(rad, None)
    anonyma(rad, None)
    anonyma(rad | {"kvinnor": "2"}, None)

    assert AnonymPost.objects.anonyma().summor() == {2011: {1: 2, 2: 1}}
    assert AnonymPost.objects.count() == 3


@pytest.mark.parametrize(("kolumn", "varde"), [("ar", "2009"), ("ar", "2100"), ("ar", ""), ("kvinnor", "-1"), ("man", "x")])
def test_impossible_counts_are_refused(insats, kolumn, varde):
    rad = {"samverkansorganisation": str(insats.samverkansorganisation), "insats": insats.namn, "ar": "2011", "kvinnor": "3", "man": "1"}

    with pytest.raises(Radfel) as fel:
        anonyma(rad | {kolumn: varde}, None)

    assert kolumn in fel.value.fel


def test_the_published_forbund_loads_and_a_second_time_changes_nothing(insats, request):
    fil = request.config.rootpath / "sus" / "start" / "demo" / "data" / "trollhattan-2011" / "deltaganden.csv"
    with fil.open(encoding="utf-8-sig") as oppen:
        rader = list(csv.DictReader(oppen, delimiter=";"))
    insats.samverkansorganisation.namn = rader[0]["samverkansorganisation"]
    insats.samverkansorganisation.save()
    insats.malgrupper.clear()
    insats.delete()
    for namn in {rad["insats"] for rad in rader}:
        InsatsFactory(samverkansorganisation=insats.samverkansorganisation, namn=namn, startdatum=date(2009, 1, 1))

    for rad in [*rader, *rader[:20]]:
        deltaganden(rad, None)

    assert Deltagande.objects.count() == len(rader) == 201
    assert not Handelse.objects.filter(typ__in=[Handelse.Typ.DELTAGANDE_RATTAT, Handelse.Typ.SAMTYCKE_ANDRAT]).exists()


def test_a_file_never_registers_a_protected_identity_and_does_not_tell_why(las):
    with pytest.raises(Radfel) as fel:
        las(personnummer="196606069810")

    assert fel.value.fel == {"personnummer": ["Raden kan inte läsas in från fil. Registrera deltagaren i SUS."]}
    assert not Person.objects.exists()


def test_a_register_that_is_away_stops_no_file(las, settings):
    settings.FOLKBOKFORING = "fil:/finns/inte"

    las()

    assert Deltagande.objects.exists()
