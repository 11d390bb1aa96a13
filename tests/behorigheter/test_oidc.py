"""Login through a real issuer: who gets in the first time, who gets in afterwards, and which answers are not believed."""

import logging
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from behorigheter.models import Handelse
from sus.start import kontroller
from tests.conftest import WebClient
from tests.factories.personnummer import provpersonnummer
from tests.oidc.leverantor import LOA2, LOA4, bestalld, med

pytestmark = pytest.mark.django_db

NINAS, NISSES, OKANT = provpersonnummer(500), provpersonnummer(501), provpersonnummer(502)


@pytest.fixture
def nina():
    return bestalld(NINAS, fornamn="Nina")


def inloggad_som(klient):
    return int(klient.session.get("_auth_user_id", 0))


def nekade():
    return [(rad.detaljer["orsak"], rad.objekt) for rad in Handelse.objects.filter(typ=Handelse.Typ.INLOGGNING_NEKAD)]


def om(*, minuter):
    return time_machine.travel(time.time() + minuter * 60)


def test_the_first_login_binds_the_issuers_subject_to_the_ordered_user(klient, nina, leverantor):
    svar = leverantor.logga_in(klient, "nina-hos-utgivaren", NINAS)

    nina.refresh_from_db()
    assert svar.headers["Location"] == "/"
    assert inloggad_som(klient) == nina.pk
    assert (nina.utgivare, nina.amne) == (leverantor.adresser[0], "nina-hos-utgivaren")
    assert [rad.typ for rad in Handelse.objects.order_by("pk")] == [Handelse.Typ.INLOGGNING_BUNDEN, Handelse.Typ.INLOGGAD]


def test_login_leads_on_to_the_page_that_was_asked_for_and_never_to_another_site(klient, nina, leverantor):
    assert leverantor.logga_in(klient, "nina", NINAS, fraga={"next": "/rapporter/"}).headers["Location"] == "/rapporter/"
    assert leverantor.logga_in(WebClient(), "nina", NINAS, fraga={"next": "https://example.com/"}).headers["Location"] == "/"


def test_the_issuer_is_asked_with_pkce_state_nonce_and_the_levels_that_are_enough(klient, leverantor):
    fraga = parse_qs(urlsplit(leverantor.till(klient)).query)

    assert fraga["response_type"] == ["code"]
    assert fraga["code_challenge_method"] == ["S256"]
    assert len(fraga["state"][0]) >= 16
    assert len(fraga["nonce"][0]) == 32
    assert fraga["acr_values"] == ["http://id.elegnamnden.se/loa/1.0/loa3 http://id.elegnamnden.se/loa/1.0/loa4"]
    assert set(fraga["scope"][0].split()) == {"openid", "https://id.oidc.se/scope/naturalPersonNumber"}


def test_afterwards_only_issuer_and_subject_count(klient, nina, leverantor):
    nisse = bestalld(NISSES)
    leverantor.logga_in(klient, "nina", NINAS)

    leverantor.logga_in(andra := WebClient(), "nina", NISSES)

    assert inloggad_som(andra) == nina.pk
    nisse.refresh_from_db()
    assert nisse.amne == ""


def test_a_bound_user_is_not_bound_to_another_subject(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)

    svar = leverantor.logga_in(andra := WebClient(), "nagon-annan", NINAS)

    assert svar.status_code == 403
    assert inloggad_som(andra) == 0
    assert nekade() == [("annan_inloggning", f"behorigheter.Anvandare:{nina.pk}")]


def test_the_same_subject_of_another_issuer_is_somebody_else(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)
    leverantor.anvand(1)

    svar = leverantor.logga_in(andra := WebClient(), "nina", NINAS)

    assert svar.status_code == 403
    assert inloggad_som(andra) == 0
    assert nekade() == [("annan_inloggning", f"behorigheter.Anvandare:{nina.pk}")]


def test_a_subject_is_compared_letter_by_letter(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)

    assert leverantor.logga_in(WebClient(), "Nina", "").status_code == 403


@pytest.mark.parametrize(
    ("personnummer", "orsak"),
    [(OKANT, "okand"), ("", "utan_personnummer"), ("190001019999", "utan_personnummer"), ("x", "utan_personnummer")],
)
def test_who_has_no_user_is_refused_and_learns_what_to_do(klient, nina, leverantor, personnummer, orsak):
    svar = leverantor.logga_in(klient, "nagon", personnummer)

    assert svar.status_code == 403
    assert "Du saknar behörighet till SUS" in svar.text
    assert "Be din organisations beställare" in svar.text
    assert inloggad_som(klient) == 0
    assert nekade() == [(orsak, "")]


