"""Nationell rapport: every row is what the unit's own reports say, exactly or protected, and it is sorted by what is printed."""

import re
from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from organisations.models import Samverkansorganisation
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory
from tests.rapporter import slump
from tests.rapporter.conftest import gor_rapport, som_json, som_poster, tabell
from tests.rapporter.trollhattan import NAMN

AR = {"fran": "2020-01", "till": "2020-12"}
ADRESS = "/rapporter/nationell/"


@pytest.fixture
def landet(db):
    """Two förbund in two län, one of them too small for shares, and one where nothing happens."""
    _, insatser = slump.lagg_upp(3)
    for nr, insats in enumerate({insats.samverkansorganisation_id: insats for insats in insatser}.values()):
        Samverkansorganisation.objects.filter(pk=insats.samverkansorganisation_id).update(namn=f"Förbund {nr}")
    SamverkansorganisationFactory(namn="Åsele", lan_id="14")
    return insatser


@pytest.fixture
def lasare(db):
    return BehorighetFactory(roll=Roll.RAPPORT).anvandare


@pytest.mark.parametrize("period", [AR, {"fran": "2020-01", "till": "2020-04"}])
@pytest.mark.parametrize("skydd", ["exakt", "skyddad"])
def test_each_row_is_what_the_units_own_reports_say(landet, skydd, period):
    AnonymPost.objects.create(insats=landet[0], ar=2020, kon=Kon.MAN, slag="anonym", antal=31)
    innehall = som_json(gor_rapport("nationell", skydd=skydd, **period))
    rader = {**som_poster(tabell(innehall, "forbund")), **som_poster(tabell(innehall, "lan"))}

    enheter = {organisation.namn: {"organisation": organisation.pk} for organisation in Samverkansorganisation.objects.all()}
    enheter |= {"Västra Götaland": {"lan": "14"}, "Skåne": {"lan": "12"}, "Totalt": {"niva": "riket"}}
    assert set(enheter) == set(rader)
    for namn, plats in enheter.items():
        egen = som_json(gor_rapport("deltagare", typ="sysselsattning", skydd=skydd, **period, **plats))
        resultat = som_poster(tabell(egen, "sysselsattning")).get("Arbete och/eller studier", dict.fromkeys(("fore", "efter"), "–"))
        tackning, *_ = som_poster(tabell(egen, "tackning")).values()
        assert (rader[namn]["fore"], rader[namn]["efter"]) == (resultat["fore"], resultat["efter"]), namn
        assert rader[namn]["efter_andel"] == resultat.get("efter_andel", "–")
        assert (rader[namn]["antal"], rader[namn]["tackning"]) == (tackning["personuppgifter"], tackning["andel"])


def test_head_counts_and_money_are_those_of_insatsrapport(forbund, lasare):
    urval = {"fran": "2011-01", "till": "2011-12"}
    rad = som_poster(tabell(som_json(gor_rapport("nationell", by=lasare, **urval)), "forbund"))[NAMN]
    summa = som_poster(tabell(som_json(gor_rapport("insats", by=lasare, organisation=NAMN, **urval)), "insatser"))["Totalt"]

    for namn in ("antal", "nya", "avslutade", "pagaende", "anonyma", "budget", "utfall", "esf_budget"):
        assert rad[namn] == summa[namn], namn
    assert (rad["insatser"], rad["antal"], rad["budget"]) == (9, 201, 10_910_000)


def test_one_that_lies_in_no_lan_has_its_rows_so_that_all_sums_are_those_of_the_country(landet):
    utan = InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(namn="Norr", lan_id=None), startdatum="2020-01-01")
    DeltagandeFactory.create_batch(7, insats=utan, startdatum=date(2020, 2, 1))
    innehall = som_json(gor_rapport("nationell", **AR))

    lan, forbund = (som_poster(tabell(innehall, nyckel)) for nyckel in ("lan", "forbund"))

    assert (lan["Utan län"]["forbund"], lan["Utan län"]["antal"], forbund["Norr"]["lan"]) == (1, 7, "Utan län")
    for rader in (lan, forbund):
        totalt = rader.pop("Totalt")
        for namn in ("insatser", "antal", "nya", "avslutade", "pagaende"):
            assert sum(rad[namn] for rad in rader.values()) == totalt[namn], namn
    assert "Län saknas." in som_poster(tabell(som_json(gor_rapport("regeringsunderlag", ar=2020)), "ofullstandiga"))["Norr"]["brister"]


