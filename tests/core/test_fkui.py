"""The form templates: what a field, a layout part, a form page and the conflict page look like to who reads the markup."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.html import parse_html

from sus.core.falt import DatumField, JaNejField, KronorField, ProcentField
from sus.core.layout import Avsnitt, FaltMedKnapp, Fraga, Hjalp
from sus.core.templatetags.komponenter import avsnitt, felrader, fokusera_forsta, sidnummer, skillnad, som_input


class ProvForm(forms.Form):
    startdag = DatumField(label="Startdag")
    namn = forms.CharField(label="Namn", required=False)
    belopp = KronorField(label="Belopp")
    insats = forms.ChoiceField(label="Insats", choices=[("", "Välj insats"), ("1", "A <b>")])
    beskrivning = forms.CharField(label="Beskrivning", widget=forms.Textarea)
    samtycke = forms.BooleanField(label="Samtycke finns")
    forsorjning = forms.MultipleChoiceField(
        label="Försörjning",
        choices=[("a", "A-kassa"), ("ingen", "Ingen")],
        widget=forms.CheckboxSelectMultiple(attrs={"data-ensam": "ingen"}),
    )
    arbete = JaNejField(label="Arbetar deltagaren?")
    studier = JaNejField(label="Studerar deltagaren?", required=False)
    procent = ProcentField(label="Omfattning", required=False)
    dold = forms.CharField(widget=forms.HiddenInput, required=False)


def visa(form, *layout):
    form.helper = FormHelper()
    form.helper.layout = Layout(*layout)
    return re.sub(r"\s+(?=</label>|</legend>)", "", re.sub(r"\s+", " ", render_crispy_form(form)))


def tagg(html, id_):
    """The start tag that has the id."""
    return re.search(rf'<[^>]* id="{re.escape(id_)}"[^>]*>', html)[0]


@pytest.mark.parametrize("widget", [forms.CheckboxSelectMultiple, forms.RadioSelect])
def test_an_option_to_tick_is_written_as_django_writes_it(widget):
    class Form(forms.Form):
        val = forms.MultipleChoiceField(
            choices=[("", "Inget"), ('"<1', "Ett"), ("2", "Två")],
            widget=widget(attrs={"disabled": True, "class": "egen"}),
        )

    for val in Form({"val": ['"<1']})["val"].subwidgets:
        assert parse_html(som_input(val)) == parse_html(val.tag())


def test_help_stands_after_the_label_and_is_tied_to_the_input():
    html = visa(ProvForm(), "startdag")

    assert '<label class="label" for="id_startdag">Startdag</label>' in html
    assert html.index("</label>") < html.index('id="id_startdag_helptext"') < html.index("<input")
    assert 'aria-describedby="id_startdag_helptext"' in tagg(html, "id_startdag")
    assert "aria-invalid" not in html
    assert "label__message" not in html


def test_error_stands_between_help_and_input_and_is_tied_to_it():
    html = visa(ProvForm({"startdag": "i går"}), "startdag")

    assert "text-field--error" in html
    assert html.index('id="id_startdag_helptext"') < html.index('id="id_startdag_error"') < html.index("<input")
    assert 'aria-describedby="id_startdag_helptext id_startdag_error"' in tagg(html, "id_startdag")
    assert 'aria-invalid="true"' in tagg(html, "id_startdag")
    assert '<span class="sr-only">Fel: </span>Skriv datumet som ÅÅÅÅ-MM-DD' in html


def test_only_a_field_that_may_be_empty_says_so():
    assert '<span class="sus-frivillig">(frivilligt)</span>' in visa(ProvForm(), "namn")
    assert "frivillig" not in visa(ProvForm(), "startdag")


def test_a_field_may_say_that_it_is_required_by_another_answer():
    form = ProvForm()
    form.fields["namn"].widget.attrs["data-frivillig"] = "nej"

    assert "(frivilligt)" not in visa(form, "namn")


def test_kronor_have_their_unit_and_the_mark_that_aligns_them_right():
    html = visa(ProvForm(initial={"belopp": 1360000}), "belopp")

    assert '<span aria-hidden="true">kr</span>' in html
    assert 'data-enhet="kr"' in tagg(html, "id_belopp")
    assert "sus-bredd-s" in html


def test_select_has_an_arrow_and_escapes_its_choices():
    html = visa(ProvForm(), "insats")

    assert 'class="select-field__select"' in tagg(html, "id_insats")
    assert 'class="icon f-icon-arrow-down select-field__icon"' in html
    assert "A &lt;b&gt;" in html


def test_textarea_and_single_check_box_have_the_design_systems_classes():
    html = visa(ProvForm(), "beskrivning", "samtycke")

    assert 'class="textarea-field__textarea"' in tagg(html, "id_beskrivning")
    assert 'class="checkbox__input"' in tagg(html, "id_samtycke")
    assert '<label class="checkbox__label" for="id_samtycke">Samtycke finns</label>' in html


def test_check_box_group_is_a_fieldset_with_its_error_and_the_lone_choice_apart():
    html = visa(ProvForm({"forsorjning": ["okänd"]}), "forsorjning")

    grupp = tagg(html, "id_forsorjning")
    assert grupp.startswith("<fieldset")
    assert "fieldset--fel" in grupp
    assert 'aria-describedby="id_forsorjning_error"' in grupp
    assert '<legend class="label">Försörjning</legend>' in html
    assert tagg(html, "id_forsorjning_0").count("checkbox__input") == 1
    assert "data-ensam" not in html
    assert html.index("A-kassa") < html.index("sus-rutor__ensam") < html.index('value="ingen"')


def test_question_shows_its_answers_side_by_side_and_its_follow_up_below():
    html = visa(ProvForm(), Fraga("arbete", "procent"))

    assert "radio-button-group--horizontal" in tagg(html, "id_arbete")
    assert 'value="ja"' in tagg(html, "id_arbete_0")
    assert html.index("Nej") < html.index('class="sus-foljd"') < html.index('id="id_procent"')
    assert "(frivilligt)" not in html


def test_follow_up_that_is_a_group_stands_in_a_column():
    html = visa(ProvForm(), Fraga("arbete", "studier"))

    assert "horizontal" in tagg(html, "id_arbete")
    assert "horizontal" not in tagg(html, "id_studier")


def test_question_without_follow_up_has_none():
    assert "sus-foljd" not in visa(ProvForm(), Fraga("arbete"))


def test_radio_group_outside_a_question_stands_in_a_column():
    assert "horizontal" not in visa(ProvForm(), "arbete")


def test_what_belongs_to_a_question_does_not_reach_the_next_field():
    html = visa(ProvForm(), Fraga("arbete"), "namn", FaltMedKnapp("startdag", name="hamta", text="Hämta"), "belopp")

    assert "(frivilligt)" in html
    assert html.count("Hämta") == 1


def test_disabled_fields_look_disabled_and_are_not_called_optional():
    form = ProvForm()
    for falt in form.fields.values():
        falt.disabled = True

    html = visa(form, "namn", "samtycke", "arbete", "forsorjning")

    assert len(re.findall(r"<input[^>]* disabled[ >]", html)) == 6
    assert html.count('class="checkbox disabled"') == 3
    assert html.count('class="radio-button disabled"') == 2
    assert "(frivilligt)" not in html


def test_button_beside_a_field_sends_the_form_unvalidated():
    html = visa(ProvForm(), FaltMedKnapp("startdag", name="hamta", text="Hämta"))

    assert '<button class="button button--secondary button--medium" type="submit" name="hamta" formnovalidate>Hämta</button>' in html


def test_section_has_a_heading_that_is_never_run_as_a_template():
    html = visa(ProvForm(), Avsnitt("Fråga {{ 1|add:1 }} <b>", "namn", css_id="fragor"))

    assert '<fieldset class="sus-avsnitt" id="fragor">' in html
    assert "<legend><h2>Fråga {{ 1|add:1 }} &lt;b&gt;</h2></legend>" in html


def test_help_text_is_one_escaped_paragraph():
    html = visa(ProvForm(), Hjalp("Vad räknas?", "Bara <b> svenska stöd."))

    assert "<summary>Vad räknas?</summary> <p>Bara &lt;b&gt; svenska stöd.</p>" in html


def test_help_may_be_a_template():
    assert '<footer class="sus-fot">' in visa(ProvForm(), Hjalp("Foten", "komponenter/sidfot.html"))


def test_crispys_own_parts_work_in_a_layout():
    html = visa(ProvForm(), Div("namn", css_class="sus-filter"), HTML("<hr>"))

    assert '<div class="sus-filter">' in html
    assert "<hr>" in html


def test_form_without_layout_shows_every_field_and_no_form_tag():
    html = render_crispy_form(ProvForm())

    assert all(f'name="{namn}"' in html for namn in ProvForm.base_fields)
    assert "<form" not in html
    assert "csrf" not in html


def test_labels_and_help_are_escaped():
    form = ProvForm()
    form.fields["namn"].label = "<b>Namn"
    form.fields["namn"].help_text = "<i>Hjälp"

    html = visa(form, "namn")

    assert "&lt;b&gt;Namn" in html
    assert "&lt;i&gt;Hjälp" in html


# The error summary


class FelForm(ProvForm):
    def clean(self):
        self.add_error(None, "Datumen stämmer inte.")
        self.add_error("dold", "Raden finns inte.")


def test_summary_says_what_has_no_field_first_and_links_to_a_groups_first_option():
    rader = felrader(FelForm({"startdag": "i går", "belopp": "1", "insats": "1", "beskrivning": "x", "samtycke": "on"}))

    assert rader == [
        ("", "Datumen stämmer inte."),
        ("", "Raden finns inte."),
        ("id_startdag", "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2011-01-31."),
        ("id_forsorjning_0", "Detta fält måste fyllas i."),
        ("id_arbete_0", "Välj Ja eller Nej."),
    ]


def test_summary_includes_the_errors_of_a_formset():
    class BeloppForm(forms.Form):
        belopp = KronorField(label="Belopp")

    rader = forms.formset_factory(BeloppForm, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-belopp": "mycket"}

    fel = felrader(ProvForm(), rader(data))

    assert [id_ for id_, _ in fel] == ["", "id_form-0-belopp"]


def test_summary_names_the_fields_that_say_the_same():
    class FragorForm(forms.Form):
        arbete = JaNejField(label="Förvärvsarbetar deltagaren?")
        publicerad = JaNejField(label="Publicerad")
        namn = forms.CharField(label="Namn", error_messages={"required": "Fyll i namn."})

    fel = felrader(FragorForm({}))

    assert [text for _, text in fel] == ["Förvärvsarbetar deltagaren? Välj Ja eller Nej.", "Publicerad: Välj Ja eller Nej.", "Fyll i namn."]


def test_summary_is_absent_when_nothing_is_wrong():
    assert render_to_string("komponenter/felsammanfattning.html", {"formular": ProvForm()}).strip() == ""


# Focus


def test_focus_goes_to_the_first_field_of_the_layout_that_can_be_filled_in():
    form = ProvForm()
    form.fields["startdag"].disabled = True
    form.helper = FormHelper()
    form.helper.layout = Layout("dold", Avsnitt("Om", "startdag", Fraga("arbete")), "namn")

    fokusera_forsta(form)
    html = render_crispy_form(form)

    assert html.count("autofocus") == 1
    assert "autofocus" in tagg(html, "id_arbete_0")


def test_form_without_layout_has_focus_on_its_first_field():
    form = ProvForm()

    fokusera_forsta(form)

    assert "autofocus" in str(form["startdag"])


def test_form_that_was_fetched_into_has_focus_where_it_says():
    form = ProvForm()
    form.fokus = "namn"

    fokusera_forsta(form)

    assert "autofocus" in str(form["namn"])
    assert "autofocus" not in str(form["startdag"])


# Differences


@pytest.mark.parametrize(
    ("text", "annan", "svar"),
    [
        ("lika text", "lika text", "lika text"),
        ("70", "75", "<ins>70</ins>"),
        ("trädgård och kök", "trädgård, kök", "trädgård <ins>och</ins> kök"),
        ("trädgård, kök", "trädgård och kök", "trädgård<ins>,</ins> kök"),
        ("5\u202f300\u202f000 kr", "5\u202f100\u202f000 kr", "<ins>5\u202f300\u202f000</ins> kr"),
        ("till 2012-12-31", "till 2012-12-30", "till <ins>2012-12-31</ins>"),
        ("en två tre", "en", "en <ins>två tre</ins>"),
        ("", "ny", ""),
        ("ny", "", "<ins>ny</ins>"),
        ("<b>fet</b>", "fet", "<ins>&lt;b&gt;</ins>fet<ins>&lt;/b&gt;</ins>"),
        ("a\nb", "a b", "a\nb"),
        (" inledd", "inledd", "<ins></ins> inledd"),
    ],
)
def test_words_that_the_other_text_lacks_are_underlined(text, annan, svar):
    assert skillnad(text, annan) == svar


def test_html_in_the_text_is_escaped_whether_it_differs_or_not():
    ond = '<script>alert("1")</script>'

    assert "<script" not in skillnad(ond, ond)
    assert "<script" not in skillnad(ond, "annat")
    assert "<script" not in skillnad(ond * 2000, "annat")


def test_very_long_texts_are_underlined_whole_instead_of_compared():
    assert skillnad("ord " * 4000, "ord") == f"<ins>{'ord ' * 4000}</ins>"


# Lists


def test_long_lists_of_pages_are_shortened_round_the_present_one():
    assert sidnummer(Paginator(range(200), 10).page(7)) == [1, "…", 5, 6, 7, 8, 9, "…", 20]


def test_paging_and_sorting_keep_the_selection():
    html = render_to_string(
        "komponenter/paginering.html", {"sida": Paginator(range(30), 10).page(2), "urval": RequestFactory().get("/?insats=3&sida=2").GET}
    )

    assert 'href="?insats=3&amp;sida=1"' in html
    assert 'href="?insats=3&amp;sida=3"' in html


def test_sorting_a_sorted_column_turns_it_and_begins_on_the_first_page():
    urval = RequestFactory().get("/?insats=3&sida=2&sortera=namn").GET
    rubrik = {"rubrik": "Namn", "nyckel": "namn", "urval": urval}

    stigande = render_to_string("komponenter/sorteringsrubrik.html", rubrik | {"sortering": "namn"})
    fallande = render_to_string("komponenter/sorteringsrubrik.html", rubrik | {"sortering": "-namn"})

    assert 'aria-sort="ascending"' in stigande
    assert 'href="?insats=3&amp;sortera=-namn"' in stigande
    assert 'aria-sort="descending"' in fallande
    assert 'href="?insats=3&amp;sortera=namn"' in fallande


def test_filter_never_says_that_its_fields_are_optional():
    html = render_to_string("komponenter/urvalsformular.html", {"formular": ProvForm(), "etikett": "Sök"})

    assert 'name="namn"' in html
    assert "(frivilligt)" not in html


@pytest.mark.parametrize(
    ("namn", "falttyp"), [("belopp", "text-field--table"), ("insats", "select-field--table"), ("samtycke", "sus-tabellkryss")]
)
def test_field_in_a_table_is_named_by_column_and_row(namn, falttyp):
    html = render_to_string("komponenter/tabellfalt.html", {"field": ProvForm()[namn], "etikett": "Belopp, Trollhättan"})

    assert falttyp in html
    assert 'aria-label="Belopp, Trollhättan"' in html or '<span class="sr-only">Belopp, Trollhättan</span>' in html


@pytest.mark.parametrize("namn", ["belopp", "insats", "samtycke"])
def test_field_in_a_table_is_named_by_its_own_label_when_nothing_else_is_said(namn):
    form = ProvForm()
    form[namn].label = "Budget, Råd & stöd"

    html = render_to_string("komponenter/tabellfalt.html", {"field": form[namn]})

    assert 'aria-label="Budget, Råd &amp; stöd"' in html or '<span class="sr-only">Budget, Råd &amp; stöd</span>' in html


def test_sections_with_an_address_make_the_list_of_contents():
    form = ProvForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(Avsnitt("Samtycke", "namn", css_id="samtycke"), Avsnitt("Utan adress", "belopp"))

    assert avsnitt(form) == [("samtycke", "Samtycke")]
    assert avsnitt(ProvForm()) == []


# Whole pages


def sida(mall, form, **context):
    standard = {
        "form": form,
        "rubrik": "Registrera",
        "ingress": "",
        "nyckel": "7f0c",
        "avsandare": "17:signerat",
        "version": 3,
        "varningar": [],
        "bekrafta": "",
        "avbryt_url": "/tillbaka/",
        "knapptext": "Registrera ut",
    }
    request = RequestFactory().get("/")
    variabler = standard | context | {"mall": mall, "csrf_token": "abc", "request": request}
    return re.sub(r"\s+", " ", Template("{% include mall %}").render(Context(variabler)))


def test_form_page_carries_key_version_token_and_the_silent_enter_button():
    html = sida("formular.html", ProvForm())

    assert "<title>Registrera – SUS</title>" in html
    assert '<input type="hidden" name="nyckel" value="7f0c">' in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert html.index("sus-tyst-sand") < html.index('id="id_startdag"')
    assert ">Registrera ut</button>" in html
    assert '<a class="button button--secondary button--medium" href="/tillbaka/">Avbryt</a>' in html
    assert "autofocus" in tagg(html, "id_startdag")


def test_form_page_of_something_without_version_sends_none():
    assert 'name="version"' not in sida("formular.html", ProvForm(), version=None)


def test_form_page_with_errors_says_so_in_the_title_and_puts_focus_on_the_summary():
    html = sida("formular.html", ProvForm({}))

    assert "<title>Fel: Registrera – SUS</title>" in html
    assert "Uppgifterna är inte sparade. Rätta 7 fel." in html
    assert '<a href="#id_arbete_0">Välj Ja eller Nej.</a>' in html
    assert html.count("autofocus") == 1
    assert 'role="alert" tabindex="-1" autofocus' in html


def test_warnings_are_confirmed_with_a_button_of_the_same_form():
    html = sida("formular.html", ProvForm(), varningar=[("V22", "Bor <b> utanför."), ("V29", "Kontrollera.")], bekrafta="V22,V29")

    assert "<p>Bor &lt;b&gt; utanför.</p>" in html
    assert 'form="formular" name="bekraftade" value="V22,V29"' in html
    assert 'id="formular"' in html
    assert html.count("autofocus") == 1


def test_conflict_page_shows_both_texts_and_keeps_ones_own_in_the_fields():
    rader = [
        SimpleNamespace(falt="Namn", sparat="Gammalt <b>", ditt="Nytt"),
        SimpleNamespace(falt="Slutdatum", sparat="", ditt="2012-12-31"),
    ]
    html = sida(
        "konflikt.html",
        ProvForm({"namn": "Nytt"}),
        sparad_av="Jonas Lind",
        sparad_tid=datetime(2012, 1, 10, 8, 12, tzinfo=UTC),
        objekt="Hjortmossen",
        konfliktrader=rader,
        antal_falt=7,
        behall_url="/insats/2/",
    )

    assert "Jonas Lind sparade Hjortmossen 2012-01-10 kl. 09.12" in html
    assert "<ins>Gammalt &lt;b&gt;</ins>" in html
    assert "Tomt" in html
    assert 'value="Nytt"' in tagg(html, "id_namn")
    assert 'name="version" value="3"' in html
    assert 'href="/insats/2/">Behåll det som är sparat' in html


@pytest.mark.parametrize("mall", ["fel/400.html", "fel/403_csrf.html", "fel/404.html", "fel/500.html", "fel/503.html"])
def test_error_page_needs_neither_user_nor_database(mall):
    html = render_to_string(mall, {"adress": "/", "falt": []})

    assert re.search(r"<h1>\w.+</h1>", html)
    assert "Logga ut" not in html


def test_page_of_a_lost_database_keeps_what_was_typed_and_the_same_key():
    html = render_to_string("fel/503.html", {"adress": "/insats/ny/?a=1&b=2", "falt": [("nyckel", "7f0c"), ("namn", '"><script>')]})

    assert 'action="/insats/ny/?a=1&amp;b=2"' in html
    assert '<input type="hidden" name="nyckel" value="7f0c">' in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
