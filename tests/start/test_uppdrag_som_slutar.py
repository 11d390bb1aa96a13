"""Uppdrag about to end, on the start page: one's own, and those that one can give anew."""

from datetime import date, timedelta

import pytest

from behorigheter.roller import Roll
from sus.start.att_gora import uppgifter
from tests.factories import AnvandareFactory, BehorighetFactory, InsatsFactory, UppdragFactory

pytestmark = pytest.mark.django_db
IDAG = date(2011, 12, 5)


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2011-12-05 10:00+01:00")


def texter(anvandare):
    return {uppgift.text: uppgift for uppgift in uppgifter(anvandare, IDAG)}


def om(dagar):
    return IDAG + timedelta(days=dagar)


@pytest.mark.parametrize(
    ("dagar", "bricka", "brattom"), [(60, "Om 60 dagar", False), (7, "Om 7 dagar", True), (0, "Slutar i dag", True), (61, None, None)]
)
def test_ones_own_uppdrag_is_told_of_in_good_time(insats, dagar, bricka, brattom):
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=om(dagar)).anvandare

    uppgift = texter(anvandare).get("av dina uppdrag går snart ut")

    assert (uppgift and (uppgift.bricka, uppgift.brattom)) == (bricka and (bricka, brattom))
    if uppgift:
        assert uppgift.forklaring == (
            f"Du är deltagaransvarig i Hjortmossen till {om(dagar)}. Be insatsansvarig om ett nytt om du ska fortsätta."
        )


def test_an_uppdrag_that_goes_on_in_a_new_one_is_not_told_of(insats):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=om(10))
    UppdragFactory(anvandare=uppdrag.anvandare, roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(), fran=om(11))
    assert "av dina uppdrag går snart ut" in texter(uppdrag.anvandare)

    UppdragFactory(anvandare=uppdrag.anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats, fran=om(11))
    assert "av dina uppdrag går snart ut" not in texter(uppdrag.anvandare)


def test_who_gives_uppdrag_sees_whose_end_and_where_to_give_them_anew(insats):
    forbund, maja = insats.samverkansorganisation, AnvandareFactory(fornamn="Maja", efternamn="Ek")
    slutar = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=om(10), anvandare=maja)
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(), till=om(10))  # another förbund's
    ansvarig = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=forbund, till=om(20)).anvandare
    administrator = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare

    hos_ansvarig, hos_administrator = (texter(den)["uppdrag som du kan förnya går snart ut"] for den in (ansvarig, administrator))

    assert (hos_ansvarig.antal, hos_ansvarig.url) == (1, insats.get_absolute_url())
    assert hos_ansvarig.forklaring == "Maja Ek i Hjortmossen. Ge ett nytt uppdrag till den som ska fortsätta."
    assert (hos_administrator.antal, hos_administrator.url) == (1, f"/samverkansorganisation/{forbund.pk}/uppdrag/")
    assert slutar.till == om(10)


def test_forsakringskassan_is_not_told_of_the_whole_country(insats):
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=om(10))
    fk = BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare

    assert "uppdrag som du kan förnya går snart ut" not in texter(fk)
