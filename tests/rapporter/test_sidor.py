"""The report page: the address is the selection."""

import io
import json
import re
import sys

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from behorigheter.roller import Roll
from insatser.models import Insats
from organisations.models import Finansiering
from rapporter.register import RAPPORTER
from tests.factories import InsatsFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import adress, gor_rapport, tabell
from tests.rapporter.test_format import las_xlsx
from tests.rapporter.trollhattan import NAMN


def test_list_leads_to_every_report(klient_sa):
    sida = klient_sa.get(reverse("rapporter:list")).content.decode()

    for nyckel in (nyckel for nyckel, definition in RAPPORTER.items() if definition.ar_oppen_for(klient_sa.anvandare)):
        assert f'href="{adress(nyckel)}"' in sida


@pytest.mark.parametrize("roll", [Roll.RAPPORT, Roll.FK_ANALYTIKER])
def test_submenu_holds_the_reports_of_the_list_in_their_order(db, inloggad, roll):
    svar = inloggad(roll).get(reverse("rapporter:list"))

    [underpunkter] = [val.underpunkter for val in svar.context["meny"] if val.aktiv]
    assert [punkt.url for punkt in underpunkter] == [adress(rapport.nyckel) for rapport in svar.context["rapporter"]]
    assert (adress("regeringsunderlag") in [punkt.url for punkt in underpunkter]) == (roll == Roll.FK_ANALYTIKER)


def test_name_on_the_page_is_never_markup(forbund, inloggad):
    forbund.insatser.filter(namn="Trampolin").update(namn="<a> & \"b\" 'c'")

    svar = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).get(adress("insats"), {"ar": "2011", "organisation": NAMN})

    assert '<th scope="row" class="table__column table__column--text"><a href=' in svar.text
    assert svar.text.count("&lt;a&gt; &amp; &quot;b&quot; &#x27;c&#x27;") > 1  # the cell, the diagrams and the lists of the selection
    assert "<a> &" not in svar.text


def test_user_without_role_is_refused(inloggad):
    assert inloggad().get(adress("insats")).status_code == 403


def test_unknown_report_does_not_exist(klient_sa):
    assert klient_sa.get(adress("planer")).status_code == 404


def test_empty_address_suggests_the_own_organisation_without_making_a_report(klient_sa):
    svar = klient_sa.get(adress("insats"))

    assert f'value="{klient_sa.forbund.pk}" selected' in svar.content.decode()
    assert "rapport" not in svar.context_data


def test_name_and_number_of_an_organisation_give_the_same_report(klient_sa):
    def rader(organisation):
        return klient_sa.get(adress("insats"), {"ar": "2011", "organisation": organisation, "format": "json"}).json()["tabeller"]

    assert rader(NAMN) == rader(NAMN.upper()) == rader(klient_sa.forbund.pk)


def test_files_are_named_after_the_report(klient_sa):
    svar = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "format": "csv"})

    assert svar["Content-Disposition"] == 'attachment; filename="insats-trollhattan-lilla-edet-och-grastorp-2011-exakt.csv"'


@pytest.mark.parametrize(
    ("nyckel", "val", "namn"),
    [
        ("deltagare", {"typ": "in-ut", "fran": "2011-01", "till": "2011-04"}, "deltagare-in-ut-{plats}-2011-01-2011-04-exakt"),
        ("deltagare", {"typ": "bakgrund", "ar": "2011", "skydd": "skyddad"}, "deltagare-bakgrund-{plats}-2011-skyddad"),
        ("paket", {"typ": "manad", "fran": "2011-03"}, "paket-manad-{plats}-2011-03-exakt"),
    ],
)
def test_the_name_of_a_file_says_its_type_and_a_month_once_and_whether_it_is_exact(forbund, nyckel, val, namn):
    rapport = gor_rapport(nyckel, organisation=NAMN, **val)

    assert rapport.filnamn == namn.format(plats="trollhattan-lilla-edet-och-grastorp")


@pytest.mark.parametrize(
    ("urval", "fel"),
    [
        ({"fran": "2011-13", "till": "2011-12"}, "Skriv månaden som ÅÅÅÅ-MM"),
        ({"fran": "2011-05", "till": "2011-01"}, "kan inte vara tidigare"),
        ({"fran": "2011-01", "till": "2011-12", "niva": "organisation"}, "Välj samverkansorganisation."),
        ({"fran": "2011-01", "till": "2011-12", "niva": "lan"}, "Välj län."),
        (
            {"fran": "2011-01", "till": "2011-12", "organisation": "Finns inte"},
            "Välj samverkansorganisation i listan. Det som är valt finns inte där.",
        ),
        ({"fran": "2011-01", "till": "2011-12", "kolumner": "hittepa"}, "Kolumnen hittepa finns inte."),
        ({"ar": ["2009", "2011"]}, "Välj år som följer på varandra."),
    ],
)
def test_faults_of_the_selection_are_told_at_the_field(klient_sa, urval, fel):
    svar = klient_sa.get(adress("insats"), urval)

    assert fel in svar.content.decode()
    assert svar.context_data["form"].errors
    assert "rapport" not in svar.context_data


