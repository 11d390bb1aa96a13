"""A whole budget year in the browser: twelve financiers and thirty insatser, typed and pasted; the report says the same."""

import os

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from organisations.models import Budgetandring, Finansiering
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    BehorighetFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

FINANSIERING = [5_200_000, 2_600_000, 205_000, 450_000, 1_925_000, 310_500, 87_250, 1_000_001, 640_000, 0, 99_999, 12_345]
INSATSER = [(nr, 100_000 + 1_111 * nr, 90_000 + 997 * nr) for nr in range(1, 31)]
FOR_HAND = 30 if os.environ.get("SUS_ALLT") else 3  # insatser whose budgets are typed; the others' are there already


@pytest.fixture
def forbundet():
    forbund = SamverkansorganisationFactory(namn="Provbygden")
    for nr in range(len(FINANSIERING)):
        IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation__namn=f"Provkommun {nr + 1:02}")
    return forbund


def kronor(belopp):
    return f"{belopp:,}".replace(",", " ")


def oppna(fonster, anvandare, vy, pk):
    fonstret = fonster(anvandare)
    fonstret.sida.on("dialog", lambda ruta: ruta.accept())
    fonstret.oppna(f"{reverse(vy, args=[pk])}?ar=2012")
    return fonstret


def uppdrag(roll, forbund):
    return UppdragFactory(roll=roll, samverkansorganisation=forbund).anvandare


def skriv_insatsbudget(ia, insats, budget, utfall):
    ia.oppna(f"{reverse('insatser:budget', args=[insats.pk])}?ar=2012")
    ia.hand.valj("Budgettyp", "Insatskostnad")
    ia.hand.fyll("Budget", kronor(budget))
    ia.hand.fyll("Utfall", kronor(utfall))
    ia.hand.tryck("Spara")
    ia.har_kvittot("Uppgifterna har sparats.")


def klistra(fonstret, text):
    """As from a spreadsheet: the clipboard and Ctrl+V in the field that has focus."""
    fonstret.sammanhang.grant_permissions(["clipboard-read", "clipboard-write"])
    fonstret.sida.evaluate("text => navigator.clipboard.writeText(text)", text)
    fonstret.tangenter("Control+v")


def test_a_whole_budget_year_is_entered_and_the_report_says_the_same(fonster, forbundet):
    ia = fonster(uppdrag(Roll.INSATSANSVARIG, forbundet))
    for nr, budget, utfall in INSATSER:
        insats = InsatsFactory(samverkansorganisation=forbundet, namn=f"Provinsats {nr:02}")
        if nr <= FOR_HAND:
            skriv_insatsbudget(ia, insats, budget, utfall)
        else:
            InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2012), budget=budget, utfall=utfall)

    lena = oppna(fonster, uppdrag(Roll.SAMVERKANSADMINISTRATOR, forbundet), "organisations:budget", forbundet.pk)
    lena.hand.till("Finansiering 2012, Provkommun 01", falt=True)
    for belopp in FINANSIERING[:4]:
        lena.skriv(kronor(belopp))
        lena.tangenter("Enter")
    klistra(lena, "\r\n".join(f"{kronor(belopp)} kr" for belopp in FINANSIERING[4:]))
    lena.hand.tryck("Lägg till kostnadstyp")
    lena.hand.valj("Kostnadstyp", "Personal")
    lena.hand.fyll("Budget 2012", "1 360 000")
    lena.hand.fyll("Utfall 2012", "1 401 987")
    typat = lena.tabell("Sammanställning")
    lena.hand.tryck("Spara")
    lena.har_kvittot("Budgeten har sparats.")
    lena.granska("budgetar-sparat")

    medel, budgeterat = sum(FINANSIERING), sum(budget for _, budget, _ in INSATSER) + 1_360_000
    forbrukat = sum(utfall for _, _, utfall in INSATSER) + 1_401_987
    sparat = [rad[:2] for rad in lena.tabell("Sammanställning")]
    assert sorted(Finansiering.objects.values_list("belopp", flat=True)) == sorted(FINANSIERING)
    assert [rad[:2] for rad in typat] == sparat
    assert [belopp.replace("−", "-") for _, belopp in sparat] == [
        kronor(tal) for tal in (medel, forbrukat, medel - forbrukat, budgeterat, budgeterat - forbrukat)
    ]

    lasare = fonster(BehorighetFactory(roll=Roll.RAPPORT).anvandare)
    urval = f"niva=organisation&organisation={forbundet.pk}&fran=2012&till=2012&rapportniva=detaljerad"
    lasare.oppna(f"{reverse('rapporter:rapport', args=['kostnad'])}?{urval}")
    assert [rad[:2] for rad in lasare.tabell("Sammanställning")] == sparat


def test_two_administrators_at_once_lose_nothing(fonster, forbundet):
    lena, per = (oppna(fonster, uppdrag(Roll.SAMVERKANSADMINISTRATOR, forbundet), "organisations:budget", forbundet.pk) for _ in range(2))
    lena.hand.fyll("Finansiering 2012, Provkommun 01", "5 200 000")
    lena.hand.tryck("Spara")
    lena.har_kvittot("Budgeten har sparats.")

    per.hand.fyll("Finansiering 2012, Provkommun 02", "2 600 000")
    per.hand.tryck("Spara")
    per.sida.wait_for_selector("h1:has-text('Någon annan har ändrat uppgifterna')")
    per.granska("budgetar-konflikt")
    jamforelse = per.sida.inner_text("main").replace("\u202f", " ").replace("\u00a0", " ")
    assert "5 200 000" in jamforelse
    assert "2 600 000" in jamforelse
    assert list(Finansiering.objects.values_list("belopp", flat=True)) == [5_200_000]
    assert per.tabell("Medelstillgångar", "tfoot")[0][:2] == ["Totalt", "2 600 000"]

    per.sida.locator("[id=id_fin-0-belopp]").fill("5 200 000")
    assert per.tabell("Medelstillgångar", "tfoot")[0][:2] == ["Totalt", "7 800 000"]
    per.sida.locator("#formular button[data-vantar]").last.click()
    per.har_kvittot("Budgeten har sparats.")

    assert sorted(Finansiering.objects.values_list("belopp", flat=True)) == [2_600_000, 5_200_000]
    assert Budgetandring.objects.count() == 2
