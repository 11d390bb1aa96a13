"""Help texts: what Försäkringskassan writes, what everybody reads, and that every version stays."""

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from behorigheter import vaggar
from behorigheter.models import Handelse
from behorigheter.roller import Rattighet, Roll
from organisations.models import Organisation
from sus.start.models import Hjalptext, Hjalptextutgava, LastNyhet
from tests.factories import HjalptextFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
Slag = Hjalptext.Slag


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2012-01-10 10:00+01:00")


@pytest.fixture
def skriv(fk):
    def _skriv(rad=None, **falt):
        adress = reverse("register:hjalptext_andra", args=[rad.pk]) if rad else reverse("register:hjalptext_ny")
        standard = {"slag": "nyhet", "rubrik": "Nytt år", "text": "Ange utfall.", "ordning": "10", "dag": "2012-01-10", "publicerad": "ja"}
        sida = fk.get(adress)
        return fk.post(adress, standard | {"nyckel": str(uuid.uuid4()), "version": sida.context["version"]} | falt)

    return _skriv


def rubriker(texter):
    return [text.rubrik for text in texter]


def test_the_help_is_never_empty_also_for_who_has_not_logged_in(klient):
    sida = klient.get(reverse("start:hjalp"))

    assert "Deltagaren vill inte skriva under samtycket. Vad gör jag?" in sida.text
    assert "Kundcenter för partner" in sida.text
    assert Hjalptextutgava.objects.count() == Hjalptext.objects.count() > 10


def test_a_text_that_is_written_is_read_by_everybody_and_kept_as_its_first_utgava(skriv, fk, inloggad):
    assert skriv(slag="fraga", rubrik="Var står utfallet?", text="På **Budget**.").status_code == 302

    text = Hjalptext.objects.get(rubrik="Var står utfallet?")
    [utgava] = text.utgavor.all()
    assert (utgava.nummer, utgava.text, utgava.sparad_av_id) == (1, "På **Budget**.", fk.anvandare.pk)
    assert "<p>På <strong>Budget</strong>.</p>" in inloggad(Roll.RAPPORT).get(reverse("start:hjalp")).text.replace("\n", "")
    assert Handelse.objects.filter(typ=Handelse.Typ.HJALPTEXT_ANDRAD, detaljer__tillagda=["Var står utfallet?"]).count() == 1


def test_a_change_keeps_what_stood_before_and_says_who_and_when(skriv, fk):
    text = HjalptextFactory(rubrik="Gammal rubrik")
    Hjalptextutgava.objects.create(hjalptext=text, nummer=1, **text.innehall)

    assert skriv(text, rubrik="Ny rubrik").status_code == 302

    text.refresh_from_db()
    assert (text.rubrik, text.version) == ("Ny rubrik", 2)
    assert [(u.nummer, u.rubrik) for u in text.utgavor.all()] == [(2, "Ny rubrik"), (1, "Gammal rubrik")]
    sida = fk.get(text.get_absolute_url()).text
    assert f"Utgåva 2, 2012-01-10 kl. 10.00, {fk.anvandare}" in sida
    assert "Gammal rubrik" in sida


def test_saving_what_already_stands_makes_no_utgava(skriv):
    text = HjalptextFactory(rubrik="Nytt år", text="Ange utfall.", dag=date(2012, 1, 10), ordning=10)

    skriv(text)

    text.refresh_from_db()
    assert (text.version, text.utgavor.count()) == (1, 0)


def test_the_kind_of_a_text_is_never_changed(skriv):
    text = HjalptextFactory()

    skriv(text, slag="fraga", rubrik="Ny rubrik")

    text.refresh_from_db()
    assert text.slag == Slag.NYHET


@pytest.mark.parametrize(("falt", "mening"), [("rubrik", "Fyll i rubrik."), ("text", "Fyll i text."), ("publicerad", "Välj Ja eller Nej.")])
def test_what_is_missing_is_asked_for_at_its_field(skriv, falt, mening):
    svar = skriv(**{falt: ""})

    assert svar.context["form"].errors == {falt: [mening]}


def test_who_saved_last_does_not_overwrite_what_came_between(skriv):
    text = HjalptextFactory()
    skriv(text, rubrik="Den första")

    svar = skriv(text, rubrik="Den andra", version="1")

    assert svar.status_code == 409
    text.refresh_from_db()
    assert text.rubrik == "Den första"


