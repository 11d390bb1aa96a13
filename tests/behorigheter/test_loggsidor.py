"""The two pages of the event log: one's own activity, and the review of the own employer's staff."""

import re
import uuid
from datetime import datetime

import pytest

from behorigheter import vaggar
from behorigheter.handelser_i_ord import MENINGAR, SLAG
from behorigheter.logg import logga
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from sus.core.kryptering import uppslagsvarden
from tests.behorigheter.conftest import EGEN, GRANSKA, SVENSK_TID, fraga
from tests.factories import AnvandareFactory, InsatsFactory, PersonFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db
Typ = Handelse.Typ


# Min aktivitet


def test_everybody_sees_the_own_events_in_words_and_nobody_elses(inloggad, frammande):
    insats = InsatsFactory(namn="Klara")
    klient = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    logga(Typ.INSATS_ANDRAD, by=klient.anvandare, pa=insats, falt=["namn", "slutdatum"])
    logga(Typ.DELTAGARE_VISADE, by=klient.anvandare, personer=[uuid.uuid4(), uuid.uuid4()], andamal="sok")
    logga(Typ.LOSENORD_ANDRAT, by=frammande)

    svar = klient.get(EGEN)

    assert [(rad.vad, rad.galler, rad.personer) for rad in svar.context["rader"]] == [
        ("såg uppgifter om deltagare", "", 2),
        ("ändrade en insats", "Klara", 0),
    ]
    assert "Du såg uppgifter om deltagare, 2 personer" in svar.text
    assert ("Ändrade uppgifter", "insatsnamn och slutdatum") in svar.context["rader"][1].uppgifter


def test_what_stands_in_codes_is_told_in_words(inloggad, frammande):
    klient = inloggad(Roll.RAPPORT)
    logga(Typ.RAPPORT_SKAPAD, by=klient.anvandare, urval="fran=2011-01&niva=riket", andamal="", rader=1500)
    logga(Typ.DELTAGARE_VISADE, by=klient.anvandare, andamal="sok")
    logga(Typ.UPPDRAG_GIVET, by=klient.anvandare, anvandare=frammande.pk, roll="deltagaransvarig", till="")
    logga(Typ.NEKAD, by=klient.anvandare, skal="csrf")
    logga(Typ.LOGG_GRANSKAD, by=klient.anvandare, slag="lasning", okant_ord=["a", True, None])

    uppgifter = [rad.uppgifter for rad in reversed(klient.get(EGEN).context["rader"])]

    assert [[(etikett, text.replace("\u202f", " ")) for etikett, text in rad] for rad in uppgifter] == [
        [("Rader", "1 500"), ("Urval", "från 2011-01, niva riket")],
        [("Ändamål", "sökning")],
        [("Roll", "deltagaransvarig"), ("Användare", "Frida Främmande")],
        [("Skäl", "formuläret kom inte från en sida i SUS")],
        [("Slag", "Läsning av personuppgifter"), ("Okant ord", "a och Ja")],
    ]


def test_who_has_no_behorighet_sees_the_own_events_too(inloggad):
    klient = inloggad()
    logga(Typ.INLOGGAD, by=klient.anvandare)

    svar = klient.get(EGEN)

    assert svar.status_code == 200
    assert "Du loggade in" in svar.text


def test_without_events_the_page_says_so(inloggad):
    assert "Inga händelser än" in inloggad(Roll.RAPPORT).get(EGEN).text


@pytest.mark.parametrize(
    ("urval", "antal"),
    [
        ({}, 3),
        ({"slag": "inloggning"}, 2),
        ({"slag": "inloggad"}, 1),
        ({"fran": "2026-03-02"}, 1),
        ({"till": "2026-03-01"}, 2),
        ({"fran": "2026-03-01", "till": "2026-03-01"}, 1),
        ({"slag": "logg"}, 0),
        ({"slag": "finns-inte"}, 0),
    ],
)
def test_own_events_are_chosen_by_kind_and_by_swedish_day(inloggad, urval, antal):
    klient = inloggad(Roll.RAPPORT)
    for typ, tid in [
        (Typ.INLOGGAD, datetime(2026, 2, 28, 23, 59, tzinfo=SVENSK_TID)),
        (Typ.UTLOGGAD, datetime(2026, 3, 1, 0, 1, tzinfo=SVENSK_TID)),
        (Typ.RAPPORT_SKAPAD, datetime(2026, 3, 2, 0, 1, tzinfo=SVENSK_TID)),
    ]:
        _handelse(typ, tid, klient.anvandare)

    assert len(klient.get(EGEN, urval).context["rader"]) == antal


