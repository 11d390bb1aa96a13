"""The event log: who may write and read it, what stands in it, and the two pages."""

import logging
import re
import uuid
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.handelser_i_ord import MENINGAR, SLAG
from behorigheter.logg import logga
from behorigheter.middleware import TransaktionMiddleware
from behorigheter.models import Handelse
from behorigheter.nekande import logga_nekande
from behorigheter.roller import Rattighet, Roll
from sus.core.kryptering import uppslagsvarden
from sus.core.loggning import UtanRadinnehall, utan_personnummer
from tests.conftest import WebClient
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    DeltagandeFactory,
    InsatsFactory,
    OrganisationFactory,
    PersonFactory,
    SamtyckeFactory,
)
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db
Typ = Handelse.Typ
SVENSK_TID = ZoneInfo("Europe/Stockholm")
GRANSKA = "/administration/logg/granska/"
EGEN = "/administration/logg/"


def fraga(sql, *varden):
    with connection.cursor() as c:
        c.execute(sql, varden)
        return c.fetchall()


def som_roll(roll, sql):
    with transaction.atomic():
        vaggar.ta_roll(roll)
        fraga(sql)


@pytest.fixture
def kommun():
    return OrganisationFactory(namn="Provstads kommun", typ="kommun")


@pytest.fixture
def granskare(inloggad, kommun):
    return inloggad(Roll.LOGGRANSKARE, arbetsgivare=kommun, fornamn="Greta", efternamn="Granskare")


@pytest.fixture
def kollega(kommun):
    anvandare = AnvandareFactory(arbetsgivare=kommun, fornamn="Karin", efternamn="Kollega", anvandarnamn="karin")
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    BehorighetFactory(anvandare=anvandare, roll=Roll.INSATSANSVARIG)
    return anvandare


@pytest.fixture
def frammande():
    anvandare = AnvandareFactory(fornamn="Frida", efternamn="Främmande")
    BehorighetFactory(anvandare=anvandare)
    return anvandare


# Writing


def test_the_database_fills_in_employer_and_valid_roles(kollega, kommun):
    BehorighetFactory(anvandare=kollega, roll=Roll.SUS_STOD, giltig_fran=date(2020, 1, 1), giltig_till=date(2020, 12, 31))

    logga(Typ.INLOGGAD, by=kollega)

    rad = Handelse.objects.get()
    assert (rad.anvandare_id, rad.arbetsgivare_id, rad.roller) == (kollega.pk, kommun.pk, "insatsansvarig,rapport")


def test_the_request_stands_in_its_events(inloggad):
    insats = InsatsFactory()

    inloggad(Roll.RAPPORT).get(reverse("insatser:update", args=[insats.pk]), REMOTE_ADDR="192.0.2.7")

    rad = Handelse.objects.get(typ=Typ.NEKAD)
    assert rad.ip == "192.0.2.7"
    assert isinstance(rad.begaran, uuid.UUID)


def test_nobody_writes_an_event_in_anothers_name(kollega, frammande):
    with pytest.raises(ProgrammingError, match="annans namn"), vaggar.som(kollega):
        logga(Typ.INLOGGAD, by=frammande)


@pytest.mark.parametrize("typ", [Typ.INLOGGAD, Typ.DELTAGARE_VISADE])
def test_a_request_of_nobody_writes_refusals_only(typ):
    with transaction.atomic():
        vaggar.ta_roll("sus_web")
        logga(Typ.NEKAD, by=None)
        with pytest.raises(ProgrammingError, match="annans namn"), transaction.atomic():
            logga(typ, by=None)
        vaggar.slapp()

    assert list(Handelse.objects.values_list("typ", "anvandare_id")) == [("nekad", None)]


