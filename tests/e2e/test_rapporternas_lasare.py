"""Roles × reports × formats in a browser: who opens what, what she sees of it, the four files of each, and an address that is passed on."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.utils.http import urlencode
from pypdf import PdfReader

from behorigheter.roller import UPPDRAG_I_SAMVERKANSORGANISATION, Roll
from rapporter.register import RAPPORTER
from tests.conftest import med_riktiga_transaktioner
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory, UppdragFactory
from tests.rapporter import fragesvar, trollhattan
from tests.rapporter.test_format import las_xlsx

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]
AR = {"fran": "2011-01", "till": "2011-12"}
# Has the right to every insats of the förbund; the analyst to those of the country, when the address says what for.
EXAKTA = {Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.FK_ANALYTIKER}
EXAKT, SKYDDAD = "Arbetsmaterial med exakta tal", "Får spridas"
# report: (the selection, which table, how one of its rows begins where it is exact, and where it is protected; nothing: not for them)
RAPPORTERNA = {
    "insats": (
        {**AR, "niva": "organisation", "kolumner": ["antal", "avslutade"]},
        *("Insatser januari–december 2011", ["Trampolin", "8", "1"], ["Trampolin", "8", "0–4"]),
    ),
    "kostnad": ({**AR, "niva": "organisation"}, "Sammanställning", None, ["Totala medelstillgångar", "12 320 000"]),
    "deltagare": (
        {**AR, "niva": "organisation", "typ": "avslutningsanledning"},
        *("Avslutningsanledning", ["Övrigt", "3", "1", "4"], ["Övrigt", "–", "–", "0–4"]),
    ),
    "standard-deltagare": (
        {**AR, "niva": "organisation", "typ": "sysselsattning"},
        *("Underlag för före och efter", ["67", "63"], ["67", "65"]),
    ),
    "kompletterande-fragor": (
        {**AR, "niva": "organisation"},
        *("Vem föreslog insatsen?", ["Kommunen", "4", "9", "13"], ["Kommunen", "–", "–", "15"]),
    ),
    "registrering": (
        {**AR, "niva": "organisation"},
        *("Registrering januari–december 2011", ["Trampolin", "2", "1"], ["Trampolin", "0–4", "0–4"]),
    ),
    "paket": ({"typ": "ar", "fran": "2011-01"}, "Tid i insatsen", ["18–24 månader", "7", "1", "8"], ["18–24 månader", "–", "–", "10"]),
    "nationell": (
        {**AR, "niva": "riket"},
        *("Samverkansorganisationer", ["Ånge", "Västra Götaland", "1", "1"], ["Ånge", "Västra Götaland", "1", "0–4"]),
    ),
    "regeringsunderlag": ({"fran": "2011-01", "niva": "riket"}, "Insatser efter inriktning", ["Individinriktad", "7", "430", "202"], None),
}


@pytest.fixture
def forbund():
    """The förbund of 2011, and one person in another."""
    forbund = trollhattan.lagg_upp()
    fragesvar.lagg_upp(forbund)
    DeltagandeFactory(insats=InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Ånge")))
    return forbund


def anvandare(roll, forbund):
    """With an uppdrag in the förbund, or in one of its insatser, if the role has any."""
    if roll in UPPDRAG_I_SAMVERKANSORGANISATION:
        return UppdragFactory(roll=roll, samverkansorganisation=forbund).anvandare
    if roll == Roll.DELTAGARANSVARIG:
        return UppdragFactory(roll=roll, insats=forbund.insatser.get(namn="Trampolin")).anvandare
    return BehorighetFactory(roll=roll).anvandare


def adress(nyckel, forbund, **mer):
    urval = {**RAPPORTERNA[nyckel][0], "organisation": forbund.pk, "andamal": "Rapport till regeringen", **mer}
    return f"/rapporter/{nyckel}/?{urlencode(urval, doseq=True)}"


def vantat(nyckel, roll):
    """The words about how it may be spread, and the row; nothing when the report is not for the role."""
    _, _, exakt, skyddad = RAPPORTERNA[nyckel]
    if skyddad is None and roll != Roll.FK_ANALYTIKER:
        return None
    har_ratt = roll in ({Roll.FK_ANALYTIKER} if nyckel == "nationell" else EXAKTA)
    return (EXAKT, exakt) if exakt and har_ratt else (SKYDDAD, skyddad)


def har_raden(rader, borjan):
    return any(rad[: len(borjan)] == borjan for rad in rader)


def test_every_report_of_the_register_is_opened_here():
    assert set(RAPPORTERNA) == set(RAPPORTER)


def test_each_role_sees_each_report_exactly_or_protected_or_is_refused(fonster, forbund):
    """axe asks once per report: of the one who sees it first."""
    granskade = set()
    for roll in Roll:
        webb = fonster(anvandare(roll, forbund))
        webb.vantar_sig(403)
        webb.oppna("/rapporter/")
        lista = webb.sida.locator("main ul").inner_text()
        for nyckel, rapport in RAPPORTER.items():
            vad = vantat(nyckel, roll)
            assert (rapport.titel in lista) == bool(vad), (roll, nyckel)
            svar = webb.sida.goto(adress(nyckel, forbund))
            assert svar.status == (200 if vad else 403), (roll, nyckel)
            if vad is None:
                assert webb.sida.locator("table").count() == 0
                continue
            spridning, rad = vad
            text = webb.sida.inner_text("main")
            assert [ord_ for ord_ in (EXAKT, SKYDDAD) if ord_ in text] == [spridning], (roll, nyckel, text)
            rader = webb.tabell(RAPPORTERNA[nyckel][1])
            assert har_raden(rader, rad), (roll, nyckel, rader)
            if nyckel not in granskade:
                webb.granska(f"rapport-{nyckel}")
                granskade.add(nyckel)
        assert webb.fel == [], roll
        webb.stang()
    assert granskade == set(RAPPORTER)


def test_every_report_is_fetched_as_pdf_excel_csv_and_json_with_the_figures_of_the_page(fonster, forbund):
    roll = Roll.FK_ANALYTIKER
    webb = fonster(anvandare(roll, forbund))
    for nyckel in RAPPORTER:
        spridning, rad = vantat(nyckel, roll)
        webb.oppna(adress(nyckel, forbund))
        assert har_raden(webb.tabell(RAPPORTERNA[nyckel][1]), rad), nyckel
        pdf = " ".join(" ".join(sida.extract_text() for sida in PdfReader(io.BytesIO(hamta(webb, "PDF"))).pages).split())
        assert spridning in pdf, (nyckel, pdf)
        assert " ".join(rad) in pdf, (nyckel, pdf)
        i_filer = {"Excel": i_excel(hamta(webb, "Excel")), "CSV": i_csv(hamta(webb, "CSV")), "JSON": i_json(las_json(webb))}
        for format_, rader in i_filer.items():
            assert any(en[:1] == [tal(rad[0])] and {*map(tal, rad)} <= {*en} for en in rader), (nyckel, format_, rader)
            assert spridning in str(rader), (nyckel, format_, rader)


def hamta(webb, format_):
    """The file that the link saves. A PDF of the country takes its time."""
    with webb.sida.expect_download(timeout=120_000) as fil:
        webb.sida.get_by_role("link", name=f"Hämta {format_}", exact=True).click()
    return Path(fil.value.path()).read_bytes()


def las_json(webb):
    """It is shown in the browser."""
    webb.sida.get_by_role("link", name="JSON", exact=True).click()
    webb.sida.wait_for_url("**format=json**")
    return webb.sida.inner_text("pre")


def i_excel(innehall):
    return [[*map(tal, rad)] for blad in las_xlsx(innehall) for rad in blad]


def i_csv(innehall):
    return [[*map(tal, rad)] for rad in csv.reader(io.StringIO(innehall.decode("utf-8-sig")), delimiter=";")]


def i_json(text):
    svar = json.loads(text)
    return [[svar["spridning"]], *([*map(tal, rad)] for tabell in svar["tabeller"] for rad in tabell["rader"])]


def tal(cell):
    """The same of a number, however it is written."""
    siffror = "".join(cell.split()) if isinstance(cell, str) else cell
    return int(siffror) if isinstance(siffror, float) or str(siffror).isdecimal() else cell


def test_an_address_that_is_passed_on_shows_each_reader_what_she_may_see(fonster, forbund):
    """On the page and in the file; the analyst says first what exact figures are for."""
    insats = forbund.insatser.get(namn="Trampolin")
    avsandare = fonster(anvandare(Roll.DELTAGARANSVARIG, forbund))
    avsandare.oppna(adress("registrering", forbund, niva="insats", insats=insats.pk, andamal=""))
    delad = avsandare.sida.url
    granne = UppdragFactory(
        roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=SamverkansorganisationFactory(namn="Säffle")
    ).anvandare

    sedda = {}
    for namn, mottagare in (
        *((roll, anvandare(roll, forbund)) for roll in (Roll.INSATSANSVARIG, Roll.FK_ANALYTIKER, Roll.RAPPORT)),
        ("granne", granne),
    ):
        webb = fonster(mottagare)
        webb.oppna(delad)
        sedda[namn] = EXAKT in webb.sida.inner_text("main"), webb.tabell("Registrering")[0][:3]
        i_filen = [rad[:3] for rad in i_csv(hamta(webb, "CSV")) if rad[:1] == ["Trampolin"]]
        assert i_filen == [[*map(tal, sedda[namn][1])]], namn

    exakt, skyddad = (True, ["Trampolin", "2", "1"]), (False, ["Trampolin", "0–4", "0–4"])
    assert avsandare.tabell("Registrering")[0][:3] == exakt[1]
    assert sedda == {Roll.INSATSANSVARIG: exakt, Roll.FK_ANALYTIKER: skyddad, Roll.RAPPORT: skyddad, "granne": skyddad}
    webb.oppna(f"{delad}&skydd=exakt")
    webb.granska_fel("rapport-delad-exakt", "Du har inte rätt till exakta tal i alla insatser i urvalet")
    assert webb.sida.locator("table").count() == 0
