"""Who reads and who changes an insatsbudget, last year's rows as a start, and the history of its amounts."""

import re
import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from insatser.actions import spara_insatsbudget
from insatser.models import InsatsBudget, InsatsBudgetandring
from organisations.models import Samverkansorganisation
from tests.factories import IngaendeOrganisationFactory, InsatsArFactory, InsatsBudgetFactory, InsatsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation, fornamn="Ines", efternamn="Provberg")


def adress(objekt, vy="budget", /, **fraga):
    return f"{reverse(f'insatser:{vy}', args=[objekt.pk])}?{'&'.join(f'{n}={v}' for n, v in ({'ar': 2011} | fraga).items())}"


def spara(client, insats, *rader, version=0, **data):
    falt = {"nyckel": str(uuid.uuid4()), "version": version, "rad-TOTAL_FORMS": len(rader), "rad-INITIAL_FORMS": 0, "spara": ""} | data
    for nr, (budget, utfall, beskrivning) in enumerate(rader):
        rad = {"budgettyp": "insatskostnad" if budget else "", "budget": budget, "utfall": utfall, "beskrivning": beskrivning}
        falt |= {f"rad-{nr}-{namn}": text for namn, text in rad.items()}
    return client.post(adress(insats), falt)


def historiken():
    return sorted(InsatsBudgetandring.objects.values_list("rad", "falt", "fore", "efter", "skal"), key=str)


def test_the_samverkansadministrator_reads_the_insatsbudget_and_cannot_change_it(inloggad, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats), budget=500_000, utfall=480_000)
    lena = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)

    svar = lena.get(adress(insats))

    text = svar.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert all(belopp in text for belopp in ("500 000", "480 000", "20 000", "96 %"))
    assert 'method="post" id="formular"' not in svar.text
    assert spara(lena, insats, ("1", "", ""), version=1).status_code == 403
    assert list(InsatsBudget.objects.values_list("budget", "utfall")) == [(500_000, 480_000)]


def test_an_insatsansvarig_elsewhere_reads_but_does_not_find_it_to_change(inloggad, insats):
    annan = inloggad(Roll.INSATSANSVARIG, InsatsFactory().samverkansorganisation)

    assert "Insatsen har ingen budget för året." in annan.get(adress(insats)).text
    assert spara(annan, insats, ("1", "", "")).status_code == 404
    assert not InsatsBudget.objects.exists()


def test_the_budget_page_of_the_samverkansorganisation_leads_to_a_year_that_the_insats_has(inloggad, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011))
    lena = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)

    sida = lena.get(f"{reverse('organisations:budget', args=[insats.samverkansorganisation_id])}?ar=2012").text

    assert f'href="{adress(insats)}"' in sida


def test_organisation_is_locked_in_finsam(ansvarig, insats):
    part = IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, konsument=True)

    sida = ansvarig.get(adress(insats)).text
    spara(ansvarig, insats, ("1", "", ""), **{"rad-0-part": part.pk})

    assert 'name="rad-0-part"' not in sida
    assert "I Finsam hör alla rader till förbundet." in sida
    assert InsatsBudget.objects.get().part is None


def test_every_changed_amount_is_kept_with_what_it_was_and_why(ansvarig, insats):
    spara(ansvarig, insats, ("500", "", ""), ("20", "", "Lokaler"))

    spara(ansvarig, insats, ("500", "0", ""), ("30", "", "Resor"), version=1, skal="Bokslut")

    assert historiken() == [
        ("Insatskostnad", "budget", None, 500, ""),
        ("Insatskostnad", "utfall", None, 0, "Bokslut"),
        ("Insatskostnad: Lokaler", "budget", 20, None, "Bokslut"),
        ("Insatskostnad: Lokaler", "budget", None, 20, ""),
        ("Insatskostnad: Resor", "budget", None, 30, "Bokslut"),
    ]
    assert {str(andring.av) for andring in InsatsBudgetandring.objects.all()} == {"Ines Provberg"}


def test_the_same_rows_again_leave_no_history(ansvarig, insats):
    spara(ansvarig, insats, ("500", "", ""))

    spara(ansvarig, insats, ("500", "", ""), version=1, skal="Inget")

    assert len(historiken()) == 1


def test_everybody_who_reads_the_budget_reads_its_changes(inloggad, ansvarig, insats):
    spara(ansvarig, insats, ("500", "", ""), skal="Första beslutet")
    annan = inloggad(Roll.RAPPORT)

    sida = annan.get(adress(insats, "budgetandringar"))

    assert [(a.rad, a.efter) for a in sida.context["sida"]] == [("Insatskostnad", 500)]
    assert "Första beslutet" in sida.text
    assert "Ines Provberg" in sida.text
    assert "Inga ändringar" in annan.get(adress(insats, "budgetandringar", ar=2010)).text


def test_utfall_of_a_past_year_can_be_changed(ansvarig, insats):
    rad = InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats), budget=500, utfall=None)

    spara(ansvarig, insats, ("500", "470", ""), version=1)

    assert list(InsatsBudget.objects.values_list("insatsar", "utfall")) == [(rad.insatsar_id, 470)]


