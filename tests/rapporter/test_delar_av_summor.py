"""Rule 8: the sum of a few insatser or samverkansorganisationer, and what it tells of the parts that are hidden."""

from dataclasses import replace
from datetime import date

import pytest

from behorigheter.roller import Roll
from deltagare.koder import Avslutningsanledning, Kon, Utbildning
from rapporter import motor
from rapporter.omrakning import DOLT_TAL, andel_av_alla
from rapporter.rojande import Urvalsdel
from rapporter.skydd import FOR_SMA_DELAR, skriven_bas, skydda
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from rapporter.urval import Urval
from tests.factories import BehorighetFactory, DeltagandeFactory, InsatsFactory, SamverkansorganisationFactory
from tests.rapporter.conftest import AR, avslutad, gor_rapport, som_json, som_poster, tabell

OVRIGA = 100  # in another row of every part: no table is about too few
KOLUMNER = (
    Kolumn("kategori", "Kategori"),
    Kolumn("kvinna", "Kvinna", Typ.ANTAL, del_av="totalt"),
    Kolumn("man", "Man", Typ.ANTAL, del_av="totalt"),
    Kolumn("totalt", "Totalt", Typ.ANTAL, egenskap=True),
)


def med(kvinnor, man):
    """A part, or the sum, of whom so many have what a row is about."""
    rader = {"har": (kvinnor, man), "har inte": (OVRIGA, OVRIGA)}
    celler = [Rad((text, *delar, sum(delar))) for text, delar in rader.items()]
    n = kvinnor + man + 2 * OVRIGA
    return Tabell("t", "T", KOLUMNER, tuple(celler), Rad(("Totalt", kvinnor + OVRIGA, man + OVRIGA, n)), underlag={"": n})


def skriven(*delar, summa=None, **val):
    """The row of the sum of the parts, as it is printed."""
    hel = med(*(summa or map(sum, zip(*delar, strict=True))))
    return list(skydda(hel, uppdelningar=[[Urvalsdel(med(*del_)) for del_ in delar]], **val).rader[0].celler[1:])


@pytest.mark.parametrize(
    ("delar", "visas"),
    [
        ((17, 7, 4), False),  # at least 28, and the printed ones at most 17 and 7: the last is four
        ((17, 7, 3), True),
        ((4, 4), False),  # at least eight: four each
        ((13, 13, 5, 1), False),  # 32 at most, and 31 without the last
        ((16, 13, 5, 1), True),
        ((17, 7, 5), True),  # nothing is hidden
        ((12,), True),
        ((), True),
    ],
)
def test_a_sum_is_hidden_that_would_tell_its_hidden_parts(delar, visas):
    rad = skriven(*((0, antal) for antal in delar), summa=(0, sum(delar) or 12))

    assert (rad[2] != DOLT_TAL) == visas


def test_a_sum_of_others_than_its_parts_tells_nothing_of_them():
    """Persons are counted once in the sum, and once in each of their insatser."""
    assert skriven((0, 17), (0, 7), (0, 4), summa=(0, 27))[2] == 25


def test_only_kvinnor_and_man_are_hidden_when_only_they_would_tell():
    assert skriven((17, 30), (7, 30), (4, 30)) == [DOLT_TAL, DOLT_TAL, 120]
    assert skriven((17, 30), (7, 30), (2, 30)) == [25, 90, 115]


def test_kvinnor_are_no_more_than_the_printed_total_leaves_when_man_are_known():
    """75 is at most 77, and 40 män at least 38: 39 kvinnor, of whom the first part, printed 40, has 38 or more."""
    assert skriven((38, 25), (1, 13)) == [DOLT_TAL, DOLT_TAL, 75]
    assert skriven((38, 25), (1, 14)) == [40, 40, 80]


def test_what_the_exact_total_less_the_other_rows_would_tell_anyhow_hides_the_distribution():
    """Of 120, 90 have it not: that is 28 to 32, as 30 would say."""

    def av(har, har_inte):
        rader = tuple(Rad((text, 0, antal, antal)) for text, antal in (("har", har), ("har inte", har_inte)))
        n = har + har_inte
        return Tabell("t", "T", KOLUMNER, rader, Rad(("Totalt", 0, n, n)), underlag={"": n}, fordelning=("totalt",))

    delar = [av(17, 31), av(7, 31), av(4, 30)]

    assert skydda(av(28, 92), uppdelningar=[list(map(Urvalsdel, delar))]).visas_inte == FOR_SMA_DELAR
    assert [rad.celler[3] for rad in skydda(av(28, 92)).rader] == [30, 90]


