"""Utregistrering, rättning, återöppning and what Felregistrering and a withdrawn samtycke leave behind."""

import uuid
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.koder import Kon
from deltagare.models import AnonymPost, Deltagande, Mattillfalle, Person, Samtycke
from tests.deltagare.conftest import inregistrering, situation, utregistrering
from tests.factories import AnvandareFactory, DeltagandeFactory, InsatsFactory, PersonFactory


def test_everything_of_the_form_is_kept(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(**situation("efter", forsorjning=["ingen"], af="ja")))

    assert svar.headers["Location"] == deltagande.get_absolute_url()
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning, deltagande.version) == (date(2012, 1, 9), 2, 2)
    assert deltagande.utregistrerad
    efter = deltagande.mattillfallen.get(typ="ut")
    assert (efter.forsorjning, efter.arbetssokande) == (256, True)
    assert Handelse.objects.filter(typ=Handelse.Typ.DELTAGANDE_UTREGISTRERAT).count() == 1


V27 = "Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden."


@pytest.mark.parametrize(
    ("andra", "falt", "mening"),
    [
        ({"slutdatum": "2011-12-04"}, "slutdatum", V27),
        ({"slutdatum": str(timezone.localdate() + timedelta(days=1))}, "slutdatum", V27),
        ({"slutdatum": ""}, "slutdatum", "Fyll i avslutningsdatum."),
        ({"avslutningsanledning": ""}, "avslutningsanledning", "Välj avslutningsanledning."),
        ({"forsorjning_efter": None}, "forsorjning_efter", "Ange minst en försörjning eller Ingen offentlig försörjning."),
        ({"studerar_efter": None}, "studerar_efter", "Välj Ja eller Nej."),
    ],
)
def test_a_broken_rule_refuses_at_its_field(skicka, deltagande, fel, andra, falt, mening):
    assert fel(skicka("ut", deltagande, **utregistrering(**andra))) == {falt: [mening]}

    assert not Deltagande.objects.get().ar_avslutat


def test_the_end_of_the_insats_is_the_last_day(skicka, deltagande, insats, fel):
    insats.slutdatum = date(2012, 1, 8)
    insats.save()

    assert fel(skicka("ut", deltagande, **utregistrering())) == {
        "slutdatum": ["Avslutningsdatum får inte vara efter insatsens slutdatum (2012-01-08)."]
    }


@pytest.mark.parametrize("anledning", ["2", "3", "4", "5", "9"])
def test_reasons_with_a_second_measurement(skicka, deltagande, anledning):
    assert skicka("ut", deltagande, **utregistrering(avslutningsanledning=anledning)).status_code == 302
    assert Mattillfalle.objects.filter(typ="ut").exists()


def test_to_work_without_any_yes_is_warned_of(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="1"))
    assert svar.context["bekrafta"] == "V29"
    assert not Deltagande.objects.get().ar_avslutat

    assert skicka("ut", deltagande, **utregistrering(avslutningsanledning="1", bekraftade="V29")).status_code == 302


def test_without_measurement_nothing_is_asked_and_nothing_is_kept(skicka, deltagande):
    svar = skicka(
        "ut", deltagande, **utregistrering(avslutningsanledning="7", forsorjning_efter=None, arbetar_efter="ja", arbete_efter="x")
    )

    assert svar.status_code == 302
    assert Deltagande.objects.get().avslutningsanledning == 7
    assert not Mattillfalle.objects.filter(typ="ut").exists()


def overallt(text):
    """Tables with a row that holds the text, in any column."""
    tabeller = [modell._meta.db_table for modell in apps.get_models(include_auto_created=True) if modell._meta.managed]
    with connection.cursor() as c:
        funna = set()
        for tabell in tabeller:
            c.execute(f"SELECT count(*) FROM {tabell} t WHERE t::text LIKE %s", [f"%{text}%"])
            if c.fetchone()[0]:
                funna.add(tabell)
    return funna


def test_the_search_of_every_table_finds_what_is_there(deltagande):
    assert overallt(deltagande.person_id) >= {"deltagare_person", "deltagare_deltagande"}
    assert overallt(bytes(Person.objects.get().uppslag).hex()) == {"deltagare_person"}


@pytest.mark.parametrize(("anledning", "kod"), [("8", "V30"), ("6", "V31")])
def test_nothing_is_deleted_before_a_second_yes(skicka, deltagande, anledning, kod):
    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning=anledning))

    assert svar.context["bekrafta"] == kod
    assert "Ta bort uppgifterna" in svar.content.decode()
    assert Deltagande.objects.exists()


@pytest.mark.parametrize(("anledning", "kod", "typ"), [("8", "V30", "deltagande_felregistrerat"), ("6", "V31", "samtycke_atertaget")])
def test_deletion_leaves_nothing_of_the_person_in_any_table(skicka, deltagande, anledning, kod, typ, insats):
    person = Person.objects.get()

    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning=anledning, bekraftade=kod, slutdatum=""))

    assert svar.headers["Location"] == f"/deltagande/sok/?insats={insats.pk}"
    assert overallt(person.pk) == set()
    assert overallt(bytes(person.uppslag).hex()) == set()
    assert overallt(deltagande.pk) == {"behorigheter_handelse"}
    assert overallt("2011-12-05") == set()
    for modell in (Person, Deltagande, Mattillfalle, Samtycke):
        assert not modell.objects.exists()
    rad = Handelse.objects.get(typ=typ)
    assert (rad.logg_id, rad.detaljer) == ([str(person.logg_id)], {})


