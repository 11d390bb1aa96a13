"""Förbättringsförslag: told by anybody, answered by Försäkringskassan, and read by the sender."""

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.models import Handelse
from behorigheter.roller import Rattighet, Roll
from sus.start.models import Forbattringsforslag
from tests.factories import ForbattringsforslagFactory

pytestmark = pytest.mark.django_db
Status = Forbattringsforslag.Status
LAMNA = reverse("start:forslag_lamna")


@pytest.fixture
def lamna(inloggad):
    def _lamna(client=None, **falt):
        client = client or inloggad(Roll.RAPPORT)
        standard = {"slag": "forslag", "sida": "/insats/", "text": "Visa senaste året först.", "nyckel": str(uuid.uuid4()), "version": "0"}
        return client.post(LAMNA, standard | falt)

    return _lamna


@pytest.fixture
def svara(inloggad):
    fk = inloggad(Roll.FK_ADMINISTRATOR)

    def _svara(forslag, **falt):
        adress = reverse("register:forslag_svara", args=[forslag.pk])
        standard = {"status": "last", "svar": "", "nyckel": str(uuid.uuid4()), "version": fk.get(adress).context["version"]}
        return fk.post(adress, standard | falt)

    return _svara


def test_the_page_one_came_from_stands_in_the_form(inloggad):
    client = inloggad(Roll.RAPPORT)

    sida = client.get(LAMNA, headers={"Referer": "http://testserver/insats/12/budget/?ar=2011"})

    assert sida.context["form"]["sida"].value() == "/insats/12/budget/"


def test_neither_a_foreign_address_nor_the_key_of_a_deltagande_stands_there(inloggad):
    client = inloggad(Roll.RAPPORT)
    nyckel = uuid.uuid4()

    fran_annan = client.get(LAMNA, headers={"Referer": "https://example.com/insats/"})
    fran_deltagare = client.get(LAMNA, headers={"Referer": f"http://testserver/deltagande/{nyckel}/ut/"})
    trasig = client.get(LAMNA, headers={"Referer": "http://[insats/"})

    assert fran_annan.context["form"]["sida"].value() == ""
    assert trasig.context["form"]["sida"].value() == ""
    assert fran_deltagare.context["form"]["sida"].value() == "/deltagande/…/ut/"
    assert str(nyckel) not in fran_deltagare.text


def test_what_is_told_is_stored_with_its_sender_and_logged_without_its_words(lamna, inloggad):
    client = inloggad(Roll.RAPPORT)

    svar = lamna(client, sida=f"/deltagande/{uuid.uuid4()}/")

    forslag = Forbattringsforslag.objects.get()
    assert svar.headers["Location"] == forslag.get_absolute_url()
    assert (forslag.avsandare_id, forslag.status, forslag.sida) == (client.anvandare.pk, Status.NY, "/deltagande/…/")
    assert Handelse.objects.get(typ=Handelse.Typ.FORSLAG_LAMNAT).detaljer == {"slag": "Förslag på förbättring"}


@pytest.mark.parametrize("text", ["Det gäller 19620901-9808.", "Hon heter Alma, 196209019808", "620901 9808 syns inte"])
def test_a_personnummer_in_the_text_is_refused(lamna, text):
    svar = lamna(text=text)

    assert list(svar.context["form"].errors) == ["text"]
    assert "ser ut att innehålla ett personnummer" in svar.text
    assert not Forbattringsforslag.objects.exists()


def test_a_personnummer_in_the_page_is_hidden(lamna):
    lamna(sida="Sök deltagare 196209019808")

    assert Forbattringsforslag.objects.get().sida == "Sök deltagare (personnummer)"


@pytest.mark.parametrize(("falt", "mening"), [("slag", "Välj vad du vill berätta."), ("text", "Fyll i det du vill berätta.")])
def test_what_is_missing_is_asked_for(lamna, falt, mening):
    assert lamna(**{falt: ""}).context["form"].errors == {falt: [mening]}


def test_who_has_no_behorighet_can_tell_too(lamna, inloggad):
    assert lamna(inloggad(), slag="tillganglighet").status_code == 302


def test_the_sender_reads_the_answer_and_nobody_elses(inloggad, svara):
    client = inloggad(Roll.DELTAGARANSVARIG)
    eget, annans = ForbattringsforslagFactory(avsandare=client.anvandare), ForbattringsforslagFactory(text="Någon annans.")

    svara(eget, status="atgardad", svar="Nu står det senaste året först.")

    sida = client.get(eget.get_absolute_url()).text
    assert "Åtgärdad" in sida
    assert "Nu står det senaste året först." in sida
    assert client.get(annans.get_absolute_url()).status_code == 404
    assert "Någon annans." not in client.get(reverse("start:forslag_egna")).text


