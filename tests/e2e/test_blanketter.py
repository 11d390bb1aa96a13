"""Forms to print, the consent text in other languages and the results on the start page, in a browser."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from deltagare.koder import Arbetstyp
from deltagare.models import Samtyckestext
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, MattillfalleFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
ARABISKA = (
    "الموافقة على تسجيل بياناتك في نظام SUS.\n\n"
    + "المشاركة طوعية ويمكنك سحب موافقتك في أي وقت. تسجل بيانات مثل رقمك الشخصي واسمك وبلديتك. " * 3
)


def test_a_translation_is_entered_read_on_the_screen_and_printed(fonster):
    webb = fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR).anvandare)
    sida = webb.oppna(Samtyckestext.objects.get().get_absolute_url())
    sida.click("text=Lägg till översättning")
    webb.granska("oversattning-ny")
    sida.press("#id_text", "Tab")
    sida.click("form button.button--primary")
    webb.granska_fel("oversattning-fel", "Välj språk.", "Fyll i översättning.")
    sida.select_option("#id_sprak", "ar")
    sida.fill("#id_text", ARABISKA)
    sida.click("form button.button--primary")
    webb.har_kvittot("Översättningen är tillagd.")
    sida.click("summary:has-text('Arabiska')")
    webb.granska("oversattning-tillagd")

    deltagaren = fonster()
    sida = deltagaren.oppna(reverse("start:blanketter"))
    sida.click("summary:has-text('ett annat språk')")
    deltagaren.granska("blanketter")
    sida.click("a:has-text('läs på skärmen')")
    deltagaren.granska("samtycke-arabiska")
    assert sida.locator("div[lang=ar]").evaluate("ruta => getComputedStyle(ruta).direction") == "rtl"
    with sida.expect_download() as hamtning:
        sida.click("text=Blankett 9443 med texten på arabiska (pdf)")
    assert hamtning.value.suggested_filename == "blankett-9443-ar.pdf"


def test_who_registers_finds_the_forms_where_they_are_used_and_the_results_on_the_start_page(fonster):
    insats = InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Trollhättan, Lilla Edet och Grästorp")
    i_ar = timezone.localdate().replace(month=1, day=1)
    for procent in (50, None, 100):
        slut = DeltagandeFactory(insats=insats, startdatum=date(2011, 3, 1), avslutat=True, slutdatum=i_ar, matningar=False)
        MattillfalleFactory(deltagande=slut, typ="in")
        MattillfalleFactory(deltagande=slut, typ="ut", arbete_procent=procent, arbetstyp=procent and Arbetstyp.EJ_SUBVENTIONERAT)
    deltagande = SamtyckeFactory(deltagande__insats=insats).deltagande
    webb = fonster(UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare)

    sida = webb.oppna("/")
    webb.granska("startsida-resultat")
    if timezone.localdate().month > 1:  # in January the year before is shown
        assert [rad[1:4] for rad in webb.tabell("Resultat i mina insatser")] == [["3", "0", "2"]]

    for adress, lank, fil in (
        (f"{reverse('deltagare:registrera')}?insats={insats.pk}", "Blankett 9448 (pdf)", "blankett-9448.pdf"),
        (reverse("deltagare:ut", args=[deltagande.pk]), "Blankett 9449 (pdf)", "blankett-9449.pdf"),
        (deltagande.get_absolute_url(), "Blankett 9448 med uppgifterna (pdf)", "blankett-9448.pdf"),
    ):
        sida = webb.oppna(adress)
        with sida.expect_download() as hamtning:
            sida.click(f"text={lank}")
        assert hamtning.value.suggested_filename == fil
    webb.granska("deltagare-blanketter")
