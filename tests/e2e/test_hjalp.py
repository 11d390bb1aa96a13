"""The help in a browser: read, searched, written, answered; the course by keyboard; axe and the widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, BehorighetFactory, ForbattringsforslagFactory, HjalptextFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


@pytest.fixture
def fk(fonster):
    return fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR, anvandare__fornamn="Gunilla", anvandare__efternamn="Åkesson").anvandare)


@pytest.fixture
def lasare(fonster):
    return fonster(BehorighetFactory(roll=Roll.DELTAGARANSVARIG).anvandare)


def test_the_help_is_read_and_searched_by_keyboard(lasare):
    lasare.oppna(reverse("start:hjalp"))
    lasare.granska("hjalp")
    lasare.hand.fyll("Sök i hjälpen", "samtycket")
    lasare.hand.enter()
    lasare.sida.wait_for_url("**sok=samtycket")
    lasare.granska("hjalp-traffar")
    expect(lasare.sida.locator("main")).to_contain_text("träffar på ”samtycket”", use_inner_text=True)
    lasare.oppna(f"{reverse('start:hjalp')}?sok=trampolin")
    lasare.granska("hjalp-inga-traffar")


def test_a_question_opens_with_space(lasare):
    lasare.oppna(reverse("start:hjalp"))
    lasare.hand.till("Deltagaren vill inte skriva under")
    lasare.hand.tryck_ned("Space")
    expect(lasare.sida.locator("main")).to_contain_text("Registrera deltagaren som anonym.", use_inner_text=True)


def test_the_handbook_and_a_course_are_walked_by_keyboard(lasare):
    lasare.oppna(reverse("start:handbok", args=["deltagaransvarig"]))
    lasare.granska("handbok")
    lasare.hand.tryck("Gå webbkursen")
    lasare.granska("kurs-obesvarad")
    lasare.hand.svara("En kollega", "Söker fram personen")
    lasare.hand.tryck("Svara")
    lasare.granska("kurs-fel-svar")
    lasare.hand.svara("En kollega", "Säger att du inte")
    lasare.hand.tryck("Svara")
    lasare.granska("kurs-ratt-svar")
    expect(lasare.sida.locator("main")).to_contain_text("Rätt svar.", use_inner_text=True)
    lasare.hand.tryck("Nästa sida")
    expect(lasare.sida.locator("main")).to_contain_text("sida 2 av 6", use_inner_text=True)


def test_news_are_written_read_and_put_away(fk, lasare):
    fk.oppna(reverse("register:hjalptexter"))
    fk.granska("hjalptexter")
    fk.oppna(reverse("register:hjalptext_ny"))
    fk.granska("hjalptext-ny")
    fk.hand.enter()
    fk.granska_fel("hjalptext-fel", "Välj slag.", "Fyll i rubrik.", "Fyll i text.", "Välj Ja eller Nej.")
    fk.hand.svara("Slag", "Nyhet")
    fk.hand.fyll("Rubrik", "Nu går det att rätta ett samtycke")
    fk.hand.fyll("Text", "Öppna deltagarens sida.")
    fk.hand.svara("Ska texten visas?", "Ja")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Hjälptexten är sparad.")
    fk.granska("hjalptext")

    lasare.oppna("/")
    lasare.granska("startsida-nyhet")
    lasare.hand.tryck("Markera som läst")
    assert "Nytt i SUS" not in lasare.sida.inner_text("main")
    lasare.oppna(reverse("start:nyheter"))
    lasare.granska("nyheter")
    expect(lasare.sida.locator("main")).to_contain_text("Nu går det att rätta ett samtycke", use_inner_text=True)


def test_a_changed_text_keeps_its_utgavor(fk):
    text = HjalptextFactory(slag="fraga", rubrik="Var står utfallet?", text="På **Budget**.\n\n- ett\n- två", roller=["insatsansvarig"])
    fk.oppna(reverse("register:hjalptext_andra", args=[text.pk]))
    fk.granska("hjalptext-andra")
    fk.hand.fyll("Rubrik", "Var står årets utfall?")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Hjälptexten är sparad.")
    fk.hand.till("Utgåva 2")
    fk.hand.tryck_ned("Space")
    fk.granska("hjalptext-utgavor")


def test_a_forslag_is_told_from_the_footer_answered_and_read(lasare, fk):
    lasare.oppna(reverse("start:forslag_egna"))
    lasare.granska("forslag-inga")
    lasare.oppna("/insats/")
    lasare.hand.tryck("Lämna förbättringsförslag")
    lasare.granska("forslag-lamna")
    expect(lasare.sida.locator("#id_sida")).to_have_value("/insats/")
    lasare.hand.tryck("Skicka")
    lasare.granska_fel("forslag-lamna-fel", "Välj vad du vill berätta.", "Fyll i det du vill berätta.")
    lasare.hand.svara("Vad vill du berätta?", "Brist i tillgänglighet")
    lasare.hand.fyll("Det du vill berätta", "Listan läses upp i fel ordning.")
    lasare.hand.tryck("Skicka")
    lasare.har_kvittot("Tack! Försäkringskassan har fått det du skrev.")
    lasare.granska("forslag")

    fk.oppna(reverse("register:forslag"))
    fk.granska("forslag-lista")
    fk.hand.tryck("Listan läses upp")
    fk.granska("forslag-svara")
    fk.hand.svara("Status", "Åtgärdad")
    fk.hand.fyll("Svar till avsändaren", "Tack! Nu läses den i rätt ordning.")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Svaret är sparat.")

    lasare.sida.reload()
    lasare.granska("forslag-svar")
    expect(lasare.sida.locator("main")).to_contain_text("Tack! Nu läses den i rätt ordning.", use_inner_text=True)
    lasare.oppna(reverse("start:forslag_egna"))
    lasare.granska("forslag-egna")


def test_what_others_saved_meanwhile_is_shown_side_by_side(fk):
    forslag = ForbattringsforslagFactory(avsandare=AnvandareFactory())
    fk.oppna(reverse("register:forslag_svara", args=[forslag.pk]))
    forslag.status, forslag.version = "last", 2
    forslag.save()
    fk.hand.svara("Status", "Åtgärdad")
    fk.hand.tryck("Spara")
    fk.granska("forslag-konflikt")
    expect(fk.sida.locator("main")).to_contain_text("Någon annan har ändrat uppgifterna", use_inner_text=True)
