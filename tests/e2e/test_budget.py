"""The budget pages while one types: the sums are the server's, a column is pasted, Enter goes down, a change is undone."""

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from organisations.models import Finansiering, Samverkansorganisation
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AdministrativKostnadFactory,
    BudgetarFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    UppdragFactory,
)

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

KLISTRA = """([id, text]) => {
  const urklipp = new DataTransfer();
  urklipp.setData("text/plain", text);
  const falt = document.getElementById(id);
  falt.focus();
  const handelse = new ClipboardEvent("paste", {clipboardData: urklipp, bubbles: true, cancelable: true});
  if (falt.dispatchEvent(handelse)) falt.value = text;
}"""
SUMMOR = ("Sammanställning", "Medelstillgångar", "Administrativa kostnader")


@pytest.fixture
def forbundet():
    budgetar = BudgetarFactory(ar=2011)
    for namn, belopp in (("Provkassan", 5_030_000), ("Provregionen", 2_515_000), ("Provköpings kommun", 2_515_000)):
        part = IngaendeOrganisationFactory(samverkansorganisation=budgetar.samverkansorganisation, organisation__namn=namn)
        FinansieringFactory(budgetar=budgetar, part=part, belopp=belopp)
    AdministrativKostnadFactory(budgetar=budgetar, kostnadstyp="kring", budget=50_000, utfall=48_250)
    AdministrativKostnadFactory(budgetar=budgetar, kostnadstyp="personal", budget=1_360_000, utfall=None)
    insats = InsatsFactory(samverkansorganisation=budgetar.samverkansorganisation, namn="Hjortmossen")
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats), budget=3_200_000, utfall=3_150_000)
    return budgetar.samverkansorganisation


def oppna(fonster, objekt, sida, roll=Roll.SAMVERKANSADMINISTRATOR):
    fonstret = fonster(UppdragFactory(roll=roll, samverkansorganisation=getattr(objekt, "samverkansorganisation", objekt)).anvandare)
    fonstret.oppna(f"{reverse(sida, args=[objekt.pk])}?ar=2011")
    return fonstret


def summor(lena):
    return [*lena.tabell(SUMMOR[0]), *(lena.tabell(namn, "tfoot") for namn in SUMMOR[1:]), lena.tabell(SUMMOR[2])]


def belopp(sida, *falt):
    return [sida.input_value(f"#id_{namn}").replace("\u202f", " ").replace("\u00a0", " ") for namn in falt]


FINANSIERING = ("fin-0-belopp", "fin-1-belopp", "fin-2-belopp")


