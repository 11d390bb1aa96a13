"""Diagrams to compare by: dots for shares, and the parts of a whole."""

import re
from dataclasses import replace
from itertools import pairwise

from django.template.loader import render_to_string

from rapporter.andelsdiagram import FARGER, LINJE
from rapporter.definitioner.deltagare.in_ut import KOLUMNER, InUt
from rapporter.diagram import rita
from rapporter.renderare.kolumnbredd import textbredd
from rapporter.tabell import Diagram, Form, Rad, Serie, Stapelrad, Tabell

FORE_EFTER = (Serie("Före insatsen", 2), Serie("Efter insatsen", 1))


def svg(diagram, papper=False):
    return render_to_string("rapporter/_diagram.html", {"bild": rita(diagram, papper)})


def punkter(*rader):
    return Diagram("arbetar", "Arbetar", "Andel", "Riket ökar.", FORE_EFTER, rader, Form.PUNKTER)


def test_dots_stand_where_their_share_is_on_a_scale_that_ends_evenly():
    bild = rita(punkter(Stapelrad("Riket", (10, 25), texter=("10 %", "25 %"))))

    assert bild.skala == 30
    assert [(punkt.stil, punkt.x) for punkt in bild.punktrader[0].punkter] == [(2, "20.67%"), (1, "47.92%")]
    assert (bild.skala_fran, bild.skala_x) == ("2.50%", "57.00%")
    assert bild.punktrader[0].text == "10 % → 25 %"


def test_both_figures_have_room_beside_their_line_on_a_telephone():
    """A window of 320 px leaves 273 beside the scroll bar and the margins; the text begins 12 px from the line."""
    assert 14 * textbredd("100 % → 100 %", fet=True) <= 273 * (100 - LINJE) / 100 - 12


def test_nothing_above_zero_is_nothing_to_draw():
    assert [punkter(Stapelrad("Riket", varden)).visar_nagot for varden in ((0, 0), ("–", 0), (-5, None), (0, 1))] == [
        False,
        False,
        False,
        True,
    ]


def test_a_dot_that_the_next_would_hide_stands_as_a_ring_around_it():
    lika, nara, skilda = rita(punkter(*(Stapelrad("Riket", varden) for varden in ((13, 13), (13, 14), (13, 60))))).punktrader

    assert [[punkt.radie for punkt in rad.punkter] for rad in (lika, nara, skilda)] == [[10, 6], [10, 6], [6, 6]]


def test_a_hidden_share_has_no_dot_but_its_text():
    rad = rita(punkter(Stapelrad("Riket", ("–", 25), texter=("–", "25 %")))).punktrader[0]

    assert [punkt.stil for punkt in rad.punkter] == [1]
    assert rad.text == "– → 25 %"


def test_parts_fill_the_whole_although_their_shares_are_rounded():
    delar = (
        rita(Diagram("tid", "Tid", "", "", tuple(Serie(namn) for namn in "abc"), (Stapelrad("Riket", (33, 33, 33)),), Form.DELAR))
        .delrader[0]
        .delar
    )

    assert [del_.x for del_ in delar] == ["0.00%", "33.33%", "66.67%"]
    assert [del_.text for del_ in delar] == ["33\xa0%"] * 3
    assert len({del_.farg for del_ in delar}) == 3


def test_a_whole_with_a_hidden_part_is_not_drawn():
    """Its length would tell what the others leave."""
    rad = rita(Diagram("tid", "Tid", "", "", (Serie("a"), Serie("b")), (Stapelrad("Riket", (60, "–")),), Form.DELAR)).delrader[0]

    assert (rad.delar, rad.text) == ((), "Visas inte")


def kolumner(*rader):
    return rita(Diagram("in_ut", "In och ut", "", "", (Serie("In", 1), Serie("Ut", 2)), rader, Form.KOLUMNER))


def test_hidden_columns_say_so_in_their_place_and_zero_says_nothing():
    """Neighbours that are hidden alike say it once."""
    bild = kolumner(Stapelrad("T1", ("0–4", 0)), Stapelrad("T2", (20, "0–4")), Stapelrad("T3", ("0–4", "0–4")))

    assert [[(dold.x, dold.text) for dold in grupp.dolda] for grupp in bild.kolumner] == [
        [("19.00%", "0–4")],
        [("61.00%", "0–4")],
        [("85.00%", "0–4")],
    ]
    skrivet = render_to_string("rapporter/_diagram.html", {"bild": bild})
    assert skrivet.count(">0–4<") == 3


def test_hidden_columns_say_nothing_where_there_is_no_room_for_it():
    ensam, *_, bada = kolumner(Stapelrad("T1", ("0–4", 30)), *[Stapelrad("T", (1, 1))] * 23, Stapelrad("T2", ("0–4", "0–4"))).kolumner

    assert (ensam.dolda, [dold.text for dold in bada.dolda]) == ((), ["0–4"])


def test_every_form_has_the_same_title_and_description():
    for form in Form:
        bild = svg(Diagram("x", "Titeln", "", "Fyndet.", FORE_EFTER, (Stapelrad("Riket", (10, 25)),), form), papper=True)

        assert '<title id="dia-x-t">Titeln</title>' in bild
        assert '<desc id="dia-x-d">Fyndet.</desc>' in bild
        assert bild.count("<svg") == bild.count("</svg>") == 1
        assert "Före insatsen" in bild


def test_the_course_of_time_says_in_words_how_often_it_hides_something():
    rader = (Rad(("2020 T1", 1, 1, "0–4", 0, 0, 0)), Rad(("2020 T2", 10, 10, 20, 5, 5, 10)))
    tabell = Tabell("in_ut", "In och ut", KOLUMNER, rader, Rad(("Totalt", 0, 0, 24, 0, 0, 10)))

    [med] = InUt().diagram({"in_ut": tabell})
    [utan] = InUt().diagram({"in_ut": replace(tabell, rader=rader[1:])})

    assert med.ingress == "Antal deltagare per månad. Antal är dolda i 1 av 2."
    assert med.fynd.endswith("Antal är dolda i 1 av 2.")
    assert "dolda" not in utan.ingress + utan.fynd


def luminans(farg):
    """Of light that has no colour: what is left in black and white, and to who sees no colours (WCAG 2.2)."""
    linjart = [del_ / 12.92 if del_ <= 0.04045 else ((del_ + 0.055) / 1.055) ** 2.4 for del_ in (v / 255 for v in bytes.fromhex(farg[1:]))]
    return sum(vikt * del_ for vikt, del_ in zip((0.2126, 0.7152, 0.0722), linjart, strict=True))


def kontrast(ena, andra):
    mork, ljus = sorted(map(luminans, (ena, andra)))
    return (ljus + 0.05) / (mork + 0.05)


def test_parts_beside_each_other_are_told_apart_without_colours_and_their_numbers_can_be_read():
    farger = [farg for farg, _ in FARGER]

    assert [luminans(farg) for farg in farger] == sorted(map(luminans, farger))
    assert min(kontrast(*par) for par in pairwise(farger)) >= 1.3
    assert min(kontrast(*par) for par in FARGER) >= 4.5


def test_the_bars_of_two_series_are_told_apart_without_colours():
    bild = svg(Diagram("t", "T", "Antal", "Flest.", FORE_EFTER, (Stapelrad("Arbetar", (30, 40)),)))
    (_, stark), (_, svag) = sorted(set(re.findall(r'class="dia-([12])"[^>]*?fill="(#\w{6})"', bild)))

    assert kontrast(stark, svag) >= 4.5
