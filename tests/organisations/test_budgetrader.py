"""The rows of the budget page: amounts, financiers, kostnadstyper, two at once, and the insatser beside them."""

import uuid

import pytest

from behorigheter.models import Handelse
from organisations.models import Budgetar, Finansiering
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AdministrativKostnadFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)
from tests.organisations.conftest import SA, adress, fel, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def finansiar():
    return IngaendeOrganisationFactory(organisation__namn="Försäkringskassan i Provbygden", organisation__typ="fk")


def budgetrad(part, belopp, beskrivning="", nr=0):
    return {f"fin-{nr}-part": part.pk, f"fin-{nr}-belopp": belopp, f"fin-{nr}-beskrivning": beskrivning}


def budgetadress(part, ar=2011):
    return adress("budget", part.samverkansorganisation_id, ar=ar)


@pytest.mark.parametrize(
    ("text", "belopp"),
    [
        ("5030000", 5_030_000),
        ("5 030 000", 5_030_000),
        ("5\u202f030\u202f000", 5_030_000),
        ("5\u00a0030\u00a0000", 5_030_000),
        ("0", 0),
        ("9" * 12, 10**12 - 1),
    ],
)
def test_amounts_are_read_with_and_without_spaces(inloggad, finansiar, text, belopp):
    post(inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0, **budgetrad(finansiar, text))

    assert Finansiering.objects.get().belopp == belopp


@pytest.mark.parametrize(
    ("text", "mening"),
    [
        ("", "Fyll i beloppet eller ta bort raden."),
        ("1 000,50", "Skriv beloppet i hela kronor, utan ören."),
        ("fem", "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."),
        ("٥٠٠", "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."),
        ("-1", "Beloppet kan bara vara negativt för eget kapital."),
        ("9" * 13, "Beloppet får ha högst 12 siffror."),
        ("9" * 400, "Beloppet får ha högst 12 siffror."),
    ],
)
def test_a_faulty_amount_is_refused_at_its_row_and_kept(inloggad, finansiar, text, mening):
    svar = post(inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0, **budgetrad(finansiar, text))

    assert {falt: [t.replace("\u202f", " ").replace("\u00a0", " ") for t in texter] for falt, texter in fel(svar).items()} == {
        "fin-0-belopp": [mening]
    }
    assert svar.context["form"]["fin-0-belopp"].value() == text
    assert not Budgetar.objects.exists()


def test_the_row_to_be_added_counts_when_the_page_is_saved(inloggad, finansiar):
    post(
        inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0,
        **budgetrad(finansiar, "100"), **{"ny-part": finansiar.pk, "ny-belopp": "50", "ny-beskrivning": "Extra"},
    )  # fmt: skip

    assert list(Finansiering.objects.values_list("belopp", "beskrivning")) == [(100, ""), (50, "Extra")]


def test_the_same_financier_and_beskrivning_twice_is_refused_at_the_row(inloggad, finansiar):
    svar = post(
        inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0,
        **budgetrad(finansiar, "1"), **budgetrad(finansiar, "2", nr=1),
    )  # fmt: skip

    assert list(fel(svar)) == ["fin-1-beskrivning"]


def test_who_is_no_financier_cannot_be_chosen(inloggad, finansiar):
    annan = IngaendeOrganisationFactory(samverkansorganisation=finansiar.samverkansorganisation, finansiar=False)
    utanfor = IngaendeOrganisationFactory()
    client = inloggad(SA, finansiar.samverkansorganisation)

    for part in (annan, utanfor):
        svar = post(client, budgetadress(finansiar), version=0, **budgetrad(part, "1"))

        assert fel(svar)["fin-0-part"] == ["Organisationen är inte markerad som finansiär."]


def test_rows_are_added_and_removed_without_being_saved(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)
    ny = {"ny-part": finansiar.pk, "ny-belopp": "50", "ny-beskrivning": "Extra"}

    svar = client.post(budgetadress(finansiar), budgetrad(finansiar, "skräp") | ny | {"lagg_till": "finansiar"})
    rader = svar.context["form"].finansieringsrader()
    assert [(rad.belopp.value(), rad.text.value()) for rad in rader] == [("skräp", ""), ("50", "Extra")]
    svar = client.post(budgetadress(finansiar), budgetrad(finansiar, "skräp") | {"ta_bort": "fin-0"})
    assert svar.context["form"].finansieringsrader() == []
    svar = client.post(budgetadress(finansiar), {"lagg_till": "kostnadstyp"})
    assert len(svar.context["form"].kostnadsrader()) == 1

    assert not Budgetar.objects.exists()


