"""The reports: what has been entered, exactly, on the page and in every file."""

import csv
import io

from pypdf import PdfReader

FORBUND = "Trollhättan, Lilla Edet och Grästorp"
FORBUNDET = f"Samordningsförbundet {FORBUND}"
DETALJERADE_MEDEL = [
    ["Försäkringskassan", "5 000 000"],
    ["Västra Götalandsregionen", "2 500 000"],
    ["Grästorps kommun", "200 000"],
    ["Lilla Edets kommun", "400 000"],
    ["Trollhättans kommun", "1 900 000"],
    [FORBUNDET, "1 000 000"],
]
SUMMERADE_MEDEL = [
    ["Stat", "5 000 000"],
    ["Region (landsting)", "2 500 000"],
    ["Kommuner", "2 500 000"],
    ["Samordningsförbund", "1 000 000"],
    ["ESF-medel", "0"],
    ["Övriga", "0"],
]
SAMMANSTALLNING = [
    ["Totala medelstillgångar", "11 000 000"],
    ["Totalt förbrukade medel", "3 950 000"],
    ["Kvar efter budgetåret", "7 050 000"],
    ["Totalt budgeterat", "4 200 000"],
    ["Totalt budgeterat minus förbrukat", "250 000"],
]
INSATSER = [["Hjortmossen", "40", "2", "3 000 000", "2 800 000"], ["Information", "", "", "", ""]]
SKYDDADE_INSATSER = [["Hjortmossen", "40", "0–4", "3 000 000", "2 800 000"], ["Information", "", "", "", ""]]
AVSLUTADE = [["Utskrivning – till arbete, studier eller arbetssökande", "1", "0", "1"]]
UTBILDNING = [
    ["Grundskola", "0", "0", "0", "0 %"],
    ["Gymnasium", "1", "1", "2", "100 %"],
    ["Eftergymnasial", "0", "0", "0", "0 %"],
    ["Saknas/okänd", "0", "0", "0", "0 %"],
]
TACKNING = [["2", "3", "1", "25", "33 %", "2"]]


def reads_the_kostnadsrapport(person):
    """Kronor are exact for everyone."""
    person.hand.tryck("Rapporter")
    person.granska("v16-rapporter")
    person.hand.tryck("Kostnad")
    person.granska("v17-kostnad-tom")
    person.hand.valj("Från budgetår", "2012")
    person.hand.valj("Till budgetår", "2011")
    person.hand.tryck("Skapa rapport")
    person.granska_fel("v17-kostnad-fel", "Till budgetår kan inte vara tidigare än från budgetår.")
    person.hand.valj("Från budgetår", "2011")
    chooses_the_forbund(person)
    person.hand.svara("Rapportnivå", "Summerad")
    person.hand.tryck("Skapa rapport")
    assert person.tabell("Medelstillgångar") == SUMMERADE_MEDEL
    assert person.tabell("Sammanställning") == SAMMANSTALLNING
    person.granska("v17-kostnad-summerad")
    person.hand.svara("Rapportnivå", "Detaljerad")
    person.hand.tryck("Skapa rapport")
    assert person.tabell("Medelstillgångar") == DETALJERADE_MEDEL
    assert person.tabell("Sammanställning") == SAMMANSTALLNING
    person.granska("v17-kostnad-detaljerad")
    then_the_files_say_the_same(person, DETALJERADE_MEDEL + SAMMANSTALLNING)


def chooses_the_forbund(person):
    person.hand.valj("Nivå", "Samverkansorganisation")
    person.hand.valj("Samverkansorganisation", FORBUND)


def reads_the_insatsrapport_with_chosen_columns(person, rader):
    person.oppna("/rapporter/insats/")
    person.granska("v18-insats-tom")
    fills_in_the_months_of_2011(person)
    person.hand.till("Fler urval")
    person.hand.tryck_ned("Enter")
    person.hand.kryssa("Planerat antal", "Antal", "Budget", "Utfall")
    person.hand.tryck("Skapa rapport")
    assert person.tabell("Insatser") == rader
    person.granska("v18-insats")
    then_the_files_say_the_same(person, rader)


def fills_in_the_months_of_2011(person):
    person.hand.fyll("Från månad", "2011-01")
    person.hand.fyll("Till månad", "2011-12")
    chooses_the_forbund(person)


def reads_the_deltagarrapporter(person):
    person.oppna("/rapporter/deltagare/")
    person.granska("v19-deltagare-tom")
    person.hand.valj("Rapporttyp", "Avslutningsanledning")
    fills_in_the_months_of_2011(person)
    person.hand.tryck("Skapa rapport")
    assert person.tabell("Avslutningsanledning") == AVSLUTADE
    assert person.tabell("Täckning") == TACKNING
    person.granska("v19-deltagare-avslut")
    then_the_files_say_the_same(person, AVSLUTADE)
    person.hand.valj("Rapporttyp", "Bakgrund")
    person.hand.tryck("Skapa rapport")
    assert person.tabell("Utbildning") == UTBILDNING
    assert person.tabell("Kommun") == [["Trollhättan", "1", "1", "2"]]
    person.granska("v19-deltagare-bakgrund")
    then_the_files_say_the_same(person, UTBILDNING)


def reads_the_deltagarrapport_protected(person):
    """Who has no uppdrag there sees sentences in place of what is about few."""
    person.oppna("/rapporter/deltagare/")
    fills_in_the_months_of_2011(person)
    person.hand.tryck("Skapa rapport")
    assert person.sida.get_by_text("Får spridas").first.is_visible()
    person.granska("v19-deltagare-skyddad")


def then_the_files_say_the_same(person, rader):
    """Every number of the page, in the PDF's text, in CSV and in JSON."""
    filer = {format_: hamta(person, format_) for format_ in ("PDF", "CSV", "JSON")}
    text = " ".join(" ".join(sida.extract_text() for sida in PdfReader(io.BytesIO(filer["PDF"].body())).pages).split())
    i_csv = list(csv.reader(io.StringIO(filer["CSV"].text().removeprefix("\ufeff")), delimiter=";"))
    i_json = [celler for tabell in filer["JSON"].json()["tabeller"] for celler in tabell["rader"]]
    for namn, *celler in rader:
        assert all(cell in text for cell in celler), f"{namn} i PDF: {text}"
        tal = [cell.replace(" ", "").replace("%", "") for cell in celler]
        assert any(rad[:1] == [namn] and innehaller(rad, tal) for rad in i_csv), f"{namn} {tal} i CSV: {i_csv}"
        assert any(rad[:1] == [namn] and innehaller(map(som_text, rad), tal) for rad in i_json), f"{namn} {tal} i JSON: {i_json}"


def hamta(person, format_):
    lank = person.sida.locator(".sus-verktyg a", has_text=format_).first.get_attribute("href")
    svar = person.sammanhang.request.get(person.sida.url.partition("?")[0] + lank)
    assert svar.status == 200, format_
    return svar


def innehaller(rad, tal):
    return set(tal) <= set(rad)


def som_text(cell):
    return "" if cell is None else str(cell)
