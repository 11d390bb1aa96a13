"""Shares, means and medians of fewer than 30 come with a caution, wherever they are printed, and never where they are hidden."""

from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost
from rapporter.forsiktighet import om_andelarna, rad_for_rad
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory, SvarFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, tabell

MEDEL = "Medelvärden som bygger på färre än 30 deltagare ska tolkas försiktigt."
MEDEL_OCH_MEDIAN = "Medelvärden och medianer som bygger på färre än 30 deltagare ska tolkas försiktigt."
MEDIANER = "Medianer som bygger på färre än 30 deltagare ska tolkas försiktigt."
TACKNING = "Täckning som bygger på färre än 30 deltagare ska tolkas försiktigt."
ANDELAR = "Andelar som bygger på färre än 30 deltagare ska tolkas försiktigt."
RAD_FOR_RAD = "Andelar som bygger på färre än 30 avslutade med mätning ska tolkas försiktigt."
FRAGA, ANTAL, ANDEL = Kolumn("fraga", "Fråga"), Kolumn("totalt", "Totalt", Typ.ANTAL), Kolumn("andel", "Andel", Typ.ANDEL)


def noter(nyckel, rapport):
    return tabell(som_json(rapport), nyckel).get("noter", [])


@pytest.mark.parametrize(("antal", "andel", "ska"), [(1, 100, True), (29, 50, True), (30, 50, False), (0, None, False), (20, "–", False)])
def test_the_caution_follows_what_is_printed(antal, andel, ska):
    per_rad = Tabell("t", "T", (FRAGA, ANTAL, ANDEL), (Rad(("a", 400, 50)), Rad(("b", antal, andel))))
    kon = (Kolumn("kvinna", "Kvinna", Typ.ANTAL), Kolumn("man", "Man", Typ.ANTAL))
    gemensam = Tabell("t", "T", (FRAGA, *kon, ANTAL, ANDEL), (Rad(("b", 0, antal, antal, andel)),), Rad(("Totalt", 0, antal, antal, andel)))

    assert bool(rad_for_rad(per_rad, "Andelar", av=("totalt",))) == ska
    assert bool(om_andelarna("Andelarna", gemensam, None)) == ska


def test_means_and_medians_of_few_in_deltagarrapport(sex):
    assert MEDEL in noter("omfattning", gor_rapport("deltagare", typ="sysselsattning", insats=sex.pk, **AR))
    assert MEDEL_OCH_MEDIAN in noter("matt", gor_rapport("deltagare", typ="tid", insats=sex.pk, **AR))


def test_means_that_are_not_shown_come_without_the_caution(sex):
    lasare = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    assert noter("omfattning", gor_rapport("deltagare", typ="sysselsattning", insats=sex.pk, by=lasare, **AR)) == []


def test_medians_of_few_in_registrering(sex):
    assert noter("registrering", gor_rapport("registrering", insats=sex.pk, **AR)) == [MEDIANER]

    for _ in range(24):
        avslutad(sex, {}, {})
    assert noter("registrering", gor_rapport("registrering", insats=sex.pk, **AR)) == []


def test_few_who_ended_and_few_in_all(sex):
    """Each share by what it is of: of 24 with personuppgifter and six anonyma in the year, of whom six ended."""
    DeltagandeFactory.create_batch(18, insats=sex, startdatum=date(2020, 9, 1))
    val = {"typ": "sysselsattning", "insats": sex.pk}
    mars = {"fran": "2020-03", "till": "2020-03"}

    for period in (AR, mars):
        assert TACKNING in noter("tackning", gor_rapport("deltagare", **val, **period))
    assert noter("underlag", gor_rapport("deltagare", **val, **AR)) == [ANDELAR]

    AnonymPost.objects.create(insats=sex, ar=2020, kon=Kon.MAN, slag="anonym", antal=6)
    for period in (AR, mars):
        assert TACKNING not in noter("tackning", gor_rapport("deltagare", **val, **period))


def test_shares_of_few_that_are_not_shown_come_without_the_caution(sex):
    lasare = BehorighetFactory(roll=Roll.RAPPORT).anvandare
    AnonymPost.objects.create(insats=sex, ar=2020, kon=Kon.MAN, slag="anonym", antal=3)

    rapport = gor_rapport("deltagare", typ="sysselsattning", insats=sex.pk, by=lasare, **AR)

    assert tabell(som_json(rapport), "tackning")["rader"][0][4] == "–"
    assert not {TACKNING, ANDELAR} & {*noter("tackning", rapport), *noter("underlag", rapport)}


def test_few_who_got_a_question(db):
    fraga = KompletterandeFragaFactory()
    rad = DeltagandeFactory(insats=InsatsFactory(samverkansorganisation=fraga.samverkansorganisation), kon=Kon.MAN)
    SvarFactory(fraga=fraga, deltagande=rad, typ="in", alternativ=fraga.alternativ.first())

    rapport = gor_rapport("kompletterande-fragor", organisation=fraga.samverkansorganisation_id, ar=rad.startdatum.year)

    assert noter("svarsfrekvens", rapport) == [ANDELAR]
    assert noter("tackning", rapport) == [TACKNING]


def test_few_in_the_larger_selection_beside(sex):
    rapport = gor_rapport("deltagare", typ="forsorjning", insats=sex.pk, jamfor="riket", **AR)
    assert "Andelarna i riket bygger på bara 6 deltagare. Tolka dem försiktigt." in noter("forsorjning", rapport)

    annan = InsatsFactory(startdatum=date(2018, 1, 1))
    for _ in range(24):
        avslutad(annan, {}, {})
    rapport = gor_rapport("deltagare", typ="forsorjning", insats=sex.pk, jamfor="riket", **AR)
    assert "Andelarna bygger på bara 6 deltagare. Tolka dem försiktigt." in noter("forsorjning", rapport)
    assert not any("riket" in not_ for not_ in noter("forsorjning", rapport))


@pytest.mark.parametrize("skydd", ["exakt", "skyddad"])
def test_a_row_of_few_in_nationell_and_in_the_appendix(sex, skydd):
    """Six are hidden from others, and so are the cautions: their täckning too, beside fewer than five anonyma."""
    AnonymPost.objects.create(insats=sex, ar=2020, kon=Kon.MAN, slag="anonym", antal=3)
    nationell, underlag = (gor_rapport(namn, skydd=skydd, **AR) for namn in ("nationell", "regeringsunderlag"))

    for nyckel in ("lan", "forbund"):
        assert (RAD_FOR_RAD in noter(nyckel, nationell)) == (TACKNING in noter(nyckel, nationell)) == (skydd == "exakt")
        assert (RAD_FOR_RAD in noter(nyckel, underlag)) == (skydd == "exakt")


def test_a_tackning_of_whole_years_in_nationell_is_of_as_many_as_the_years_have(db):
    """20 in the spring, and 40 in the year."""
    insats = InsatsFactory(startdatum=date(2018, 1, 1))
    for _ in range(20):
        avslutad(insats, {}, {}, startdatum=date(2020, 2, 1), slutdatum=date(2020, 3, 1))
        DeltagandeFactory(insats=insats, startdatum=date(2020, 9, 1))

    varen = {"fran": "2020-01", "till": "2020-04"}
    assert TACKNING not in noter("lan", gor_rapport("nationell", **varen))

    insats.deltaganden.filter(startdatum__month=9).delete()
    assert TACKNING in noter("lan", gor_rapport("nationell", **varen))
