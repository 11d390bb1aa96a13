"""The rules of the röjandekontroll, one by one, on tables of known counts (docs/regler.md 10)."""

from dataclasses import replace
from datetime import date

import pytest

from rapporter.omrakning import andel_av, andel_av_alla, forandring, forandring_andel
from rapporter.skydd import skydda
from rapporter.skyddat_urval import granska_urval
from rapporter.tabell import Kolumn, Rad, Tabell, Typ
from rapporter.urval import Urval
from sus.core.regelbrott import Regelbrott

KATEGORI = Kolumn("kategori", "Kategori")
KON = (Kolumn("kvinna", "Kvinna", Typ.ANTAL, del_av="totalt"), Kolumn("man", "Man", Typ.ANTAL, del_av="totalt"))
TOTALT = Kolumn("totalt", "Totalt", Typ.ANTAL, egenskap=True)
ANDEL = Kolumn("andel", "Andel", Typ.ANDEL, raknas_om=andel_av_alla("totalt"))


def urval(fran, till, **personer):
    return Urval(date.fromisoformat(f"{fran}-01"), date.fromisoformat(f"{till}-28"), (2020,), personer=personer)


def tabellen(*antal, n=None, kolumner=(TOTALT, ANDEL), **falt):
    """One row per count, of a table about n."""
    rader = tuple(Rad((f"rad {nr}", *(rad if isinstance(rad, tuple) else (rad, 0)))) for nr, rad in enumerate(antal))
    return Tabell("t", "T", (KATEGORI, *kolumner), rader, underlag={"": n}, **falt)


def celler(tabell, **val):
    return [rad.celler[1:] for rad in skydda(tabell, **val).rader]


@pytest.mark.parametrize(
    ("fran", "till"),
    [
        *(("2020-01", "2020-04"), ("2020-05", "2020-08"), ("2020-09", "2020-12")),
        *(("2020-01", "2020-06"), ("2020-07", "2020-12"), ("2020-01", "2020-12"), ("2019-01", "2020-12")),
    ],
)
def test_a_tertial_a_half_year_and_whole_years_are_protected_periods(fran, till):
    granska_urval(urval(fran, till, kon=1))


@pytest.mark.parametrize(
    ("fran", "till"),
    [
        ("2020-01", "2020-01"),
        ("2020-01", "2020-03"),
        ("2020-01", "2020-08"),
        ("2019-05", "2020-04"),
        ("2019-09", "2020-12"),
        ("2020-04", "2020-07"),
    ],
)
def test_another_period_is_refused_at_its_field(fran, till):
    with pytest.raises(Regelbrott, match="ett tertial, ett halvår eller hela år") as brott:
        granska_urval(urval(fran, till))

    assert brott.value.falt == "till"


def test_a_second_filter_on_persons_is_refused_at_its_field():
    with pytest.raises(Regelbrott, match="en sak i taget") as brott:
        granska_urval(urval("2020-01", "2020-12", kon=1, alder="-25"))

    assert brott.value.falt == "alder"


@pytest.mark.parametrize(
    ("n", "med_personfilter", "text"),
    [
        (9, False, "Färre än 10 deltagare: visas inte."),
        (0, False, "Färre än 10 deltagare: visas inte."),
        (19, True, "Färre än 20 deltagare, eller nästan alla, är utvalda: visas inte."),
    ],
)
def test_a_table_about_too_few_is_a_sentence(n, med_personfilter, text):
    tabell = skydda(tabellen(n, n=n, summa=Rad(("Totalt", n, 100)), noter=("Av n.",)), med_personfilter=med_personfilter)

    assert (tabell.visas_inte, tabell.rader, tabell.summa, tabell.noter) == (text, (), None, ())


@pytest.mark.parametrize(("utan_filter", "visas"), [(22, False), (26, False), (27, True)])
def test_nearly_all_whom_a_filter_picks_out_are_a_sentence_that_says_no_more_than_that_of_few(utan_filter, visas):
    alla = tabellen(0, n=utan_filter)
    utvalda, fa = (skydda(tabellen(n, n=n), med_personfilter=True, ofiltrerad=alla).visas_inte for n in (22, 19))

    assert (utvalda != fa) == visas