def test_the_sums_while_typing_are_those_of_the_server_when_saved(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")
    assert lena.tabell(SUMMOR[0])[0][:2] == ["Totala medelstillgångar", "10 060 000"]

    for falt, text in (("fin-0-belopp", "5 200 001"), ("fin-2-belopp", ""), ("fin-2-belopp", "0"), ("adm-1-utfall", "1401987")):
        lena.sida.fill(f"#id_{falt}", text)
    skrivna = summor(lena)
    lena.sida.fill("#id_skal", "Nytt avtal")
    lena.granska("budget-skrivs")
    lena.sida.click("#formular button[data-vantar]")
    lena.har_kvittot("Budgeten har sparats.")

    assert skrivna[0] == ["Totala medelstillgångar", "7 715 001", "", ""]
    assert skrivna[2] == ["Kvar efter budgetåret", "3 114 764", "", ""]
    assert skrivna[6][0][:5] == ["Totalt", "1 410 000", "1 450 237", "−40 237", "103 %"]
    assert [rad[3:5] for rad in skrivna[7]] == [["1 750", "97 %"], ["−41 987", "103 %"]]
    assert summor(lena) == skrivna


def test_a_pasted_column_fills_downwards_and_is_undone_at_once(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")
    fore = belopp(lena.sida, *FINANSIERING)

    lena.sida.evaluate(KLISTRA, ["id_fin-1-belopp", "2 600 000 kr\r\n2\u00a0700\u00a0000\r\n99\r\n"])
    klistrade = belopp(lena.sida, *FINANSIERING)
    lena.granska("budget-inklistrad")

    assert klistrade == [fore[0], "2 600 000", "2 700 000"]
    assert lena.tabell("Sammanställning")[0][1] == "10 330 000"
    assert lena.sida.inner_text("[data-budgetstatus]").startswith("2 belopp är inklistrade. 1 fick inte plats.")
    lena.sida.click("[data-gor=angra]")
    assert belopp(lena.sida, *FINANSIERING) == fore
    assert lena.sida.is_disabled("[data-gor=angra]")
    lena.sida.goto("about:blank")  # nothing left to warn about


def test_two_columns_are_pasted_beside_each_other(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")

    lena.sida.evaluate(KLISTRA, ["id_adm-0-budget", "60000\t55000\n1 390 000 kr\t\n"])

    assert belopp(lena.sida, "adm-0-budget", "adm-0-utfall", "adm-1-budget", "adm-1-utfall") == ["60000", "55000", "1 390 000", ""]


def test_enter_goes_down_the_column_and_saves_nothing(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")

    lena.sida.fill("#id_fin-0-belopp", "")
    for text in ("1", "2", "3"):
        lena.skriv(text)
        lena.tangenter("Enter")
    lena.tangenter("Shift+Enter")

    assert belopp(lena.sida, *FINANSIERING) == ["1", "2", "3"]
    assert lena.sida.evaluate("document.activeElement.id") == "id_fin-2-belopp"
    assert sorted(Finansiering.objects.values_list("belopp", flat=True)) == [2_515_000, 2_515_000, 5_030_000]


def test_the_first_click_takes_the_whole_amount_and_what_is_typed_is_written_with_spaces(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")
    falt = lena.sida.locator("#id_fin-0-belopp")

    falt.click()
    lena.skriv("5130000")
    lena.tangenter("Tab")
    skrivet = falt.input_value()
    falt.click()
    falt.click(position={"x": 5, "y": 5})
    markerat = falt.evaluate("ruta => ruta.selectionEnd - ruta.selectionStart")
    lena.sida.click("[data-gor=angra]")

    assert skrivet == "5\u202f130\u202f000"
    assert markerat == 0
    assert belopp(lena.sida, "fin-0-belopp") == ["5 030 000"]


def test_a_page_that_opens_in_an_amount_takes_the_whole_of_it(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")
    lena.sida.goto(lena.sida.url.replace("2011", "2012"))

    with lena.sida.expect_navigation():
        lena.sida.click("button[name=kopiera]")
    lena.skriv("5200000")
    direkt = belopp(lena.sida, "fin-0-belopp")
    with lena.sida.expect_navigation():
        lena.sida.click("button[name=kopiera]")
    lena.sida.click("#id_fin-0-belopp")
    lena.skriv("5300000")

    assert (direkt, belopp(lena.sida, "fin-0-belopp")) == (["5200000"], ["5300000"])
    lena.sida.goto("about:blank")


def test_a_row_that_is_taken_away_comes_back_and_is_gone_when_saved(fonster, forbundet):
    lena = oppna(fonster, forbundet, "organisations:budget")

    lena.sida.click("button[value=fin-0]")
    utan = lena.tabell("Medelstillgångar", "tfoot")[0][1]
    lena.sida.click("[data-gor=angra]")
    med = lena.tabell("Medelstillgångar", "tfoot")[0][1]
    lena.sida.click("button[value=fin-0]")
    lena.sida.click("#formular button[data-vantar]")
    lena.har_kvittot("Budgeten har sparats.")

    assert (utan, med) == ("5 030 000", "10 060 000")
    assert list(Finansiering.objects.values_list("belopp", flat=True)) == [2_515_000, 2_515_000]
    lena.sida.click("text=Visa ändringar av budgeten för 2011")
    lena.granska("budget-andringar")
    assert lena.tabell("Ändrade belopp")[0][:4] == ["Provkassan", "Belopp", "5 030 000", "Inget"]


def test_the_insatsbudget_counts_and_undoes_too(fonster, forbundet):
    insats = forbundet.insatser.get()
    ia = oppna(fonster, insats, "insatser:budget", Roll.INSATSANSVARIG)

    ia.sida.fill("#id_rad-0-utfall", "")
    tomt = ia.tabell("Sammanställning")[0]
    ia.sida.fill("#id_rad-0-utfall", "3 000 000")
    skrivet = ia.tabell("Sammanställning")
    ia.granska("insats-budget-skrivs")
    ia.sida.click("#formular button[data-vantar]")
    ia.har_kvittot("Uppgifterna har sparats.")

    assert tomt == ["Insatskostnad", "3 200 000", "", "", "", "", ""]
    assert skrivet[0] == ["Insatskostnad", "3 200 000", "3 000 000", "200 000", "94 %", "", ""]
    assert ia.tabell("Sammanställning") == skrivet


def test_the_samverkansadministrator_reads_the_insatsbudget(fonster, forbundet):
    lena = oppna(fonster, forbundet.insatser.get(), "insatser:budget")

    lena.granska("insats-budget-lasa")

    assert not lena.sida.locator("#formular").count()
    assert lena.tabell("Budgetrader 2011") == [["Insatskostnad", "3 200 000", "3 150 000", "50 000", "98 %", ""]]


def test_print_leaves_out_the_unused_row_only(fonster, forbundet):
    tvaparts = InsatsFactory(samverkansorganisation__samverkansform=Samverkansorganisation.Form.TVAPARTS)
    IngaendeOrganisationFactory(samverkansorganisation=tvaparts.samverkansorganisation, konsument=True)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=tvaparts), budget=3_200_000)
    ia = oppna(fonster, tvaparts, "insatser:budget", Roll.INSATSANSVARIG)
    with ia.sida.expect_navigation():
        ia.sida.click("button[name=lagg-till]")
    ia.sida.emulate_media(media="print")

    assert ia.sida.locator("#id_rad-0-budget").is_visible()  # has no organisation, and counts in the sums
    assert not ia.sida.locator("#id_rad-0-part").is_visible()  # says Välj organisation
    assert not ia.sida.locator("#id_rad-1-budget").is_visible()

    lena = oppna(fonster, forbundet, "organisations:budget")
    lena.sida.click("button[value=kostnadstyp]")
    lena.framme()
    lena.sida.emulate_media(media="print")
    visas = [lena.sida.locator(f"#id_{falt}").is_visible() for falt in ("fin-0-belopp", "ny-belopp", "adm-0-budget", "adm-2-budget")]
    assert visas == [True, False, True, False]
    for fonstret in (ia, lena):
        fonstret.sida.goto("about:blank")  # nothing left to warn about
