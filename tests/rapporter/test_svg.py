"""A diagram as a picture of its own: the protected cells, what they are and who may spread them."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from rapporter.renderare import FORMAT
from sus.core.regelbrott import Regelbrott
from tests.factories import BehorighetFactory
from tests.rapporter.conftest import gor_rapport
from tests.rapporter.trollhattan import NAMN

TEXT = "{http://www.w3.org/2000/svg}text"
BAKGRUND = {"typ": "bakgrund", "ar": 2011, "organisation": NAMN}


def texter(svg):
    return [rad.text for rad in ElementTree.fromstring(svg).iter(TEXT)]


def test_picture_holds_the_cells_of_its_diagram_with_selection_and_spread(forbund):
    rapport = gor_rapport("deltagare", **BAKGRUND).med_diagram("alder")

    skrivet = texter(FORMAT["svg"].rendera(rapport))

    [diagram] = rapport.diagram
    assert diagram.titel in skrivet
    for rad in diagram.rader:
        assert {rad.etikett, *map(str, rad.varden)} <= set(skrivet)
    assert f"Samverkansorganisation: {NAMN}" in " ".join(skrivet)
    assert "får inte spridas" in " ".join(skrivet)


def test_without_a_chosen_diagram_all_of_them_stand_below_one_another(forbund):
    rapport = gor_rapport("deltagare", **BAKGRUND)

    skrivet = texter(FORMAT["svg"].rendera(rapport))

    assert len(rapport.diagram) > 1
    assert [text for text in skrivet if text in {d.titel for d in rapport.diagram}] == [d.titel for d in rapport.diagram]


def test_picture_of_a_protected_report_holds_what_the_table_prints(forbund):
    exakt = gor_rapport("deltagare", **BAKGRUND)
    skyddad = gor_rapport("deltagare", by=BehorighetFactory(roll=Roll.RAPPORT).anvandare, **BAKGRUND)

    skrivet = texter(FORMAT["svg"].rendera(skyddad.med_diagram("alder")))

    [diagram] = skyddad.med_diagram("alder").diagram
    [sant] = exakt.med_diagram("alder").diagram
    celler = {str(cell) for rad in diagram.rader for cell in rad.varden}
    dolda = {str(cell) for rad in sant.rader for cell in rad.varden} - celler
    assert dolda
    assert celler <= set(skrivet)
    assert not dolda & set(skrivet)
    assert "Får spridas" in " ".join(skrivet)


def test_a_report_without_the_diagram_says_so(forbund, inloggad):
    with pytest.raises(Regelbrott, match="inget sådant diagram"):
        FORMAT["svg"].rendera(gor_rapport("deltagare", **BAKGRUND).med_diagram("finns-inte"))

    adress = reverse("rapporter:rapport", args=["deltagare"])
    svar = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).get(adress, {**BAKGRUND, "format": "svg", "diagram": '"\r\n'})
    assert svar.status_code == 400
    assert "inget sådant diagram" in svar.content.decode()


def test_every_diagram_of_the_page_leads_to_its_picture(forbund, inloggad):
    client = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund)
    adress = reverse("rapporter:rapport", args=["deltagare"])
    sida = client.get(adress, BAKGRUND)

    for diagram in sida.context["rapport"].diagram:
        assert f"format=svg&amp;diagram={diagram.nyckel}" in sida.content.decode()
    svar = client.get(adress, {**BAKGRUND, "format": "svg", "diagram": "alder"})
    assert svar["Content-Type"] == "image/svg+xml"
    namn = "deltagare-bakgrund-trollhattan-lilla-edet-och-grastorp-2011-exakt-alder.svg"
    assert svar["Content-Disposition"] == f'attachment; filename="{namn}"'


def test_text_of_a_picture_is_never_markup(forbund):
    forbund.insatser.filter(namn="Trampolin").update(namn="<a> & \"b\" 'c'")

    skrivet = texter(FORMAT["svg"].rendera(gor_rapport("insats", ar=2011, organisation=NAMN)))

    assert "<a> & \"b\" 'c'" in skrivet
