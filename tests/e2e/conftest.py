"""A real browser (Debian's Chromium) against a real server: keyboard, screenshots, axe-core."""

import os
import re
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import WebClient
from tests.e2e.hand import Hand

pytest.register_assert_rewrite("tests.e2e.vandring")
ROT = Path(__file__).resolve().parent.parent.parent
AXE = ROT / "node_modules" / "axe-core" / "axe.min.js"
ALLT = bool(os.environ.get("SUS_ALLT"))
BILDER = Path(os.environ.get("SUS_BILDER") or ROT / ".sus" / "bilder")
TAR_BILDER = ALLT or "SUS_BILDER" in os.environ
CHROMIUM = which("chromium-headless-shell") or which("chromium")  # the first is the same without windows, and half the work
VAXLAR = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BRED, SMAL = {"width": 1280, "height": 900}, {"width": 320, "height": 700}

# Every colour is the one that it was changing to, as under the mouse.
FARDIGA_FARGER = "document.getAnimations().filter(rorelse => rorelse instanceof CSSTransition).forEach(rorelse => rorelse.finish())"

KOR_AXE = """([regler, inom]) =>
  axe.run(inom || document, {runOnly: regler, preload: false, resultTypes: ["violations"]})"""

# A table is found by what labels it; the cells of one part of it, without what only a screen reader reads.
CELLER = """([rubrik, del]) => {
  const text = nod => nod.innerText.replaceAll("\\u00ad", "").replace(/\\s+/g, " ").trim();
  const tabell = [...document.querySelectorAll("table")].find(tabell => {
    const etikett = tabell.caption || document.getElementById(tabell.getAttribute("aria-labelledby"));
    return etikett && text(etikett).startsWith(rubrik);
  });
  return tabell && [...tabell.querySelectorAll(del + " tr")].map(rad => [...rad.cells].map(text));
}"""

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the test's thread


@pytest.fixture(scope="session")
def webblasare():
    with sync_playwright() as spelare:
        chromium = spelare.chromium.launch(executable_path=CHROMIUM, args=VAXLAR)
        yield chromium
        chromium.close()


class Fonster:
    """One person's browser window. Every console error and every failed page is a failed test.

    The browser itself reports an answer that is an error: a test says with `vantar_sig` which one it expects.
    """

    def __init__(self, webblasare, adress, **kwargs):
        self.sammanhang = webblasare.new_context(base_url=adress, viewport=BRED, locale="sv-SE", **kwargs)
        self.sida = self.sammanhang.new_page()
        self.hand = Hand(self.sida)
        self.farger = kwargs.get("color_scheme", "light")
        self.fel: list[str] = []
        self.vantade = {"status of 409"}
        self.sida.on("console", self._konsol)
        self.sida.on("pageerror", lambda fel: self.fel.append(str(fel)))

    def _konsol(self, rad):
        if rad.type == "error" and not any(svar in rad.text for svar in self.vantade):
            self.fel.append(rad.text)

    def vantar_sig(self, *statusar):
        self.vantade |= {f"status of {status}" for status in statusar}

    def oppna(self, adress):
        svar = self.sida.goto(adress)
        assert svar.status < 400, f"{adress}: {svar.status}"
        return self.sida

    def framme(self):
        """The whole page is there: a click returns when the new page has only begun."""
        self.sida.wait_for_load_state()

    def granska(self, namn):
        """axe finds nothing, and the page never scrolls sideways at either width.

        The ordinary run asks axe once per page and state. A run with --allt asks at both widths and in the dark, and keeps pictures; with
        SUS_BILDER set, if only to nothing, pictures are kept in any run.
        """
        self.framme()
        for vidd, matt in (("320", SMAL), ("1280", BRED)):
            self.sida.set_viewport_size(matt)
            bredare = self.sida.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert bredare <= 0, f"{namn} {vidd}: sidan är {bredare} px för bred"
            if ALLT or matt == BRED:
                assert self.axe() == [], f"{namn} {vidd}"
            if TAR_BILDER:
                BILDER.mkdir(parents=True, exist_ok=True)
                self.sida.screenshot(path=BILDER / f"{namn}-{vidd}.png", full_page=True)
        if ALLT:
            self.sida.emulate_media(color_scheme="dark")
            assert self.axe() == [], f"{namn} i mörkt läge"
            self.sida.emulate_media(color_scheme=self.farger)
        assert self.fel == [], namn

    def axe(self, regler=REGLER, inom=None):
        """What axe finds on the page, or only in one element, by these rules or kinds of rules."""
        if not self.sida.evaluate("'axe' in window"):
            self.sida.evaluate(AXE.read_text(encoding="utf-8"))
        self.sida.evaluate(FARDIGA_FARGER)
        svar = self.sida.evaluate(KOR_AXE, [regler, inom])
        return [f"{fel['id']}: {nod['html'][:200]} {nod['any'][:1]}" for fel in svar["violations"] for nod in fel["nodes"]]

    def granska_fel(self, namn, *meningar):
        """The error summary says the sentences and has focus, the title begins with Fel:, and axe finds nothing."""
        expect(self.sida, namn).to_have_title(re.compile("^Fel: "))
        self.framme()
        summering = self.sida.locator("[aria-labelledby=felrubrik]")
        assert summering.count(), f"{namn}: {self.sida.inner_text('main')}"
        for mening in meningar:
            assert mening in summering.inner_text(), f"{namn}: {summering.inner_text()}"
        assert summering.evaluate("nod => nod === document.activeElement"), f"{namn}: sammanfattningen har inte fokus"
        self.granska(namn)

    def har_kvittot(self, mening):
        """The message of what has just been saved begins so."""
        meddelande = self.sida.locator(".message-box--success-short")
        expect(meddelande, mening).to_be_attached()
        text = meddelande.inner_text().strip().removeprefix("Klart:").strip()
        assert text.startswith(mening), text

    def tabell(self, rubrik, del_="tbody"):
        """The cells of the table with the caption or heading, row by row, with ordinary spaces."""
        self.framme()
        rader = self.sida.evaluate(CELLER, [rubrik, del_])
        assert rader is not None, f"{rubrik} finns inte på {self.sida.url}: {self.sida.inner_text('main')[:500]}"
        return rader

    def tangenter(self, *tangenter):
        for tangent in tangenter:
            self.sida.keyboard.press(tangent)

    def skriv(self, text):
        self.sida.keyboard.type(text)

    def stang(self):
        self.sammanhang.close()


@pytest.fixture
def fonster(webblasare, live_server, settings):
    """fonster(anvandare=None, **context options) → a Fonster, logged in as the user."""
    oppnade = []

    def _fonster(anvandare=None, **kwargs):
        nytt = Fonster(webblasare, live_server.url.replace("127.0.0.1", "localhost"), **kwargs)
        if anvandare:
            nytt.sammanhang.add_cookies(inloggningskakor(anvandare, settings, nytt.sammanhang))
        oppnade.append(nytt)
        return nytt

    yield _fonster
    for nytt in oppnade:
        nytt.stang()


def inloggningskakor(anvandare, settings, sammanhang):
    client = WebClient()
    client.force_login(anvandare)
    return [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "domain": "localhost",
            "path": "/",
        }
    ]
