"""Regeringsunderlag: the yearly package of the FK-analytiker, first what looks incomplete."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from insatser.models import InsatsAr, InsatsBudget, Malgrupp, PreciseradInriktning
from organisations.models import Omrade, Stadsdel
from rapporter.renderare import FORMAT
from rapporter.skydd import skydda
from tests.factories import (
    BehorighetFactory,
    DeltagandeFactory,
    FinansieringFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)
from tests.rapporter import oracle, oracle_insatser, slump_land
from tests.rapporter.conftest import avslutad, gor_rapport, som_json, som_poster, tabell
from tests.rapporter.test_format import las_xlsx
from tests.rapporter.test_oracle import FRON, PERIODER, dagar, tabeller
from tests.rapporter.test_oracle import rader as rader_i
from tests.rapporter.trollhattan import NAMN

ADRESS = "/rapporter/regeringsunderlag/"
AR_2011 = {"ar": 2011, "andamal": "Rapport till regeringen"}


def rader(rapport, nyckel):
    return som_poster(tabell(som_json(rapport), nyckel))


@pytest.mark.parametrize("roll", [roll for roll in Roll if roll != Roll.FK_ANALYTIKER])
def test_only_the_analyst_makes_it(inloggad, roll):
    klient = inloggad(roll)

    assert {klient.get(ADRESS, AR_2011).status_code, klient.post(ADRESS).status_code} == {403}
    assert ADRESS not in klient.get(reverse("rapporter:list")).content.decode()
    with pytest.raises(CommandError, match="får inte göra rapporten regeringsunderlag"):
        call_command("rapport", "regeringsunderlag", ar=["2011"], som=klient.anvandare.anvandarnamn)


def test_exact_figures_take_a_purpose_which_is_logged(forbund, inloggad):
    klient = inloggad(Roll.FK_ANALYTIKER)

    utan = klient.get(ADRESS, {"ar": 2011})
    exakt = klient.get(ADRESS, AR_2011)

    assert utan.context_data["form"].errors["andamal"] == ["Skriv vad uppgifterna ska användas till. Ändamålet sparas i loggen."]
    assert exakt.context_data["rapport"].ar_exakt
    detaljer = Handelse.objects.get(typ=Handelse.Typ.RAPPORT_SKAPAD).detaljer
    assert (detaljer["rapport"], detaljer["andamal"], detaljer["skydd"]) == ("regeringsunderlag", "Rapport till regeringen", "exakt")
    assert ADRESS in klient.get(reverse("rapporter:list")).content.decode()


def test_known_answers_of_2011(forbund):
    rapport = gor_rapport("regeringsunderlag", ar=2011)

    landet = tabell(som_json(rapport), "omfattning_landet")
    assert dict(zip([kolumn["nyckel"] for kolumn in landet["kolumner"]], landet["rader"][0], strict=True)) == {
        "forbund": 1, "lan": 1, "kommuner": 0, "insatser": 9, "med_personuppgifter": 6, "volyminsatser": 3
    }  # fmt: skip
    inriktning, malgrupp = rader(rapport, "inriktning"), rader(rapport, "malgrupp")
    kolumner = ("insatser", "planerat_antal", "antal", "anonyma", "budget")
    assert [inriktning["Individinriktad"][namn] for namn in kolumner] == [6, 430, 201, 3, 10_460_000]
    assert [inriktning["Strukturövergripande"][namn] for namn in kolumner] == [3, 190, 0, 0, 450_000]
    assert [inriktning["Totalt"][namn] for namn in kolumner] == [9, 620, 201, 3, 10_910_000]
    assert [malgrupp["Unga"][namn] for namn in kolumner] == [2, 110, 54, 0, 1_870_000]
    assert rader(rapport, "insatskostnader")["Insatskostnad"] == {"budgettyp": "Insatskostnad", "budget": 10_910_000, "utfall": None}
    assert rader(rapport, "sammanstallning")["Totala medelstillgångar"]["belopp"] == 12_320_000
    assert rader(rapport, "forbund")[NAMN]["antal"] == rader(rapport, "kon")["Alla"]["totalt"] == 201


def forbund_i(land, form):
    """Finsam is what an address without samverkansform asks for."""
    return land.i_forbund(lambda ett: form in ("alla", ett.samverkansform)), {"ar": 2020, "samverkansform": form} if form != "finsam" else {
        "ar": 2020
    }


@pytest.mark.parametrize("form", ["finsam", "alla"])
@pytest.mark.parametrize("fro", FRON)
def test_its_own_sums_are_what_plain_python_says(db, fro, form):
    valda, urval = forbund_i(slump_land.lagg_upp(fro), form)
    fran, till = dagar(PERIODER[0])
    pagar = valda.som_pagar(fran, till)
    medel, *_, sammanstallning = oracle_insatser.kostnadstabeller(valda, [2020], detaljerad=False).values()
    vantat = {
        "ofullstandiga": oracle_insatser.ofullstandiga(pagar, fran, till),
        "omfattning_landet": oracle_insatser.omfattning(pagar),
        **oracle_insatser.grupper(pagar, fran, till, list(Malgrupp.objects.values_list("namn", flat=True))),
        "kon": oracle_insatser.kon(pagar, fran, till),
        "medelstillgangar": medel,
        **oracle_insatser.kostnader_per_typ(valda, [2020]),
        "sammanstallning": sammanstallning,
        **oracle_insatser.nationellt(pagar, fran, till),
    }

    svar = rader_i(tabeller("regeringsunderlag", **urval))

    assert {namn: svar[namn] for namn in vantat} == vantat
    assert vantat["omfattning_landet"][0][2] == 3  # one kommun is in two förbund, and one has only a stadsdel in it


@pytest.mark.parametrize("form", ["finsam", "alla"])
def test_forsorjning_at_the_start_is_what_plain_python_says(db, form):
    valda, urval = forbund_i(slump_land.lagg_upp(5), form)
    alla = [post for post in valda.poster if post.start.year <= 2020 and (post.slut is None or post.slut.year >= 2020)]

    svar = tabell(som_json(gor_rapport("regeringsunderlag", **urval)), "forsorjning_vid_start")

    vantat = []
    for nr, text in enumerate(oracle.FORSORJNINGAR):
        antal = oracle.uppdelad([post for post in alla if nr in post.fore.forsorjning])
        vantat.append([text, *antal, oracle.hel_procent(antal[2], len(alla))])
    assert (svar["rader"], svar["summa"]) == (vantat, ["Totalt", *oracle.uppdelad(alla), 100])


@pytest.mark.parametrize("form", ["finsam", "alla"])
def test_each_table_about_deltagare_is_that_of_deltagarrapport(db, form):
    _, urval = forbund_i(slump_land.lagg_upp(5), form)
    typer = ("sysselsattning", "forsorjningsgrupp", "avslutningsanledning", "bakgrund")
    filter_ = {} if form == "alla" else {"samverkansform": form}
    egna = [gor_rapport("deltagare", typ=typ, niva="riket", fran="2020-01", till="2020-12", **filter_) for typ in typer]
    kallor = {tabell["nyckel"]: tabell for rapport in egna for tabell in som_json(rapport)["tabeller"]}

    underlag = tabeller("regeringsunderlag", **urval)

    for nyckel in set(kallor) - {"kommun"}:
        assert (underlag[nyckel]["rader"], underlag[nyckel]["summa"]) == (kallor[nyckel]["rader"], kallor[nyckel]["summa"]), nyckel


def test_what_looks_incomplete_stands_first_with_the_reason(forbund):
    tomt = SamverkansorganisationFactory(namn="Arjeplog")
    utan = InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Boden"), startdatum="2010-01-01")
    InsatsBudget.objects.create(
        insatsar=InsatsAr.objects.create(insats=utan, ar=2011, planerat_antal=5), budgettyp="insatskostnad", budget=5
    )
    AnonymPost.objects.create(insats=forbund.insatser.get(namn="Hjortmossen"), ar=2011, kon=Kon.MAN, slag="anonym", antal=400)

    rapport = gor_rapport("regeringsunderlag", ar=2011)

    assert rapport.tabeller[0].nyckel == "ofullstandiga"
    assert {namn: rad["brister"] for namn, rad in rader(rapport, "ofullstandiga").items()} == {
        tomt.namn: "Inga insatser pågick. Medelstillgångar är inte registrerade.",
        "Boden": "Medelstillgångar är inte registrerade. Utfall saknas i 1 insats av 1. "
        "Inga deltagare med personuppgifter är registrerade.",
        NAMN: "Utfall saknas i 9 insatser av 9. Täckningen är 33\u00a0%.",
    }
    assert rapport.notiser == ("3 förbund har uppgifter som ser ofullständiga ut. Se den första tabellen.",)


def brister(insats):
    """What the list says of the förbund of an insats in 2020."""
    alla = rader(gor_rapport("regeringsunderlag", ar=2020), "ofullstandiga")
    return alla.get(insats.samverkansorganisation.namn, {"brister": ""})["brister"]


@pytest.fixture
def hel_insats(db):
    """An insats of which everything is registered for 2020, and so is the money of its förbund."""
    insatsar = InsatsArFactory(ar=2020)
    InsatsBudgetFactory(insatsar=insatsar, utfall=1)
    FinansieringFactory(budgetar__ar=2020, budgetar__samverkansorganisation=insatsar.insats.samverkansorganisation)
    avslutad(insatsar.insats, {}, {})
    return insatsar.insats


def test_nothing_is_missing_of_what_is_registered(hel_insats):
    assert brister(hel_insats) == ""


def test_a_year_without_budget_or_planned_number_is_missing(hel_insats):
    tva_till = InsatsFactory.create_batch(2, samverkansorganisation=hel_insats.samverkansorganisation)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=tva_till[0], ar=2020, planerat_antal=None), utfall=0)

    assert brister(hel_insats) == "Budget saknas i 1 insats av 3. Planerat antal saknas i 2 insatser av 3."


@pytest.mark.parametrize(("omatta", "sagt"), [(1, ""), (2, "Bara 33\u00a0% av de avslutade har en mätning efter insatsen.")])
def test_fewer_than_half_measured_is_incomplete(hel_insats, omatta, sagt):
    DeltagandeFactory.create_batch(
        omatta, insats=hel_insats, startdatum=date(2020, 1, 1), slutdatum=date(2020, 6, 1), avslutningsanledning=7
    )

    assert brister(hel_insats) == sagt


@pytest.mark.parametrize(("anonyma", "sagt"), [(1, ""), (2, "Täckningen är 33\u00a0%.")])
def test_fewer_than_half_with_personuppgifter_is_incomplete(hel_insats, anonyma, sagt):
    AnonymPost.objects.create(insats=hel_insats, ar=2020, kon=Kon.MAN, slag="anonym", antal=anonyma)

    assert brister(hel_insats) == sagt


def test_kommuner_are_counted_once_and_by_their_stadsdelar(forbund):
    annat = SamverkansorganisationFactory()
    for omrade in ({"kommun_id": "1488"}, {"kommun_id": "1462"}):
        Omrade.objects.create(samverkansorganisation=forbund, **omrade)
    for omrade in ({"kommun_id": "1488"}, *({"stadsdel": stadsdel} for stadsdel in Stadsdel.objects.filter(kommun="0180")[:2])):
        Omrade.objects.create(samverkansorganisation=annat, **omrade)

    landet = tabell(som_json(gor_rapport("regeringsunderlag", ar=2011)), "omfattning_landet")

    assert landet["rader"][0][:3] == [2, 1, 3]


def test_protected_version_says_nothing_of_deltagare_in_that_list(forbund):
    AnonymPost.objects.create(insats=forbund.insatser.get(namn="Hjortmossen"), ar=2011, kon=Kon.MAN, slag="anonym", antal=400)
    analytiker = BehorighetFactory(roll=Roll.FK_ANALYTIKER).anvandare

    rapport = gor_rapport("regeringsunderlag", by=analytiker, ar=2011, skydd="skyddad")

    assert rader(rapport, "ofullstandiga")[NAMN]["brister"] == "Utfall saknas i 9 insatser av 9."
    assert rader(rapport, "utbildning")["Totalt"]["totalt"] == 200


def test_a_year_when_nothing_is_missing_says_so_and_the_protected_version_only_what_it_looks_at(db):
    tabell = gor_rapport("regeringsunderlag", ar=2011).tabeller[0]

    assert tabell.visas_inte == "Inget förbund har uppgifter som ser ofullständiga ut."
    assert skydda(tabell).visas_inte == "Inget förbund har uppgifter om insatser och pengar som ser ofullständiga ut."


def test_a_year_without_insatser_has_none_of_what_is_counted_and_nothing_known_of_the_rest(db):
    totalt = rader(gor_rapport("regeringsunderlag", ar=2011), "inriktning")["Totalt"]

    assert [totalt[namn] for namn in ("insatser", "antal", "anonyma", "antal_volym", "planerat_antal", "budget")] == [
        0,
        0,
        0,
        0,
        None,
        None,
    ]


def test_groups_without_insatser_stand_there_with_nobody(forbund):
    Malgrupp.objects.filter(kod="unga").update(giltig_till=date(2011, 6, 30))
    Malgrupp.objects.filter(kod="langtidssjukskrivna").update(giltig_till=date(2010, 12, 31))
    rapport = gor_rapport("regeringsunderlag", ar=2011)

    namn = [str(malgrupp) for malgrupp in Malgrupp.objects.exclude(kod="langtidssjukskrivna")]
    assert list(rader(rapport, "malgrupp")) == [*namn, "Totalt"]
    assert list(rader(rapport, "preciserad_inriktning")) == [*map(str, PreciseradInriktning.labels), "Totalt"]
    tomma = [rad for rad in rader(rapport, "malgrupp").values() if not rad["insatser"]]
    assert {(rad["antal"], rad["anonyma"], rad["antal_volym"], rad["budget"]) for rad in tomma} == {(0, 0, 0, None)}


def test_a_year_that_goes_on_is_said_to_change_and_one_that_has_not_begun_is_refused(db, inloggad, klockan):
    klockan("2011-12-31 12:00:00+01:00")
    assert "Året är inte slut: uppgifterna kan ändras." in gor_rapport("regeringsunderlag", ar=2011).notiser
    svar = inloggad(Roll.FK_ANALYTIKER).get(ADRESS, {**AR_2011, "ar": 2012})
    assert svar.context_data["form"].errors["fran"] == ["Året har inte börjat. Välj ett tidigare år."]

    klockan("2012-01-01 12:00:00+01:00")
    assert "Året är inte slut: uppgifterna kan ändras." not in gor_rapport("regeringsunderlag", ar=2011).notiser


def test_shares_of_few_come_with_a_caution(sex):
    DeltagandeFactory.create_batch(30, insats=sex, startdatum=date(2020, 1, 1))

    noter = {tabell.nyckel: tabell.noter for tabell in gor_rapport("regeringsunderlag", ar=2020).tabeller}

    med = [nyckel for nyckel, texter in noter.items() if any("Andelarna bygger på bara 6 deltagare." in text for text in texter)]
    assert med == ["sysselsattning", "arbetssokande", "arbetstyp", "forsorjningsgrupp"]
    assert "Återtagna samtycken 2020: 0. De ingår inte i totalt." in noter["avslutningsanledning"]


def test_pdf_and_excel_hold_the_whole_package(forbund):
    rapport = gor_rapport("regeringsunderlag", ar=2011)

    sidor = [" ".join(sida.extract_text().split()) for sida in PdfReader(io.BytesIO(FORMAT["pdf"].rendera(rapport))).pages]

    for rubrik in dict.fromkeys(en.kapitel for en in rapport.tabeller):
        assert rubrik in sidor[1]
    assert "Regeringsunderlag 2011" in sidor[0]
    assert len(las_xlsx(FORMAT["xlsx"].rendera(rapport))) == 1 + len(rapport.tabeller)
