"""Local accounts: log in, log out, change and reset the password."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.urls import NoReverseMatch, reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from tests.factories import AnvandareFactory, BehorighetFactory

pytestmark = pytest.mark.django_db
LOSENORD = "korv-med-mos-1962"
NYTT = "gröt-och-lingon-1971"


@pytest.fixture
def karin():
    anvandare = AnvandareFactory(anvandarnamn="karin", epost="karin@example.se", password=make_password(LOSENORD))
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    return anvandare


def logga_in(klient, losenord=LOSENORD, anvandarnamn="karin", **data):
    return klient.post(reverse("account_login"), {"login": anvandarnamn, "password": losenord, **data})


def handelser(typ):
    return list(Handelse.objects.filter(typ=typ))


def test_who_is_not_logged_in_is_sent_to_the_login_page_and_back(klient, karin):
    svar = klient.get("/rapporter/")
    assert svar.headers["Location"] == "/logga-in/?next=/rapporter/"

    svar = logga_in(klient, next="/rapporter/")

    assert svar.headers["Location"] == "/rapporter/"


def test_login_never_leads_to_another_site(klient, karin):
    svar = logga_in(klient, next="https://example.com/")

    assert svar.headers["Location"] == "/"


def test_login_is_logged_and_gives_the_session_a_new_key(klient, karin):
    klient.get(reverse("account_login"))
    session = klient.session
    session["fore"] = 1
    session.save()
    fore = session.session_key

    logga_in(klient)

    assert klient.session.session_key != fore
    assert [rad.anvandare_id for rad in handelser(Handelse.Typ.INLOGGAD)] == [karin.pk]


@pytest.mark.parametrize(("namn", "losenord"), [("karin", "fel-losenord"), ("okänd", LOSENORD)])
def test_wrong_name_and_wrong_password_get_the_same_answer(klient, karin, namn, losenord):
    svar = logga_in(klient, losenord, namn)

    assert "Användarnamnet eller lösenordet stämmer inte." in svar.text
    assert "<title>Fel: Logga in" in svar.text
    assert "_auth_user_id" not in klient.session


def test_failed_login_is_logged_without_what_was_typed(klient, karin):
    logga_in(klient, "fel", "karin")
    logga_in(klient, "x", LOSENORD)  # the password in the wrong field

    kand, okand = handelser(Handelse.Typ.INLOGGNING_MISSLYCKAD)
    assert kand.objekt == f"behorigheter.Anvandare:{karin.pk}"
    assert (okand.objekt, okand.detaljer) == ("", {})


def test_after_five_failures_even_the_right_password_must_wait(klient, karin):
    for _ in range(5):
        logga_in(klient, "fel")

    svar = logga_in(klient)

    assert "Du har försökt för många gånger." in svar.text
    assert not handelser(Handelse.Typ.INLOGGAD)


def test_too_many_posts_from_one_address_give_the_swedish_page(klient, karin, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    klient.post(reverse("account_login"))

    svar = klient.post(reverse("account_login"))

    assert svar.status_code == 429
    assert "För många försök" in svar.text


def test_a_closed_account_cannot_log_in(klient, karin):
    karin.is_active = False
    karin.save()

    svar = logga_in(klient)

    assert svar.headers["Location"] == reverse("account_inactive")
    assert "Kontot är avstängt" in klient.get(svar.headers["Location"]).text
    assert not handelser(Handelse.Typ.INLOGGAD)


def test_logout_takes_a_post_and_is_logged(klient, karin):
    logga_in(klient)

    assert "Vill du logga ut" in klient.get(reverse("account_logout")).text
    svar = klient.post(reverse("account_logout"))

    assert svar.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in klient.session
    assert [rad.anvandare_id for rad in handelser(Handelse.Typ.UTLOGGAD)] == [karin.pk]


def byt(klient, **andrat):
    return klient.post(reverse("account_change_password"), {"oldpassword": LOSENORD, "password1": NYTT, "password2": NYTT} | andrat)


def test_password_is_changed_and_the_session_kept(klient, karin):
    logga_in(klient)

    svar = byt(klient)

    karin.refresh_from_db()
    assert karin.check_password(NYTT)
    assert svar.headers["Location"] == "/"
    assert klient.session["_auth_user_id"] == str(karin.pk)
    assert [rad.anvandare_id for rad in handelser(Handelse.Typ.LOSENORD_ANDRAT)] == [karin.pk]


@pytest.mark.parametrize(
    ("andrat", "text"),
    [
        ({"oldpassword": "fel"}, "Det nuvarande lösenordet stämmer inte."),
        ({"oldpassword": ""}, "Skriv ditt nuvarande lösenord."),
        ({"password1": "kort", "password2": "kort"}, "minst 12 tecken"),
        ({"password2": "ett-annat-losenord"}, "Du måste ange samma lösenord"),
    ],
)
def test_password_is_not_changed_when_something_is_wrong(klient, karin, andrat, text):
    logga_in(klient)

    svar = byt(klient, **andrat)

    karin.refresh_from_db()
    assert text in svar.text
    assert karin.check_password(LOSENORD)


def test_who_has_no_password_is_shown_how_to_get_one(inloggad):
    klient = inloggad(Roll.RAPPORT)
    klient.anvandare.set_unusable_password()
    klient.anvandare.save()
    klient.force_login(klient.anvandare)

    svar = klient.get(reverse("account_change_password"), follow=True)

    assert "Ditt konto har inget lösenord" in svar.text


def test_a_forgotten_password_is_reset_by_a_link_that_works_once(klient, karin):
    klient.post(reverse("account_reset_password"), {"email": "Karin@example.se"})
    [brev] = mail.outbox
    lank = re.search(r"http://testserver(\S+)", brev.body)[1]
    sida = klient.get(lank, follow=True)
    svar = klient.post(sida.redirect_chain[-1][0], {"password1": NYTT, "password2": NYTT}, follow=True)

    karin.refresh_from_db()
    assert brev.subject == "SUS: Välj ett nytt lösenord"
    assert "Ditt användarnamn är karin." in brev.body
    assert "Lösenordet är sparat" in svar.text
    assert karin.check_password(NYTT)
    assert len(handelser(Handelse.Typ.LOSENORD_ANDRAT)) == 1
    assert "Länken gäller inte längre" in klient.get(lank, follow=True).text


def test_the_reset_page_does_not_tell_which_addresses_have_an_account(klient, karin):
    svar = klient.post(reverse("account_reset_password"), {"email": "ingen@example.se"})

    assert svar.headers["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


@pytest.mark.parametrize("namn", ["account_signup", "account_email", "account_confirm_email", "account_reauthenticate"])
def test_sign_up_and_e_mail_pages_do_not_exist(namn):
    with pytest.raises(NoReverseMatch):
        reverse(namn)
