"""Sök insatser, the page of an insats, its removal and its deltagaransvariga: what each role sees and may do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from insatser.actions import registrera_volym, ta_bort_insats
from insatser.models import Insats, InsatsAr
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    BehorighetFactory,
    DeltagandeFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db

LISTA = "/insats/"
ANDRANDE = ["update", "delete", "volym", "uppdrag_ge"]


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


def adress(namn, insats):
    return reverse(f"insatser:{namn}", args=[insats.pk])


def traffar(svar):
    return [insats.namn for insats in svar.context["object_list"]]


def test_everyone_finds_every_insats_and_ones_own_come_first(inloggad):
    for namn in ("Ängen", "Örnen", "Åsen", "Zebran"):
        InsatsFactory(namn=namn)
    egen = InsatsFactory(namn="Övningen")

    svar = inloggad(Roll.DELTAGARANSVARIG, egen).get(LISTA)

    assert traffar(svar) == ["Övningen", "Zebran", "Åsen", "Ängen", "Örnen"]
    assert svar.text.count("Din insats") == 1


def test_insatser_of_ones_own_samverkansorganisation_are_marked_for_its_administrator(inloggad, insats):
    InsatsFactory(namn="Andras")

    svar = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation).get(LISTA)

    assert [(rad.namn, rad.ar_egen) for rad in svar.context["object_list"]] == [("Hjortmossen", True), ("Andras", False)]


@pytest.mark.parametrize(
    ("urval", "funna"),
    [
        ({"text": "hjort*"}, ["Hjortmossen"]),
        ({"text": "hjort"}, []),
        ({"text": "*ation"}, ["Information"]),
        ({"inriktning": "strukturovergripande"}, ["Information"]),
        ({"preciserad_inriktning": "forberedande"}, ["Avslutad", "Hjortmossen", "Planerad"]),
        ({"malgrupp": "nyanlanda"}, ["Planerad"]),
        ({"status": "planerad"}, ["Planerad"]),
        ({"status": "pagaende"}, ["Hjortmossen", "Information"]),
        ({"status": "avslutad"}, ["Avslutad"]),
        ({"status": "pagaende", "text": "H*"}, ["Hjortmossen"]),
        ({"malgrupp": "okand"}, []),
        ({"samverkansorganisation": "999999"}, []),
    ],
)
def test_search_finds_what_matches_every_condition(ansvarig, urval, funna):
    imorgon = timezone.localdate() + timedelta(days=1)
    InsatsFactory(namn="Information", volym=True)
    InsatsFactory(namn="Planerad", startdatum=imorgon, malgrupper=["nyanlanda"])
    InsatsFactory(namn="Avslutad", slutdatum=date(2012, 1, 1))

    assert sorted(traffar(ansvarig.get(LISTA, urval))) == funna


def test_search_by_samverkansorganisation(ansvarig, insats):
    InsatsFactory(namn="Andras")

    assert traffar(ansvarig.get(LISTA, {"samverkansorganisation": insats.samverkansorganisation_id})) == ["Hjortmossen"]


def test_list_is_sorted_and_paged(ansvarig, insats):
    for nr in range(25):
        InsatsFactory(namn=f"Insats {nr:02}")

    forsta = ansvarig.get(LISTA, {"sortera": "-namn"})
    andra = ansvarig.get(LISTA, {"sortera": "-namn", "sida": "2"})

    assert traffar(forsta)[:2] == ["Insats 24", "Insats 23"]
    assert traffar(andra) == [*(f"Insats {nr:02}" for nr in range(4, -1, -1)), "Hjortmossen"]
    assert "sortera=-namn&amp;sida=2" in forsta.text


def test_unknown_sort_order_is_as_none(ansvarig, insats):
    assert traffar(ansvarig.get(LISTA, {"sortera": "version; drop"})) == ["Hjortmossen"]


def test_empty_list_says_what_to_do(inloggad):
    forbund = SamverkansorganisationFactory()

    ansvarig = inloggad(Roll.INSATSANSVARIG, forbund).get(LISTA)
    annan = inloggad(Roll.RAPPORT).get(LISTA)

    assert ansvarig.text.count('href="/insats/ny/"') == 3
    assert "Insatsansvarig registrerar" in annan.text
    assert "/insats/ny/" not in annan.text


def test_list_asks_no_more_questions_for_more_insatser(ansvarig, antal_fragor):
    ansvarig.get(LISTA)
    fore = antal_fragor(lambda: ansvarig.get(LISTA))
    InsatsFactory.create_batch(15)

    assert antal_fragor(lambda: ansvarig.get(LISTA)) == fore


def test_budget_asks_no_more_questions_for_more_rows(ansvarig, insats, antal_fragor):
    def fraga():
        return ansvarig.get(adress("budget", insats) + "?ar=2011")

    insatsar = InsatsArFactory(insats=insats, ar=2011)
    InsatsBudgetFactory(insatsar=insatsar)
    fraga()
    fore = antal_fragor(fraga)
    for nr in range(20):
        InsatsBudgetFactory(insatsar=insatsar, beskrivning=f"rad {nr}")

    assert antal_fragor(fraga) == fore


def test_everyone_reads_an_insats_but_only_its_own_see_who_registers(inloggad, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011), utfall=498_000)
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__efternamn="Övningsdal")
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, anvandare__efternamn="Slutsdal", till=date(2012, 1, 1), fran=date(2011, 1, 1))

    egen = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation).get(insats.get_absolute_url())
    annan = inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory()).get(insats.get_absolute_url())

    for svar in (egen, annan):
        assert "498\u202f000" in svar.text
        assert adress("update", insats) not in svar.text
        assert adress("budget", insats) not in svar.text
    assert "Övningsdal" in egen.text
    assert "Slutsdal" not in egen.text
    assert "Övningsdal" not in annan.text


def test_page_of_a_volyminsats_shows_planerat_and_registered_number_of_each_year(ansvarig, insats):
    volyminsats = InsatsFactory(volym=True, samverkansorganisation=insats.samverkansorganisation)
    InsatsArFactory(insats=volyminsats, ar=2011, planerat_antal=40)
    registrera_volym(insats=volyminsats, ar=2010, antal=7, by=None)

    svar = ansvarig.get(volyminsats.get_absolute_url())

    assert [(rad.ar, rad.planerat, rad.volym) for rad in svar.context["arsrader"]] == [(2011, 40, None), (2010, None, 7)]
    assert [val.text for val in svar.context["undermeny"]] == ["Insats", "Budget", "Volym", "Årsredogörelser"]


@pytest.mark.parametrize("namn", ANDRANDE)
def test_pages_that_change_are_closed_to_who_may_not(inloggad, insats, namn):
    frammande = inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory())
    avslutad = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    Uppdrag.objects.filter(anvandare=avslutad.anvandare).update(till=timezone.localdate() - timedelta(days=1))
    andra_roller = [inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation), inloggad(Roll.DELTAGARANSVARIG, insats)]

    for metod in ("get", "post"):
        assert getattr(frammande, metod)(adress(namn, insats)).status_code == 404
        assert getattr(avslutad, metod)(adress(namn, insats)).status_code == 404
        assert [getattr(klient, metod)(adress(namn, insats)).status_code for klient in andra_roller] == [403, 403]


def test_an_empty_insats_is_removed_with_its_uppdrag(ansvarig, insats):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats)
    UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till="2020-01-01", fran="2019-01-01")
    InsatsArFactory(insats=insats, planerat_antal=None)

    svar = ansvarig.post(adress("delete", insats), {"version": 1})

    assert svar.url == LISTA
    assert not Insats.objects.exists()
    assert not Uppdrag.objects.filter(roll=Roll.DELTAGARANSVARIG).exists()
    slutade, borttagen = Handelse.objects.order_by("pk")
    assert {slutade.objekt, borttagen.objekt} == {f"insatser.Insats:{insats.pk}"}
    assert (slutade.typ, slutade.detaljer["anvandare"]) == ("uppdrag_avslutat", uppdrag.anvandare_id)
    assert borttagen.typ == "insats_borttagen"


def med_deltagande(insats):
    DeltagandeFactory(insats=insats)


def med_budget(insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, planerat_antal=None))


def med_planerat_antal(insats):
    InsatsArFactory(insats=insats)


def med_volym_som_tagits_bort(insats):
    for antal in (5, -5):
        registrera_volym(insats=insats, ar=2011, antal=antal, by=None)


@pytest.mark.parametrize("anvand", [med_deltagande, med_budget, med_planerat_antal, med_volym_som_tagits_bort])
def test_an_insats_in_use_is_not_removed_and_the_page_says_why(inloggad, anvand):
    insats = InsatsFactory(volym=anvand is med_volym_som_tagits_bort)
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    anvand(insats)

    sida = klient.get(adress("delete", insats))
    klient.post(adress("delete", insats), {"version": 1})

    assert "Insatsen kan inte tas bort" in sida.text
    assert "Ta bort insatsen</button>" not in sida.text
    assert adress("delete", insats) not in klient.get(insats.get_absolute_url()).text
    assert Insats.objects.exists()
    with pytest.raises(Regelbrott, match="Insatsen kan inte tas bort"):
        ta_bort_insats(insats=insats, by=None)
    assert InsatsAr.objects.count() == (anvand in (med_budget, med_planerat_antal))


def test_deltagaransvarig_is_chosen_among_those_with_the_role_and_ended(ansvarig, insats):
    vald = BehorighetFactory(roll=Roll.DELTAGARANSVARIG, anvandare__efternamn="Övningsdal").anvandare
    BehorighetFactory(roll=Roll.RAPPORT, anvandare__efternamn="Utanrollsson")
    IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, organisation=vald.arbetsgivare)

    sida = ansvarig.get(adress("uppdrag_ge", insats))
    svar = ansvarig.post(adress("uppdrag_ge", insats), {"anvandare": [vald.pk], "fran": "2026-01-01", "version": 0})

    assert "Övningsdal" in sida.text
    assert "Utanrollsson" not in sida.text
    uppdrag = Uppdrag.objects.get(insats=insats)
    assert svar.url == adress("uppdrag_ge", insats)
    assert (uppdrag.anvandare, uppdrag.roll) == (vald, Roll.DELTAGARANSVARIG)

    idag = timezone.localdate()
    bekraftat = {"till": str(idag), "version": 0, "bekraftade": "utan-deltagaransvarig"}
    ansvarig.post(reverse("insatser:uppdrag_avsluta", args=[uppdrag.pk]), bekraftat)
    uppdrag.refresh_from_db()
    assert uppdrag.till == idag


def test_uppdrag_of_others_cannot_be_ended(ansvarig):
    frammande = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory())
    eget = ansvarig.anvandare.uppdrag.get()

    for uppdrag in (frammande, eget):
        assert ansvarig.get(reverse("insatser:uppdrag_avsluta", args=[uppdrag.pk])).status_code == 404


def test_volyminsats_needs_no_deltagaransvarig(inloggad):
    insats = InsatsFactory(volym=True)
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    kandidat = BehorighetFactory(roll=Roll.DELTAGARANSVARIG).anvandare

    sida = klient.get(adress("uppdrag_ge", insats))
    klient.post(adress("uppdrag_ge", insats), {"anvandare": [kandidat.pk], "fran": "2026-01-01", "version": 0})

    assert "Ingen deltagaransvarig behövs." in sida.text
    assert "Ge uppdrag" not in sida.text
    assert not Uppdrag.objects.filter(insats=insats).exists()
