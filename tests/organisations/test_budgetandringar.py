"""The history of a budget's amounts: who, when, before, after and why (docs/regler.md 4.4)."""

import uuid

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from organisations.actions.budget import spara_budget
from organisations.models import AdministrativKostnad, Budgetandring, Finansiering
from tests.factories import AdministrativKostnadFactory, IngaendeOrganisationFactory

pytestmark = pytest.mark.django_db

SA = Roll.SAMVERKANSADMINISTRATOR


@pytest.fixture
def finansiar():
    return IngaendeOrganisationFactory(organisation__namn="Provkassan", organisation__typ="fk")


def adress(objekt, vy="budgetandringar", /, **fraga):
    return f"{reverse(f'organisations:{vy}', args=[objekt.pk])}?{'&'.join(f'{n}={v}' for n, v in ({'ar': 2011} | fraga).items())}"


def spara(rad, finansieringar=(), kostnader=(), **kwargs):
    kwargs = {"by": None} | kwargs
    return spara_budget(samverkansorganisation=rad, ar=2011, finansieringar=list(finansieringar), kostnader=list(kostnader), **kwargs)


def historiken():
    return list(Budgetandring.objects.order_by("pk").values_list("rad", "falt", "fore", "efter", "skal"))


def kostnad(budget, utfall=None):
    return AdministrativKostnad(kostnadstyp="kring", budget=budget, utfall=utfall)


def test_every_amount_is_kept_with_what_it_was_and_why(inloggad, finansiar):
    rad = finansiar.samverkansorganisation
    lena = inloggad(SA, rad, fornamn="Lena", efternamn="Provholm")
    data = {"nyckel": str(uuid.uuid4()), "spara": "", "skal": "Nytt avtal", "version": 0}
    falt = {"fin-0-part": finansiar.pk, "fin-0-belopp": "5 000", "fin-0-beskrivning": "Bidrag", "adm-0-typ": "kring", "adm-0-budget": "70"}

    lena.post(adress(rad, "budget"), data | falt)

    assert sorted(historiken()) == [
        ("Administrativ kostnad: Kring", "budget", None, 70, "Nytt avtal"),
        ("Provkassan: Bidrag", "belopp", None, 5000, "Nytt avtal"),
    ]
    assert {str(andring.av) for andring in Budgetandring.objects.all()} == {"Lena Provholm"}


def test_unknown_utfall_becoming_zero_is_a_change_and_the_same_amounts_again_are_none(finansiar):
    rad = finansiar.samverkansorganisation
    spara(rad, [Finansiering(part=finansiar, belopp=1)], [kostnad(7)])
    Budgetandring.objects.all().delete()

    spara(rad, [Finansiering(part=finansiar, belopp=1)], [kostnad(7, utfall=0)])
    spara(rad, [Finansiering(part=finansiar, belopp=1)], [kostnad(7, utfall=0)])

    assert historiken() == [("Administrativ kostnad: Kring", "utfall", None, 0, "")]


def test_a_removed_row_leaves_its_amount_in_the_history(finansiar):
    rad = finansiar.samverkansorganisation
    spara(rad, [Finansiering(part=finansiar, belopp=100)])

    spara(rad, [], skal="Utträdd")

    assert historiken()[-1] == ("Provkassan", "belopp", 100, None, "Utträdd")


def test_names_longer_than_the_history_has_room_for_are_cut():
    part = IngaendeOrganisationFactory(organisation__namn="P" * 200)

    spara(part.samverkansorganisation, [Finansiering(part=part, belopp=1, beskrivning="b" * 200)])

    assert len(Budgetandring.objects.get().rad) == 300


def test_everybody_who_sees_the_budget_sees_its_changes_latest_first(inloggad, finansiar):
    rad = finansiar.samverkansorganisation
    for belopp, skal in ((100, "Först"), (200, "Sedan")):
        spara(rad, [Finansiering(part=finansiar, belopp=belopp)], skal=skal)

    svar = inloggad(Roll.RAPPORT).get(adress(rad))

    assert [(a.fore, a.efter, a.skal) for a in svar.context["sida"]] == [(100, 200, "Sedan"), (None, 100, "Först")]
    assert "Inläst från fil" in svar.text


def test_one_rows_amounts_can_be_shown_alone_and_other_years_are_apart(inloggad, finansiar):
    rad = finansiar.samverkansorganisation
    spara(rad, [Finansiering(part=finansiar, belopp=1)], [kostnad(7)])
    client = inloggad(SA, rad)

    ensam = client.get(adress(rad, rad="Provkassan"))
    okand = client.get(adress(rad, rad="\x00"))
    annat = client.get(adress(rad, ar=2010))

    assert [a.rad for a in ensam.context["sida"]] == ["Provkassan"]
    assert okand.context["sida"].paginator.count == 2
    assert annat.context["sida"].paginator.count == 0
    assert "Inget belopp har registrerats eller ändrats för året." in annat.text
    assert client.get(adress(rad, ar="abc")).status_code == 404


def test_many_changes_are_paged_with_a_constant_number_of_questions(inloggad, finansiar, antal_fragor):
    rad = finansiar.samverkansorganisation
    client = inloggad(SA, rad)
    spara(rad, [Finansiering(part=finansiar, belopp=1)])
    fore = antal_fragor(lambda: client.get(adress(rad)))
    for belopp in range(2, 62):
        spara(rad, [Finansiering(part=finansiar, belopp=belopp)])

    assert antal_fragor(lambda: client.get(adress(rad))) <= fore
    assert [a.efter for a in client.get(adress(rad, sida=2)).context["sida"]][-1] == 1


def test_utfall_of_a_past_year_can_be_changed(inloggad):
    kring = AdministrativKostnadFactory(budgetar__ar=2010, utfall=1)
    rad = kring.budgetar.samverkansorganisation
    data = {"nyckel": str(uuid.uuid4()), "version": 1, "adm-0-typ": "kring", "adm-0-budget": "50 000", "adm-0-utfall": "48 250"}

    inloggad(SA, rad).post(adress(rad, "budget", ar=2010), data)

    kring.refresh_from_db()
    assert kring.utfall == 48_250
    assert historiken() == [("Administrativ kostnad: Kring", "utfall", 1, 48_250, "")]