def test_putting_aside_demands_an_answer(svara):
    forslag = ForbattringsforslagFactory()

    utan = svara(forslag, status="avslutad")
    med = svara(forslag, status="avslutad", svar="Det finns redan under Sök insatser.")

    assert utan.context["form"].errors == {"svar": ["Skriv till avsändaren varför förslaget avslutas utan åtgärd."]}
    assert med.status_code == 302
    forslag.refresh_from_db()
    assert (forslag.status, forslag.version) == (Status.AVSLUTAD, 2)


def test_an_answer_never_holds_a_personnummer(svara):
    assert list(svara(ForbattringsforslagFactory(), svar="Gäller det 196209019808?").context["form"].errors) == ["svar"]


def test_the_list_shows_those_that_wait_unless_asked_for_others(inloggad):
    ForbattringsforslagFactory(text="Väntar.")
    ForbattringsforslagFactory(text="Färdig.", status=Status.ATGARDAD, slag="tillganglighet")
    fk = inloggad(Roll.FK_ADMINISTRATOR)

    def texter(**urval):
        return [rad.text for rad in fk.get(reverse("register:forslag"), urval).context["object_list"]]

    assert texter() == ["Väntar."]
    assert texter(status="alla") == ["Färdig.", "Väntar."]
    assert texter(status="atgardad", slag="tillganglighet") == ["Färdig."]
    assert texter(status="påhittad") == []


def test_the_database_shows_a_forslag_to_its_sender_and_lets_nobody_else_write_it(inloggad):
    forslag = ForbattringsforslagFactory()
    rapport = inloggad(Roll.RAPPORT).anvandare
    with vaggar.som(rapport):
        assert not Forbattringsforslag.objects.exists()
        assert Forbattringsforslag.objects.update(status="last") == 0
    with vaggar.som(forslag.avsandare):
        assert Forbattringsforslag.objects.update(status="last") == 0
    for falt in ({"avsandare": forslag.avsandare}, {"avsandare": rapport, "svar": "Ja."}):
        with pytest.raises(ProgrammingError), vaggar.som(rapport):
            Forbattringsforslag.objects.create(slag="forslag", text="x", **falt)


def test_not_even_forsakringskassan_rewrites_what_was_told(inloggad):
    ForbattringsforslagFactory()
    with pytest.raises(ProgrammingError), vaggar.som(inloggad(Roll.FK_ADMINISTRATOR).anvandare):
        Forbattringsforslag.objects.update(text="något annat")


@pytest.mark.parametrize("falt", [{"slag": "annat"}, {"status": "borta"}, {"status": "avslutad"}])
def test_the_database_refuses_what_no_form_offers(falt):
    with pytest.raises(IntegrityError), transaction.atomic():
        ForbattringsforslagFactory(**falt)


def test_the_footer_of_every_page_leads_to_the_form(klient):
    assert f'href="{LAMNA}"' in klient.get(reverse("start:tillganglighet")).text


def test_who_answers_them_is_told_on_the_start_page_how_many_wait(inloggad):
    ForbattringsforslagFactory()
    ForbattringsforslagFactory(slag="tillganglighet")
    ForbattringsforslagFactory(status=Status.ATGARDAD)
    fk = inloggad(Roll.FK_ADMINISTRATOR)

    [uppgift] = [rad for rad in fk.get("/").context["uppgifter"] if "förbättringsförslag" in rad.text]

    assert (uppgift.antal, uppgift.url) == (2, reverse("register:forslag"))
    assert uppgift.forklaring == "Varav brister i tillgänglighet: 1. De besvaras först."
    assert not any("förbättringsförslag" in rad.text for rad in inloggad(Roll.RAPPORT).get("/").context["uppgifter"])


def test_the_first_wall_alone_keeps_a_forslag_to_its_sender_and_those_who_answer(inloggad):
    forslag = ForbattringsforslagFactory()
    fk, rapport = inloggad(Roll.FK_ADMINISTRATOR).anvandare, inloggad(Roll.RAPPORT).anvandare

    def som_far(anvandare, rattighet):
        return list(Forbattringsforslag.objects.tillatna_for(anvandare, rattighet))

    assert som_far(forslag.avsandare, Rattighet.FORSLAG_LAMNA) == [forslag]
    assert som_far(rapport, Rattighet.FORSLAG_LAMNA) == som_far(rapport, Rattighet.FORSLAG_BESVARA) == []
    assert som_far(fk, Rattighet.FORSLAG_BESVARA) == [forslag]
