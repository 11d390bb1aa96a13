"""The event log: who may write and read it, and what stands in it."""

import logging
import re
import uuid
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.logg import logga
from behorigheter.middleware import TransaktionMiddleware
from behorigheter.models import Handelse
from behorigheter.nekande import logga_nekande
from behorigheter.roller import Rattighet, Roll
from sus.core.loggning import UtanRadinnehall, utan_personnummer
from tests.behorigheter.conftest import GRANSKA, SVENSK_TID, fraga
from tests.conftest import WebClient
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, OrganisationFactory, PersonFactory, SamtyckeFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db
Typ = Handelse.Typ


def som_roll(roll, sql):
    with transaction.atomic():
        vaggar.ta_roll(roll)
        fraga(sql)


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
