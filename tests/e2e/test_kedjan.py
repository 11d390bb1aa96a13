"""From överenskommelse to a working deltagaransvarig, each person in a browser of the own; the pages at both widths with axe."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Anvandare, Behorighet, Bestallning
from behorigheter.roller import Roll
from deltagare.models import Deltagande
from organisations.models import Organisation
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    BestallningFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    UppdragFactory,
)
from tests.factories.personnummer import provpersonnummer

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

ULFS, KARINS = provpersonnummer(700), provpersonnummer(701)


def adress(namn, *argument):
    return reverse(f"behorigheter:{namn}", args=argument)


def hos_fk(roll, **kwargs):
    return BehorighetFactory(roll=roll, anvandare=AnvandareFactory(arbetsgivare=Organisation.objects.get(typ="fk"), **kwargs)).anvandare


def fyll(sida, **varden):
    for falt, varde in varden.items():
        sida.fill(f"#id_{falt}", varde)


def valj(sida, text):
    """A check box or a radio button."""
    sida.locator("#formular label").get_by_text(text, exact=False).first.click()


def spara(sida):
    sida.click("#formular .button-group button[data-vantar]")


def legitimera(webb, amne, personnummer):
    webb.sida.goto(reverse("account_login"))
    webb.sida.get_by_role("link", name="Logga in med").first.click()
    webb.sida.get_by_label("amne", exact=True).fill(amne)
    webb.sida.get_by_label("personnummer", exact=True).fill(personnummer)
    with webb.sida.expect_navigation(url=lambda adress: "/legitimera/" not in adress):
        webb.sida.get_by_role("button", name="Legitimera").click()


def test_the_chain_from_an_overenskommelse_to_a_registered_deltagare(fonster, leverantor):
    kommun = OrganisationFactory(namn="Provköpings kommun")
    insats = InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Provköping")
    IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, organisation=kommun)
    anders = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare

    # Försäkringskassan: the överenskommelse and the beställare
    gunilla = fonster(hos_fk(Roll.FK_ADMINISTRATOR, fornamn="Gunilla", efternamn="Åkesson"))
    sida = gunilla.oppna(adress("overenskommelse_ny"))
    gunilla.granska("kedjan-overenskommelse-ny")
    sida.select_option("#id_organisation", label="Provköpings kommun")
    fyll(sida, fran="2011-01-01", referens="FK 2011/17")
    spara(sida)
    gunilla.har_kvittot("Överenskommelsen är registrerad")
    gunilla.granska("kedjan-overenskommelse")
    sida.click("text=Utse beställare")
    gunilla.granska("kedjan-bestallare-utse")
    sida.select_option("#id_overenskommelse", label="Provköpings kommun")
    fyll(sida, personnummer=ULFS, fornamn="Ulf", efternamn="Wikström", epost="ulf@example.com", telefon="070-000 00 01")
    spara(sida)
    gunilla.har_kvittot("Beställaren är utsedd")
    gunilla.granska("kedjan-bestallare")
    assert [brev.to for brev in mail.outbox] == [["ulf@example.com"]]

    # the beställare: orders and signs
    ulf = fonster()
    legitimera(ulf, "ulf", ULFS)
    sida = ulf.oppna(adress("bestallningar"))
    ulf.granska("kedjan-bestallningar-tom")
    sida.get_by_role("link", name="Beställ behörighet").click()
    ulf.granska("kedjan-bestallning-ny")
    fyll(sida, personnummer=KARINS, fornamn="Karin", efternamn="Berg", epost="karin@example.com", telefon="070-000 00 02")
    valj(sida, "Samverkansadministratör")
    valj(sida, "Deltagaransvarig")
    spara(sida)
    ulf.granska_fel("kedjan-bestallning-fel", "Samverkansadministratör kan inte kombineras med deltagaransvarig.")
    valj(sida, "Samverkansadministratör")
    spara(sida)
    ulf.har_kvittot("Beställningen är ifylld")
    ulf.granska("kedjan-signera")
    valj(sida, "Signera och skicka")
    spara(sida)
    ulf.har_kvittot("Ditt beslut är sparat")
    ulf.granska("kedjan-bestallning-signerad")

    # the utfärdare: issues
    sofia = fonster(hos_fk(Roll.UTFARDARE, fornamn="Sofia", efternamn="Ekdahl"))
    sida = sofia.oppna(adress("bestallningar"))
    sofia.granska("kedjan-arbetslista")
    sida.get_by_role("link", name="Karin Berg").click()
    sida.get_by_role("link", name="Utfärda eller avslå").click()
    sofia.granska("kedjan-avgor")
    valj(sida, "Avslå beställningen")
    spara(sida)
    sofia.granska_fel("kedjan-avgor-fel", "Skriv varför beställningen avslås.")
    valj(sida, "Utfärda behörigheten")
    spara(sida)
    sofia.har_kvittot("Ditt beslut är sparat")
    sofia.granska("kedjan-bestallning-utfardad")
    assert {adress for brev in mail.outbox[1:] for adress in brev.to} == {"karin@example.com", "ulf@example.com"}

    # the insatsansvarig: gives the uppdrag
    karin = Anvandare.objects.get(efternamn="Berg")
    webb = fonster(anders)
    sida = webb.oppna(reverse("insatser:uppdrag_ge", args=[insats.pk]) + "?efternamn=Berg")
    valj(sida, "Karin Berg")
    spara(sida)
    webb.har_kvittot("Uppdraget har getts")
    assert karin.uppdrag.get().insats == insats

    # the deltagaransvarig: logs in and registers
    webb = fonster()
    legitimera(webb, "karin", KARINS)
    sida = webb.oppna(f"{reverse('deltagare:registrera')}?insats={insats.pk}")
    registrera(webb)
    webb.har_kvittot("Deltagaren är registrerad")
    assert Deltagande.objects.get().insats == insats


def registrera(webb):
    """The form 9448 by keyboard, as in test_deltagare."""
    webb.tangenter("Space", "Tab")
    webb.skriv("2011-11-30")
    webb.tangenter("Tab", "Tab", "Tab", "Tab")
    webb.skriv("196209019808")
    webb.tangenter("Tab", "Enter")
    webb.sida.wait_for_selector("text=Alma Testsson")  # focus is then on the startdag
    webb.skriv("2011-12-05")
    webb.tangenter("Tab")
    webb.skriv("Gym")
    webb.tangenter("Tab")
    webb.skriv("Upp till 3")
    webb.tangenter("Tab", "Space", *["Tab"] * 9, "Tab", "ArrowRight", "Tab", "ArrowRight", "Tab", "ArrowRight", "Enter")
    webb.sida.wait_for_selector("text=Deltagaren är registrerad.")


def test_who_has_no_behorighet_is_told_whom_to_turn_to_and_orders_one(fonster):
    kommun = OverenskommelseFactory(organisation__namn="Provköpings kommun").organisation
    BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(fornamn="Ulf", efternamn="Wikström", arbetsgivare=kommun))
    rut = AnvandareFactory(fornamn="Rut", efternamn="Almgren", arbetsgivare=kommun)
    igar = timezone.localdate() - timedelta(days=1)
    BehorighetFactory(anvandare=rut, roll=Roll.INSATSANSVARIG, giltig_fran=igar - timedelta(days=300), giltig_till=igar)
    webb = fonster(rut)
    webb.vantar_sig(403)

    sida = webb.sida
    assert sida.goto("/").status == 403
    text = sida.inner_text("main")
    assert "Ulf Wikström" in text
    assert f"Insatsansvarig, till och med {igar}" in text
    webb.granska("saknar-behorighet")
    sida.get_by_role("link", name="Beställ behörighet").click()
    webb.granska("bestallning-egen")
    fyll(sida, telefon="070-000 00 03")
    valj(sida, "Insatsansvarig")
    spara(sida)
    webb.har_kvittot("Beställningen är skickad")
    webb.granska("bestallning-egen-skickad")
    sida.get_by_role("link", name="Ta tillbaka").click()
    webb.granska("bestallning-aterta")
    spara(sida)
    webb.har_kvittot("Beställningen är återtagen")
    webb.oppna(adress("bestallningar"))
    webb.granska("bestallningar-mina")

    assert Bestallning.objects.get().status == "atertagen"


def test_an_order_that_nobody_can_sign_is_seen_by_forsakringskassan(fonster):
    kommun = OverenskommelseFactory(organisation__namn="Provköpings kommun").organisation
    webb = fonster(AnvandareFactory(fornamn="Rut", efternamn="Almgren", arbetsgivare=kommun))
    webb.vantar_sig(403)

    sida = webb.sida
    assert sida.goto("/").status == 403
    webb.granska("saknar-bestallare")
    sida.get_by_role("link", name="Beställ behörighet").click()
    webb.granska("bestallning-egen-saknar-bestallare")
    fyll(sida, telefon="070-000 00 03")
    valj(sida, "Insatsansvarig")
    spara(sida)
    webb.har_kvittot("Beställningen är sparad. Den väntar tills Försäkringskassan har utsett en beställare")

    fk = fonster(hos_fk(Roll.FK_ADMINISTRATOR))
    sida = fk.oppna("/")
    fk.granska("start-saknar-bestallare")
    sida.get_by_role("link", name="beställning saknar beställare").click()
    fk.granska("bestallningar-saknar-bestallare")
    assert fk.tabell("1 beställning")[0][:2] == ["Rut Almgren", "Provköpings kommun"]
    sida.get_by_role("link", name="Utse beställare").click()
    sida.wait_for_selector("h1:text('Utse beställare')")


def test_the_lists_and_forms_of_a_bestallare_and_of_forsakringskassan(fonster):
    kommun = OverenskommelseFactory(organisation__namn="Provköpings kommun").organisation
    ulf = BehorighetFactory(roll=Roll.BESTALLARE, anvandare=AnvandareFactory(arbetsgivare=kommun)).anvandare
    snart = timezone.localdate() + timedelta(days=25)
    karin = AnvandareFactory(fornamn="Karin", efternamn="Berg", telefon="070-000 00 02", arbetsgivare=kommun)
    behorighet = BehorighetFactory(anvandare=karin, roll=Roll.INSATSANSVARIG, giltig_till=snart)
    BehorighetFactory(anvandare=karin, giltig_till=snart)
    BestallningFactory.create_batch(3, organisation=kommun)

    webb = fonster(ulf)
    for namn, argument in (
        ("bestallningar", []),
        ("fornya_lista", []),
        ("fornya", [behorighet.pk]),
        ("behorighet_aterkalla", [behorighet.pk]),
    ):
        webb.oppna(adress(namn, *argument))
        webb.granska(f"bestallare-{namn.replace('_', '-')}")
    sida = webb.oppna(adress("fornya", behorighet.pk))
    spara(sida)
    webb.har_kvittot("Förnyelsen är signerad")
    sida = webb.oppna(adress("behorighet_aterkalla", behorighet.pk))
    spara(sida)
    webb.har_kvittot("Behörigheten är återkallad")
    assert not Behorighet.objects.giltiga().filter(pk=behorighet.pk).exists()

    webb = fonster(hos_fk(Roll.FK_ADMINISTRATOR))
    avtal = kommun.overenskommelser.get()
    for namn, argument in (("overenskommelser", []), ("overenskommelse_andra", [avtal.pk]), ("bestallare", [])):
        webb.oppna(adress(namn, *argument))
        webb.granska(f"fk-{namn.replace('_', '-')}")
    sida = webb.oppna(adress("overenskommelse_andra", avtal.pk))
    fyll(sida, till=str(timezone.localdate()))
    spara(sida)
    sida.wait_for_selector("text=Spara ändå")
    webb.granska("fk-overenskommelse-varning")
