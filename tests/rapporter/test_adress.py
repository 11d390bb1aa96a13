"""The address of a report: what cannot be read in it is told, and never an error of the server or a page taken for a file."""

import pytest

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from tests.factories import InsatsFactory, KompletterandeFragaFactory
from tests.rapporter.conftest import adress, gor_rapport, som_json, tabell
from tests.rapporter.trollhattan import NAMN

AR = {"ar": "2011", "andamal": "Kontroll"}


@pytest.mark.parametrize("varde", ["\0", "Trampolin\0", "9" * 20, "9" * 5000])
@pytest.mark.parametrize(
    ("nyckel", "urval"),
    [
        ("insats", {"lan": ...}),
        ("insats", {"organisation": ...}),
        ("insats", {"insats": ...}),
        ("deltagare", {"typ": "bakgrund", "niva": "riket", "kommun": ...}),
        ("standard-deltagare", {"typ": "tid", "niva": "riket", "jamfor": "lan", "jamfor_lan": ...}),
        ("standard-deltagare", {"typ": "tid", "niva": "riket", "jamfor": "insats", "jamfor_insats": ...}),
        ("kompletterande-fragor", {"insats": ...}),
        ("kompletterande-fragor", {"organisation": NAMN, "fraga": ...}),
    ],
)
def test_name_or_number_that_no_row_can_have_is_told_at_its_field(forbund, inloggad, nyckel, urval, varde):
    [falt] = [namn for namn, val in urval.items() if val is ...]

    svar = inloggad(Roll.FK_ANALYTIKER).get(adress(nyckel), {**AR, **urval, falt: varde})

    assert any("i listan." in text for text in svar.context["form"].errors[falt])


@pytest.mark.parametrize("varde", ["9" * 5000, "\0", "tolv"])
def test_year_that_is_none_is_told_at_the_period(forbund, inloggad, varde):
    svar = inloggad(Roll.RAPPORT).get(adress("insats"), {"ar": varde, "organisation": NAMN})

    assert "fran" in svar.context["form"].errors


def test_empty_year_is_as_if_it_were_not_there(forbund, inloggad):
    svar = inloggad(Roll.RAPPORT).get(adress("insats"), {"ar": "", "fran": "2011-01", "till": "2011-12", "organisation": NAMN})

    assert svar.context["rapport"].urval[0] == ("Period", "Januari–december 2011")


def test_format_that_does_not_exist_is_no_page_and_no_report(forbund, inloggad):
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    svar = klient.get(adress("insats"), {"ar": "2011", "organisation": NAMN, "format": "docx"})

    assert svar.status_code == 400
    assert "Formatet finns inte. Välj pdf, xlsx, csv, json, svg eller html." in svar.text
    assert not Handelse.objects.filter(typ=Handelse.Typ.RAPPORT_SKAPAD).exists()


def test_file_that_is_asked_for_without_a_selection_is_no_page(forbund, inloggad):
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    assert [klient.get(adress("insats"), val).status_code for val in ({"format": "json"}, {"format": "html"}, {})] == [400, 200, 200]


def test_insats_that_is_chosen_in_the_list_is_not_another_that_is_called_what_its_number_is(db):
    vald = InsatsFactory(namn="Bron")
    InsatsFactory(samverkansorganisation=vald.samverkansorganisation, namn=str(vald.pk))

    rapport = gor_rapport("insats", ar=2011, organisation=vald.samverkansorganisation_id, insats=vald.pk)

    assert rapport.plats == "Bron"


@pytest.mark.parametrize("nyckel", ["deltagare", "standard-deltagare"])
def test_address_without_rapporttyp_gives_the_one_that_the_list_shows_as_chosen(forbund, inloggad, nyckel):
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)

    form = klient.get(adress(nyckel), {"ar": 2011, "organisation": forbund.pk}).context["form"]

    assert (form.errors, form["typ"].value()) == ({}, form.fields["typ"].choices[0][0])


@pytest.mark.parametrize("insats", ["namn", "siffror", "nummer"])
def test_question_can_be_chosen_with_the_insats_alone_by_name_as_by_number(db, insats):
    fraga = KompletterandeFragaFactory()
    egen = InsatsFactory(samverkansorganisation=fraga.samverkansorganisation, namn="20302031" if insats == "siffror" else "Bron")
    val = {"namn": "bron", "siffror": "20302031", "nummer": egen.pk}[insats]

    rapport = gor_rapport("kompletterande-fragor", ar=2011, insats=val, fraga=fraga.pk)

    assert tabell(som_json(rapport), "svarsfrekvens")["rader"][0][0] == fraga.namn
