"""Login through a real issuer in a real browser: both ends of the round trip, and what is refused on the way."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from behorigheter.models import Handelse
from tests.conftest import med_riktiga_transaktioner
from tests.factories.personnummer import provpersonnummer
from tests.oidc.leverantor import LOA2, bestalld, med

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

NINAS, OKANT = provpersonnummer(500), provpersonnummer(502)


@pytest.fixture
def nina(leverantor):
    return bestalld(NINAS, fornamn="Nina", efternamn="Nordprov")


def legitimera(webb, **person):
    """On the issuer's page."""
    for falt, varde in person.items():
        webb.sida.get_by_label(falt, exact=True).fill(varde)
    with webb.sida.expect_navigation(url=lambda adress: "/legitimera/" not in adress):
        webb.sida.get_by_role("button", name="Legitimera").click()


def logga_in(webb, fran="/", **person):
    webb.sida.goto(fran)
    webb.hand.tryck("Logga in med e-legitimation")
    legitimera(webb, **person)
    return webb.sida


def ar_inloggad(webb):
    return webb.sammanhang.request.get("/", max_redirects=0).status == 200


def ar_nekad(webb, rubrik):
    assert webb.sida.locator("h1").inner_text() == rubrik
    assert not ar_inloggad(webb)


def utgivarens_adress(webb):
    """Where SUS sends this browser, without going there."""
    return webb.sammanhang.request.get(reverse("oidc_logga_in"), max_redirects=0).headers["location"]


def test_the_login_page_offers_the_issuer_first(fonster, nina):
    webb = fonster()
    webb.oppna(reverse("account_login"))

    webb.granska("logga-in-oidc")
    webb.sida.get_by_text("Logga in med lokalt konto").click()
    webb.granska("logga-in-oidc-lokalt")


def test_the_first_login_binds_and_the_second_needs_no_personnummer(fonster, nina):
    forsta = fonster()
    logga_in(forsta, fran="/rapporter/", amne="nina", personnummer=NINAS)
    assert forsta.sida.url.endswith("/rapporter/")

    andra = fonster()
    logga_in(andra, amne="nina")

    assert "Nina" in andra.sida.locator("main").inner_text()
    assert Handelse.objects.filter(typ=Handelse.Typ.INLOGGNING_BUNDEN).count() == 1
    assert forsta.fel == andra.fel == []


def test_it_works_without_javascript(fonster, nina):
    webb = fonster(java_script_enabled=False)
    logga_in(webb, amne="nina", personnummer=NINAS)

    assert ar_inloggad(webb)


@pytest.mark.parametrize(
    ("person", "rubrik", "namn"),
    [
        ({"amne": "nina", "personnummer": NINAS, "acr": LOA2}, "Din inloggning har för låg tillitsnivå", "oidc-lag-niva"),
        ({"amne": "okand", "personnummer": OKANT}, "Du saknar behörighet till SUS", "oidc-okand"),
        ({"amne": "nina", "personnummer": NINAS, "fel": "nonce"}, "Inloggningen gick inte att slutföra", "oidc-ogiltigt"),
    ],
)
def test_who_may_not_come_in_is_told_what_to_do(fonster, nina, person, rubrik, namn):
    webb = fonster()
    webb.vantar_sig(400, 403)
    logga_in(webb, **person)

    ar_nekad(webb, rubrik)
    webb.granska(namn)


def test_a_callback_that_is_replayed_is_refused(fonster, nina):
    webb = fonster()
    aterkomster = []
    webb.sida.on("request", lambda fraga: aterkomster.append(fraga.url) if "/svar/?" in fraga.url else None)
    logga_in(webb, amne="nina", personnummer=NINAS)
    assert ar_inloggad(webb)
    webb.sammanhang.clear_cookies(name="sus")

    webb.sida.goto(aterkomster[0])
    ar_nekad(webb, "Inloggningen gick inte att slutföra")


def test_going_back_in_the_same_browser_neither_logs_out_nor_logs_in_anew(fonster, nina):
    webb = fonster()
    aterkomster = []
    webb.sida.on("request", lambda fraga: aterkomster.append(fraga.url) if "/svar/?" in fraga.url else None)
    logga_in(webb, amne="nina", personnummer=NINAS)

    webb.sida.goto(aterkomster[0])

    assert webb.sida.locator("h1").inner_text() == "Inloggningen gick inte att slutföra"
    assert ar_inloggad(webb)
    assert Handelse.objects.filter(typ=Handelse.Typ.INLOGGAD).count() == 1


def test_a_nonce_that_is_tampered_with_is_refused(fonster, nina):
    webb = fonster()
    webb.sida.goto(med(utgivarens_adress(webb), nonce="angriparens"))
    legitimera(webb, amne="nina", personnummer=NINAS)

    ar_nekad(webb, "Inloggningen gick inte att slutföra")


def test_a_callback_or_a_code_from_another_session_is_refused(fonster, nina, leverantor):
    ninas = leverantor.legitimera(utgivarens_adress(fonster()), "nina", NINAS)
    angripare = fonster()

    angripare.sida.goto(ninas)
    ar_nekad(angripare, "Inloggningen gick inte att slutföra")

    angriparens = leverantor.legitimera(utgivarens_adress(angripare), "angripare", OKANT)
    angripare.sida.goto(med(angriparens, code=parse_qs(urlsplit(ninas).query)["code"][0]))
    ar_nekad(angripare, "Inloggningen gick inte att slutföra")


def test_who_confirms_goes_to_the_issuer_and_comes_back(fonster, nina):
    webb = fonster()
    logga_in(webb, amne="nina", personnummer=NINAS)

    webb.sida.goto(f"{reverse('oidc_logga_in')}?bekrafta=1&next=/rapporter/")
    legitimera(webb, amne="nina")

    assert webb.sida.url.endswith("/rapporter/")
    assert Handelse.objects.filter(typ=Handelse.Typ.BEKRAFTAD, anvandare_id=nina.pk).count() == 1