def test_the_refusal_does_not_tell_whether_the_personnummer_is_known(klient, nina, leverantor):
    bestalld(NISSES, is_active=False)
    leverantor.logga_in(klient, "nina", NINAS)

    sidor = set()
    for amne, personnummer in [("ny", OKANT), ("ny", NINAS), ("nisse", NISSES), ("ny", "")]:
        svar = leverantor.logga_in(WebClient(), amne, personnummer)
        assert svar.status_code == 403
        sidor.add(svar.text.replace(svar.context["referens"], ""))
    assert len(sidor) == 1


def test_a_closed_user_is_neither_bound_nor_let_in(klient, leverantor):
    nisse = bestalld(NISSES, is_active=False)

    svar = leverantor.logga_in(klient, "nisse", NISSES)

    nisse.refresh_from_db()
    assert svar.status_code == 403
    assert (nisse.amne, inloggad_som(klient)) == ("", 0)
    assert nekade() == [("avstangd", f"behorigheter.Anvandare:{nisse.pk}")]


def test_a_bound_user_who_is_closed_afterwards_is_not_let_in(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)
    nina.is_active = False
    nina.save(update_fields=["is_active"])

    svar = leverantor.logga_in(andra := WebClient(), "nina", NINAS)

    assert svar.status_code == 403
    assert inloggad_som(andra) == 0
    assert nekade() == [("avstangd", f"behorigheter.Anvandare:{nina.pk}")]


def test_a_user_whose_behorighet_has_ended_gets_in_and_is_told_so(klient, nina, leverantor):
    nina.behorigheter.all().delete()

    assert leverantor.logga_in(klient, "nina", NINAS).headers["Location"] == "/"
    assert "finns ingen behörighet som gäller i dag" in klient.get("/").text


@pytest.mark.parametrize("acr", [LOA2, "http://example.com/okand-niva", "loa3"])
def test_a_login_below_the_lowest_level_is_refused_before_anybody_is_looked_up(klient, nina, leverantor, acr):
    svar = leverantor.logga_in(klient, "nina", NINAS, acr=acr)

    nina.refresh_from_db()
    assert svar.status_code == 403
    assert "lägst tillitsnivå 3" in svar.text
    assert (nina.amne, inloggad_som(klient)) == ("", 0)
    assert nekade() == [("lag_tillitsniva", "")]


def test_a_higher_level_is_enough_and_the_lowest_is_a_setting(klient, nina, leverantor, settings):
    leverantor.logga_in(klient, "nina", NINAS, acr=LOA4)
    assert inloggad_som(klient) == nina.pk

    settings.OIDC_LAGSTA_LOA = 4
    assert leverantor.logga_in(WebClient(), "nina", NINAS).status_code == 403


def test_the_level_counts_at_every_login(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)

    leverantor.logga_in(andra := WebClient(), "nina", NINAS, acr=LOA2)

    assert inloggad_som(andra) == 0


@pytest.mark.parametrize(
    "fel",
    [
        "signatur",
        "osignerad",
        "hmac",
        "utgivare",
        "mottagare",
        "ombud",
        "nonce",
        "utan_nonce",
        "gammal",
        "utan_legitimering",
        "igar",
        "langt_amne",
        "userinfo",
    ],
)
def test_an_answer_with_one_thing_wrong_is_not_believed(klient, nina, leverantor, fel):
    svar = leverantor.logga_in(klient, "nina", NINAS, fel=fel)

    nina.refresh_from_db()
    assert svar.status_code == 400
    assert "Inloggningen gick inte att slutföra" in svar.text
    assert (nina.amne, inloggad_som(klient)) == ("", 0)
    assert nekade() == [("ogiltigt_svar", "")]


def test_an_answer_that_names_no_level_has_none(klient, nina, leverantor):
    assert leverantor.logga_in(klient, "nina", NINAS, fel="utan_acr").status_code == 403


def test_the_personnummer_may_stand_in_the_id_token_instead_of_userinfo(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS, fel="i_intyget")

    assert inloggad_som(klient) == nina.pk


def test_a_callback_works_once(klient, nina, leverantor):
    aterkomst = leverantor.legitimera(leverantor.till(klient), "nina", NINAS)
    klient.get(aterkomst)
    klient.post(reverse("account_logout"))

    svar = klient.get(aterkomst)

    assert svar.status_code == 400
    assert inloggad_som(klient) == 0


