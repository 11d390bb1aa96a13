"""Deltagarrapport by type: the worked example of docs/regler.md 10.11, what stands beside it, and what the protected version shows."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Arbetstyp, Forsorjning
from rapporter.urval import Tidsband
from sus.core.formatering import andel_forandring
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    BehorighetFactory,
    DeltagandeFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, som_poster, tabell
from tests.rapporter.trollhattan import NAMN


def rapporten(typ, **urval):
    return som_json(gor_rapport("deltagare", typ=typ, **{**AR, **urval}))


def test_sysselsattning_prints_the_worked_example(sex):
    innehall = rapporten("sysselsattning", insats=sex.pk)

    poster = som_poster(tabell(innehall, "sysselsattning"))
    kolumner = ("fore", "fore_andel", "efter", "efter_andel", "forandring", "forandring_andel")
    assert [poster["Arbete och/eller studier"][namn] for namn in kolumner] == [2, 33, 4, 67, 2, 100]
    assert [poster["Aktivt arbetssökande som varken arbetar eller studerar"][namn] for namn in kolumner] == [1, 17, 1, 17, 0, 0]
    assert [poster["Övriga"][namn] for namn in kolumner] == [3, 50, 1, 17, -2, -67]
    assert poster["Studerar"]["forandring_andel"] == "–"
    assert som_poster(tabell(innehall, "omfattning"))["Medelarbetstid"] == {
        "kategori": "Medelarbetstid",
        "fore_antal": 2,
        "fore": 75,
        "efter_antal": 4,
        "efter": 50,
    }
    assert tabell(innehall, "underlag")["rader"] == [[6, 6, 100]]


def test_a_group_of_forsorjning_is_a_union_per_person(db):
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    bada = {"forsorjning": Forsorjning.A_KASSA | Forsorjning.AKTIVITETSSTOD}
    avslutad(insats, bada, {"forsorjning": Forsorjning.INGEN})

    grupper = som_poster(tabell(rapporten("forsorjningsgrupp", insats=insats.pk), "forsorjningsgrupp"))
    slag = som_poster(tabell(rapporten("forsorjning", insats=insats.pk), "forsorjning"))

    assert (grupper["Arbetsförmedlingen"]["fore"], grupper["Arbetsförmedlingen"]["fore_andel"]) == (1, 100)
    assert slag["A-kassa"]["fore_andel"] + slag["Aktivitetsstöd"]["fore_andel"] == 200
    assert (grupper["Ingen"]["efter"], grupper["Ingen"]["forandring"], grupper["Ingen"]["forandring_andel"]) == (1, 1, "–")


def test_who_ended_without_measurement_is_in_no_comparison_but_in_its_underlag(sex):
    DeltagandeFactory(insats=sex, startdatum=date(2020, 1, 1), slutdatum=date(2020, 3, 1), avslutningsanledning=7)

    rapport = gor_rapport("deltagare", typ="forsorjning", insats=sex.pk, **AR)

    assert tabell(som_json(rapport), "underlag")["rader"] == [[7, 6, 86]]
    assert som_poster(tabell(som_json(rapport), "forsorjning"))["Sjukpenning eller rehabiliteringspenning"]["fore_andel"] == 100
    assert rapport.tackning.text.startswith("Före och efter bygger på 6 av 7 avslutade deltagare.")
    assert rapport.tackning.andel == 86


def test_shares_of_few_come_with_a_caution(sex):
    noter = tabell(rapporten("forsorjning", insats=sex.pk), "forsorjning")["noter"]

    assert "Andelarna bygger på bara 6 deltagare. Tolka dem försiktigt." in noter


def test_shares_that_are_not_shown_come_without_the_caution(sex):
    lasare = BehorighetFactory(roll=Roll.RAPPORT).anvandare
    tva = {"forsorjning": Forsorjning.A_KASSA | Forsorjning.AKTIVITETSSTOD}
    for _ in range(9):
        avslutad(sex, tva, tva)

    noter = tabell(rapporten("forsorjning", insats=sex.pk, by=lasare), "forsorjning")["noter"]
    assert "Färre än 24 avslutade: andelar visas inte." in noter
    assert not any("försiktigt" in not_ for not_ in noter)


def test_months_without_anyone_stand_there_too(sex):
    in_ut = tabell(rapporten("in-ut", insats=sex.pk), "in_ut")

    assert [rad[0] for rad in in_ut["rader"]] == [f"2020-{manad:02}" for manad in range(1, 13)]
    assert [rad[3] for rad in in_ut["rader"]] == [6, *[0] * 11]
    assert in_ut["rader"][5] == ["2020-06", 0, 0, 0, 6, 0, 6]
    assert in_ut["summa"][3] == in_ut["summa"][6] == 6


@pytest.mark.parametrize(("slut", "rubrik"), [(date(2020, 6, 29), "3–6 månader"), (date(2020, 6, 30), "6–12 månader")])
def test_a_band_of_time_begins_on_the_day_it_is_named_after(db, slut, rubrik):
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    DeltagandeFactory(insats=insats, startdatum=date(2019, 12, 31), slutdatum=slut, avslutningsanledning=7)

    rader = som_poster(tabell(rapporten("tid", insats=insats.pk), "tid"))

    assert [text for text, rad in rader.items() if rad["totalt"]] == [rubrik, "Totalt"]


def test_bands_of_time_follow_each_other_without_gap():
    granser = [band.value.split("-") for band in Tidsband]

    assert [fran for fran, _ in granser[1:]] == [till for _, till in granser[:-1]]
    assert (granser[0][0], granser[-1][1]) == ("", "")


@pytest.mark.parametrize(("fore", "efter", "svar"), [(8, 5, -38), (8, 11, 38), (3, 1, -67), (3, 13, 333), (0, 4, None), (4, 4, 0)])
def test_change_in_per_cent_rounds_halves_away_from_zero(fore, efter, svar):
    assert andel_forandring(fore, efter) == svar


@pytest.mark.parametrize(("antal", "skrivna"), [((15, 10, 20), [15, 10, "0–4"]), ((13, 8, 23), [])])
def test_kinds_of_work_are_weighed_with_those_who_do_not_work(db, antal, skrivna):
    """13 and 8 are printed 15 and 10, and 21 of 44 work: where those are known to be 23 at most, nobody has the third kind."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    for typ, sa_manga in zip((Arbetstyp.EJ_SUBVENTIONERAT, Arbetstyp.SUBVENTIONERAT, None), antal, strict=True):
        for _ in range(sa_manga):
            avslutad(insats, {}, {"arbete_procent": 50, "arbetstyp": typ} if typ else {})

    rapport = som_json(gor_rapport("deltagare", typ="sysselsattning", insats=insats.pk, skydd="skyddad", **AR))

    assert [rad["efter"] for rad in som_poster(tabell(rapport, "arbetstyp")).values()] == skrivna