def test_program_that_asks_for_a_file_does_not_take_an_error_page_for_it(klient_sa):
    assert klient_sa.get(adress("insats"), {"fran": "nej", "format": "json"}).status_code == 400


def test_refused_report_says_why_at_the_field(forbund, inloggad):
    val = {"typ": "bakgrund", "fran": "2011-01", "till": "2011-03", "organisation": NAMN}

    svar = inloggad(Roll.RAPPORT).get(adress("deltagare"), val)

    assert "till" in svar.context_data["form"].errors
    assert "finns för ett tertial, ett halvår eller hela år" in svar.content.decode()


def test_chosen_columns_are_the_ones_printed(klient_sa):
    svar = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "kolumner": "nya,avslutade"}).content.decode()

    assert '<th scope="col" class="table__column table__column--numeric">Nya</th>' in svar
    assert ">Målgrupp</th>" not in svar


def test_the_column_that_is_always_printed_may_be_chosen_too(klient_sa):
    urval = {"ar": "2011", "organisation": NAMN, "format": "json"}

    med, utan = (klient_sa.get(adress("insats"), {**urval, "kolumner": namn}).json() for namn in ("nya,insats", "nya"))

    assert tabell(med, "insatser") == tabell(utan, "insatser")


def test_neighbouring_periods_are_equally_long(klient_sa):
    svar = klient_sa.get(adress("insats"), {"fran": "2011-01", "till": "2011-03", "organisation": NAMN})

    assert "fran=2010-10&till=2010-12" in svar.context_data["fore"]
    assert "fran=2011-04&till=2011-06" in svar.context_data["efter"]


def test_a_neighbouring_period_that_cannot_be_chosen_is_not_offered(klient_sa):
    """A budget year after the next one, and months before any that SUS knows."""
    nasta = timezone.localdate().year + 1
    kostnad = klient_sa.get(adress("kostnad"), {"ar": str(nasta), "organisation": NAMN})
    insats = klient_sa.get(adress("insats"), {"fran": "1990-01", "till": "2011-12", "organisation": NAMN})

    assert ("Föregående period" in kostnad.text, "Nästa period" in kostnad.text) == (True, False)
    assert ("Föregående period" in insats.text, "Nästa period" in insats.text) == (False, True)


def test_full_year_values_are_marked_when_the_period_is_shorter(klient_sa):
    kolumner = klient_sa.get(adress("insats"), {"fran": "2011-01", "till": "2011-06", "organisation": NAMN, "format": "json"}).json()[
        "tabeller"
    ][0]["kolumner"]

    rubriker = {kolumn["nyckel"]: kolumn["rubrik"] for kolumn in kolumner}
    assert (rubriker["budget"], rubriker["antal"]) == ("Budget (helår)", "Antal")


def test_subtotals_stand_after_each_organisation_above_its_level(klient_sa):
    InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge"), namn="Andra")

    tabell = klient_sa.get(adress("insats"), {"ar": "2011", "niva": "riket", "format": "json"}).json()["tabeller"][0]

    assert [(index, celler[0]) for index, celler in tabell["delsummor"]] == [(8, f"Summa {NAMN}"), (9, "Summa Ånge")]
    assert len(tabell["rader"]) == 10


def test_several_years_are_added(klient_sa):
    Finansiering.objects.filter(belopp=5_030_000).update(belopp=1)

    tabeller = klient_sa.get(adress("kostnad"), {"ar": ["2010", "2011"], "organisation": NAMN, "format": "json"}).json()

    assert tabeller["urval"][0] == ["Budgetår", "2010–2011"]
    assert tabeller["tabeller"][0]["rader"][0] == ["Stat", 1]


def test_years_of_a_long_period_are_told_by_the_first_and_the_last(klient_sa):
    svar = klient_sa.get(adress("insats"), {"fran": "1995-02", "till": "2011-12", "organisation": NAMN})

    assert "Kolumner märkta (helår) gäller hela 1995–2011, även" in svar.text


