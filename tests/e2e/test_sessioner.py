"""Logins in a real browser: the warning before the end, the form that is kept, the second factor, the renewed proof."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from behorigheter.models import Session
from behorigheter.roller import Roll
from organisations.models import Samverkansorganisation
from tests.conftest import WebClient, med_riktiga_transaktioner
from tests.factories import BehorighetFactory, SamverkansorganisationFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
LOSENORD = "grön-kastanj-vid-slussen"


@pytest.fixture
def birgitta():
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=SamverkansorganisationFactory()).anvandare
    anvandare.set_password(LOSENORD)
    anvandare.save()
    return anvandare


def formular():
    return reverse("organisations:update", args=[Samverkansorganisation.objects.get().pk])


def logga_in(webb, anvandare):
    webb.hand.fyll("Användarnamn", anvandare.anvandarnamn)
    webb.hand.fyll("Lösenord", LOSENORD)
    webb.hand.enter()


def koden(hemlighet, forskjutning=0):
    """The code of this half minute; near its end that of the next, so that it still holds when it has been typed."""
    kvar = 30 - time.time() % 30
    if kvar < 10:
        time.sleep(kvar)
    return format_hotp_value(hotp_value(hemlighet.replace(" ", ""), int(time.time()) // 30 + forskjutning))


def test_two_minutes_before_the_end_the_page_warns_and_the_user_stays(fonster, birgitta):
    webb = fonster(birgitta)
    webb.sida.clock.install(time=timezone.now())
    sida = webb.oppna(formular())
    webb.hand.fyll("Namn", "Nya namnet")
    Session.objects.update(senast=F("senast") - timedelta(minutes=28))

    sida.clock.run_for(28 * 60 * 1000)
    dialog = sida.get_by_role("dialog", name="Du loggas snart ut")
    assert dialog.is_visible()
    assert re.search(r"loggas ut om (2 minuter|\d+ sekunder)", dialog.inner_text())
    assert webb.hand.fokus()["namn"] == "Fortsätt vara inloggad"
    webb.granska("utloggning-varning")
    with sida.expect_response("**/konto/fortsatt/"):
        sida.keyboard.press("Enter")
    sida.clock.run_for(5 * 60 * 1000)

    assert not dialog.is_visible()
    assert Session.objects.get().senast > timezone.now() - timedelta(minutes=1)
    expect(sida.locator("[name=kontakt_namn]")).to_have_value("Nya namnet")


def test_when_the_login_has_ended_the_page_says_so_and_what_was_typed_is_saved_after_a_new_login(fonster, birgitta, settings):
    settings.KRAV_PA_ANDRA_FAKTOR = False
    webb = fonster(birgitta)
    webb.vantar_sig(403)
    webb.sida.clock.install(time=timezone.now())
    sida = webb.oppna(formular())
    webb.hand.fyll("Namn", "Nya namnet")
    sida.clock.run_for(31 * 60 * 1000)
    Session.objects.update(senast=F("senast") - timedelta(minutes=31))
    assert "Du är utloggad" in sida.get_by_role("dialog").inner_text()
    webb.granska("utloggning-slut")
    sida.get_by_role("button", name="Stäng").click()

    sida.get_by_role("button", name="Spara", exact=True).last.click()
    expect(sida.locator("h1")).to_have_text("Du är utloggad", use_inner_text=True)
    webb.granska("utloggad-i-formularet")
    with webb.sammanhang.expect_page() as flik:
        sida.get_by_role("link", name="Logga in (öppnas i en ny flik)").click()
    ny = flik.value
    ny.get_by_label("Användarnamn").fill(birgitta.anvandarnamn)
    ny.get_by_label("Lösenord").fill(LOSENORD)
    ny.get_by_role("button", name="Logga in").click()
    ny.wait_for_url("**/konto/klart/")
    assert Samverkansorganisation.objects.filter(kontakt_namn="Nya namnet").count() == 0

    sida.get_by_role("button", name="Skicka igen").click()
    expect(sida.locator("h1")).to_have_text("Skicka uppgifterna igen", use_inner_text=True)
    webb.granska("skicka-igen")
    sida.get_by_role("button", name="Skicka igen").click()

    webb.har_kvittot("")
    assert Samverkansorganisation.objects.filter(kontakt_namn="Nya namnet").count() == 1


def test_the_first_login_adds_an_app_and_the_second_asks_for_its_code(fonster, birgitta):
    webb = fonster()
    sida = webb.oppna("/")
    logga_in(webb, birgitta)
    expect(sida.locator("h1")).to_have_text("Andra faktor", use_inner_text=True)
    webb.granska("andra-faktor-saknas")
    webb.hand.tryck("Lägg till en app")
    assert sida.locator("img.sus-qr").evaluate("bild => bild.complete && bild.naturalWidth > 0")
    webb.granska("andra-faktor-app")
    hemlighet = sida.inner_text("code.sus-nyckel")
    webb.hand.fyll("Kod som appen visar", "12")
    webb.hand.enter()
    webb.granska_fel("andra-faktor-app-fel", "Det stämmer inte. Försök igen.")
    webb.hand.fyll("Kod som appen visar", koden(hemlighet, -1))
    webb.hand.enter()
    expect(sida.locator("h1")).to_have_text("Reservkoder", use_inner_text=True)
    webb.granska("reservkoder")
    webb.hand.tryck("Jag har sparat koderna")
    expect(sida.locator("h1")).to_have_text("Startsida", use_inner_text=True)
    webb.hand.tryck("Logga ut")

    logga_in(webb, birgitta)
    webb.granska("andra-faktor-kod")
    webb.hand.fyll("Kod", koden(hemlighet))
    webb.hand.enter()

    expect(sida.locator("h1")).to_have_text("Startsida", use_inner_text=True)
    webb.oppna(reverse("mfa_index"))
    webb.granska("andra-faktor")
    for namn, bild in [
        ("mfa_deactivate_totp", "andra-faktor-ta-bort"),
        ("mfa_generate_recovery_codes", "reservkoder-nya"),
        ("mfa_view_recovery_codes", "reservkoder-visade"),
    ]:
        webb.oppna(reverse(namn))
        webb.granska(bild)


def test_a_security_key_is_added_and_logs_in(fonster, birgitta):
    webb = fonster()
    cdp = webb.sammanhang.new_cdp_session(webb.sida)
    cdp.send("WebAuthn.enable")
    nyckel = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": nyckel | {"automaticPresenceSimulation": True}})
    sida = webb.oppna("/")
    logga_in(webb, birgitta)
    webb.hand.tryck("Lägg till en säkerhetsnyckel")
    webb.granska("andra-faktor-nyckel")
    webb.hand.tryck("Lägg till nyckeln")
    expect(sida.locator("h1")).to_have_text("Reservkoder", use_inner_text=True)
    webb.hand.tryck("Logga ut")

    logga_in(webb, birgitta)
    webb.hand.tryck("Använd säkerhetsnyckel")

    expect(sida.locator("h1")).to_have_text("Startsida", use_inner_text=True)
    Session.objects.update(skapad=F("skapad") - timedelta(hours=1))
    webb.oppna(reverse("mfa_index"))
    webb.granska("andra-faktor-med-nyckel")


def test_without_the_key_the_page_says_so_and_nothing_is_lost(fonster, birgitta):
    webb = fonster(birgitta)
    cdp = webb.sammanhang.new_cdp_session(webb.sida)
    cdp.send("WebAuthn.enable")
    sida = webb.oppna(reverse("mfa_add_webauthn"))
    sida.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")

    sida.get_by_role("button", name="Lägg till nyckeln").click()

    expect(sida.get_by_role("alert")).to_have_text(re.compile("^Säkerhetsnyckeln svarade inte[.]"), use_inner_text=True)
    webb.granska("andra-faktor-nyckel-fel")


def test_changed_rights_ask_who_it_is_and_lead_on(fonster, birgitta):
    organisation = Samverkansorganisation.objects.get()
    webb = fonster(birgitta)
    Session.objects.update(skapad=F("skapad") - timedelta(minutes=20))

    sida = webb.oppna(reverse("organisations:uppdrag_ge", args=[organisation.pk, Roll.INSATSANSVARIG]))
    expect(sida.locator("h1")).to_have_text("Bekräfta att det är du", use_inner_text=True)
    webb.granska("bekrafta")
    webb.hand.fyll("Lösenord", "fel")
    webb.hand.enter()
    webb.granska_fel("bekrafta-fel", "Lösenordet stämmer inte.")
    webb.hand.fyll("Lösenord", LOSENORD)
    webb.hand.enter()

    expect(sida.locator("h1")).to_have_text("Ge uppdrag som insatsansvarig", use_inner_text=True)


def test_a_form_sent_too_late_waits_for_the_proof_in_another_tab(fonster, birgitta):
    vald = BehorighetFactory(roll=Roll.INSATSANSVARIG).anvandare
    organisation = Samverkansorganisation.objects.get()
    webb = fonster(birgitta)
    webb.vantar_sig(403)
    sida = webb.oppna(f"{reverse('organisations:uppdrag_ge', args=[organisation.pk, Roll.INSATSANSVARIG])}?efternamn=*")
    webb.hand.kryssa(str(vald))
    Session.objects.update(skapad=F("skapad") - timedelta(minutes=20))

    sida.get_by_role("button", name="Ge uppdrag").last.click()
    webb.granska("bekrafta-i-formularet")
    with webb.sammanhang.expect_page() as flik:
        sida.get_by_role("link", name="Bekräfta att det är du (öppnas i en ny flik)").click()
    flik.value.get_by_label("Lösenord").fill(LOSENORD)
    flik.value.get_by_role("button", name="Bekräfta med lösenord").click()
    flik.value.wait_for_url("**/konto/klart/")
    sida.get_by_role("button", name="Skicka igen").click()

    webb.har_kvittot("Uppdraget")
    assert organisation.uppdrag.filter(anvandare=vald).count() == 1


def test_ones_own_logins(fonster, birgitta):
    WebClient().force_login(birgitta)
    webb = fonster(birgitta)
    sida = webb.oppna(reverse("konto"))
    webb.granska("konto")
    webb.hand.tryck("Mina inloggningar")
    webb.granska("inloggningar")

    webb.hand.tryck("Avsluta inloggningen")

    webb.har_kvittot("Inloggningen är avslutad.")
    assert Session.objects.filter(anvandare=birgitta).count() == 1
    assert sida.get_by_role("button", name="Avsluta alla andra").count() == 0