@pytest.mark.parametrize("roll", ["sus_web", "sus_konto"])
@pytest.mark.parametrize("tabell", ["behorigheter_handelse", "behorigheter_handelselank"])
@pytest.mark.parametrize("kommando", ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_roles_of_the_web_have_no_hand_on_the_log(roll, tabell, kommando):
    kolumn = "typ" if tabell.endswith("handelse") else "hash"

    with pytest.raises(ProgrammingError, match="permission denied"):
        som_roll(roll, kommando.format(tabell, kolumn, kolumn))


def test_the_reports_role_neither_reads_nor_writes_the_log(kollega):
    for sql in ("SELECT 1 FROM behorigheter_handelse", "SELECT vagg.logga('inloggad', '', '[]', '{}', 1)"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            som_roll("sus_rapport", sql)


# Reading, in the database


def synliga(anvandare):
    with vaggar.som(anvandare):
        return sorted(rad[0] for rad in fraga("SELECT anvandare_id FROM behorigheter_handelse"))


def test_the_database_shows_ones_own_events_and_nobody_elses(kollega, frammande):
    logga(Typ.INLOGGAD, by=kollega)
    logga(Typ.INLOGGAD, by=frammande)
    logga(Typ.LOGG_ANKRAD, by=None)

    assert synliga(kollega) == [kollega.pk]


def test_the_database_shows_a_loggranskare_the_own_employers_staff(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGAD, by=anvandare)

    assert synliga(granskare.anvandare) == sorted([granskare.anvandare.pk, kollega.pk])


def test_a_loggranskare_whose_behorighet_has_been_taken_back_sees_the_own_events_only(granskare, kollega):
    logga(Typ.INLOGGAD, by=kollega)
    granskare.anvandare.behorigheter.update(aterkallad=datetime(2026, 1, 1, tzinfo=SVENSK_TID))

    assert synliga(granskare.anvandare) == []


def test_events_stay_with_the_employer_where_they_were_done(granskare, kollega):
    logga(Typ.INLOGGAD, by=kollega)
    kollega.arbetsgivare = OrganisationFactory()
    kollega.save()
    logga(Typ.UTLOGGAD, by=kollega)

    svar = granskare.post(GRANSKA, {})

    assert [rad.vad for rad in svar.context["rader"]] == ["loggade in"]


def test_the_first_wall_holds_alone(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGAD, by=anvandare)

    def vilka(handelser):
        return list(handelser.values_list("anvandare_id", flat=True))

    assert vilka(Handelse.objects.egna(kollega)) == [kollega.pk]
    assert vilka(Handelse.objects.tillatna_for(granskare.anvandare, Rattighet.LOGG_GRANSKA)) == [kollega.pk]
    assert vilka(Handelse.objects.tillatna_for(kollega, Rattighet.LOGG_GRANSKA)) == []


def test_only_a_loggranskare_looks_up_a_person_in_the_log(kollega):
    with pytest.raises(ProgrammingError, match="bara loggranskare"), vaggar.som(kollega):
        fraga("SELECT vagg.logg_id_for(%s)", [b"x" * 32])


# Refusals


def nekade():
    return list(Handelse.objects.filter(typ__in=[Typ.NEKAD, Typ.FOR_MANGA_FORSOK]).values_list("typ", "anvandare_id", "detaljer"))


def test_a_page_that_the_role_does_not_open_is_logged_with_its_address(inloggad):
    klient = inloggad(Roll.RAPPORT)
    insats = InsatsFactory()

    adress = reverse("insatser:update", args=[insats.pk])

    svar = klient.get(adress)

    referens = svar.context["referens"]
    assert nekade() == [("nekad", klient.anvandare.pk, {"skal": "rattighet", "sida": adress, "metod": "GET", "referens": referens})]


def test_a_form_without_token_is_logged_also_when_nobody_is_logged_in(inloggad):
    klient = inloggad(Roll.INSATSANSVARIG)
    klient.handler.enforce_csrf_checks = True
    ingen = WebClient(enforce_csrf_checks=True)

    assert klient.post(reverse("insatser:create")).status_code == 403
    assert ingen.post(reverse("insatser:create")).status_code == 403

    assert [(vem, detaljer["skal"]) for _, vem, detaljer in nekade()] == [(klient.anvandare.pk, "csrf"), (None, "csrf")]


def test_too_many_posts_are_logged(klient, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    klient.post(reverse("account_login"))

    klient.post(reverse("account_login"))

    assert ("for_manga_forsok", None, {"skal": "takt", "sida": "/logga-in/", "metod": "POST"}) in nekade()


def test_what_the_second_wall_refused_is_logged_after_the_rollback(inloggad):
    """A view that has been tricked into running foreign SQL: the attempt is rolled back, its event is not."""
    klient = inloggad(Roll.RAPPORT)
    request = RequestFactory().get("/insats/")
    request.user, request.resolver_match = klient.anvandare, None
    middleware = TransaktionMiddleware(lambda request: HttpResponse(status=500))

    with pytest.raises(ProgrammingError) as fel, vaggar.som(klient.anvandare):
        fraga("SELECT set_config('sus.omfang', '{\"insatser\": [1]}', true), vagg.omfang()")
    middleware.process_exception(request, fel.value)
    middleware(request)

    assert nekade() == [("nekad", klient.anvandare.pk, {"skal": "databasen", "sida": "", "metod": "GET"})]


def test_a_conflict_is_logged(inloggad):
    insats = InsatsFactory()
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    adress = reverse("insatser:update", args=[insats.pk])
    falt = dict(klient.get(adress).context["form"].initial) | {"version": "99", "nyckel": str(uuid.uuid4())}
    data = {namn: varde for namn, varde in falt.items() if varde is not None} | {"malgrupper": [rad.pk for rad in insats.malgrupper.all()]}

    assert klient.post(adress, data).status_code == 409

    assert Handelse.objects.get(typ=Typ.KONFLIKT).objekt == f"insatser.Insats:{insats.pk}"


def test_a_word_in_an_address_is_not_logged(inloggad, settings):
    request = RequestFactory().get("/demo/karin/")
    request.user = inloggad().anvandare
    request.resolver_match = SimpleNamespace(route="demo/<slug:namn>/<int:pk>/", kwargs={"namn": "karin", "pk": 7})

    logga_nekande(request, "rattighet")

    assert nekade()[0][2]["sida"] == "/demo/…/7/"


# No personnummer in any log


def test_a_personnummer_is_hidden_where_somebody_has_written_it():
    nummer = provpersonnummer(1)

    for skrivet in (nummer, f"{nummer[:8]}-{nummer[8:]}", nummer[2:], f"{nummer[2:8]}-{nummer[8:]}", f"{nummer[2:8]} {nummer[8:]}"):
        assert utan_personnummer(f"om {skrivet}.") == "om (personnummer).", skrivet
    assert utan_personnummer("212000-0142, 20110101 och 1234567890123") == "212000-0142, 20110101 och 1234567890123"


def test_the_details_of_an_event_hold_no_personnummer(kollega):
    nummer = provpersonnummer(1)

    logga(Typ.RAPPORT_SKAPAD, by=kollega, andamal=f"fråga om {nummer}", urval={"x": [nummer]})

    assert Handelse.objects.get().detaljer == {"andamal": "fråga om (personnummer)", "urval": {"x": ["(personnummer)"]}}


def test_the_log_of_the_process_holds_no_personnummer():
    nummer = provpersonnummer(1)
    rad = logging.LogRecord("sus", logging.ERROR, __file__, 1, "fel för %s", (nummer,), None)

    assert UtanRadinnehall("{message}", style="{").format(rad) == "fel för (personnummer)"


def siffror_som_liknar(text):
    """Whatever passes for a personnummer: its twelve or ten digits, with or without a sign between."""
    return re.findall(r"(?<![0-9a-f-])(?:[0-9]{2})?[0-9]{6}[-+]?[0-9]{4}(?![0-9a-f-])", text)


def test_pages_about_persons_leave_no_personnummer_in_any_log(inloggad, granskare, caplog, capfd):
    insats = InsatsFactory()
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)
    person = PersonFactory()
    deltagande = SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats, person=person)).deltagande
    nummer = provpersonnummer(7)
    caplog.set_level(logging.DEBUG)

    klient.get(reverse("deltagare:sok"), {"insats": insats.pk})
    klient.get(reverse("deltagare:detail", args=[deltagande.pk]))
    klient.post(reverse("deltagare:visa", args=[deltagande.pk]))
    klient.post(
        f"{reverse('deltagare:registrera')}?insats={insats.pk}", {"personnummer": nummer, "hamta": "1", "nyckel": str(uuid.uuid4())}
    )
    klient.post(reverse("deltagare:registrera"), {"personnummer": nummer})
    granskare.post(GRANSKA, {"personnummer": nummer})
    granskare.post(GRANSKA, {"anvandare": nummer})

    uttryck = str(list(Handelse.objects.values())) + caplog.text + "".join(capfd.readouterr())
    assert Handelse.objects.filter(typ=Typ.PERSONNUMMER_VISAT).exists()
    assert Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).count() == 2
    assert siffror_som_liknar(uttryck) == []
    assert siffror_som_liknar(f"x {nummer} {nummer[2:8]}-{nummer[8:]}") != []


