"""Felregistrering: a typed confirmation, and after five a day a second person (docs/regler.md 6.6)."""

import uuid

import pytest
from django.db import ProgrammingError, connection
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.handelser_i_ord import i_ord
from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from deltagare.actions.borttagning import SJALV_PER_DAG, felregistrera, godkann_felregistrering
from deltagare.models import Deltagande, Felregistreringsbegaran, Person
from sus.core.regelbrott import Regelbrott
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.factories import AnvandareFactory, BehorighetFactory, DeltagandeFactory, InsatsFactory, UppdragFactory

BORTTAGET = "Uppgifterna om deltagaren är borttagna ur SUS."


def ta_bort(klient, deltagande, **andra):
    falt = {"bekraftelse": "ta bort", "nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | andra
    return klient.post(reverse("deltagare:felregistrera", args=[deltagande.pk]), falt, follow=True)


def avgor(klient, deltagande, beslut, **andra):
    falt = {"beslut": beslut, "nyckel": str(uuid.uuid4()), "version": "0", "spara": ""} | andra
    return klient.post(reverse("deltagare:felregistrering_avgor", args=[deltagande.pk]), falt, follow=True)


@pytest.fixture
def fem_borttagna(klient_da, insats):
    """What the user has taken away alone today: as many as a day allows."""
    for _ in range(SJALV_PER_DAG):
        ta_bort(klient_da, DeltagandeFactory(insats=insats))
    assert not Deltagande.objects.exists()


@pytest.fixture
def begard(klient_da, insats, fem_borttagna):
    """A sixth deltagande of the day, which waits for a second person."""
    deltagande = DeltagandeFactory(insats=insats)
    ta_bort(klient_da, deltagande)
    return deltagande


@pytest.fixture
def kollega(inloggad, insats):
    return inloggad(Roll.DELTAGARANSVARIG, insats)


@pytest.mark.parametrize("text", ["ta bort", "Ta bort", " TA  BORT "])
def test_the_typed_words_take_the_deltagande_away(klient_da, deltagande, text):
    svar = ta_bort(klient_da, deltagande, bekraftelse=text)

    assert BORTTAGET in svar.text
    assert not Deltagande.objects.exists()
    assert not Person.objects.exists()
    assert Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_FELREGISTRERAT).detaljer == {}


@pytest.mark.parametrize(
    ("text", "mening"), [("", "Skriv ”ta bort” för att bekräfta."), ("ja", "Skriv orden ”ta bort”, inget annat."), ("tabort", None)]
)
def test_anything_else_takes_nothing_away(klient_da, deltagande, fel, text, mening):
    fel_vid_faltet = fel(ta_bort(klient_da, deltagande, bekraftelse=text))

    assert list(fel_vid_faltet) == ["bekraftelse"]
    assert mening is None or fel_vid_faltet["bekraftelse"] == [mening]
    assert Deltagande.objects.exists()


def test_the_page_says_what_cannot_be_undone(klient_da, deltagande):
    sida = klient_da.get(reverse("deltagare:felregistrera", args=[deltagande.pk])).text

    assert "Uppgifterna om deltagaren tas bort ur SUS och kan inte återskapas. Vill du fortsätta?" in sida
    assert "Ta bort uppgifterna" in sida


def test_sent_twice_it_leads_to_the_same_page(klient_da, deltagande):
    nyckel = str(uuid.uuid4())

    svar = [ta_bort(klient_da, deltagande, nyckel=nyckel) for _ in range(2)]

    assert svar[0].redirect_chain == svar[1].redirect_chain
    assert "Uppgifterna är redan sparade." in svar[1].text


def test_the_sixth_of_a_day_waits_for_a_second_person(klient_da, insats, fem_borttagna):
    deltagande = DeltagandeFactory(insats=insats)
    adress = reverse("deltagare:felregistrera", args=[deltagande.pk])
    assert "Begär att uppgifterna tas bort" in klient_da.get(adress).text
    assert "En annan deltagaransvarig i insatsen behöver godkänna" in klient_da.get(adress).text

    svar = ta_bort(klient_da, deltagande)

    assert "Begäran är sparad." in svar.text
    assert Felregistreringsbegaran.objects.get().begard_av == klient_da.anvandare
    assert Deltagande.objects.get() == deltagande
    assert Handelse.objects.get(typ=Handelse.Typ.FELREGISTRERING_BEGARD).logg_id == [str(deltagande.person.logg_id)]


def test_it_is_not_asked_for_twice(klient_da, begard, fel):
    svar = ta_bort(klient_da, begard)

    assert fel(svar) == {"__all__": ["Det finns redan en begäran om att ta bort uppgifterna. En annan deltagaransvarig ska godkänna den."]}
    assert Felregistreringsbegaran.objects.count() == 1


def test_tomorrow_the_user_may_again(klockan, inloggad, insats):
    klockan("2012-06-01 23:50:00+02:00")
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)
    for _ in range(SJALV_PER_DAG + 1):
        ta_bort(klient, DeltagandeFactory(insats=insats))
    vantar = Deltagande.objects.get()

    klockan("2012-06-02 00:01:00+02:00")
    assert BORTTAGET in ta_bort(klient, vantar).text

    assert not Felregistreringsbegaran.objects.exists()