def test_hidden_and_coming_texts_are_seen_by_those_who_write_them_only(fk, inloggad):
    HjalptextFactory(slag=Slag.FRAGA, rubrik="Dold fråga", publicerad=False)
    HjalptextFactory(slag=Slag.FRAGA, rubrik="Kommande fråga", dag=date(2012, 1, 11))

    lasaren = inloggad(Roll.RAPPORT).get(reverse("start:hjalp")).text
    lista = fk.get(reverse("register:hjalptexter")).text

    assert "Dold fråga" not in lasaren
    assert "Kommande fråga" not in lasaren
    assert "Dold fråga" in lista
    assert "Kommande fråga" in lista


def test_the_coming_text_is_shown_from_its_day(klockan, inloggad):
    HjalptextFactory(slag=Slag.FRAGA, rubrik="Kommande fråga", dag=date(2012, 1, 11))

    klockan("2012-01-11 00:01+01:00")

    assert "Kommande fråga" in inloggad(Roll.RAPPORT).get(reverse("start:hjalp")).text


def test_questions_for_ones_own_role_stand_first_and_those_of_others_last(inloggad):
    HjalptextFactory(slag=Slag.FRAGA, rubrik="För loggranskare", roller=["loggranskare"], ordning=900)

    egen = inloggad(Roll.LOGGRANSKARE).get(reverse("start:hjalp")).context["hjalp"]
    annans = inloggad(Roll.RAPPORT).get(reverse("start:hjalp")).context["hjalp"]

    assert rubriker(egen.fragor)[0] == "För loggranskare"
    assert "För loggranskare" not in rubriker(annans.fragor)
    assert "För loggranskare" in rubriker(annans.andras)


@pytest.mark.parametrize(
    ("typ", "forst"),
    [
        ("kommun", ["Kundcenter för partner"]),
        ("fk", ["Helpdesk på Försäkringskassan"]),
        ("af", ["Kundcenter för partner", "Arbetsförmedlingens egen support"]),
    ],
)
def test_ones_employer_decides_which_contact_path_stands_first(inloggad, typ, forst):
    arbetsgivare = Organisation.objects.filter(typ=typ).first() or OrganisationFactory(typ=typ)

    hjalp = inloggad(Roll.RAPPORT, arbetsgivare=arbetsgivare).get(reverse("start:hjalp")).context["hjalp"]

    assert rubriker(hjalp.kontakter) == [*forst, "Det här behöver supporten veta"]


@pytest.mark.parametrize("sokt", ["samtycke", "SAMTYCKET", "samtyck", "skriva samtycke", "samtycket, skriver"])
def test_a_search_finds_the_word_in_its_other_forms(klient, sokt):
    traffar = klient.get(reverse("start:hjalp"), {"sok": sokt}).context["traffar"]

    assert "Deltagaren vill inte skriva under samtycket. Vad gör jag?" in rubriker(traffar.texter)


def test_a_search_finds_the_chapters_of_the_handbook(klient):
    sida = klient.get(reverse("start:hjalp"), {"sok": "eget kapital"})

    assert f'href="{reverse("start:handbok", args=["samverkansadministrator"])}#eget-kapital"' in sida.text


def test_an_empty_result_says_what_one_can_do(klient):
    sida = klient.get(reverse("start:hjalp"), {"sok": "trampolin"})

    assert "Inga träffar på ”trampolin”" in sida.text
    assert "Prova ett annat ord" in sida.text


@pytest.mark.parametrize("sokt", ["%", "'; DROP TABLE start_hjalptext; --", "& | !", "\\", "  "])
def test_a_search_for_signs_is_a_search_like_any_other(klient, sokt):
    assert klient.get(reverse("start:hjalp"), {"sok": sokt}).status_code == 200


def test_the_newest_unread_news_stands_on_the_start_page_until_it_is_marked_as_read(inloggad):
    HjalptextFactory(rubrik="Den äldre", dag=date(2011, 5, 1))
    nyast = HjalptextFactory(rubrik="Den nyaste", dag=date(2012, 1, 9))
    client = inloggad(Roll.RAPPORT)
    assert "Nytt i SUS: Den nyaste" in client.get("/").text

    svar = client.post(reverse("start:nyhet_last", args=[nyast.pk]), {"startsida": "ja"})

    assert svar.headers["Location"] == "/"
    assert "Nytt i SUS: Den äldre" in client.get("/").text
    assert LastNyhet.objects.get().anvandare_id == client.anvandare.pk