# Min aktivitet


def test_everybody_sees_the_own_events_in_words_and_nobody_elses(inloggad, frammande):
    insats = InsatsFactory(namn="Klara")
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    logga(Typ.INSATS_ANDRAD, by=klient.anvandare, pa=insats, falt=["namn", "slutdatum"])
    logga(Typ.DELTAGARE_VISADE, by=klient.anvandare, personer=[uuid.uuid4(), uuid.uuid4()], andamal="sok")
    logga(Typ.LOSENORD_ANDRAT, by=frammande)

    svar = klient.get(EGEN)

    assert [(rad.vad, rad.galler, rad.personer) for rad in svar.context["rader"]] == [
        ("såg uppgifter om deltagare", "", 2),
        ("ändrade en insats", "Klara", 0),
    ]
    assert "Du såg uppgifter om deltagare, 2 personer" in svar.text
    assert ("Ändrade uppgifter", "insatsnamn och slutdatum") in svar.context["rader"][1].uppgifter


def test_what_stands_in_codes_is_told_in_words(inloggad, frammande):
    klient = inloggad(Roll.RAPPORT)
    logga(Typ.RAPPORT_SKAPAD, by=klient.anvandare, urval="fran=2011-01&niva=riket", andamal="", rader=1500)
    logga(Typ.DELTAGARE_VISADE, by=klient.anvandare, andamal="sok")
    logga(Typ.UPPDRAG_GIVET, by=klient.anvandare, anvandare=frammande.pk, roll="deltagaransvarig", till="")
    logga(Typ.NEKAD, by=klient.anvandare, skal="csrf")
    logga(Typ.LOGG_GRANSKAD, by=klient.anvandare, slag="lasning", okant_ord=["a", True, None])

    uppgifter = [rad.uppgifter for rad in reversed(klient.get(EGEN).context["rader"])]

    assert [[(etikett, text.replace("\u202f", " ")) for etikett, text in rad] for rad in uppgifter] == [
        [("Rader", "1 500"), ("Urval", "från 2011-01, niva riket")],
        [("Ändamål", "sökning")],
        [("Roll", "deltagaransvarig"), ("Användare", "Frida Främmande")],
        [("Skäl", "formuläret kom inte från en sida i SUS")],
        [("Slag", "Läsning av personuppgifter"), ("Okant ord", "a och Ja")],
    ]


