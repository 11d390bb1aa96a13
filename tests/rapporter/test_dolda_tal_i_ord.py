"""A sentence says what is told, and leaves out a number that the röjandekontroll hides."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from rapporter.definitioner.deltagare.in_ut import KOLUMNER, InUt
from rapporter.definitioner.deltagare.tackning import KOLUMNER as TACKNINGSKOLUMNER
from rapporter.definitioner.deltagare.tackning import UNDERLAGSKOLUMNER, tackning
from rapporter.definitioner.standard.typer import TYPER
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Rad, Tabell
from rapporter.urval import Urval
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport

HELA_2020 = Urval(date(2020, 1, 1), date(2020, 12, 31), (2020,))


@pytest.fixture
def organisation(db):
    """Of those who ended 17, 7 and 4 were measured, which their sum would tell (rule 8), and half of them work after."""
    organisation = SamverkansorganisationFactory()
    for matta, utan in ((17, 5), (7, 5), (4, 6)):
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        for nr in range(matta):
            efter = ({"arbete_procent": 50}, {"arbetssokande": True}, {"arbete_procent": 100}, {})[nr % 4]
            avslutad(insats, {"arbetssokande": bool(nr % 2)}, efter, kon=(Kon.KVINNA, Kon.MAN)[nr // 2 % 2])
        tid = {"startdatum": date(2020, 1, 1), "slutdatum": date(2020, 6, 1)}
        DeltagandeFactory.create_batch(utan, insats=insats, avslutningsanledning=7, **tid)
    return organisation


def rapporten(organisation, nyckel, typ):
    return gor_rapport(nyckel, by=BehorighetFactory(roll=Roll.RAPPORT).anvandare, typ=typ, organisation=organisation.pk, **AR)


def test_a_diagram_does_not_say_how_many_were_measured_when_that_is_hidden(organisation):
    diagram = rapporten(organisation, "deltagare", "sysselsattning").diagram[0]

    assert diagram.ingress == "Antal deltagare och andel av avslutade med mätning"


def test_what_work_or_study_are_a_part_of_is_left_out_when_that_is_hidden(organisation):
    [diagram] = rapporten(organisation, "standard-deltagare", "resultat").diagram

    assert DOLT_TAL not in diagram.fynd
    assert diagram.fynd.startswith("15 avslutade med mätning arbetar eller studerar.")


@pytest.mark.parametrize(
    ("gor_nagot", "matta", "okat", "fynd"),
    [
        (30, 40, 10, "30 av 40 avslutade med mätning arbetar eller studerar. 10 av dem har börjat eller ökat."),
        (30, DOLT_TAL, DOLT_TAL, "30 avslutade med mätning arbetar eller studerar."),
        ("0–4", 40, "0–4", "0–4 av 40 avslutade med mätning arbetar eller studerar. 0–4 av dem har börjat eller ökat."),
        (DOLT_TAL, 40, 10, "Flest finns i Arbetar: 20."),
    ],
)
def test_results_in_words(gor_nagot, matta, okat, fynd):
    def tabellen(nyckel, summa, *antal):
        rader = tuple(Rad((text, DOLT_TAL, DOLT_TAL, ett, DOLT_TAL)) for text, ett in antal)
        return Tabell(nyckel, "", (), rader, Rad(("Summa", DOLT_TAL, DOLT_TAL, summa, DOLT_TAL)))

    resultat = tabellen("resultat", matta, ("Arbetar", 20), ("Arbetar och/eller studerar", gor_nagot))
    okning = tabellen("okning", gor_nagot, ("Börjat eller ökat", okat))

    [diagram] = TYPER["resultat"].diagram({"resultat": resultat, "okning": okning})

    assert diagram.fynd == fynd


@pytest.mark.parametrize(
    ("in_", "ut", "fynd"),
    [
        (24, 12, "24 började och 12 avslutade. Flest började januari 2020: 15."),
        (24, DOLT_TAL, "24 började. Flest började januari 2020: 15."),
        (DOLT_TAL, DOLT_TAL, "Flest började januari 2020: 15."),
    ],
)
def test_who_began_and_ended_in_words(in_, ut, fynd):
    rader = tuple(Rad((manad, 0, 0, antal, 0, 0, 5)) for manad, antal in (("januari 2020", 15), ("februari 2020", 9)))

    [diagram] = InUt().diagram({"in_ut": Tabell("in_ut", "In och ut", KOLUMNER, rader, Rad(("Totalt", 0, 0, in_, 0, 0, ut)))})

    assert diagram.fynd == fynd


@pytest.mark.parametrize(
    ("matta", "avslutade", "text"),
    [
        (28, 44, "Före och efter bygger på 28 av 44 avslutade deltagare."),
        (28, DOLT_TAL, "Före och efter bygger på 28 avslutade deltagare."),
        (DOLT_TAL, 44, "Hur många avslutade deltagare som före och efter bygger på visas inte."),
    ],
)
def test_what_before_and_after_rest_on_in_words(matta, avslutade, text):
    tackning_ = Tabell("tackning", "", TACKNINGSKOLUMNER, (Rad((60, 0, 0, 0, 100, 60)),))
    underlag = Tabell("underlag", "", UNDERLAGSKOLUMNER, (Rad((avslutade, matta, DOLT_TAL)),))

    assert tackning({"tackning": tackning_, "underlag": underlag}, HELA_2020).text.startswith(text)
