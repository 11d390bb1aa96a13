"""Diagrams to compare by: dots for shares, and the parts of a whole."""

from django.template.loader import render_to_string

from rapporter.diagram import rita
from rapporter.tabell import Diagram, Form, Serie, Stapelrad

FORE_EFTER = (Serie("Före insatsen", 2), Serie("Efter insatsen", 1))


def svg(diagram, papper=False):
    return render_to_string("rapporter/_diagram.html", {"bild": rita(diagram, papper)})


def punkter(*rader):
    return Diagram("arbetar", "Arbetar", "Andel", "Riket ökar.", FORE_EFTER, rader, Form.PUNKTER)


def test_dots_stand_where_their_share_is_on_a_scale_that_ends_evenly():
    bild = rita(punkter(Stapelrad("Riket", (10, 25), texter=("10 %", "25 %"))))

    assert bild.skala == 30
    assert [(punkt.stil, punkt.x) for punkt in bild.punktrader[0].punkter] == [(2, "25.67%"), (1, "60.42%")]
    assert (bild.skala_fran, bild.skala_x) == ("2.50%", "72.00%")
    assert bild.punktrader[0].text == "10 % → 25 %"


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


def test_every_form_has_the_same_title_and_description():
    for form in Form:
        bild = svg(Diagram("x", "Titeln", "", "Fyndet.", FORE_EFTER, (Stapelrad("Riket", (10, 25)),), form), papper=True)

        assert '<title id="dia-x-t">Titeln</title>' in bild
        assert '<desc id="dia-x-d">Fyndet.</desc>' in bild
        assert bild.count("<svg") == bild.count("</svg>") == 1
        assert "Före insatsen" in bild