def _handelse(typ, tid, anvandare):
    """An event of another day, written as the owner: the entrance takes the database's own time."""
    fraga(
        "INSERT INTO behorigheter_handelse (tid, typ, anvandare_id, roller, objekt, logg_id, detaljer) "
        "VALUES (%s, %s, %s, '', '', '[]', '{}') RETURNING id",
        tid,
        str(typ),
        anvandare.pk,
    )


def test_a_period_that_ends_before_it_begins_is_an_error_at_its_field(inloggad):
    svar = inloggad(Roll.RAPPORT).get(EGEN, {"fran": "2026-03-02", "till": "2026-03-01"})

    assert "Sista dagen kan inte vara tidigare än första dagen." in svar.text
    assert "<title>Fel: " in svar.text


def test_own_events_are_shown_fifty_at_a_time(inloggad):
    klient = inloggad(Roll.RAPPORT)
    for _ in range(51):
        logga(Typ.INLOGGAD, by=klient.anvandare)

    assert len(klient.get(EGEN).context["rader"]) == 50
    assert len(klient.get(EGEN, {"sida": 2}).context["rader"]) == 1


def test_more_events_ask_no_more_questions(inloggad, antal_fragor):
    klient = inloggad(Roll.RAPPORT)

    def handelser(antal):
        for _ in range(antal):
            logga(Typ.UPPDRAG_GIVET, by=klient.anvandare, pa=InsatsFactory(), anvandare=AnvandareFactory().pk)

    handelser(1)
    fore = antal_fragor(lambda: klient.get(EGEN))
    handelser(20)

    assert antal_fragor(lambda: klient.get(EGEN)) == fore


# Granska logg


def test_reviewing_begins_with_an_empty_form_and_is_not_a_look(granskare, kollega):
    logga(Typ.INLOGGAD, by=kollega)

    svar = granskare.get(GRANSKA)

    assert "Karin Kollega" not in svar.text
    assert not Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).exists()


def test_a_loggranskare_sees_colleagues_never_strangers_and_never_the_own_events(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGAD, by=anvandare)

    svar = granskare.post(GRANSKA, {})

    assert [(rad.vem, rad.roller, rad.vad) for rad in svar.context["rader"]] == [
        ("Karin Kollega", "insatsansvarig, SUSrapport", "loggade in")
    ]


def test_a_failed_login_is_seen_by_the_users_employer_but_never_the_own_one(granskare, kollega, frammande):
    for anvandare in (granskare.anvandare, kollega, frammande):
        logga(Typ.INLOGGNING_MISSLYCKAD, by=None, pa=anvandare)

    svar = granskare.post(GRANSKA, {})

    assert [(rad.vem, rad.vad, rad.galler) for rad in svar.context["rader"]] == [
        ("Okänd", "försökte logga in men misslyckades", "Karin Kollega")
    ]


def test_each_look_is_an_event_with_what_was_asked_for(granskare, kollega):
    granskare.post(GRANSKA, {"slag": "lasning", "fran": "2026-01-01", "anvandare": "Karin*"})

    rad = Handelse.objects.get(typ=Typ.LOGG_GRANSKAD)
    assert rad.anvandare_id == granskare.anvandare.pk
    assert rad.detaljer == {"slag": "lasning", "fran": "2026-01-01", "anvandare": [kollega.pk], "sida": 1}


def test_a_look_that_cannot_be_logged_shows_nothing(granskare, kollega, monkeypatch):
    logga(Typ.INLOGGAD, by=kollega)

    def gar_inte(*args, **kwargs):
        raise RuntimeError("loggen går inte att skriva")

    monkeypatch.setattr("behorigheter.actions.logg.logga", gar_inte)

    with pytest.raises(RuntimeError):
        granskare.post(GRANSKA, {})


