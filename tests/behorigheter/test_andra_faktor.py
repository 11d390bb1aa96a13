"""The second factor of local accounts: required, encrypted, and never the last one taken away."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.urls import NoReverseMatch, reverse

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from tests.conftest import WebClient
from tests.factories import AnvandareFactory, BehorighetFactory

pytestmark = pytest.mark.django_db
LOSENORD = "korv-med-mos-1962"


@pytest.fixture
def karin():
    anvandare = AnvandareFactory(anvandarnamn="karin", epost="karin@example.se", password=make_password(LOSENORD))
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    return anvandare


def logga_in(klient, **data):
    return klient.post(reverse("account_login"), {"login": "karin", "password": LOSENORD, **data})


def koden(hemlighet, forskjutning=0):
    return format_hotp_value(hotp_value(hemlighet.replace(" ", ""), int(time.time()) // 30 + forskjutning))


def lagg_till_app(klient):
    """Add the app as its user does; its secret and the codes in reserve."""
    sida = klient.get(reverse("mfa_activate_totp"))
    hemlighet = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", sida.text)[1].replace(" ", "")
    svar = klient.post(reverse("mfa_activate_totp"), {"code": koden(hemlighet, -1)}, follow=True)
    return hemlighet, re.findall(r"<code[^>]*>(\d{8})</code>", svar.text)


@pytest.fixture
def med_app(karin):
    """Karin's account with an app: (secret, codes in reserve)."""
    klient = WebClient()
    logga_in(klient)
    return lagg_till_app(klient)


def ar_inloggad(klient):
    return "_auth_user_id" in klient.session


def handelser(typ):
    return Handelse.objects.filter(typ=typ).count()


# It is required


def test_at_the_first_login_a_password_alone_opens_nothing_but_the_account(klient, karin):
    logga_in(klient)

    svar = klient.get("/rapporter/", follow=True)

    assert svar.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "innan du fortsätter" in svar.text
    assert klient.post("/insats/ny/").headers["Location"] == reverse("mfa_index")


def test_with_the_app_added_the_user_goes_on_and_has_codes_in_reserve(klient, karin):
    logga_in(klient)

    _, reserv = lagg_till_app(klient)

    assert len(set(reserv)) == 10
    assert klient.get("/rapporter/").status_code == 200
    assert handelser(Handelse.Typ.ANDRA_FAKTOR_TILLAGD) == 1


def test_where_the_setting_says_so_a_password_is_enough(klient, karin, settings):
    settings.KRAV_PA_ANDRA_FAKTOR = False

    logga_in(klient)

    assert klient.get("/rapporter/").status_code == 200


def test_an_account_is_activated_by_the_link_of_the_letter_and_then_asks_for_the_second_factor(klient, karin):
    karin.set_unusable_password()
    karin.save()
    klient.post(reverse("account_reset_password"), {"email": "karin@example.se"})
    sida = klient.get(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1], follow=True)
    klient.post(sida.redirect_chain[-1][0], {"password1": LOSENORD, "password2": LOSENORD})

    logga_in(klient)

    assert klient.get("/rapporter/").headers["Location"] == reverse("mfa_index")


def test_who_logs_in_at_an_issuer_needs_none(inloggad):
    klient = inloggad(Roll.RAPPORT)

    assert klient.get("/rapporter/").status_code == 200
    assert "redan två faktorer" in klient.get(reverse("mfa_index")).text


# It is asked for


def test_the_password_leads_to_the_code_and_the_code_to_the_page_asked_for(klient, med_app):
    hemlighet, _ = med_app

    svar = logga_in(klient, next="/rapporter/")
    fore = ar_inloggad(klient)
    klart = klient.post(svar.headers["Location"], {"code": koden(hemlighet)})

    assert (svar.headers["Location"], fore) == (reverse("mfa_authenticate"), False)
    assert klart.headers["Location"] == "/rapporter/"
    assert klient.get("/rapporter/").status_code == 200


def test_a_wrong_code_is_refused_and_logged(klient, med_app):
    logga_in(klient)

    svar = klient.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "Det stämmer inte. Försök igen." in svar.text
    assert "<title>Fel: Andra faktor" in svar.text
    assert not ar_inloggad(klient)
    assert handelser(Handelse.Typ.INLOGGNING_MISSLYCKAD) == 1


def test_after_five_wrong_codes_even_the_right_one_must_wait(klient, med_app):
    hemlighet, _ = med_app
    logga_in(klient)
    for _ in range(5):
        klient.post(reverse("mfa_authenticate"), {"code": "000000"})

    svar = klient.post(reverse("mfa_authenticate"), {"code": koden(hemlighet)})

    assert "Du har försökt för många gånger." in svar.text
    assert not ar_inloggad(klient)


def test_a_code_works_once(klient, med_app):
    hemlighet, _ = med_app
    kod = koden(hemlighet)
    logga_in(klient)
    klient.post(reverse("mfa_authenticate"), {"code": kod})
    annan = WebClient()
    logga_in(annan)

    annan.post(reverse("mfa_authenticate"), {"code": kod})

    assert (ar_inloggad(klient), ar_inloggad(annan)) == (True, False)


def test_a_code_in_reserve_works_once(klient, med_app):
    _, reserv = med_app
    logga_in(klient)
    klient.post(reverse("mfa_authenticate"), {"code": reserv[3]})
    annan = WebClient()
    logga_in(annan)

    annan.post(reverse("mfa_authenticate"), {"code": reserv[3]})

    assert (ar_inloggad(klient), ar_inloggad(annan)) == (True, False)
    assert "Du har 9 oanvända koder" in klient.get(reverse("mfa_index")).text