def test_who_has_no_behorighet_sees_the_own_events_too(inloggad):
    klient = inloggad()
    logga(Typ.INLOGGAD, by=klient.anvandare)

    svar = klient.get(EGEN)

    assert svar.status_code == 200
    assert "Du loggade in" in svar.text


def test_without_events_the_page_says_so(inloggad):
    assert "Inga händelser än" in inloggad(Roll.RAPPORT).get(EGEN).text


@pytest.mark.parametrize(
    ("urval", "antal"),
    [
        ({}, 3),
        ({"slag": "inloggning"}, 2),
        ({"slag": "inloggad"}, 1),
        ({"fran": "2026-03-02"}, 1),
        ({"till": "2026-03-01"}, 2),
        ({"fran": "2026-03-01", "till": "2026-03-01"}, 1),
        ({"slag": "logg"}, 0),
        ({"slag": "finns-inte"}, 0),
    ],
)
def test_own_events_are_chosen_by_kind_and_by_swedish_day(inloggad, urval, antal):
    klient = inloggad(Roll.RAPPORT)
    for typ, tid in [
        (Typ.INLOGGAD, datetime(2026, 2, 28, 23, 59, tzinfo=SVENSK_TID)),
        (Typ.UTLOGGAD, datetime(2026, 3, 1, 0, 1, tzinfo=SVENSK_TID)),
        (Typ.RAPPORT_SKAPAD, datetime(2026, 3, 2, 0, 1, tzinfo=SVENSK_TID)),
    ]:
        _handelse(typ, tid, klient.anvandare)

    assert len(klient.get(EGEN, urval).context["rader"]) == antal


def _handelse(typ, tid, anvandare):
    """An event of another day, written as the owner: the entrance takes the database's own time."""
    fraga(
        "INSERT INTO behorigheter_handelse (tid, typ, anvandare_id, roller, objekt, logg_id, detaljer) "
        "VALUES (%s, %s, %s, '', '', '[]', '{}') RETURNING id",
        tid,
        str(typ),
        anvandare.pk,
    )


