"""The base of every form page: locking, idempotency, conflict, warnings – on a small form of its own."""

import uuid

import pytest
from django import forms
from django.urls import include, path

from behorigheter.formularvy import Formularvy
from behorigheter.models import Inskickat
from behorigheter.roller import Rattighet, Roll
from organisations.models import Organisation, Samverkansorganisation
from sus.core.regelbrott import Regelbrott
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.factories import SamverkansorganisationFactory, UppdragFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class KontaktForm(forms.ModelForm):
    class Meta:
        model = Samverkansorganisation
        fields = ["kontakt_namn", "beskrivning"]

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)

    def varningar(self):
        return [("V99", "Namnet är ovanligt kort.")] if len(self.cleaned_data["kontakt_namn"]) == 1 else []


class Kontakt(Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_ANDRA
    model = Samverkansorganisation
    form_class = KontaktForm
    rubrik = "Kontaktperson"

    def utfor(self, form):
        if form.cleaned_data["kontakt_namn"] == "Nej":
            raise Regelbrott("Skriv ett riktigt namn.", "kontakt_namn")
        organisation = form.save(commit=False)
        organisation.ny_version(self.request.user)
        organisation.save()
        return "/klar/"


class NamnForm(forms.Form):
    namn = forms.CharField()

    def __init__(self, *args, anvandare, **kwargs):
        super().__init__(*args, **kwargs)


class Ny(Formularvy):
    rattighet = Rattighet.SAMVERKANSORGANISATION_ANDRA
    model = Samverkansorganisation
    form_class = NamnForm

    def utfor(self, form):
        Organisation.objects.create(namn=form.cleaned_data["namn"], typ="ovrig")
        return "/klar/"


urlpatterns = [
    path("kontakt/<int:pk>/", Kontakt.as_view()),
    path("ny/", Ny.as_view()),
    path("", include("sus.urls")),
]


@pytest.fixture
def organisation():
    return SamverkansorganisationFactory(kontakt_namn="Lena Holm")


@pytest.fixture
def administrator(inloggad, organisation):
    return inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation)


def post(client, organisation, **data):
    standard = {"kontakt_namn": "Eva Ek", "beskrivning": "", "version": organisation.version, "nyckel": uuid.uuid4()}
    return client.post(f"/kontakt/{organisation.pk}/", standard | data)


def test_a_saved_form_gives_a_new_version_and_a_receipt_that_is_only_a_link(administrator, organisation):
    svar = post(administrator, organisation)

    organisation.refresh_from_db()
    assert svar.headers["Location"] == "/klar/"
    assert (organisation.kontakt_namn, organisation.version, organisation.andrad_av) == ("Eva Ek", 2, administrator.anvandare)
    assert [rad.lank for rad in Inskickat.objects.all()] == ["/klar/"]


def test_the_same_form_sent_twice_changes_once_and_leads_to_the_same_page(administrator, organisation):
    nyckel = uuid.uuid4()
    post(administrator, organisation, nyckel=nyckel)

    andra = post(administrator, organisation, nyckel=nyckel)

    organisation.refresh_from_db()
    assert andra.headers["Location"] == "/klar/"
    assert organisation.version == 2


def test_the_key_of_another_user_opens_nothing(administrator, organisation, inloggad):
    nyckel = uuid.uuid4()
    post(administrator, organisation, nyckel=nyckel)
    organisation.refresh_from_db()
    annan = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation)

    post(annan, organisation, nyckel=nyckel, kontakt_namn="Siv Sten")

    organisation.refresh_from_db()
    assert organisation.kontakt_namn == "Siv Sten"


def test_two_editors_lose_nothing_the_second_sees_both_texts(administrator, organisation, inloggad):
    annan = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation, fornamn="Jonas", efternamn="Lind")
    post(annan, organisation, kontakt_namn="Jonas val")

    svar = post(administrator, organisation, kontakt_namn="Mitt val")

    text = svar.content.decode()
    organisation.refresh_from_db()
    assert svar.status_code == 409
    assert organisation.kontakt_namn == "Jonas val"
    assert "Någon annan har ändrat uppgifterna" in text
    assert "Jonas Lind" in text
    assert [(rad.falt, rad.sparat, rad.ditt) for rad in svar.context_data["konfliktrader"]] == [("Kontaktperson", "Jonas val", "Mitt val")]
    assert svar.context_data["version"] == 2


