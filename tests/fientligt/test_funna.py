"""What hostile input has once brought down, tried every time."""

from datetime import date

import pytest
from django import forms
from django.urls import reverse

from behorigheter.roller import Roll
from sus.core.falt import EpostField
from tests.deltagare.conftest import inregistrering
from tests.factories import (
    BudgetarFactory,
    FinansieringFactory,
    InsatsFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    SamverkansorganisationFactory,
)
from tests.fientligt.sida import las_sida

pytestmark = pytest.mark.django_db


def fel_i(svar):
    assert svar.status_code == 200
    return las_sida(svar.content.decode()).fel


def test_an_overenskommelse_that_ends_before_it_begins_is_refused_at_its_last_day(inloggad):
    organisation = OrganisationFactory()
    OverenskommelseFactory(organisation=organisation, till=date(2010, 12, 31))
    fk = inloggad(Roll.FK_ADMINISTRATOR)

    svar = fk.post(
        reverse("behorigheter:overenskommelse_ny"),
        {"organisation": organisation.pk, "fran": "2012-01-01", "till": "2011-01-01", "referens": "FK 2012/1", "version": "0"},
    )

    assert fel_i(svar) == [("id_till", "Överenskommelsen kan inte sluta innan den börjar.")]


@pytest.mark.parametrize("knapp", ["sok", "spara"])
def test_a_nul_in_the_name_of_a_kommun_finds_nothing(inloggad, knapp):
    forbund = SamverkansorganisationFactory()
    lena = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    svar = lena.post(reverse("organisations:omrade", args=[forbund.pk]), {"lan": "\0", "kommunnamn": "\0", knapp: "", "version": "1"})

    assert svar.status_code == 200
    assert not forbund.omraden.exists()


@pytest.mark.parametrize("belopp", ["100", "x"])
def test_a_beskrivning_with_a_forbidden_character_is_refused_beside_its_amount(inloggad, belopp):
    forbund = SamverkansorganisationFactory()
    rad = FinansieringFactory(budgetar=BudgetarFactory(samverkansorganisation=forbund))
    lena = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    svar = lena.post(
        f"{reverse('organisations:budget', args=[forbund.pk])}?ar=2011",
        {"fin-0-part": rad.part_id, "fin-0-belopp": belopp, "fin-0-beskrivning": "Pr\u2028ov", "version": "1"},
    )

    assert "id_fin-0-beskrivning" in {id_ for id_, _ in fel_i(svar)}


@pytest.mark.parametrize("part", ["9" * 5000, "٣"])
def test_a_financier_that_is_no_number_is_refused(inloggad, part):
    forbund = SamverkansorganisationFactory()
    lena = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    svar = lena.post(
        f"{reverse('organisations:budget', args=[forbund.pk])}?ar=2011",
        {"fin-0-part": part, "fin-0-belopp": "100", "fin-0-beskrivning": "", "version": "0"},
    )

    assert "Organisationen är inte markerad som finansiär." in {text for _, text in fel_i(svar)}


def test_nobody_takes_part_before_being_born(inloggad):
    insats = InsatsFactory(startdatum=date(1995, 1, 1), samverkansorganisation__startdatum=date(1995, 1, 1))
    da = inloggad(Roll.DELTAGARANSVARIG, insats)
    falt = inregistrering(
        personnummer="200410229819",
        startdatum="2001-01-10",
        samtycke_datum="2010-01-10",
        vardnadshavare="on",
        bekraftade="alder,kommun,samtycke",
    )

    svar = da.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", falt)

    assert ("id_startdatum", "Deltagaren är -4 år på startdagen. Kontrollera personnumret och startdagen.") in fel_i(svar)


@pytest.mark.parametrize("adress", ["prov@exa\u202emple.com", "prov\0@example.com", "prov@example.com\u200f"])
def test_an_address_with_marks_that_turn_the_writing_is_refused(adress):
    with pytest.raises(forms.ValidationError, match="tecken som inte kan användas"):
        EpostField().clean(adress)