def test_shares_are_hidden_with_the_number_that_they_are_of():
    """Of a sum row that rule 8 hides, or of a base that is hidden in the table where it stands."""
    kolumner = (*KOLUMNER, Kolumn("andel", "Andel", Typ.ANDEL, raknas_om=andel_av_alla("totalt")))

    def svar(n, *delar, **val):
        def av(n):
            rader = (Rad(("ja", 0, n // 2, n // 2, 50)), Rad(("nej", 0, n - n // 2, n - n // 2, 50)))
            summa, bas_i = Rad(("Har svarat", 0, n, n, 100)), ("svarsfrekvens", 0, "svarade")
            return Tabell("t", "T", kolumner, rader, summa, underlag={"": n}, bas_i=bas_i)

        skyddad = skydda(av(n), uppdelningar=[[Urvalsdel(av(del_)) for del_ in delar]], **val)
        return [skyddad.rader[0].celler[4], skyddad.summa.celler[3]], skyddad.noter

    assert svar(88, 47, 37, 4) == ([DOLT_TAL, DOLT_TAL], ("Andelar visas inte, för att ingen ska kunna kännas igen.",))
    assert svar(88, 47, 38, 3) == ([50, 90], ())
    assert svar(88, 47, 38, 3, bas=90) == ([50, 90], ())
    assert svar(88, 47, 38, 3, bas=DOLT_TAL)[0] == [DOLT_TAL, DOLT_TAL]


def test_the_base_of_shares_that_is_hidden_elsewhere_is_hidden_with_its_kvinnor_and_man_and_changes_are_no_shares():
    kolumner = (*KOLUMNER, Kolumn("forandring", "Förändring", Typ.ANDEL, raknas_om=lambda celler, _: 50, tecken=True))
    rader, summa = (Rad(("ja", 40, 70, 110, 50)),), Rad(("Har svarat", 40, 70, 110, 50))
    tabell = Tabell("t", "T", kolumner, rader, summa, underlag={"": 110}, bas_i=("svarsfrekvens", 0, "svarade"))

    skyddad = skydda(tabell, bas=DOLT_TAL)

    assert skyddad.rader[0].celler[4] == 50
    assert skyddad.summa.celler[1:4] == (DOLT_TAL, DOLT_TAL, DOLT_TAL)


def test_a_base_in_a_table_of_too_few_in_another_row_is_not_hidden_for_its_own_sake():
    """110 are asked one question, and eight another."""
    svarade = Tabell("f", "F", KOLUMNER[3:], (Rad((100,)), Rad((6,))), underlag={"": 8})
    fragan = Tabell("t", "T", KOLUMNER, (), bas_i=("f", 0, "totalt"))

    assert skriven_bas(fragan, {"f": skydda(svarade)}) is None
    assert skriven_bas(fragan, {"f": skydda(replace(svarade, underlag={"": 110}))}) == 100


def test_all_whom_a_filter_picks_out_are_a_row_of_the_parts_without_the_filter():
    """32 of 13, 19 and none: the parts are too few for a report of their own, and stand in the distribution of each insats."""

    def av(kvinnor, man):
        n = kvinnor + man
        return Tabell("t", "T", KOLUMNER, (Rad(("har", 0, 0, n)),), Rad(("Totalt", kvinnor, man, n)), underlag={"": n})

    delar = [av(0, 13), av(13, 6), av(0, 0)]

    assert skydda(av(13, 19), uppdelningar=[list(map(Urvalsdel, delar))], med_personfilter=True).visas_inte == FOR_SMA_DELAR
    assert skydda(av(13, 20), uppdelningar=[list(map(Urvalsdel, [av(0, 14), *delar[1:]]))], med_personfilter=True).summa.celler[3] == 35


def test_a_report_of_one_kon_weighs_a_part_whose_other_kon_is_too_few_to_show_it():
    """Of män 32, 22 and 24; of kvinnor ten, ten and none. All together less the two that are shown would tell that the last has none."""

    def av(antal):
        return Tabell("t", "T", KOLUMNER, (Rad(("har", 0, 0, antal)),), Rad(("Totalt", 0, 0, antal)), underlag={"": antal})

    def mannen(*kvinnor):
        delar = [Urvalsdel(av(man), av(antal)) for man, antal in zip((32, 22, 24), kvinnor, strict=True)]
        return skydda(av(78), med_personfilter=True, andra_delen=av(sum(kvinnor)), uppdelningar=[delar])

    assert mannen(10, 10, 0).visas_inte == FOR_SMA_DELAR
    assert mannen(10, 10, 5).summa.celler[3] == 80


def test_all_but_a_few_are_weighed_as_what_they_are_printed_as():
    """Of 24, 20 and 14 who ended, 24, 20 and 4 with mätning are printed 20, 20 and 0–4: at most 44. All, 48, would tell that it is 4."""

    def av(matta, avslutade):
        kolumner = (Kolumn("avslutade", "Avslutade", Typ.ANTAL, personer=True), Kolumn("matta", "Mätta", Typ.ANTAL, egenskap=True))
        return Tabell("t", "T", kolumner, (Rad((avslutade, matta), insatser=2, hela=True),), underlag={"": avslutade}, alla=avslutade)

    def skrivet(sista):
        delar = [Urvalsdel(av(24, 24)), Urvalsdel(av(20, 20)), Urvalsdel(av(sista, 14))]
        return skydda(av(44 + sista, 58), uppdelningar=[delar]).rader[0].celler[1]

    assert skrivet(4) == DOLT_TAL
    assert skrivet(3) == 45


def test_those_who_are_left_of_a_head_count_are_weighed_with_their_kvinnor_and_man():
    """Of 16, 33 and 12 who ended 16, 30 and 7 were measured: 53 of 61, printed 55, leave at most eight, of whom five are of the last. Of
    the second at least 23 kvinnor ended and at most 22 were measured: one is left. Then hardly anybody is left of the first.
    """
    vittnen = [Kolumn(f"{av}_{kon}", kon, Typ.ANTAL, del_av=av, vittne=True) for av in ("avslutade", "matta") for kon in ("kvinna", "man")]
    kolumner = (
        Kolumn("avslutade", "Avslutade", Typ.ANTAL, personer=True),
        Kolumn("matta", "Mätta", Typ.ANTAL, egenskap=True, rest_av="avslutade"),
        *vittnen,
    )

    def av(*kon):
        avslutade = sum(kon[:2])
        rad = Rad((avslutade, sum(kon[2:]), *kon), insatser=2, hela=True)
        return Tabell("t", "T", kolumner, (rad,), underlag={"": avslutade}, alla=avslutade)

    def skrivet(*andra):
        delar = (8, 8, 8, 8), andra, (6, 6, 5, 2)
        hel = av(*map(sum, zip(*delar, strict=True)))
        return skydda(hel, uppdelningar=[[Urvalsdel(av(*del_)) for del_ in delar]]).rader[0].celler

    assert skrivet(25, 8, 22, 8) == (61, DOLT_TAL)
    assert skrivet(17, 16, 15, 15) == (61, 55)


def test_a_count_that_another_table_prints_by_kon_is_weighed_with_its_kvinnor_and_man_and_printed_without():
    """11 and 12 are printed 10 and 10, and their sum 25: at least 23, at most 24. Without that 23 to 27."""
    vittnen = tuple(replace(kolumn, vittne=True) for kolumn in KOLUMNER[1:3])
    delar = (11, 12), (12, 9), (2, 2)

    def av(kvinnor, man, *, med_vittnen):
        antal, alla = kvinnor + man, kvinnor + man + 2 * OVRIGA
        rader = {"gör": (antal, kvinnor, man), "gör inte": (alla - antal, OVRIGA, OVRIGA)}
        kolumner = (KOLUMNER[0], KOLUMNER[3], *vittnen[: 2 * med_vittnen])
        return Tabell("t", "T", kolumner, tuple(Rad((text, *tal)[: len(kolumner)]) for text, tal in rader.items()), underlag={"": alla})

    def skrivna(**val):
        skyddad = skydda(av(25, 23, **val), uppdelningar=[[Urvalsdel(av(*del_, **val)) for del_ in delar]])
        assert [kolumn.nyckel for kolumn in skyddad.kolumner] == ["kategori", "totalt"]
        return skyddad.rader[0].celler

    assert skrivna(med_vittnen=True) == ("gör", DOLT_TAL)
    assert skrivna(med_vittnen=False) == ("gör", 50)


def test_the_total_of_a_head_count_is_nothing_to_hide_and_its_kvinnor_and_man_are():
    def totalt(**val):
        hel, *delar = (
            Tabell("t", "T", KOLUMNER, (Rad(("har", 0, 0, 0)),), Rad(("Totalt", *antal)), underlag={"": antal[2]})
            for antal in ((60, 28, 88), (30, 17, 47), (20, 7, 27), (10, 4, 14))
        )
        return skydda(hel, uppdelningar=[list(map(Urvalsdel, delar))], **val).summa.celler[1:]

    assert totalt() == (DOLT_TAL, DOLT_TAL, 90)


def test_nor_is_the_only_row_that_is_a_head_count():
    hel, *delar = (Tabell("t", "T", KOLUMNER[3:], (Rad((antal,), huvudtal=True),), underlag={"": antal}) for antal in (88, 47, 37, 4))

    assert skydda(hel, uppdelningar=[list(map(Urvalsdel, delar))]).rader[0].celler == (90,)


@pytest.fixture
def organisation(db):
    return med_grundskola(SamverkansorganisationFactory(), 17, 7, 4)


def med_grundskola(organisation, *antal_per_insats):
    """So many with grundskola, and enough others, in each insats."""
    for antal in antal_per_insats:
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        for utbildning, sa_manga in ((Utbildning.GRUNDSKOLA, antal), (Utbildning.GYMNASIUM, 20), (Utbildning.HOGSKOLA_3, 20)):
            for nr in range(sa_manga):
                DeltagandeFactory(insats=insats, startdatum=date(2020, 1, 1), utbildning=utbildning, kon=(Kon.KVINNA, Kon.MAN)[nr % 2])
    return organisation


def test_small_kommuner_of_a_part_are_parts_of_the_sum_though_they_have_no_row_there(organisation):
    for insats in organisation.insatser.all():
        for nr, deltagande in enumerate(insats.deltaganden.order_by("utbildning", "pk")):
            deltagande.kommun_id = "1462" if deltagande.utbildning == Utbildning.GRUNDSKOLA else ("1488", "1480")[nr % 2]
            deltagande.save()

    rapport = gor_rapport("deltagare", organisation=organisation.pk, typ="bakgrund", skydd="skyddad", **AR)

    rader = som_poster(tabell(som_json(rapport), "kommun"))
    assert {namn: rad["totalt"] for namn, rad in rader.items()} == {
        "Göteborg": 60,
        "Lilla Edet": DOLT_TAL,
        "Trollhättan": 60,
        "Övriga kommuner": "0–4",
        "Totalt": 150,
    }


def grundskola(by, organisation, **val):
    rapport = gor_rapport("deltagare", by=by, organisation=organisation.pk, typ="bakgrund", **AR, **val)
    rad = som_poster(tabell(som_json(rapport), "utbildning"))["Grundskola"]
    return [rad["totalt"], rad["andel"]]


def test_a_report_of_few_insatser_hides_the_sum_and_its_share_from_who_has_no_right_to_them(organisation):
    anyone = BehorighetFactory(roll=Roll.RAPPORT).anvandare

    assert grundskola(anyone, organisation) == [DOLT_TAL, DOLT_TAL]
    assert grundskola(None, organisation) == [28, 19]
    assert grundskola(None, organisation, skydd="skyddad") == [DOLT_TAL, DOLT_TAL]


@pytest.mark.parametrize(("startdatum", "skrivet"), [(date(2020, 12, 31), [30, 20]), (date(2021, 1, 1), [DOLT_TAL, DOLT_TAL])])
def test_a_sum_of_many_insatser_where_there_was_somebody_is_not_asked_about_its_parts(organisation, startdatum, skrivet):
    for utbildning in (Utbildning.GYMNASIUM, Utbildning.GYMNASIUM, Utbildning.HOGSKOLA_3):
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        DeltagandeFactory(insats=insats, startdatum=startdatum, utbildning=utbildning)

    assert grundskola(None, organisation, skydd="skyddad") == skrivet


@pytest.mark.parametrize(("andra", "skrivet"), [(0, DOLT_TAL), (4, DOLT_TAL), (5, 55)])
def test_a_part_where_a_filter_picks_out_nearly_all_is_a_hidden_part_of_the_sum(db, andra, skrivet):
    """22 of 22, and 32 of 72, printed 30: from 54, printed 55, one would know that the first are at least 21."""
    organisation = SamverkansorganisationFactory()
    for grundskola, gymnasium in ((22, andra), (32, 40)):
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        for utbildning, antal in ((Utbildning.GRUNDSKOLA, grundskola), (Utbildning.GYMNASIUM, gymnasium)):
            DeltagandeFactory.create_batch(antal, insats=insats, startdatum=date(2020, 1, 1), utbildning=utbildning)

    val = {"organisation": organisation.pk, "typ": "bakgrund", "utbildning": "grundskola", "skydd": "skyddad"}

    assert tabell(som_json(gor_rapport("deltagare", **val, **AR)), "tackning")["rader"][0][0] == skrivet


def test_two_forbund_of_a_lan_are_parted_insats_by_insats_too(db):
    """28, of which 17 in one förbund and 11 in the other are printed 15 and 10. But the 11 are 7 and 4."""
    for antal in ((17,), (7, 4)):
        med_grundskola(SamverkansorganisationFactory(lan_id="14"), *antal)

    rapport = som_json(gor_rapport("deltagare", niva="lan", lan="14", typ="bakgrund", skydd="skyddad", **AR))

    assert som_poster(tabell(rapport, "utbildning"))["Grundskola"]["totalt"] == DOLT_TAL


def test_the_parts_are_the_samverkansorganisationer_and_the_insatser_where_there_are_persons(db):
    forsta, andra = InsatsFactory.create_batch(2)
    tredje = InsatsFactory(samverkansorganisation=andra.samverkansorganisation)
    flera = [InsatsFactory(samverkansorganisation__lan_id=lan) for lan in ("12", "12", "12", "14", "14", "14")]
    volym = InsatsFactory(samverkansorganisation=andra.samverkansorganisation, volym=True)
    tom = InsatsFactory(samverkansorganisation=andra.samverkansorganisation)
    for insats in (forsta, andra, tredje, *flera):
        DeltagandeFactory(insats=insats, startdatum=date(2020, 1, 1))
    DeltagandeFactory(insats=tom, startdatum=date(2021, 1, 1))

    def delar(*insatser):
        with motor.oppna(Urval(date(2020, 1, 1), date(2020, 12, 31), (2020,)), tuple(insats.pk for insats in insatser)) as oppen:
            return [[del_.insatser for del_ in delar] for delar in oppen.uppdelningar()]

    assert delar(forsta, andra, tredje) == [[(forsta.pk,), (andra.pk, tredje.pk)], [(forsta.pk,), (andra.pk,), (tredje.pk,)]]
    assert delar(andra, tredje, volym, tom) == [[(andra.pk,), (tredje.pk,)]]
    assert delar(forsta, volym) == delar(forsta, tom) == []
    assert delar(*flera[:3]) == [[(insats.pk,) for insats in flera[:3]]]
    assert delar(*flera) == [[tuple(insats.pk for insats in flera[:3]), tuple(insats.pk for insats in flera[3:])]]
    assert [len(satt) for satt in delar(*flera[1:])] == [5, 2]


def test_before_and_after_of_a_hidden_number_of_measured_have_no_shares_in_any_report(db):
    """47 and 37 of 60 are printed 45 and 35, and 88 of 180 as 90: of the third insats there would be 4."""
    organisation = SamverkansorganisationFactory()
    for matta in (47, 37, 4):
        insats = InsatsFactory(samverkansorganisation=organisation, startdatum=date(2018, 1, 1))
        for nr in range(60):
            kon = (Kon.KVINNA, Kon.MAN)[nr % 2]
            if nr < matta:
                avslutad(insats, *({"arbete_procent": 50} if nr % 3 else {} for _ in range(2)), kon=kon)
            else:
                period = {"startdatum": date(2020, 1, 1), "slutdatum": date(2020, 6, 1)}
                DeltagandeFactory(insats=insats, avslutningsanledning=Avslutningsanledning.UTAN_MATNING, kon=kon, **period)
    urval = {"organisation": organisation.pk, "skydd": "skyddad", **AR}

    skyddad = som_json(gor_rapport("deltagare", typ="sysselsattning", **urval))
    i_landet = som_json(gor_rapport("nationell", skydd="skyddad", **AR))

    assert tabell(skyddad, "underlag")["rader"] == [[180, DOLT_TAL, DOLT_TAL]]
    arbetar, ar_rad = som_poster(tabell(skyddad, "sysselsattning"))["Arbetar"], som_poster(tabell(i_landet, "forbund"))[str(organisation)]
    assert [arbetar[namn] for namn in ("fore", "fore_andel", "efter", "efter_andel")] == [55, DOLT_TAL, 55, DOLT_TAL]
    namn = ("avslutade", "avslutade_med_matning", "fore", "fore_andel", "efter", "efter_andel")
    assert [ar_rad[ett] for ett in namn] == [180, DOLT_TAL, 55, DOLT_TAL, 55, DOLT_TAL]