@pytest.mark.parametrize(
    ("namn", "traff"), [("karin", True), ("Kollega", True), ("Karin Kollega", True), ("Kol*", True), ("Kol", False), ("Främmande", False)]
)
def test_events_are_found_by_the_users_name(granskare, kollega, frammande, namn, traff):
    logga(Typ.INLOGGAD, by=kollega)
    logga(Typ.INLOGGAD, by=frammande)

    svar = granskare.post(GRANSKA, {"anvandare": namn})

    assert [rad.vem for rad in svar.context["rader"]] == ["Karin Kollega"] * traff


def test_events_about_a_person_are_found_by_personnummer_which_stands_nowhere(granskare, kollega):
    nummer, annat = provpersonnummer(7), provpersonnummer(8)
    person, annan = PersonFactory(personnummer_klartext=nummer), PersonFactory(personnummer_klartext=annat)
    logga(Typ.DELTAGARE_VISADE, by=kollega, personer=[person.logg_id, annan.logg_id])
    logga(Typ.PERSONNUMMER_VISAT, by=kollega, personer=[annan.logg_id])

    svar = granskare.post(GRANSKA, {"personnummer": nummer})

    assert [rad.vad for rad in svar.context["rader"]] == ["såg uppgifter om deltagare"]
    assert str(person.logg_id) in svar.text
    assert nummer not in svar.wsgi_request.get_full_path()
    assert Handelse.objects.get(typ=Typ.LOGG_GRANSKAD).logg_id == [str(person.logg_id)]


def test_who_is_in_sus_without_events_here_is_answered_as_who_is_not_in_sus(granskare, frammande):
    kand, okand = provpersonnummer(7), provpersonnummer(8)
    person = PersonFactory(personnummer_klartext=kand)
    logga(Typ.DELTAGARE_VISADE, by=frammande, personer=[person.logg_id])

    svar = [granskare.post(GRANSKA, {"personnummer": nummer}) for nummer in (kand, okand)]

    sidor = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", s.text).replace(n, "") for s, n in zip(svar, (kand, okand), strict=True)]
    granskade = list(Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).values_list("detaljer", "logg_id"))
    assert re.sub(r"\d{8}-\d{4}", "", sidor[0]) == re.sub(r"\d{8}-\d{4}", "", sidor[1])
    assert granskade[0][0] == granskade[1][0]
    assert [len(personer) for _, personer in granskade] == [1, 1]


def test_who_is_not_in_sus_gets_the_same_number_each_time(granskare):
    varde = uppslagsvarden(provpersonnummer(8))

    with vaggar.som(granskare.anvandare):
        svar = [fraga("SELECT vagg.logg_id_for(%s)", varde)[0][0] for _ in range(2)]

    assert isinstance(svar[0], uuid.UUID)
    assert svar[0] == svar[1]


def test_older_events_are_reached_by_a_button_that_keeps_the_search(granskare, kollega):
    for _ in range(51):
        logga(Typ.INLOGGAD, by=kollega)

    forsta, andra = granskare.post(GRANSKA, {"slag": "inloggning"}), granskare.post(GRANSKA, {"slag": "inloggning", "sida": "2"})

    assert 'name="sida" value="2"' in forsta.text
    assert len(andra.context["rader"]) == 1
    assert 'value="inloggning" selected' in andra.text


@pytest.mark.parametrize("roll", [Roll.FK_ADMINISTRATOR, Roll.BESTALLARE, Roll.UTFARDARE, Roll.SUS_STOD])
def test_no_other_role_reviews_the_log(inloggad, roll):
    assert inloggad(roll).post(GRANSKA, {}).status_code == 403


def test_a_wrong_personnummer_is_an_error_at_its_field_and_no_look(granskare):
    svar = granskare.post(GRANSKA, {"personnummer": "123"})

    assert svar.context["form" if "form" in svar.context else "formular"].errors["personnummer"]
    assert not Handelse.objects.filter(typ=Typ.LOGG_GRANSKAD).exists()


def test_every_kind_of_event_has_its_words_and_its_group():
    assert set(MENINGAR) == set(Typ)
    assert sum(len(typer) for _, typer in SLAG.values()) == len(Typ)


def test_the_words_of_an_event_go_with_du_as_well_as_with_a_name():
    assert [mening for mening in MENINGAR.values() if re.search(r"\b(sin|sitt|sina|sig)\b", mening)] == []
