"""Every page opens for a deltagaransvarig and says what it should."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from deltagare.models import Deltagande
from tests.deltagare.conftest import utregistrering


def test_registering_in_leads_to_the_page_of_the_deltagande(registrera, klient_da):
    svar = registrera()

    deltagande = Deltagande.objects.get()
    assert svar.headers["Location"] == f"/deltagande/{deltagande.pk}/"
    sida = klient_da.get(svar.headers["Location"]).content.decode()
    assert "Alma Testsson" in sida
    assert "19620901-****" in sida
    assert "196209019808" not in sida
    assert "Registrera nästa deltagare" in sida


def test_the_day_somebody_is_registered_the_next_one_comes_first_and_later_the_end(registrera, klient_da):
    adress = registrera().headers["Location"]

    def knappar():
        return re.findall(r'<a class="button button--(\w+)[^>]*>(Registrera [^<]*)', klient_da.get(adress).text)

    assert knappar() == [("primary", "Registrera nästa deltagare"), ("secondary", "Registrera ut")]
    Deltagande.objects.update(inregistrerad=timezone.now() - timedelta(days=1))
    assert knappar() == [("primary", "Registrera ut"), ("secondary", "Registrera nästa deltagare")]


def test_pages_open(klient_da, deltagande, insats, skicka):
    for vy in ("detail", "ut", "ratta", "samtycke", "ateroppna"):
        assert klient_da.get(reverse(f"deltagare:{vy}", args=[deltagande.pk])).status_code == 200, vy
    for vy in ("registrera", "sok", "anonyma"):
        assert klient_da.get(f"{reverse(f'deltagare:{vy}')}?insats={insats.pk}").status_code == 200, vy
    svar = skicka("ut", deltagande, **utregistrering())
    assert svar.status_code == 302, svar.context["form"].errors
    for vy in ("detail", "ratta", "ateroppna"):
        assert klient_da.get(reverse(f"deltagare:{vy}", args=[deltagande.pk])).status_code == 200, vy
