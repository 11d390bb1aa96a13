"""Logins: how long they last, what the table holds, how they are ended, and that nothing typed is lost when they do."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from behorigheter.behallet import avsandare
from behorigheter.models import Handelse, Session
from behorigheter.roller import Roll
from behorigheter.sessioner import SessionStore, fingeravtryck, i_ord
from organisations.models import Samverkansorganisation
from tests.conftest import WebClient
from tests.factories import AnvandareFactory, BehorighetFactory, SamverkansorganisationFactory

pytestmark = pytest.mark.django_db
KAKA = "sus"
LOSENORD = "korv-med-mos-1962"


def ar_inloggad(klient):
    return "_auth_user_id" in klient.session


def aldras(klient, falt="senast", **tid):
    """Let so much time have passed since the login was last used (or begun: falt="skapad")."""
    Session.objects.filter(pk=fingeravtryck(klient.cookies[KAKA].value)).update(**{falt: F(falt) - timedelta(**tid)})


def med_nyckel(nyckel):
    klient = WebClient()
    klient.cookies[KAKA] = nyckel
    return klient


# What the table holds


def test_the_table_holds_no_key_that_opens_anything(inloggad):
    klient = inloggad(Roll.RAPPORT)
    nyckel = klient.cookies[KAKA].value

    rad = Session.objects.get(anvandare=klient.anvandare)

    assert nyckel not in (rad.session_key, rad.session_data)
    assert med_nyckel(nyckel).get("/rapporter/").status_code == 200
    assert med_nyckel(rad.session_key).get("/rapporter/").status_code == 302


def test_a_login_tells_where_it_came_from(client):
    karin = AnvandareFactory(anvandarnamn="karin", password=make_password(LOSENORD))

    client.post(
        reverse("account_login"),
        {"login": "karin", "password": LOSENORD},
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"},
    )

    rad = Session.objects.get(anvandare=karin)
    assert (rad.ip, i_ord(rad.webblasare)) == ("127.0.0.1", "Firefox på Windows")


@pytest.mark.parametrize(
    ("webblasare", "text"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge på Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari på iOS"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "Chrome på Android"),
        ("curl/8", "Okänd webbläsare"),
    ],
)
def test_a_browser_is_named_as_its_user_knows_it(webblasare, text):
    assert i_ord(webblasare) == text


def test_a_key_from_before_the_login_never_becomes_valid(klient):
    AnvandareFactory(anvandarnamn="karin", password=make_password(LOSENORD))
    session = klient.session
    session["fore"] = 1
    session.save()
    fore = session.session_key

    klient.post(reverse("account_login"), {"login": "karin", "password": LOSENORD})

    assert ar_inloggad(klient)
    assert not SessionStore(fore).load()
    assert med_nyckel(fore).get("/").status_code == 302


def test_a_key_that_somebody_made_up_opens_nothing_and_is_never_taken_over(klient):
    klient.cookies[KAKA] = "a" * 32

    klient.get(reverse("account_login"))
    klient.post(reverse("account_login"), {"login": "x", "password": "y"})

    assert not SessionStore("a" * 32).load()


def test_logout_makes_the_old_cookie_worthless(inloggad):
    klient = inloggad(Roll.RAPPORT)
    nyckel = klient.cookies[KAKA].value

    klient.post(reverse("account_logout"))

    assert med_nyckel(nyckel).get("/rapporter/").status_code == 302
    assert not Session.objects.filter(anvandare=klient.anvandare).exists()


def test_a_changed_password_ends_the_other_logins_and_does_not_lengthen_this_one(klient):
    karin = AnvandareFactory(anvandarnamn="karin", password=make_password(LOSENORD))
    klient.force_login(karin)
    annan = WebClient()
    annan.force_login(karin)
    aldras(klient, "expire_date", hours=9)
    slut = Session.objects.get(pk=klient.session.fingeravtryck).expire_date

    klient.post(
        reverse("account_change_password"), {"oldpassword": LOSENORD, "password1": "gröt-1971-lingon", "password2": "gröt-1971-lingon"}
    )

    assert klient.get(reverse("konto")).status_code == 200
    assert annan.get(reverse("konto")).status_code == 302
    assert Session.objects.get(pk=klient.session.fingeravtryck).expire_date == slut


# How long it lasts


def test_a_login_ends_when_it_is_not_used_for_half_an_hour(inloggad, klockan):
    klient = inloggad(Roll.RAPPORT)
    borjan = timezone.now()

    klockan(borjan + timedelta(minutes=29, seconds=55))
    assert klient.get("/rapporter/").status_code == 200
    klockan(borjan + timedelta(minutes=60))
    assert klient.get("/rapporter/").status_code == 302


def test_a_login_that_is_used_lasts_ten_hours_and_no_longer(inloggad, klockan):
    klient = inloggad(Roll.RAPPORT)
    borjan = timezone.now()

    for kvart in range(1, 40):
        klockan(borjan + timedelta(minutes=15 * kvart))
        assert klient.get("/rapporter/").status_code == 200

    klockan(borjan + timedelta(hours=10, seconds=1))
    assert klient.get("/rapporter/").status_code == 302


def test_the_use_is_written_at_most_once_a_minute(inloggad, antal_fragor, klockan):
    klient = inloggad(Roll.RAPPORT)
    klient.get("/rapporter/")
    borjan = timezone.now()

    klockan(borjan + timedelta(seconds=50))
    strax = antal_fragor(lambda: klient.get("/rapporter/"))
    klockan(borjan + timedelta(seconds=70))
    senare = antal_fragor(lambda: klient.get("/rapporter/"))

    assert senare == strax + 1


def test_logins_that_have_ended_are_thrown_away(inloggad):
    gammal, ny = inloggad(Roll.RAPPORT), inloggad(Roll.RAPPORT)
    aldras(gammal, minutes=31)

    SessionStore.clear_expired()

    assert list(Session.objects.values_list("anvandare", flat=True)) == [ny.anvandare.pk]


def test_a_closed_account_is_out_at_its_next_click(inloggad):
    klient = inloggad(Roll.RAPPORT)
    klient.anvandare.is_active = False
    klient.anvandare.save()

    assert klient.get("/rapporter/").status_code == 302


def test_the_page_tells_the_script_when_the_login_ends_and_staying_moves_it(inloggad):
    klient = inloggad(Roll.RAPPORT)
    assert 'data-kvar="1740"' in klient.get("/rapporter/").text  # whole minutes
    aldras(klient, minutes=28)

    assert klient.get(reverse("konto_fortsatt")).json()["kvar"] == pytest.approx(1800, abs=2)


def test_who_has_been_logged_out_is_told_so_by_the_script(klient):
    assert klient.get(reverse("konto_fortsatt")).json() == {"kvar": 0}


# Mina inloggningar


def test_one_sees_ones_own_logins_with_this_one_first(inloggad):
    klient, frammande = inloggad(Roll.RAPPORT), inloggad(Roll.RAPPORT)
    annan = WebClient()
    annan.force_login(klient.anvandare)

    text = klient.get(reverse("konto_inloggningar")).text

    assert text.count("Den här inloggningen</span>") == 1
    assert annan.session.fingeravtryck in text
    assert klient.session.fingeravtryck not in text  # it is ended by logging out
    assert frammande.session.fingeravtryck not in text


def test_an_ended_login_is_out_at_its_next_click_and_the_end_is_logged(inloggad):
    klient = inloggad(Roll.RAPPORT)
    annan = WebClient()
    annan.force_login(klient.anvandare)

    svar = klient.post(reverse("konto_inloggning_avsluta"), {"inloggning": annan.session.fingeravtryck}, follow=True)

    assert "Inloggningen är avslutad." in svar.text
    assert annan.get("/rapporter/").status_code == 302
    assert [rad.anvandare_id for rad in Handelse.objects.filter(typ=Handelse.Typ.SESSION_AVSLUTAD)] == [klient.anvandare.pk]


def test_all_other_logins_end_and_this_one_stays(inloggad):
    klient, frammande = inloggad(Roll.RAPPORT), inloggad(Roll.RAPPORT)
    for _ in range(2):
        WebClient().force_login(klient.anvandare)

    svar = klient.post(reverse("konto_inloggningar_avsluta_andra"), follow=True)

    assert "2 inloggningar är avslutade." in svar.text
    assert klient.get("/rapporter/").status_code == frammande.get("/rapporter/").status_code == 200


def test_nobody_ends_somebody_elses_login(inloggad):
    klient, frammande = inloggad(Roll.RAPPORT), inloggad(Roll.RAPPORT)

    svar = klient.post(reverse("konto_inloggning_avsluta"), {"inloggning": frammande.session.fingeravtryck}, follow=True)

    assert "Inloggningen är redan avslutad." in svar.text
    assert frammande.get("/rapporter/").status_code == 200


# What was typed


@pytest.fixture
def formular(inloggad):
    """A samverkansadministratör with the form of the own samverkansorganisation open: (klient, address, what is posted)."""
    organisation = SamverkansorganisationFactory()
    klient = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation)
    adress = reverse("organisations:update", args=[organisation.pk])
    return klient, adress, falten(klient.get(adress).text) | {"kontakt_namn": "Nya <namnet>"}


def falten(html):
    """Name and value of every hidden and text field of the main form."""
    main = html.split("data-huvudformular", 1)[1]
    taggar = re.findall(r"<input[^>]*>", main)
    par = [(re.search(r'name="([^"]+)"', tagg), re.search(r'value="([^"]*)"', tagg)) for tagg in taggar if 'type="radio"' not in tagg]
    return {namn[1]: varde[1] if varde else "" for namn, varde in par if namn}


def sparade(adress):
    return Samverkansorganisation.objects.filter(kontakt_namn="Nya <namnet>").count()


def test_a_form_after_the_login_has_ended_is_kept_with_a_way_to_log_in(formular):
    klient, adress, data = formular
    aldras(klient, minutes=31)

    svar = klient.post(adress, data)

    assert (svar.status_code, sparade(adress)) == (403, 0)
    assert "Du är utloggad" in svar.text
    assert 'href="/logga-in/?next=%2Fkonto%2Fklart%2F"' in svar.text
    assert 'name="kontakt_namn" value="Nya &lt;namnet&gt;"' in svar.text
    assert f'name="nyckel" value="{data["nyckel"]}"' in svar.text
    assert svar.headers["Cache-Control"].count("no-store")


def test_the_kept_form_is_saved_once_when_the_same_user_has_logged_in_again(formular):
    klient, adress, data = formular
    aldras(klient, minutes=31)
    behallet = falten(klient.post(adress, data).text) | {"kontakt_namn": "Nya <namnet>"}
    klient.force_login(klient.anvandare)

    svar = klient.post(adress, behallet)
    igen = klient.post(adress, behallet, follow=True)

    assert (svar.status_code, sparade(adress)) == (302, 1)
    assert "Uppgifterna är redan sparade." in igen.text


def test_the_old_page_of_who_has_logged_in_again_keeps_what_was_typed(formular):
    klient, adress, data = formular
    strikt = WebClient(enforce_csrf_checks=True)
    strikt.force_login(klient.anvandare)

    svar = strikt.post(adress, data)
    behallet = falten(svar.text) | {"kontakt_namn": "Nya <namnet>"}
    sparat = strikt.post(adress, behallet)

    assert "Skicka uppgifterna igen" in svar.text
    assert (svar.status_code, sparat.status_code, sparade(adress)) == (403, 302, 1)


def test_what_one_has_typed_is_never_saved_as_somebody_else(formular, inloggad):
    _, adress, data = formular
    organisation = Samverkansorganisation.objects.get()
    bertil = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation)
    strikt = WebClient(enforce_csrf_checks=True)
    strikt.force_login(bertil.anvandare)

    for svar in (bertil.post(adress, data), strikt.post(adress, data)):
        assert svar.status_code == 403
        assert "Någon annan fyllde i uppgifterna" in svar.text
        assert "namnet&gt;" not in svar.text
    assert sparade(adress) == 0


def test_who_typed_cannot_be_made_up(formular):
    klient, adress, data = formular
    annan = AnvandareFactory()
    aldras(klient, minutes=31)

    for pahittat in (str(annan.pk), f"{annan.pk}:{data['avsandare'].split(':')[1]}", ""):
        svar = klient.post(adress, data | {"avsandare": pahittat})
        assert svar.status_code == 302, pahittat


def test_a_password_is_never_kept(klient):
    karin = AnvandareFactory()

    svar = klient.post("/rapporter/", {"avsandare": avsandare(karin), "password1": "hemligt-1", "namn": "Synligt", "nyckel": uuid.uuid4()})

    assert "Synligt" in svar.text
    assert "hemligt" not in svar.text


def test_a_form_that_comes_from_nowhere_gets_the_plain_refusal(inloggad):
    strikt = WebClient(enforce_csrf_checks=True)
    strikt.force_login(BehorighetFactory().anvandare)

    svar = strikt.post(reverse("account_logout"))

    assert svar.status_code == 403
    assert "Sidan var för gammal" in svar.text
