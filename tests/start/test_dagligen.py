"""The daily command: notices, clearing and the log's anchor."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from behorigheter.actions.paminnelser import I_TAGET
from behorigheter.inskickat import SPARAS
from behorigheter.models import Handelse, Inskickat, Session
from behorigheter.roller import Roll
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


class KrangligPost(EmailBackend):
    """A mail server that refuses one address and falls silent at another."""

    def send_messages(self, messages):
        for brev in messages:
            if brev.to == ["okand@example.com"]:
                raise smtplib.SMTPRecipientsRefused({brev.to[0]: (550, b"okand")})
            if brev.to == ["tyst@example.com"]:
                raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def kranglig_post(settings):
    settings.EMAIL_BACKEND = f"{KrangligPost.__module__}.KrangligPost"


def slutar_om(dagar, **kwargs):
    return BehorighetFactory(giltig_till=timezone.localdate() + timedelta(days=dagar), **kwargs)


def mottagare():
    return sorted(brev.to[0] for brev in mail.outbox)


@pytest.mark.parametrize(
    ("dagar", "paminnd", "blir"),
    [(61, None, None), (60, None, 60), (31, 60, 60), (30, 60, 30), (8, 30, 30), (7, 30, 7), (0, 7, 7), (5, None, 7), (20, None, 30)],
)
def test_notices_are_given_sixty_thirty_and_seven_days_before_the_end(dagligen, dagar, paminnd, blir):
    behorighet = slutar_om(dagar, paminnd=paminnd)

    assert dagligen()[0] == 0

    behorighet.refresh_from_db()
    assert behorighet.paminnd == blir
    assert len(mail.outbox) == (blir != paminnd)


def test_the_user_is_told_whom_to_turn_to_and_the_bestallare_who_is_about_to_lose_it(dagligen):
    kommunen = OrganisationFactory()
    beda = BehorighetFactory(
        roll=Roll.BESTALLARE, anvandare=AnvandareFactory(fornamn="Beda", efternamn="Ek", epost="beda@example.com", arbetsgivare=kommunen)
    ).anvandare
    karin = AnvandareFactory(fornamn="Karin", efternamn="Berg", epost="karin@example.com", arbetsgivare=kommunen)
    slutar_om(7, anvandare=karin, roll=Roll.INSATSANSVARIG)
    slutar_om(7, anvandare=karin, roll=Roll.RAPPORT)

    _, ut, _ = dagligen()

    till_beda, till_karin = sorted(mail.outbox, key=lambda brev: brev.to)
    assert (till_beda.to, till_karin.to) == ([beda.epost], [karin.epost])
    assert "Beda Ek, beda@example.com" in till_karin.body
    assert till_karin.body.count("till och med") == 2
    assert "Karin Berg, insatsansvarig, till och med" in till_beda.body
    assert "Påminnelser: 2 behörigheter, 2 brev." in ut
    assert Handelse.objects.filter(typ="paminnelse_skickad").count() == 2


def test_a_bestallare_whose_own_appointment_ends_is_told_to_ask_forsakringskassan(dagligen):
    slutar_om(30, roll=Roll.BESTALLARE)

    dagligen()

    assert "Be Försäkringskassan att utse dig igen." in mail.outbox[0].body
    assert len(mail.outbox) == 1


def test_the_same_day_twice_sends_nothing_more(dagligen):
    for _ in range(3):
        slutar_om(30)

    dagligen()
    dagligen()

    assert len(mail.outbox) == 3


@pytest.mark.parametrize("orsak", ["återkallad", "förnyad", "utan överenskommelse", "slutat hos arbetsgivaren"])
def test_who_has_nothing_to_lose_is_not_reminded(dagligen, orsak):
    behorighet = slutar_om(7, overenskommelse=orsak != "utan överenskommelse")
    if orsak == "återkallad":
        behorighet.aterkallad = timezone.now()
        behorighet.save()
    if orsak == "förnyad":
        BehorighetFactory(anvandare=behorighet.anvandare, giltig_fran=behorighet.giltig_till + timedelta(days=1))
    if orsak == "slutat hos arbetsgivaren":
        behorighet.anvandare.arbetsgivare = None
        behorighet.anvandare.save()

    dagligen()

    assert mail.outbox == []


def test_one_bad_address_stops_nobody_else_and_is_reported_without_naming_anybody(dagligen, kranglig_post):
    trasig = slutar_om(7, anvandare__epost="okand@example.com")
    hel = slutar_om(7)
    utan_adress = slutar_om(7, anvandare__epost="")

    kod, _, fel = dagligen()

    assert kod == 1
    assert mottagare() == [hel.anvandare.epost]
    assert f"användare {trasig.anvandare.pk}" in fel
    assert "okand@example.com" not in fel
    for rad, paminnd in ((trasig, None), (hel, 7), (utan_adress, None)):
        rad.refresh_from_db()
        assert rad.paminnd == paminnd


def test_a_letter_that_reached_the_bestallare_is_enough(dagligen, kranglig_post):
    kommunen = OrganisationFactory()
    bestallare = BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=kommunen)).anvandare
    rad = slutar_om(7, anvandare=AnvandareFactory(epost="okand@example.com", arbetsgivare=kommunen))

    dagligen()

    rad.refresh_from_db()
    assert rad.paminnd == 7
    assert mottagare() == [bestallare.epost]


def test_what_a_silent_mail_server_stopped_is_sent_the_next_time(dagligen, kranglig_post, settings):
    forst = slutar_om(7, anvandare=AnvandareFactory(arbetsgivare=OrganisationFactory()))
    slutar_om(7, anvandare=AnvandareFactory(epost="tyst@example.com", arbetsgivare=OrganisationFactory()))
    sist = slutar_om(7, anvandare=AnvandareFactory(arbetsgivare=OrganisationFactory()))

    kod, ut, fel = dagligen()
    assert (kod, mottagare()) == (1, [forst.anvandare.epost])
    assert "E-postservern svarar inte" in fel
    assert "Inloggningar som har gått ut är borttagna." in ut  # the other steps are done all the same

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert dagligen()[0] == 0
    assert mottagare() == sorted([forst.anvandare.epost, "tyst@example.com", sist.anvandare.epost])


def test_many_at_one_employer_come_in_several_letters_to_the_bestallare(dagligen):
    kommunen = OrganisationFactory()
    BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(epost="beda@example.com", arbetsgivare=kommunen))
    for _ in range(I_TAGET + 1):
        slutar_om(60, anvandare=AnvandareFactory(arbetsgivare=kommunen))

    dagligen()

    assert mottagare().count("beda@example.com") == 2
    assert len(mail.outbox) == I_TAGET + 3


def test_old_logins_and_receipts_are_cleared(dagligen, inloggad):
    gammal, levande = inloggad(Roll.RAPPORT), inloggad(Roll.RAPPORT)
    Session.objects.filter(anvandare=gammal.anvandare).update(expire_date=timezone.now() - timedelta(minutes=1))
    for tid in (SPARAS + timedelta(minutes=1), timedelta(hours=1)):
        kvitto = Inskickat.objects.create(anvandare=levande.anvandare)
        Inskickat.objects.filter(pk=kvitto.pk).update(tid=timezone.now() - tid)

    _, ut, _ = dagligen()

    assert [rad.anvandare for rad in Session.objects.all()] == [levande.anvandare]
    assert Inskickat.objects.count() == 1
    assert "Gamla kvitton på formulär: 1 borttagna." in ut


def test_the_log_is_anchored(dagligen, settings, tmp_path):
    settings.LOGGANKARE = str(tmp_path / "ankare.txt")
    slutar_om(7)
    dagligen()
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")

    kod, ut, _ = dagligen()

    assert kod == 0
    assert "Loggens ankare är skrivet vid länk" in ut
    assert (tmp_path / "ankare.txt").read_text().count("\n") == 1


def test_an_anchor_that_cannot_be_written_is_an_error_and_the_rest_is_done(dagligen, settings, tmp_path):
    settings.LOGGANKARE = str(tmp_path / "finns" / "inte.txt")
    slutar_om(7)
    dagligen()
    with connection.cursor() as c:
        c.execute("SET CONSTRAINTS ALL IMMEDIATE")

    kod, _, fel = dagligen()

    assert kod == 1
    assert "ankra: FileNotFoundError" in fel
    assert len(mail.outbox) == 1
