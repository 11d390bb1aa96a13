"""The pages of kompletterande frågor: registering, changing, publishing, ordering, ending and removing; and who sees what."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from organisations.actions.fraga import V39, andra_fraga, ta_bort_fraga
from organisations.models import KompletterandeFraga
from sus.core.regelbrott import Regelbrott
from tests.factories import KompletterandeFragaFactory, SamverkansorganisationFactory, SvarFactory

pytestmark = pytest.mark.django_db

SA = Roll.SAMVERKANSADMINISTRATOR
KRYSSA = "Kryssa för att frågan inte gäller känsliga personuppgifter. Gäller den sådana får den inte ställas."


@pytest.fixture
def forbund():
    return SamverkansorganisationFactory(namn="Provbygden")


@pytest.fixture
def administrator(inloggad, forbund):
    return inloggad(SA, forbund)


def adress(sida, rad):
    return reverse(f"organisations:{sida}", args=[rad.pk])


def post(client, sida, rad, **data):
    version = getattr(rad, "version", 1) if sida not in {"fraga_create", "fraga_flytta"} else 0
    return client.post(adress(sida, rad), {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def knapp(client, sida, rad, **data):
    return client.post(adress(sida, rad), {"nyckel": str(uuid.uuid4()), "version": 1} | data)


def ifylld(**andring):
    return {
        "namn": "Initiativ", "fragetext": "Vem tog initiativ till insatsen?", "hjalptext": "", "fran": "2012-01-01", "till": "",
        "mattillfalle": "in", "slag": "ett", "antal": "3", "alternativ_1": "Deltagaren", "alternativ_2": "Handläggaren", "alternativ_3": "",
    } | andring  # fmt: skip


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def alternativ(fraga):
    return [str(rad) for rad in fraga.alternativ.all()]


def ordningen(forbund):
    return [str(fraga) for fraga in forbund.fragor.all()]


def visade(svar):
    return [falt.value() or "" for falt in svar.context["form"].alternativfalt()]


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


# Locked once answered (V39)


def test_an_answered_question_offers_only_its_last_day_and_says_why(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    oppnad = administrator.get(adress("fraga_update", fraga))
    post(administrator, "fraga_update", fraga, till="2012-06-30")

    fraga.refresh_from_db()
    assert list(oppnad.context["form"].fields) == ["till"]
    assert V39 in oppnad.text
    assert fraga.till == date(2012, 6, 30)
    assert fraga.status == "Avslutad"
    assert alternativ(fraga) == ["Deltagaren", "Handläggaren"]


def test_who_had_the_question_open_when_it_was_answered_is_refused_and_keeps_the_text(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)
    SvarFactory(fraga=fraga)

    svar = post(administrator, "fraga_update", fraga, **ifylld(fragetext="Något annat?"), inga_kansliga="on")

    fraga.refresh_from_db()
    assert fel(svar) == {"__all__": [V39]}
    assert "Något annat?" in svar.text
    assert fraga.fragetext == "Vem tog initiativ till insatsen?"


@pytest.mark.parametrize(
    "andring",
    [
        *({"namn": "Nytt"}, {"fragetext": "Nytt?"}, {"hjalptext": "Nytt"}, {"fran": date(2011, 2, 1)}, {"mattillfalle": "bada"}),
        *({"slag": "flera"}, {"obligatorisk": True}),
    ],
    ids=lambda andring: next(iter(andring)),
)
def test_nothing_but_the_last_day_of_an_answered_question_changes(andring):
    fraga = SvarFactory().fraga

    with pytest.raises(Regelbrott, match="har besvarats och kan inte ändras"):
        andra_fraga(fraga=fraga, uppgifter=andring | {"till": date(2012, 1, 1)}, by=None)


def test_the_alternatives_of_an_answered_question_stay_in_their_order():
    fraga = SvarFactory().fraga

    with pytest.raises(Regelbrott, match="har besvarats"):
        andra_fraga(fraga=fraga, uppgifter={}, alternativ=["Handläggaren", "Deltagaren"], by=None)


def test_a_last_day_before_the_first_is_refused_also_for_an_answered_question(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    svar = post(administrator, "fraga_update", fraga, till="2010-12-31")

    assert fel(svar) == {"till": ["Sista dagen kan inte vara tidigare än första dagen."]}


def test_an_answered_question_is_ended_and_not_removed(administrator, forbund):
    fraga = SvarFactory(fraga__samverkansorganisation=forbund).fraga

    fragan = administrator.get(adress("fraga_delete", fraga))
    post(administrator, "fraga_delete", fraga)

    assert "Frågan har besvarats och kan inte tas bort." in fragan.text
    assert "Ta bort frågan</button>" not in fragan.text
    assert forbund.fragor.get() == fraga
    with pytest.raises(Regelbrott, match="kan inte tas bort"):
        ta_bort_fraga(fraga=fraga, by=None)


def test_a_question_that_nobody_has_answered_is_removed_with_its_alternatives(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund)

    svar = post(administrator, "fraga_delete", fraga)

    assert svar.url == adress("fragor", forbund)
    assert not KompletterandeFraga.objects.exists()
    assert Handelse.objects.filter(typ="fraga_borttagen").count() == 1


def test_two_administrators_at_once_lose_nothing(administrator, forbund):
    fraga = KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True)
    andra_fraga(fraga=fraga, uppgifter={"fragetext": "Vem föreslog insatsen?"}, by=None)

    svar = post(administrator, "fraga_update", fraga, **ifylld(alternativ_1="Jag"))

    rader = {rad.falt: (rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]}
    assert svar.status_code == 409
    assert rader["Fråga"] == ("Vem föreslog insatsen?", "Vem tog initiativ till insatsen?")
    assert rader["Alternativ 1"] == ("Deltagaren", "Jag")
    assert 'value="Jag"' in svar.text


# Order


@pytest.mark.parametrize(
    ("namn", "riktning", "ordning"),
    [("B", "upp", "BAC"), ("B", "ner", "ACB"), ("A", "upp", "ABC"), ("C", "ner", "ABC"), ("A", "ner", "BAC")],
)
def test_the_questions_are_ordered_by_buttons(administrator, forbund, namn, riktning, ordning):
    for en in "ABC":
        KompletterandeFragaFactory(samverkansorganisation=forbund, namn=en, ordning=3)
    fraga = forbund.fragor.get(namn=namn)

    svar = post(administrator, "fraga_flytta", fraga, riktning=riktning)

    assert "".join(ordningen(forbund)) == ordning
    assert svar.url == f"{adress('fragor', forbund)}#fraga-{fraga.pk}"


def test_an_answered_question_can_still_be_moved(administrator, forbund):
    forst = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Först")
    besvarad = SvarFactory(fraga__samverkansorganisation=forbund, fraga__namn="Besvarad").fraga

    post(administrator, "fraga_flytta", besvarad, riktning="upp")

    assert ordningen(forbund) == ["Besvarad", str(forst)]


def test_a_button_pressed_twice_moves_once(administrator, forbund):
    for en in "ABC":
        KompletterandeFragaFactory(samverkansorganisation=forbund, namn=en)
    dolda = dict(re.findall('<input type="hidden" name="(.+?)" value="(.*?)">', administrator.get(adress("fragor", forbund)).text))

    for _ in range(2):
        administrator.post(adress("fraga_flytta", forbund.fragor.get(namn="C")), dolda | {"riktning": "upp"})

    assert ordningen(forbund) == ["A", "C", "B"]


# Who sees what


def test_others_see_the_published_questions_and_no_drafts(inloggad, administrator, forbund):
    publicerad = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Publicerad")
    utkast = KompletterandeFragaFactory(samverkansorganisation=forbund, namn="Utkast", utkast=True)
    granne = inloggad(SA, SamverkansorganisationFactory())

    egna, grannens = (client.get(adress("fragor", forbund)) for client in (administrator, granne))

    assert [list(svar.context["fragor"]) for svar in (egna, grannens)] == [[publicerad, utkast], [publicerad]]
    assert ["Flytta" in svar.text for svar in (egna, grannens)] == [True, False]
    assert [client.get(adress("fraga", utkast)).status_code for client in (administrator, granne)] == [200, 404]
    assert "Publicera" not in granne.get(adress("fraga", publicerad)).context["smulor"]


def test_the_list_asks_no_more_for_more_questions(administrator, forbund, antal_fragor):
    SvarFactory(fraga__samverkansorganisation=forbund, fraga__mattillfalle="bada")
    fore = [antal_fragor(lambda sida=sida: administrator.get(adress(sida, forbund))) for sida in ("fragor", "frageformular")]
    KompletterandeFragaFactory.create_batch(15, samverkansorganisation=forbund, mattillfalle="bada")

    assert [antal_fragor(lambda sida=sida: administrator.get(adress(sida, forbund))) for sida in ("fragor", "frageformular")] == fore


def test_the_form_of_questions_shows_those_of_each_mattillfalle_that_have_not_ended(administrator, forbund):
    for namn, mattillfalle in (("in", "in"), ("ut", "ut"), ("både", "bada")):
        KompletterandeFragaFactory(samverkansorganisation=forbund, fragetext=f"Fråga {namn}?", mattillfalle=mattillfalle)
    KompletterandeFragaFactory(samverkansorganisation=forbund, utkast=True)
    KompletterandeFragaFactory(samverkansorganisation=forbund, till=date(2012, 1, 1))

    svar = administrator.get(adress("frageformular", forbund))

    assert [[falt.label for falt in form.fields.values()] for _, _, form in svar.context["delar"]] == [
        ["Fråga in?", "Fråga både?"],
        ["Fråga ut?", "Fråga både?"],
    ]


def test_the_statuses_follow_from_publishing_and_period():
    idag = timezone.localdate()
    fragor = [
        KompletterandeFragaFactory(**val)
        for val in ({"utkast": True}, {"fran": idag + timedelta(days=1)}, {"till": idag}, {"till": idag - timedelta(days=1)})
    ]

    assert [fraga.status for fraga in fragor] == ["Utkast", "Kommande", "Ställs nu", "Avslutad"]