def test_a_callback_works_only_in_the_browser_that_began(klient, nina, leverantor):
    aterkomst = leverantor.legitimera(leverantor.till(klient), "nina", NINAS)

    svar = (andra := WebClient()).get(aterkomst)

    assert svar.status_code == 400
    assert inloggad_som(andra) == 0


def test_a_code_from_another_session_is_refused(klient, nina, leverantor):
    ninas = leverantor.legitimera(leverantor.till(klient), "nina", NINAS)
    angriparens = leverantor.legitimera(leverantor.till(andra := WebClient()), "angripare", OKANT)

    svar = andra.get(med(angriparens, code=parse_qs(urlsplit(ninas).query)["code"][0]))

    assert svar.status_code == 400
    assert inloggad_som(andra) == 0


def test_a_nonce_that_is_changed_on_the_way_is_refused(klient, nina, leverantor):
    svar = klient.get(leverantor.legitimera(med(leverantor.till(klient), nonce="angriparens"), "nina", NINAS))

    assert svar.status_code == 400
    assert inloggad_som(klient) == 0


def test_an_answer_from_another_issuer_than_was_asked_is_refused(klient, nina, leverantor):
    aterkomst = leverantor.legitimera(leverantor.till(klient), "nina", NINAS)

    assert klient.get(med(aterkomst, iss=leverantor.adresser[1])).status_code == 400


def test_an_answer_that_comes_too_late_is_refused(klient, nina, leverantor, klockan):
    aterkomst = leverantor.legitimera(leverantor.till(klient), "nina", NINAS)

    klockan(time.time() + 11 * 60)

    assert klient.get(aterkomst).status_code == 400


@pytest.mark.parametrize("adress", ["?state=x&code=y", "?code=y", "", "?error=server_error&state=x"])
def test_a_callback_that_nobody_asked_for_is_refused(klient, leverantor, adress):
    assert klient.get(reverse("oidc_svar") + adress).status_code == 400


def test_who_cancels_comes_back_to_the_login_page(klient, leverantor):
    svar = klient.get(leverantor.legitimera(leverantor.till(klient), amne=""), follow=True)

    assert svar.redirect_chain == [(reverse("account_login"), 302)]
    assert "Du avbröt inloggningen." in svar.text


def test_nothing_that_the_issuer_tells_is_kept(klient, nina, leverantor, caplog):
    caplog.set_level(logging.DEBUG)
    leverantor.logga_in(klient, "nina", NINAS)
    leverantor.logga_in(WebClient(), "nagon", OKANT)

    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    sparat = [str(dict(klient.session)), *(f"{rad.objekt} {rad.detaljer}" for rad in Handelse.objects.all())]
    for hemligt in (NINAS, OKANT, NINAS[2:], "nina", "access_token", "id_token"):
        assert not [text for text in sparat if hemligt in text], hemligt
    rader = [rad.getMessage() for rad in caplog.records if "/legitimera/" not in rad.getMessage()]  # the test's own requests
    assert rader
    assert not [rad for rad in rader if NINAS in rad or OKANT in rad]


def test_the_session_gets_a_new_key_and_remembers_when_the_person_legitimated(klient, nina, leverantor):
    adress = leverantor.till(klient)
    fore = klient.session.session_key

    svar = klient.get(leverantor.legitimera(adress, "nina", NINAS))

    assert klient.session.session_key != fore
    svar.wsgi_request.session = klient.session
    (anteckning,) = get_authentication_records(svar.wsgi_request, nina)
    assert (anteckning["method"], anteckning["provider"]) == ("socialaccount", "oidc")
    assert "uid" not in anteckning


def test_an_earlier_legitimation_at_the_issuer_is_not_taken_for_a_new_one(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS, fel="nyss")

    assert inloggad_som(klient) == nina.pk
    assert klient.session["account_authentication_methods"][0]["at"] <= time.time() - 7000


def test_logging_in_as_somebody_else_ends_the_first_session(klient, nina, leverantor):
    nisse = bestalld(NISSES)
    leverantor.logga_in(klient, "nina", NINAS)

    leverantor.logga_in(klient, "nisse", NISSES)

    assert inloggad_som(klient) == nisse.pk
    assert Handelse.objects.filter(typ=Handelse.Typ.UTLOGGAD, anvandare_id=nina.pk).exists()