@pytest.mark.parametrize(("soker", "skrivet"), [(0, "–"), (4, "–"), (5, 5), (15, 15), (25, 25), (26, "–"), (30, "–")])
def test_a_hidden_row_of_its_own_says_not_whether_it_is_nearly_all_or_hardly_any(db, soker, skrivet):
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    DeltagandeFactory.create_batch(10, insats=insats, startdatum=date(2020, 1, 1), slutdatum=date(2020, 6, 1), avslutningsanledning=7)
    for nr in range(30):
        avslutad(insats, {"arbetssokande": nr % 2 == 0}, {"arbetssokande": nr < soker})

    rapport = som_json(gor_rapport("deltagare", typ="sysselsattning", insats=insats.pk, skydd="skyddad", **AR))

    assert [rad["efter"] for rad in som_poster(tabell(rapport, "arbetssokande")).values()] == [skrivet]


@pytest.fixture
def tva_lan(sex):
    """Six in the own organisation, four in another of the same län, two in another län; only the first six have sjukpenning."""
    lan = sex.samverkansorganisation.lan_id
    annat = "12" if lan != "12" else "14"
    for lanskod, antal in ((lan, 4), (annat, 2)):
        insats = InsatsFactory(samverkansorganisation=SamverkansorganisationFactory(lan_id=lanskod), startdatum=date(2018, 1, 1))
        for _ in range(antal):
            avslutad(insats, {"forsorjning": Forsorjning.A_KASSA}, {"forsorjning": Forsorjning.A_KASSA})
    return sex


