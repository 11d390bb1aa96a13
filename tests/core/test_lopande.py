"""Running text: what people type and what they see."""

from django.template.loader import get_template

from sus.core.lopande import stycken


def i_korthet(text):
    return [
        (stycke.slag.value, ["".join(f"<{bit.text}>" if bit.fet else bit.text for bit in rad) for rad in stycke.rader])
        for stycke in stycken(text)
    ]


def html(text):
    return get_template("komponenter/lopande.html").render({"text": text})


def test_an_empty_line_parts_paragraphs_and_a_line_break_stays():
    assert i_korthet("Ett\ntvå\n\n\ntre") == [("stycke", ["Ett\ntvå"]), ("stycke", ["tre"])]


def test_lines_with_a_dash_become_a_list_and_lines_with_a_number_steps():
    assert i_korthet("Gör så:\n- ett\n- två\n1. tre\n2. fyra") == [
        ("stycke", ["Gör så:"]),
        ("punkter", ["ett", "två"]),
        ("steg", ["tre", "fyra"]),
    ]


def test_an_empty_line_does_not_part_a_list():
    assert i_korthet("- ett\n\n- två") == [("punkter", ["ett", "två"])]


def test_words_between_double_stars_are_bold_and_a_single_star_is_itself():
    assert i_korthet("Välj **Spara**. 3 * 4 och **") == [("stycke", ["Välj <Spara>. 3 * 4 och **"])]


def test_a_date_and_a_sum_are_no_lists():
    assert i_korthet("2012-01-10 kom det.\n-5 grader\n3.5 procent") == [("stycke", ["2012-01-10 kom det.\n-5 grader\n3.5 procent"])]


def test_nothing_typed_becomes_markup():
    sida = html("<script>alert(1)</script> **<b>fet</b>**\n- <img src=x onerror=alert(1)>\n[länk](javascript:alert(1))")

    assert "<script" not in sida
    assert "<img" not in sida
    assert "href" not in sida
    assert "<strong>&lt;b&gt;fet&lt;/b&gt;</strong>" in sida


def test_addresses_become_links_and_nothing_else_does():
    sida = html("Se https://www.susam.se/sus eller skriv till stod@example.se.")

    assert 'href="https://www.susam.se/sus"' in sida
    assert 'href="mailto:stod@example.se"' in sida


def test_the_empty_text_is_nothing():
    assert stycken("") == []
