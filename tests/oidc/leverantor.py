"""A real OpenID Connect issuer on this machine (leverantor.mjs), and the person who legitimates there."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from sus.core.personnummer import tolka
from tests.factories import AnvandareFactory, BehorighetFactory

SKRIPT = Path(__file__).with_name("leverantor.mjs")
LOA2, LOA3, LOA4 = (f"http://id.elegnamnden.se/loa/1.0/loa{niva}" for niva in (2, 3, 4))


def bestalld(personnummer, **kwargs):
    """A user whom somebody has ordered and issued; nobody has logged in as the user yet."""
    anvandare = AnvandareFactory(**kwargs)
    anvandare.satt_personnummer(tolka(personnummer, idag=timezone.localdate()))
    anvandare.save()
    BehorighetFactory(anvandare=anvandare, roll=Roll.RAPPORT)
    return anvandare


def med(adress, **andrat):
    """The address with parameters of its query changed; None takes one away."""
    delar = urlsplit(adress)
    fraga = {namn: varden[0] for namn, varden in parse_qs(delar.query).items()} | andrat
    return urlunsplit(delar._replace(query=urlencode({namn: varde for namn, varde in fraga.items() if varde is not None})))


@pytest.fixture(scope="session")
def _utgivare():
    """The addresses of two issuers. The process ends with ours, because its standard input does."""
    with (
        tempfile.TemporaryFile("w+") as fel,
        subprocess.Popen(["node", SKRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=fel, text=True) as process,
    ):
        adresser = [process.stdout.readline().strip() for _ in range(2)]
        if not all(adresser):
            fel.seek(0)
            pytest.fail(f"Utgivaren startade inte: {fel.read()}")
        yield adresser
        process.stdin.close()


@dataclass
class Leverantor:
    """What a person does with a browser, without one."""

    settings: object
    adresser: list[str]

    def anvand(self, nr):
        """Let SUS trust the issuer with the number, and no other."""
        self.settings.OIDC_UTGIVARE = self.adresser[nr]
        self.settings.OIDC_KLIENT = "sus"
        self.settings.OIDC_HEMLIGHET = "hemligheten-i-testerna"

    def till(self, klient, **fraga):
        """SUS sends the browser to this address of the issuer's."""
        return klient.get(reverse("oidc_logga_in"), fraga).headers["Location"]

    def legitimera(self, adress, amne, personnummer="", acr=LOA3, fel=""):
        """The issuer sends the browser back to this address of SUS's."""
        person = urlencode({"amne": amne, "personnummer": personnummer, "acr": acr, "fel": fel})
        session = requests.Session()
        while urlsplit(adress).path != reverse("oidc_svar"):
            with session.get(adress, allow_redirects=False) as svar:
                assert svar.is_redirect, svar.text
                adress = urljoin(adress, svar.headers["Location"])
            if urlsplit(adress).path.startswith("/legitimera/"):
                adress += f"?{person}"
        return f"{reverse('oidc_svar')}?{urlsplit(adress).query}"

    def logga_in(self, klient, amne, personnummer="", fraga=None, **kwargs):
        """The whole round trip; SUS's answer."""
        return klient.get(self.legitimera(self.till(klient, **fraga or {}), amne, personnummer, **kwargs))


@pytest.fixture
def leverantor(_utgivare, settings):
    ny = Leverantor(settings, _utgivare)
    ny.anvand(0)
    return ny
