"""Import files of insatser: the same checks as the pages, and the same file twice changes nothing."""

import csv
from pathlib import Path

import pytest

from behorigheter.models import Handelse
from insatser.importer import insatsbudget, insatser, volym
from insatser.models import Inriktning, Insats, InsatsAr, InsatsBudget
from sus.core.csvfil import Radfel
from sus.core.regelbrott import Regelbrott
from tests.factories import InsatsArFactory, InsatsBudgetFactory, InsatsFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "sus" / "start" / "demo" / "data" / "trollhattan-2011"


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory(namn="Trollhättan, Lilla Edet och Grästorp")


def rader(namn):
    with (DATA / f"{namn}.csv").open(encoding="utf-8-sig", newline="") as fil:
        return list(csv.DictReader(fil, delimiter=";"))


def insatsrad(forbund, **kolumner):
    return {
        "samverkansorganisation": forbund.namn,
        "insats": "Hjortmossen",
        "startdatum": "2010-01-01",
        "slutdatum": "",
        "inriktning": "individinriktad",
        "preciserad_inriktning": "forberedande",
        "deltagarregistrering": "personuppgifter",
        "malgrupper": "unga, nyanlanda",
        "beskrivning": "",
    } | kolumner


def budgetrad(insats, /, **kolumner):
    return {
        "samverkansorganisation": insats.samverkansorganisation.namn,
        "insats": insats.namn,
        "ar": "2011",
        "budgettyp": "insatskostnad",
        "budget": "500000",
        "utfall": "",
        "planerat_antal": "70",
    } | kolumner


def volymrad(insats, **kolumner):
    return {"samverkansorganisation": insats.samverkansorganisation.namn, "insats": insats.namn, "ar": "2011", "antal": "40"} | kolumner


def test_published_insatser_and_budgets_of_trollhattan_are_loaded(forbund):
    for rad in rader("insatser"):
        assert insatser(rad, None) == []
    for rad in rader("insatsbudget"):
        assert insatsbudget(rad, None) == []

    assert Insats.objects.count() == 9
    assert sum(InsatsBudget.objects.values_list("budget", flat=True)) == 10_910_000
    assert sum(InsatsAr.objects.values_list("planerat_antal", flat=True)) == 620
    assert set(InsatsBudget.objects.values_list("utfall", flat=True)) == {None}


def test_the_same_files_once_more_change_nothing(forbund):
    for _ in range(2):
        for rad in rader("insatser"):
            insatser(rad, None)
        for rad in rader("insatsbudget"):
            insatsbudget(rad, None)

    assert set(Insats.objects.values_list("version", flat=True)) == {1}
    assert set(InsatsAr.objects.values_list("version", flat=True)) == {1}
    assert Handelse.objects.count() == 18


def test_a_changed_row_changes_the_insats(forbund):
    insatser(insatsrad(forbund), None)

    insatser(insatsrad(forbund, insats="HJORTMOSSEN", malgrupper="ej_tillampliga", slutdatum="2012-12-31"), None)

    insats = Insats.objects.get()
    assert (insats.namn, str(insats.slutdatum), insats.version) == ("HJORTMOSSEN", "2012-12-31", 2)
    assert [malgrupp.pk for malgrupp in insats.malgrupper.all()] == ["ej_tillampliga"]


@pytest.mark.parametrize(
    ("kolumner", "kolumn", "mening"),
    [
        ({"samverkansorganisation": "Okända"}, "samverkansorganisation", "Samverkansorganisationen finns inte."),
        ({"insats": ""}, "insats", "Fyll i insatsnamn."),
        ({"startdatum": "20100101"}, "startdatum", "Skriv datumet som ÅÅÅÅ-MM-DD."),
        ({"slutdatum": "2009-12-31"}, "slutdatum", "Slutdatum kan inte vara tidigare än startdatum."),
        ({"preciserad_inriktning": "utbildning"}, "preciserad_inriktning", "Välj en preciserad inriktning som hör till vald inriktning."),
        ({"deltagarregistrering": ""}, "deltagarregistrering", "Välj deltagarregistrering."),
        ({"malgrupper": ""}, "malgrupper", "Ange minst en målgrupp."),
        ({"malgrupper": "unga,gamla"}, "malgrupper", "Målgruppen gamla finns inte."),
        (
            {"malgrupper": "unga,ej_tillampliga"},
            "malgrupper",
            "Ej tillämpliga målgrupper kan inte kombineras med andra målgrupper.",
        ),
    ],
)
def test_a_faulty_row_names_the_column(forbund, kolumner, kolumn, mening):
    with pytest.raises(Radfel) as fel:
        insatser(insatsrad(forbund, **kolumner), None)

    assert fel.value.fel == {kolumn: [mening]}
    assert not Insats.objects.exists()


STRUKTUR = {"inriktning": "strukturovergripande", "preciserad_inriktning": "utbildning", "deltagarregistrering": "volym"}


