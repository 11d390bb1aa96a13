"""Registrera deltagare: samtycke, Hämta and the rules V13–V26 and V33, as a user meets them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Deltagande, Mattillfalle, Person, Samtycke
from organisations.models import Omrade, Stadsdel
from sus.core.kryptering import uppslag
from tests.deltagare.conftest import ALMA, ELSA, inregistrering, utregistrering
from tests.factories import InsatsFactory

SKYDDAD = "196606069810"
FJORTON = "201201159801"
SEXTON = "201001159803"
STOCKHOLM = "198503129804"
OKAND = "197001019806"
SAMORDNING = "197001619803"


@pytest.fixture
def hamta(klient_da, insats):
    def _hamta(**falt):
        data = inregistrering(hamta="", **falt)
        del data["spara"]
        return klient_da.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", data)

    return _hamta


def test_everything_of_the_form_is_kept(registrera):
    registrera(
        samtycke_sprak="so",
        samtycke_original="2011-12-01",
        forsorjning_fore=["a_kassa", "forsorjningsstod"],
        af_fore="ja",
        arbetar_fore="ja",
        arbete_fore="50",
        arbetstyp_fore="subventionerat",
        studerar_fore="ja",
        studier_fore="25 %",
    )

    deltagande = Deltagande.objects.get()
    assert (deltagande.kommun_id, deltagande.stadsdel, deltagande.kon, deltagande.alder_vid_start) == ("1488", None, 1, 49)
    assert (deltagande.utbildning, deltagande.tid_forsorjning) == (2, 3)
    fore = Mattillfalle.objects.get()
    assert (fore.forsorjning, fore.arbetssokande, fore.arbete_procent, fore.arbetstyp, fore.studier_procent) == (8 + 32, True, 50, 2, 25)
    samtycke = deltagande.samtycke
    assert (samtycke.datum, samtycke.sprak, samtycke.original_skickat) == (date(2011, 11, 30), "so", date(2011, 12, 1))
    assert samtycke.text.version.startswith("9443")


def test_the_person_lies_encrypted_and_is_found_by_its_look_up_value(registrera):
    registrera()

    person = Person.objects.get()
    assert bytes(person.uppslag) == uppslag(ALMA)
    assert ALMA.encode() not in bytes(person.personnummer)
    assert b"Alma" not in bytes(person.namn)


def test_the_log_holds_ids_and_nothing_of_the_person(registrera):
    registrera()

    person = Person.objects.get()
    inregistrerat = Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_INREGISTRERAT)
    assert inregistrerat.logg_id == [str(person.logg_id)]
    text = str(list(Handelse.objects.values()))
    for hemligt in (ALMA, ALMA[2:], "Alma", "2011-12-05", str(person.pk)):
        assert hemligt not in text


@pytest.mark.parametrize(
    ("andra", "falt", "mening"),
    [
        ({"samtycke_finns": None}, "samtycke_finns", "Samtycke (blankett 9443) måste finnas innan deltagaren registreras."),
        ({"samtycke_datum": ""}, "samtycke_datum", "Fyll i datum för underskriften."),
        ({"samtycke_datum": "2008-12-31"}, "samtycke_datum", "Blankett 9443 fanns inte den dagen. Kontrollera datumet."),
        (
            {"samtycke_original": "2011-11-29"},
            "samtycke_original",
            "Originalet kan inte ha skickats före underskriften eller i framtiden. Kontrollera datumet.",
        ),
        ({"personnummer": "1962"}, "personnummer", "Ange personnummer med 12 siffror."),
        ({"personnummer": "196209019809"}, "personnummer", "Personnumret är inte giltigt."),
        ({"personnummer": "١٩٦٢٠٩٠١٩٨٠٨"}, "personnummer", "Ange personnummer med 12 siffror."),
        ({"personnummer": "1" * 400}, "personnummer", "Ange personnummer med 12 siffror."),
        ({"personnummer": OKAND}, "personnummer", "Personen finns inte i folkbokföringen."),
        (
            {"personnummer": SKYDDAD},
            "personnummer",
            "Deltagaren kan inte registreras med personuppgifter. Registrera deltagaren som anonym.",
        ),
        ({"startdatum": "2009-12-31"}, "startdatum", "Startdag måste ligga inom insatsens period och får inte vara i framtiden."),
        (
            {"startdatum": "2008-12-31"},
            "startdatum",
            "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01).",
        ),
        ({"startdatum": "2011-13-01"}, "startdatum", "Datumet finns inte. Kontrollera månad och dag."),
        ({"utbildning": ""}, "utbildning", "Välj utbildningsnivå."),
        ({"tid_forsorjning": ""}, "tid_forsorjning", "Välj tid."),
        ({"forsorjning_fore": None}, "forsorjning_fore", "Ange minst en försörjning eller Ingen offentlig försörjning."),
        (
            {"forsorjning_fore": ["sjukpenning", "ingen"]},
            "forsorjning_fore",
            "Ingen offentlig försörjning kan inte kombineras med andra försörjningar.",
        ),
        ({"af_fore": None}, "af_fore", "Välj Ja eller Nej."),
        ({"arbetar_fore": "ja", "arbetstyp_fore": "eget_foretag"}, "arbete_fore", "Ange omfattning mellan 1 och 100 procent."),
        (
            {"arbetar_fore": "ja", "arbete_fore": "101", "arbetstyp_fore": "eget_foretag"},
            "arbete_fore",
            "Ange omfattning mellan 1 och 100 procent.",
        ),
        ({"arbetar_fore": "ja", "arbete_fore": "50"}, "arbetstyp_fore", "Ange vilken typ av arbete det är."),
        ({"studerar_fore": "ja", "studier_fore": "0"}, "studier_fore", "Ange omfattning mellan 1 och 100 procent."),
    ],
)
def test_a_broken_rule_refuses_at_its_field_and_keeps_what_was_typed(registrera, fel, andra, falt, mening):
    svar = registrera(**andra)

    assert fel(svar) == {falt: [mening]}
    assert not Deltagande.objects.exists()
    assert not Person.objects.exists()
    assert 'value="2011-11-30"' in svar.content.decode() or "samtycke_datum" in andra


@pytest.mark.parametrize("falt", ["startdatum", "samtycke_datum"])
def test_tomorrow_is_refused(registrera, fel, falt):
    imorgon = str(timezone.localdate() + timedelta(days=1))

    assert list(fel(registrera(**{falt: imorgon}))) == [falt]


def test_all_faults_are_told_at_once(registrera, fel):
    svar = registrera(personnummer="196209019809", startdatum="2009-02-01", forsorjning_fore=["ingen", "annan"], arbetar_fore="ja")

    assert list(fel(svar)) == ["personnummer", "startdatum", "forsorjning_fore", "arbete_fore", "arbetstyp_fore"]
    assert "<title>Fel: Registrera deltagare – SUS</title>" in svar.content.decode()


def test_startday_must_lie_within_the_insats(registrera, fel, insats):
    insats.slutdatum = date(2011, 12, 4)
    insats.save()

    assert list(fel(registrera())) == ["startdatum"]
    assert registrera(startdatum="2011-12-04").status_code == 302


def test_after_no_what_the_follow_up_holds_means_nothing(registrera):
    assert registrera(arbetar_fore="nej", arbete_fore="500", arbetstyp_fore="eget_foretag", studier_fore="x").status_code == 302
    assert Mattillfalle.objects.get().arbete_procent is None


def test_fetching_shows_the_person_and_keeps_what_was_typed(hamta):
    svar = hamta(utbildning="", startdatum="2011-12-05")

    sida = svar.content.decode()
    assert svar.context["form"].errors == {}
    assert "Alma Testsson" in sida
    assert "Trollhättan" in sida
    assert 'value="2011-12-05"' in sida
    assert not Person.objects.exists()


def test_fetching_waits_for_the_consent(hamta, fel):
    svar = hamta(samtycke_finns=None)

    assert list(fel(svar)) == ["samtycke_finns"]
    assert "Alma Testsson" not in svar.content.decode()
    assert not Handelse.objects.exists()


def test_fetching_is_logged_without_the_personnummer(hamta, insats):
    hamta()

    rad = Handelse.objects.get()
    assert (rad.typ, rad.objekt, rad.logg_id, rad.detaljer) == ("person_hamtad", f"insatser.Insats:{insats.pk}", [], {})


@pytest.mark.parametrize("personnummer", [SKYDDAD, OKAND])
def test_who_cannot_be_fetched_is_told_at_the_personnummer(hamta, fel, personnummer):
    svar = hamta(personnummer=personnummer)

    assert list(fel(svar)) == ["personnummer"]
    assert "Skyddad Provperson" not in svar.content.decode()


@pytest.mark.parametrize("personnummer", [SKYDDAD, OKAND])
def test_asking_for_who_cannot_be_fetched_is_logged_too(hamta, insats, personnummer):
    hamta(personnummer=personnummer)

    rad = Handelse.objects.get()
    assert (rad.typ, rad.objekt, rad.logg_id, rad.detaljer) == ("person_hamtad", f"insatser.Insats:{insats.pk}", [], {})


def test_without_a_register_namn_and_kommun_are_typed_by_hand(hamta, registrera, settings):
    settings.FOLKBOKFORING = ""

    svar = hamta()

    assert svar.context["form"].errors == {}
    assert 'name="namn"' in svar.text
    assert registrera(namn="Alma Testsson", kommun="1488").status_code == 302


def test_namn_and_kommun_come_from_folkbokforingen_whatever_the_page_says(registrera, klient_da):
    svar = registrera(namn="Påhittad Annan", kommun="0180")

    assert Deltagande.objects.get().kommun_id == "1488"
    assert "Alma Testsson" in klient_da.get(svar.headers["Location"]).content.decode()


def test_samordningsnummer_is_asked_for_namn_and_kommun(registrera, hamta, fel, klient_da):
    assert 'name="namn"' in hamta(personnummer=SAMORDNING).content.decode()
    assert fel(registrera(personnummer=SAMORDNING)) == {"namn": ["Fyll i namn."], "kommun": ["Välj kommun."]}

    svar = registrera(personnummer=SAMORDNING, namn="Åke Provström", kommun="1462")

    assert "Åke Provström" in klient_da.get(svar.headers["Location"]).content.decode()
    assert Deltagande.objects.get().kommun_id == "1462"


def test_under_fifteen_a_guardian_must_have_signed_too(registrera, fel):
    dag = {"personnummer": FJORTON, "startdatum": "2026-01-20", "samtycke_datum": "2026-01-10", "bekraftade": "alder"}

    svar = registrera(**dag)
    assert "Deltagaren är under 15 år. Kontrollera att samtycket är giltigt." in fel(svar)["vardnadshavare"][0]
    assert 'name="vardnadshavare"' in svar.content.decode()

    assert registrera(**dag, vardnadshavare="on").status_code == 302
    assert Samtycke.objects.get().vardnadshavare


def test_between_fifteen_and_eighteen_the_page_tells_what_holds(hamta):
    assert "Den som har fyllt 15 år kan som regel själv" in hamta(personnummer=SEXTON, startdatum="2026-02-01").content.decode()
    assert "Den som har fyllt 15 år" not in hamta().content.decode()


@pytest.mark.parametrize(("personnummer", "startdatum"), [(ALMA, "2026-10-01"), (FJORTON, "2026-10-01")])
def test_an_unusual_age_is_warned_of_and_saved_all_the_same(registrera, insats, personnummer, startdatum):
    andra = {"personnummer": personnummer, "startdatum": startdatum, "vardnadshavare": "on"}

    svar = registrera(**andra)
    varnar = personnummer == FJORTON
    assert ("alder" in svar.context["bekrafta"] if svar.context else False) == varnar

    if varnar:
        assert registrera(**andra, bekraftade="alder").status_code == 302


def test_outside_the_area_is_warned_of(registrera, insats):
    Omrade.objects.create(samverkansorganisation=insats.samverkansorganisation, kommun_id="1462")

    svar = registrera()
    assert svar.context["varningar"] == [("V22", "Deltagarens kommun ingår inte i samverkansorganisationens område.")]
    assert not Deltagande.objects.exists()

    assert registrera(bekraftade="V22").status_code == 302


def test_stadsdel_is_needed_where_the_kommun_had_one_on_the_startday(registrera, fel):
    farsta, jarva = (Stadsdel.objects.get(namn=namn) for namn in ("Farsta", "Järva"))

    svar = registrera(personnummer=STOCKHOLM)
    assert fel(svar) == {"stadsdel": ["Välj stadsdel."]}
    assert "Järva" not in svar.content.decode()
    assert list(fel(registrera(personnummer=STOCKHOLM, stadsdel=jarva.pk))) == ["stadsdel"]

    assert registrera(personnummer=STOCKHOLM, stadsdel=farsta.pk).status_code == 302
    assert Deltagande.objects.get().stadsdel == farsta


def test_stadsdel_is_not_kept_for_other_kommuner(registrera):
    registrera(stadsdel=Stadsdel.objects.get(namn="Farsta").pk)

    assert Deltagande.objects.get().stadsdel is None


def test_the_same_time_twice_is_refused(registrera, fel):
    registrera()

    assert fel(registrera(startdatum="2011-12-20")) == {"startdatum": ["Deltagaren är redan registrerad i insatsen under denna tid."]}
    assert Deltagande.objects.count() == 1


def test_coming_back_later_is_a_new_deltagande_of_the_same_person(registrera, deltagande, skicka):
    skicka("ut", deltagande, **utregistrering())

    assert registrera(startdatum="2012-01-10", samtycke_datum="2012-01-10").status_code == 302

    assert (Deltagande.objects.count(), Person.objects.count(), Samtycke.objects.count()) == (2, 1, 2)


def test_the_same_person_in_another_insats_is_the_same_person_and_nothing_tells(registrera, deltagande, inloggad):
    annan = InsatsFactory()
    client = inloggad(Roll.DELTAGARANSVARIG, annan)

    hamtat = client.post(f"{reverse('deltagare:registrera')}?insats={annan.pk}", inregistrering(hamta="", spara=None))
    assert [val for val, _ in hamtat.context["form"].fields["mattillfalle"].choices] == ["ny"]
    client.post(f"{reverse('deltagare:registrera')}?insats={annan.pk}", inregistrering())

    assert (Deltagande.objects.count(), Person.objects.count()) == (2, 1)


def test_the_name_shown_is_the_one_just_given_so_that_an_earlier_one_does_not_tell_of_another_insats(registrera, inloggad):
    registrera(personnummer=SAMORDNING, namn="Åke Provström", kommun="1462")
    annan = InsatsFactory()
    client = inloggad(Roll.DELTAGARANSVARIG, annan)

    falt = inregistrering(personnummer=SAMORDNING, namn="Åke Övningsdal", kommun="1462")
    svar = client.post(f"{reverse('deltagare:registrera')}?insats={annan.pk}", falt, follow=True)

    assert "Åke Övningsdal" in svar.content.decode()
    assert "Provström" not in svar.content.decode()


def test_an_earlier_startday_leads_to_its_correction(hamta, registrera, deltagande):
    val = hamta().context["form"].fields["mattillfalle"].choices

    assert val == [("ny", "Nyinregistrering"), (str(deltagande.pk), "Startdag 2011-12-05")]
    for svar in (registrera(mattillfalle=str(deltagande.pk), utbildning=""), hamta(mattillfalle=str(deltagande.pk))):
        assert svar.headers["Location"] == f"/deltagande/{deltagande.pk}/ratta/"


def test_a_foreign_deltagande_in_mattillfalle_is_refused(registrera, fel, deltagande):
    assert list(fel(registrera(personnummer=ELSA, mattillfalle=str(deltagande.pk)))) == ["mattillfalle"]


def test_a_volyminsats_is_refused_in_words(klient_da, inloggad):
    volym = InsatsFactory(volym=True)
    client = inloggad(Roll.DELTAGARANSVARIG, volym)

    for svar in (
        client.get(f"{reverse('deltagare:registrera')}?insats={volym.pk}"),
        client.post(f"{reverse('deltagare:registrera')}?insats={volym.pk}", inregistrering()),
    ):
        assert "Insatsen är en volyminsats. Deltagare registreras endast som antal." in svar.content.decode()
    assert not Deltagande.objects.exists()


def test_a_single_insats_is_chosen_already_and_several_are_listed(klient_da, insats, inloggad):
    assert klient_da.get(reverse("deltagare:registrera")).headers["Location"] == f"?insats={insats.pk}"

    tva = inloggad(Roll.DELTAGARANSVARIG, insats)
    InsatsFactory(namn="Främmande")
    annan = InsatsFactory(namn="Trampolin")
    tva.anvandare.uppdrag.create(roll=Roll.DELTAGARANSVARIG, insats=annan, fran=timezone.localdate())
    sida = tva.get(reverse("deltagare:registrera")).content.decode()
    assert "Trampolin" in sida
    assert "Hjortmossen" in sida
    assert "Främmande" not in sida


def test_fields_stand_in_the_order_of_the_form_and_nothing_is_preselected(klient_da, insats):
    form = klient_da.get(f"{reverse('deltagare:registrera')}?insats={insats.pk}").context["form"]

    ordning = [pekare.name for pekare in form.helper.layout.get_field_names()]
    assert ordning == [
        *("samtycke_finns", "samtycke_datum", "samtycke_sprak", "samtycke_original"),
        *("personnummer", "mattillfalle", "startdatum", "utbildning", "tid_forsorjning"),
        *("forsorjning_fore", "af_fore", "arbetar_fore", "arbete_fore", "arbetstyp_fore", "studerar_fore", "studier_fore"),
    ]
    assert {namn for namn in ordning if form[namn].value()} == {"samtycke_sprak", "mattillfalle"}


def test_the_same_form_sent_twice_registers_once(registrera):
    nyckel = "7f0c1d52-6f5e-4f0b-9b7e-0d3b5a1c9e42"

    forsta, andra = registrera(nyckel=nyckel), registrera(nyckel=nyckel)

    assert forsta.headers["Location"] == andra.headers["Location"]
    assert Deltagande.objects.count() == 1