def test_last_years_rows_are_a_start_for_an_empty_year_without_utfall(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010), budget=70, utfall=60, beskrivning="Lokaler")

    form = spara(ansvarig, insats, ("", "", ""), ("5", "", "Resor"), planerat_antal="12", kopiera="").context["form"]

    assert [(r["budget"].value(), r["utfall"].value(), r["beskrivning"].value()) for r in form.rader.forms] == [
        ("5", "", "Resor"),
        ("70", None, "Lokaler"),
    ]
    assert form["planerat_antal"].value() == "12"
    assert not InsatsBudget.objects.filter(insatsar__ar=2011).exists()


def test_copying_twice_adds_nothing_and_fills_what_has_no_amount(ansvarig, insats):
    insatsar = InsatsArFactory(insats=insats, ar=2010)
    InsatsBudgetFactory(insatsar=insatsar, budget=500, utfall=None)
    InsatsBudgetFactory(insatsar=insatsar, budget=70, beskrivning="Lokaler")
    skrivet = {"rad-TOTAL_FORMS": 1, "rad-0-budgettyp": "insatskostnad", "rad-0-budget": " ", "rad-0-utfall": "", "rad-0-beskrivning": ""}

    def rader(svar):
        return [(r["budget"].value(), r["beskrivning"].value()) for r in svar.context["form"].rader.forms]

    assert rader(spara(ansvarig, insats, kopiera="", **skrivet)) == [("500", ""), ("70", "Lokaler")]
    assert rader(spara(ansvarig, insats, ("7", "", ""), ("70", "", " Lokaler "), kopiera="")) == [("7", ""), ("70", " Lokaler ")]


def test_copying_tells_the_rows_of_a_konsument_from_those_of_another(inloggad):
    insats = InsatsFactory(samverkansorganisation__samverkansform=Samverkansorganisation.Form.TVAPARTS)
    ena, andra = (IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, konsument=True) for _ in "12")
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010), budget=500, part=ena)
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)

    samma = spara(klient, insats, ("7", "", ""), kopiera="", **{"rad-0-part": ena.pk})
    annan = spara(klient, insats, ("7", "", ""), kopiera="", **{"rad-0-part": andra.pk})

    assert [[r["budget"].value() for r in svar.context["form"].rader.forms] for svar in (samma, annan)] == [["7"], ["7", "500"]]


def test_the_error_summary_names_the_rows_and_the_headings_of_the_columns_do_not(ansvarig, insats):
    data = {"rad-TOTAL_FORMS": 3, "rad-1-budget": "5", "rad-1-budgettyp": "insatskostnad"}
    data |= {f"rad-{nr}-{falt}": text for nr in (0, 2) for falt, text in {"budgettyp": "insatskostnad", "beskrivning": str(nr)}.items()}

    sida = spara(ansvarig, insats, **data).text

    fel = re.findall(r'href="#(id_rad[^"]*)"[^>]*>\s*([^<]*?)\s*<', sida)
    assert fel == [("id_rad-0-budget", "Budget, rad 1: Fyll i budget."), ("id_rad-2-budget", "Budget, rad 3: Fyll i budget.")]
    assert re.findall(r'aria-label="(Budget, [^"]*)"', sida) == ["Budget, rad 1", "Budget, rad 2", "Budget, rad 3"]
    assert sida.count('data-rubrik="Budget"') == 3
    assert re.search(r'scope="col"[^>]*>Budget</th>', sida)


def test_copying_is_not_offered_to_a_year_that_has_rows(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010))

    assert 'name="kopiera"' in ansvarig.get(adress(insats)).text
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011))
    assert 'name="kopiera"' not in ansvarig.get(adress(insats)).text


def test_a_row_missing_from_what_is_sent_is_left_out(ansvarig, insats):
    data = {"rad-TOTAL_FORMS": 2, "rad-1-budgettyp": "insatskostnad", "rad-1-budget": "9", "rad-1-utfall": "", "rad-1-beskrivning": ""}

    spara(ansvarig, insats, **data)

    assert list(InsatsBudget.objects.values_list("budget", flat=True)) == [9]


def test_budget_minus_utfall_of_the_year_waits_until_all_utfall_is_known(ansvarig, insats):
    insatsar = InsatsArFactory(insats=insats)
    InsatsBudgetFactory(insatsar=insatsar, budget=100, utfall=90)
    okand = InsatsBudgetFactory(insatsar=insatsar, budget=100, beskrivning="Lokaler")

    def totalt():
        rad = ansvarig.get(adress(insats)).context["jamforelse"][-1]
        return rad.utfall, rad.kvar, rad.forbrukat

    assert totalt() == (90, None, None)
    okand.utfall = 0
    okand.save()
    assert totalt() == (90, 110, 45)


def test_a_history_goes_with_its_insatsar(insats):
    insatsar = spara_insatsbudget(
        insats=insats, ar=2011, planerat_antal=1, rader=[InsatsBudget(budgettyp="insatskostnad", budget=1)], by=None
    )

    insatsar.delete()

    assert not InsatsBudgetandring.objects.exists()
