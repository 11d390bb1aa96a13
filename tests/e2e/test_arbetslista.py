"""The work list, the originals, the receipt, anonyma in January and the versions of form 9443, in a browser."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from deltagare.models import AnonymPost, Felregistreringsbegaran, Samtycke
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    DeltagandeFactory,
    InsatsFactory,
    PersonFactory,
    SamtyckeFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def arbetsplats(fonster):
    """A deltagaransvarig's window, and the insats with three who wait."""
    insats = InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Trollhättan, Lilla Edet och Grästorp")
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats)
    for namn, dagar in (("Elsa Testexempel", 20), ("Örjan Provberg", 9), ("Åsa Testlund", 3)):
        deltagande = DeltagandeFactory(insats=insats, person=PersonFactory(namn_klartext=namn), startdatum=date(2011, 3, 1))
        SamtyckeFactory(deltagande=deltagande, datum=timezone.localdate() - timedelta(days=dagar))
    Felregistreringsbegaran.objects.create(deltagande=deltagande, insats=insats, begard_av=AnvandareFactory())
    return fonster(uppdrag.anvandare), insats


def test_originals_are_sent_from_the_work_list(arbetsplats):
    webb, _ = arbetsplats
    sida = webb.oppna("/")
    webb.granska("arbetslista-startsida")
    sida.click("text=samtycken saknar datum för när originalet skickades")
    webb.granska("arbetslista-original")
    assert [rad[2] for rad in webb.tabell("Original som inte")] == ["Elsa Testexempel", "Örjan Provberg", "Åsa Testlund"]

    sida.click("text=Ange samma datum för flera")
    webb.granska("original-tom")
    sida.press("#id_datum", "Enter")
    webb.granska_fel("original-fel", "Kryssa för minst en deltagare.")
    for ruta in sida.locator("tbody .checkbox__label").all()[:2]:
        ruta.click()
    sida.press("#id_datum", "Enter")
    webb.har_kvittot("Datumet är sparat för 2 samtycken.")
    webb.granska("original-sparat")
    assert Samtycke.objects.filter(original_skickat=timezone.localdate()).count() == 2


def test_the_lists_with_and_without_rows(arbetsplats):
    webb, _ = arbetsplats
    for visa in ("ut", "fragor", "kontroll", "felregistrering"):
        webb.oppna(f"{reverse('deltagare:att_gora')}?visa={visa}")
        webb.granska(f"arbetslista-{visa}")


def test_one_person_is_searched_by_personnummer(arbetsplats):
    webb, insats = arbetsplats
    sida = webb.oppna(f"{reverse('deltagare:sok')}?insats={insats.pk}")
    webb.granska("sok-med-personnummer")
    sida.fill("#id_personnummer", "196209019808")
    sida.press("#id_personnummer", "Enter")
    sida.wait_for_selector("text=Ingen deltagare i insatsen har det personnumret.")
    webb.granska("sok-personnummer-ingen")
    sida.fill("#id_personnummer", "1962")
    sida.press("#id_personnummer", "Enter")
    webb.granska_fel("sok-personnummer-fel", "Ange personnummer med 12 siffror.")


def test_the_receipt_is_fetched_from_the_page_of_the_deltagande(arbetsplats):
    webb, _ = arbetsplats
    sida = webb.oppna(reverse("deltagare:detail", args=[Samtycke.objects.first().deltagande_id]))
    webb.granska("deltagare-med-kvitto")
    with sida.expect_download() as hamtning:
        sida.click("text=Kvitto på samtycket till deltagaren")
    assert hamtning.value.suggested_filename == "kvitto-samtycke.pdf"
    sida.click("text=Ändra uppgifter om samtycket")
    webb.granska("samtycke-andra")


def test_anonyma_with_their_journal(arbetsplats):
    webb, insats = arbetsplats
    ar = timezone.localdate().year
    AnonymPost.objects.create(insats=insats, ar=ar - 1, kon=1, slag="anonym", antal=3)
    sida = webb.oppna(f"{reverse('deltagare:anonyma')}?insats={insats.pk}&ar={ar}")
    sida.fill("#id_kvinnor", "2")
    sida.click("text=Lägg till >> nth=-1")
    webb.har_kvittot("Antalet anonyma deltagare är ändrat.")
    webb.granska("anonyma-journal")
    assert [rad[2:] for rad in webb.tabell("Senaste ändringar")] == [[str(ar), "Kvinna", "+2"], [str(ar - 1), "Kvinna", "+3"]]


def test_a_version_of_the_form_is_added_and_removed(fonster):
    webb = fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare)
    sida = webb.oppna(reverse("register:samtyckestexter"))
    webb.granska("samtyckestexter")
    sida.click("text=Lägg till samtyckestext")
    webb.granska("samtyckestext-ny")
    sida.fill("#id_namn", "9443 utgåva 2")
    sida.fill("#id_text", "Samtycke till att uppgifter om dig registreras i SUS.\n\n" + "Det är frivilligt. " * 10)
    sida.fill("#id_giltig_fran", "2010-01-01")
    sida.press("#id_giltig_fran", "Enter")
    webb.granska_fel("samtyckestext-fel", "Första dagen måste vara i morgon eller senare")
    sida.fill("#id_giltig_fran", str(timezone.localdate() + timedelta(days=30)))
    sida.press("#id_giltig_fran", "Enter")
    webb.har_kvittot("Samtyckestexten är tillagd.")
    webb.granska("samtyckestext")
    sida.click("text=Ta bort")
    webb.granska("samtyckestext-ta-bort")
    sida.click("button:has-text('Ta bort texten') >> visible=true")
    webb.har_kvittot("Samtyckestexten är borttagen.")
    sida.click("text=9443 platshållare 1")
    webb.granska("samtyckestext-platshallare")