def test_news_for_another_role_are_not_put_on_the_start_page_but_can_be_read(inloggad):
    HjalptextFactory(rubrik="För beställare", roller=["bestallare"])

    client = inloggad(Roll.RAPPORT)

    assert "För beställare" not in client.get("/").text
    assert "För beställare" in client.get(reverse("start:nyheter")).text


def test_marking_as_read_twice_is_marking_once_and_others_have_it_left(inloggad):
    nyhet = HjalptextFactory(rubrik="Den nyaste")
    client = inloggad(Roll.RAPPORT)

    for _ in range(2):
        client.post(reverse("start:nyhet_last", args=[nyhet.pk]))

    assert LastNyhet.objects.count() == 1
    assert "Den nyaste" in inloggad(Roll.RAPPORT).get("/").text


def test_only_news_can_be_marked_as_read(inloggad):
    fraga, dold = HjalptextFactory(slag=Slag.FRAGA), HjalptextFactory(publicerad=False)
    client = inloggad(Roll.RAPPORT)

    assert {client.post(reverse("start:nyhet_last", args=[text.pk])).status_code for text in (fraga, dold)} == {404}


def test_without_news_the_page_says_so(inloggad):
    assert "Här finns inga nyheter än." in inloggad(Roll.RAPPORT).get(reverse("start:nyheter")).text


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Hjalptext.objects.create(slag="fraga", rubrik="x", text="x"),
        lambda: Hjalptextutgava.objects.update(text="något annat"),
        lambda: Hjalptext.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_lets_no_ordinary_request_write_the_help(inloggad, attack):
    HjalptextFactory()
    with pytest.raises(ProgrammingError), vaggar.som(inloggad(Roll.SAMVERKANSADMINISTRATOR).anvandare):
        attack()


def test_another_roles_update_reaches_no_text_and_sees_no_hidden_one(inloggad):
    HjalptextFactory(publicerad=False)

    with vaggar.som(inloggad(Roll.RAPPORT).anvandare):
        assert Hjalptext.objects.update(rubrik="något annat") == 0
        assert not Hjalptext.objects.filter(publicerad=False).exists()
        assert not Hjalptextutgava.objects.exists()


def test_nobody_rewrites_an_utgava_or_changes_the_kind_past_the_page(fk):
    text = HjalptextFactory()
    Hjalptextutgava.objects.create(hjalptext=text, nummer=1, **text.innehall)
    for attack in (lambda: Hjalptextutgava.objects.update(text="x"), lambda: Hjalptext.objects.filter(pk=text.pk).update(slag="fraga")):
        with pytest.raises(DatabaseError), transaction.atomic(), vaggar.som(fk.anvandare):
            attack()


def test_nobody_marks_as_read_for_somebody_else(inloggad):
    nyhet, annan = HjalptextFactory(), inloggad(Roll.RAPPORT).anvandare
    with pytest.raises(ProgrammingError), vaggar.som(inloggad(Roll.RAPPORT).anvandare):
        LastNyhet.objects.create(anvandare=annan, nyhet=nyhet)


@pytest.mark.parametrize("falt", [{"slag": "annat"}, {"rubrik": ""}, {"text": ""}])
def test_the_database_refuses_a_text_of_no_kind_or_without_words(falt):
    with pytest.raises(IntegrityError), transaction.atomic():
        HjalptextFactory(**falt)


def test_the_first_wall_alone_shows_the_published_to_everybody_and_the_others_to_those_who_write(inloggad):
    dold = HjalptextFactory(publicerad=False)
    fk, rapport = inloggad(Roll.FK_ADMINISTRATOR).anvandare, inloggad(Roll.RAPPORT).anvandare

    def som_far(anvandare, rattighet):
        return Hjalptext.objects.tillatna_for(anvandare, rattighet)

    assert dold in som_far(fk, Rattighet.HJALP_ANDRA)
    assert dold not in som_far(fk, Rattighet.HJALP_LASA)
    assert not som_far(rapport, Rattighet.HJALP_ANDRA).exists()
    assert som_far(rapport, Rattighet.HJALP_LASA).exists()
