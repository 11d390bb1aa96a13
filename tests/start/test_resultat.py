"""Results of the own insatser on the start page: true, one's own, and the same as the report's."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Arbetstyp, Avslutningsanledning
from sus.start.resultat import mina_resultat
from tests.factories import DeltagandeFactory, InsatsFactory, MattillfalleFactory, UppdragFactory

pytestmark = pytest.mark.django_db
ARBETAR = {"arbete_procent": 50, "arbetstyp": Arbetstyp.EJ_SUBVENTIONERAT}
STUDERAR = {"studier_procent": 100}
INGET = {"arbete_procent": None, "arbetstyp": None, "studier_procent": None}


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2011-12-05 10:00+01:00")


@pytest.fixture
def avsluta(insats):
    def _avsluta(fore=INGET, efter=INGET, i=insats, slut=date(2011, 6, 1), **falt):
        rad = DeltagandeFactory(insats=i, startdatum=date(2010, 2, 1), avslutat=True, slutdatum=slut, matningar=False, **falt)
        MattillfalleFactory(deltagande=rad, typ="in", **INGET | fore)
        if rad.avslutningsanledning != Avslutningsanledning.UTAN_MATNING:
            MattillfalleFactory(deltagande=rad, typ="ut", **INGET | efter)

    return _avsluta


def test_those_who_work_or_study_after_are_counted_once(avsluta, insats):
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    avsluta(efter=ARBETAR)
    avsluta(efter=ARBETAR | STUDERAR)
    avsluta(fore=STUDERAR)
    avsluta(fore=ARBETAR, avslutningsanledning=Avslutningsanledning.UTAN_MATNING)  # nothing is known of after
    avsluta(efter=ARBETAR, slut=date(2010, 12, 31))  # last year
    DeltagandeFactory(insats=insats)  # goes on

    [rad] = mina_resultat(anvandare, 2011)

    assert (rad.insats, rad.avslutade, rad.fore, rad.efter) == (insats, 3, 1, 2)


def test_only_insatser_where_one_is_deltagaransvarig(avsluta, insats):
    annan = InsatsFactory(samverkansorganisation=insats.samverkansorganisation)
    avsluta(efter=ARBETAR)
    avsluta(efter=ARBETAR, i=annan)

    egna = mina_resultat(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=annan).anvandare, 2011)
    ansvarigas = mina_resultat(
        UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare, 2011
    )

    assert [rad.insats for rad in egna] == [annan]
    assert ansvarigas == []


def test_the_report_behind_the_link_says_the_same(avsluta, insats, inloggad):
    for fore, efter in ((INGET, ARBETAR), (INGET, STUDERAR), (ARBETAR, ARBETAR), (INGET, INGET)):
        avsluta(fore=fore, efter=efter)
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)

    [rad] = klient.get("/").context["resultat"]
    rapporten = klient.get(f"{rad.url}&format=json").json()

    [tabell] = [tabell for tabell in rapporten["tabeller"] if tabell["nyckel"] == "sysselsattning"]
    kolumner = [kolumn["nyckel"] for kolumn in tabell["kolumner"]]
    [arbete] = [dict(zip(kolumner, celler, strict=True)) for celler in tabell["rader"] if celler[0] == "Arbete och/eller studier"]
    assert (rad.fore, rad.efter) == (arbete["fore"], arbete["efter"]) == (1, 3)


def test_while_nobody_has_ended_the_page_says_what_will_stand_there(inloggad, insats):
    registrerar = inloggad(Roll.DELTAGARANSVARIG, insats).get("/").text
    ansvarig = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation).get("/").text

    assert "När du registrerar ut deltagare ser du här hur många som gick till arbete eller studier." in registrerar
    assert "Resultat i mina insatser" not in ansvarig


def test_who_has_nothing_to_do_is_thanked(inloggad, insats):
    assert (
        "Inget väntar på dig i dag. Tack för att du håller uppgifterna aktuella!" in inloggad(Roll.DELTAGARANSVARIG, insats).get("/").text
    )
    assert "Tack för" not in inloggad(Roll.RAPPORT).get("/").text


def test_insatser_stand_in_swedish_order(avsluta, insats):
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    namn = ["Öppna vägar", "Zenit", "Ånga", "Arena"]
    for ett in namn:
        annan = InsatsFactory(namn=ett, samverkansorganisation=insats.samverkansorganisation)
        UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=annan, anvandare=anvandare)
        avsluta(i=annan)

    assert [rad.insats.namn for rad in mina_resultat(anvandare, 2011)] == ["Arena", "Zenit", "Ånga", "Öppna vägar"]