def test_from_ten_counts_are_shown_and_from_twenty_shares():
    assert celler(tabellen(6, 4, n=10)) == [(5, "–"), ("0–4", "–")]
    assert celler(tabellen(16, 4, n=20)) == [(15, 75), ("0–4", "–")]
    assert "Färre än 20 deltagare: andelar visas inte." in skydda(tabellen(6, 4, n=10)).noter


@pytest.mark.parametrize(
    ("antal", "skrivet"), [(0, "0–4"), (4, "0–4"), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000), (1003, 1005)]
)
def test_a_count_is_hidden_or_the_nearest_five(antal, skrivet):
    assert celler(tabellen(antal, n=2000))[0][0] == skrivet


def test_a_sum_is_rounded_from_its_own_true_count_and_not_added_up():
    tabell = skydda(tabellen(7, 7, 7, n=21, summa=Rad(("Totalt", 21, 100))))

    assert [rad.celler[1] for rad in tabell.rader] == [5, 5, 5]
    assert tabell.summa.celler[1:] == (20, 100)


@pytest.mark.parametrize(
    ("antal", "skrivet"),
    [
        *((antal, 15) for antal in range(14, 19)),  # 18 would be 20, and nobody left out
        (13, 15),
        (12, 10),
        (4, "0–4"),
    ],
)
def test_all_but_a_few_of_an_exact_head_count_are_printed_as_one_number(antal, skrivet):
    assert celler(tabellen(antal, n=18, alla=18)) == [(skrivet, "–")]
    assert celler(tabellen(antal, n=40, alla=18), med_personfilter=True) == celler(tabellen(antal, n=40), med_personfilter=True)


@pytest.mark.parametrize(("n", "alla"), [(10, 10), (9, 10), (13, 13), (10, 13)])
def test_a_distribution_among_a_part_of_few_is_the_same_sentence_however_many_the_part_is(n, alla):
    """Of 10 avslutade, a table of 10 or more with mätning would tell that nobody ended without, and its absence that somebody did."""
    tabell = tabellen(n - 5, 5, n=n, alla=alla, fordelning=("totalt",))

    assert skydda(tabell).visas_inte == "Färre än 14 avslutade: visas inte."
    assert skydda(replace(tabell, fordelning=())).visas_inte != skydda(tabell).visas_inte