@pytest.mark.parametrize(("mot", "andel", "mening"), [("riket", 50, "50\xa0% av rikets"), ("lan", 60, "60\xa0% av länets")])
def test_shares_of_riket_or_the_lan_stand_beside_the_own(tva_lan, mot, andel, mening):
    rapport = gor_rapport("deltagare", typ="forsorjning", insats=tva_lan.pk, jamfor=mot, **AR)

    rad = som_poster(tabell(som_json(rapport), "forsorjning"))["Sjukpenning eller rehabiliteringspenning"]
    assert (rad["fore_andel"], rad[f"{mot}_fore_andel"], rad[f"{mot}_efter_andel"]) == (100, andel, andel)
    assert f"Urvalet är {mening} deltagare med personuppgifter." in rapport.notiser


def test_tables_with_one_share_get_one_more(tva_lan):
    innehall = rapporten("bakgrund", insats=tva_lan.pk, jamfor="riket")

    nycklar = {t["nyckel"]: [kolumn["nyckel"] for kolumn in t["kolumner"]] for t in innehall["tabeller"]}
    assert nycklar["utbildning"][-2:] == ["andel", "riket_andel"]
    assert nycklar["kommun"][-1] == "totalt"
    assert nycklar["tackning"] == [kolumn["nyckel"] for kolumn in rapporten("bakgrund", insats=tva_lan.pk)["tabeller"][0]["kolumner"]]


def bredvid_riket(insats, **urval):
    """The report of who may see the own organisation exactly and riket only protected."""
    organisation = insats.samverkansorganisation
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=organisation).anvandare
    return gor_rapport("deltagare", by=anvandare, typ="forsorjning", organisation=organisation.pk, jamfor="riket", **urval)


def test_a_larger_selection_that_may_not_be_seen_exactly_stands_protected_beside_the_own(tva_lan):
    rapport = bredvid_riket(tva_lan, **AR)

    rad = som_poster(tabell(som_json(rapport), "forsorjning"))["Sjukpenning eller rehabiliteringspenning"]
    assert rapport.skydd == "exakt"
    assert (rad["fore"], rad["fore_andel"], rad["riket_fore_andel"]) == (6, 100, "–")  # twelve in riket: not shown
    assert "Talen är skyddade för riket, där du inte har rätt till exakta tal i alla insatser." in rapport.notiser
    assert "Skyddade tal" in dict(rapport.definitioner)


def test_the_lan_beside_the_own_is_named_inside_the_sentence(tva_lan):
    organisation = tva_lan.samverkansorganisation
    anvandare = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=organisation).anvandare

    rapport = gor_rapport("deltagare", by=anvandare, typ="forsorjning", organisation=organisation.pk, jamfor="lan", **AR)

    assert "Talen är skyddade för länet, där du inte har rätt till exakta tal i alla insatser." in rapport.notiser


def test_nothing_is_said_of_protection_where_all_is_exact(tva_lan):
    rapport = gor_rapport("deltagare", typ="forsorjning", insats=tva_lan.pk, jamfor="riket", **AR)

    assert not any("skyddade" in notis for notis in rapport.notiser)
    assert "Skyddade tal" not in dict(rapport.definitioner)


@pytest.mark.parametrize("typ", ["sysselsattning", "forsorjning"])
def test_a_measure_is_explained_once_under_its_own_name(sex, typ):
    termer = [term for term, _ in gor_rapport("deltagare", typ=typ, insats=sex.pk, **AR).definitioner]

    assert len(termer) == len(set(termer))
    assert not [term for term in termer if " fore" in term]


