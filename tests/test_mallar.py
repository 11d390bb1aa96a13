"""The law of the templates. Every law names what breaks it: template and line."""

import inspect
import re
from importlib.resources import files
from pathlib import Path

import crispy_forms
import pytest
from django.apps import apps
from django.template.loader import get_template
from django.test.signals import template_rendered

from sus.start.galleri import Galleri

ROT = Path(__file__).resolve().parent.parent
MALLAR = ROT / "templates"
NAMN = sorted(str(fil.relative_to(MALLAR)) for fil in MALLAR.rglob("*.html"))
KOMPONENTER = [namn for namn in NAMN if namn.startswith("komponenter/")]
SIDOR = [namn for namn in NAMN if not namn.startswith(("komponenter/", "fkui/", "pdf/"))]
BLOCK = ["titel", "brodsmulor", "innehall", "skript"]
EGNA_APPAR = ["sus", "behorigheter", "organisations", "insatser", "deltagare", "rapporter"]
ENGELSKA = "submit|save|cancel|delete|remove|edit|search|close|back|next|previous|log ?in|log ?out|ok|yes|no|send|add|update|create"


def lagtext(namn):
    """The template without its comments, whose lines stay."""
    text = (MALLAR / namn).read_text()
    text = re.sub(r"\{% comment.*?endcomment %\}", lambda t: "\n" * t[0].count("\n"), text, flags=re.S)
    return re.sub(r"\{#.*?#\}|<!--.*?-->", lambda t: "\n" * t[0].count("\n"), text, flags=re.S)


def brott(monster, namn, flags=re.I):
    """Where in a template the pattern is found: "name:line: text"."""
    text = lagtext(namn)
    return [f"{namn}:{text.count(chr(10), 0, t.start()) + 1}: {' '.join(t[0].split())[:100]}" for t in re.finditer(monster, text, flags)]


def lag(monster, mallar=NAMN):
    return [traff for namn in mallar for traff in brott(monster, namn)]


def test_there_are_templates_to_judge():
    assert "bas.html" in NAMN
    assert KOMPONENTER
    assert SIDOR


def test_a_component_never_reaches_into_the_page():
    assert lag(r"""\{% include ["']komponenter/(?:(?! only %\})[^%])*%\}""") == []


def test_a_component_is_included_by_its_name():
    assert lag(r"""\{% include [^"'%\s][^%]*%\}""") == []


@pytest.mark.parametrize("namn", KOMPONENTER)
def test_a_component_begins_by_saying_what_it_takes(namn):
    assert (MALLAR / namn).read_text().startswith(f"{{# {namn} – ")


def test_style_and_script_lie_in_files():
    assert lag(r"""<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:""") == []


def test_images_are_files():
    assert lag(r"""(?:src|href)\s*=\s*["']data:""") == []


def test_nothing_is_trusted_to_be_html():
    assert lag(r"\|\s*safe(?:seq)?\b|autoescape\s+off") == []


@pytest.mark.parametrize("namn", [namn for namn in SIDOR if re.search(r"\{% block (?:titel|innehall)", lagtext(namn))])
def test_blocks_stand_in_the_order_of_the_page(namn):
    ordning = [block for block in re.findall(r"\{% block (\w+)", lagtext(namn)) if block in BLOCK]

    assert ordning == sorted(ordning, key=BLOCK.index)


def slakt(namn):
    """The template and those it extends, below bas.html."""
    while namn and namn != "bas.html":
        yield namn
        traff = re.search(r'extends "([^"]+)"', lagtext(namn))
        namn = traff and traff[1]


def test_every_page_has_a_title():
    ramar = set(re.findall(r'extends "([^"]+)"', "".join(map(lagtext, NAMN))))
    sidor = [namn for namn in SIDOR if "{% extends " in lagtext(namn) and namn not in ramar]

    assert [namn for namn in sidor if not any("{% block titel %}" in lagtext(ett) for ett in slakt(namn))] == []


def test_pages_leave_the_markup_of_fields_to_the_form_templates():
    assert lag(r"""<input\b(?![^>]*type="hidden")[^>]*>|<select\b|<textarea\b""", SIDOR) == []


def test_every_table_has_a_name_and_every_heading_a_direction():
    tabeller = r"<table\b(?![^>]*aria-labelledby)[^>]*>(?!(?:(?!</table>).)*<caption)"
    utan_namn = [traff for namn in NAMN for traff in brott(tabeller, namn, re.I | re.S)]

    assert utan_namn == []
    assert lag(r"<th\b(?![^>]*\sscope=)[^>]*>") == []


def test_buttons_speak_swedish():
    assert lag(rf"<(button|a|summary|option|label)\b[^>]*>\s*(?:{ENGELSKA})\s*</\1>") == []
    assert lag(rf"""(?:text|knapptext|lanktext|rubrik|value)\s*=\s*["'](?:{ENGELSKA})["']""") == []


def test_templates_decide_nothing_about_rights():
    assert lag(r"\bperms\.|request\.user\b|\buser\.(?:is_|has_)") == []


def test_addresses_of_static_files_are_made_by_static():
    assert lag(r"""["'(]/static/""") == []
    assert re.findall(r"url\([\"']?/", (ROT / "static/sus/sus.css").read_text()) == []


def test_no_template_is_unused():
    assert [namn for namn in NAMN if namn not in ANVANDA and not ar_underforstadd(namn)] == []


def _python():
    filer = [fil for app in EGNA_APPAR for fil in (ROT / app).rglob("*.py")]
    return "".join(fil.read_text() for fil in filer) + "".join(lagtext(namn) for namn in NAMN)


ANVANDA = set(re.findall(r"""["']([\w./-]+\.html)["']""", _python()))


def ar_underforstadd(namn):
    """Found by a library or by Django's generic views, without its name being written."""
    if namn.startswith("fkui/"):
        kod = "".join(fil.read_text() for fil in Path(inspect.getfile(crispy_forms)).parent.rglob("*.py"))
        return f"%s/{namn.removeprefix('fkui/')}" in kod
    if any((files(paket) / "templates" / namn).is_file() for paket in ["allauth"]):
        return True
    app, _, mall = namn.partition("/")
    modeller = [modell.__name__.lower() for modell in apps.get_app_config(app).get_models()] if app in apps.app_configs else []
    return any(mall == f"{modell}_{slag}.html" for modell in modeller for slag in ("list", "detail", "form", "confirm_delete"))


def test_the_gallery_shows_every_component(settings):
    settings.DEMO = True
    visade = set()

    def anteckna(template, **kwargs):
        visade.add(template.name)

    template_rendered.connect(anteckna)
    try:
        html = get_template("start/galleri.html").render(Galleri().get_context_data())
    finally:
        template_rendered.disconnect(anteckna)

    assert set(KOMPONENTER) - visade == set()
    assert "Insatsen slutar före startdagen." in html
    id_ = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(id_) == sorted(set(id_))