def test_everybody_has_five_of_the_own(kollega, insats, fem_borttagna):
    assert BORTTAGET in ta_bort(kollega, DeltagandeFactory(insats=insats)).text


def test_a_colleague_sees_who_asked_and_says_yes(kollega, klient_da, begard):
    sida = kollega.get(begard.get_absolute_url()).text
    assert f"{klient_da.anvandare} begärde" in sida
    assert reverse("deltagare:felregistrering_avgor", args=[begard.pk]) in sida

    svar = avgor(kollega, begard, "godkann")

    assert BORTTAGET in svar.text
    assert not Deltagande.objects.exists()
    assert not Felregistreringsbegaran.objects.exists()
    rad = Handelse.objects.filter(typ=Handelse.Typ.DELTAGANDE_FELREGISTRERAT).latest("pk")
    assert (rad.anvandare_id, rad.detaljer) == (kollega.anvandare.pk, {"begard_av": klient_da.anvandare.pk})


def test_what_a_second_person_says_yes_to_is_none_of_the_own_five(kollega, klient_da, insats, begard):
    avgor(kollega, begard, "godkann")

    for _ in range(SJALV_PER_DAG):
        assert BORTTAGET in ta_bort(kollega, DeltagandeFactory(insats=insats)).text


def test_a_colleague_says_no(kollega, begard):
    svar = avgor(kollega, begard, "avsla")

    assert "Uppgifterna om deltagaren är kvar." in svar.text
    assert Deltagande.objects.get() == begard
    assert not Felregistreringsbegaran.objects.exists()
    rader = Handelse.objects.filter(typ=Handelse.Typ.FELREGISTRERING_BEGARD)
    assert [rad.vad for rad in i_ord(rader)] == [
        "begärde att en felregistrering tas bort",
        "avslog begäran om att ta bort en felregistrering",
    ]


def test_who_asked_cannot_say_yes_but_take_it_back(klient_da, begard, fel):
    svar = avgor(klient_da, begard, "godkann")
    assert list(fel(svar)) == ["beslut"]
    with pytest.raises(Regelbrott, match="Du har själv begärt"):
        godkann_felregistrering(deltagande=begard, by=klient_da.anvandare)
    assert Deltagande.objects.exists()

    avgor(klient_da, begard, "avsla")

    assert not Felregistreringsbegaran.objects.exists()
    assert [rad.vad for rad in i_ord(Handelse.objects.order_by("-pk").filter(typ="felregistrering_begard")[:1])] == [
        "drog tillbaka begäran om att ta bort en felregistrering"
    ]


def test_nothing_chosen_decides_nothing(kollega, begard, fel):
    assert fel(avgor(kollega, begard, "")) == {"beslut": ["Välj vad som ska hända."]}
    assert Felregistreringsbegaran.objects.exists()


def test_what_another_has_answered_already_is_told(kollega, klient_da, begard, inloggad, insats):
    tredje = inloggad(Roll.DELTAGARANSVARIG, insats)
    avgor(tredje, begard, "avsla")

    assert "Någon har redan svarat" in kollega.get(reverse("deltagare:felregistrering_avgor", args=[begard.pk]), follow=True).text
    assert "Någon har redan svarat" in avgor(kollega, begard, "godkann").text
    assert Deltagande.objects.exists()


def test_nobody_outside_the_insats_answers(inloggad, begard):
    frammande = inloggad(Roll.DELTAGARANSVARIG, InsatsFactory())

    assert avgor(frammande, begard, "godkann").status_code == 404
    assert Deltagande.objects.exists()


def test_the_database_lets_nobody_ask_in_somebody_elses_name(klient_da, kollega, insats):
    deltagande = DeltagandeFactory(insats=insats)

    with pytest.raises(ProgrammingError, match="row-level security"), vaggar.som(klient_da.anvandare):
        Felregistreringsbegaran.objects.create(deltagande=deltagande, insats=insats, begard_av=kollega.anvandare)


def test_the_database_tells_nobody_how_many_another_has_taken_away(klient_da, kollega):
    with pytest.raises(ProgrammingError, match="bara ens egna"), vaggar.som(klient_da.anvandare), connection.cursor() as c:
        c.execute("SELECT vagg.felregistreringar_idag(%s)", [kollega.anvandare.pk])


@med_riktiga_transaktioner
def test_two_at_the_limit_at_once_are_counted_one_after_the_other(samtidigt):
    anvandare = AnvandareFactory()
    BehorighetFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG)
    insatser = [InsatsFactory() for _ in range(4)]
    for insats in insatser:
        UppdragFactory(anvandare=anvandare, roll=Roll.DELTAGARANSVARIG, insats=insats)
    for _ in range(SJALV_PER_DAG - 1):
        felregistrera(deltagande=DeltagandeFactory(insats=insatser[0]), by=anvandare)
    deltaganden = [DeltagandeFactory(insats=insats) for insats in insatser]
    klienter = []
    for _ in deltaganden:
        klient = WebClient()
        klient.force_login(anvandare)
        klienter.append(klient)

    samtidigt(lambda nr: ta_bort(klienter[nr], deltaganden[nr]), len(deltaganden))

    assert Deltagande.objects.count() == len(deltaganden) - 1
    assert Felregistreringsbegaran.objects.count() == len(deltaganden) - 1
    assert Uppdrag.objects.exists()