def test_who_confirms_legitimates_anew_and_gets_a_new_key(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)
    fore = klient.session.session_key
    adress = leverantor.till(klient, bekrafta="1", next="/rapporter/")
    assert parse_qs(urlsplit(adress).query)["prompt"] == ["login"]

    svar = klient.get(leverantor.legitimera(adress, "nina", NINAS))

    assert svar.headers["Location"] == "/rapporter/"
    assert inloggad_som(klient) == nina.pk
    assert klient.session.session_key != fore
    assert [rad.anvandare_id for rad in Handelse.objects.filter(typ=Handelse.Typ.BEKRAFTAD)] == [nina.pk]
    assert klient.session["account_authentication_methods"][-1]["reauthenticated"] is True


def test_only_who_is_logged_in_can_confirm(klient, nina, leverantor):
    bestalld(NISSES)
    leverantor.logga_in(klient, "nina", NINAS)

    svar = leverantor.logga_in(klient, "nisse", NISSES, fraga={"bekrafta": "1"})

    assert svar.status_code == 403
    assert "Du bekräftade som en annan person" in svar.text
    assert inloggad_som(klient) == nina.pk
    assert not Handelse.objects.filter(typ=Handelse.Typ.BEKRAFTAD).exists()


def test_an_earlier_legitimation_confirms_nothing(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS)

    svar = leverantor.logga_in(klient, "nina", NINAS, fraga={"bekrafta": "1"}, fel="nyss")

    assert svar.status_code == 400
    assert not Handelse.objects.filter(typ=Handelse.Typ.BEKRAFTAD).exists()


def test_who_is_not_logged_in_has_nothing_to_confirm_and_logs_in(klient, nina, leverantor):
    leverantor.logga_in(klient, "nina", NINAS, fraga={"bekrafta": "1"})

    assert inloggad_som(klient) == nina.pk


def test_an_issuer_that_does_not_answer_gets_a_page_of_its_own(klient, leverantor, settings):
    settings.OIDC_UTGIVARE = "http://127.0.0.1:1"

    svar = klient.get(reverse("oidc_logga_in"))

    assert svar.status_code == 503
    assert "Inloggningstjänsten svarar inte" in svar.text


def test_an_issuer_that_names_itself_otherwise_is_not_used(klient, leverantor, settings):
    settings.OIDC_UTGIVARE += "/"

    with pytest.raises(ImproperlyConfigured, match="utgivarens egna uppgifter"):
        klient.get(reverse("oidc_logga_in"))


def test_an_issuer_without_tls_is_not_used(klient, leverantor, settings):
    settings.OIDC_UTAN_TLS = False

    with pytest.raises(ImproperlyConfigured, match="https"):
        klient.get(reverse("oidc_logga_in"))


@pytest.mark.parametrize(("adress", "koder"), [("http://e.example", ["sus.E001"]), ("https://e.example", []), ("", [])])
def test_check_says_if_the_issuer_is_reached_without_tls(settings, adress, koder):
    settings.OIDC_UTGIVARE, settings.OIDC_UTAN_TLS = adress, False

    assert [fel.id for fel in kontroller.utgivaren_har_tls(None)] == koder


def test_without_an_issuer_there_is_no_such_login(klient, settings):
    assert klient.get(reverse("oidc_logga_in")).status_code == 404
    assert klient.get(reverse("oidc_svar")).status_code == 404
    assert reverse("oidc_logga_in") not in klient.get(reverse("account_login")).text


def test_the_login_page_offers_the_issuer_and_keeps_where_to_go(klient, leverantor, settings):
    settings.OIDC_NAMN = "SITHS"

    text = klient.get(reverse("account_login"), {"next": "/rapporter/"}).text

    assert "Logga in med SITHS" in text
    assert f"{reverse('oidc_logga_in')}?next=/rapporter/" in text


def test_where_local_accounts_are_not_allowed_no_password_works_and_no_page_asks_for_one(klient, nina, leverantor, settings):
    settings.LOKALA_KONTON = False
    nina.set_password("korv-med-mos-1962")
    nina.save()

    assert 'type="password"' not in klient.get(reverse("account_login")).text
    assert klient.post(reverse("account_login"), {"login": nina.anvandarnamn, "password": "korv-med-mos-1962"}).status_code == 404
    assert not klient.login(username=nina.anvandarnamn, password="korv-med-mos-1962")
    for sida in ("account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"):
        assert klient.get(reverse(sida)).status_code == 404, sida
    leverantor.logga_in(klient, "nina", NINAS)
    assert inloggad_som(klient) == nina.pk
    assert klient.get(reverse("account_change_password")).status_code == 404