def test_a_deletion_sent_twice_leads_to_the_same_page(skicka, deltagande):
    falt = utregistrering(avslutningsanledning="8", bekraftade="V30")
    forst = skicka("ut", deltagande, **falt)

    andra = skicka("ut", deltagande, **falt)

    assert andra.headers["Location"] == forst.headers["Location"]
    assert skicka("ut", deltagande, **utregistrering()).status_code == 404


def test_a_withdrawn_samtycke_raises_the_counter_and_a_felregistrering_does_not(skicka, registrera, insats):
    registrera()
    skicka("ut", Deltagande.objects.get(), **utregistrering(avslutningsanledning="8", bekraftade="V30"))
    assert not AnonymPost.objects.exists()

    registrera()
    skicka("ut", Deltagande.objects.get(), **utregistrering(avslutningsanledning="6", bekraftade="V31"))
    rakneverk = AnonymPost.objects.get()
    assert (rakneverk.slag, rakneverk.ar, rakneverk.kon, rakneverk.antal) == ("atertaget", 2011, Kon.KVINNA, 1)
    assert (rakneverk.tid, rakneverk.av) == (None, None)
    assert AnonymPost.objects.anonyma().summor() == {}


@pytest.mark.parametrize("spar", [{"tid": timezone.now()}, {"av": AnvandareFactory}])
def test_the_database_refuses_a_withdrawal_that_tells_when_or_by_whom(insats, spar):
    spar = {falt: varde() if varde is AnvandareFactory else varde for falt, varde in spar.items()}

    with pytest.raises(IntegrityError, match="anonympost_atertaget_utan_spar"):
        AnonymPost.objects.create(**{"insats": insats, "ar": 2011, "kon": Kon.KVINNA, "slag": "atertaget", "antal": 1, "tid": None} | spar)


def test_the_person_stays_while_another_deltagande_remains(skicka, deltagande):
    DeltagandeFactory(insats=InsatsFactory(), person=deltagande.person)

    skicka("ut", deltagande, **utregistrering(avslutningsanledning="6", bekraftade="V31"))

    assert (Deltagande.objects.count(), Person.objects.count()) == (1, 1)


def test_withdrawal_is_possible_after_the_end(skicka, deltagande, klient_da):
    skicka("ut", deltagande, **utregistrering())

    falt = inregistrering(**utregistrering(avslutningsanledning="6", bekraftade="V31", version="2"))
    svar = skicka("ratta", deltagande, **falt)

    assert svar.status_code == 302
    assert not Deltagande.objects.exists()


def test_the_confirmation_of_one_deletion_is_not_that_of_the_other(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="6", bekraftade="V30"))

    assert svar.context["bekrafta"] == "V31"
    assert Deltagande.objects.exists()


def rattning(**andra):
    falt = inregistrering(version="1")
    for namn in ("samtycke_finns", "samtycke_datum", "samtycke_sprak", "personnummer", "mattillfalle"):
        del falt[namn]
    return falt | andra


def test_a_correction_works_out_age_anew_and_logs_the_names_of_the_fields(skicka, deltagande):
    svar = skicka(
        "ratta", deltagande, **rattning(startdatum="2010-08-31", arbetar_fore="ja", arbete_fore="20", arbetstyp_fore="eget_foretag")
    )

    assert svar.status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.startdatum, deltagande.alder_vid_start, deltagande.version) == (date(2010, 8, 31), 47, 2)
    rad = Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_RATTAT)
    assert rad.detaljer == {"falt": ["alder_vid_start", "in.arbete_procent", "in.arbetstyp", "startdatum"]}


def test_nothing_corrected_writes_nothing(skicka, deltagande):
    assert skicka("ratta", deltagande, **rattning()).status_code == 302

    assert Deltagande.objects.get().version == 1
    assert not Handelse.objects.filter(typ=Handelse.Typ.DELTAGANDE_RATTAT).exists()


def test_the_form_of_a_correction_holds_what_is_registered(klient_da, deltagande, skicka):
    skicka("ut", deltagande, **utregistrering(arbetar_efter="ja", arbete_efter="75", arbetstyp_efter="subventionerat"))

    form = klient_da.get(reverse("deltagare:ratta", args=[deltagande.pk])).context["form"]

    varden = {namn: form[namn].value() for namn in form.fields}
    assert varden["utbildning"] == "gymnasium"
    assert varden["forsorjning_fore"] == ["sjukpenning"]
    assert (varden["arbetar_efter"], varden["arbete_efter"], varden["arbetstyp_efter"]) == ("ja", "75", "subventionerat")
    assert (str(varden["slutdatum"]), varden["avslutningsanledning"]) == ("2012-01-09", 2)