def test_a_comparison_with_what_is_only_protected_follows_its_periods(tva_lan):
    with pytest.raises(Regelbrott, match=r"^Jämförelsen visas skyddad, och skyddade tal .* hela år") as brott:
        bredvid_riket(tva_lan, fran="2020-01", till="2020-03")

    assert brott.value.falt == "jamfor"


def test_a_comparison_with_what_is_only_protected_has_one_filter_on_persons(tva_lan):
    with pytest.raises(Regelbrott, match=r"^Jämförelsen visas skyddad, och då .* en sak i taget") as brott:
        bredvid_riket(tva_lan, kon="kvinna", alder="-25", **AR)

    assert brott.value.falt == "jamfor"


@pytest.mark.parametrize("niva", [{"niva": "riket", "jamfor": "riket"}, {"niva": "lan", "lan": "14", "jamfor": "lan"}])
def test_nothing_is_compared_with_itself(forbund, inloggad, niva):
    svar = inloggad(Roll.SAMVERKANSADMINISTRATOR, forbund).get("/rapporter/deltagare/", {"typ": "tid", "ar": "2011", **niva})

    assert svar.context_data["form"].errors["jamfor"] == ["Välj något som är större än urvalet att jämföra med."]


def test_one_that_lies_in_no_lan_is_not_compared_with_riket_called_lanet(forbund, inloggad):
    utan = SamverkansorganisationFactory(namn="Norr", lan_id=None)
    urval = {"typ": "tid", "ar": "2011", "organisation": utan.pk, "jamfor": "lan"}

    svar = inloggad(Roll.SAMVERKANSADMINISTRATOR, utan).get("/rapporter/deltagare/", urval)

    assert svar.context_data["form"].errors["jamfor"] == ["Norr har inget län. Välj riket att jämföra med."]


def skyddad_variant(typ, nyckel, **urval):
    """The table that is protected in place of the exact one."""
    rapport = gor_rapport("deltagare", typ=typ, **{**AR, **urval})
    return next(t.skyddad for t in rapport.tabeller if t.nyckel == nyckel)


def test_protected_version_shows_every_reason_in_use_or_not(sex):
    rader = skyddad_variant("avslutningsanledning", "avslutningsanledning", insats=sex.pk).rader

    assert [rad.celler[3] for rad in rader] == [6, 0, 0, 0, 0, 0, 0]


def test_protected_version_shows_tertial_in_place_of_months(sex):
    variant = skyddad_variant("in-ut", "in_ut", insats=sex.pk)

    assert [rad.celler for rad in variant.rader] == [
        ("2020 T1", 6, 0, 6, 0, 0, 0),
        ("2020 T2", 0, 0, 0, 6, 0, 6),
        ("2020 T3", 0, 0, 0, 0, 0, 0),
    ]
    assert variant.noter == ("Månaderna är hopräknade till tertial, för att ingen ska kunna kännas igen.",)
    assert not any("hopräknade" in text for text in tabell(rapporten("in-ut", insats=sex.pk), "in_ut").get("noter", ()))


def test_protected_version_puts_places_with_few_together(sex):
    DeltagandeFactory.create_batch(2, insats=sex, kommun_id="0180", startdatum=date(2020, 1, 1))
    DeltagandeFactory(insats=sex, kommun_id="1480", startdatum=date(2020, 1, 1))

    rader = skyddad_variant("bakgrund", "kommun", insats=sex.pk).rader

    assert [rad.celler[0] for rad in rader] == ["Trollhättan", "Övriga kommuner"]
    assert rader[1].celler[3] == 3


def test_the_forbund_of_2011_adds_up_in_every_type(forbund):
    """67 ended, as published; the parts of each type are parts of them."""
    avslutade = som_poster(tabell(rapporten("avslutningsanledning", ar=2011, organisation=NAMN), "avslutningsanledning"))["Totalt"]
    in_ut = som_poster(tabell(rapporten("in-ut", ar=2011, organisation=NAMN), "in_ut"))["Totalt"]
    langder = tabell(rapporten("tid", ar=2011, organisation=NAMN), "tid")

    assert avslutade["totalt"] == in_ut["ut"] == langder["summa"][3] == sum(rad[3] for rad in langder["rader"]) == 67