def test_a_year_without_money_has_its_tables_but_no_diagram_of_nothing(klient_sa):
    svar = klient_sa.get(adress("kostnad"), {"ar": "2005", "organisation": NAMN})

    assert svar.context["rapport"].diagram == ()
    assert "<svg role" not in svar.text
    assert "Budgetår 2005" in svar.text


def test_number_of_questions_does_not_grow_with_the_insatser(klient_sa, antal_fragor):
    def hamta():
        klient_sa.get(adress("insats"), {"ar": "2011", "niva": "riket"})

    hamta()
    fore = antal_fragor(hamta)
    InsatsFactory.create_batch(10, samverkansorganisation=klient_sa.forbund)

    assert antal_fragor(hamta) == fore


def test_command_gives_the_report_of_the_page(klient_sa, tmp_path):
    fil = tmp_path / "rapport.json"

    call_command("rapport", "kostnad", ar=["2011"], organisation=NAMN, format="json", som=klient_sa.anvandare.anvandarnamn, ut=fil)

    sidan = klient_sa.get(adress("kostnad"), {"ar": "2011", "organisation": NAMN, "format": "json"}).json()
    kommandot = json.loads(fil.read_text())
    assert kommandot["tabeller"] == sidan["tabeller"]
    assert kommandot["skydd"] == "exakt"


LASARE = {
    **dict.fromkeys(["html", "csv", "json"], bytes.decode),
    "pdf": lambda innehall: PdfReader(io.BytesIO(innehall)).pages[0].extract_text(),
    "xlsx": lambda innehall: str(las_xlsx(innehall)),
}


@pytest.mark.parametrize("format_", LASARE)
def test_command_as_the_system_is_exact_in_every_format(forbund, tmp_path, format_):
    fil = tmp_path / "rapport"

    call_command("rapport", "deltagare", typ="bakgrund", ar=["2011"], organisation=NAMN, format=format_, som="system", ut=fil)

    assert "Arbetsmaterial med exakta tal" in " ".join(LASARE[format_](fil.read_bytes()).split())


def test_command_refuses_a_filter_that_the_report_does_not_have(forbund):
    with pytest.raises(CommandError, match="har inte urvalet --kon"):
        call_command("rapport", "insats", ar=["2011"], kon="man", som="system")


def test_command_tells_faults_by_option(forbund):
    with pytest.raises(CommandError, match=r"--organisation: Välj samverkansorganisation i listan\. Det som är valt finns inte där"):
        call_command("rapport", "insats", ar=["2011"], organisation="Nej", som="system")


def test_insatser_of_another_time_are_left_out(klient_sa):
    Insats.objects.filter(namn="Trampolin").update(slutdatum="2010-12-31", startdatum="2009-01-01")

    tabell = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "format": "json"}).json()["tabeller"][0]

    assert "Trampolin" not in [rad[0] for rad in tabell["rader"]]


@pytest.mark.parametrize("urval", [{"typ": "bakgrund"}, {"typ": "avslutningsanledning"}])
def test_a_country_where_nothing_goes_on_is_told_so_at_the_field(inloggad, urval):
    val = {"ar": "2011", "niva": "riket", "skydd": "exakt", "andamal": "Kontroll", **urval}

    svar = inloggad(Roll.FK_ANALYTIKER).get(adress("deltagare"), val)

    assert svar.context["form"].errors["niva"] == ["Inga insatser pågår i urvalet. Välj en annan period eller ett annat urval."]


@pytest.mark.parametrize(("val", "ratas"), [({}, ["andamal", "till"]), ({"skydd": "skyddad"}, ["till"]), ({"andamal": "Kontroll"}, [])])
def test_a_month_that_an_analytiker_sees_only_exactly_is_said_to_take_a_purpose(forbund, inloggad, val, ratas):
    manad = {"typ": "bakgrund", "fran": "2011-03", "till": "2011-03", "niva": "riket"}

    form = inloggad(Roll.FK_ANALYTIKER).get(adress("deltagare"), {**manad, **val}).context["form"]

    assert sorted(form.errors) == ratas


def test_report_that_is_too_long_for_paper_is_offered_as_excel(klient_sa, monkeypatch):
    monkeypatch.setattr(sys.modules["rapporter.renderare.to_pdf"], "FLEST_SIDOR", 1)

    svar = klient_sa.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "format": "pdf"})

    assert svar.status_code == 400
    assert "Rapporten skulle bli längre än 60 sidor." in svar.content.decode()
    assert re.search(r'href="\?[^"]*organisation=[^"]*format=xlsx"[^>]*>.*?Hämta Excel', svar.content.decode(), re.S)