def test_a_removed_row_is_gone_when_the_page_is_saved(inloggad):
    rad = FinansieringFactory()
    AdministrativKostnadFactory(budgetar=rad.budgetar)
    forbundet = rad.budgetar.samverkansorganisation

    post(
        inloggad(SA, forbundet), adress("budget", forbundet.pk, ar=2011), **{"adm-0-typ": "kring", "adm-0-budget": "7", "adm-0-utfall": ""}
    )

    assert not Finansiering.objects.exists()
    assert list(rad.budgetar.administrativa_kostnader.values_list("budget", "utfall")) == [(7, None)]


def test_a_kostnadstyp_twice_is_refused(inloggad):
    rad = SamverkansorganisationFactory()
    data = {f"adm-{nr}-{falt}": varde for nr in (0, 1) for falt, varde in {"typ": "kring", "budget": "1", "utfall": ""}.items()}

    svar = post(inloggad(SA, rad), adress("budget", rad.pk, ar=2011), version=0, **data)

    assert fel(svar) == {"adm-1-typ": ["Kostnadstypen finns redan för året."]}


def test_two_who_change_the_budget_at_once_see_both_amounts(inloggad, finansiar):
    lena, per = (inloggad(SA, finansiar.samverkansorganisation) for _ in range(2))
    post(lena, budgetadress(finansiar), version=0, **budgetrad(finansiar, "100"))

    svar = post(per, budgetadress(finansiar), version=0, **budgetrad(finansiar, "200"))

    assert svar.status_code == 409
    assert [(r.falt, r.sparat, r.ditt) for r in svar.context["konfliktrader"]] == [(str(finansiar), "100 kr", "200 kr")]
    assert Finansiering.objects.get().belopp == 100


def test_the_same_budget_sent_twice_is_saved_once(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)
    data = budgetrad(finansiar, "100") | {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""}

    for _ in range(2):
        svar = client.post(budgetadress(finansiar), data)
        assert svar.url == budgetadress(finansiar)

    assert Budgetar.objects.get().version == 1


@med_riktiga_transaktioner
def test_ten_who_send_the_same_budget_at_once_make_one(inloggad, samtidigt):
    finansiar = IngaendeOrganisationFactory()
    client = inloggad(SA, finansiar.samverkansorganisation)
    data = budgetrad(finansiar, "100") | {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""}

    svar = samtidigt(lambda nr: client.post(budgetadress(finansiar), data).status_code, 10)

    assert svar == [302] * 10
    assert Finansiering.objects.count() == Budgetar.objects.count() == Handelse.objects.filter(typ="budget_andrad").count() == 1


def test_a_year_before_the_start_shows_the_rule_and_cannot_be_saved(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)

    assert (
        "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)."
        in client.get(budgetadress(finansiar, 2008)).text
    )
    svar = post(client, budgetadress(finansiar, 2008), version=0, **budgetrad(finansiar, "100"))
    assert "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)." in svar.text
    assert client.get(budgetadress(finansiar, "abc")).status_code == 404
    assert not Budgetar.objects.exists()


def test_last_years_result_is_filled_in_as_eget_kapital(inloggad):
    rad = FinansieringFactory(belopp=100_000)
    forbund = IngaendeOrganisationFactory(
        samverkansorganisation=rad.budgetar.samverkansorganisation, organisation__typ="samordningsforbund", medlem=False, konsument=True
    )
    client = inloggad(SA, forbund.samverkansorganisation)

    svar = client.post(budgetadress(forbund, 2012), {"foresla": ""})

    [ny] = svar.context["form"].finansieringsrader()
    assert (ny.val.value(), ny.belopp.value(), ny.text.value()) == (str(forbund.pk), "100\u202f000", "Eget kapital")
    assert not Budgetar.objects.filter(ar=2012).exists()


def test_the_insatser_are_shown_by_budgettyp_with_their_sums(inloggad):
    rad = SamverkansorganisationFactory()
    for namn, belopp in (("Trampolin", 100), ("Ängen", 200), ("Åkern", 300)):
        InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad, namn=namn)), budget=belopp)
    InsatsBudgetFactory(
        insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)), budgettyp="esf_insatskostnad", budget=50
    )

    bild = inloggad(SA, rad).get(adress("budget", rad.pk, ar=2011)).context["bild"]

    tabeller = {typ: ([r.namn for r in rader], summa.budget, summa.utfall) for typ, _, rader, summa in bild.insatstabeller()}
    assert tabeller["insatskostnad"] == (["Trampolin", "Åkern", "Ängen"], 600, None)
    assert tabeller["esf_insatskostnad"][1] == 50
    assert bild.nu.budgeterat == 650


def test_the_budget_asks_no_more_for_more_insatser(inloggad, antal_fragor):
    rad = FinansieringFactory().budgetar.samverkansorganisation
    client = inloggad(SA, rad)

    def fler(antal):
        for _ in range(antal):
            InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)))

    fler(1)
    fore = antal_fragor(lambda: client.get(adress("budget", rad.pk, ar=2011)))
    fler(20)

    assert antal_fragor(lambda: client.get(adress("budget", rad.pk, ar=2011))) == fore