def test_values_of_whole_years_are_marked_in_a_report_of_a_month(landet):
    forbund = tabell(som_json(gor_rapport("nationell", fran="2020-03", till="2020-03")), "forbund")
    markta = {kolumn["nyckel"] for kolumn in forbund["kolumner"] if kolumn["rubrik"].endswith(" (helår)")}

    assert markta == {"anonyma", "aterkallade", "antal_volym", "tackning", "budget", "utfall", "esf_budget", "esf_utfall"}
    assert forbund["noter"][0].startswith("Kolumner märkta (helår) gäller hela 2020")


def test_a_forbund_with_one_small_insats_is_protected_like_the_insats(landet, lasare):
    liten = InsatsFactory(samverkansorganisation=Samverkansorganisation.objects.get(namn="Åsele"), startdatum="2019-01-01")
    AnonymPost.objects.create(insats=liten, ar=2020, kon=Kon.MAN, slag="anonym", antal=3)

    rad = som_poster(tabell(som_json(gor_rapport("nationell", by=lasare, **AR)), "forbund"))["Åsele"]

    assert {rad[namn] for namn in ("antal", "nya", "anonyma")} == {"0–4"}
    assert {rad[namn] for namn in ("tackning", "avslutade_med_matning", "fore", "efter", "efter_andel")} == {"–"}


@pytest.mark.parametrize("kolumn", ["antal", "efter_andel", "budget"])
def test_order_follows_the_printed_cells_only(landet, lasare, kolumn):
    """Equals by name, and a hidden cell below every number, whatever it hides."""
    SamverkansorganisationFactory(namn="Arjeplog", lan_id="12")

    def rader(sortering):
        rader = tabell(som_json(gor_rapport("nationell", by=lasare, sortera=sortering, **AR)), "forbund")
        plats = [kol["nyckel"] for kol in rader["kolumner"]].index(kolumn)
        return [(rad[plats], rad[0]) for rad in rader["rader"]]

    storst, minst = rader(f"-{kolumn}"), rader(kolumn)

    tal = [cell for cell, _ in storst if isinstance(cell, int)]
    assert tal == sorted(tal, reverse=True)
    dolda = [rad for rad in storst if not isinstance(rad[0], int)]
    assert storst[len(tal) :] == dolda == minst[: len(dolda)]
    assert [namn for _, namn in dolda] == [namn for _, namn in sorted(dolda, key=lambda rad: (rad[0] != "0–4", rad[1] == "Åsele", rad[1]))]


def test_headings_are_links_that_sort_and_say_the_order(landet, inloggad):
    sida = inloggad(Roll.RAPPORT).get(ADRESS, {**AR, "sortera": "-antal"}).content.decode()

    assert sida.count('aria-sort="descending"') == 2  # län and förbund
    assert "sortera=antal#tabell-forbund" in sida
    assert "sortera=-budget#tabell-lan" in sida
    assert "sortera=samverkansorganisation#tabell-forbund" in sida
    assert re.search(r'name="sortera" value="-antal"', sida)


def test_a_column_that_does_not_exist_is_told(landet, inloggad):
    svar = inloggad(Roll.RAPPORT).get(ADRESS, {**AR, "sortera": "hemligt"})

    assert svar.context_data["form"].errors["sortera"] == ["Tabellen kan inte sorteras på hemligt."]


def test_a_lan_shows_its_own_forbund(landet):
    innehall = som_json(gor_rapport("nationell", lan="12", **AR))

    assert [rad[0] for rad in tabell(innehall, "lan")["rader"]] == ["Skåne"]
    assert [rad[0] for rad in tabell(innehall, "forbund")["rader"]] == ["Förbund 1"]


def test_number_of_questions_does_not_grow_with_the_forbund(landet, inloggad, antal_fragor):
    klient = inloggad(Roll.RAPPORT)

    def hamta():
        klient.get(ADRESS, AR)

    hamta()
    fore = antal_fragor(hamta)
    InsatsFactory.create_batch(10, startdatum="2019-01-01")

    assert antal_fragor(hamta) == fore


def test_the_diagram_draws_the_printed_shares_of_each_lan(landet, lasare):
    rapport = gor_rapport("nationell", by=lasare, **AR)

    [diagram] = rapport.diagram
    lan = next(tabell for tabell in rapport.tabeller if tabell.nyckel == "lan")
    andelar = zip(lan.kolumn("fore_andel"), lan.kolumn("efter_andel"), strict=True)
    assert [(rad.etikett, rad.varden) for rad in diagram.rader] == list(zip(lan.kolumn("lan"), andelar, strict=True))


def test_there_is_no_diagram_when_every_share_is_hidden(db, lasare):
    InsatsFactory()

    assert gor_rapport("nationell", by=lasare, **AR).diagram == ()