def test_a_correction_obeys_the_same_rules(skicka, deltagande, fel):
    assert list(fel(skicka("ratta", deltagande, **rattning(startdatum="2009-12-31")))) == ["startdatum"]

    skicka("ut", deltagande, **utregistrering())
    sent = rattning(**utregistrering(version="2"), startdatum="2012-01-10")
    assert fel(skicka("ratta", deltagande, **sent)) == {"slutdatum": [V27]}


def test_a_correction_may_not_overlap(skicka, deltagande, fel, insats):
    DeltagandeFactory(
        insats=insats, person=deltagande.person, startdatum=date(2011, 1, 1), slutdatum=date(2011, 3, 1), avslutningsanledning=2
    )

    assert list(fel(skicka("ratta", deltagande, **rattning(startdatum="2011-02-01")))) == ["startdatum"]


def test_reopening_takes_back_the_end(skicka, deltagande):
    skicka("ut", deltagande, **utregistrering())

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert svar.status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning, deltagande.utregistrerad, deltagande.version) == (None, None, None, 3)
    assert not Mattillfalle.objects.filter(typ="ut").exists()


def test_reopening_is_refused_when_the_person_has_come_back(skicka, deltagande, insats, fel):
    skicka("ut", deltagande, **utregistrering())
    DeltagandeFactory(insats=insats, person=deltagande.person, startdatum=date(2012, 2, 1))

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert fel(svar) == {"__all__": ["Deltagaren är redan registrerad i insatsen under denna tid."]}


def test_reopening_is_refused_in_an_ended_insats(skicka, deltagande, insats, fel):
    skicka("ut", deltagande, **utregistrering())
    insats.slutdatum = date(2012, 1, 31)
    insats.save()

    svar = skicka("ateroppna", deltagande, nyckel=str(uuid.uuid4()), version="2")

    assert fel(svar) == {"__all__": ["Insatsen är avslutad sedan 2012-01-31. Deltagandet kan inte öppnas igen."]}


def test_the_original_of_the_samtycke_can_be_sent_later(skicka, deltagande):
    falt = {"samtycke_datum": "2011-11-30", "samtycke_sprak": "sv", "nyckel": str(uuid.uuid4()), "version": "1"}

    assert skicka("samtycke", deltagande, **falt, samtycke_original="2011-12-20").status_code == 302

    assert Samtycke.objects.get().original_skickat == date(2011, 12, 20)
    assert Handelse.objects.get(typ=Handelse.Typ.SAMTYCKE_ANDRAT).detaljer == {"falt": ["original_skickat"]}


def test_two_who_register_out_at_once_lose_nothing(skicka, deltagande, insats, inloggad):
    kollega = inloggad(Roll.DELTAGARANSVARIG, insats)
    kollega.post(reverse("deltagare:ut", args=[deltagande.pk]), utregistrering(avslutningsanledning="3"))

    svar = skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-10"))

    assert svar.status_code == 409
    sida = svar.content.decode()
    assert "Någon annan har ändrat uppgifterna" in sida
    assert str(kollega.anvandare) in sida
    assert str(deltagande.pk) not in sida.replace(f"/deltagande/{deltagande.pk}/", "")
    skillnader = {rad.falt: (rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]}
    assert skillnader["Avslutningsdatum"] == ("2012-01-09", "2012-01-10")
    assert Deltagande.objects.get().avslutningsanledning == 3

    assert skicka("ut", deltagande, **utregistrering(slutdatum="2012-01-10", version="2")).status_code == 302
    deltagande.refresh_from_db()
    assert (deltagande.slutdatum, deltagande.avslutningsanledning) == (date(2012, 1, 10), 2)


def test_an_ended_deltagande_is_corrected_instead(klient_da, skicka, deltagande):
    skicka("ut", deltagande, **utregistrering())

    svar = klient_da.get(reverse("deltagare:ut", args=[deltagande.pk]))

    assert svar.headers["Location"] == f"/deltagande/{deltagande.pk}/ratta/"


def test_an_earlier_avslutningsdatum_leads_to_its_correction(skicka, deltagande, insats):
    tidigare = DeltagandeFactory(
        insats=insats, person=deltagande.person, startdatum=date(2011, 1, 1), slutdatum=date(2011, 3, 1), avslutningsanledning=2
    )
    frammande = DeltagandeFactory(insats=insats, person=PersonFactory(), avslutat=True)

    assert skicka("ut", deltagande, mattillfalle=str(tidigare.pk), nyckel=str(uuid.uuid4()), version="1").headers["Location"] == (
        f"/deltagande/{tidigare.pk}/ratta/"
    )
    svar = skicka("ut", deltagande, **utregistrering(mattillfalle=str(frammande.pk)))
    assert list(svar.context["form"].errors) == ["mattillfalle"]


def test_the_button_visa_shows_the_personnummer_and_keeps_what_was_typed(skicka, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(visa="ja", slutdatum="2012-01-0"))

    sida = svar.content.decode()
    assert "19620901-9808" in sida
    assert 'value="2012-01-0"' in sida
    assert svar.context["form"].errors == {}
    assert Handelse.objects.filter(typ=Handelse.Typ.PERSONNUMMER_VISAT).count() == 1