def test_the_page_of_the_code_is_nothing_without_the_password(klient, med_app):
    assert klient.get(reverse("mfa_authenticate")).headers["Location"] == reverse("account_login")


def test_the_code_confirms_who_it_is_too(klient, med_app, karin):
    hemlighet, _ = med_app
    klient.force_login(karin)
    karin.sessioner.update(skapad="2020-01-01 12:00+01:00")

    svar = klient.post("/konto/bekrafta/?next=/rapporter/", {"code": koden(hemlighet)})

    assert svar.headers["Location"] == "/rapporter/"
    assert handelser(Handelse.Typ.BEKRAFTAD) == 1


# It is kept well


def test_the_secret_of_the_app_and_the_seed_of_the_codes_are_encrypted(med_app, karin):
    hemlighet, reserv = med_app

    rader = str(list(karin.authenticator_set.values_list("data", flat=True)))

    assert hemlighet not in rader
    assert not any(kod in rader for kod in reserv)


def test_the_picture_is_a_file_of_its_own_that_no_one_keeps(klient, karin):
    logga_in(klient)
    klient.get(reverse("mfa_activate_totp"))

    bild = klient.get(reverse("konto_app_bild"))

    assert bild.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in bild.headers["Cache-Control"]
    assert bild.content.startswith(b"<?xml")
    assert "data:" not in klient.get(reverse("mfa_activate_totp")).text


def test_without_a_secret_that_waits_there_is_no_picture(inloggad):
    assert inloggad(Roll.RAPPORT).get(reverse("konto_app_bild")).status_code == 404


def test_codes_in_reserve_are_shown_once_and_new_ones_replace_them(klient, karin):
    logga_in(klient)
    _, gamla = lagg_till_app(klient)

    igen = klient.get(reverse("mfa_view_recovery_codes"))
    nya = re.findall(r"<code[^>]*>(\d{8})</code>", klient.post(reverse("mfa_generate_recovery_codes"), follow=True).text)

    assert not any(kod in igen.text for kod in gamla)
    assert len(nya) == 10
    assert not set(nya) & set(gamla)


def test_the_last_factor_is_not_taken_away(klient, karin):
    logga_in(klient)
    lagg_till_app(klient)

    svar = klient.post(reverse("mfa_deactivate_totp"))

    assert "Du måste ha minst en andra faktor." in svar.text
    assert karin.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()


def test_a_factor_that_is_not_the_last_is_taken_away_and_logged(klient, karin):
    logga_in(klient)
    lagg_till_app(klient)
    nyckel = karin.authenticator_set.create(type=Authenticator.Type.WEBAUTHN, data={"name": "Nyckel", "credential": {}})

    klient.post(reverse("mfa_deactivate_totp"))
    sista = klient.post(reverse("mfa_remove_webauthn", args=[nyckel.pk]), follow=True)

    assert list(karin.authenticator_set.exclude(type="recovery_codes").values_list("type", flat=True)) == ["webauthn"]
    assert handelser(Handelse.Typ.ANDRA_FAKTOR_BORTTAGEN) == 1
    assert "Du måste ha minst en andra faktor." in sista.text


def test_nobody_takes_away_somebody_elses_key(klient, karin):
    annans = AnvandareFactory().authenticator_set.create(type=Authenticator.Type.WEBAUTHN, data={"name": "Nyckel", "credential": {}})
    logga_in(klient)

    assert klient.post(reverse("mfa_remove_webauthn", args=[annans.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=annans.pk).exists()


def test_an_old_login_must_confirm_before_it_changes_its_factors(klient, karin):
    klient.force_login(karin)
    karin.sessioner.update(skapad="2020-01-01 12:00+01:00")

    svar = klient.get(reverse("mfa_activate_totp"))

    assert svar.headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Fandra-faktor%2Fapp%2F"


@pytest.mark.parametrize("credential", ["", "skräp", "{}", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}'])
def test_a_made_up_key_is_refused(klient, karin, credential):
    logga_in(klient)
    klient.get(reverse("mfa_add_webauthn"))

    svar = klient.post(reverse("mfa_add_webauthn"), {"name": "Nyckel", "credential": credential})

    assert "Nyckeln är inte tillagd." in svar.text
    assert not karin.authenticator_set.exists()


@pytest.mark.parametrize(
    ("credential", "loggas"),
    [("", 0), ("{}", 0), ('{"id": "x"}', 1), ('{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}', 1)],
)
def test_a_made_up_key_lets_nobody_in_and_is_logged(klient, med_app, credential, loggas):
    logga_in(klient)
    klient.get(reverse("mfa_authenticate"))

    svar = klient.post(reverse("mfa_authenticate"), {"credential": credential})

    assert "<title>Fel: Andra faktor" in svar.text
    assert not ar_inloggad(klient)
    assert handelser(Handelse.Typ.INLOGGNING_MISSLYCKAD) == loggas


@pytest.mark.parametrize(
    "namn", ["mfa_list_webauthn", "mfa_edit_webauthn", "mfa_reauthenticate", "mfa_download_recovery_codes", "mfa_login_webauthn"]
)
def test_pages_we_do_not_use_do_not_exist(namn):
    with pytest.raises(NoReverseMatch):
        reverse(namn)
