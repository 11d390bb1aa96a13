"""The start page: what it shows to whom, and that its figures are true."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost, Felregistreringsbegaran
from insatser.models import VolymPost
from sus.start.att_gora import uppgifter
from sus.start.mina import mina_insatser, mina_samverkansorganisationer, nyckeltalsar
from tests.factories import (
    AdministrativKostnadFactory,
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    BudgetarFactory,
    DeltagandeFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    OrganisationFactory,
    SamtyckeFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
IDAG = date(2011, 12, 5)


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2011-12-05 10:00+01:00")


def med_uppdrag(roll, objekt):
    falt = "insats" if roll == Roll.DELTAGARANSVARIG else "samverkansorganisation"
    return UppdragFactory(roll=roll, **{falt: objekt}).anvandare


def texter(anvandare):
    return {uppgift.text: uppgift for uppgift in uppgifter(anvandare, IDAG)}


def test_the_page_greets_with_the_day_and_the_verbs_of_the_role(inloggad):
    svar = inloggad(Roll.DELTAGARANSVARIG, InsatsFactory()).get("/")

    assert "Hej Karin! I dag är det måndag 5 december 2011." in svar.text
    assert [val.text for val in svar.context["verb"]] == ["Registrera deltagare", "Sök deltagare", "Sök insatser"]


def test_the_first_button_of_a_bestallare_is_to_order(inloggad):
    svar = inloggad(Roll.BESTALLARE).get("/")

    assert [val.text for val in svar.context["verb"]] == ["Beställ behörighet", "Sök insatser", "Skapa rapport"]


def test_who_has_no_uppdrag_is_told_what_can_be_read(inloggad):
    svar = inloggad(Roll.RAPPORT).get("/")

    assert "Inget väntar på dig i dag." in svar.text
    assert "Du har inget uppdrag i någon samverkansorganisation." in svar.text
    assert "Mina insatser" not in svar.text


def test_without_behorighet_there_is_no_start_page(inloggad):
    svar = inloggad().get("/")

    assert svar.status_code == 403
    assert "Du saknar behörighet till SUS" in svar.text


def test_those_who_may_be_due_out_are_counted_per_insats():
    insats, slut = InsatsFactory(namn="Hjortmossen"), InsatsFactory(namn="Unga till jobb", slutdatum=date(2011, 12, 4))
    DeltagandeFactory(insats=insats, startdatum=date(2010, 12, 4))
    DeltagandeFactory(insats=insats, startdatum=date(2010, 12, 5))  # twelve months today
    DeltagandeFactory(insats=insats, startdatum=date(2010, 1, 10), avslutat=True)
    DeltagandeFactory(insats=slut, startdatum=date(2011, 10, 1))
    DeltagandeFactory(startdatum=date(2010, 1, 10))  # somebody else's insats
    anvandare = med_uppdrag(Roll.DELTAGARANSVARIG, insats)
    UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=slut)

    uppgift = texter(anvandare)["deltagare kanske ska registreras ut"]

    assert (uppgift.antal, uppgift.url) == (2, "/deltagande/att-gora/?visa=ut")
    assert uppgift.forklaring.startswith("1 i Hjortmossen och 1 i Unga till jobb. Insatsen har slutat")


@pytest.mark.parametrize(("underskrivet", "bricka"), [("2011-11-21", ""), ("2011-11-20", "Mer än 14 dagar")])
def test_originals_that_have_waited_more_than_a_fortnight_are_marked(underskrivet, bricka):
    insats = InsatsFactory()
    SamtyckeFactory(deltagande__insats=insats, datum=date.fromisoformat(underskrivet))

    uppgift = texter(med_uppdrag(Roll.DELTAGARANSVARIG, insats))["samtycke saknar datum för när originalet skickades"]

    assert (uppgift.bricka, uppgift.url) == (bricka, "/deltagande/att-gora/?visa=original")


def test_the_other_lists_of_the_work_list_are_counted():
    insats = InsatsFactory()
    KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, obligatorisk=True)
    anvandare = med_uppdrag(Roll.DELTAGARANSVARIG, insats)
    for _ in range(2):
        rad = DeltagandeFactory(insats=insats, att_kontrollera=True, startdatum=date(2011, 12, 1))
    Felregistreringsbegaran.objects.create(deltagande=rad, insats=insats, begard_av=anvandare)

    antal = {uppgift.url.partition("visa=")[2]: (uppgift.antal, uppgift.text) for uppgift in uppgifter(anvandare, IDAG)}

    assert antal["kontroll"] == (2, "deltagare är inte bekräftade av folkbokföringen")
    assert antal["felregistrering"] == (1, "felregistrering väntar på svar")
    assert antal["fragor"] == (2, "deltagare saknar svar på kompletterande frågor")


def test_in_january_the_anonyma_of_last_year_are_called_to_mind():
    insats = InsatsFactory(namn="Hjortmossen")
    anvandare = med_uppdrag(Roll.DELTAGARANSVARIG, insats)
    for nr, (kvinnor, i_ar, slut) in enumerate([(2, 1, None), (0, 0, None), (2, 0, date(2011, 12, 30))]):
        annan = InsatsFactory(namn=f"Annan {nr}", slutdatum=slut)
        UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=annan)
        anonyma(annan, {2011: kvinnor, 2012: i_ar})
    anonyma(insats, {2011: 3})
    anonyma(InsatsFactory(), {2011: 3})  # somebody else's
    AnonymPost.objects.create(insats=insats, ar=2012, kon=Kon.MAN, slag="atertaget", antal=1, tid=None)

    [uppgift] = [rad for rad in uppgifter(anvandare, date(2012, 1, 31)) if "anonyma" in rad.text]

    assert (uppgift.antal, uppgift.text) == (1, "insats hade anonyma deltagare 2011")
    assert uppgift.forklaring == "Hjortmossen. De som fortsätter registreras igen för 2012."
    assert uppgift.url == f"/deltagande/anonyma/?insats={insats.pk}&ar=2012"
    assert not [rad for rad in uppgifter(anvandare, date(2012, 2, 1)) if "anonyma" in rad.text]


def anonyma(insats, per_ar):
    for ar, antal in per_ar.items():
        if antal:
            AnonymPost.objects.create(insats=insats, ar=ar, kon=Kon.KVINNA, slag="anonym", antal=antal)


def test_originals_that_are_not_sent_are_counted_with_the_oldest():
    insats = InsatsFactory()
    for dag in (date(2011, 3, 1), date(2011, 2, 1)):
        SamtyckeFactory(deltagande__insats=insats, deltagande__startdatum=date(2011, 5, 1), datum=dag)
    SamtyckeFactory(deltagande__insats=insats, datum=date(2011, 1, 5), original_skickat=date(2011, 1, 7))

    uppgift = texter(med_uppdrag(Roll.DELTAGARANSVARIG, insats))["samtycken saknar datum för när originalet skickades"]

    assert (uppgift.antal, uppgift.forklaring) == (2, "Äldst: underskrivet 2011-02-01.")


def test_utfall_is_missed_only_where_there_was_a_budget_last_year():
    organisation = SamverkansorganisationFactory()
    for namn, ar, utfall in (("Okänt", 2010, None), ("Känt", 2010, 0), ("I år", 2011, None)):
        insatsar = InsatsArFactory(insats__namn=namn, insats__samverkansorganisation=organisation, ar=ar)
        InsatsBudgetFactory(insatsar=insatsar, utfall=utfall)

    uppgift = texter(med_uppdrag(Roll.INSATSANSVARIG, organisation))["insats saknar utfall för 2010"]

    assert (uppgift.antal, uppgift.forklaring) == (1, "Okänt.")
    assert uppgift.url.endswith("/budget/?ar=2010")


def test_planned_number_is_missed_for_insatser_that_run_this_year():
    organisation = SamverkansorganisationFactory()
    InsatsFactory(namn="Utan", samverkansorganisation=organisation)
    InsatsFactory(namn="Avslutad", samverkansorganisation=organisation, slutdatum=date(2011, 1, 31))
    InsatsArFactory(insats__samverkansorganisation=organisation, planerat_antal=0)
    InsatsFactory(namn="Annans")

    uppgift = texter(med_uppdrag(Roll.INSATSANSVARIG, organisation))["insats saknar planerat antal deltagare för 2011"]

    assert (uppgift.antal, uppgift.forklaring) == (1, "Utan.")


def test_a_budget_of_the_year_without_financing_is_missed_by_who_may_enter_it():
    organisation, annan = SamverkansorganisationFactory(namn="Utan"), SamverkansorganisationFactory()
    FinansieringFactory(budgetar__samverkansorganisation=organisation, budgetar__ar=2010)
    avslutad = SamverkansorganisationFactory(slutdatum=date(2011, 11, 30))
    anvandare = med_uppdrag(Roll.SAMVERKANSADMINISTRATOR, organisation)
    UppdragFactory(anvandare=anvandare, roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=avslutad)
    text = "budget för 2011 saknar finansiering"

    uppgift = texter(anvandare)[text]
    assert (uppgift.antal, uppgift.forklaring) == (1, "Utan.")
    assert uppgift.url == f"/samverkansorganisation/{organisation.pk}/budget/?ar=2011"
    assert text not in texter(med_uppdrag(Roll.INSATSANSVARIG, annan))

    FinansieringFactory(budgetar=BudgetarFactory(samverkansorganisation=organisation))
    assert text not in texter(anvandare)


def test_an_insats_in_which_nobody_can_register_is_urgent():
    insats = InsatsFactory(namn="Göra Skillnad")
    InsatsFactory(volym=True, samverkansorganisation=insats.samverkansorganisation)
    ansvarig = med_uppdrag(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    utgangen = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats, till=IDAG - timedelta(days=1))

    uppgift = texter(ansvarig)["insats saknar deltagaransvarig"]
    assert uppgift.brattom
    assert uppgift.forklaring == "Ingen kan registrera deltagare i Göra Skillnad."

    UppdragFactory(anvandare=utgangen.anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats, fran=IDAG)
    assert "insats saknar deltagaransvarig" not in texter(ansvarig)


@pytest.mark.parametrize(("dagar", "syns"), [(60, True), (61, False)])
def test_a_behorighet_that_ends_within_sixty_days_is_shown(dagar, syns):
    anvandare = AnvandareFactory()
    BehorighetFactory(anvandare=anvandare, giltig_till=IDAG + timedelta(days=dagar))

    assert ("behörighet går snart ut" in texter(anvandare)) == syns


@pytest.mark.parametrize(("dagar", "bricka", "brattom"), [(8, "Om 8 dagar", False), (7, "Om 7 dagar", True), (1, "Slutar i morgon", True)])
def test_who_is_about_to_lose_a_behorighet_is_told_when_and_whom_to_ask(dagar, bricka, brattom):
    behorighet = BehorighetFactory(giltig_till=IDAG + timedelta(days=dagar))
    arbetsgivare = behorighet.arbetsgivare
    BehorighetFactory(
        roll=Roll.BESTALLARE, anvandare=AnvandareFactory(fornamn="Beda", efternamn="Ek", epost="b@example.com", arbetsgivare=arbetsgivare)
    )

    uppgift = texter(behorighet.anvandare)["behörighet går snart ut"]

    assert (uppgift.bricka, uppgift.brattom) == (bricka, brattom)
    assert uppgift.forklaring == f"Du är SUSrapport till {behorighet.giltig_till}. Be din beställare att förnya: Beda Ek (b@example.com)."


def test_a_bestallare_sees_what_to_renew_and_what_to_sign():
    bestallare = BehorighetFactory(roll=Roll.BESTALLARE).anvandare
    slutar = BehorighetFactory(giltig_till=IDAG + timedelta(days=30), anvandare=AnvandareFactory(arbetsgivare=bestallare.arbetsgivare))
    BehorighetFactory(giltig_till=IDAG + timedelta(days=30))
    BestallningFactory(organisation=bestallare.arbetsgivare)
    BestallningFactory()

    uppgifterna = texter(bestallare)

    assert uppgifterna["behörighet i organisationen går snart ut"].forklaring.startswith(f"{slutar.anvandare}.")
    assert uppgifterna["beställning väntar på dig"].url == reverse("behorigheter:bestallningar")
    assert len(uppgifterna) == 2


def test_an_utfardare_sees_the_orders_that_are_signed():
    utfardare = BehorighetFactory(roll=Roll.UTFARDARE, anvandare=AnvandareFactory(arbetsgivare=OrganisationFactory(typ="fk"))).anvandare
    BestallningFactory()
    BestallningFactory(status="signerad", signerad_av=AnvandareFactory(), signerad_tid=timezone.now())

    assert texter(utfardare)["beställning väntar på dig"].antal == 1


def test_who_gives_uppdrag_sees_that_somebody_waits_for_one():
    part = IngaendeOrganisationFactory()
    BehorighetFactory(roll=Roll.INSATSANSVARIG, anvandare=AnvandareFactory(arbetsgivare=part.organisation))
    BehorighetFactory(roll=Roll.INSATSANSVARIG)

    uppgift = texter(med_uppdrag(Roll.SAMVERKANSADMINISTRATOR, part.samverkansorganisation))["behörighet saknar uppdrag"]

    assert (uppgift.antal, uppgift.url) == (1, reverse("behorigheter:utan_uppdrag"))


def test_many_names_are_not_all_listed():
    organisation = SamverkansorganisationFactory()
    for namn in "ABCDEFG":
        InsatsFactory(namn=namn, samverkansorganisation=organisation, volym=True)

    uppgift = texter(med_uppdrag(Roll.INSATSANSVARIG, organisation))["insatser saknar planerat antal deltagare för 2011"]

    assert uppgift.forklaring == "A, B, C, D och 3 till."


def test_the_figures_of_an_insats_are_those_of_the_year():
    insats = InsatsFactory(namn="Trampolin")
    DeltagandeFactory(insats=insats, startdatum=date(2010, 5, 1))  # goes on
    DeltagandeFactory(insats=insats, startdatum=date(2011, 5, 1))  # new, goes on
    DeltagandeFactory(insats=insats, startdatum=date(2011, 2, 1), avslutat=True)  # new, ended
    DeltagandeFactory(insats=insats, startdatum=date(2010, 2, 1), avslutat=True, slutdatum=date(2010, 12, 31))  # last year
    DeltagandeFactory(startdatum=date(2011, 5, 1))  # another insats
    AnonymPost.objects.create(insats=insats, ar=2011, kon=Kon.MAN, slag="anonym", antal=3)
    AnonymPost.objects.create(insats=insats, ar=2011, kon=Kon.MAN, slag="atertaget", antal=1, tid=None)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, planerat_antal=12), budget=500_000)

    [rad] = mina_insatser(med_uppdrag(Roll.DELTAGARANSVARIG, insats), IDAG)

    assert (rad.antal, rad.pagaende, rad.nya, rad.avslutade, rad.anonyma) == (3, 2, 2, 1, 3)
    assert (rad.planerat, rad.andel, rad.budget, rad.utfall) == (12, "25%", 500_000, None)
    assert (rad.uppdrag, rad.far_registrera) == ("Deltagaransvarig", True)


def test_a_volyminsats_shows_its_count():
    insats = InsatsFactory(volym=True)
    VolymPost.objects.create(insats=insats, ar=2011, antal=50)
    VolymPost.objects.create(insats=insats, ar=2011, antal=-3)

    [rad] = mina_insatser(med_uppdrag(Roll.INSATSANSVARIG, insats.samverkansorganisation), IDAG)

    assert (rad.antal, rad.far_registrera) == (47, True)


def test_an_insatsansvarig_sees_how_many_but_registers_nobody(inloggad):
    insats = InsatsFactory()
    DeltagandeFactory(insats=insats)

    svar = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation).get("/")

    assert [rad.antal for rad in svar.context["insatser"]] == [1]
    assert "Registrera deltagare" not in svar.text


def test_the_figures_of_a_samverkansorganisation_are_those_of_the_year():
    organisation = SamverkansorganisationFactory()
    part = IngaendeOrganisationFactory(samverkansorganisation=organisation)
    budgetar = BudgetarFactory(samverkansorganisation=organisation)
    FinansieringFactory(budgetar=budgetar, part=part, belopp=100)
    FinansieringFactory(budgetar=budgetar, part=part, belopp=20, beskrivning="Extra")
    FinansieringFactory(budgetar=BudgetarFactory(samverkansorganisation=organisation, ar=2010), part=part, belopp=9)
    AdministrativKostnadFactory(budgetar=budgetar, budget=7)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats__samverkansorganisation=organisation), budget=30)
    InsatsFactory(samverkansorganisation=organisation, slutdatum=date(2011, 12, 4))
    SamverkansorganisationFactory()

    [rad] = mina_samverkansorganisationer(med_uppdrag(Roll.SAMVERKANSADMINISTRATOR, organisation), IDAG)

    assert (rad.organisation, rad.uppdrag) == (organisation, "Samverkansadministratör")
    assert (rad.insatser, rad.medel, rad.budgeterat) == (1, 120, 37)


@pytest.mark.parametrize(("roll", "syns"), [(Roll.SAMVERKANSADMINISTRATOR, True), (Roll.INSATSANSVARIG, False)])
def test_only_who_may_change_the_budget_has_a_button_for_it(inloggad, roll, syns):
    organisation = SamverkansorganisationFactory()

    svar = inloggad(roll, organisation).get("/")

    assert (f'/samverkansorganisation/{organisation.pk}/budget/?ar=2011"' in svar.text) == syns


def test_a_deltagaransvarig_has_the_samverkansorganisation_of_the_insats_once():
    insats = InsatsFactory()
    anvandare = med_uppdrag(Roll.DELTAGARANSVARIG, insats)
    UppdragFactory(
        anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=InsatsFactory(samverkansorganisation=insats.samverkansorganisation)
    )

    rader = mina_samverkansorganisationer(anvandare, IDAG)

    assert [(rad.organisation, rad.uppdrag, rad.medel) for rad in rader] == [(insats.samverkansorganisation, "Deltagaransvarig", None)]


@pytest.mark.parametrize(("dag", "ar"), [(date(2012, 1, 31), 2011), (date(2012, 2, 1), 2012)])
def test_in_january_the_year_that_has_ended_is_shown(dag, ar):
    assert nyckeltalsar(dag) == ar


def test_more_insatser_ask_no_more_questions(inloggad, antal_fragor):
    organisation = SamverkansorganisationFactory()
    klient = inloggad(Roll.INSATSANSVARIG, organisation)

    def med(antal):
        for _ in range(antal):
            insats = InsatsFactory(samverkansorganisation=organisation)
            InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=timezone.localdate().year))
        return antal_fragor(lambda: klient.get("/"))

    assert med(1) == med(20)


def test_the_page_shows_the_tables_with_links(inloggad):
    insats = InsatsFactory(namn="Trampolin")

    svar = inloggad(Roll.DELTAGARANSVARIG, insats).get("/")

    assert f'<a class="anchor" href="{insats.get_absolute_url()}">Trampolin</a>' in svar.text
    assert f'<a class="anchor" href="{insats.samverkansorganisation.get_absolute_url()}">' in svar.text
    assert f'/deltagande/registrera/?insats={insats.pk}"' in svar.text


def test_what_is_listed_stands_in_swedish_order(inloggad):
    namn = ["zebran", "Ångbåten", "Äpplet", "Öppet hus"]
    organisation, annan = (SamverkansorganisationFactory(namn=text) for text in ("Åre", "Älvdalen"))
    klient = inloggad(Roll.INSATSANSVARIG, organisation)
    UppdragFactory(anvandare=klient.anvandare, roll=Roll.INSATSANSVARIG, samverkansorganisation=annan)
    for text in reversed(namn):
        InsatsFactory(namn=text, samverkansorganisation=organisation)
    InsatsFactory(namn="Annan", samverkansorganisation=annan)

    sida = klient.get("/").context
    [uppgift] = [uppgift for uppgift in sida["uppgifter"] if "planerat antal" in uppgift.text]

    assert [rad.organisation.namn for rad in sida["organisationer"]] == ["Åre", "Älvdalen"]
    assert [rad.insats.namn for rad in sida["insatser"]] == [*namn, "Annan"]
    assert uppgift.forklaring == "Annan, zebran, Ångbåten, Äpplet och Öppet hus."