def test_a_period_that_ends_before_it_begins_is_an_error_at_its_field(inloggad):
    svar = inloggad(Roll.RAPPORT).get(EGEN, {"fran": "2026-03-02", "till": "2026-03-01"})

    assert "Sista dagen kan inte vara tidigare än första dagen." in svar.text
    assert "<title>Fel: " in svar.text


def test_own_events_are_shown_fifty_at_a_time(inloggad):
    klient = inloggad(Roll.RAPPORT)
    for _ in range(51):
        logga(Typ.INLOGGAD, by=klient.anvandare)

    assert len(klient.get(EGEN).context["rader"]) == 50
    assert len(klient.get(EGEN, {"sida": 2}).context["rader"]) == 1


def test_more_events_ask_no_more_questions(inloggad, antal_fragor):
    klient = inloggad(Roll.RAPPORT)

    def handelser(antal):
        for _ in range(antal):
            logga(Typ.UPPDRAG_GIVET, by=klient.anvandare, pa=InsatsFactory(), anvandare=AnvandareFactory().pk)

    handelser(1)
    fore = antal_fragor(lambda: klient.get(EGEN))
    handelser(20)

    assert antal_fragor(lambda: klient.get(EGEN)) == fore


# Granska logg


def test_reviewing_begins_with_an_empty_form_and_is_not_a_look(granskare, kollega):
    logga(Typ.INLOGGAD, by=kollega)

    svar = granskare.get(GRANSKA)

    assert "Karin Kollega" not in svar.text
    assert not Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).exists()


def test_a_loggranskare_sees_colleagues_never_strangers_and_never_the_own_events(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGAD, by=anvandare)

    svar = granskare.post(GRANSKA, {})

    assert [(rad.vem, rad.roller, rad.vad) for rad in svar.context["rader"]] == [
        ("Karin Kollega", "insatsansvarig, SUSrapport", "loggade in")
    ]


def test_a_failed_login_is_seen_by_the_users_employer_but_never_the_own_one(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGNING_MISSLYCKAD, by=None, pa=anvandare)

    svar = granskare.post(GRANSKA, {})

    assert [(rad.vem, rad.vad, rad.galler) for rad in svar.context["rader"]] == [
        ("Okänd", "försökte logga in men misslyckades", "Karin Kollega")
    ]


def test_each_look_is_an_event_with_what_was_asked_for(granskare, kollega):
    granskare.post(GRANSKA, {"slag": "lasning", "fran": "2026-01-01", "anvandare": "Karin*"})

    rad = Handelse.objects.get(typ=Typ.LOGG_GRANSKAD)
    assert rad.anvandare_id == granskare.anvandare.pk
    assert rad.detaljer == {"slag": "lasning", "fran": "2026-01-01", "anvandare": [kollega.pk], "sida": 1}


def test_a_look_that_cannot_be_logged_shows_nothing(granskare, kollega, monkeypatch):
    logga(Typ.INLOGGAD, by=kollega)

    def gar_inte(*args, **kwargs):
        raise RuntimeError("loggen går inte att skriva")

    monkeypatch.setattr("behorigheter.actions.logg.logga", gar_inte)

    with pytest.raises(RuntimeError):
        granskare.post(GRANSKA, {})


@pytest.mark.parametrize(
    ("namn", "traff"), [("karin", True), ("Kollega", True), ("Karin Kollega", True), ("Kol*", True), ("Kol", False), ("Främmande", False)]
)
def test_events_are_found_by_the_users_name(granskare, kollega, frammande, namn, traff):
    logga(Typ.INLOGGAD, by=kollega)
    logga(Typ.INLOGGAD, by=frammande)

    svar = granskare.post(GRANSKA, {"anvandare": namn})

    assert [rad.vem for rad in svar.context["rader"]] == ["Karin Kollega"] * traff


