"""The pages of kompletterande frågor: registering, changing and publishing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from behorigheter.models import Handelse
from organisations.models import KompletterandeFraga
from tests.factories import KompletterandeFragaFactory
from tests.organisations.fragor import KRYSSA, adress, alternativ, fel, ifylld, knapp, ordningen, post, visade

pytestmark = pytest.mark.django_db


# Registering


def test_a_question_is_saved_as_a_draft_last_in_order_with_its_alternatives(administrator, forbund):
    KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Först", ordning=7)

    svar = post(administrator, "fraga_create", forbund, **ifylld(till="2012-12-31", obligatorisk="on", hjalptext="Den som först sa något."))

    fraga = KompletterandeFraga.objects.get(namn="Initiativ")
    assert svar.url == fraga.get_absolute_url()
    assert (fraga.fran, fraga.till, fraga.obligatorisk, fraga.publicerad) == (date(2012, 1, 1), date(2012, 12, 31), True, None)
    assert alternativ(fraga) == ["Deltagaren", "Handläggaren"]
    assert ordningen(forbund) == ["Först", "Initiativ"]
    assert Handelse.objects.get(typ="fraga_skapad").objekt == f"organisations.KompletterandeFraga:{fraga.pk}"


def test_a_yes_or_no_question_gets_its_alternatives_by_itself(administrator, forbund):
    post(administrator, "fraga_create", forbund, **ifylld(slag="ja_nej", alternativ_1="Kanske", alternativ_2=""))

    assert alternativ(KompletterandeFraga.objects.get()) == ["Ja", "Nej"]


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"namn": ""}, "namn", "Fyll i frågans namn."),
        ({"fran": ""}, "fran", "Fyll i första dagen."),
        ({"fragetext": ""}, "fragetext", "Fyll i frågan."),
        ({"namn": "UPPTAGEN"}, "namn", "Det finns redan en fråga med det namnet. Välj ett annat namn."),
        ({"fragetext": "x" * 301}, "fragetext", "Skriv högst 300 tecken. Du har skrivit 301."),
        ({"mattillfalle": ""}, "mattillfalle", "Välj mättillfälle."),
        ({"slag": "fritext"}, "slag", "Välj ett giltigt alternativ. fritext finns inte bland tillgängliga alternativ."),
        ({"fran": "2008-12-31"}, "fran", "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)."),
        ({"till": "2011-12-31"}, "till", "Sista dagen kan inte vara tidigare än första dagen."),
        ({"alternativ_2": ""}, "alternativ_2", "Skriv minst 2 alternativ."),
        ({"alternativ_3": "DELTAGAREN"}, "alternativ_3", "Alternativet finns redan."),
        ({"alternativ_3": "x" * 101}, "alternativ_3", "Skriv högst 100 tecken. Du har skrivit 101."),
    ],
)
def test_a_faulty_question_is_refused_at_the_field_and_kept(administrator, forbund, andring, falt, text):
    KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Upptagen")

    svar = post(administrator, "fraga_create", forbund, **ifylld(**andring))

    assert fel(svar) == {falt: [text]}
    assert "Deltagaren" in visade(svar)
    assert KompletterandeFraga.objects.count() == 1


@pytest.mark.parametrize("falt", ["namn", "fragetext", "hjalptext", "alternativ_2"])
@pytest.mark.parametrize("nummer", ["19850101-9801", "850101–9801", "198501019800", "1985 01 61 9801", "٨٥٠١٠١٩٨٠١"])
def test_what_looks_like_a_personnummer_is_refused_in_every_text(administrator, forbund, falt, nummer):
    svar = post(administrator, "fraga_create", forbund, **ifylld(**{falt: f"Som {nummer}?"}))

    assert fel(svar) == {falt: ["Texten innehåller något som ser ut som ett personnummer. Ta bort det."]}
    assert not KompletterandeFraga.objects.exists()


def test_sums_telephone_numbers_and_periods_are_no_personnummer(administrator, forbund):
    text = "Ring 0520-10 00 00. Under 2011-01-01–2012-01-01, högst 1 360 000 kr?"

    post(administrator, "fraga_create", forbund, **ifylld(hjalptext=text))

    assert KompletterandeFraga.objects.get().hjalptext == text


# The list of alternatives is written by buttons, and nothing is saved before Spara


def test_an_alternative_is_added_and_the_page_is_kept_as_typed(administrator, forbund):
    svar = knapp(administrator, "fraga_create", forbund, **ifylld(obligatorisk="on", namn="", alternativ_3="Läraren", lagg_till=""))

    form = svar.context["form"]
    assert visade(svar) == ["Deltagaren", "Handläggaren", "Läraren", ""]
    assert (form["obligatorisk"].value(), form["mattillfalle"].value(), form.fokus) == ("on", "in", "alternativ_4")
    assert not KompletterandeFraga.objects.exists()


def test_no_more_than_twelve_alternatives_are_offered(administrator, forbund):
    tolv = {f"alternativ_{nr}": f"Svar {nr}" for nr in range(1, 13)}

    svar = knapp(administrator, "fraga_create", forbund, **ifylld(antal="12", **tolv, lagg_till=""))
    post(administrator, "fraga_create", forbund, **ifylld(antal="12", **tolv, alternativ_13="Svar 13"))

    assert len(visade(svar)) == 12
    assert "Lägg till alternativ" not in svar.text
    assert len(alternativ(KompletterandeFraga.objects.get())) == 12


@pytest.mark.parametrize(
    ("knappen", "lista", "fokus"),
    [
        ({"upp": "2"}, ["Två", "Ett", "Tre"], "alternativ_1"),
        ({"ner": "2"}, ["Ett", "Tre", "Två"], "alternativ_3"),
        ({"upp": "1"}, ["Ett", "Två", "Tre"], "alternativ_1"),
        ({"ner": "3"}, ["Ett", "Två", "Tre"], "alternativ_3"),
        ({"ta_bort": "2"}, ["Ett", "Tre"], "alternativ_2"),
        ({"ta_bort": "13"}, ["Ett", "Två", "Tre"], "alternativ_1"),
        ({"upp": "-1"}, ["Ett", "Två", "Tre"], "alternativ_1"),
    ],
)
def test_alternatives_are_moved_and_removed_by_buttons(administrator, forbund, knappen, lista, fokus):
    typade = ifylld(alternativ_1="Ett", alternativ_2="Två", alternativ_3="Tre")

    svar = knapp(administrator, "fraga_create", forbund, **typade, **knappen)

    assert visade(svar) == lista
    assert svar.context["form"].fokus == fokus


def test_the_alternatives_of_a_saved_question_are_put_in_another_order(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True, alternativ=["Ett", "Två", "Tre"])
    oppnad = administrator.get(adress("fraga_update", fraga))
    flyttad = knapp(administrator, "fraga_update", fraga, **ifylld(alternativ_1="Ett", alternativ_2="Två", alternativ_3="Tre", ner="1"))

    post(administrator, "fraga_update", fraga, **ifylld(**{f"alternativ_{nr}": text for nr, text in enumerate(visade(flyttad), 1)}))

    assert visade(oppnad) == ["Ett", "Två", "Tre"]
    assert alternativ(fraga) == ["Två", "Ett", "Tre"]


# Sensitive data


@pytest.mark.parametrize(
    ("andring", "mening"),
    [
        ({"fragetext": "Har deltagaren en diagnos?"}, "”diagnos” kan handla om hälsa."),
        ({"hjalptext": "Ange modersmål."}, "”modersmål” kan handla om etniskt ursprung."),
        ({"alternativ_2": "Kyrkan och moskén"}, "”Kyrkan” och ”moskén” kan handla om religion eller filosofisk övertygelse."),
        ({"namn": "Facket"}, "”Facket” kan handla om medlemskap i fackförening."),
        ({"fragetext": "Vilken sexuell läggning?"}, "”sexuell” och ”läggning” kan handla om sexualliv."),
        ({"fragetext": "Vilket parti röstar deltagaren på?"}, "”parti” och ”röstar” kan handla om politisk åsikt."),
    ],
)
def test_words_that_suggest_sensitive_data_warn_and_do_not_stop(administrator, forbund, andring, mening):
    svar = post(administrator, "fraga_create", forbund, **ifylld(**andring))
    sparade_fore = KompletterandeFraga.objects.count()
    post(administrator, "fraga_create", forbund, **ifylld(**andring), bekraftade=svar.context["bekrafta"])

    assert [text for _, text in svar.context["varningar"]] == [f"{mening} Det får en kompletterande fråga inte gälla."]
    assert (sparade_fore, KompletterandeFraga.objects.count()) == (0, 1)


def test_a_yes_to_one_word_is_no_yes_to_another(administrator, forbund):
    svar = post(administrator, "fraga_create", forbund, **ifylld(fragetext="Har deltagaren en diagnos?"))

    svar = post(administrator, "fraga_create", forbund, **ifylld(fragetext="Har deltagaren ångest?"), bekraftade=svar.context["bekrafta"])

    assert "”ångest” kan handla om hälsa." in svar.text
    assert not KompletterandeFraga.objects.exists()


def test_an_ordinary_question_warns_of_nothing(administrator, forbund):
    texter = {
        "fragetext": "Har ni samma handläggare som förra året, och tror deltagaren att insatsen leder till arbete?",
        "hjalptext": "Partner, samordnare, fackman och sextio plus räknas. Skadestånd räknas inte.",
    }

    svar = post(administrator, "fraga_create", forbund, **ifylld(**texter))

    assert svar.status_code == 302


# Publishing


def test_a_question_is_published_with_the_tick_and_not_without(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True, fran=timezone.localdate())

    utan = post(administrator, "fraga_publicera", fraga)
    fore = forbund.fragor.som_stalls(timezone.localdate()).count()
    post(administrator, "fraga_publicera", fraga, inga_kansliga="on")

    fraga.refresh_from_db()
    assert fel(utan) == {"inga_kansliga": [KRYSSA]}
    assert (fore, forbund.fragor.som_stalls(timezone.localdate()).count()) == (0, 1)
    assert fraga.publicerad_av == administrator.anvandare
    assert Handelse.objects.filter(typ="fraga_publicerad").count() == 1


def test_the_page_of_publishing_shows_both_pictures_and_the_words_that_warn(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True, alternativ=["Vården", "En sjukdom"], slag="flera")

    text = administrator.get(adress("fraga_publicera", fraga)).text

    assert text.count('type="checkbox"') == 3
    assert '<th scope="row" class="table__column table__column--text">En sjukdom</th>' in text
    assert "Andelarna kan därför bli mer än 100 procent tillsammans." in text
    assert "”sjukdom” kan handla om hälsa." in text


def test_a_question_is_published_once_and_not_after_its_last_day(administrator, forbund):
    publicerad = KompletterandeFragaFactory(samverkansorganisation=forbund)
    for_sent = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True, till=timezone.localdate() - timedelta(days=1))

    svar = [post(administrator, "fraga_publicera", fraga, inga_kansliga="on") for fraga in (publicerad, for_sent)]

    assert [fel(ett)["__all__"] for ett in svar] == [
        ["Frågan är redan publicerad."],
        ["Frågans sista dag har passerat. Ändra perioden innan du publicerar frågan."],
    ]


def test_what_is_changed_in_a_published_question_takes_the_tick_again(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)

    utan = post(administrator, "fraga_update", fraga, **ifylld(namn="Nytt namn"))
    post(administrator, "fraga_update", fraga, **ifylld(namn="Nytt namn"), inga_kansliga="on")

    forut, fraga = fraga, KompletterandeFraga.objects.get()
    assert fel(utan) == {"inga_kansliga": [KRYSSA]}
    assert (fraga.namn, fraga.publicerad_av) == ("Nytt namn", administrator.anvandare)
    assert fraga.publicerad > forut.publicerad
