"""Drafts of the forms about a deltagande: whose they are, what they hold, how long they live."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.roller import Roll
from deltagare import identitet, utkast
from deltagare.models import Deltagande, Utkast
from sus.core.kryptering import uppslag
from sus.core.personnummer import tolka
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.deltagare.conftest import ALMA, ELSA, inregistrering, utregistrering
from tests.factories import AnvandareFactory, UppdragFactory

SKYDDAD = "196606069810"


@pytest.fixture
def sidan(insats):
    return f"{reverse('deltagare:registrera')}?insats={insats.pk}"


@pytest.fixture
def spara_utkast(klient_da, sidan):
    """spara_utkast(how, **fields) → the answer to a form sent by the button (ja) or by the script (auto)."""

    def _spara(hur="ja", **falt):
        return klient_da.post(sidan, inregistrering(**{"spara": None, "spara_utkast": hur} | falt))

    return _spara


@pytest.fixture
def hamtat(klient_da, sidan):
    """What the page carries when Alma has been fetched."""
    svar = klient_da.post(sidan, inregistrering(spara=None, hamta=""))
    return svar.context["form"].hamtningsbevis


def fortsatt(klient, adress):
    return klient.post(adress, {"fortsatt_utkast": "ja"})


def test_a_draft_is_offered_when_the_page_is_opened_again_and_taken_up_as_it_was(klient_da, sidan, spara_utkast, hamtat):
    svar = spara_utkast(hamtat=hamtat, utbildning="", studerar_fore=None)
    assert svar.headers["Location"] == sidan
    assert "Du har ett utkast från" in klient_da.get(sidan).text

    form = fortsatt(klient_da, sidan).context["form"]

    assert form["personnummer"].value() == ALMA
    assert form["startdatum"].value() == "2011-12-05"
    assert form["forsorjning_fore"].value() == ["sjukpenning"]
    assert form.personnamn == "Alma Testsson"
    assert not form.errors
    assert form.fields["utbildning"].widget.attrs["autofocus"]


def test_a_draft_taken_up_can_be_saved_and_is_then_gone(klient_da, sidan, spara_utkast, hamtat):
    spara_utkast(hamtat=hamtat)
    sida = fortsatt(klient_da, sidan)

    klient_da.post(sidan, inregistrering(utkast=str(sida.context["utkast"])))

    assert Deltagande.objects.count() == 1
    assert not Utkast.objects.exists()


def test_without_samtycke_nothing_is_kept(klient_da, sidan, spara_utkast):
    svar = spara_utkast(samtycke_finns=None)

    assert svar.context["form"].errors == {"samtycke_finns": ["Samtycke (blankett 9443) måste finnas innan deltagaren registreras."]}
    assert svar.context["form"]["startdatum"].value() == "2011-12-05"
    assert not Utkast.objects.exists()


def test_the_draft_goes_when_the_tick_of_the_samtycke_goes(spara_utkast):
    sparat = spara_utkast("auto").json()

    svar = spara_utkast("auto", samtycke_finns=None, utkast=sparat["utkast"])

    assert "Samtycke" in svar.json()["fel"]
    assert not Utkast.objects.exists()


def test_a_draft_says_nothing_in_the_database(spara_utkast, hamtat):
    spara_utkast(hamtat=hamtat)

    sparat = Utkast.objects.get()
    assert bytes(sparat.uppslag) == uppslag(ALMA)
    assert utkast.las(sparat)["personnummer"] == [ALMA]
    for spar in (ALMA, "gymnasium", "Testsson"):
        assert spar.encode() not in bytes(sparat.innehall)


def test_who_has_not_been_fetched_does_not_stand_in_a_draft(spara_utkast, hamtat):
    spara_utkast("auto", personnummer=SKYDDAD, hamtat=hamtat, namn="Namn Namnsson")

    sparat = Utkast.objects.get()
    assert sparat.uppslag is None
    assert not {"personnummer", "namn"} & utkast.las(sparat).keys()


def test_the_proof_of_having_fetched_is_no_other_users(klient_da, insats):
    person = tolka(ALMA, idag=timezone.localdate())
    bevis = utkast.hamtningsbevis(person, klient_da.anvandare)

    assert utkast.ar_hamtad(person, bevis, klient_da.anvandare)
    assert not utkast.ar_hamtad(person, bevis, AnvandareFactory())
    assert not utkast.ar_hamtad(tolka(ELSA, idag=timezone.localdate()), bevis, klient_da.anvandare)


def test_saving_a_draft_asks_nobody_about_the_person(spara_utkast, hamtat, monkeypatch):
    monkeypatch.setattr(identitet, "sla_upp", lambda **kwargs: pytest.fail("ett utkast är ingen slagning"))

    assert spara_utkast("auto", hamtat=hamtat).json()["utkast"]


def test_the_script_saves_again_and_again_in_the_same_draft(spara_utkast):
    forsta = spara_utkast("auto", startdatum="2011-12-0").json()["utkast"]
    andra = spara_utkast("auto", utkast=forsta).json()["utkast"]

    assert andra == forsta
    assert utkast.las(Utkast.objects.get())["startdatum"] == ["2011-12-05"]


def test_a_page_that_never_got_its_answer_goes_on_with_its_own_draft(spara_utkast):
    nyckel = str(uuid.uuid4())
    spara_utkast("auto", nyckel=nyckel, startdatum="2011-12-0")

    svar = spara_utkast("auto", nyckel=nyckel)

    assert svar.json()["utkast"] == str(Utkast.objects.get().pk)
    assert utkast.las(Utkast.objects.get())["startdatum"] == ["2011-12-05"]


def test_what_it_saves_for_good_takes_that_draft_with_it(klient_da, sidan, spara_utkast):
    nyckel = str(uuid.uuid4())
    spara_utkast("auto", nyckel=nyckel)

    assert klient_da.post(sidan, inregistrering(nyckel=nyckel)).status_code == 302

    assert not Utkast.objects.exists()


def test_a_draft_is_never_written_over_from_a_page_that_has_not_taken_it_up(spara_utkast):
    spara_utkast("auto")

    svar = spara_utkast("auto", startdatum="2011-12-06")
    knapp = spara_utkast("ja", startdatum="2011-12-06")

    assert svar.json() == {"fel": utkast.ETT_ANNAT}
    assert knapp.context["form"].non_field_errors() == [utkast.ETT_ANNAT]
    assert utkast.las(Utkast.objects.get())["startdatum"] == ["2011-12-05"]


def test_a_draft_that_comes_after_its_form_was_saved_is_not_kept(klient_da, sidan, spara_utkast):
    nyckel = str(uuid.uuid4())
    klient_da.post(sidan, inregistrering(nyckel=nyckel))

    spara_utkast("auto", nyckel=nyckel)

    assert not Utkast.objects.exists()


def test_registering_somebody_else_leaves_the_draft(registrera, spara_utkast, hamtat):
    spara_utkast(hamtat=hamtat)

    registrera(personnummer=ELSA)
    assert Utkast.objects.count() == 1
    registrera()

    assert not Utkast.objects.exists()


def test_a_draft_is_thrown_away_by_its_button(klient_da, sidan, spara_utkast):
    spara_utkast()

    svar = klient_da.post(sidan, {"ta_bort_utkast": "ja"}, follow=True)

    assert "Utkastet är borttaget." in svar.text
    assert "Du har ett utkast" not in svar.text
    assert not Utkast.objects.exists()


def test_taking_up_a_draft_that_is_gone_says_so(klient_da, sidan):
    assert "Utkastet finns inte längre." in klient_da.post(sidan, {"fortsatt_utkast": "ja"}, follow=True).text


def test_too_much_is_not_kept(spara_utkast):
    assert spara_utkast("auto", namn="x" * 40_000, startdatum="y" * 40_000).json() == {"fel": utkast.FOR_STORT}
    assert not Utkast.objects.exists()


def test_a_draft_is_its_own_users_only(klient_da, inloggad, insats, sidan, spara_utkast):
    spara_utkast()
    kollega = inloggad(Roll.DELTAGARANSVARIG, insats)

    assert "Du har ett utkast" not in kollega.get(sidan).text
    kollega.post(sidan, {"ta_bort_utkast": "ja"})

    assert Utkast.objects.get().anvandare == klient_da.anvandare


def test_the_database_shows_a_draft_to_its_user_only_and_only_with_uppdrag(klient_da, insats, spara_utkast):
    spara_utkast()
    kollega = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare

    with vaggar.som(kollega), connection.cursor() as c:
        c.execute("DELETE FROM deltagare_utkast")
        assert (c.rowcount, Utkast.objects.count()) == (0, 0)
    with vaggar.som(klient_da.anvandare):
        assert Utkast.objects.count() == 1
    klient_da.anvandare.uppdrag.update(till=timezone.localdate() - timedelta(days=1))
    with vaggar.som(klient_da.anvandare):
        assert Utkast.objects.count() == 0


def test_a_draft_lives_for_a_day(klient_da, sidan, spara_utkast):
    spara_utkast()
    Utkast.objects.update(sparat=timezone.now() - timedelta(hours=23, minutes=59))
    assert utkast.glom_gamla() == 0
    assert "Du har ett utkast" in klient_da.get(sidan).text

    Utkast.objects.update(sparat=timezone.now() - timedelta(hours=24, minutes=1))
    assert "Du har ett utkast" not in klient_da.get(sidan).text
    call_command("dagligen")

    assert not Utkast.objects.exists()


def test_a_new_draft_takes_the_place_of_one_that_is_too_old(klient_da, spara_utkast):
    spara_utkast("auto")
    Utkast.objects.update(sparat=timezone.now() - timedelta(hours=25))

    assert spara_utkast("auto", startdatum="2011-12-06").json()["utkast"]
    assert utkast.las(Utkast.objects.get())["startdatum"] == ["2011-12-06"]


@pytest.mark.parametrize("vy", ["ut", "ratta"])
def test_utregistrering_and_rattning_have_drafts_too(klient_da, deltagande, vy):
    adress = reverse(f"deltagare:{vy}", args=[deltagande.pk])
    klient_da.post(adress, utregistrering(spara=None, spara_utkast="ja", slutdatum="2012-01-09", startdatum="2011-12-06"))
    assert "Du har ett utkast" in klient_da.get(adress).text

    sida = fortsatt(klient_da, adress)

    falt, varde = ("slutdatum", "2012-01-09") if vy == "ut" else ("startdatum", "2011-12-06")
    assert sida.context["form"][falt].value() == varde
    assert str(sida.context["version"]) == "1"


def test_registering_out_throws_the_draft_away(klient_da, deltagande, skicka):
    skicka("ut", deltagande, **utregistrering(spara=None, spara_utkast="ja"))
    assert Utkast.objects.count() == 1

    skicka("ut", deltagande, **utregistrering())

    assert not Utkast.objects.exists()


def test_a_draft_older_than_somebody_elses_change_meets_the_conflict_page(klient_da, deltagande, skicka, registrera):
    skicka("ratta", deltagande, **inregistrering(spara=None, spara_utkast="ja", version="1", startdatum="2011-12-06"))
    Deltagande.objects.update(version=2, startdatum="2011-12-07")
    sida = fortsatt(klient_da, reverse("deltagare:ratta", args=[deltagande.pk]))

    svar = skicka("ratta", deltagande, **inregistrering(version=sida.context["version"], startdatum="2011-12-06"))

    assert svar.status_code == 409
    assert "Någon annan har ändrat uppgifterna" in svar.text


def test_the_draft_goes_with_its_deltagande(deltagande, skicka):
    skicka("ut", deltagande, **utregistrering(spara=None, spara_utkast="ja"))
    assert Utkast.objects.get().deltagande_id == deltagande.pk

    Deltagande.objects.get().delete()

    assert not Utkast.objects.exists()


@med_riktiga_transaktioner
def test_of_two_pages_that_begin_a_draft_at_once_one_is_told(klient_da, sidan, samtidigt):
    def sida(nr):
        klient = WebClient()
        klient.force_login(klient_da.anvandare)
        falt = inregistrering(spara=None, spara_utkast="auto", startdatum=f"2011-12-0{nr + 1}")
        return klient.post(sidan, falt).json()

    svar = samtidigt(sida, 4)

    assert sorted(ett.get("fel", "") for ett in svar) == ["", *[utkast.ETT_ANNAT] * 3]
    assert Utkast.objects.count() == 1