def test_events_about_a_person_are_found_by_personnummer_which_stands_nowhere(granskare, kollega):
    nummer, annat = provpersonnummer(7), provpersonnummer(8)
    person, annan = PersonFactory(personnummer_klartext=nummer), PersonFactory(personnummer_klartext=annat)
    logga(Typ.DELTAGARE_VISADE, by=kollega, personer=[person.logg_id, annan.logg_id])
    logga(Typ.PERSONNUMMER_VISAT, by=kollega, personer=[annan.logg_id])

    svar = granskare.post(GRANSKA, {"personnummer": nummer})

    assert [rad.vad for rad in svar.context["rader"]] == ["såg uppgifter om deltagare"]
    assert str(person.logg_id) in svar.text
    assert nummer not in svar.wsgi_request.get_full_path()
    assert Handelse.objects.get(typ=Typ.LOGG_GRANSKAD).logg_id == [str(person.logg_id)]


def test_who_is_in_sus_without_events_here_is_answered_as_who_is_not_in_sus(granskare, frammande):
    kand, okand = provpersonnummer(7), provpersonnummer(8)
    person = PersonFactory(personnummer_klartext=kand)
    logga(Typ.DELTAGARE_VISADE, by=frammande, personer=[person.logg_id])

    svar = [granskare.post(GRANSKA, {"personnummer": nummer}) for nummer in (kand, okand)]

    sidor = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", s.text).replace(n, "") for s, n in zip(svar, (kand, okand), strict=True)]
    granskade = list(Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).values_list("detaljer", "logg_id"))
    assert re.sub(r"\d{8}-\d{4}", "", sidor[0]) == re.sub(r"\d{8}-\d{4}", "", sidor[1])
    assert granskade[0][0] == granskade[1][0]
    assert [len(personer) for _, personer in granskade] == [1, 1]


def test_who_is_not_in_sus_gets_the_same_number_each_time(granskare):
    varde = uppslagsvarden(provpersonnummer(8))

    with vaggar.som(granskare.anvandare):
        svar = [fraga("SELECT vagg.logg_id_for(%s)", varde)[0][0] for _ in range(2)]

    assert isinstance(svar[0], uuid.UUID)
    assert svar[0] == svar[1]


def test_older_events_are_reached_by_a_button_that_keeps_the_search(granskare, kollega):
    for _ in range(51):
        logga(Typ.INLOGGAD, by=kollega)

    forsta, andra = granskare.post(GRANSKA, {"slag": "inloggning"}), granskare.post(GRANSKA, {"slag": "inloggning", "sida": "2"})

    assert 'name="sida" value="2"' in forsta.text
    assert len(andra.context["rader"]) == 1
    assert 'value="inloggning" selected' in andra.text


@pytest.mark.parametrize("roll", [Roll.FK_ADMINISTRATOR, Roll.BESTALLARE, Roll.UTFARDARE, Roll.SUS_STOD])
def test_no_other_role_reviews_the_log(inloggad, roll):
    assert inloggad(roll).post(GRANSKA, {}).status_code == 403


def test_a_wrong_personnummer_is_an_error_at_its_field_and_no_look(granskare):
    svar = granskare.post(GRANSKA, {"personnummer": "123"})

    assert svar.context["form" if "form" in svar.context else "formular"].errors["personnummer"]
    assert not Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).exists()


def test_every_kind_of_event_has_its_words_and_its_group():
    assert set(MENINGAR) == set(Typ)
    assert sum(len(typer) for _, typer in SLAG.values()) == len(Typ)


def test_the_words_of_an_event_go_with_du_as_well_as_with_a_name():
    assert [mening for mening in MENINGAR.values() if re.search(r"\b(sin|sitt|sina|sig)\b", mening)] == []


# Outputs


def test_a_report_taken_out_as_a_file_is_logged_with_format_selection_protection_and_rows(inloggad):
    klient = inloggad(Roll.RAPPORT)
    InsatsFactory(namn="Klara", startdatum=date(2011, 1, 1))
    urval = {"ar": "2011", "niva": "riket"}
    klient.get("/rapporter/insats/", urval)
    pa_sidan = Handelse.objects.filter(typ=Typ.RAPPORT_SKAPAD).count()

    svar = klient.get("/rapporter/insats/", urval | {"format": "csv"})

    detaljer = Handelse.objects.get(typ=Typ.RAPPORT_SKAPAD).detaljer
    assert (svar.status_code, pa_sidan) == (200, 0)
    assert (detaljer["rapport"], detaljer["format"], detaljer["skydd"], detaljer["rader"]) == ("insats", "csv", "skyddad", 1)
    assert "niva=riket" in detaljer["urval"]