def test_the_conflict_page_can_be_sent_again_and_then_saves(administrator, organisation, inloggad):
    nyckel = uuid.uuid4()
    post(inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation), organisation, kontakt_namn="Jonas val")
    post(administrator, organisation, kontakt_namn="Mitt val", nyckel=nyckel)

    post(administrator, organisation, kontakt_namn="Mitt val", nyckel=nyckel, version=2)

    organisation.refresh_from_db()
    assert organisation.kontakt_namn == "Mitt val"


def test_a_form_without_version_is_a_conflict_and_never_an_overwrite(administrator, organisation):
    svar = post(administrator, organisation, version="")

    organisation.refresh_from_db()
    assert svar.status_code == 409
    assert organisation.kontakt_namn == "Lena Holm"


def test_bad_input_keeps_what_was_typed_and_the_key_can_be_used_again(administrator, organisation):
    nyckel = uuid.uuid4()

    fel = post(administrator, organisation, kontakt_namn="x" * 101, nyckel=nyckel)
    post(administrator, organisation, nyckel=nyckel)

    organisation.refresh_from_db()
    text = fel.content.decode()
    assert "x" * 101 in text
    assert str(nyckel) in text
    assert "<title>Fel:" in text.replace("\n", "").replace("  ", "")
    assert organisation.kontakt_namn == "Eva Ek"


def test_a_broken_rule_stands_at_its_field_and_nothing_is_saved(administrator, organisation):
    svar = post(administrator, organisation, kontakt_namn="Nej")

    assert svar.context_data["form"].errors == {"kontakt_namn": ["Skriv ett riktigt namn."]}
    assert not Inskickat.objects.exists()


def test_a_broken_constraint_says_its_swedish_sentence(administrator):
    Organisation.objects.create(namn="Finns redan", typ="ovrig")

    svar = administrator.post("/ny/", {"namn": "finns redan", "nyckel": uuid.uuid4(), "version": 0})

    assert svar.context_data["form"].non_field_errors() == ["Det finns redan en organisation med det namnet."]


def test_a_warning_is_shown_before_saving_and_saves_when_confirmed(administrator, organisation):
    forst = post(administrator, organisation, kontakt_namn="E")
    organisation.refresh_from_db()
    assert "Namnet är ovanligt kort." in forst.content.decode()
    assert "Spara ändå" in forst.content.decode()
    assert organisation.version == 1

    post(administrator, organisation, kontakt_namn="E", bekraftade="V99")

    organisation.refresh_from_db()
    assert organisation.kontakt_namn == "E"


def test_a_confirmation_of_another_warning_is_not_enough(administrator, organisation):
    post(administrator, organisation, kontakt_namn="E", bekraftade="V29,V22")

    organisation.refresh_from_db()
    assert organisation.version == 1


def test_a_foreign_row_is_not_found_also_when_posted(administrator):
    frammande = SamverkansorganisationFactory(kontakt_namn="Hemlig")

    svar = post(administrator, frammande)

    frammande.refresh_from_db()
    assert svar.status_code == 404
    assert frammande.kontakt_namn == "Hemlig"


@med_riktiga_transaktioner
def test_ten_identical_posts_at_once_make_one_row(samtidigt):
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR).anvandare
    nyckel = uuid.uuid4()

    def skicka(_):
        client = WebClient()
        client.force_login(anvandare)
        return client.post("/ny/", {"namn": "En gång", "nyckel": nyckel, "version": 0})

    svar = samtidigt(skicka, 10)

    assert {s.headers.get("Location") for s in svar} == {"/klar/"}
    assert Organisation.objects.filter(namn="En gång").count() == 1


@med_riktiga_transaktioner
def test_two_editors_at_once_one_saves_and_the_other_is_told(samtidigt):
    organisation = SamverkansorganisationFactory()
    par = [
        UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=organisation).anvandare,
        UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=organisation).anvandare,
    ]

    def skicka(nr):
        client = WebClient()
        client.force_login(par[nr])
        return post(client, organisation, kontakt_namn=f"Redigerare {nr}").status_code

    assert sorted(samtidigt(skicka, 2)) == [302, 409]