def test_what_a_volym_counts_is_loaded_when_the_file_says_it_and_kept_when_it_does_not(forbund):
    insatser(insatsrad(forbund, **STRUKTUR, volym_avser="tillfallen"), None)
    for utan in ({}, {"volym_avser": ""}):
        insatser(insatsrad(forbund, **STRUKTUR, **utan), None)

    insats = Insats.objects.get()
    assert (insats.volym_avser, insats.version) == ("tillfallen", 1)


def test_what_a_volym_counts_is_refused_where_nothing_is_counted_and_when_it_is_locked(forbund):
    with pytest.raises(Radfel, match="volym_avser: Bara för en volyminsats anges vad som räknas"):
        insatser(insatsrad(forbund, volym_avser="personer"), None)
    with pytest.raises(Radfel, match="volym_avser: "):
        insatser(insatsrad(forbund, **STRUKTUR, volym_avser="timmar"), None)
    insatser(insatsrad(forbund, **STRUKTUR, volym_avser="personer"), None)
    volym(volymrad(Insats.objects.get()), None)

    with pytest.raises(Radfel, match="volym_avser: Vad som räknas kan inte ändras"):
        insatser(insatsrad(forbund, **STRUKTUR, volym_avser="tillfallen"), None)
    assert Insats.objects.get().volym_avser == "personer"


def test_a_warning_is_given_and_the_row_is_loaded(forbund):
    varningar = insatser(insatsrad(forbund, startdatum="2008-01-01"), None)

    assert len(varningar) == 1
    assert varningar[0].startswith("Insatsen börjar före samverkansorganisationens startdatum (2009-01-01).")
    assert Insats.objects.exists()


def test_unanswered_deltagarregistrering_of_a_strukturovergripande_insats_means_endast_antal(forbund):
    insatser(
        insatsrad(forbund, inriktning=Inriktning.STRUKTUROVERGRIPANDE.value, preciserad_inriktning="utbildning", deltagarregistrering=""),
        None,
    )

    assert Insats.objects.get().ar_volyminsats


def test_import_owns_the_row_without_beskrivning_and_leaves_the_others():
    rad = InsatsBudgetFactory(insatsar__ar=2011, budget=1, beskrivning="")
    InsatsBudgetFactory(insatsar=rad.insatsar, budget=2, utfall=3, beskrivning="Lokaler")

    insatsbudget(budgetrad(rad.insatsar.insats, utfall="0"), None)

    assert list(rad.insatsar.rader.order_by("beskrivning").values_list("budget", "utfall", "beskrivning")) == [
        (500_000, 0, ""),
        (2, 3, "Lokaler"),
    ]


def test_row_without_budgettyp_sets_only_planerat_antal():
    rad = InsatsBudgetFactory(insatsar__ar=2011, budget=7)

    insatsbudget(budgetrad(rad.insatsar.insats, budgettyp="", budget="", planerat_antal="55"), None)

    insatsar = InsatsAr.objects.get()
    assert insatsar.planerat_antal == 55
    assert [ett.budget for ett in insatsar.rader.all()] == [7]


def test_empty_planerat_antal_leaves_the_one_that_is_saved():
    insatsar = InsatsArFactory(ar=2011, planerat_antal=40)

    insatsbudget(budgetrad(insatsar.insats, planerat_antal=""), None)

    assert InsatsAr.objects.get().planerat_antal == 40


@pytest.mark.parametrize(
    ("kolumner", "kolumn"),
    [
        ({"insats": "Okänd"}, "insats"),
        ({"ar": ""}, "ar"),
        ({"ar": "tjugo"}, "ar"),
        ({"budgettyp": "okand"}, "budgettyp"),
        ({"budgettyp": ""}, "budgettyp"),
        ({"budgettyp": "", "budget": "", "planerat_antal": ""}, "budgettyp"),
        ({"budget": ""}, "budget"),
        ({"budget": "-5"}, "budget"),
        ({"utfall": "1,50"}, "utfall"),
        ({"planerat_antal": "-1"}, "planerat_antal"),
    ],
)
def test_a_faulty_budget_row_names_the_column(kolumner, kolumn):
    insats = InsatsFactory()

    with pytest.raises(Radfel) as fel:
        insatsbudget(budgetrad(insats, **kolumner), None)

    assert list(fel.value.fel) == [kolumn]
    assert not InsatsAr.objects.exists()


def test_budget_before_the_start_of_the_samverkansorganisation_is_refused():
    insats = InsatsFactory(startdatum="2008-01-01")

    with pytest.raises(Regelbrott, match=r"före samverkansorganisationens startdatum \(2009-01-01\)") as fel:
        insatsbudget(budgetrad(insats, ar="2008"), None)

    assert fel.value.falt == "ar"


def test_volym_sets_the_sum_and_once_more_changes_nothing():
    insats = InsatsFactory(volym=True)

    for antal in ("40", "40", "25"):
        volym(volymrad(insats, antal=antal), None)

    assert insats.volymposter.summa(2011) == 25
    assert [post.antal for post in insats.volymposter.all()] == [40, -15]


@pytest.mark.parametrize("antal", ["", "-1", "många"])
def test_volym_needs_a_number(antal):
    with pytest.raises(Radfel, match="antal"):
        volym(volymrad(InsatsFactory(volym=True), antal=antal), None)
