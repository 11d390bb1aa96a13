"""The budget page of a year: eget kapital and its explanation, last year's rows as a start, budget against utfall, notices."""

import re
import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from organisations.budgetbild import Budgetbild
from organisations.models import Budgetandring, Budgetar, Finansiering
from tests.factories import (
    AdministrativKostnadFactory,
    BudgetarFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db

SA = Roll.SAMVERKANSADMINISTRATOR
SLUT = "så att du kan ändra dem. Inget sparas förrän du väljer Spara."
FORKLARING = "Förklara varför eget kapital är 90 000 kr och inte 100 000 kr, det som var kvar efter 2011."


@pytest.fixture
def forbundet():
    """The samordningsförbund as a party, of a samverkansorganisation where 100 000 kr was left after 2011."""
    rad = FinansieringFactory(belopp=100_000, beskrivning="Bidrag")
    return IngaendeOrganisationFactory(
        samverkansorganisation=rad.budgetar.samverkansorganisation, organisation__typ="samordningsforbund", medlem=False, konsument=True
    )


def adress(rad, ar=2012):
    return f"{reverse('organisations:budget', args=[rad.pk])}?ar={ar}"


def spara(client, part, belopp, version=0, beskrivning="Eget kapital", **data):
    rad = {"fin-0-part": part.pk, "fin-0-belopp": belopp, "fin-0-beskrivning": beskrivning}
    data = {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | rad | data
    return client.post(adress(part.samverkansorganisation), data)


def vanligt(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_eget_kapital_as_proposed_needs_no_explanation(inloggad, forbundet):
    spara(inloggad(SA, forbundet.samverkansorganisation), forbundet, "100 000")

    assert Finansiering.objects.get(budgetar__ar=2012).belopp == 100_000


def test_eget_kapital_that_differs_is_explained_and_the_explanation_stays_with_the_amount(inloggad, forbundet):
    client = inloggad(SA, forbundet.samverkansorganisation)

    fel = spara(client, forbundet, "90 000", skal="Budgetbeslut")
    assert [vanligt(text) for text in fel.context["form"].errors["forklaring"]] == [FORKLARING]
    assert "#id_forklaring" in fel.text
    assert not Budgetar.objects.filter(ar=2012).exists()
    spara(client, forbundet, "90 000", skal="Budgetbeslut", forklaring="Periodiserad hyra")

    assert Finansiering.objects.get(budgetar__ar=2012).beskrivning == "Eget kapital"
    assert Budgetandring.objects.get().skal == "Periodiserad hyra"
    text = vanligt(client.get(adress(forbundet.samverkansorganisation)).text)
    assert "men 90 000 kr är registrerat. Förklaring: Periodiserad hyra" in text


def test_an_explained_eget_kapital_is_not_explained_again_until_it_is_changed(inloggad, forbundet):
    client = inloggad(SA, forbundet.samverkansorganisation)
    spara(client, forbundet, "90 000", forklaring="Periodiserad hyra")
    kostnad = {"adm-0-typ": "kring", "adm-0-budget": "1"}

    assert spara(client, forbundet, "90 000", version=1, **kostnad).status_code == 302
    assert list(spara(client, forbundet, "80 000", version=2, **kostnad).context["form"].errors) == ["forklaring"]


def test_eget_kapital_has_nothing_to_differ_from_while_utfall_is_unknown(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    AdministrativKostnadFactory(budgetar=rad.budgetar.get(), utfall=None)
    client = inloggad(SA, rad)

    spara(client, forbundet, "90 000")

    assert Finansiering.objects.get(budgetar__ar=2012).belopp == 90_000
    assert "forklaring" not in client.get(adress(rad)).context["form"].fields


def test_a_deficit_is_carried_over_as_a_negative_eget_kapital_and_nothing_else_may_be_negative(inloggad, forbundet):
    client = inloggad(SA, forbundet.samverkansorganisation)

    fel = spara(client, forbundet, "-5", beskrivning="Bidrag")
    spara(client, forbundet, "\u22125 000", forklaring="Rättat bokslut")

    assert fel.context["form"].errors == {"fin-0-belopp": ["Beloppet kan bara vara negativt för eget kapital."]}
    assert Finansiering.objects.get(budgetar__ar=2012).belopp == -5000


def test_last_years_rows_are_a_start_for_an_empty_year_without_utfall(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    budgetar = rad.budgetar.get()
    FinansieringFactory(budgetar=budgetar, part=forbundet, belopp=1, beskrivning="Eget kapital")
    AdministrativKostnadFactory(budgetar=budgetar, budget=60_001, utfall=60_001)
    client = inloggad(SA, rad)

    svar = client.post(adress(rad), {"kopiera": "", "version": 0, "skal": "Ny"})

    form = svar.context["form"]
    assert [(r.namn, vanligt(r.belopp.value()), r.text.value()) for r in form.finansieringsrader()] == [
        (str(budgetar.finansieringar.first().part), "100 000", "Bidrag"),
        (str(forbundet), "40 000", "Eget kapital"),
    ]
    assert [(r.val.value(), vanligt(r.belopp.value()), r.text.value()) for r in form.kostnadsrader()] == [("kring", "60 001", "")]
    assert form["skal"].value() == "Ny"
    assert not Budgetar.objects.filter(ar=2012).exists()


def test_the_button_says_what_becomes_of_eget_kapital(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    kostnad = AdministrativKostnadFactory(budgetar=rad.budgetar.get(), utfall=None)
    FinansieringFactory(budgetar=rad.budgetar.get(), part=forbundet, beskrivning="Eget kapital")
    client = inloggad(SA, rad)

    okant = vanligt(client.get(adress(rad)).text)
    kostnad.utfall = 0
    kostnad.save()
    kant = vanligt(client.get(adress(rad)).text)
    rad.budgetar.get().finansieringar.filter(part=forbundet).delete()
    inget = vanligt(client.get(adress(rad)).text)

    assert f"Fyller i förra årets rader och belopp, utom eget kapital och utfall, {SLUT}" in okant
    assert f"utom utfall, {SLUT.replace('. ', '. Eget kapital blir det som var kvar efter 2011. ')}" in kant
    assert f"utom utfall, {SLUT}" in inget


def test_what_is_typed_stays_when_last_years_rows_are_copied(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    part = rad.budgetar.get().finansieringar.get().part
    skrivet = {"fin-0-part": part.pk, "fin-0-belopp": "7", "fin-0-beskrivning": "Bidrag", "adm-0-typ": "personal", "adm-0-budget": "8"}

    form = inloggad(SA, rad).post(adress(rad), skrivet | {"kopiera": ""}).context["form"]

    assert [(r.belopp.value(), r.text.value()) for r in form.finansieringsrader()] == [("7", "Bidrag")]
    assert [r.belopp.value() for r in form.kostnadsrader()] == ["8"]


def test_copying_is_offered_only_for_an_empty_year_after_one_with_rows(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    client = inloggad(SA, rad)

    def erbjuds(ar):
        return 'name="kopiera"' in client.get(adress(rad, ar)).text

    assert (erbjuds(2011), erbjuds(2012), erbjuds(2013)) == (False, True, False)
    BudgetarFactory(samverkansorganisation=rad, ar=2012)
    assert erbjuds(2012)
    FinansieringFactory(budgetar=rad.budgetar.get(ar=2012))
    assert not erbjuds(2012)
    skickat = client.post(adress(rad), {"kopiera": "", "fin-0-part": forbundet.pk, "fin-0-belopp": "1"})
    assert [r.belopp.value() for r in skickat.context["form"].finansieringsrader()] == ["1"]


def test_a_financier_that_has_left_is_not_copied(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    rad.parter.exclude(pk=forbundet.pk).update(finansiar=False)

    svar = inloggad(SA, rad).post(adress(rad), {"kopiera": ""})

    assert svar.context["form"].finansieringsrader() == []


def test_several_rows_of_a_financier_are_told_apart_by_their_beskrivning(inloggad, forbundet):
    client = inloggad(SA, forbundet.samverkansorganisation)
    extra = {"fin-1-part": forbundet.pk, "fin-1-belopp": "5", "fin-1-beskrivning": "Extra"}

    spara(client, forbundet, "10", beskrivning="Bidrag", **extra)

    assert list(Finansiering.objects.filter(budgetar__ar=2012).values_list("belopp", "beskrivning")) == [(10, "Bidrag"), (5, "Extra")]


def test_budget_minus_utfall_and_per_cent_wait_until_all_utfall_is_known(inloggad):
    rad = SamverkansorganisationFactory()
    budgetar = BudgetarFactory(samverkansorganisation=rad)
    AdministrativKostnadFactory(budgetar=budgetar, kostnadstyp="kring", budget=200, utfall=150)
    personal = AdministrativKostnadFactory(budgetar=budgetar, kostnadstyp="personal", budget=300)
    insatsar = InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad))
    InsatsBudgetFactory(insatsar=insatsar, budget=100, utfall=0)
    halv = InsatsBudgetFactory(insatsar=insatsar, budget=100, beskrivning="Lokaler")
    client = inloggad(Roll.RAPPORT)

    def visat():
        svar = client.get(adress(rad, 2011)).context
        [(_, _, [insats], _)] = svar["bild"].insatstabeller()
        rader = [*svar["form"].kostnadsrader(), svar["form"].administration(), insats]
        return [(r.kvar, r.forbrukat) for r in rader]

    assert visat() == [(50, 75), (None, None), (None, None), (None, None)]
    personal.utfall, halv.utfall = 330, 50
    personal.save()
    halv.save()
    assert visat() == [(50, 75), (-30, 110), (20, 96), (150, 25)]


def test_the_notices_stand_on_the_page_and_keep_nobody_from_saving(inloggad, forbundet):
    rad = forbundet.samverkansorganisation
    region = IngaendeOrganisationFactory(samverkansorganisation=rad, organisation__typ="region")
    client = inloggad(SA, rad)

    spara(client, region, "1 000", beskrivning="", **{"adm-0-typ": "kring", "adm-0-budget": "1 500"})

    text = vanligt(client.get(adress(rad)).text)
    assert "Budgeterade kostnader överstiger medelstillgångarna med 500 kr. Du kan spara ändå." in text
    assert "Parternas andelar avviker från lagens fördelning" in text
    assert "staten 0,0 % (500 kr under), regionen 100,0 % (750 kr över), kommunerna 0,0 % (250 kr under)." in text


@pytest.mark.parametrize(
    ("text", "mening"),
    [
        ("1 000,50", "Skriv beloppet i hela kronor, utan ören."),
        ("tusen", "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."),
        ("-1", "Beloppet får inte vara negativt."),
        ("9" * 13, "Beloppet får ha högst 12 siffror."),
    ],
)
@pytest.mark.parametrize("falt", ["budget", "utfall"])
def test_a_faulty_cost_is_refused_at_its_field_and_kept(inloggad, forbundet, text, mening, falt):
    rad = forbundet.samverkansorganisation
    kostnad = {"adm-0-typ": "kring", "adm-0-budget": "1", "adm-0-utfall": ""} | {f"adm-0-{falt}": text}

    svar = spara(inloggad(SA, rad), forbundet, "100 000", **kostnad)

    assert [vanligt(t) for t in svar.context["form"].errors[f"adm-0-{falt}"]] == [mening]
    assert svar.context["form"][f"adm-0-{falt}"].value() == text
    assert not Budgetar.objects.filter(ar=2012).exists()


def test_the_conflict_page_keeps_the_reasons_too(inloggad, forbundet):
    lena, per = (inloggad(SA, forbundet.samverkansorganisation) for _ in range(2))
    spara(lena, forbundet, "100 000")

    svar = spara(per, forbundet, "90 000", skal="Nytt avtal", forklaring="Periodiserad hyra")

    assert svar.status_code == 409
    assert 'value="Nytt avtal"' in svar.text
    assert 'value="Periodiserad hyra"' in svar.text
    assert Finansiering.objects.get(budgetar__ar=2012).belopp == 100_000


def test_the_conflict_page_sums_what_stands_on_it_and_not_what_is_saved(inloggad, forbundet):
    lena, per = (inloggad(SA, forbundet.samverkansorganisation) for _ in range(2))
    spara(lena, forbundet, "100 000", **{"adm-0-typ": "kring", "adm-0-budget": "1", "adm-0-utfall": "1"})

    svar = spara(per, forbundet, "100 000", **{"fin-1-part": forbundet.pk, "fin-1-belopp": "5", "adm-0-typ": "kring", "adm-0-budget": "70"})

    medel, kostnader = svar.context["form"].medel(), svar.context["form"].administration()
    assert svar.status_code == 409
    assert (medel.budget, medel.forra, medel.forandring) == (100_005, 100_000, 5)
    assert (kostnader.budget, kostnader.utfall) == (70, None)
    (totalt, _) = re.findall(r"Totalt</th>\s*<td[^>]*>([^<]*)<", svar.text)
    assert vanligt(totalt) == "100 005"


def test_a_row_that_is_being_added_counts_in_the_sums_and_a_faulty_amount_does_not(inloggad, forbundet):
    form = spara(inloggad(SA, forbundet.samverkansorganisation), forbundet, "tusen", **{"ny-belopp": "3"}).context["form"]

    assert form.medel().budget == 3


def test_the_first_year_of_all_has_nothing_to_propose():
    bild = Budgetbild(BudgetarFactory().samverkansorganisation, 2011)

    assert (bild.foreslaget_eget_kapital, bild.kan_kopiera, bild.kan_foresla_eget_kapital) == (None, False, False)
