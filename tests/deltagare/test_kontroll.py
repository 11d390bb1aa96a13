"""The nightly question to folkbokföringen: who has become protected leaves SUS, what was typed by hand is put right."""

from datetime import date

import pytest
from django.db import connection

from behorigheter.models import Handelse
from deltagare import identitet
from deltagare.actions.kontroll import I_TAGET, kontrollera_alla
from deltagare.folkbokforing import RegistretSvararInte
from deltagare.identitet import Andamal
from deltagare.koder import Kon
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Person, Rattelse, Samtycke
from organisations.models import Stadsdel
from tests.deltagare.conftest import ALMA, ELSA
from tests.factories import DeltagandeFactory, InsatsFactory, PersonFactory, SamtyckeFactory

SAMORDNING = "197001619803"
SKYDDAD = {"status": "skyddad"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def alma(db):
    return PersonFactory(personnummer_klartext=ALMA, namn_klartext="Alma Felskriven")


def ifylld_for_hand(person, **kwargs):
    return DeltagandeFactory(person=person, att_kontrollera=True, **kwargs)


def handelser():
    return list(Handelse.objects.exclude(objekt="").exclude(typ="person_hamtad").values_list("typ", "anvandare_id", "detaljer"))


def allt_i_databasen():
    """Every value of every table as text, but for the log."""
    with connection.cursor() as c:
        c.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'behorigheter_handelse%'")
        delar = []
        for (tabell,) in c.fetchall():
            c.execute(f'SELECT t::text FROM "{tabell}" t')
            delar += [rad for (rad,) in c.fetchall()]
    return "\n".join(delar)


def test_who_has_become_protected_leaves_sus_as_after_a_withdrawal(register, alma, dagligen):
    insatser = [InsatsFactory(), InsatsFactory()]
    SamtyckeFactory(deltagande=DeltagandeFactory(person=alma, insats=insatser[0], startdatum=date(2011, 1, 10), avslutat=True))
    SamtyckeFactory(deltagande=DeltagandeFactory(person=alma, insats=insatser[1], startdatum=date(2012, 3, 1), kon=Kon.KVINNA))
    elsa = DeltagandeFactory(person__personnummer_klartext=ELSA)
    register.personer[ALMA] = SKYDDAD

    kod, ut, fel = dagligen()

    assert (kod, fel) == (0, "")
    assert "Folkbokföringen: 2 personer; kontrollerade efter ifyllnad för hand: 0, avidentifierade: 1." in ut
    assert list(Deltagande.objects.all()) == [elsa]
    assert not Samtycke.objects.exists()
    assert set(Mattillfalle.objects.values_list("deltagande", flat=True)) == {elsa.pk}
    poster = AnonymPost.objects.order_by("ar").values_list("insats", "ar", "kon", "slag", "antal", "av", "tid")
    assert list(poster) == [
        (insatser[0].pk, 2011, Kon.KVINNA, "atertaget", 1, None, None),
        (insatser[1].pk, 2012, Kon.KVINNA, "atertaget", 1, None, None),
    ]
    innehall = allt_i_databasen()
    for spar in (str(alma.pk), str(alma.logg_id), bytes(alma.uppslag).hex(), bytes(alma.personnummer).hex(), bytes(alma.namn).hex()):
        assert spar not in innehall
    assert str(elsa.person_id) in innehall  # the search finds what is there


def test_the_log_has_the_random_id_and_that_it_was_sus(register, alma):
    DeltagandeFactory(person=alma)
    register.personer[ALMA] = SKYDDAD

    kontrollera_alla()

    rad = Handelse.objects.get(typ="deltagande_avidentifierat")
    assert (rad.anvandare_id, rad.arbetsgivare_id, rad.logg_id, rad.detaljer) == (None, None, [str(alma.logg_id)], {})


def test_who_is_not_in_the_register_and_who_lives_elsewhere_stay_as_they_are(register, alma):
    register.personer[ALMA] = {"status": "finns", "namn": "Alma Testsson", "kommun": "1462"}
    DeltagandeFactory(person=alma)
    DeltagandeFactory()

    kontrollera_alla()

    assert set(Deltagande.objects.values_list("kommun", flat=True)) == {"1488"}
    assert handelser() == []


def test_what_was_typed_by_hand_gets_the_registers_namn_and_kommun(register, alma, dagligen):
    deltagande = ifylld_for_hand(alma, kommun_id="1462")

    kod, ut, _ = dagligen()

    assert kod == 0
    assert "kontrollerade efter ifyllnad för hand: 1, avidentifierade: 0." in ut
    deltagande.refresh_from_db()
    assert (deltagande.kommun_id, deltagande.att_kontrollera, deltagande.version, deltagande.andrad_av) == ("1488", False, 2, None)
    assert identitet.visa([alma.pk], andamal=Andamal.KONTROLL, by=None)[alma.pk].namn == "Alma Testsson"
    assert Rattelse.objects.get().andringar == {"kommun": ["1462", "1488"]}
    assert handelser() == [("deltagande_kontrollerat", None, {})]


def test_what_was_right_only_loses_its_mark(register, alma):
    deltagande = ifylld_for_hand(alma, kommun_id="1488")

    assert kontrollera_alla().kontrollerade == 1
    assert kontrollera_alla().kontrollerade == 0

    deltagande.refresh_from_db()
    assert (deltagande.att_kontrollera, deltagande.version) == (False, 1)
    assert not Rattelse.objects.exists()


def test_who_is_not_found_keeps_the_mark(register, alma):
    del register.personer[ALMA]
    deltagande = ifylld_for_hand(alma, kommun_id="1462")

    kontrollera_alla()

    deltagande.refresh_from_db()
    assert (deltagande.att_kontrollera, deltagande.kommun_id) == (True, "1462")


def test_a_kommun_that_sus_does_not_know_changes_nothing(register, alma):
    register.personer[ALMA] = {"status": "finns", "namn": "Alma Testsson", "kommun": "9999"}
    deltagande = ifylld_for_hand(alma)

    assert kontrollera_alla().kontrollerade == 0

    deltagande.refresh_from_db()
    assert deltagande.att_kontrollera


def test_a_kommun_with_stadsdelar_keeps_the_mark_until_one_is_chosen(register, alma):
    register.personer[ALMA] = {"status": "finns", "namn": "Alma Testsson", "kommun": "0180"}
    deltagande = ifylld_for_hand(alma, kommun_id="1488", startdatum=date(2011, 12, 5))

    assert kontrollera_alla().kontrollerade == 1
    assert kontrollera_alla().kontrollerade == 0
    deltagande.refresh_from_db()
    assert (deltagande.kommun_id, deltagande.att_kontrollera) == ("0180", True)
    Deltagande.objects.update(stadsdel=Stadsdel.objects.get(namn="Farsta"))

    assert kontrollera_alla().kontrollerade == 1
    deltagande.refresh_from_db()
    assert (deltagande.stadsdel.namn, deltagande.att_kontrollera) == ("Farsta", False)


def test_who_was_typed_by_hand_and_is_protected_leaves_too(register, alma):
    ifylld_for_hand(alma)
    register.personer[ALMA] = SKYDDAD

    kontrollera_alla()

    assert not Person.objects.exists()


def test_the_register_is_never_asked_about_a_samordningsnummer(register):
    DeltagandeFactory(person__personnummer_klartext=SAMORDNING)

    assert kontrollera_alla().fragade == 0
    assert register.antal == 0


def test_many_are_asked_about_in_few_questions_and_one_row_tells_of_it(register, monkeypatch):
    monkeypatch.setattr("deltagare.actions.kontroll.I_TAGET", 10)
    DeltagandeFactory.create_batch(25)

    assert kontrollera_alla().fragade == 25

    assert [len(begaran["personnummer"]) for _, _, begaran in register.begarda] == [10, 10, 5]
    rad = Handelse.objects.get()
    assert (rad.typ, rad.objekt, rad.logg_id, rad.detaljer) == ("deltagande_kontrollerat", "", [], {"antal": 25})
    assert I_TAGET == 500


def test_a_register_that_is_away_is_an_error_and_the_other_steps_are_done(register, alma, dagligen):
    register.satt = ["404"]
    ifylld_for_hand(alma)

    kod, ut, fel = dagligen()

    assert kod == 1
    assert fel == "fraga_folkbokforingen: RegistretSvararInte: Folkbokföringen svarar inte just nu. Försök igen om en stund.\n"
    assert "ankare" in ut
    assert Deltagande.objects.get().att_kontrollera


def test_what_was_done_before_the_register_fell_silent_is_done(register, monkeypatch):
    monkeypatch.setattr("deltagare.actions.kontroll.I_TAGET", 1)
    personer = sorted(PersonFactory.create_batch(2), key=lambda person: person.pk)
    for person in personer:
        DeltagandeFactory(person=person)
    for nummer in identitet.alla(2):
        register.personer |= {ett.tolv_siffror: SKYDDAD for ett in nummer.values()}
    register.satt = ["ratt", "404"]

    with pytest.raises(RegistretSvararInte):
        kontrollera_alla()

    assert list(Deltagande.objects.values_list("person", flat=True)) == [personer[1].pk]


def test_without_a_register_nobody_is_asked_about(dagligen, settings, alma):
    settings.FOLKBOKFORING = ""
    ifylld_for_hand(alma)

    kod, ut, _ = dagligen()

    assert kod == 0
    assert "Folkbokföringen är inte ansluten" in ut


def test_one_person_who_fails_stops_nobody_else_and_is_reported_without_naming_anybody(register, alma, dagligen):
    DeltagandeFactory(person=alma)
    register.personer |= {ALMA: SKYDDAD, ELSA: SKYDDAD}
    elsa = DeltagandeFactory(person__personnummer_klartext=ELSA)
    with connection.cursor() as c:
        c.execute(
            "CREATE FUNCTION prov_nej() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'nej till %', OLD.person_id; END $$;"
            "CREATE TRIGGER prov_nej BEFORE DELETE ON deltagare_deltagande FOR EACH ROW "
            f"WHEN (OLD.id = '{elsa.pk}') EXECUTE FUNCTION prov_nej()"
        )

    kod, _, fel = dagligen()

    assert (kod, fel) == (1, "fraga_folkbokforingen: 1 person kunde inte kontrolleras.\n")
    assert list(Deltagande.objects.all()) == [elsa]
    assert AnonymPost.objects.count() == 1


def test_a_user_of_the_insats_sees_neither_the_person_nor_that_there_was_one(register, alma, klient_da, insats):
    DeltagandeFactory(person=alma, insats=insats)
    register.personer[ALMA] = SKYDDAD

    kontrollera_alla()

    sida = klient_da.get(f"/deltagande/sok/?insats={insats.pk}").text
    assert "Alma" not in sida
    assert ALMA[:8] not in sida
