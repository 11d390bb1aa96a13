"""Kompletterande frågor in a browser: answered at inregistrering, completed later, at the end; the history; with and without JavaScript."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from deltagare.models import Deltagande, Svar
from tests.conftest import med_riktiga_transaktioner
from tests.factories import DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory, PersonFactory, SamtyckeFactory, UppdragFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Provbygden")


@pytest.fixture
def anvandare(insats):
    return UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare


@pytest.fixture
def fragor(insats):
    """One question of each kind: obligatorisk, of several answers, and ja/nej only until 2011."""

    def fraga(**falt):
        return KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, **falt)

    lararen = ["Deltagaren själv", "Handläggare på Försäkringskassan", "Arbetsförmedlingen", "Socialtjänsten i kommunen"]
    return [
        fraga(namn="Initiativ", fragetext="Vem tog initiativ till insatsen?", alternativ=lararen, obligatorisk=True),
        fraga(
            namn="Kanaler",
            fragetext="Hur fick deltagaren veta att insatsen finns?",
            hjalptext="Flera svar går bra.",
            slag="flera",
            alternativ=["Broschyr", "Webbplats", "En bekant"],
            mattillfalle="bada",
        ),
        fraga(
            namn="Samordnare",
            fragetext="Har deltagaren en samordnare?",
            slag="ja_nej",
            hjalptext="En person som håller ihop alla kontakter med myndigheterna.",
            alternativ=["Ja", "Nej"],
            till=date(2011, 12, 31),
        ),
    ]


def valj(sida, fraga, text):
    grupp = sida.get_by_role("group", name=fraga)
    grupp.get_by_label(text, exact=True).press("Space")


def spara(sida):
    with sida.expect_navigation():
        sida.keyboard.press("Control+s")


def fyll_i(sida):
    """Registrera deltagare but for the questions; by clicks that work without JavaScript too."""
    sida.get_by_label("Deltagaren har skrivit under samtycket").press("Space")
    sida.fill("#id_samtycke_datum", "2011-11-30")
    sida.fill("#id_personnummer", "196209019808")
    sida.fill("#id_startdatum", "2011-12-05")
    sida.select_option("#id_utbildning", "gymnasium")
    sida.select_option("#id_tid_forsorjning", "3")
    for etikett in ("id_forsorjning_fore_0", "id_af_fore_1", "id_arbetar_fore_1", "id_studerar_fore_1"):
        sida.click(f"label[for={etikett}]")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "utan-js"])
def test_a_registration_with_questions_that_the_startday_adds_to(fonster, anvandare, insats, fragor, javascript):
    webb = fonster(anvandare, java_script_enabled=javascript)
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    assert sida.get_by_text("Vem tog initiativ till insatsen?").is_visible()
    assert not sida.get_by_text("Har deltagaren en samordnare?").count()
    fyll_i(sida)
    sida.click(".button--primary[name=spara]")
    if javascript:
        webb.granska_fel("svar-saknas", "Svara på frågan ”Vem tog initiativ till insatsen?”. Välj ett alternativ.")
    expect(sida.locator("main")).to_contain_text("På startdagen ställs också frågan ”Har deltagaren en samordnare?”.", use_inner_text=True)
    assert sida.input_value("#id_personnummer").replace("-", "").endswith("196209019808"[-8:])
    expect(sida.locator("#id_arbetar_fore_1")).to_be_checked()

    valj(sida, "Vem tog initiativ till insatsen?", "Socialtjänsten i kommunen")
    valj(sida, "Hur fick deltagaren veta", "Broschyr")
    valj(sida, "Hur fick deltagaren veta", "En bekant")
    sida.click(".button--primary[name=spara]")
    webb.har_kvittot("Deltagaren är registrerad.")

    svar = Svar.objects.values_list("fraga__namn", "alternativ__text").order_by("alternativ_id")
    assert list(svar) == [("Initiativ", "Socialtjänsten i kommunen"), ("Kanaler", "Broschyr"), ("Kanaler", "En bekant")]
    if javascript:
        webb.granska("svar-registrerad")


def test_answers_are_completed_and_corrected_with_a_history_and_given_at_the_end(fonster, anvandare, insats, fragor):
    webb = fonster(anvandare)
    elsa = PersonFactory(namn_klartext="Elsa Testexempel", personnummer_klartext="195810269802")
    rad = DeltagandeFactory(insats=insats, person=elsa, startdatum=date(2011, 11, 12), alder_vid_start=53)
    SamtyckeFactory(deltagande=rad)
    sida = webb.oppna(rad.get_absolute_url())
    assert sida.get_by_text("Måste besvaras").is_visible()
    webb.granska("svar-obesvarad")
    with sida.expect_navigation():
        sida.get_by_role("link", name="Svara på frågorna eller rätta svaren").click()
    assert sida.evaluate("location.hash") == "#fragor_fore"
    webb.granska("svar-ratta")

    valj(sida, "Vem tog initiativ till insatsen?", "Deltagaren själv")
    valj(sida, "Hur fick deltagaren veta", "Webbplats")
    sida.select_option("#id_utbildning", "hogskola_mer")
    spara(sida)
    webb.har_kvittot("Uppgifterna har sparats.")
    assert [rad[:3] for rad in webb.tabell("Rättelser")] == [
        ["Utbildningsnivå", "Gymnasium", "Högskola/universitet mer än tre år"],
        ["Vem tog initiativ till insatsen?", "Tomt", "Deltagaren själv"],
        ["Hur fick deltagaren veta att insatsen finns?", "Tomt", "Webbplats"],
    ]
    webb.granska("svar-historik")

    webb.oppna(reverse("deltagare:ut", args=[rad.pk]))
    sida.fill("#id_slutdatum", "2012-01-09")
    sida.select_option("#id_avslutningsanledning", "7")
    assert not sida.get_by_text("Hur fick deltagaren veta att insatsen finns?").is_visible()
    assert not sida.get_by_text("Vilken offentlig försörjning har deltagaren direkt efter").is_visible()
    assert sida.get_by_text("Du behöver inte svara på något mer.").is_visible()
    webb.granska("svar-ut-utan-matning")
    sida.select_option("#id_avslutningsanledning", "5")
    for etikett in ("id_forsorjning_efter_8", "id_af_efter_1", "id_arbetar_efter_0", "id_studerar_efter_1", "id_arbetstyp_efter_0"):
        sida.click(f"label[for={etikett}]")
    sida.fill("#id_arbete_efter", "100")
    valj(sida, "Hur fick deltagaren veta", "Broschyr")
    spara(sida)
    expect(sida.locator("[role=alert]")).to_contain_text("Är flytten för arbetet", use_inner_text=True)
    webb.granska("svar-ut-flytt")
    sida.select_option("#id_avslutningsanledning", "1")
    spara(sida)
    webb.har_kvittot("Deltagaren är utregistrerad.")
    webb.granska("svar-utregistrerad")

    assert Deltagande.objects.get().avslutningsanledning == 1
    assert list(Svar.objects.filter(typ="ut").values_list("alternativ__text", flat=True)) == ["Broschyr"]