@pytest.mark.parametrize(("n", "text"), [(10, ""), (14, ""), (9, "Färre än 10 deltagare: visas inte.")])
def test_a_distribution_among_a_part_of_fourteen_is_shown_from_ten(n, text):
    """Then none to four are left out, as all that is printed says."""
    assert skydda(tabellen(n - n // 2, n // 2, n=n, alla=14, fordelning=("totalt",))).visas_inte == text


@pytest.mark.parametrize(
    ("n", "alla", "not_"),
    [
        *((n, 23, "Färre än 24 avslutade: andelar visas inte.") for n in (19, 20, 23)),
        (19, 25, "Färre än 20 deltagare: andelar visas inte."),
    ],
)
def test_shares_of_a_part_of_few_are_not_shown_however_many_the_part_is(n, alla, not_):
    tabell = skydda(tabellen(n - 11, 11, n=n, alla=alla, fordelning=("totalt",)))

    assert {rad.celler[2] for rad in tabell.rader} == {"–"}
    assert tabell.noter == (not_,)
    assert {rad.celler[2] for rad in skydda(tabellen(10, 10, n=20, alla=24, fordelning=("totalt",))).rader} == {50}


def test_shares_of_nearly_all_of_an_exact_head_count_are_of_that_number():
    assert celler(tabellen(12, n=23, alla=23)) == celler(tabellen(12, n=19 + 1, alla=23)) == [(10, 50)]


def test_kvinnor_and_man_of_nearly_all_of_an_exact_head_count_are_hidden():
    """5 and 8, printed 5 and 10, are at least the 13 that there are."""
    kolumner = (*KON, TOTALT)

    assert celler(tabellen((5, 8, 13), n=13, alla=13, kolumner=kolumner)) == [("–", "–", 10)]
    assert celler(tabellen((5, 8, 13), n=13, alla=18, kolumner=kolumner)) == [(5, 10, 15)]


@pytest.mark.parametrize(
    ("summa", "skriven"),
    [
        ((22, 17, 39), ("–", "–", 40)),  # 20 and 15 at their most
        ((18, 13, 31), ("–", "–", 30)),  # 20 and 15 at their least
        ((22, 16, 38), (20, 15, 40)),  # or 21 and 17
        ((22, 18, 40), (20, 20, 40)),
    ],
)
def test_kvinnor_and_man_are_hidden_when_their_sum_would_tell_them_exactly(summa, skriven):
    tabell = skydda(tabellen(summa, (12, 9, 21), n=100, kolumner=(*KON, TOTALT), summa=Rad(("Totalt", *summa))))

    assert [rad.celler[1:] for rad in (*tabell.rader, tabell.summa)] == [skriven, (10, 10, 20), skriven]


def test_what_one_kon_are_in_all_is_hidden_when_the_sum_of_both_would_tell_it_and_so_are_its_shares():
    """42 and 27 of 69: shares of 20 among 40, and of 15 among 25, would tell it too."""
    kvinnor, man = (tabellen((antal // 2, 0), n=antal, kolumner=(TOTALT, ANDEL), summa=Rad(("Totalt", antal, 100))) for antal in (42, 27))
    skyddad = skydda(kvinnor, med_personfilter=True, andra_delen=man)

    assert (skyddad.rader[0].celler[1:], skyddad.summa.celler[1:]) == ((20, "–"), ("–", "–"))
    assert skyddad.noter == ("Andelar visas inte, för att ingen ska kunna kännas igen.",)


@pytest.mark.parametrize(("kvinna", "man", "skrivet"), [(5, 6, (5, 5, 10)), (4, 20, ("–", "–", 25)), (20, 0, ("–", "–", 20))])
def test_kvinnor_and_man_are_shown_when_both_are_at_least_five(kvinna, man, skrivet):
    assert celler(tabellen((kvinna, man, kvinna + man), n=100, kolumner=(*KON, TOTALT))) == [skrivet]


@pytest.mark.parametrize(("valda", "andra", "skrivet"), [(5, 6, 5), (20, 4, "–"), (4, 20, "–"), (0, 0, "–")])
def test_a_report_of_one_kon_shows_a_count_when_both_are_at_least_five(valda, andra, skrivet):
    """Two counts of 4 would otherwise be known from a sum of 8, which is printed as 10."""
    tabell, andra_delen = (tabellen((30,), (antal,), n=100, kolumner=(TOTALT,)) for antal in (valda, andra))

    assert celler(tabell, med_personfilter=True, andra_delen=andra_delen) == [(30,), (skrivet,)]
    assert celler(tabell, med_personfilter=True, andra_delen=replace(andra_delen, rader=andra_delen.rader[:1])) == [(30,), ("–",)]


@pytest.mark.parametrize(("valda", "andra", "skrivet"), [((6, 20, 26), (7, 20, 27), 25), ((6, 6, 12), (0, 3, 3), "–")])
def test_a_report_of_one_status_shows_a_count_when_both_are_at_least_five_and_never_kvinnor_and_man(valda, andra, skrivet):
    stor = (30, 30, 60)
    tabell, andra_delen = (tabellen(stor, antal, n=100, kolumner=(*KON, TOTALT)) for antal in (valda, andra))

    skyddad = skydda(tabell, med_personfilter=True, andra_delen=andra_delen)

    assert [rad.celler[1:] for rad in skyddad.rader] == [("–", "–", 60), ("–", "–", skrivet)]
    assert skyddad.noter == ("Kvinnor och män visas inte när deltagare är utvalda, för att ingen ska kunna kännas igen.",)


def test_the_other_part_of_a_row_is_that_of_all_its_texts():
    """A question is put in two rows, at inregistrering and at utregistrering."""
    kolumner = (Kolumn("nar", "När"), TOTALT)
    tabell, andra_delen = (
        Tabell("t", "T", (KATEGORI, *kolumner), tuple(Rad(("Fråga", *rad)) for rad in rader), underlag={"": 100})
        for rader in ((("In", 30), ("Ut", 25)), (("In", 4), ("Ut", 20)))
    )

    assert celler(tabell, med_personfilter=True, andra_delen=andra_delen) == [("In", "–"), ("Ut", 25)]


@pytest.mark.parametrize("kon", [(), KON])
def test_a_table_where_every_row_is_hidden_for_the_other_part_says_so(kon):
    rader = (30, 40), (4, 0)
    tabell, andra_delen = (tabellen(*((*(20,) * len(kon), antal) for antal in del_), n=100, kolumner=(*kon, TOTALT)) for del_ in rader)

    assert skydda(tabell, med_personfilter=True, andra_delen=andra_delen).visas_inte.startswith("Inget tal visas")


@pytest.mark.parametrize(("storst", "n", "visas"), [(28, 30, False), (27, 30, True), (48, 49, False), (52, 54, True)])
def test_a_distribution_where_nearly_all_of_few_are_alike_is_not_shown(storst, n, visas):
    tabell = skydda(tabellen(storst, *[1] * (n - storst), n=n, fordelning=("totalt",)))

    assert bool(tabell.rader) == visas
    assert bool(tabell.visas_inte) != visas


@pytest.mark.parametrize(
    ("antal", "visas"),
    [
        ((7, 6, 0), False),  # 13 less 5 and 5 leaves three
        ((7, 7, 0), True),
        ((7, 7, 4, 4), False),  # 22 less 7 and 7 is all that two hidden ones can hold
        ((7, 7, 3, 2), False),  # and 19 three less
        ((7, 7, 2, 2), True),
        ((7, 7), True),  # nothing is hidden
    ],
)
def test_a_distribution_whose_printed_cells_and_n_tell_the_hidden_ones_is_not_shown(antal, visas):
    assert bool(skydda(tabellen(*antal, n=sum(antal), fordelning=("totalt",))).rader) == visas


def test_those_that_are_no_part_of_n_are_hidden_ones_too():
    """Of 30, 13 and 8 and 8 are at least 29: then nearly nobody is left out."""
    assert skydda(tabellen(13, 8, 8, n=29)).rader
    assert skydda(tabellen(13, 8, 8, n=29, fordelning=("totalt",))).rader  # nothing is hidden
    assert skydda(tabellen(13, 8, 8, n=29, alla=30, fordelning=("totalt",))).visas_inte
    assert skydda(tabellen(15, 9, 10, n=34, alla=36, fordelning=("totalt",))).rader


def test_the_printed_kvinnor_and_man_of_a_count_tell_how_large_it_is():
    """17 is printed as 15, at least 13; 9 and 8, printed 10 and 10, are at least 16."""
    rader = ((9, 8, 17), (0, 9, 9), (0, 1, 1))

    assert skydda(tabellen(17, 9, 1, n=27, fordelning=("totalt",))).rader
    assert skydda(tabellen(*rader, n=27, kolumner=(*KON, TOTALT), fordelning=("totalt",))).visas_inte


def test_rows_within_another_row_are_no_help_to_hide_what_the_others_tell():
    tabell = tabellen(5, 5, 0, 8, n=13, fordelning=("totalt",))
    inom = (replace(tabell.rader[0], inom=True), *tabell.rader[1:])

    assert skydda(tabell).rader  # 18 answers of 13
    assert skydda(replace(tabell, rader=inom)).visas_inte


def test_a_distribution_is_hidden_for_the_sake_of_rows_that_stand_in_another_table():
    """8, 5 and 13 of 18 are too few to tell; with who works or studies, 13, they tell that the hidden one is nobody."""
    tabell = tabellen(9, 5, 5, 0, n=18, fordelning=("totalt",))
    inom = (*(replace(rad, inom=True) for rad in tabell.rader[:2]), *tabell.rader[2:])
    annan = skydda(replace(tabell, rader=inom, andra_rader=(Rad(("arbetar eller studerar", 13, 72)),)))

    assert skydda(replace(tabell, rader=inom)).rader
    assert annan.visas_inte
    assert not annan.andra_rader


def test_rows_that_leave_some_out_are_not_shown_when_they_leave_the_hidden_one_no_room():
    assert skydda(tabellen(6, 5, 0, n=13, fordelning=("totalt",))).visas_inte
    assert skydda(tabellen(6, 5, 0, n=14, fordelning=("totalt",))).rader


def test_answers_of_which_one_can_have_several_do_not_tell_each_other():
    assert skydda(tabellen(11, 5, 0, n=12, fordelning=("totalt",))).visas_inte  # nearly all alike
    assert skydda(tabellen(9, 7, 0, n=12, fordelning=("totalt",))).rader


def test_one_of_two_distributions_hides_with_all_that_is_made_of_it():
    kolumner = (
        Kolumn("fore_kvinna", "Kvinna", Typ.ANTAL, del_av="fore"),
        Kolumn("fore", "Före", Typ.ANTAL, egenskap=True),
        Kolumn("fore_andel", "Andel", Typ.ANDEL, raknas_om=andel_av_alla("fore")),
        Kolumn("efter", "Efter", Typ.ANTAL, egenskap=True),
        Kolumn("forandring", "Förändring", Typ.ANTAL, raknas_om=forandring("fore", "efter")),
    )
    tabell = tabellen((10, 29, 97, 15, -14), (0, 1, 3, 15, 14), n=30, kolumner=kolumner, fordelning=("fore", "efter"))

    assert celler(tabell) == [("–", "–", "–", 15, "–")] * 2


def test_shares_and_changes_are_made_anew_of_protected_counts():
    kolumner = (
        Kolumn("fore", "Före", Typ.ANTAL, egenskap=True),
        Kolumn("efter", "Efter", Typ.ANTAL, egenskap=True),
        Kolumn("andel", "Andel", Typ.ANDEL, raknas_om=andel_av_alla("efter")),
        Kolumn("del", "Del", Typ.ANDEL, raknas_om=andel_av("fore", "fore", "efter")),
        Kolumn("forandring", "Förändring", Typ.ANTAL, raknas_om=forandring("fore", "efter")),
        Kolumn("forandring_andel", "Förändring", Typ.ANDEL, raknas_om=forandring_andel("fore", "efter")),
    )
    sann = (11, 17, 41, 39, 6, 55)

    assert celler(tabellen(sann, n=41, kolumner=kolumner)) == [(10, 15, 38, 40, 5, 50)]  # of 10, 15 and 40
    assert celler(tabellen((4, 17, 41, 19, 13, 325), n=41, kolumner=kolumner)) == [("0–4", 15, 38, "–", "–", "–")]


@pytest.mark.parametrize(("antal", "medel", "skrivet"), [(9, 63, (10, "–")), (10, 63, (10, 65)), (0, None, ("0–4", "–"))])
def test_a_mean_of_ten_or_more_is_the_nearest_five(antal, medel, skrivet):
    kolumner = (Kolumn("antal", "Antal", Typ.ANTAL, egenskap=True), Kolumn("medel", "Medel", Typ.DAGAR, medel_av="antal"))

    assert celler(tabellen((antal, medel), n=30, kolumner=kolumner)) == [skrivet]


def test_a_median_among_exact_head_counts_is_exact_from_ten():
    kolumner = (Kolumn("in", "In", Typ.ANTAL, personer=True), Kolumn("dagar", "Dagar", Typ.DAGAR, medel_av="in"))

    assert celler(tabellen((10, 3), (9, 3), n=30, kolumner=kolumner)) == [(10, 3), (9, "–")]


def test_each_base_of_a_table_is_tried_by_itself():
    kolumner = (Kolumn("in", "In", Typ.ANTAL, egenskap=True, bas="in"), Kolumn("ut", "Ut", Typ.ANTAL, egenskap=True, bas="ut"))
    tabell = Tabell("t", "T", (KATEGORI, *kolumner), (Rad(("T1", 12, 9)),), underlag={"in": 12, "ut": 9})

    assert celler(tabell) == [(10, "–")]
    assert skydda(tabell).noter == ("Där det är färre än 10 deltagare visas inga tal.",)


def test_zero_is_hidden_like_four():
    assert celler(tabellen(0, n=30)) == celler(tabellen(4, n=30)) == [("0–4", "–")]
